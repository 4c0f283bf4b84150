"""Sending a difference to Neo4j in batches, each of which may be repeated."""

import duckdb

from graph.model import Model
from graph.store.neo4j_server import Server
from graph.store.rows import edge_groups, gone, node_groups

# Without uniqueness constraints each MERGE looks through all parallel edges.
_NODE_KEY = "CREATE CONSTRAINT IF NOT EXISTS FOR (n:`{type}`) REQUIRE n.id IS UNIQUE"
_EDGE_KEY = "CREATE CONSTRAINT IF NOT EXISTS FOR ()-[x:`{type}`]-() REQUIRE x.eid IS UNIQUE"
_KEYS = "SHOW CONSTRAINTS YIELD entityType, labelsOrTypes, properties RETURN entityType, labelsOrTypes, properties"
_KEYS_READY = "CALL db.awaitIndexes(300)"

_WIPE_EDGES = "MATCH ()-[r]->() WITH r LIMIT 20000 DELETE r RETURN 1 AS one"
_WIPE_NODES = "MATCH (n) WHERE NOT n:ShenwaMeta WITH n LIMIT 20000 DELETE n RETURN 1 AS one"
_FORGET = "MATCH (m:ShenwaMeta) DELETE m"

_DELETE_EDGES = "UNWIND $rows AS eid MATCH ()-[x:`{type}` {{eid: eid}}]->() DELETE x"
_DELETE_NODES = "UNWIND $rows AS id MATCH (n:`{type}` {{id: id}}) DETACH DELETE n"
_NODES = "UNWIND $rows AS r MERGE (n:`{type}` {{id: r.id}}) SET n = r.p"
_EDGES = (
    "UNWIND $rows AS r MATCH (a:`{source}` {{id: r.s}}) MATCH (b:`{target}` {{id: r.t}}) "
    "{verb} (a)-[x:`{type}` {{eid: r.p.eid}}]->(b) SET x = r.p"
)


def make_keys(server: Server, model: Model) -> None:
    """Create the uniqueness constraints of all types that lack theirs."""
    there = {
        (row["entityType"], row["labelsOrTypes"][0])
        for row in server.rows(_KEYS)
        if row["properties"] in (["id"], ["eid"])
    }
    missing = [_NODE_KEY.format(type=kind) for kind in model.nodes if ("NODE", kind) not in there]
    missing += [_EDGE_KEY.format(type=kind) for kind in model.relations if ("RELATIONSHIP", kind) not in there]
    if missing:
        server.define(missing)
        server.define([_KEYS_READY])


def wipe(server: Server) -> None:
    """Delete every edge and node but the marker, edges first, so that no transaction grows with a hub."""
    for text in (_WIPE_EDGES, _WIPE_NODES):
        while server.send(text):
            pass


def forget(server: Server) -> None:
    """Delete the marker."""
    server.send(_FORGET)


def send(server: Server, connection: duckdb.DuckDBPyConnection, model: Model, *, empty: bool) -> None:
    """Send what `compare` found: edges and nodes to delete, then nodes and edges to upsert.

    Args:
        server: With the constraints of `make_keys`.
        connection: With the tables of `compare`, checked.
        model: Names the properties.
        empty: Nothing is there yet, so that edges need not be looked for.
    """
    for kind, rows in gone(connection, "edges"):
        server.send(_DELETE_EDGES.format(type=kind), rows=rows)
    for kind, rows in gone(connection, "nodes"):
        server.send(_DELETE_NODES.format(type=kind), rows=rows)
    for group in node_groups(connection, model):
        text = _NODES.format(type=group.type)
        for batch in group.batches():
            server.send(text, rows=batch)
    verb = "CREATE" if empty else "MERGE"
    for group in edge_groups(connection, model):
        text = _EDGES.format(type=group.type, source=group.source, target=group.target, verb=verb)
        for batch in group.batches():
            server.send(text, rows=batch)
