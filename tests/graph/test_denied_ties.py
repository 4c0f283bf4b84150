"""A tie that is only refuted or denied is never an edge; beside what others state it stays as a source of it."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.model import model
from graph.projection.claims import AGAINST, STRENGTH
from tests.support.papers import person, put, thing, tie
from tests.support.registers import Ground, person_id

HAN, ZHOU = person("韩冬生", person_id(1)), person("周启明", person_id(2))
ENDS = {
    "Person": (HAN, ZHOU),
    "Company": (thing("Company", "甲有限公司", "company_name"), thing("Company", "乙有限公司", "company_name")),
}
TYPES = [one for one in model().relations.values() if not one.inferred]
KIN = '{"word": "妻弟"}'


def ends_of(relation):
    """Return two different entities that a type may join."""
    source, target = (kinds[0] for kinds in model().ends(relation.name))
    some = [ENDS.get(type_, (thing(type_, "甲"), thing(type_, "乙")))[at] for at, type_ in enumerate((source, target))]
    return some[0], some[1]


def projected(folder, tellings, recorded=()):
    folder.mkdir(exist_ok=True)
    ground = Ground(folder)
    if recorded:
        put(ground, "a" * 12, recorded, text=False)
    put(ground, "b" * 12, tellings, text=True)
    return ground.project()


claim_sets = st.lists(
    st.tuples(st.sampled_from(TYPES), st.sampled_from(sorted(STRENGTH)), st.sampled_from([None, 50000.0, 90000.0])),
    min_size=1,
    max_size=25,
)


@settings(max_examples=12, deadline=None)
@given(claim_sets)
def test_what_is_only_denied_is_no_edge(tmp_path_factory, said):
    tellings = []
    for relation, claim, amount in said:
        props = "{}" if amount is None else f'{{"amount": {amount}}}'
        day = None if amount is None else date(2020, 3, int(amount / 10000))
        tellings.append(tie(relation.name, *ends_of(relation), claim=claim, props=props, valid_from=day, valid_to=day))
    found = projected(tmp_path_factory.mktemp("claims"), tellings)
    stated = {one["type"] for one in tellings if one["claim"] not in AGAINST}
    # What may be another told transfer is noted with the paper, which is a source of nothing else.
    assert {one["type"] for one in found.edges()} - {"HAS_POWER", "MENTIONS"} == stated - {"MENTIONS"}
    edges = {one["eid"]: one for one in found.edges()}
    assert all(one["claim"] not in AGAINST for one in edges.values())
    for source in found.evidence():
        if source["claim"] in AGAINST:
            others = [one for one in found.sources(source["eid"]) if one["claim"] not in AGAINST]
            assert source["eid"] not in edges or others


@pytest.mark.parametrize("claim", AGAINST)
def test_a_denial_stays_beside_what_a_register_states(tmp_path, claim):
    found = projected(tmp_path, [tie("KIN", HAN, ZHOU, claim=claim)], [tie("KIN", HAN, ZHOU, props=KIN)])
    [edge] = found.edges("KIN")
    assert edge["claim"] == "registry"
    assert [one["claim"] for one in found.sources(edge["eid"])] == ["registry", claim]


def test_a_denied_sum_is_that_of_the_transfer_it_names(tmp_path):
    account, other = thing("Account", "6200", "account"), thing("Account", "6300", "account")
    recorded = [
        tie("OWNS", HAN, account),
        tie("OWNS", ZHOU, other),
        tie("TRANSFER", other, account, props='{"amount": 50000.0, "time": "2020-03-05T10:00:00", "side": "both"}'),
        tie("TRANSFER", other, account, props='{"amount": 70000.0, "time": "2020-04-05T10:00:00", "side": "both"}'),
    ]
    for amount, marked in ((50000.0, {50000.0}), (80000.0, set()), (None, set())):
        props = "{}" if amount is None else f'{{"amount": {amount}}}'
        told = [tie("TRANSFER", ZHOU, HAN, claim="refuted", props=props)]
        found = projected(tmp_path / str(amount), told, recorded)
        edges = found.edges("TRANSFER")
        assert len(edges) == 2
        assert {
            one["props"]["amount"]
            for one in edges
            if any(source["claim"] == "refuted" for source in found.sources(one["eid"]))
        } == marked


def test_one_refuted_gift_leaves_another_standing(tmp_path):
    accounts = [thing("Account", name, "row", '{"unstated": true}') for name in ("x", "y")]
    told = [
        tie("OWNS", ZHOU, accounts[0]),
        tie("OWNS", HAN, accounts[1]),
        tie("TRANSFER", *accounts, props='{"amount": 50000.0}', claim="witness"),
        tie("TRANSFER", ZHOU, HAN, props='{"amount": 90000.0}', claim="refuted"),
    ]
    [edge] = projected(tmp_path, told).edges("TRANSFER")
    assert (edge["props"]["amount"], edge["claim"]) == (50000.0, "witness")
