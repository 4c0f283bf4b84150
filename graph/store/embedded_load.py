"""Putting a difference into a kglite graph: bulk calls for an empty one, diffs for one that holds something."""

from typing import Any

import duckdb
import kglite
import pandas as pd

from graph.model import Model
from graph.store.rows import Group, Parameters, edge_groups, gone, node_groups

# Without these kglite would guess from each frame anew.
_KINDS = {"date": "datetime", "datetime": "timestamp", "int": "integer", "float": "float", "list": "list"}

_INDEX = "CREATE CONSTRAINT FOR ()-[x:`{type}`]-() REQUIRE x.eid IS UNIQUE"
_NO_INDEX = "DROP CONSTRAINT `{type}.eid`"
_DELETE_EDGES = "UNWIND $rows AS eid MATCH ()-[x:`{type}` {{eid: eid}}]->() DELETE x"
_DELETE_NODES = "UNWIND $rows AS id MATCH (n:`{type}` {{id: id}}) DETACH DELETE n"
_UPDATE_EDGES = "UNWIND $rows AS r MATCH ()-[x:`{type}` {{eid: r.p.eid}}]->() SET x = r.p"
_CREATE_EDGES = (
    "UNWIND $rows AS r MATCH (a:`{source}` {{id: r.s}}) MATCH (b:`{target}` {{id: r.t}}) "
    "CREATE (a)-[x:`{type}`]->(b) SET x = r.p"
)


def _run(graph: kglite.KnowledgeGraph, text: str, rows: Parameters | list[str]) -> None:
    graph.cypher(text, params={"rows": rows}, timeout_ms=0)


def _types(group: Group, frame: pd.DataFrame) -> dict[str, str]:
    held = set(frame.columns)
    return {one.name: _KINDS[one.type] for one in group.columns.stored if one.type in _KINDS and one.name in held}


def _add_nodes(graph: kglite.KnowledgeGraph, group: Group) -> None:
    frame = group.frame()
    # `replace` makes properties vanish that the new row lacks.
    graph.add_nodes(frame, group.type, "id", "name", column_types=_types(group, frame), conflict_handling="replace")


def _create_edges(graph: kglite.KnowledgeGraph, group: Group, condition: str) -> None:
    text = _CREATE_EDGES.format(type=group.type, source=group.source, target=group.target)
    for rows in group.batches(condition):
        _run(graph, text, rows)


def _bulk_edges(graph: kglite.KnowledgeGraph, group: Group, *, first: bool) -> None:
    """Add all edges of a group in one call.

    Only the first call for a relation type and source type keeps parallel edges; a later one would merge them, so that
    it gets one edge a pair, and the others are created one by one.
    """
    frame = group.frame()
    later = None
    if not first:
        again = frame.duplicated(["s__", "t__"])
        later, frame = frame.loc[again, "eid"].tolist(), frame.loc[~again]
    types: dict[str, Any] = {"column_types": _types(group, frame)}
    graph.add_relationships(frame, group.type, group.source, "s__", group.target, "t__", **types)
    if later:
        group.connection.register("parallel", pd.DataFrame({"eid": later}))
        _create_edges(graph, group, "eid IN (SELECT eid FROM parallel)")


def fill(graph: kglite.KnowledgeGraph, connection: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Put everything that is new into an empty graph.

    Args:
        graph: Without nodes.
        connection: With the tables of `compare`, checked.
        model: Names the properties.
    """
    for group in node_groups(connection, model):
        _add_nodes(graph, group)
    begun: set[tuple[str, str]] = set()
    for group in edge_groups(connection, model):
        place = (group.type, group.source)
        _bulk_edges(graph, group, first=place not in begun)
        begun.add(place)


def change(graph: kglite.KnowledgeGraph, connection: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Bring a graph that holds the earlier tables to the new ones; arguments as for `fill`."""
    touched = [
        kind
        for (kind,) in connection.execute(
            "SELECT type FROM gone_edges UNION SELECT type FROM new_edges WHERE known ORDER BY 1"
        ).fetchall()
    ]
    for kind in touched:  # otherwise each eid is looked for in all edges of the type
        graph.cypher(_INDEX.format(type=kind), timeout_ms=0)
    for kind, eids in gone(connection, "edges"):
        _run(graph, _DELETE_EDGES.format(type=kind), eids)
    for kind, ids in gone(connection, "nodes"):
        _run(graph, _DELETE_NODES.format(type=kind), ids)
    for group in node_groups(connection, model):
        _add_nodes(graph, group)
    for group in edge_groups(connection, model):
        for rows in group.batches("known"):
            _run(graph, _UPDATE_EDGES.format(type=group.type), rows)
        _create_edges(graph, group, "NOT known")
    for kind in touched:
        graph.cypher(_NO_INDEX.format(type=kind), timeout_ms=0)
