"""The scorer: what counts as a match, and measures that cannot flatter."""

import random
from typing import Any

import pytest

from bench.score.bootstrap import figure
from bench.score.judging import Judged, Verdict, judge
from bench.score.planted import CityTruth, Planted
from bench.score.ranking import average_precision, decoy_rate, explained, pooled_ap, r_precision, recall_at
from bench.score.report import page
from bench.score.results import EmptyCity, Scored, results
from bench.score.shown import Shown, completeness, matched, read_hit

PEOPLE = [f"P{n}" for n in range(40)]


def planted(number: int, kind: str = "scheme", query: str = "shadow_company") -> Planted:
    """Return a scheme of official P<n>, relative R<n> and company C<n>, with four things to show."""
    core = {("Person", f"P{number}"), ("Person", f"R{number}"), ("Company", f"C{number}")}
    rows = tuple(frozenset({(f"{name}.csv", number)}) for name in ("亲属关系", "股东", "任职", "合同"))
    return Planted(f"{kind}-{number}", query, kind, frozenset(core), frozenset(core - {("Person", f"R{number}")}), rows)


def shown(number: int, rank: int, *, score: float | None = None, state: str = "open", files: str = "亲股任合") -> Shown:
    """Return a row about what `planted` makes; `files` says which of its evidence it shows."""
    names = {"亲": "亲属关系", "股": "股东", "任": "任职", "合": "合同"}
    nodes = {("Person", f"P{number}"), ("Person", f"R{number}"), ("Company", f"C{number}")}
    evidence = frozenset((f"{names[one]}.csv", number) for one in files)
    return Shown("shadow_company", rank, 1 - rank / 100 if score is None else score, state, frozenset(nodes), evidence)


def truth(*of: Planted, seed: int = 1) -> CityTruth:
    """Return a city of forty officials."""
    return CityTruth(seed, of, frozenset(PEOPLE), 2000)


def verdict(rows: list[Shown], *of: Planted, seed: int = 1) -> Verdict:
    """Judge a ranking."""
    return judge("shadow_company", rows, truth(*of, seed=seed))


def test_a_perfect_ranking_has_ap_one() -> None:
    judged = verdict([shown(0, 1), shown(1, 2), shown(9, 3)], planted(0), planted(1))
    assert (pooled_ap([judged]), pooled_ap([judged], explained), r_precision(judged), recall_at(20)(judged)) == (
        1,
        1,
        1,
        1,
    )


def test_what_is_not_found_lowers_ap() -> None:
    assert pooled_ap([verdict([shown(0, 1)], planted(0), planted(1))]) == 0.5
    assert pooled_ap([verdict([shown(9, 1), shown(0, 2)], planted(0))]) == 0.5
    assert pooled_ap([verdict([], planted(0))]) == 0


def test_a_shuffled_ranking_is_near_the_base_rate() -> None:
    rng = random.Random(1)
    labels = [True] * 20 + [False] * 180
    found = []
    for _ in range(300):
        rng.shuffle(labels)
        found.append(average_precision(labels, 20))
    assert sum(found) / len(found) == pytest.approx(0.1, abs=0.03)


def test_rankings_of_several_cities_are_pooled_by_score() -> None:
    good = verdict([shown(0, 1, score=0.2)], planted(0), seed=1)
    bad = verdict([shown(7, 1, score=0.9)], planted(1), seed=2)
    assert pooled_ap([good, bad]) == pytest.approx(0.25)
    assert pooled_ap([bad, good]) == pytest.approx(0.25)


def test_look_alikes_count_against_and_further_rows_do_not() -> None:
    rows = [shown(5, 1), shown(0, 2), shown(0, 3), shown(8, 4)]
    judged = verdict(rows, planted(0), planted(5, "decoy"), planted(8, "unscored"))
    assert [row.label for row in judged.rows] == ["decoy", "scheme"]
    assert (judged.duplicates, judged.background) == (1, 1)
    assert decoy_rate([judged], 6) == 0.5
    assert decoy_rate([verdict([], planted(0))], 6) is None


def test_only_open_hits_are_ranked_and_the_cause_of_a_loss_is_told() -> None:
    hidden = Planted(**{**planted(2).__dict__, "findable": False})
    judged = verdict([shown(0, 1, state="undetermined")], planted(0), planted(1), hidden)
    assert judged.rows == ()
    assert judged.causes == {"listed as undetermined": 1, "query or identity": 1, "missing data": 1}


def test_a_match_names_every_anchor_and_half_of_the_core() -> None:
    scheme = planted(0)
    assert matched(shown(0, 1), [scheme]) is scheme
    without_company = Shown("q", 1, 1, "open", frozenset({("Person", "P0"), ("Person", "R0")}), frozenset())
    assert matched(without_company, [scheme]) is None
    crowd = frozenset({("Person", "P0"), ("Company", "C0"), *(("Person", f"X{n}") for n in range(3))})
    assert matched(Shown("q", 1, 1, "open", crowd, frozenset()), [scheme]) is None
    other_number = frozenset({("Person", "P0"), ("Person", "R0"), ("Company", "C1")})
    assert matched(Shown("q", 1, 1, "open", other_number, frozenset()), [scheme]) is None


