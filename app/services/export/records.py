"""The canonical graph as a stream of nodes and edges with their sources, sorted, a few thousand in memory at a time.

Read from the canonical tables, not from an engine: both engines are loaded from these tables, and only the tables keep
types, order and all sources, so that the bytes cannot depend on where the graph is served from.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import duckdb
import orjson

_FETCHED = 5_000
# Strings are compared by their bytes, on every machine alike.
_NODES = """
SELECT id, type, name, props, degree, cases FROM seen_nodes ORDER BY id
"""
_EDGES = """
SELECT eid, type, source, target, valid_from, valid_to, confidence, claim, inferred, disputed, props FROM seen_edges
ORDER BY eid
"""
_SOURCES = """
SELECT DISTINCT s.eid, s.doc, f.path, s.locator, s.method, s.claim, s.speaker
FROM sources s LEFT JOIN (SELECT doc, min(path) AS path FROM visible_filings GROUP BY doc) f USING (doc)
WHERE contains(s.eid, '-') = $of_nodes ORDER BY ALL
"""


@dataclass(frozen=True)
class Node:
    """A node; `properties` are its own, with `degree` and `cases` where the whole graph is exported."""

    id: str
    type: str
    name: str
    properties: dict[str, Any]
    sources: list[dict[str, Any]]


@dataclass(frozen=True)
class Edge:
    """An edge; `properties` are its own with `from` and `to` (ISO dates), claim, confidence, inferred, disputed."""

    eid: str
    type: str
    source: str
    target: str
    properties: dict[str, Any]
    sources: list[dict[str, Any]]


def _rows(
    connection: duckdb.DuckDBPyConnection, query: str, given: dict[str, object] | None = None
) -> Iterator[tuple[Any, ...]]:
    cursor = connection.cursor()  # one stream each; temporary views are shared
    try:
        cursor.execute(query, given) if given else cursor.execute(query)
        while found := cursor.fetchmany(_FETCHED):
            yield from found
    finally:
        cursor.close()


class _Sources:
    """The sources in order of what they support, taken as the nodes or edges go by."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, *, of_nodes: bool) -> None:
        self._rows = _rows(connection, _SOURCES, {"of_nodes": of_nodes})
        self._next = next(self._rows, None)

    def of(self, key: str) -> list[dict[str, Any]]:
        """Return the sources of a key; keys must come in rising order."""
        found = []
        while self._next is not None and self._next[0] <= key:
            if self._next[0] == key:
                _, doc, path, locator, method, claim, speaker = self._next
                named = {"doc": doc, "file": path, "locator": locator, "method": method, "claim": claim}
                found.append({**named, "speaker": speaker})
            self._next = next(self._rows, None)
        return found


def nodes(connection: duckdb.DuckDBPyConnection, *, whole: bool) -> Iterator[Node]:
    """Yield the nodes by id.

    Args:
        connection: From `open_tables`.
        whole: Nothing is hidden from the reader; otherwise the counts, which would tell of more, are left out.
    """
    sources = _Sources(connection, of_nodes=True)
    for id_, type_, name, props, degree, cases in _rows(connection, _NODES):
        counts = {"degree": degree, "cases": cases} if whole else {}
        yield Node(id_, type_, name, {**orjson.loads(props), **counts}, sources.of(id_))


def edges(connection: duckdb.DuckDBPyConnection) -> Iterator[Edge]:
    """Yield the edges by eid."""
    sources = _Sources(connection, of_nodes=False)
    for row in _rows(connection, _EDGES):
        eid, type_, source, target, start, end, confidence, claim, inferred, disputed, props = row
        properties = {
            **orjson.loads(props),
            "from": start and start.isoformat(),
            "to": end and end.isoformat(),
            "confidence": confidence,
            "claim": claim,
            "inferred": inferred,
            "disputed": disputed,
        }
        yield Edge(eid, type_, source, target, properties, sources.of(eid))
