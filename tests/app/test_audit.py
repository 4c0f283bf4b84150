"""Audit: control through companies, kin, power and reach; only what surely held is summed, and sums equal the rows."""

import json
from collections import Counter
from datetime import date
from math import fsum
from pathlib import Path

import pytest

from app.services.audit.auditing import Audit, audit
from app.services.audit.texts import ALL
from app.services.audit.windows import held, together
from app.services.context import Context
from app.services.naming import Named, NobodyFound
from app.services.reading import reading
from app.services.ties import Tie
from tests.support.commands import shenwa
from tests.support.village import CLERK, FIRM, HEAD, MATE, OWNER, PARENT, PEOPLE


@pytest.fixture
def found(place: Context) -> Audit:
    with reading(place) as opened:
        return audit(place, opened, "WH-2")


def test_firm_owners_and_control(found: Audit) -> None:
    assert [firm.name for firm in found.firms] == [FIRM]
    assert {found.ties[eid].source.name for eid in found.owners} == {MATE, PARENT}
    chains = {tuple(found.ties[eid].source.name for eid in way) for way in found.controls}
    # The mate represents both companies; the owner's half of 60 % is 30 %, which is control.
    assert chains == {(MATE,), (MATE, PARENT), (OWNER, PARENT)}


def test_officials_and_how_they_stand_to_the_firm(found: Audit) -> None:
    people = {official.person.code: official for official in found.officials}
    assert set(people) == {PEOPLE[HEAD], PEOPLE[CLERK]}
    [way] = people[PEOPLE[HEAD]].ways
    assert [found.ties[eid].type for eid in way] == ["KIN", "KIN", "SHARE", "SHARE"]
    assert {found.ties[eid].props["grade"] for eid in people[PEOPLE[HEAD]].powers} == {2, 4}
    assert {found.ties[eid].props["grade"] for eid in people[PEOPLE[CLERK]].powers} == {4}


def test_each_contract_stands_where_its_dates_put_it(found: Audit) -> None:
    head = next(official.person.id for official in found.officials if official.person.code == PEOPLE[HEAD])
    rows = {row.contract.code: (row.standing, row.reach, row.grade) for row in found.rows if row.person == head}
    assert rows == {
        "WH-1": ("before", "own", 2),
        "WH-2": ("in", "own", 2),
        "WH-3": ("in", "supervised", 2),
        "WH-4": ("after", "own", 2),  # the charge has no end, the post has
        "WH-5": ("undated", "own", 2),
        "WH-6": ("in", "place", 2),
        "WH-8": ("recused", "own", 2),
    }  # WH-7: bought in another county, beyond reach


def test_sums_equal_the_rows_and_hold_nothing_else(found: Audit) -> None:
    counted = Counter((row.person, row.reach, row.grade) for row in found.rows if row.standing == "in")
    assert {(one.person, one.reach, one.grade): one.contracts for one in found.totals} == counted
    for total in found.totals:
        mine = [r for r in found.rows if (r.person, r.reach, r.grade) == (total.person, total.reach, total.grade)]
        assert total.amount == round(fsum(r.contract.amount or 0 for r in mine if r.standing == "in"), 2)
    head = next(official.person.id for official in found.officials if official.person.code == PEOPLE[HEAD])
    assert {one.reach: one.amount for one in found.totals if one.person == head} == {
        "own": 280000.5,
        "supervised": 50000.0,
        "place": 30000.0,
    }


def test_every_hop_has_its_source(found: Audit) -> None:
    for tie in found.ties.values():
        assert tie.sources
        assert all(source.quote for source in tie.sources)
    for row in found.rows:
        assert set(row.eids) <= found.ties.keys()


def test_beyond_reach_is_shown_only_for_the_contract_asked_about(place: Context) -> None:
    with reading(place) as opened:
        found = audit(place, opened, "文具采购WH-7")
    beyond = [row for row in found.rows if row.reach == "none"]
    assert {row.contract.code for row in beyond} == {"WH-7"}
    assert all(total.reach != "none" for total in found.totals)