def test_missing_evidence_is_a_miss_in_the_explained_score() -> None:
    judged = verdict([shown(0, 1, files="亲股任")], planted(0))
    assert completeness(shown(0, 1, files="亲股任"), planted(0)) == 0.75
    assert (pooled_ap([judged]), pooled_ap([judged], explained)) == (1, 0)


def test_any_one_row_shows_what_is_required() -> None:
    scheme = Planted("s", "q", "scheme", frozenset(), frozenset(), (frozenset({("户籍.csv", 3), ("亲属关系.csv", 9)}),))
    for row in (("户籍.csv", 3), ("亲属关系.csv", 9)):
        assert completeness(Shown("q", 1, 1, "open", frozenset(), frozenset({row})), scheme) == 1
    assert completeness(Shown("q", 1, 1, "open", frozenset(), frozenset({("户籍.csv", 4)})), scheme) == 0


def hit(**more: Any) -> dict[str, Any]:
    """Return the JSON of a hit."""
    official = {"id": "Person-1", "type": "Person", "name": "韩冬生", "code": "P0"}
    buyer = {"id": "Agency-1", "type": "Agency", "name": "霁川区教育局", "code": "12"}
    evidence = [
        {"file": "合同.csv", "locator": "r:12"},
        {"file": "分管.xlsx", "locator": "r:表一!7"},
        {"file": "报告.docx", "locator": "c:1-9"},
    ]
    base = {"query": "q", "rank": 1, "score": 0.5, "state": "open", "roles": {"official": official, "buyer": [buyer]}}
    return {**base, "evidence": evidence, **more}


def test_a_hit_is_read_by_numbers_names_of_agencies_and_rows() -> None:
    read = read_hit(hit(), truth())
    assert read.nodes == {("Person", "P0"), ("Agency", "霁川区教育局")}
    assert read.evidence == {("合同.csv", 12), ("分管.xlsx", 7)}


def test_a_name_without_a_number_counts_only_when_one_person_bears_it() -> None:
    nameless = {"official": {"id": "Person-2", "type": "Person", "name": "周立民", "code": ""}, "relative": None}
    city = CityTruth(1, (), frozenset(), 10, only={"周立民": "P7"})
    assert read_hit(hit(roles=nameless), city).nodes == {("Person", "P7")}
    assert read_hit(hit(roles=nameless), truth()).nodes == {("Person", "周立民")}


def scored(seed: int, rows: list[Shown], *of: Planted) -> Scored:
    """Return a city with one query."""
    city = truth(*of, seed=seed)
    return Scored(city, {"shadow_company": judge("shadow_company", rows, city)})


def test_results_hold_the_bar_s_figures_and_invent_none() -> None:
    cities = [scored(seed, [shown(0, 1), shown(3, 2)], planted(0), planted(5, "decoy")) for seed in (1000, 1001)]
    found = results(cities, [EmptyCity(1002, 2000, {"shadow_company": 1})])
    assert found["macro_ap"] == {"value": 1.0, "low": 1.0, "high": 1.0, "n": 2}
    assert found["empty_city_per_1000"]["value"] == 0.5
    # P3 is an official in no scheme, one of the 39 such officials of each city.
    assert found["innocents_in_top20"]["value"] == pytest.approx(1 / 39, abs=1e-4)
    assert (found["hidden_recall_at_20"]["value"], found["hidden_best_baseline"]["value"]) == (None, None)
    assert found["hidden_recall_at_20"]["reason"]
    assert found["typologies"]["shadow_company"]["ap"]["n"] == 2
    assert results(cities, [])["empty_city_per_1000"]["value"] is None
    made = {
        "preset": "small",
        "difficulty": "easy",
        "seeds": [1000, 1001],
        "commit": ["abc"],
        "detected_by": ["def"],
        "queries": {},
        "seconds": {},
    }
    assert "| macro AP | 1.000 (1.000 to 1.000) | >= .5 | 2 |" in page(found, made)
    assert "generator abc, queries def" in page(found, made)
    assert "may not be quoted" in page(found, {**made, "seeds": [3]})


def test_an_interval_spans_what_other_cities_would_have_given() -> None:
    found = figure([0.0, 1.0] * 10, lambda drawn: sum(drawn) / len(drawn), 20)
    assert found["value"] == 0.5
    assert isinstance(found["low"], float) and isinstance(found["high"], float)
    assert 0.2 < found["low"] < 0.5 < found["high"] < 0.8


def test_rows_know_what_they_are_about() -> None:
    assert Judged(1, "decoy", "d", 1.0, frozenset()).good is False
    assert Judged(1, "scheme", "s", 0.89, frozenset()).explained is False
