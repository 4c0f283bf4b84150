"""What a view promises on every engine: names, limits, refusals, and what a limited scope hides."""

import time
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Literal

import pytest

from graph.store.base import Scope, Store, View
from graph.store.errors import (
    QueryRefused,
    QueryTimeout,
    ScopeRefused,
    ViewClosed,
    WriteRefused,
)
from graph.workspace import Workspace
from tests.support.engines import REGISTER, VERSION, StoreOn, edge, make_tables, node

# Documents: a register, a text of case A, a text of case B, a text that was filed in both.
TEXT_A, TEXT_B, BOTH = "bbbbbbbbbbbb", "cccccccccccc", "dddddddddddd"
FILINGS = {REGISTER: [None], TEXT_A: ["A"], TEXT_B: ["B"], BOTH: ["A", "B"]}
COUNT = "MATCH (p:Person) RETURN count(p) AS n"
KIN = "MATCH (p:Person {id: 'Person-0'})-[k:KIN]->(q:Person) RETURN q.id AS id, k.eid AS eid ORDER BY id"


@pytest.fixture
def store(store_on: StoreOn, workspace: Workspace, tmp_path: Path) -> Store:
    nodes = [node("Person", number, birth="1980-01-02") for number in range(30)]
    nodes += [node("Account", 1), node("Account", 2)]
    edges = [
        edge("KIN", number, "Person-0", f"Person-{number}", kind="sibling", origin=f"{doc}#c:1-2", open=doc == REGISTER)
        for number, doc in enumerate((REGISTER, TEXT_A, TEXT_B, BOTH), start=1)
    ]
    edges += [edge("TRANSFER", 1, "Account-1", "Account-2", amount=5.0, time="2024-03-01T09:30:00")]
    store = store_on(workspace)
    with store.writer() as writer:
        writer.apply(make_tables(tmp_path / "tables", nodes, edges, FILINGS), VERSION)
    return store


@pytest.fixture
def view(store: Store) -> Iterator[View]:
    with store.view() as opened:
        yield opened


def test_parameters_and_native_dates(view: View) -> None:
    text = """MATCH (p:Person) WHERE p.id IN $ids AND p.birth > $after
    RETURN p.id AS id, p.birth AS birth, localdatetime('2024-05-06T07:08:09') AS moment, [p.birth] AS listed,
           duration.inDays(p.birth, $after).days AS days ORDER BY id"""
    columns = ["id", "birth", "moment", "listed", "days"]
    found = view.run(text, {"ids": ["Person-2", "Person-1"], "after": date(1979, 12, 31)}, columns)
    assert found.columns == tuple(columns)
    birth = date(1980, 1, 2)
    expected = {"birth": birth, "moment": datetime(2024, 5, 6, 7, 8, 9), "listed": [birth], "days": -2}
    assert list(found.rows) == [{"id": "Person-1", **expected}, {"id": "Person-2", **expected}]
    assert [type(found.rows[0][name]) for name in ("birth", "moment", "days")] == [date, datetime, int]


def test_columns_are_those_of_the_caller_also_without_rows(view: View) -> None:
    text = "MATCH (p:Person {id: $id}) RETURN p.id AS one, p.name AS two"
    assert view.run(text, {"id": "nobody"}, ["two", "one"]).columns == ("two", "one")
    assert list(view.run(text, {"id": "Person-1"}, ["two", "one"]).rows) == [{"two": "Person1", "one": "Person-1"}]
    [row] = view.run("MATCH (p:Person {id: $id}) RETURN p.id, p.name", {"id": "Person-1"}, ["a", "b"]).rows
    assert row == {"a": "Person-1", "b": "Person1"}
    with pytest.raises(QueryRefused):
        view.run(text, {"id": "Person-1"}, ["one", "two", "three"])


