"""Reading a document's rows again from its original bytes: for quotes, and for checking what the graph says."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

import duckdb
import pyarrow as pa
from pyarrow import compute

from graph.duck import connect
from graph.errors import ShenwaError
from ingest.readers.registry import read_table_again
from ingest.registers.cells import MACROS
from ingest.registers.mapping import Mapping
from ingest.registers.recognise import match
from ingest.registers.staging import stage
from ingest.registers.ties import relations

RowKey = tuple[str | None, int]


class OriginalMissing(ShenwaError):
    """The bytes of a document are no longer in the workspace."""

    zh = "材料 {doc} 的原件不在工作区中,无法核对出处"
    en = "the original of document {doc} is not in the workspace, its source cannot be checked"


@dataclass(frozen=True)
class Restated:
    """A relation as the original row states it today."""

    type: str
    source_key: str
    target_key: str
    valid_from: date | None
    valid_to: date | None
    props: dict[str, object]


def parse_locator(locator: str) -> RowKey:
    """Return sheet and data row of a register's locator (`r:12`, `r:表1!12`).

    Raises:
        ValueError: It is no row locator.
    """
    if not locator.startswith("r:"):
        raise ValueError(locator)
    sheet, mark, row = locator[2:].rpartition("!")
    return (sheet if mark else None), int(row)


class Originals:
    """The originals of one workspace with the layouts under which they were read.

    Args:
        folder: Holds `<doc><suffix>`.
        layouts: Document -> JSON of `ingest.tables.read_into`.
        mappings: The catalogue.
    """

    def __init__(self, folder: Path, layouts: dict[str, str], mappings: dict[str, Mapping]) -> None:
        self._folder = folder
        self._layouts = layouts
        self._mappings = mappings
        self._table = lru_cache(maxsize=16)(self._read_table)

    def _file(self, doc: str) -> Path:
        found = sorted(path for path in self._folder.glob(f"{doc}.*") if path.suffix != ".part")
        if not found:
            raise OriginalMissing(doc=doc)
        return found[0]

    def _layout(self, doc: str, sheet: str | None) -> dict[str, object]:
        layout = json.loads(self._layouts[doc])
        for table in layout["tables"]:
            if table["sheet"] == sheet:
                return {**table, "encoding": layout["encoding"]}
        raise OriginalMissing(doc=doc)

    def _read_table(self, doc: str, sheet: str | None) -> pa.Table:
        layout = self._layout(doc, sheet)
        encoding = layout["encoding"]
        table = read_table_again(
            self._file(doc), sheet, encoding if isinstance(encoding, str) else None, int(str(layout["header_row"]))
        )
        return table.rows

    def _rows(self, doc: str, sheet: str | None, numbers: Iterable[int]) -> pa.Table:
        table = self._table(doc, sheet)
        return table.filter(compute.is_in(table["n"], pa.array(sorted(set(numbers)), pa.int64())))

    def first_sheet(self, doc: str) -> str | None:
        """Return the sheet of a document's first table; None when it has no sheets."""
        sheet = json.loads(self._layouts[doc])["tables"][0]["sheet"]
        return None if sheet is None else str(sheet)

    def window(
        self, doc: str, sheet: str | None, first: int, last: int
    ) -> tuple[tuple[str, ...], dict[int, tuple[str, ...]]]:
        """Return the header and the data rows from `first` to `last`, as they stand in the table."""
        header = self._layout(doc, sheet)["header"]
        names = tuple(str(name) for name in header) if isinstance(header, list) else ()
        rows = {
            int(row["n"]): tuple(str(row.get(f"c{at}") or "") for at in range(len(names)))
            for row in self._rows(doc, sheet, range(first, last + 1)).to_pylist()
        }
        return names, rows

    def quotes(self, doc: str, rows: Iterable[RowKey]) -> dict[RowKey, str]:
        """Return rows as people read them: `列名:值` of every cell that is not empty, in the order of the table."""
        found = {}
        for sheet in {sheet for sheet, _ in rows}:
            numbers = [number for other, number in rows if other == sheet]
            header = self._layout(doc, sheet)["header"]
            names = header if isinstance(header, list) else []
            for row in self._rows(doc, sheet, numbers).to_pylist():
                cells = [f"{name}:{row[f'c{at}']}" for at, name in enumerate(names) if row.get(f"c{at}") is not None]
                found[(sheet, int(row["n"]))] = ";".join(cells)
        return found

    def restate(self, doc: str, rows: Iterable[RowKey]) -> dict[RowKey, list[Restated]]:
        """Derive the relations of some rows again from the original bytes."""
        wanted = list(rows)
        found: dict[RowKey, list[Restated]] = {key: [] for key in wanted}
        for sheet in {sheet for sheet, _ in wanted}:
            mapping = self._mappings[str(self._layout(doc, sheet)["register"])]
            numbers = [number for other, number in wanted if other == sheet]
            # Ties that join two rows, or are kept once for many, need the whole table to be read again.
            raw = self._table(doc, sheet) if mapping.pair else self._rows(doc, sheet, numbers)
            with connect() as connection:
                for number, tie in self._derive(connection, mapping, doc, sheet, raw):
                    if (sheet, number) in found:
                        found[(sheet, number)].append(tie)
        return found

    def _derive(
        self, connection: duckdb.DuckDBPyConnection, mapping: Mapping, doc: str, sheet: str | None, raw: pa.Table
    ) -> Iterable[tuple[int, Restated]]:
        connection.execute(MACROS)
        header = self._layout(doc, sheet)["header"]
        recognised = match(mapping, header if isinstance(header, list) else [])
        staged = stage(connection, recognised, raw, doc, sheet)
        for query in relations(staged, "reread"):
            rows = connection.execute(
                f"SELECT locator, type, source_key, target_key, valid_from, valid_to, props FROM ({query})"
            ).fetchall()
            for locator, type_, source, target, start, end, props in rows:
                _, number = parse_locator(str(locator))
                yield number, Restated(str(type_), str(source), str(target), start, end, json.loads(str(props)))
