"""Whatever a store was given before, it ends like one that was given the last tables alone."""

import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.store.base import Store
from graph.workspace import Workspace
from tests.support.engines import VERSION, StoreOn, content, edge, make_tables, node

NODES = {
    "Person": ["name", "degree", "birth", "is_official", "aliases"],
    "Company": ["name", "degree", "capital", "insured", "founded"],
    "Agency": ["name", "degree"],
}
EDGES = {
    "SHARE": ["ratio", "control", "from", "to", "claim", "disputed"],
    "OFFICER": ["role", "from", "claim", "confidence"],
    "KIN": ["kind"],
}
ENDS = {
    "SHARE": (("Person", "Company"), ("Company", "Company")),
    "OFFICER": (("Person", "Company"), ("Person", "Agency"), ("Company", "Agency")),
    "KIN": (("Person", "Person"),),
}
DAYS = st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1))
TEXT_DAYS = DAYS.map(lambda day: None if day is None else day.isoformat())
FLAG = st.none() | st.booleans()
PROPS = {
    "Person": {"birth": TEXT_DAYS, "is_official": FLAG, "aliases": st.none() | st.just(["甲"]) | st.just(["乙", "丙"])},
    "Company": {
        "capital": st.none() | st.sampled_from([0.0, 1.0, 2.5]),
        "insured": st.none() | st.integers(0, 9),
        "founded": TEXT_DAYS,
    },
    "Agency": {},
    "SHARE": {"ratio": st.none() | st.sampled_from([0.1, 1.0]), "control": FLAG},
    "OFFICER": {"role": st.none() | st.sampled_from(["董事", "监事"])},
    "KIN": {"kind": st.sampled_from(["spouse", "sibling"])},
}
State = tuple[list[dict[str, Any]], list[dict[str, Any]]]


@st.composite
def states(draw: st.DrawFn) -> State:
    """Draw one state of the tables; numbers are few, so that states share nodes and edges."""
    nodes = {}
    for kind, number in draw(st.sets(st.tuples(st.sampled_from(list(NODES)), st.integers(0, 3)), max_size=9)):
        props = {name: draw(strategy) for name, strategy in PROPS[kind].items()}
        nodes[kind, number] = node(kind, number, draw(st.sampled_from(["韩", "罗"])), **props)
        nodes[kind, number]["degree"] = draw(st.integers(0, 1))
    edges = {}
    for kind, number in draw(st.sets(st.tuples(st.sampled_from(list(EDGES)), st.integers(0, 5)), max_size=12)):
        start, stop = draw(st.sampled_from(ENDS[kind]))
        starts = [one["id"] for (type_, _), one in nodes.items() if type_ == start]
        stops = [one["id"] for (type_, _), one in nodes.items() if type_ == stop]
        if not starts or not stops:
            continue
        more = {name: draw(strategy) for name, strategy in PROPS[kind].items()}
        tail = {"valid_from": draw(DAYS), "valid_to": draw(DAYS), "disputed": draw(st.booleans())}
        ends = draw(st.sampled_from(starts)), draw(st.sampled_from(stops))
        edges[kind, number] = edge(kind, number, *ends, **tail, **more)
    return list(nodes.values()), list(edges.values())


def apply(store: Store, folder: Path, state: State) -> None:
    with store.writer() as writer:
        done = writer.apply(make_tables(folder, *state), VERSION)
    held = content(store, {}, {})
    assert (held["nodes"], held["edges"]) == (len(state[0]), len(state[1]))
    assert done.nodes_upserted <= len(state[0]) and done.edges_upserted <= len(state[1])


# A server takes a while for each apply.
EXAMPLES = {"embedded": 20, "neo4j": 8}


def test_any_sequence_of_applies_equals_one_bulk_load(store_on: StoreOn, engine: str) -> None:
    @settings(max_examples=EXAMPLES[engine], deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(states(), min_size=2, max_size=4))
    def holds(sequence: list[State]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            changing = store_on(Workspace(Path(folder) / "changing").open_or_create())
            for number, state in enumerate(sequence):
                apply(changing, Path(folder) / f"tables-{number}", state)
            stepwise = content(changing, NODES, EDGES)
            fresh = store_on(Workspace(Path(folder) / "fresh").open_or_create())
            apply(fresh, Path(folder) / "tables-last", sequence[-1])
            assert stepwise == content(fresh, NODES, EDGES)
            people = sorted(one["id"] for one in sequence[-1][0] if one["type"] == "Person")
            assert [row["id"] for row in stepwise["Person"]] == people

    holds()
