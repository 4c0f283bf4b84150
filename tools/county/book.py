"""The registers while they are filled, and how they are written: CSV in three encodings, workbooks with title rows."""

import csv
import io
import re
import zipfile
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from county.forms import Month, shown, worn

Row = dict[str, Any]
_EPOCH = (2024, 1, 1, 0, 0, 0)
_STAMP = datetime(2024, 1, 1)
_MODIFIED = re.compile(rb"<dcterms:modified.*?</dcterms:modified>")


@dataclass(frozen=True)
class Sheet:
    """One register file.

    Attributes:
        path: Below `registers/`; the suffix decides between CSV and workbook.
        header: Column names as this office writes them.
        order: Columns by which the office sorts.
        encoding: Of a CSV.
        title: Rows above the header of a workbook or CSV.
        dates, amounts: Forms in use, the usual one first.
        ids: Columns whose ID numbers are worn by copying.
    """

    path: str
    header: tuple[str, ...]
    order: tuple[str, ...] = ()
    encoding: str = "utf-8"
    title: tuple[str, ...] = ()
    dates: tuple[str, ...] = ("iso",)
    amounts: tuple[str, ...] = ("plain",)
    ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Raw:
    """A row exactly as it stands in the file, good or bad."""

    cells: tuple[Any, ...]


@dataclass
class Book:
    """All registers."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))
    raw: dict[str, list[tuple[int, Raw]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, table: str, **cells: Any) -> None:
        """Add a row by column name."""
        self.rows[table].append(cells)

    def insert(self, table: str, number: int, *cells: Any) -> None:
        """Put a raw row so that it becomes data row `number`; insert in rising order."""
        self.raw[table].append((number, Raw(cells)))


def _sorted(sheet: Sheet, rows: list[Row]) -> list[Row]:
    def key(row: Row) -> tuple[tuple[bool, str], ...]:
        return tuple((row.get(column) is None, _plain(row.get(column))) for column in sheet.order)

    return sorted(rows, key=key) if sheet.order else rows


def _plain(value: Any) -> str:
    return f"{value.year}-{value.month:02d}" if isinstance(value, Month) else str(value)


def _cells(sheet: Sheet, row: Row, number: int, native: bool) -> list[Any]:
    unknown = set(row) - set(sheet.header)
    if unknown:
        raise KeyError(f"{sheet.path}: {sorted(unknown)}")
    cells: list[Any] = []
    for column in sheet.header:
        value, place = row.get(column), f"{sheet.path}|{number}|{column}"
        if native and isinstance(value, date | float) and sheet.dates[0] == "native":
            cells.append(value)
        elif column in sheet.ids and value:
            cells.append(worn(str(value), place))
        else:
            forms = tuple(form for form in sheet.dates if form != "native") or ("iso",)
            cells.append(shown(value, place, forms, sheet.amounts))
    return cells


def _lines(sheet: Sheet, book: Book, table: str) -> list[list[Any]]:
    native = sheet.path.endswith(".xlsx")
    lines = [_cells(sheet, row, n, native) for n, row in enumerate(_sorted(sheet, book.rows[table]), start=1)]
    for number, raw in book.raw[table]:
        lines.insert(number - 1, list(raw.cells))
    return lines


def _write_csv(path: Path, sheet: Sheet, lines: list[list[Any]]) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([[title] for title in sheet.title])
    writer.writerow(sheet.header)
    for line in lines:
        if line and isinstance(line[0], bytes):  # a line that no CSV writer would write
            text.write(line[0].decode() + "\r\n")
        else:
            writer.writerow(line)
    path.write_bytes(text.getvalue().encode(sheet.encoding))


def _write_workbook(path: Path, sheet: Sheet, name: str, lines: list[list[Any]]) -> None:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = name
    for title in sheet.title:
        page.append([title])
    page.append(list(sheet.header))
    for line in lines:
        page.append([None if cell == "" else cell for cell in line])
    book.properties.creator = "青石县"
    book.properties.created = _STAMP
    fresh = io.BytesIO()
    book.save(fresh)
    path.write_bytes(timeless(fresh.getvalue()))


def timeless(packed: bytes) -> bytes:
    """Pack a workbook again without the time at which it was made."""
    again = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as old, zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "docProps/core.xml":
                content = _MODIFIED.sub(b"", content)
            new.writestr(zipfile.ZipInfo(info.filename, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return again.getvalue()


def write(book: Book, sheets: dict[str, Sheet], folder: Path) -> None:
    """Write every register below a folder.

    Raises:
        KeyError: A row names a table or a column that no sheet has.
    """
    if lost := (set(book.rows) | set(book.raw)) - set(sheets):
        raise KeyError(f"no sheet for {sorted(lost)}")
    for table, sheet in sheets.items():
        path = folder / sheet.path
        path.parent.mkdir(parents=True, exist_ok=True)
        lines = _lines(sheet, book, table)
        if path.suffix == ".xlsx":
            _write_workbook(path, sheet, path.stem, lines)
        else:
            _write_csv(path, sheet, lines)
