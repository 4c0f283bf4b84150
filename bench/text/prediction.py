"""What an extractor said about one text, in the form that is scored: from objects or from the JSON of extraction."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any

from nlp.extraction import Extraction


@dataclass(frozen=True)
class PredictedMention:
    """A span; `entity` is the index of the first mention of the same entity."""

    start: int
    end: int
    text: str
    type: str
    entity: int
    value: Any = None
    confidence: float = 1.0


@dataclass(frozen=True)
class PredictedReference:
    """A pronoun or role; `entity` is None when it stayed unresolved."""

    start: int
    end: int
    type: str
    entity: int | None


@dataclass(frozen=True)
class PredictedRelation:
    """A tie between two mentions, by index."""

    type: str
    source: int
    target: int
    start: int
    end: int
    quote: str
    claim: str
    speaker: int | None
    negated: bool
    attributes: dict[str, Any]
    confidence: float = 1.0


@dataclass
class Prediction:
    """All of one document; `mentions[i]` is the mention of index i."""

    mentions: list[PredictedMention] = field(default_factory=list)
    references: list[PredictedReference] = field(default_factory=list)
    relations: list[PredictedRelation] = field(default_factory=list)

    def root(self, index: int) -> PredictedMention:
        """Return the first mention of the entity that a mention names."""
        seen: set[int] = set()
        while self.mentions[index].entity != index and index not in seen:
            seen.add(index)
            index = self.mentions[index].entity
        return self.mentions[index]


def from_lines(lines: Iterable[dict[str, Any]]) -> Prediction:
    """Read the JSON of extraction; mentions come in the order of their index."""
    found = Prediction()
    for line in lines:
        if line["kind"] == "mention":
            if line["index"] != len(found.mentions):
                raise ValueError(f"mention {line['index']} stands where {len(found.mentions)} should")
            found.mentions.append(
                PredictedMention(
                    line["start"],
                    line["end"],
                    line["text"],
                    line["type"],
                    line["index"] if line["refers_to"] is None else line["refers_to"],
                    line["value"],
                    line["confidence"],
                )
            )
        elif line["kind"] == "relation":
            found.relations.append(PredictedRelation(**{one.name: line[one.name] for one in fields(PredictedRelation)}))
    return found


def from_extraction(extraction: Extraction) -> Prediction:
    """Take over what `nlp.extract` returns, its references too, which the JSON leaves out."""
    found = from_lines(extraction.lines(""))
    found.references = [
        PredictedReference(one.start, one.end, one.type, one.refers_to) for one in extraction.references
    ]
    return found