def test_the_texts_cite_what_they_rest_on() -> None:
    for text in ALL:
        assert "r.eid AS eid" in text
        assert "ORDER BY here, there, eid\nLIMIT $max_rows" in text


def test_no_such_contract(place: Context) -> None:
    with reading(place) as opened, pytest.raises(NobodyFound):
        audit(place, opened, FIRM)


def test_json_lines_and_their_sums(village: Path) -> None:
    ran = shenwa(village, "audit", "WH-2", "--json")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.json()
    kinds = Counter(line["kind"] for line in lines)
    assert kinds == {"contract": 1, "owner": 2, "controller": 3, "official": 2, "row": 14}
    for official in (line for line in lines if line["kind"] == "official"):
        rows = [r for r in lines if r["kind"] == "row" and r["official"] == official["person"]["id"]]
        for total in official["totals"]:
            wanted = ("in", total["reach"], total["grade"])
            mine = [r for r in rows if (r["standing"], r["reach"], r["grade"]) == wanted]
            assert total["contracts"] == len(mine)
            assert total["amount"] == round(fsum(r["contract"]["amount"] for r in mine), 2)
    assert all(tie["evidence"] for line in lines if line["kind"] == "row" for tie in line["ties"])


def test_a_person_reads_the_same_sums(village: Path) -> None:
    ran = shenwa(village, "--lang", "en", "audit", "WH-2")
    assert "total (own agency, P2 in charge): 1 contracts, 280,000.50 yuan" in ran.out
    assert "the official recused themselves" in ran.out


def test_a_contract_without_officials_says_so(village: Path) -> None:
    ran = shenwa(village, "audit", "没有这份合同")
    assert ran.code == 1
    assert "没有这份合同" in ran.sentence()


JUNE = date(2020, 6, 1)


def _tie(kind: str, start: date | None, end: date | None, **props: object) -> Tie:
    end_of = Named("Person-1", "Person", "a", "")
    return Tie("e", kind, end_of, end_of, start, end, "registry", False, False, props, ())


@pytest.mark.parametrize(
    ("tie", "first", "last", "expected"),
    [
        (_tie("SHARE", date(2020, 1, 1), None), date(2020, 1, 1), date(2020, 1, 1), "in"),
        (_tie("SHARE", date(2020, 1, 2), None), date(2020, 1, 1), date(2020, 1, 1), "before"),
        (_tie("SHARE", None, date(2020, 1, 1)), date(2020, 1, 2), date(2020, 1, 2), "after"),
        (_tie("SHARE", None, None), date(2020, 1, 1), date(2020, 1, 1), "undated"),
        (_tie("KIN", None, None), date(2020, 1, 1), date(2020, 1, 1), "in"),
        (_tie("SHARE", date(2020, 1, 1), None), None, None, "undated"),
        # Known to the year only: inside it nothing is sure.
        (_tie("SHARE", date(2020, 1, 1), None, from_latest="2020-12-31"), JUNE, JUNE, "undated"),
        (_tie("SHARE", date(2019, 1, 1), date(2020, 12, 31), to_earliest="2020-01-01"), JUNE, JUNE, "undated"),
        # The contract itself is known to the month only.
        (_tie("SHARE", date(2020, 6, 15), None), date(2020, 6, 1), date(2020, 6, 30), "undated"),
    ],
)
def test_a_date_decides_only_when_every_reading_agrees(
    tie: Tie, first: date | None, last: date | None, expected: str
) -> None:
    assert held(tie, first, last) == expected


def test_one_tie_that_is_ruled_out_rules_out_all() -> None:
    assert together(["in", "undated", "after", "before"]) == "after"
    assert together(["in", "undated"]) == "undated"
    assert together(["in", "in"]) == "in"
    assert json.dumps(together([])) == '"in"'
