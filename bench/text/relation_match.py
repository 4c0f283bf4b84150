"""Matches the relations that were found with those that were marked, and says what each difference is."""

from dataclasses import dataclass, field
from typing import Any

from bench.text.alignment import Alignment
from bench.text.gold_types import GoldDocument, GoldRelation
from bench.text.markup import is_scored
from bench.text.prediction import PredictedRelation, Prediction
from bench.text.values import same_value
from graph.model.vocabulary import vocabulary

UNDIRECTED = frozenset({"ASSOC"})
# Their target is an event or a sum that the text need not name; the person decides.
SOURCE_ONLY = frozenset({"RECEIVED", "CERTIFIED"})
MUTUAL_KIN = frozenset(
    ("夫妻", "兄弟", "姐妹", "兄妹", "姐弟", "连襟", "妯娌", "亲家", "表兄弟", "堂兄弟", "配偶", "爱人")
)
_MIRROR = {"child": "parent", "parent": "child", "child_in_law": "in_law"}


@dataclass
class RelationMatch:
    """The outcome for one document.

    Attributes:
        pairs: (marked, found) by place in their lists.
        wrong: Found, and neither marked, optional nor a repetition.
        missed: Marked, required, not found.
        negation_lost: Found as a fact although the text only says that it is not so.
    """

    pairs: list[tuple[int, int]] = field(default_factory=list)
    wrong: list[int] = field(default_factory=list)
    missed: list[int] = field(default_factory=list)
    negation_lost: list[int] = field(default_factory=list)


class _Ends:
    """Knows which marked entity a found mention is, by the name that its entity has in the document."""

    def __init__(self, document: GoldDocument, prediction: Prediction, alignment: Alignment) -> None:
        self._document = document
        self._prediction = prediction
        self._marked = {found: gold for gold, found in alignment.overlapping.items()}
        self._owners = {one.target: one.source for one in document.relations if one.type == "OWNS" and not one.negated}
        # An optional department inside a unit: its head holds the post there as much as in the unit.
        self.departments = {one.entity for one in document.mentions if one.entity.startswith("A_") and one.optional}
        self._index = {id(one): index for index, one in enumerate(prediction.mentions)}

    def entity(self, index: int) -> str | None:
        root = self._prediction.root(index)
        gold = self._marked.get(self._index[id(root)])
        return None if gold is None else self._document.mentions[gold].entity

    def owner(self, entity: str | None) -> str | None:
        return None if entity is None else self._owners.get(entity, entity)


def _kin_group(word: str | None) -> str | None:
    return next((group for group, words in vocabulary("kin").items() if word in words), None)


def _mirrored(gold: GoldRelation, found: PredictedRelation) -> bool:
    """Say whether the ends stand the other way round and the kin word turns with them."""
    word, other = gold.attributes.get("kin"), found.attributes.get("kin")
    if word in MUTUAL_KIN and (other in MUTUAL_KIN or other is None):
        return True
    if word == other or not isinstance(other, str):
        return False
    group, other_group = _kin_group(word), _kin_group(other)
    return group is not None and other_group == _MIRROR.get(group, group)


def _ends_agree(gold: GoldRelation, found: PredictedRelation, ends: _Ends) -> bool:
    source, target = ends.entity(found.source), ends.entity(found.target)
    if source == gold.source and (target == gold.target or gold.type in SOURCE_ONLY):
        return True
    if gold.type == "HOLDS_POST" and source == gold.source and target in ends.departments:
        return _same_post(gold, found)
    if gold.type == "TRANSFER":
        given, taken = ends.owner(source), ends.owner(target)
        return given is not None and (given, taken) == (ends.owner(gold.source), ends.owner(gold.target))
    if (source, target) != (gold.target, gold.source):
        return False
    return gold.type in UNDIRECTED or (gold.type == "KIN" and _mirrored(gold, found))


def _same_post(gold: GoldRelation, found: PredictedRelation) -> bool:
    post, other = gold.attributes.get("post"), found.attributes.get("post")
    return isinstance(post, str) and isinstance(other, str) and (post.endswith(other) or other.endswith(post))


def denied(claim: str, negated: bool) -> bool:
    """Say whether a statement says that something is not so."""
    return negated or claim == "refuted"


def _amount(gold: GoldRelation, document: GoldDocument) -> str | None:
    entity = gold.attributes.get("amount")
    return next((one.value for one in document.mentions if one.entity == entity and is_scored(one.value)), None)


def same_amount(gold: GoldRelation, document: GoldDocument, found: Any) -> bool:
    """Say whether the amount attached to a found relation is the marked one."""
    value = _amount(gold, document)
    return value is not None and same_value("Money", value, found)


def _closeness(gold: GoldRelation, found: PredictedRelation, document: GoldDocument) -> tuple[int, ...]:
    """Rank a candidate: the same paragraph, then amount, claim, and what is required before what is optional."""
    apart = abs(document.paragraph_of(found.start) - gold.paragraph)
    return (
        -apart,
        int(same_amount(gold, document, found.attributes.get("amount"))),
        int(found.claim in gold.claims),
        int(not gold.optional),
    )


def match_relations(document: GoldDocument, prediction: Prediction, alignment: Alignment) -> RelationMatch:
    """Pair relations of the same type, ends and polarity, each used once, the closest first."""
    ends = _Ends(document, prediction, alignment)
    result = RelationMatch()
    alike = [
        (gold, found)
        for gold, marked in enumerate(document.relations)
        for found, other in enumerate(prediction.relations)
        if marked.type == other.type and _ends_agree(marked, other, ends)
    ]
    agreeing = [
        (gold, found)
        for gold, found in alike
        if document.relations[gold].negated
        == denied(prediction.relations[found].claim, prediction.relations[found].negated)
    ]

    def order(pair: tuple[int, int]) -> tuple[Any, ...]:
        return _closeness(document.relations[pair[0]], prediction.relations[pair[1]], document)

    used_gold: set[int] = set()
    used_found: set[int] = set()
    for gold, found in sorted(agreeing, key=lambda pair: (*(-one for one in order(pair)), pair)):
        if gold not in used_gold and found not in used_found:
            used_gold.add(gold)
            used_found.add(found)
            if not document.relations[gold].optional:
                result.pairs.append((gold, found))
    result.missed = [gold for gold, one in enumerate(document.relations) if gold not in used_gold and not one.optional]
    for found in sorted(set(range(len(prediction.relations))) - used_found):
        same = [gold for gold, other in agreeing if other == found]
        if not same:
            result.wrong.append(found)
            if any(other == found and document.relations[gold].negated for gold, other in alike):
                result.negation_lost.append(found)
        elif prediction.relations[found].type == "TRANSFER" and not _repeats(same, found, document, prediction):
            result.wrong.append(found)
    return result


def _repeats(same: list[int], found: int, document: GoldDocument, prediction: Prediction) -> bool:
    """Say whether a payment is one that is marked elsewhere, told again, and not one payment made into two."""
    other = prediction.relations[found]
    paragraph = document.paragraph_of(other.start)
    return any(
        document.relations[gold].optional
        or document.relations[gold].paragraph != paragraph
        or same_amount(document.relations[gold], document, other.attributes.get("amount"))
        for gold in same
    )