def test_types_that_were_never_imported_give_no_rows_and_no_noise(
    view: View, capfd: pytest.CaptureFixture[str]
) -> None:
    for text in (
        "MATCH (c:Benefit) RETURN c.id AS x",
        "MATCH (p:Person)-[r:RECUSED]->(c:Contract) WHERE r.step = 'sign' RETURN r.eid AS x",
        "MATCH (p:Person)-[r:KIN]->(c:Person) WHERE p.village = 'x' OR r.nothing = 1 RETURN r.eid AS x",
    ):
        assert list(view.run(text, {}, ["x"]).rows) == []
    out, err = capfd.readouterr()
    assert (out, err) == ("", "")


def test_the_row_cap_is_told(view: View) -> None:
    for cap, truncated in ((29, True), (30, False), (31, False)):
        found = view.run("MATCH (p:Person) RETURN p.id AS id ORDER BY id", {}, ["id"], row_cap=cap)
        assert (len(found.rows), found.truncated) == (min(cap, 30), truncated)


def test_a_query_is_ended_when_its_time_is_up(view: View) -> None:
    text = """UNWIND range(1, 4000) AS a UNWIND range(1, 4000) AS b UNWIND range(1, 4000) AS c
    WITH a, b, c WHERE a * b = c + 0.5 RETURN count(a) AS n"""
    start = time.monotonic()
    with pytest.raises(QueryTimeout) as caught:
        view.run(text, {}, ["n"], timeout_ms=400)
    assert time.monotonic() - start < 10
    assert "0.4" in caught.value.sentence("zh")
    assert [dict(row) for row in view.run(COUNT, {}, ["n"]).rows] == [{"n": 30}], "the view works on"


WRITES = [
    "CREATE (p:Person {id: 'x'})",
    "create(p:Person {id: 'x'}) RETURN p.id AS n",
    "MATCH (p:Person) SET p.name = 'x'",
    "MATCH (p:Person) DETACH DELETE p",
    "MATCH (p:Person) REMOVE p.name RETURN count(p) AS n",
    "MERGE (p:Person {id: 'x'}) RETURN p.id AS n",
    "FOREACH (i IN [1] | CREATE (:Person {id: 'x'}))",
    "CREATE INDEX FOR (p:Person) ON (p.birth)",
    "DROP CONSTRAINT x",
    "LOAD CSV FROM 'file:///etc/hosts' AS n RETURN n",
    "MATCH (p:Person) load csv FROM 'file:///etc/hosts' AS n RETURN n",
    "CALL db.labels() YIELD label RETURN label AS n",
    "CALL dbms.components() YIELD name RETURN name AS n",
    "MATCH (p:Person) CALL db.ping() YIELD success RETURN success AS n",
    "SHOW USERS",
    f"{COUNT}; MATCH (p) DETACH DELETE p",
    "RETURN '\\u0027 AS n LOAD CSV FROM \\u0027file:///etc/hosts\\u0027 AS m RETURN m //'",
    "RETURN 1 AS n // \r LOAD CSV FROM 'file:///etc/hosts' AS n RETURN n",
    "RETURN 1 AS n /* ' */ LOAD CSV FROM 'x' AS m RETURN m //'",
    "MATCH (p:Person) CALL (p) { CREATE (:Person) } IN TRANSACTIONS RETURN p.id AS n",
]


def test_what_writes_or_reaches_beyond_the_graph_is_refused(view: View) -> None:
    for text in WRITES:
        with pytest.raises(WriteRefused):
            print(text, view.run(text, {}, ["n"]))
    assert [dict(row) for row in view.run(COUNT, {}, ["n"]).rows] == [{"n": 30}]


HARMLESS = [
    "MATCH (p:Person) WHERE p.name = 'SET; CREATE // LOAD CSV' RETURN count(p) AS n",
    'MATCH (p:Person) WHERE p.name = "it\'s" RETURN count(p) AS n // DELETE it; not',
    "MATCH (p:Person) WHERE p.set IS NULL RETURN 0 * count(p.create) AS n",
    "MATCH (p:Person {id: 'none'}) CALL (p) { MATCH (p)-[k:KIN]->(q) RETURN count(k) AS m } RETURN m AS `n`",
    "MATCH (p:Person {id: 'none'}) RETURN count(p) AS n;",
]


