"""Both graph engines for tests: a store on a workspace, small canonical tables from literals, what a store holds."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from graph.projection.tables import EDGES, EVIDENCE, NODES, Canonical
from graph.store.base import Store, Version, View
from graph.store.embedded import EmbeddedStore
from graph.store.neo4j import Neo4jStore
from graph.store.neo4j_load import forget, wipe
from graph.store.neo4j_server import Server
from graph.workspace import Workspace

StoreOn = Callable[[Workspace], Store]

VERSION = Version(generation=0, ledger=1, casebook=0, projection="test", engine="")
FILINGS = pa.schema([("doc", pa.string()), ("path", pa.string()), ("case", pa.string()), ("open", pa.bool_())])
REGISTER = "aaaaaaaaaaaa"


def open_engine(engine: str, workspace: Workspace, neo4j_url: str | None, *, empty: bool) -> Store:
    """Open one engine on a workspace.

    Args:
        engine: `embedded` or `neo4j`.
        workspace: Opened.
        neo4j_url: The test server.
        empty: Take the test database over, whatever it holds.
    """
    if engine == "embedded":
        return EmbeddedStore(workspace)
    assert neo4j_url is not None
    store = Neo4jStore(workspace, neo4j_url, "neo4j", None)
    if empty:
        store.take_over()
    return store


def empty_database(neo4j_url: str) -> None:
    """Leave nothing of a test in the test database."""
    server = Server(neo4j_url, "neo4j", None, "")
    wipe(server)
    forget(server)
    server.close()


def node(type_: str, number: int, name: str | None = None, **props: object) -> dict[str, Any]:
    """Return a node of the tables; its id is `<type>-<number>`."""
    shown = name if name is not None else f"{type_}{number}"
    return {"id": f"{type_}-{number}", "type": type_, "name": shown, "props": props, "degree": 0, "cases": 0}


def edge(type_: str, number: int, source: str, target: str, **more: Any) -> dict[str, Any]:
    """Return an edge of the tables; its eid is `<type>-<number>`.

    Args:
        type_: Relation type.
        number: Tells it from others of its type.
        source: Id of a node, whose type stands before the `-`.
        target: The same.
        more: Columns of `EDGES` (valid_from, claim, open, …); everything else is a property.
    """
    row: dict[str, Any] = {
        "eid": f"{type_}-{number}",
        "type": type_,
        "source": source,
        "target": target,
        "source_type": source.partition("-")[0],
        "target_type": target.partition("-")[0],
        "valid_from": None,
        "valid_to": None,
        "confidence": 1.0,
        "claim": "registry",
        "inferred": False,
        "disputed": False,
        "origin": f"{REGISTER}#r:{number}",
        "open": True,
        "props": {},
    }
    for name, value in more.items():
        if name in row:
            row[name] = value
        else:
            row["props"][name] = value
    return row


def _table(rows: Sequence[Mapping[str, Any]], schema: pa.Schema, key: str) -> pa.Table:
    ready = []
    for row in sorted(rows, key=lambda one: str(one[key])):
        one = dict(row)
        if "props" in one:
            held = {name: value for name, value in sorted(one["props"].items()) if value is not None}
            one["props"] = json.dumps(held, ensure_ascii=False)
        if "hash" in schema.names:
            told = json.dumps([str(one[name]) for name in schema.names if name not in ("hash", "open")])
            one["hash"] = int.from_bytes(hashlib.sha256(told.encode()).digest()[:8], "big")
        ready.append(one)
    return pa.Table.from_pylist(ready, schema=schema)


def make_tables(
    folder: Path,
    nodes: Iterable[Mapping[str, Any]],
    edges: Iterable[Mapping[str, Any]] = (),
    filings: Mapping[str, Sequence[str | None]] | None = None,
) -> Canonical:
    """Write canonical tables as the projection does.

    Args:
        folder: Receives them.
        nodes: From `node`.
        edges: From `edge`; the document of `origin` is the one source of each.
        filings: Document -> the cases that it was filed in; None in place of a case is no case.
    """
    folder.mkdir(parents=True, exist_ok=True)
    edges = list(edges)
    tables = Canonical(folder)
    sources = [
        {
            "eid": one["eid"],
            "doc": one["origin"].partition("#")[0],
            "locator": one["origin"].partition("#")[2],
            "method": "test",
            "claim": one["claim"],
            "speaker": None,
            "confidence": one["confidence"],
            "identity": "code",
            "relation_key": one["eid"],
        }
        for one in edges
    ]
    filed = [
        {"doc": doc, "path": f"{doc}.txt", "case": case, "open": case is None}
        for doc, cases in (filings or {REGISTER: [None]}).items()
        for case in cases
    ]
    parquet.write_table(_table(list(nodes), NODES, "id"), tables.nodes)
    parquet.write_table(_table(edges, EDGES, "eid"), tables.edges)
    parquet.write_table(_table(sources, EVIDENCE, "eid"), tables.evidence)
    parquet.write_table(_table(filed, FILINGS, "doc"), tables.filings)
    return tables


def content(store: Store, nodes: Mapping[str, Sequence[str]], edges: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Return everything that a store holds of some types.

    Args:
        store: Any engine.
        nodes: Node type -> properties to read.
        edges: Relation type -> properties to read.
    """
    with store.view() as view:
        return {
            **{kind: _nodes(view, kind, names) for kind, names in nodes.items()},
            **{kind: _edges(view, kind, names) for kind, names in edges.items()},
            "nodes": _count(view, "MATCH (n) WHERE NOT n:ShenwaMeta RETURN count(n) AS number"),
            "edges": _count(view, "MATCH ()-[x]->() RETURN count(x) AS number"),
        }


def _count(view: View, text: str) -> object:
    [row] = view.run(text, {}, ["number"]).rows
    return row["number"]


def _nodes(view: View, kind: str, names: Sequence[str]) -> list[dict[str, Any]]:
    columns = ["id", *names]
    returned = ", ".join(f"n.`{name}` AS `{name}`" for name in columns)
    return _rows(view, f"MATCH (n:`{kind}`) RETURN {returned} ORDER BY n.id", columns)


def _rows(view: View, text: str, columns: Sequence[str]) -> list[dict[str, Any]]:
    rows = view.run(text, {}, columns).rows
    return [{name: value for name, value in row.items() if value is not None} for row in rows]


def _edges(view: View, kind: str, names: Sequence[str]) -> list[dict[str, Any]]:
    returned = ", ".join(f"x.`{name}` AS `{name}`" for name in ("eid", *names))
    text = f"MATCH (a)-[x:`{kind}`]->(b) RETURN {returned}, a.id AS `start`, b.id AS `stop` ORDER BY x.eid"
    return _rows(view, text, ["eid", *names, "start", "stop"])
