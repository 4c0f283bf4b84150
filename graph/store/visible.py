"""What a reader within a limited scope may see: rows of which every cited edge or node has a source open to them."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from threading import Lock
from typing import Any

import duckdb
import pyarrow as pa

from graph.duck import connect
from graph.projection.tables import Canonical
from graph.store.base import Row, Scope
from graph.store.errors import ScopeRefused

# Registers and what was filed under no case are open to all; the rest to those whose cases it was filed in.
_SEEN = """
CREATE TABLE scope_docs AS
    SELECT DISTINCT doc FROM read_parquet('{filings}') WHERE open OR "case" IN (SELECT "case" FROM scope_cases);
CREATE TABLE seen AS
    SELECT eid AS id FROM read_parquet('{edges}') WHERE open
    UNION
    SELECT eid FROM read_parquet('{evidence}') WHERE doc IN (SELECT doc FROM scope_docs);
"""
_FOUND = "SELECT id FROM seen WHERE id IN (SELECT id FROM cited)"


def _cited(row: Mapping[str, Any], evidence: Sequence[str]) -> list[str]:
    found: list[str] = []
    for column in evidence:
        value = row[column]
        found += value if isinstance(value, list) else [value]
    return [one for one in found if one is not None]


class Visible:
    """The filter of one view: made from the tables that the view's graph was made from."""

    def __init__(self, tables: Canonical, scope: Scope) -> None:
        self.tables = tables
        self.scope = scope
        self._connection: duckdb.DuckDBPyConnection | None = None
        self._lock = Lock()

    def check(self, evidence: Sequence[str]) -> None:
        """Refuse to run a query whose rows could not be judged.

        Raises:
            ScopeRefused: The scope is limited and no column holds eids.
        """
        if not self.scope.everything and not evidence:
            raise ScopeRefused

    def keep(self, rows: Sequence[Row], evidence: Sequence[str]) -> tuple[Sequence[Row], int]:
        """Withhold the rows that cite anything out of scope.

        Args:
            rows: Of one query.
            evidence: Columns that hold eids or ids of nodes, or lists of them.

        Returns:
            The other rows in their order, and how many were withheld.
        """
        if self.scope.everything or not rows:
            return rows, 0
        cited = [_cited(row, evidence) for row in rows]
        seen = self._seen({one for row in cited for one in row})
        kept = [row for row, ids in zip(rows, cited, strict=True) if seen.issuperset(ids)]
        return kept, len(rows) - len(kept)

    def _seen(self, ids: set[str]) -> set[str]:
        with self._lock:
            if self._connection is None:
                self._connection = self._open()
            self._connection.register("cited", pa.table({"id": pa.array(sorted(ids), pa.string())}))
            return {one for (one,) in self._connection.execute(_FOUND).fetchall()}

    def _open(self) -> duckdb.DuckDBPyConnection:
        connection = connect(threads=1)
        cases = sorted(self.scope.cases) if self.scope.cases != "all" else []
        connection.register("scope_cases", pa.table({"case": pa.array(cases, pa.string())}))
        paths = {
            name: str(path).replace("'", "''")
            for name, path in (
                ("filings", self.tables.filings),
                ("edges", self.tables.edges),
                ("evidence", self.tables.evidence),
            )
        }
        connection.execute(_SEEN.format(**paths))
        return connection

    def close(self) -> None:
        """Release the tables."""
        with self._lock, suppress(duckdb.Error):
            if self._connection is not None:
                self._connection.close()
            self._connection = None