def test_words_that_only_look_like_writes_are_let_through(view: View) -> None:
    for text in HARMLESS:
        assert [row["n"] for row in view.run(text, {}, ["n"]).rows] in ([], [0])


def test_a_text_that_is_no_query_is_refused_with_a_sentence(view: View) -> None:
    for text in ("MATCH (p:Person RETURN p", "", "hello", "RETURN $missing AS n"):
        with pytest.raises(QueryRefused) as caught:
            view.run(text, {}, ["n"])
        assert caught.value.sentence("zh").startswith("图数据库不接受这条查询")


def test_a_parameter_that_no_engine_takes_is_refused(view: View) -> None:
    for value in (2**70, object()):
        with pytest.raises(QueryRefused):
            view.run("RETURN $x AS n", {"x": value}, ["n"])


def test_a_closed_view_refuses(store: Store) -> None:
    view = store.view()
    view.close()
    with pytest.raises(ViewClosed):
        view.run(COUNT, {}, ["n"])


SCOPES: list[tuple[Literal["all"] | frozenset[str], list[int]]] = [
    ("all", [1, 2, 3, 4]),
    (frozenset("AB"), [1, 2, 3, 4]),
    (frozenset("A"), [1, 2, 4]),
    (frozenset("B"), [1, 3, 4]),
    (frozenset("C"), [1]),
    (frozenset(), [1]),
]


def test_rows_that_cite_an_edge_out_of_scope_are_withheld(store: Store) -> None:
    for cases, seen in SCOPES:
        with store.view(Scope(cases)) as view:
            found = view.run(KIN, {}, ["id", "eid"], evidence=["eid"])
        assert [row["id"] for row in found.rows] == [f"Person-{number}" for number in seen], cases
        assert (found.hidden, found.truncated) == (4 - len(seen), False)


def test_lists_of_eids_are_evidence_too_and_nulls_are_none(store: Store) -> None:
    text = """MATCH (p:Person {id: 'Person-0'})-[k:KIN]->(q:Person) OPTIONAL MATCH (q)-[z:ASSOC]->(:Person)
    WITH q, k, z.eid AS other RETURN q.id AS id, [k.eid, 'KIN-1'] AS eids, other ORDER BY id"""
    with store.view(Scope(frozenset("A"))) as view:
        found = view.run(text, {}, ["id", "eids", "other"], evidence=["eids", "other"])
    assert [row["id"] for row in found.rows] == ["Person-1", "Person-2", "Person-4"]
    assert found.hidden == 1


def test_an_eid_that_is_in_no_table_is_withheld(store: Store) -> None:
    with store.view(Scope(frozenset("A"))) as view:
        assert view.run("RETURN 'unknown' AS eid", {}, ["eid"], evidence=["eid"]).hidden == 1


def test_a_limited_reader_has_to_name_evidence(store: Store) -> None:
    with store.view(Scope(frozenset("A"))) as view, pytest.raises(ScopeRefused):
        view.run(COUNT, {}, ["n"])


def test_a_text_that_joins_a_case_becomes_visible(store: Store, tmp_path: Path) -> None:
    """Only sources changed, no edge: the next version shows it all the same."""
    nodes = [node("Person", number) for number in (0, 1)]
    kin = edge("KIN", 1, "Person-0", "Person-1", origin=f"{TEXT_B}#c:1-2", open=False)
    for filed, seen in ((["B"], 0), (["A", "B"], 1)):
        with store.writer() as writer:
            writer.apply(make_tables(tmp_path / str(seen), nodes, [kin], {TEXT_B: filed}), VERSION)
        with store.view(Scope(frozenset("A"))) as view:
            assert len(view.run(KIN, {}, ["id", "eid"], evidence=["eid"]).rows) == seen
