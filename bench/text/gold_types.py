"""What a person marked in a text: mentions, entities, relations."""

from dataclasses import dataclass, field

TYPES = {
    "P": "Person",
    "A": "Agency",
    "C": "Company",
    "Z": "Post",
    "M": "Money",
    "D": "Date",
    "K": "Account",
    "I": "Identifier",
    "H": "Contract",
    "T": "Tender",
    "L": "Place",
}
UNSURE = "?"


class GoldError(ValueError):
    """A gold file breaks its own rules; says where."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")


@dataclass(frozen=True)
class GoldMention:
    """One marked span.

    Attributes:
        start, end: Code points in the text of the document; the end is exclusive.
        entity: Identifier inside the document, such as `P1`.
        named: False for a pronoun, a role or a kin word that stands for the entity.
        optional: Neither required nor wrong.
        value: Yuan for Money, ISO dates for Date (`2019-05`, `2012-05/2019-08`), `?` when it is not to be scored.
        paragraph: Index of its paragraph.
    """

    start: int
    end: int
    text: str
    type: str
    entity: str
    named: bool
    optional: bool
    value: str | None
    paragraph: int


@dataclass(frozen=True)
class GoldRelation:
    """One stated relation.

    Attributes:
        source, target: Entities of the document.
        attributes: `amount`, `date`, `via` as entities or words; `kin`, `post`, `matter` and others as words.
        claims: Ranks that are right; more than one where the guidelines leave it open.
        speaker: Entity of the one who says so, None when it is nobody who is named.
        negated: Stated not to be so.
        optional: Neither required nor wrong.
        paragraph: Index of the paragraph that states it.
    """

    type: str
    source: str
    target: str
    attributes: dict[str, str]
    claims: tuple[str, ...]
    speaker: str | None
    negated: bool
    optional: bool
    paragraph: int


@dataclass
class GoldDocument:
    """One document with its marks.

    Attributes:
        half: `open` or `sealed`.
        text: What a reader would hand to the extractor.
        paragraphs: Start and end of each paragraph in the text.
    """

    name: str
    genre: str
    manner: str
    half: str = "open"
    text: str = ""
    paragraphs: list[tuple[int, int]] = field(default_factory=list)
    mentions: list[GoldMention] = field(default_factory=list)
    relations: list[GoldRelation] = field(default_factory=list)

    def paragraph_of(self, offset: int) -> int:
        """Return the index of the paragraph that holds an offset; the nearest one before it between two."""
        return max(sum(1 for start, _ in self.paragraphs if start <= offset) - 1, 0)
