"""The canonical rows behind a hit: nodes, edges and their sources, fetched for what a query returned."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from types import TracebackType
from typing import Self

import orjson

from graph.duck import connect
from graph.projection.tables import Canonical
from graph.store.base import EVERYTHING, Scope

_NODES = "SELECT id, type, name, props, degree FROM nodes WHERE id IN (SELECT unnest($ids::VARCHAR[]))"
_EDGES = """SELECT eid, type, source, target, valid_from, valid_to, claim, disputed, inferred, props, origin
FROM edges WHERE eid IN (SELECT unnest($ids::VARCHAR[]))"""
# A limited reader sees registers and the filings of its cases, and of anything else not even the name of the file.
_SEEN = '($cases IS NULL OR open OR list_contains($cases::VARCHAR[], "case"))'
_EVIDENCE = f"""SELECT DISTINCT eid, doc, locator, method, claim, speaker, identity FROM evidence
WHERE eid IN (SELECT unnest($ids::VARCHAR[])) AND ($cases IS NULL OR doc IN (SELECT doc FROM filings WHERE {_SEEN}))
ORDER BY ALL"""
_FILES = (
    f"""SELECT doc, min(path) FROM filings WHERE doc IN (SELECT unnest($ids::VARCHAR[])) AND {_SEEN} GROUP BY doc"""
)
# Records that only texts know of are left out: one more text read must not make another hit of the same.
_MEMBERS = """SELECT id, min(entity_key) FROM members
WHERE id IN (SELECT unnest($ids::VARCHAR[])) AND NOT told GROUP BY id"""


@dataclass(frozen=True)
class Node:
    """A canonical node."""

    id: str
    type: str
    name: str
    props: dict[str, object]
    degree: int = 0

    @property
    def code(self) -> str:
        """Its own number: ID, credit code, account, tender, contract; empty when it has none."""
        return str(self.props.get("code") or "")


@dataclass(frozen=True)
class Source:
    """One source of an edge or a node."""

    doc: str
    locator: str
    method: str
    claim: str
    speaker: str | None
    identity: str


@dataclass(frozen=True)
class Edge:
    """A canonical edge."""

    eid: str
    type: str
    source: str
    target: str
    valid_from: date | None
    valid_to: date | None
    claim: str
    disputed: bool
    inferred: bool
    props: dict[str, object]
    origin: str | None


class Facts:
    """Reads the canonical tables of one version within a scope."""

    def __init__(self, tables: Canonical, scope: Scope = EVERYTHING) -> None:
        self._cases = None if scope.cases == "all" else sorted(scope.cases)
        self._connection = connect()
        for name in ("nodes", "edges", "evidence", "members", "filings"):
            path = str(tables.folder / f"{name}.parquet").replace("'", "''")
            self._connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{path}')")

    def _rows(self, query: str, ids: Iterable[str], **more: object) -> list[tuple[object, ...]]:
        return self._connection.execute(query, {"ids": sorted(set(ids)), **more}).fetchall()

    def nodes(self, ids: Iterable[str]) -> dict[str, Node]:
        """Return nodes by id."""
        return {
            str(id_): Node(str(id_), str(type_), str(name), orjson.loads(str(props)), int(str(degree)))
            for id_, type_, name, props, degree in self._rows(_NODES, ids)
        }

    def edges(self, eids: Iterable[str]) -> dict[str, Edge]:
        """Return edges by eid."""
        found = {}
        for row in self._rows(_EDGES, eids):
            eid, type_, source, target, start, end, claim, disputed, inferred, props, origin = row
            assert start is None or isinstance(start, date)
            assert end is None or isinstance(end, date)
            found[str(eid)] = Edge(
                str(eid),
                str(type_),
                str(source),
                str(target),
                start,
                end,
                str(claim),
                bool(disputed),
                bool(inferred),
                orjson.loads(str(props)),
                None if origin is None else str(origin),
            )
        return found

    def sources(self, eids: Iterable[str]) -> dict[str, list[Source]]:
        """Return the sources of edges (or nodes) that are in scope, in a fixed order."""
        found: dict[str, list[Source]] = {}
        for eid, doc, locator, method, claim, speaker, identity in self._rows(_EVIDENCE, eids, cases=self._cases):
            said = None if speaker is None else str(speaker)
            source = Source(str(doc), str(locator), str(method), str(claim), said, str(identity))
            found.setdefault(str(eid), []).append(source)
        return found

    def files(self, docs: Iterable[str]) -> dict[str, str]:
        """Return where documents lie below the imported folder, of several filings the first in scope."""
        return {str(doc): str(path) for doc, path in self._rows(_FILES, docs, cases=self._cases)}

    def smallest_keys(self, ids: Iterable[str]) -> dict[str, str]:
        """Return for each entity the smallest of its member keys, which outlives merges in fingerprints."""
        wanted = set(ids)
        found = {str(id_): min(str(key), str(id_)) for id_, key in self._rows(_MEMBERS, wanted)}
        return {id_: found.get(id_, id_) for id_ in wanted}

    def close(self) -> None:
        """Release the connection."""
        self._connection.close()

    def __enter__(self) -> Self:
        """Return the facts themselves."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close."""
        self.close()
