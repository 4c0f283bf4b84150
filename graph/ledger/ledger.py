"""The ledger: opening its Delta tables, appending a unit, committing it, reading what is committed."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pyarrow as pa
from deltalake import DeltaTable
from deltalake.transaction import AddAction, RemoveAction
from pyarrow import parquet

from graph.ledger.schema import LATER, TABLES

if TYPE_CHECKING:
    import duckdb


def now() -> str:
    """Return the time of day in UTC, for records of what was done; never part of the canonical tables."""
    return datetime.now(UTC).isoformat(timespec="seconds")


class Ledger:
    """The facts of one workspace, in a folder with one Delta table a name of `TABLES`.

    Whoever appends holds the workspace lock. Readers need no lock: they see the units named in `commits` and
    nothing else, so a killed append leaves rows that nobody sees.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def create(self) -> None:
        """Create the tables that are missing."""
        for name, schema in TABLES.items():
            DeltaTable.create(self._path(name), schema=schema, mode="ignore")

    def exists(self) -> bool:
        """Tell whether the ledger was created completely; a table that came with a later version may be missing."""
        return all(self._has(name) for name in TABLES if name not in LATER)

    def _has(self, name: str) -> bool:
        return (self._path(name) / "_delta_log").is_dir()

    def _path(self, name: str) -> Path:
        return self.folder / name

    def table(self, name: str) -> DeltaTable:
        """Open one Delta table at its newest version."""
        return DeltaTable(self._path(name))

    def files(self, name: str) -> list[str]:
        """Return the Parquet files that make up the newest version of a table."""
        if not self._has(name):
            return []
        table = self.table(name)
        base = self._path(name)
        return [str(base / part) for part in sorted(pa.table(table.get_add_actions())["path"].to_pylist())]

    def attach(self, connection: "duckdb.DuckDBPyConnection", *names: str) -> None:
        """Create a DuckDB view `ledger_<name>` for each named table; all tables when none is named."""
        for name in names or tuple(TABLES):
            found = self.files(name)
            if found:
                listing = ", ".join("'" + part.replace("'", "''") + "'" for part in found)
                columns = ", ".join(f'"{column}"' for column in TABLES[name].names)
                connection.execute(
                    f"CREATE OR REPLACE VIEW ledger_{name} AS SELECT {columns} FROM read_parquet([{listing}])"
                )
            else:
                connection.register(f"empty_{name}", TABLES[name].empty_table())
                connection.execute(f"CREATE OR REPLACE VIEW ledger_{name} AS SELECT * FROM empty_{name}")

    def append(self, name: str, rows: pa.Table) -> None:
        """Append rows; they are seen once their unit is committed."""
        if rows.num_rows:
            self.adopt(name, [self._write(name, rows)])

    def overwrite(self, name: str, rows: pa.Table) -> None:
        """Replace all rows of a derived table such as `clusters`."""
        self._transact(name, [self._write(name, rows)], "overwrite")

    def _write(self, name: str, rows: pa.Table) -> tuple[Path, int]:
        path = self.part_path(name, uuid4().hex)
        parquet.write_table(rows.cast(TABLES[name]), path, compression="zstd")
        return path, rows.num_rows

    def rows(self, name: str, columns: tuple[str, ...]) -> list[dict[str, object]]:
        """Return the distinct rows of some columns of a small table, committed or not."""
        files = self.files(name)
        if not files:
            return []
        # A file whose column happens to be full may declare it without nulls; the table's schema is what counts.
        schema = pa.schema([TABLES[name].field(column) for column in columns])
        read = pa.concat_tables([parquet.read_table(part, columns=list(columns)).cast(schema) for part in files])
        rows: list[dict[str, object]] = read.to_pylist()
        return rows

    def erase(self, name: str, doc: str) -> None:
        """Rewrite a table without a document's rows and delete the files that held them."""
        if not self._has(name):
            return
        table = self.table(name)
        if self.files(name):
            table.delete(f"doc = '{doc}'")
        table.vacuum(retention_hours=0, dry_run=False, enforce_retention_duration=False)

    def part_path(self, name: str, part: str) -> Path:
        """Return where a Parquet file that is to be adopted has to be written."""
        if not self._has(name):
            DeltaTable.create(self._path(name), schema=TABLES[name], mode="ignore")
        return self._path(name) / f"{part}.parquet"

    def adopt(self, name: str, parts: list[tuple[Path, int]]) -> None:
        """Make Parquet files, written by `COPY` into the table's folder, part of the table.

        Args:
            name: Table name.
            parts: File and number of rows; files without rows are deleted instead.
        """
        for path, rows in parts:
            if not rows:
                path.unlink()
        kept = [part for part in parts if part[1]]
        if kept:
            self._transact(name, kept, "append")

    def _transact(self, name: str, parts: list[tuple[Path, int]], mode: str) -> None:
        # DuckDB and pyarrow write the files: deltalake's own writer needs a second to start in every process.
        actions: list[AddAction | RemoveAction] = []
        for path, rows in parts:
            status = path.stat()
            stats = json.dumps({"numRecords": rows})
            changed = int(status.st_mtime * 1000)
            actions.append(AddAction(path.name, status.st_size, {}, changed, data_change=True, stats=stats))
        self.table(name).create_write_transaction(actions, mode=mode, schema=TABLES[name])

    def commit(self, unit: str, run: str) -> None:
        """Make the rows of a unit visible; the last write of an import step."""
        row = {"unit": unit, "seq": self.next_seq(), "run": run, "at": now()}
        self.append("commits", pa.Table.from_pylist([row], schema=TABLES["commits"]))

    def next_seq(self) -> int:
        """Return the number of the next entry of commits, retractions and purges together."""
        return self.version() + 1

    def version(self) -> int:
        """Return how many units, retractions and purges were recorded: the version that a projection names."""
        return sum(self.table(name).count() for name in ("commits", "retractions", "purges"))
