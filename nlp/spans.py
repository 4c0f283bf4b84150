"""Working data of the components: candidate spans over the normalised text, and which places are taken."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from nlp.extraction import Claim, MentionType, Value


@dataclass(eq=False)
class Found:
    """A mention while the pipeline works; its places are those of the normalised text.

    Attributes:
        start: First character.
        end: One past the last.
        text: That slice.
        type: What it names.
        method: `rule:…` or `model:…@version`.
        confidence: 0 to 1.
        value: See `nlp.extraction.Mention`.
        kind: A finer type.
        first: The first mention of the same entity, itself when it is the first; set by `linking`.
        protected: It names a reporter.
    """

    start: int
    end: int
    text: str
    type: MentionType
    method: str
    confidence: float = 0.9
    value: Value = None
    kind: str = ""
    first: "Found | None" = field(default=None, repr=False)
    protected: bool = False

    @property
    def entity(self) -> "Found":
        """The mention that stands for the entity."""
        head = self
        while head.first is not None:
            head = head.first
        return head


@dataclass(frozen=True)
class Sentence:
    """A sentence of the normalised text.

    Attributes:
        start: First character.
        end: One past the last, its closing mark included.
        line: Number of the line it stands in.
        turn: `q`, `a`, or empty outside of questions and answers.
    """

    start: int
    end: int
    line: int
    turn: str = ""


@dataclass(frozen=True)
class Token:
    """A word of the tagger: first character, one past the last, tag."""

    start: int
    end: int
    tag: str


class Taken:
    """Which characters a mention already holds; the first to come keeps them."""

    def __init__(self, size: int) -> None:
        self._mask = bytearray(size)
        self.found: list[Found] = []

    def free(self, start: int, end: int) -> bool:
        """Say whether no character of the span is held."""
        return 0 <= start < end and not any(self._mask[start:end])

    def add(self, one: Found) -> bool:
        """Keep a mention when its span is free; say whether it was kept."""
        if not self.free(one.start, one.end):
            return False
        self._mask[one.start : one.end] = b"\1" * (one.end - one.start)
        self.found.append(one)
        return True

    def remove(self, ones: Iterable[Found]) -> None:
        """Give up mentions and free their characters."""
        gone = {id(one) for one in ones}
        for one in self.found:
            if id(one) in gone:
                self._mask[one.start : one.end] = b"\0" * (one.end - one.start)
        self.found = [one for one in self.found if id(one) not in gone]

    def sorted(self) -> list[Found]:
        """Return the mentions in the order of the text."""
        self.found.sort(key=lambda one: (one.start, one.end))
        return self.found


@dataclass(frozen=True)
class Anaphor:
    """A pronoun or role in the normalised text, and the mention whose entity it stands for.

    Attributes:
        start: First character.
        end: One past the last.
        type: Type of what it stands for.
        to: None when it stays unresolved.
        method: The rule that decided, or that could not.
    """

    start: int
    end: int
    type: MentionType
    to: Found | None
    method: str


@dataclass(frozen=True)
class Tie:
    """A relation between two mentions of the normalised text; attributes as in `nlp.extraction.Relation`."""

    type: str
    source: Found
    target: Found
    start: int
    end: int
    attributes: dict[str, Value]
    claim: Claim
    speaker: Found | None
    negated: bool
    confidence: float
    method: str
