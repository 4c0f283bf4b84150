"""Every saved query gives the same rows on both engines, world after random world; WORLDS says how many."""

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from graph.model import model
from graph.store.base import Store, View
from graph.workspace import Workspace
from queries.clearing import bindings, look
from queries.driving import drive
from queries.grouping import group_rows
from queries.loading import load_all
from queries.saved import SavedQuery
from tests.support.engines import VERSION, empty_database, make_tables, open_engine
from tests.support.worlds import World

WORLDS = int(os.environ.get("WORLDS", "20"))
# Worlds in one graph, side by side: their ids tell a difference's seed (thousands).
TOGETHER = 20
CATALOGUE = load_all()
# So small that something is found in most worlds; thresholds on counts are the runner's and not compared here.
EASY: dict[str, dict[str, object]] = {
    "benefit_chain": {"max_gap": 3650, "min_hop": 100.0, "min_amount": 1000.0, "kept": 0.01, "max_days": 3650},
    "dead_or_double_benefit": {"grace_months": 0},
    "white_glove": {"min_transfer": 100.0, "kept": 0.1, "days_before": 3650, "days_after": 3650},
    "serial_briber": {"min_transfer": 100.0, "kin_steps": 2, "days_before": 3650, "days_after": 3650},
    "revolving_door": {"months_leading": 36, "months_other": 36, "look_back": 120},
    "pooled_claims": {"min_beneficiaries": 2},
    "nominee_shareholder": {"min_transfer": 100.0, "days_capital": 730, "days_dividend": 730, "kept": 0.1},
}


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory, neo4j_url: str) -> Iterator[list[Store]]:
    """Yield both engines, each on a workspace of its own; the database is left empty."""
    with ExitStack() as stack:
        opened = []
        for engine in ("embedded", "neo4j"):
            workspace = Workspace(tmp_path_factory.mktemp(engine) / "workspace").open_or_create()
            opened.append(open_engine(engine, workspace, neo4j_url, empty=True))
            stack.callback(opened[-1].close)
        stack.callback(empty_database, neo4j_url)
        yield opened


def found(saved: SavedQuery, view: View) -> list[str]:
    """Return the rows of a query in their order, and what every clearing query sees for every group of them."""
    parameters = {name: one.default for name, one in saved.parameters.items()} | EASY.get(saved.id, {})
    driven = drive(saved, view, parameters, max_rows=2_000, cancel=lambda: False, progress=lambda done, total: None)
    lines = [str(list(row.items())) for row in driven.rows]
    for group in group_rows(saved, driven.rows):
        bound = bindings(saved, group, parameters)
        lines += [f"{group.holders} {at} {look(clear, view, bound)}" for at, clear in enumerate(saved.clears)]
    return lines


def test_parity_of_every_query_on_random_worlds(stores: list[Store], tmp_path: Path) -> None:
    rows: Counter[str] = Counter()
    for first in range(0, WORLDS, TOGETHER):
        worlds = [World(seed) for seed in range(first, min(first + TOGETHER, WORLDS))]
        nodes, edges = ([row for world in worlds for row in getattr(world, name)] for name in ("nodes", "edges"))
        tables = make_tables(tmp_path / str(first), nodes, edges)
        for store in stores:
            with store.writer() as writer:
                writer.apply(tables, VERSION.model_copy(update={"ledger": first + 1}))
        for saved in CATALOGUE.values():
            answers = []
            for store in stores:
                with store.view() as view:
                    answers.append(found(saved, view))
            assert answers[0] == answers[1], saved.id
            rows[saved.id] += len(answers[0])
    # A comparison of nothing with nothing shows nothing.
    assert min(rows[query] for query in CATALOGUE) >= WORLDS


def test_worlds_hold_every_type_and_are_the_same_again() -> None:
    one, again = World(3), World(3)
    assert (one.nodes, one.edges) == (again.nodes, again.edges)
    assert {row["type"] for row in one.nodes} == set(model().nodes)
    assert {row["type"] for seed in range(20) for row in World(seed).edges} == set(model().relations)
