"""The network on the canvas, on both engines: counting, expanding, budgets, undo, scope."""

from datetime import date
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from app.services.canvas import Board, around, drawn, edge_label, grow
from app.services.naming import Named, named
from app.services.neighbours import MOST_ADDED, Tie, count_ties, expand, now_known_as, ties_among
from app.services.tables import open_tables
from app.ui.words import Words
from graph.casebook.canvases import Place
from graph.projection.tables import Canonical
from graph.store.base import EVERYTHING, Scope, View
from graph.workspace import Workspace
from tests.support.engines import REGISTER, VERSION, StoreOn, edge, make_tables, node

ZH = Words("zh")


@pytest.fixture
def tables(tmp_path: Path) -> Canonical:
    """An official, a wife known from a case file only, her firm with 40 contracts."""
    nodes = [node("Person", 1, "甲"), node("Person", 2, "乙"), node("Company", 1, "丙公司"), node("Case", 1, "案")]
    nodes += [node("Contract", number, f"合同{number}") for number in range(1, 41)]
    edges = [
        edge("KIN", 1, "Person-1", "Person-2", kind="spouse", word="妻子", open=False, origin="file#c:1-2"),
        edge("LEGAL_REP", 1, "Person-2", "Company-1", valid_from=date(2018, 1, 1)),
        edge("PARTY_TO", 1, "Person-2", "Case-1", role="涉案人"),
        *(edge("SIGNED", number, "Company-1", f"Contract-{number}") for number in range(1, 41)),
    ]
    made = make_tables(tmp_path / "tables", nodes, edges, filings={"file": ["案甲"], REGISTER: [None]})
    members = pa.schema([("entity_key", pa.string()), ("id", pa.string())])
    parquet.write_table(members.empty_table(), made.folder / "members.parquet")
    return made


@pytest.fixture
def view(store_on: StoreOn, workspace: Workspace, tables: Canonical) -> View:
    """A view of everything."""
    store = store_on(workspace)
    with store.writer() as writer:
        writer.apply(tables, VERSION)
    return store.view(EVERYTHING)


def who(tables: Canonical, *ids: str) -> list[Named]:
    """Entities as the services take them."""
    with open_tables(tables, EVERYTHING) as connection:
        found = named(connection, set(ids))
    return [found[id_] for id_ in ids]


def test_ties_are_counted_by_relation(view: View, tables: Canonical) -> None:
    counted = count_ties(view, who(tables, "Company-1", "Person-2", "Case-1"))
    assert [(one.relation, one.count) for one in counted["Company-1"]] == [("SIGNED", 40), ("LEGAL_REP", 1)]
    assert {one.relation for one in counted["Person-2"]} == {"KIN", "LEGAL_REP", "PARTY_TO"}
    assert [(one.relation, one.count) for one in counted["Case-1"]] == [("PARTY_TO", 1)]


def test_an_expansion_adds_no_more_than_the_limit_and_says_what_is_left(view: View, tables: Canonical) -> None:
    [firm] = who(tables, "Company-1")
    found = expand(view, firm, "SIGNED", {"Contract-1"})
    assert (len(found.ids), found.left_out) == (MOST_ADDED, 40 - 1 - MOST_ADDED)
    assert "Contract-1" not in found.ids
    assert expand(view, firm, "NO_SUCH_RELATION", set()).ids == ()


def test_the_canvas_holds_its_cap_and_undo_goes_back(view: View, tables: Canonical) -> None:
    [firm] = who(tables, "Company-1")
    board = Board(["Company-1"], {"Company-1": Place(0, 0)})
    left_out, elsewhere = grow(board, view, firm, "SIGNED")
    assert (len(board.members), left_out, elsewhere) == (1 + MOST_ADDED, 40 - MOST_ADDED, False)
    assert board.add([f"Contract-{number}" for number in range(1, 41)], cap=30) == 40 - MOST_ADDED - 4
    assert board.undo()
    assert board.undo()
    assert (board.members, board.undo()) == (["Company-1"], False)


def test_first_places_are_no_step_and_a_drag_is(view: View) -> None:
    board = Board(["a", "b"])
    board.move({"a": {"x": 1, "y": 2}, "stranger": {"x": 0, "y": 0}})
    assert (board.past, set(board.places)) == ([], {"a"})
    board.move({"a": {"x": 5, "y": 5}})
    assert board.undo()
    assert board.places["a"] == Place(1, 2)


def test_what_is_drawn_holds_every_tie_among_the_members_and_what_is_more(view: View, tables: Canonical) -> None:
    with open_tables(tables, EVERYTHING) as connection:
        board = Board(["Person-2", "Company-1", "Person-0"])
        shown = drawn(board, view, connection, ZH)
        assert now_known_as(connection, ["Person-2", "Person-2"]) == ["Person-2"]
    nodes, edges = shown["nodes"], shown["edges"]
    assert isinstance(nodes, list)
    assert isinstance(edges, list)
    assert [one["id"] for one in nodes] == ["Person-2", "Company-1"]
    assert [one["type"] for one in edges] == ["LEGAL_REP"]
    assert nodes[1]["more"] == [{"relation": "SIGNED", "count": 40}]


def test_a_relative_s_company_is_seen_at_first_sight(view: View, tables: Canonical) -> None:
    with open_tables(tables, EVERYTHING) as connection:
        found = around(view, connection, who(tables, "Person-1"))
    assert found[:2] == ["Person-1", "Person-2"]
    assert "Company-1" in found


def test_a_limited_reader_sees_no_tie_of_another_case(
    store_on: StoreOn, workspace: Workspace, tables: Canonical, view: View
) -> None:
    scope = Scope(frozenset({"案乙"}))
    with store_on(workspace).view(scope) as limited:
        [official] = who(tables, "Person-1")
        assert count_ties(limited, [official]) == {}
        found = expand(limited, official, "KIN", set())
        assert (found.ids, found.elsewhere) == ((), True)
        assert ties_among(limited, who(tables, "Person-1", "Person-2")) == []
        assert ties_among(view, who(tables, "Person-1", "Person-2")) != []


def test_an_edge_says_the_word_the_share_or_the_amount() -> None:
    def tie(type_: str, **props: object) -> Tie:
        return Tie("e", type_, "a", "b", None, None, "registry", False, False, 1.0, props)

    assert edge_label(tie("KIN", word="妻弟"), ZH) == "妻弟"
    assert edge_label(tie("SHARE", ratio=0.6), ZH) == "持股 60%"
    assert edge_label(tie("TRANSFER", amount=1234.5, time="2020-01-02T10:00:00"), ZH).endswith("1,234.50 2020-01-02")
