"""What the projection makes of registers: power, counts, cases, disputes, openness, and one event told twice."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.projection.meanings import is_head
from tests.support.county import BUREAU, FIRM, HAN_ID, LUO_ID, OBTAINED, TABLES, ZHOU_ID, write_county
from tests.support.registers import Ground, Projected, Row, write_folder
from tests.support.statements import HAN, LUO, both, own, totals


def project(folder: Path, cases: Mapping[str, str | None]) -> Projected:
    """Import files of the county, each into a case or none."""
    ground = Ground(folder)
    paths = write_county(folder / "in")
    for name, case in cases.items():
        ground.take(paths[name], case=case, warrant="文书1号", obtained=OBTAINED[name])
    return ground.project()


def made_of(folder: Path, **tables: list[Row]) -> Projected:
    ground = Ground(folder)
    ground.take(write_folder(folder / "in", tables), warrant="文书1号")
    return ground.project()


def power(made: Projected) -> list[tuple[str, int, str | None, date | None, date | None]]:
    return sorted(
        (edge["source_name"], edge["props"]["grade"], edge["props"].get("matter"), edge["valid_from"], edge["valid_to"])
        for edge in made.edges("HAS_POWER")
    )


def test_power_is_graded_and_rests_on_the_sources_of_its_tie(tmp_path: Path) -> None:
    made = project(tmp_path, {"任职": None, "职责": None, "合同": None})
    signed = date(2019, 5, 6)
    assert power(made) == [
        ("周立民", 4, "科员", date(2016, 1, 5), None),
        ("韩冬生", 1, "工程招标 · 审批 · 供水管网", signed, signed),
        ("韩冬生", 2, "农村供水", date(2018, 1, 1), date(2018, 1, 1)),
        ("韩冬生", 3, "局长", date(2015, 3, 1), None),
    ]
    for edge in made.edges("HAS_POWER"):
        assert (edge["inferred"], edge["target_name"]) == (True, BUREAU)
        assert made.sources(edge["eid"]), "an inferred edge without a source"
    [decided] = [edge for edge in made.edges("HAS_POWER") if edge["props"]["grade"] == 1]
    [base] = made.edges("DECIDED")
    assert [row["locator"] for row in made.sources(decided["eid"])] == [
        row["locator"] for row in made.sources(base["eid"])
    ]
    assert decided["props"]["item"] == base["target"]


@pytest.mark.parametrize(
    ("posts", "ends"),
    [
        ([("局长", "2015-03-01", "2021-06-30")], date(2021, 6, 30)),
        ([("副局长", "2015-03-01", "2018-01-31"), ("局长", "2018-02-01", "2021-06-30")], date(2021, 6, 30)),
        ([("局长", "2015-03-01", None)], None),
        ([("副局长", "2015-03-01", "2018-01-31"), ("局长", "2018-02-01", None)], None),
        ([("科员", "2010-01-01", "2012-12-31")], None),  # the charge is later than every recorded post: it stands
        ([], None),
    ],
)
def test_a_charge_without_an_end_ends_with_the_last_post(
    tmp_path: Path, posts: list[tuple[str, str, str | None]], ends: date | None
) -> None:
    """Nobody is shown with power over what came after they had left."""
    person = {"姓名": "韩冬生", "身份证号": HAN_ID, "单位": BUREAU}
    rows = [{**person, "职务": post, "任职日期": start, "免职日期": end} for post, start, end in posts]
    charge = {**person, "分管事项": "采购", "起始日期": "2016-05-01", "终止日期": None}
    made = made_of(tmp_path, 分管=[charge], **({"任职": rows} if rows else {}))
    [edge] = [edge for edge in made.edges("HAS_POWER") if edge["props"]["grade"] == 2]
    assert (edge["valid_from"], edge["valid_to"]) == (date(2016, 5, 1), ends)
    assert len(made.sources(edge["eid"])) == (2 if ends else 1)


@pytest.mark.parametrize(
    ("posts", "starts", "surely"),
    [
        ([("副局长", "2022-03-01", None)], date(2022, 3, 1), "2999-12-31"),
        ([("科员", "2015-03-01", "2018-01-31"), ("局长", "2018-02-01", "2021-06-30")], date(2015, 3, 1), "2021-06-30"),
        ([("副局长", None, None)], None, None),
        ([], None, None),
    ],
)
def test_a_charge_without_a_start_is_none_before_the_first_post(
    tmp_path: Path, posts: list[tuple[str, str | None, str | None]], starts: date | None, surely: str | None
) -> None:
    """Nobody is shown with power over what came before they served there, nor surely with power at any day since."""
    person = {"姓名": "韩冬生", "身份证号": HAN_ID, "单位": BUREAU}
    rows = [{**person, "职务": post, "任职日期": start, "免职日期": end} for post, start, end in posts]
    charge = {**person, "分管事项": "采购", "起始日期": None, "终止日期": None}
    made = made_of(tmp_path, 分管=[charge], **({"任职": rows} if rows else {}))
    [edge] = [edge for edge in made.edges("HAS_POWER") if edge["props"]["grade"] == 2]
    assert (edge["valid_from"], edge["props"].get("from_latest")) == (starts, surely)
    assert len(made.sources(edge["eid"])) == 1 + (starts is not None) + (len(posts) == 2)


def test_without_its_contract_a_decision_gives_no_power(tmp_path: Path) -> None:
    """Whose matter it was is known from the contract alone."""
    made = project(tmp_path, {"职责": None})
    assert [row[1] for row in power(made)] == [2]


@pytest.mark.parametrize(
    ("post", "head"),
    [
        ("局长", True),
        ("水务局局长", True),
        ("党组书记、局长", True),
        ("副局长", False),
        ("原局长", False),
        ("局长助理", False),
        ("办公室主任", False),
        ("科员", False),
    ],
)
def test_who_heads_a_unit(post: str, head: bool) -> None:
    assert is_head(post, BUREAU) is head


def test_degree_counts_edges_and_every_end_exists(tmp_path: Path) -> None:
    made = project(tmp_path, dict.fromkeys(TABLES))
    edges, nodes = made.edges(), {row["id"]: row for row in made.nodes()}
    counted = dict.fromkeys(nodes, 0)
    for edge in edges:
        for end in {edge["source"], edge["target"]}:
            counted[end] += 1
    assert {one: row["degree"] for one, row in nodes.items()} == counted
    assert len({edge["eid"] for edge in edges}) == len(edges)
    cited = {row["eid"] for row in made.evidence()}
    assert cited >= {edge["eid"] for edge in edges} and cited >= set(nodes), "something without a source"


def test_cases_are_those_whose_files_name_a_node(tmp_path: Path) -> None:
    made = project(tmp_path, {"任职": "甲案", "亲属关系": "乙案", "企业登记": None})
    counted = {row["name"]: row["cases"] for row in made.nodes() if row["type"] in ("Person", "Company", "Agency")}
    assert counted == {"韩冬生": 2, "周立民": 1, BUREAU: 1, "罗大勇": 1, FIRM: 0}


def test_the_same_file_in_two_cases_is_one_source_of_two_cases(tmp_path: Path) -> None:
    ground = Ground(tmp_path)
    paths = write_county(tmp_path / "in")
    ground.take(paths["任职"], case="甲案")
    ground.take(paths["任职"], case="乙案")
    made = ground.project()
    assert made.node("韩冬生")["cases"] == 2
    assert len(made.edges("HOLDS_POST")) == 2
    assert all(len(made.sources(edge["eid"])) == 1 for edge in made.edges("HOLDS_POST"))


def test_starts_that_contradict_each_other_make_an_edge_disputed(tmp_path: Path) -> None:
    post = {"姓名": "韩冬生", "身份证号": HAN_ID, "单位": BUREAU, "职务": "局长"}
    differing = made_of(tmp_path / "a", 甲=[post | {"任职日期": "2015-04-01"}], 乙=[post | {"任职日期": "2016-04-01"}])
    [edge] = differing.edges("HOLDS_POST")
    assert edge["disputed"] is True and len(differing.sources(edge["eid"])) == 2
    assert all(one["disputed"] for one in differing.edges("HAS_POWER"))
    same = made_of(tmp_path / "b", 甲=[post | {"任职日期": "2015-04-01"}], 乙=[post | {"任职日期": "2015年4月1日"}])
    assert [one["disputed"] for one in same.edges("HOLDS_POST")] == [False]
    vague = made_of(tmp_path / "c", 甲=[post | {"任职日期": "2015-04-11"}], 乙=[post | {"任职日期": "2015-04"}])
    assert [one["disputed"] for one in vague.edges("HOLDS_POST")] == [False], "a month does not contradict its day"


def test_the_newest_delivery_gives_the_dates_whatever_came_first(tmp_path: Path) -> None:
    for number, order in enumerate((("任职", "任职新"), ("任职新", "任职"))):
        made = project(tmp_path / str(number), dict.fromkeys(order))
        [edge] = [one for one in made.edges("HOLDS_POST") if one["source_name"] == "韩冬生"]
        assert (edge["valid_from"], edge["valid_to"]) == (date(2015, 4, 1), date(2021, 6, 30))


def test_kin_told_from_both_ends_is_one_edge(tmp_path: Path) -> None:
    """Two rows of one table say it, each from its own side."""
    [kin] = project(tmp_path, {"亲属关系": None}).edges("KIN")
    assert {kin["source_name"], kin["target_name"]} == {"韩冬生", "罗大勇"}


def shape(made: Projected) -> dict[str, Any]:
    """Return all that counts and sums are made of: edges without their sources, degrees."""
    return {
        "edges": sorted((one["eid"], one["type"], str(one["props"].get("amount"))) for one in made.edges()),
        "degrees": sorted((row["id"], row["degree"]) for row in made.nodes()),
        "totals": totals(made),
    }


def test_rows_that_come_again_in_other_files_change_no_count(tmp_path: Path) -> None:
    """Each second document holds the same rows and an empty line, so that it is another document."""
    ground = Ground(tmp_path)
    paths = write_county(tmp_path / "in")
    for name, path in paths.items():
        ground.take(path, warrant="文书1号", obtained=OBTAINED[name])
    once = ground.project("once")
    for name, path in paths.items():
        copy = tmp_path / "again" / f"{name}.csv"
        copy.parent.mkdir(exist_ok=True)
        copy.write_bytes(path.read_bytes() + b"\n")
        ground.take(copy, warrant="文书1号", obtained=OBTAINED[name])
    twice = ground.project("twice")
    assert shape(twice) == shape(once)
    sources = {row["doc"] for row in twice.evidence()} - {row["doc"] for row in once.evidence()}
    assert len(sources) == len(TABLES), "the copies are sources as well"


def test_a_transfer_told_by_three_statements_is_one(tmp_path: Path) -> None:
    tables = {
        "甲": [own(HAN, "进", LUO, "2019-06-01 10:00:00", "50000")],
        "乙": [own(LUO, "出", HAN, "2019-06-01 10:00:05", "50000")],
        "双边": [both("B1", LUO, HAN, "2019-06-01 10:00:05", "50000")],
    }
    made = made_of(tmp_path, **tables)
    assert totals(made) == {(LUO, HAN): 5_000_000}
    [edge] = made.edges("TRANSFER")
    assert len(made.sources(edge["eid"])) == 3


def test_a_register_is_open_to_every_scope_also_when_a_case_provided_it(tmp_path: Path) -> None:
    made = project(tmp_path, {"亲属关系": "甲案", "任职": None})
    assert all(edge["open"] for edge in made.edges())


def test_no_claim_of_a_person_is_lost_or_doubled(tmp_path: Path) -> None:
    made = project(tmp_path, dict.fromkeys(TABLES))
    people = {row["props"]["code"]: row["name"] for row in made.nodes("Person") if "code" in row["props"]}
    assert people == {HAN_ID: "韩冬生", LUO_ID: "罗大勇", ZHOU_ID: "周立民"}
    officials = sorted(row["name"] for row in made.nodes("Person") if row["props"].get("is_official"))
    assert officials == ["周立民", "韩冬生"]
