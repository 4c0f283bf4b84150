"""What every engine does with canonical tables: one body, run on each of them."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from graph.projection.tables import Canonical
from graph.store.base import Applied, Store
from graph.store.errors import BadProperty, MissingEnd, NothingApplied
from graph.workspace import Workspace
from tests.support.engines import REGISTER, VERSION, StoreOn, content, edge, make_tables, node

NODES = {
    "Person": ["name", "degree", "birth", "is_official", "aliases", "died"],
    "Company": ["name"],
    "Account": ["name"],
}
EDGES = {
    "SHARE": ["ratio", "control", "from", "to", "confidence", "claim", "inferred", "source", "disputed"],
    "TRANSFER": ["time", "amount", "summary", "confidence", "claim", "inferred", "source"],
}
ACCOUNTS = [node("Account", 1), node("Account", 2)]


def pay(number: int, amount: float, **more: Any) -> dict[str, Any]:
    return edge("TRANSFER", number, "Account-1", "Account-2", amount=amount, time="2024-03-01T09:30:00", **more)


def apply(store: Store, tables: Canonical) -> Applied:
    with store.writer() as writer:
        return writer.apply(tables, VERSION)


@pytest.fixture
def store(store_on: StoreOn, workspace: Workspace) -> Store:
    return store_on(workspace)


def test_nothing_can_be_read_before_the_first_apply(store: Store) -> None:
    assert store.version() is None
    with pytest.raises(NothingApplied):
        store.view()


def test_values_keep_their_types(store: Store, tmp_path: Path) -> None:
    people = [
        node("Person", 1, "韩冬生", birth="1890-02-03", is_official=True, aliases=["冬子", "老韩"]),
        node("Person", 2, "罗大勇"),
    ]
    share = edge(
        "SHARE", 1, "Person-1", "Company-1", ratio=1.0, control=True, valid_from=date(2019, 1, 2), disputed=True
    )
    firm = node("Company", 1, "某某公司")
    done = apply(store, make_tables(tmp_path / "t", [*people, firm, *ACCOUNTS], [share, pay(1, 50.0, summary="货款")]))
    assert done == Applied(True, 5, 0, 2, 0)
    held = content(store, NODES, EDGES)
    assert held["Person"] == [
        {
            "id": "Person-1",
            "name": "韩冬生",
            "degree": 0,
            "birth": date(1890, 2, 3),
            "is_official": True,
            "aliases": ["冬子", "老韩"],
        },
        {"id": "Person-2", "name": "罗大勇", "degree": 0},
    ]
    assert held["SHARE"] == [
        {
            "eid": "SHARE-1",
            "ratio": 1.0,
            "control": True,
            "from": date(2019, 1, 2),
            "confidence": 1.0,
            "claim": "registry",
            "inferred": False,
            "source": f"{REGISTER}#r:1",
            "disputed": True,
            "start": "Person-1",
            "stop": "Company-1",
        }
    ]
    # A lean type stores nothing that nearly every row would repeat.
    [transfer] = held["TRANSFER"]
    assert transfer.pop("time") == datetime(2024, 3, 1, 9, 30)
    assert transfer == {
        "eid": "TRANSFER-1",
        "amount": 50.0,
        "summary": "货款",
        "source": f"{REGISTER}#r:1",
        "start": "Account-1",
        "stop": "Account-2",
    }
    assert [type(held["Person"][0][name]) for name in ("birth", "degree", "is_official")] == [date, int, bool]
    assert type(held["SHARE"][0]["ratio"]) is float


def test_only_the_difference_is_sent(store: Store, tmp_path: Path) -> None:
    people = [node("Person", 1, "甲", died="2020-01-01"), node("Person", 2, "乙"), node("Person", 3, "丙")]
    apply(store, make_tables(tmp_path / "a", [*people, *ACCOUNTS], [pay(1, 1.0), pay(2, 2.0), pay(3, 3.0)]))
    changed = [node("Person", 1, "甲"), node("Person", 2, "乙"), node("Person", 4, "丁")]
    after = make_tables(tmp_path / "b", [*changed, *ACCOUNTS], [pay(1, 1.0), pay(2, 22.0), pay(4, 4.0)])
    assert apply(store, after) == Applied(False, nodes_upserted=2, nodes_deleted=1, edges_upserted=2, edges_deleted=1)
    held = content(store, NODES, EDGES)
    assert [(row["id"], row["name"]) for row in held["Person"]] == [
        ("Person-1", "甲"),
        ("Person-2", "乙"),
        ("Person-4", "丁"),
    ]
    assert "died" not in held["Person"][0], "a property that vanished"
    assert [(row["eid"], row["amount"]) for row in held["TRANSFER"]] == [
        ("TRANSFER-1", 1.0),
        ("TRANSFER-2", 22.0),
        ("TRANSFER-4", 4.0),
    ]
    assert (held["nodes"], held["edges"]) == (5, 3)
    assert apply(store, after) == Applied(False, 0, 0, 0, 0)


def test_a_vanished_edge_property_goes_from_the_engine(store: Store, tmp_path: Path) -> None:
    apply(store, make_tables(tmp_path / "a", ACCOUNTS, [pay(1, 1.0, summary="货款"), pay(2, 2.0, summary="借款")]))
    apply(store, make_tables(tmp_path / "b", ACCOUNTS, [pay(1, 1.0), pay(2, 2.0, summary="借款")]))
    assert [row.get("summary") for row in content(store, {}, EDGES)["TRANSFER"]] == [None, "借款"]


def test_an_edge_with_other_ends_is_made_anew(store: Store, tmp_path: Path) -> None:
    apply(store, make_tables(tmp_path / "a", ACCOUNTS, [pay(1, 1.0)]))
    turned = pay(1, 1.0) | {"source": "Account-2", "target": "Account-1"}
    assert apply(store, make_tables(tmp_path / "b", ACCOUNTS, [turned])) == Applied(False, 0, 0, 1, 1)
    held = content(store, {}, EDGES)
    assert [(row["start"], row["stop"]) for row in held["TRANSFER"]] == [("Account-2", "Account-1")]
    assert held["edges"] == 1


def test_parallel_edges_stay_apart(store: Store, tmp_path: Path) -> None:
    """Also towards a second type of target, where a second bulk call of kglite would merge them."""
    nodes = [node("Person", 1), node("Company", 1), node("Agency", 1), node("Company", 2)]
    roles = ["董事", "监事", "经理"]
    edges = [
        edge("OFFICER", 10 * place + at, "Person-1", target, role=role)
        for place, target in enumerate(("Company-1", "Agency-1", "Company-2"))
        for at, role in enumerate(roles)
    ]
    apply(store, make_tables(tmp_path / "a", nodes, edges))
    more = [*edges, edge("OFFICER", 90, "Person-1", "Agency-1", role="理事")]
    apply(store, make_tables(tmp_path / "b", nodes, more))
    held = content(store, {}, {"OFFICER": ["role"]})["OFFICER"]
    assert {(row["eid"], row["stop"], row["role"]) for row in held} == {
        (one["eid"], one["target"], one["props"]["role"]) for one in more
    }


def test_types_that_come_later_and_go_again(store: Store, tmp_path: Path) -> None:
    apply(store, make_tables(tmp_path / "a", ACCOUNTS, [pay(1, 1.0)]))
    firm, share = node("Company", 1), edge("SHARE", 1, "Person-1", "Company-1", ratio=0.5, valid_from=date(2020, 1, 1))
    more = make_tables(tmp_path / "b", [*ACCOUNTS, firm, node("Person", 1, birth="1980-01-01")], [pay(1, 1.0), share])
    assert apply(store, more) == Applied(False, 2, 0, 1, 0)
    held = content(store, NODES, EDGES)
    assert (held["SHARE"][0]["from"], held["Person"][0]["birth"]) == (date(2020, 1, 1), date(1980, 1, 1))
    assert apply(store, make_tables(tmp_path / "c", [], [])) == Applied(False, 0, 4, 0, 2)
    assert content(store, {}, {}) == {"nodes": 0, "edges": 0}


def test_the_version_grows_with_every_apply(store: Store, tmp_path: Path) -> None:
    tables = make_tables(tmp_path / "a", ACCOUNTS)
    apply(store, tables)
    first = store.version()
    apply(store, tables)
    second = store.version()
    assert first is not None and second is not None
    assert (second.generation, second.ledger, second.projection) == (first.generation + 1, 1, "test")
    with store.view() as view:
        assert view.version == second


@pytest.mark.parametrize(
    "nodes",
    [
        pytest.param([node("Account", 1)], id="edge without its end"),
        pytest.param([node("Account", 1), node("Account", 2) | {"type": "Company"}], id="end of another type"),
    ],
)
def test_an_edge_without_its_end_is_refused(store: Store, tmp_path: Path, nodes: list[dict[str, Any]]) -> None:
    apply(store, make_tables(tmp_path / "a", ACCOUNTS, [pay(1, 1.0)]))
    with pytest.raises(MissingEnd, match="TRANSFER-1"):
        apply(store, make_tables(tmp_path / "b", nodes, [pay(1, 1.0)]))
    assert content(store, {}, {})["edges"] == 1


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (node("Person", 1, shoe_size=43), "Person.*shoe_size"),
        (node("Person", 1, birth="1980-13-01"), "Person"),
        (node("Wizard", 1), "Wizard"),
        (node("Company", 1, capital="many"), "Company"),
    ],
)
def test_what_the_model_does_not_know_is_refused(
    store: Store, tmp_path: Path, bad: dict[str, Any], reason: str
) -> None:
    apply(store, make_tables(tmp_path / "a", ACCOUNTS))
    with pytest.raises(BadProperty, match=reason):
        apply(store, make_tables(tmp_path / "b", [*ACCOUNTS, bad]))
    assert content(store, {}, {})["nodes"] == 2
    assert apply(store, make_tables(tmp_path / "c", [*ACCOUNTS, node("Person", 1)])).nodes_upserted == 1
