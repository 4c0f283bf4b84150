"""What judgements do to the canonical tables: joins, blocks, contradictions, and back again to the same bytes."""

from datetime import datetime
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.casebook.judgements import Judgement, in_force
from graph.casebook.verdict import Verdict
from graph.projection.groups import Said, weigh
from graph.projection.project import project
from tests.support.registers import Ground, Projected, person_id, write_rows

UNIT = "示例县水务局"
NAME = "韩冬生"
KEYS = [f"Person-{letter}" for letter in "abcdef"]
SAME, DIFFERENT, UNSURE = Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE


def died(name):
    return {"姓名": name, "身份证号": "", "死亡日期": "2020-01-01", "登记日期": "2020-01-05"}


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    """An official with a number, the same name in the unit without one, and twice in another register by name only."""
    folder = tmp_path_factory.mktemp("judged")
    made = Ground(folder)
    post = {"姓名": NAME, "身份证号": person_id(1), "单位": UNIT, "职务": "副局长"}
    handled = {"单位": UNIT, "事项": "合同", "环节": "审批", "姓名": NAME, "身份证号": "", "日期": "2021-03-05"}
    made.take(write_rows(folder / "in" / "任职.csv", [post]))
    made.take(write_rows(folder / "in" / "职责.csv", [{**handled, "关联编号": "HT-1"}]))
    made.take(write_rows(folder / "in" / "死亡登记.csv", [died(NAME), {**died(NAME), "死亡日期": "2021-02-02"}]))
    made.resolve()
    return made


def shown(ground, name, *said):
    return Projected(project(ground.ledger, ground.folder / name, said=said))


def keys(ground):
    """Return the entity keys of the name by kind of key."""
    found = {}
    for row in ground.live("assertions"):
        if row["name"] == NAME:
            found.setdefault(row["key_kind"], []).append(row["entity_key"])
    return {kind: sorted(set(several)) for kind, several in found.items()}


def people(made):
    return sorted(node["id"] for node in made.nodes("Person"))


def test_same_joins_a_bare_name_and_undone_gives_the_same_bytes(ground):
    number, bare = keys(ground)["id"][0], keys(ground)["name"]
    before = shown(ground, "before")
    assert people(before) == sorted([number, *bare])
    merged = shown(ground, "merged", (number, bare[0], SAME))
    assert people(merged) == sorted([number, bare[1]])
    grades = {row["identity"] for row in merged.sources(number)}
    assert grades == {"code", "name_unit"}
    assert shown(ground, "after").bytes() == before.bytes() != merged.bytes()


def test_the_strongest_kind_of_key_stays_the_id_through_any_number_of_steps(ground):
    number, bare = keys(ground)["id"][0], keys(ground)["name"]
    assert people(shown(ground, "chain", (bare[0], bare[1], SAME), (bare[1], number, SAME))) == [number]
    names_only = shown(ground, "names", (bare[0], bare[1], SAME))
    assert people(names_only) == sorted([number, min(bare)])


@pytest.mark.parametrize("verdict", [DIFFERENT, UNSURE])
def test_a_machine_joins_nothing_that_a_person_told_apart_or_could_not_tell(ground, verdict):
    number, in_unit, bare = keys(ground)["id"][0], keys(ground)["name_unit"][0], keys(ground)["name"]
    apart = shown(ground, f"apart-{verdict}", (*sorted((number, in_unit)), verdict))
    assert people(apart) == sorted([number, in_unit, *bare])
    assert (in_unit, number) not in [
        (row["entity_key"], row["id"]) for row in apart._read(apart.tables.folder / "members.parquet")
    ]


def test_a_contradiction_joins_nothing_and_names_the_chain(ground):
    number, in_unit, bare = keys(ground)["id"][0], keys(ground)["name_unit"][0], keys(ground)["name"]
    said = [(bare[0], number, SAME), (bare[0], bare[1], SAME), (bare[1], number, DIFFERENT)]
    made = shown(ground, "contradicted", *said)
    assert people(made) == sorted([number, *bare])
    [found] = weigh(said).contradictions
    assert found.pair == (bare[1], number)
    assert set(found.chain) == {(bare[0], number), (bare[0], bare[1])}
    assert ("members.parquet" in made.bytes()) and in_unit not in people(made)


pairs = st.sampled_from(list(combinations(KEYS, 2)))
steps = st.lists(st.tuples(pairs, st.sampled_from([SAME, DIFFERENT, UNSURE, Verdict.POSTPONED])), max_size=12)


def components(said: list[Said]) -> dict[str, set[str]]:
    """The groups of what was called the same, by hand."""
    near = {key: {key} for key in KEYS}
    for a, b, verdict in said:
        if verdict is SAME:
            union = near[a] | near[b]
            for key in union:
                near[key] = union
    return near


@given(steps)
def test_groups_are_the_transitive_sayings_without_the_contradicted_ones(taken):
    said = list({pair: (*pair, verdict) for pair, verdict in taken}.values())
    found, near = weigh(said), components(said)
    broken = {key for a, b, verdict in said if verdict is DIFFERENT and b in near[a] for key in near[a]}
    for a, b in combinations(KEYS, 2):
        assert (found.groups.root(a) == found.groups.root(b)) == (b in near[a] and a not in broken)
    for a, b, verdict in said:
        if verdict is DIFFERENT:
            assert not found.groups.join(a, b)
    assert {key for one in found.contradictions for key in one.keys} == broken
    assert weigh(list(reversed(said))).joined == found.joined


@given(steps, st.data())
def test_judging_and_taking_back_leaves_what_was_in_force(taken, data):
    records, counted = [], []
    for pair, verdict in taken:
        records.append(Judgement(len(records) + 1, *pair, verdict, "r", "a", datetime(2026, 1, 1)))
        if data.draw(st.booleans()):
            one = records[-1]
            records.append(Judgement(len(records) + 1, *one.pair, one.verdict, "r", "a", datetime(2026, 1, 1), one.id))
        else:
            counted.append(records[-1])
    expected = {one.pair: one for one in counted}
    assert in_force(records) == [expected[pair] for pair in sorted(expected)]
