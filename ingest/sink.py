"""Where the rows of one commit unit gather until the unit is committed."""

from pathlib import Path
from uuid import uuid4

import duckdb
import pyarrow as pa

from graph.ledger.ledger import Ledger
from graph.ledger.schema import TABLES, UNIT_TABLES

# Rows are not cast in the ledger, so a buffer has exactly its columns.
_SQL_TYPES = {"string": "VARCHAR", "double": "DOUBLE", "date32[day]": "DATE", "int64": "BIGINT", "bool": "BOOLEAN"}


# Nearly every key, place and property is written once: building dictionaries of them would be lost work.
_FORMAT = "FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, DICTIONARY_SIZE_LIMIT 10000"


class UnitSink:
    """Buffers the rows of small files; a large file goes straight to Parquet.

    Args:
        connection: Where the staged rows are.
        ledger: Receives everything at `commit`; nothing is visible before.
        large: Write each SELECT to a file of its own instead of buffering it.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, ledger: Ledger, *, large: bool) -> None:
        self.unit = uuid4().hex[:16]
        self.large = large
        self._connection = connection
        self._ledger = ledger
        self._parts: dict[str, list[tuple[Path, int]]] = {name: [] for name in UNIT_TABLES}
        for name in UNIT_TABLES:
            columns = ", ".join(f'"{field.name}" {_SQL_TYPES[str(field.type)]}' for field in TABLES[name])
            connection.execute(f"CREATE OR REPLACE TEMP TABLE buffer_{name} ({columns})")

    def select(self, name: str, query: str) -> None:
        """Add the rows of a SELECT whose columns are those of the ledger's table."""
        if self.large:
            self._copy(name, query)
        else:
            self._connection.execute(f"INSERT INTO buffer_{name} BY NAME ({query})")

    def rows(self, name: str, rows: list[dict[str, object]]) -> None:
        """Add rows given as dictionaries; `unit` is filled in."""
        if rows:
            table = pa.Table.from_pylist([{**row, "unit": self.unit} for row in rows], schema=TABLES[name])
            self._connection.register("incoming", table)
            self._connection.execute(f"INSERT INTO buffer_{name} SELECT * FROM incoming")
            self._connection.unregister("incoming")

    def _copy(self, name: str, query: str) -> None:
        path = self._ledger.part_path(name, uuid4().hex)
        target = str(path).replace("'", "''")
        columns = ", ".join(f'"{column}"' for column in TABLES[name].names)
        done = self._connection.execute(
            f"COPY (SELECT {columns} FROM ({query})) TO '{target}' ({_FORMAT})"
        ).fetchone()
        self._parts[name].append((path, int(done[0]) if done else 0))

    def commit(self, run: str) -> None:
        """Write what is buffered and make the whole unit visible; the last write is the commit itself."""
        for name in UNIT_TABLES:
            self._copy(name, f"SELECT * FROM buffer_{name}")
            self._ledger.adopt(name, self._parts[name])
        # Files that were all known or refused leave nothing to commit, and the graph stays current.
        if any(rows for parts in self._parts.values() for _, rows in parts):
            self._ledger.commit(self.unit, run)

    def abandon(self) -> None:
        """Delete the files of a unit that will not be committed."""
        for parts in self._parts.values():
            for path, _ in parts:
                path.unlink(missing_ok=True)
