"""Shows what went wrong in words, for the open half only: the sealed half is scored and never shown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bench.text.alignment import Alignment, align
from bench.text.gold_types import GoldDocument
from bench.text.prediction import PredictedRelation, Prediction
from bench.text.relation_match import match_relations
from bench.text.values import value_agrees
from graph.projection.claims import STRENGTH

AROUND = 18


@dataclass(frozen=True)
class Failure:
    """One thing that went wrong.

    Attributes:
        kind: What kind of fault, worst kinds first in `KINDS`.
        document: Name of the document in the gold.
        words: The place, and what stood there against what was found.
    """

    kind: str
    document: str
    words: str


KINDS = (
    "negation lost",
    "rank raised",
    "false relation",
    "missed relation",
    "wrong value",
    "false name",
    "missed name",
)


def _around(document: GoldDocument, start: int, end: int) -> str:
    before, after = document.text[max(0, start - AROUND) : start], document.text[end : end + AROUND]
    return f"{before}【{document.text[start:end]}】{after}".replace("\n", "⏎")


def _relation(found: PredictedRelation, prediction: Prediction) -> str:
    source, target = prediction.root(found.source).text, prediction.root(found.target).text
    shown = ", ".join(f"{name}={value}" for name, value in sorted(found.attributes.items()))
    return f"{found.type} {source} → {target} ({found.claim}{', negated' if found.negated else ''}; {shown})"


def _name(document: GoldDocument, entity: str) -> str:
    return next((one.text for one in document.mentions if one.entity == entity and one.named), entity)


def _of_relations(document: GoldDocument, prediction: Prediction, alignment: Alignment) -> Iterator[Failure]:
    matched = match_relations(document, prediction, alignment)
    for other in matched.wrong:
        kind = "negation lost" if other in matched.negation_lost else "false relation"
        found = prediction.relations[other]
        where = found.quote.replace("\n", "⏎")[:80]
        yield Failure(kind, document.name, f"{_relation(found, prediction)} in “{where}”")
    for place, other in matched.pairs:
        gold, found = document.relations[place], prediction.relations[other]
        if not gold.negated and STRENGTH[found.claim] < min(STRENGTH[claim] for claim in gold.claims):
            words = f"{_relation(found, prediction)}, marked {'|'.join(gold.claims)}"
            yield Failure("rank raised", document.name, words)
    for place in matched.missed:
        gold = document.relations[place]
        start, end = document.paragraphs[gold.paragraph]
        words = f"{gold.type} {_name(document, gold.source)} → {_name(document, gold.target)}"
        yield Failure("missed relation", document.name, f"{words} in “{document.text[start:end][:60]}…”")


def _of_names(document: GoldDocument, prediction: Prediction, alignment: Alignment) -> Iterator[Failure]:
    for place, gold in enumerate(document.mentions):
        index = alignment.overlapping.get(place)
        if index is None and gold.named and not gold.optional:
            words = f"{gold.type} {_around(document, gold.start, gold.end)}"
            yield Failure("missed name", document.name, words)
        elif index is not None and gold.type in ("Money", "Date"):
            value = prediction.mentions[index].value
            if not value_agrees(document, gold, value):
                words = f"{_around(document, gold.start, gold.end)} is {gold.value}, read as {value}"
                yield Failure("wrong value", document.name, words)
    stood = set(alignment.overlapping.values()) | alignment.ignored
    for index, found in enumerate(prediction.mentions):
        if index not in stood:
            yield Failure("false name", document.name, f"{found.type} {_around(document, found.start, found.end)}")


def failures(document: GoldDocument, prediction: Prediction) -> list[Failure]:
    """Return everything that is wrong in one document of the open half.

    Raises:
        ValueError: The document is sealed.
    """
    if document.half != "open":
        raise ValueError(f"{document.name} is sealed")
    alignment = align(document, prediction)
    return [*_of_relations(document, prediction, alignment), *_of_names(document, prediction, alignment)]


def choose(found: Iterable[Failure], count: int) -> list[Failure]:
    """Return `count` of them: one of each kind in turn, worst kind first, from as many documents as there are."""
    piles: dict[str, list[Failure]] = {kind: [] for kind in KINDS}
    for one in found:
        piles[one.kind].append(one)
    chosen: list[Failure] = []
    while len(chosen) < count and any(piles.values()):
        for pile in piles.values():
            shown = {one.document for one in chosen}
            pile.sort(key=lambda one: one.document in shown)
            if pile and len(chosen) < count:
                chosen.append(pile.pop(0))
    return chosen
