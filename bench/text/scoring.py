"""Adds up, over documents, how far an extraction is right: spans, values, coreference, relations, claims."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from bench.text.alignment import Alignment, align, swallowed
from bench.text.gold_types import GoldDocument, GoldRelation
from bench.text.markup import is_scored
from bench.text.prediction import PredictedRelation, Prediction
from bench.text.relation_match import RelationMatch, match_relations, same_amount
from bench.text.tally import Tally
from bench.text.values import same_value, value_agrees
from graph.projection.claims import STRENGTH

STATED = frozenset({"registry", "found", "adjudicated"})
MERELY_REPORTED = frozenset({"alleged", "hearsay", "witness", "self"})
VALUED = ("Money", "Date")
BINS = 10


def _tallies() -> defaultdict[str, Tally]:
    return defaultdict(Tally)


@dataclass
class Score:
    """Counts over the documents of one half.

    Attributes:
        spans, overlaps: By entity type, exact and overlapping.
        values: Money and Date; right only with the marked value.
        genres: Exact spans of Person, Agency, Company, by genre; genre_relations likewise for relations.
        links: Coreference, as pairs of names of one entity; other_names: pairs of unlike names only.
        references: Pronouns and roles: `right`, `wrong`, `unresolved`, `unseen`.
        claims: (marked, found) -> count over matched relations.
        attributes: Name -> `right`, `wrong`, `absent` over matched relations.
        speakers: `right`, `wrong`.
        bins: Kind -> tenth of confidence -> [found, right, sum of confidence].
    """

    documents: int = 0
    characters: int = 0
    spans: defaultdict[str, Tally] = field(default_factory=_tallies)
    overlaps: defaultdict[str, Tally] = field(default_factory=_tallies)
    values: defaultdict[str, Tally] = field(default_factory=_tallies)
    genres: defaultdict[str, Tally] = field(default_factory=_tallies)
    relations: defaultdict[str, Tally] = field(default_factory=_tallies)
    genre_relations: defaultdict[str, Tally] = field(default_factory=_tallies)
    denials: Tally = field(default_factory=Tally)
    links: Tally = field(default_factory=Tally)
    other_names: Tally = field(default_factory=Tally)
    references: Counter[str] = field(default_factory=Counter)
    claims: Counter[tuple[str, str]] = field(default_factory=Counter)
    raised: int = 0
    reported_as_stated: int = 0
    negation_lost: int = 0
    unequal_quotes: int = 0
    attributes: defaultdict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    speakers: Counter[str] = field(default_factory=Counter)
    bins: defaultdict[str, dict[int, list[float]]] = field(default_factory=lambda: defaultdict(dict))


def _bin(score: Score, kind: str, confidence: float, right: bool) -> None:
    place = min(int(confidence * BINS), BINS - 1)
    cell = score.bins[kind].setdefault(place, [0, 0, 0.0])
    cell[0] += 1
    cell[1] += right
    cell[2] += confidence


def _mentions(score: Score, document: GoldDocument, prediction: Prediction, alignment: Alignment) -> None:
    free = swallowed(document, prediction, alignment)
    for place, gold in enumerate(document.mentions):
        if not gold.named or (gold.optional and place not in alignment.overlapping) or place in free:
            continue
        if gold.optional:
            continue
        exact, near = alignment.exact.get(place), alignment.overlapping.get(place)
        score.spans[gold.type].add(Tally(right=exact is not None, missed=exact is None))
        score.overlaps[gold.type].add(Tally(right=near is not None, missed=near is None))
        if gold.type in VALUED:
            agrees = near is not None and value_agrees(document, gold, prediction.mentions[near].value)
            score.values[gold.type].add(Tally(right=agrees, missed=not agrees, wrong=near is not None and not agrees))
        if gold.type in ("Person", "Agency", "Company"):
            score.genres[document.genre].add(Tally(right=exact is not None, missed=exact is None))
    exact_found, near_found = set(alignment.exact.values()), set(alignment.overlapping.values())
    optional = {found for gold, found in alignment.overlapping.items() if document.mentions[gold].optional}
    for index, found in enumerate(prediction.mentions):
        if document.text[found.start : found.end] != found.text:
            score.unequal_quotes += 1
        if index in alignment.ignored or index in optional:
            continue
        _bin(score, "mention", found.confidence, index in exact_found)
        if index not in exact_found:
            score.spans[found.type].wrong += 1
            if found.type in ("Person", "Agency", "Company"):
                score.genres[document.genre].wrong += 1
        if index not in near_found:
            score.overlaps[found.type].wrong += 1
            if found.type in VALUED:
                score.values[found.type].wrong += 1


def _coreference(score: Score, document: GoldDocument, prediction: Prediction, alignment: Alignment) -> None:
    kinds = ("Person", "Agency", "Company")
    named = [
        (gold, document.mentions[gold].entity, prediction.root(found).start, document.mentions[gold].text)
        for gold, found in sorted(alignment.overlapping.items())
        if document.mentions[gold].type in kinds
    ]
    for place, (_, entity, root, text) in enumerate(named):
        for _, other, other_root, other_text in named[place + 1 :]:
            one = Tally(
                right=entity == other and root == other_root,
                wrong=entity != other and root == other_root,
                missed=entity == other and root != other_root,
            )
            score.links.add(one)
            if text != other_text:
                score.other_names.add(one)
    marked = {found: gold for gold, found in alignment.overlapping.items()}
    index = {id(one): place for place, one in enumerate(prediction.mentions)}
    for pronoun in (one for one in document.mentions if not one.named and not one.optional):
        near = next((r for r in prediction.references if r.start < pronoun.end and pronoun.start < r.end), None)
        if near is None or near.entity is None:
            score.references["unseen" if near is None else "unresolved"] += 1
            continue
        gold = marked.get(index[id(prediction.root(near.entity))])
        right = gold is not None and document.mentions[gold].entity == pronoun.entity
        score.references["right" if right else "wrong"] += 1


def _statement(score: Score, document: GoldDocument, gold: GoldRelation, found: PredictedRelation) -> None:
    """Compare the rank of a matched relation, and what hangs on it."""
    marked = found.claim if found.claim in gold.claims else gold.claims[0]
    score.claims[marked, found.claim] += 1
    if not gold.negated and found.claim not in gold.claims:
        score.raised += STRENGTH[found.claim] < min(STRENGTH[claim] for claim in gold.claims)
        score.reported_as_stated += found.claim in STATED and set(gold.claims) <= MERELY_REPORTED


def _attribute(document: GoldDocument, gold: GoldRelation, name: str, value: object) -> bool:
    if name == "amount":
        return same_amount(gold, document, value)
    marked = gold.attributes[name]
    if name == "date":
        dates = [one.value for one in document.mentions if one.entity == marked and is_scored(one.value)]
        return any(same_value("Date", str(one), value) for one in dates)
    names = {one.text for one in document.mentions if one.entity == marked} or {marked}
    return any(one in str(value) or str(value) in one for one in names)


def _attributes(
    score: Score, document: GoldDocument, prediction: Prediction, gold: GoldRelation, found: PredictedRelation
) -> None:
    for name in gold.attributes:
        unscored = [
            one
            for one in document.mentions
            if one.entity == gold.attributes[name] and one.type in VALUED and not is_scored(one.value)
        ]
        if unscored:
            continue
        value = found.attributes.get(name)
        if name in ("via", "company") and isinstance(value, int) and value < len(prediction.mentions):
            value = prediction.root(value).text
        outcome = "absent" if value is None else "right" if _attribute(document, gold, name, value) else "wrong"
        score.attributes[name][outcome] += 1


def _relations(
    score: Score, document: GoldDocument, prediction: Prediction, matched: RelationMatch, alignment: Alignment
) -> None:
    marked = {found: gold for gold, found in alignment.overlapping.items()}
    index = {id(one): place for place, one in enumerate(prediction.mentions)}
    for place, other in matched.pairs:
        gold, found = document.relations[place], prediction.relations[other]
        one = Tally(right=1)
        score.relations[gold.type].add(one)
        score.genre_relations[document.genre].add(one)
        score.denials.right += gold.negated
        _statement(score, document, gold, found)
        _attributes(score, document, prediction, gold, found)
        speaker = None if found.speaker is None else marked.get(index[id(prediction.root(found.speaker))], -1)
        said = None if speaker is None else document.mentions[speaker].entity if speaker >= 0 else "?"
        score.speakers["right" if said == gold.speaker else "wrong"] += 1
        _bin(score, "relation", found.confidence, True)
    for other in matched.wrong:
        found = prediction.relations[other]
        score.relations[found.type].wrong += 1
        score.genre_relations[document.genre].wrong += 1
        _bin(score, "relation", found.confidence, False)
    for place in matched.missed:
        gold = document.relations[place]
        score.relations[gold.type].missed += 1
        score.genre_relations[document.genre].missed += 1
        score.denials.missed += gold.negated
    score.negation_lost += len(matched.negation_lost)
    score.unequal_quotes += sum(document.text[one.start : one.end] != one.quote for one in prediction.relations)


def add_document(score: Score, document: GoldDocument, prediction: Prediction) -> RelationMatch:
    """Score one document; return how its relations were matched."""
    alignment = align(document, prediction)
    matched = match_relations(document, prediction, alignment)
    score.documents += 1
    score.characters += len(document.text)
    _mentions(score, document, prediction, alignment)
    _coreference(score, document, prediction, alignment)
    _relations(score, document, prediction, matched, alignment)
    return matched
