"""Path: shortest ties with their sources, hubs left out unless asked, the same on both engines."""

import datetime
from pathlib import Path

import pytest

from app.services.context import Context
from app.services.following import HUB_DEGREE, STEP, follow, stated_types
from app.services.naming import find
from app.services.reading import reading
from app.services.tables import open_tables
from app.services.ties import read_ties
from graph.store.errors import QueryTimeout
from tests.support.commands import shenwa
from tests.support.village import BROTHER, BUREAU, CLERK, COUNTY, FIRM, HEAD, MATE, OTHER_HEAD, OWNER, PARENT, PEOPLE


def names(context: Context, start: str, goal: str, **options: object) -> list[list[str]]:
    with reading(context) as opened, open_tables(opened.tables, opened.scope) as connection:
        ends = find(connection, start).id, find(connection, goal).id
        found = follow(opened.view, *ends, **options)
        known = dict(connection.execute("SELECT id, name FROM seen_nodes").fetchall())
    return [[known[id_] for id_ in path.nodes] for path in found.paths]


def test_the_shortest_ties_lead_over_the_family(place: Context) -> None:
    found = names(place, PEOPLE[BROTHER], FIRM, longest=6)
    # Through the family, and through the contract from which the official stepped back; the rarer nodes first.
    assert sorted(found) == sorted([[BROTHER, OWNER, PARENT, FIRM], [BROTHER, HEAD, "文具采购WH-8", FIRM]])
    assert [BROTHER, OWNER, PARENT, FIRM] in names(place, PEOPLE[BROTHER], FIRM, longest=3)
    assert names(place, OWNER, FIRM) == [[OWNER, PARENT, FIRM]]


def test_every_tie_of_a_step_has_its_source_and_quote(place: Context) -> None:
    with reading(place) as opened, open_tables(opened.tables, opened.scope) as connection:
        start, goal = find(connection, MATE), find(connection, FIRM)
        [path] = follow(opened.view, start.id, goal.id).paths
        ties = read_ties(place, connection, path.hops[0].eids)
    [tie] = ties.values()
    assert (tie.type, tie.start) == ("LEGAL_REP", datetime.date(2018, 1, 1))
    [source] = tie.sources
    assert (source.file, source.locator) == ("企业/企业登记.csv", "r:1")
    assert "法定代表人:安清明" in str(source.quote)


def test_no_tie_within_the_length(place: Context) -> None:
    assert names(place, CLERK, BROTHER, longest=1) == []
    assert names(place, CLERK, BROTHER, longest=2) == [[CLERK, OWNER, BROTHER]]


def test_a_day_leaves_out_what_did_not_hold_then(place: Context) -> None:
    wedding = datetime.date(2010, 5, 1)
    assert names(place, BROTHER, OWNER, longest=1, day=wedding) == [[BROTHER, OWNER]]
    assert names(place, BROTHER, OWNER, longest=1, day=wedding - datetime.timedelta(days=1)) == []


def test_hubs_are_crossed_only_when_asked(place: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.services.following.HUB_DEGREE", 3)
    assert names(place, PEOPLE[HEAD], COUNTY, longest=2) == []
    assert names(place, PEOPLE[HEAD], COUNTY, longest=2, with_hubs=True) == [[HEAD, BUREAU, COUNTY]]
    assert HUB_DEGREE > 3


def test_the_time_limit_is_an_error_not_an_answer(place: Context) -> None:
    with pytest.raises(QueryTimeout):
        names(place, PEOPLE[HEAD], FIRM, seconds=1e-9)


def test_inferred_ties_are_never_followed() -> None:
    assert "HAS_POWER" not in stated_types()
    assert "SAME_AS_POSSIBLE" not in stated_types()
    assert STEP.count("$") == 2


def test_a_name_of_several_has_to_be_said_more_exactly(village: Path) -> None:
    ran = shenwa(village, "path", HEAD, FIRM)
    assert ran.code == 2
    assert PEOPLE[HEAD] in ran.sentence()
    assert OTHER_HEAD in ran.sentence()


def test_json_holds_one_path_a_line_with_evidence(village: Path) -> None:
    ran = shenwa(village, "path", OWNER, FIRM, "--json")
    assert ran.code == 0
    [line] = ran.json()
    assert line["length"] == 2
    assert [node["name"] for node in line["nodes"]] == [OWNER, PARENT, FIRM]
    assert all(tie["evidence"] for hop in line["hops"] for tie in hop["ties"])


def test_nothing_found_is_exit_code_one(village: Path) -> None:
    ran = shenwa(village, "path", CLERK, MATE, "--length", "1", "--json")
    assert (ran.code, ran.out) == (1, "")
    same = shenwa(village, "path", CLERK, CLERK)
    assert same.code == 2
    assert CLERK in same.sentence()


def test_people_read_which_end_the_word_names(village: Path) -> None:
    ran = shenwa(village, "path", PEOPLE[HEAD], BROTHER)
    assert f"{HEAD} —亲属(弟弟)→ {BROTHER}" in ran.out
    assert "登记/亲属关系.csv 第1行" in ran.out
