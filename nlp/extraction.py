"""What is read out of a text: mentions, references and relations, each with the span it stands on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

MentionType = Literal[
    "Person",
    "Agency",
    "Company",
    "Post",
    "Money",
    "Date",
    "Account",
    "Identifier",
    "Contract",
    "Tender",
    "Place",
]
Claim = Literal["registry", "self", "witness", "hearsay", "alleged", "found", "adjudicated", "refuted"]
Value = str | int | float | list[float] | None


@dataclass(frozen=True)
class Mention:
    """A place of the text that names something.

    Attributes:
        index: Its number in the document, in the order of the text.
        start: First code point in the reader's text.
        end: One past the last.
        text: Exactly that slice.
        type: What it names.
        refers_to: Index of the first mention of the same entity; its own index when it is the first.
        value: Money in yuan, `USD 2000` in another currency, [low, high] for a range; an ISO date or interval as far as
            it is known; an identifier without spaces; a name without the breaks inside it. None when nothing is sure.
        confidence: 0 to 1.
        method: `rule:…` or `model:…@version`.
        kind: A finer type where there is one: `village`, `school`, `masked`, `alias`, `id_card`, …
        protected: It names the person who reported (举报人), who must not reach graph, search or log.
    """

    index: int
    start: int
    end: int
    text: str
    type: MentionType
    refers_to: int
    value: Value
    confidence: float
    method: str
    kind: str = ""
    protected: bool = False


@dataclass(frozen=True)
class Reference:
    """A pronoun or role (其, 该公司, 被告人, 我) and the entity it stands for.

    Attributes:
        start: First code point in the reader's text.
        end: One past the last.
        text: Exactly that slice.
        type: Type of what it stands for.
        refers_to: Index of that entity's first mention; None when it stays unresolved.
        method: The rule that decided, or that could not.
    """

    start: int
    end: int
    text: str
    type: MentionType
    refers_to: int | None
    method: str


@dataclass(frozen=True)
class Relation:
    """A tie that a passage states.

    Attributes:
        type: A relation type of the model.
        source: Index of the mention that names the entity most fully; what stood there may be a pronoun or nothing.
        target: Likewise.
        start: First code point of the quoted passage in the reader's text.
        end: One past its last.
        quote: Exactly that slice.
        attributes: For example `kin`, `post`, `amount`, `date`, `via`, `ratio`.
        claim: How strongly it is stated; never raised above what the words say.
        speaker: Index of the person who says it; None when the document itself does.
        negated: The passage says that it is not so.
        confidence: 0 to 1.
        method: `rule:…`.
    """

    type: str
    source: int
    target: int
    start: int
    end: int
    quote: str
    attributes: dict[str, Value]
    claim: Claim
    speaker: int | None
    negated: bool
    confidence: float
    method: str


@dataclass(frozen=True)
class Extraction:
    """Everything read from one text.

    Attributes:
        genre: Key of `genres.toml`; empty when it was not recognised.
        mentions: In the order of the text, `index` equal to the place in the list.
        references: In the order of the text.
        relations: In the order of the text.
        subject: Index of the mention that names most fully whom the document is about; None when nobody, or several.
        identifiers: Index of a mention of a person or firm -> index of the identifier that stands with it:
            韩冬生(身份证号…), 华信公司(统一社会信用代码…).
    """

    genre: str
    mentions: list[Mention] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    subject: int | None = None
    identifiers: dict[int, int] = field(default_factory=dict)

    def lines(self, file: str) -> Iterator[dict[str, object]]:
        """Yield the JSON of extraction: every mention, then every relation.

        Args:
            file: Path of the file as the user gave it.
        """
        for one in self.mentions:
            yield {
                "kind": "mention",
                "file": file,
                "index": one.index,
                "start": one.start,
                "end": one.end,
                "text": one.text,
                "type": one.type,
                "refers_to": one.refers_to,
                "value": one.value,
                "confidence": one.confidence,
                "method": one.method,
            }
        for tie in self.relations:
            yield {
                "kind": "relation",
                "file": file,
                "type": tie.type,
                "source": tie.source,
                "target": tie.target,
                "start": tie.start,
                "end": tie.end,
                "quote": tie.quote,
                "attributes": tie.attributes,
                "claim": tie.claim,
                "speaker": tie.speaker,
                "negated": tie.negated,
                "confidence": tie.confidence,
                "method": tie.method,
            }
