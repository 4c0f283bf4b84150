"""The scorer: a perfect extraction scores 1, and each kind of fault costs what it should."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from bench.text.cost import layers, whole
from bench.text.failures import KINDS, Failure, choose, failures
from bench.text.gold_types import GoldDocument, GoldRelation
from bench.text.markup import parse, read_gold
from bench.text.prediction import PredictedReference, Prediction, from_lines
from bench.text.report import failed, half
from bench.text.scoring import Score, add_document
from bench.text.tally import Tally, total
from bench.text.values import same_value

Lines = list[dict[str, Any]]
CASE = """=== X-1 | 初核 | 试
claim: alleged
speaker: -

[甲安局|A1][局长|Z][韩冬生|P1]的妻弟[魏大成|P2]开办[大成公司|C1]。据反映,[2019年5月|D1=2019-05][魏大成|P2]送给[韩冬生|P1]\
[5万元|M1=50000]。
> HOLDS_POST P1>A1 post=局长 c=found
> KIN P1>P2 kin=妻弟
> TRANSFER P2>P1 amount=M1 date=D1

经查,[韩冬生|P1]与[大成公司|C1]无往来,反映其持股不实。
> SHARE P1>C1 c=refuted
"""


def value_of(document: GoldDocument, entity: str) -> Any:
    """Return the value of a marked sum or date as the extractor gives it."""
    one = next(mention for mention in document.mentions if mention.entity == entity)
    if one.value in (None, "?"):
        return None
    if one.type != "Money":
        return one.value
    number, _, currency = str(one.value).partition(" ")
    return f"{currency} {number}" if currency else float(number)


def attributes_of(document: GoldDocument, tie: GoldRelation) -> dict[str, Any]:
    """Return the attributes with marks turned into values, names into their text."""
    found = {}
    for name, value in tie.attributes.items():
        marked = [one for one in document.mentions if one.entity == value]
        if name in ("amount", "date"):
            found[name] = value_of(document, value)
        else:
            found[name] = marked[0].text if marked else value
    return found


def perfect(document: GoldDocument) -> Lines:
    """Return the JSON of an extraction that says exactly what is marked."""
    named = sorted((one for one in document.mentions if one.named), key=lambda one: one.start)
    first: dict[str, int] = {}
    lines: Lines = []
    for index, one in enumerate(named):
        first.setdefault(one.entity, index)
        value = value_of(document, one.entity) if one.value else None
        lines.append(
            {"kind": "mention", "file": "", "index": index, "start": one.start, "end": one.end, "text": one.text}
            | {"type": one.type, "refers_to": first[one.entity], "value": value, "confidence": 0.9, "method": "rule:x"}
        )
    for tie in document.relations:
        if tie.source not in first or tie.target not in first:
            continue
        start, end = document.paragraphs[tie.paragraph]
        lines.append(
            {"kind": "relation", "file": "", "type": tie.type, "source": first[tie.source], "target": first[tie.target]}
            | {"start": start, "end": end, "quote": document.text[start:end], "claim": tie.claims[0]}
            | {
                "attributes": attributes_of(document, tie),
                "speaker": None if tie.speaker is None else first[tie.speaker],
            }
            | {"negated": tie.negated, "confidence": 0.8, "method": "rule:x"}
        )
    return lines


def scored(document: GoldDocument, lines: Lines) -> Score:
    """Score one document."""
    score = Score()
    add_document(score, document, from_lines(lines))
    return score


@pytest.fixture
def case() -> GoldDocument:
    return next(parse(CASE))


def ties(lines: Lines, kind: str) -> Lines:
    """Return the relations of one type."""
    return [line for line in lines if line["kind"] == "relation" and line["type"] == kind]


@pytest.mark.parametrize("document", read_gold(), ids=lambda document: document.name)
def test_a_perfect_extraction_scores_one(document: GoldDocument) -> None:
    score = scored(document, perfect(document))
    for tallies in (score.spans, score.overlaps, score.values, score.relations):
        whole_tally = total(tallies.values())
        assert (whole_tally.wrong, whole_tally.missed) == (0, 0)
    assert (score.links.wrong, score.links.missed) == (0, 0)
    assert (score.raised, score.reported_as_stated, score.negation_lost, score.unequal_quotes) == (0, 0, 0, 0)
    assert score.speakers["wrong"] == 0
    assert {outcome for counts in score.attributes.values() for outcome in counts} <= {"right"}


def test_an_empty_extraction_misses_everything(case: GoldDocument) -> None:
    score = scored(case, [])
    assert total(score.spans.values()) == Tally(0, 0, len(case.mentions))
    assert total(score.relations.values()) == Tally(0, 0, 4)


def change(case: GoldDocument, kind: str, edit: Callable[[dict[str, Any]], object]) -> Score:
    """Score the perfect extraction with one relation edited."""
    lines = perfect(case)
    edit(ties(lines, kind)[0])
    return scored(case, lines)


def swap(line: dict[str, Any]) -> None:
    line["source"], line["target"] = line["target"], line["source"]


def test_a_swapped_transfer_is_a_miss_and_a_false_alarm(case: GoldDocument) -> None:
    assert change(case, "TRANSFER", swap).relations["TRANSFER"] == Tally(0, 1, 1)


def test_a_swapped_kin_tie_is_wrong_unless_its_word_turns_too(case: GoldDocument) -> None:
    def turned(line: dict[str, Any]) -> None:
        swap(line)
        line["attributes"] = {"kin": "姐夫"}

    assert change(case, "KIN", swap).relations["KIN"] == Tally(0, 1, 1)
    assert change(case, "KIN", turned).relations["KIN"] == Tally(1, 0, 0)


@pytest.mark.parametrize(("claim", "raised", "stated"), [("found", 1, 1), ("witness", 1, 0), ("hearsay", 0, 0)])
def test_a_raised_rank_is_an_error_of_its_own(case: GoldDocument, claim: str, raised: int, stated: int) -> None:
    score = change(case, "TRANSFER", lambda line: line.update(claim=claim))
    assert (score.raised, score.reported_as_stated) == (raised, stated)
    assert score.claims["alleged", claim] == 1
    assert score.relations["TRANSFER"] == Tally(1, 0, 0)


def test_a_lost_negation_is_counted_and_never_matched(case: GoldDocument) -> None:
    score = change(case, "SHARE", lambda line: line.update(claim="found", negated=False))
    assert score.negation_lost == 1
    assert score.relations["SHARE"] == Tally(0, 1, 1)


def test_refuted_and_negated_are_two_ways_to_say_it(case: GoldDocument) -> None:
    score = change(case, "SHARE", lambda line: line.update(negated=False))
    assert (score.negation_lost, score.relations["SHARE"]) == (0, Tally(1, 0, 0))


def test_a_fact_told_twice_is_no_error_but_a_payment_made_into_two_is(case: GoldDocument) -> None:
    lines = perfect(case)
    again, paid = ties(lines, "KIN")[0], ties(lines, "TRANSFER")[0]
    score = scored(case, [*lines, dict(again), {**paid, "attributes": {"amount": 20000.0}}])
    assert score.relations["KIN"] == Tally(1, 0, 0)
    assert score.relations["TRANSFER"] == Tally(1, 1, 0)


def test_a_wrong_value_keeps_the_span_and_loses_the_value(case: GoldDocument) -> None:
    lines = perfect(case)
    money = next(line for line in lines if line.get("type") == "Money")
    money["value"] = 5.0
    score = scored(case, lines)
    assert (score.spans["Money"], score.values["Money"]) == (Tally(1, 0, 0), Tally(0, 1, 1))


def test_a_longer_span_overlaps_and_is_not_exact(case: GoldDocument) -> None:
    lines = perfect(case)
    company = next(line for line in lines if line.get("type") == "Company")
    company.update(start=company["start"] - 2, text="开办" + company["text"])
    score = scored(case, lines)
    assert (score.spans["Company"], score.overlaps["Company"]) == (Tally(1, 1, 1), Tally(2, 0, 0))


def test_two_people_made_one_is_a_wrong_link_and_breaks_their_relations(case: GoldDocument) -> None:
    lines = perfect(case)
    people = [line for line in lines if line.get("type") == "Person"]
    for line in people:
        line["refers_to"] = people[0]["index"]
    score = scored(case, lines)
    assert score.links.wrong > 0
    assert score.relations["TRANSFER"].missed == 1


def test_an_end_that_is_only_a_pronoun_is_no_entity() -> None:
    document = next(parse(CASE.replace("反映其持股", "反映[其|p1]持股")))
    lines = perfect(document)
    pronoun = next(mention for mention in document.mentions if not mention.named)
    index = sum(line["kind"] == "mention" for line in lines)
    span = {"start": pronoun.start, "end": pronoun.end, "text": pronoun.text, "type": "Person"}
    rest = {"kind": "mention", "index": index, "refers_to": index, "value": None, "confidence": 0.5}
    ties(lines, "SHARE")[0]["source"] = index
    assert scored(document, [*lines, span | rest]).relations["SHARE"] == Tally(0, 1, 1)


@pytest.mark.parametrize(("entity", "outcome"), [(2, "right"), (3, "wrong"), (None, "unresolved")])
def test_references_are_scored_by_whom_they_mean(entity: int | None, outcome: str) -> None:
    document = next(parse(CASE.replace("反映其持股", "反映[其|p1]持股")))
    prediction = from_lines(perfect(document))
    pronoun = next(mention for mention in document.mentions if not mention.named)
    prediction.references = [PredictedReference(pronoun.start, pronoun.end, "Person", entity)]
    score = Score()
    add_document(score, document, prediction)
    assert score.references == {outcome: 1}


def test_optional_marks_and_loose_words_cost_nothing() -> None:
    document = next(parse("=== X | 通报 | 试\n\n[某茶楼|?L]老板[韩冬生|P1]到案。"))
    found = [
        {"start": 0, "end": 3, "text": "某茶楼", "type": "Company"},
        {"start": 3, "end": 5, "text": "老板", "type": "Post"},
        {"start": 5, "end": 8, "text": "韩冬生", "type": "Person"},
    ]
    rest = {"kind": "mention", "refers_to": None, "value": None, "confidence": 0.5}
    score = scored(document, [one | rest | {"index": index} for index, one in enumerate(found)])
    assert total(score.spans.values()) == Tally(1, 0, 0)


@pytest.mark.parametrize(("post", "right"), [("科长", True), ("设备科科长", True), ("局长", False)])
def test_the_head_of_a_department_holds_the_post_in_it_or_in_the_unit(post: str, right: bool) -> None:
    marked = "[甲安局|A1][设备科|?A][科长|Z][韩冬生|P1]\n> HOLDS_POST P1>A1 post=科长"
    document = next(parse(f"=== X | 通报 | 试\nclaim: found\n\n{marked}"))
    lines = perfect(document)
    department = next(line for line in lines if line.get("text") == "设备科")
    ties(lines, "HOLDS_POST")[0].update(target=department["index"], attributes={"post": post})
    assert scored(document, lines).relations["HOLDS_POST"].right == right


@pytest.mark.parametrize("split", [True, False])
def test_a_place_before_an_agency_may_belong_to_it(split: bool) -> None:
    marked = "[青禾县|L][石羊镇|L][磨盘村|A1]" if not split else "[青禾县石羊镇磨盘村|A1]"
    document = next(parse(f"=== X | 通报 | 试\n\n{marked}书记"))
    spans = [(0, 3, "Place"), (3, 6, "Place"), (6, 9, "Agency")] if split else [(0, 9, "Agency")]
    rest = {"kind": "mention", "refers_to": None, "value": None, "confidence": 0.5}
    lines = [
        {"start": start, "end": end, "type": kind, "text": document.text[start:end], "index": index} | rest
        for index, (start, end, kind) in enumerate(spans)
    ]
    assert total(scored(document, lines).spans.values()) == Tally(1, 0, 0)


@pytest.mark.parametrize(
    ("kind", "gold", "found", "same"),
    [
        ("Money", "50000", 50000, True),
        ("Money", "50000", "50000.00", True),
        ("Money", "30000 USD", "USD 30000", True),
        ("Money", "30000 USD", 30000.0, False),
        ("Money", "50000", None, False),
        ("Money", "50000", [40000.0, 60000.0], False),
        ("Date", "2019-05", "2019-05", True),
        ("Date", "2019-05", "2019-05-01/2019-05-31", True),
        ("Date", "2012-05/2019-08", "2012-05/2019-08", True),
        ("Date", "2019-05", "2019", False),
        ("Date", "2016-09/", "2016-09/", True),
        ("Date", "2016-09/", "2016-09", False),
        ("Date", "2019-05", None, False),
    ],
)
def test_values_are_compared_as_amounts_and_stretches_of_days(kind: str, gold: str, found: Any, same: bool) -> None:
    assert same_value(kind, gold, found) is same


def test_sealed_documents_never_become_failures() -> None:
    document = read_gold("sealed")[0]
    with pytest.raises(ValueError, match="sealed"):
        failures(document, Prediction())


def test_the_page_shows_no_word_of_the_sealed_half() -> None:
    score = Score()
    gold = read_gold("sealed")
    for document in gold:
        add_document(score, document, Prediction())
    page = "\n".join(half("sealed", score))
    pieces = {document.text[at : at + 8] for document in gold for at in range(len(document.text) - 8)}
    shown = [piece for piece in pieces if piece in page and re.search(r"[一-鿿]", piece)]
    assert shown == []


def test_failures_are_told_worst_kind_first(case: GoldDocument) -> None:
    lines = perfect(case)
    ties(lines, "SHARE")[0].update(claim="found", negated=False)
    ties(lines, "TRANSFER")[0].update(claim="found")
    found = choose(failures(case, from_lines(lines)), 10)
    assert [one.kind for one in found] == ["negation lost", "rank raised", "missed relation"]
    assert "1. **negation lost** (X-1)" in "\n".join(failed(found))


def test_ten_failures_are_spread_over_kinds() -> None:
    many = [Failure(kind, f"D{number}", "x") for kind in KINDS for number in range(9)]
    chosen = choose(many, 10)
    assert len(chosen) == 10
    assert {one.kind for one in chosen} == set(KINDS)


def test_costs_are_measured_layer_by_layer(case: GoldDocument) -> None:
    found = layers([case.text])
    assert len({one.name for one in found}) == len(found) > 1
    assert all(one.speed > 0 and one.peak >= 0 for one in found)
    speed, early, late = whole([case.text], 4)
    assert speed > 0
    assert early is None or (late is not None and 0 < early <= late)
