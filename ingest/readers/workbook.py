"""Reading workbooks: every visible sheet is a table; saved values only, never a recalculation."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import pyarrow as pa
import python_calamine as calamine

from ingest.readers.guards import check_content, check_zip
from ingest.readers.header import SEARCHED_ROWS, clean_header, find_header
from ingest.readers.longcells import refuse_long_cells
from ingest.readers.sheetcells import Cell, cell_text, is_damaged
from ingest.readers.sheetxml import SheetScan, scan_workbook
from ingest.readers.table import RAW_LENGTH, HeaderScore, RawTable, Refusal, table_of
from ingest.readers.unreadable import Unreadable

READER_ID = "workbook"
VERSION = "1"

CELLS_LIMIT = 32_000_000  # a million rows of thirty columns: about a gigabyte while the sheet is open
_BATCH = 20_000
_DAMAGED_LIMIT = 1000  # noted one by one up to here: a column of card numbers says the same in every row
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
Cells = Sequence[Cell]


def _open(path: Path) -> calamine.CalamineWorkbook:
    try:
        return calamine.load_workbook(path)
    except calamine.PasswordError as error:
        raise Unreadable("file.password", path) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise Unreadable("file.damaged", path, detail=str(error)[:200]) from error


def _guard(path: Path) -> dict[str, SheetScan]:
    old = path.suffix.lower() == ".xls"
    kind = check_content(path, frozenset({"ole", "zip"}) if old else frozenset({"zip", "ole"}))
    if kind == "ole":
        with path.open("rb") as stream:
            encrypted = _ENCRYPTED in stream.read(64 << 10) and stream is not None
        if encrypted:
            raise Unreadable("file.password", path)
        if not old:
            check_content(path, frozenset({"zip"}))
        return {}
    if old:
        check_content(path, frozenset({"ole"}))
    check_zip(path)
    return scan_workbook(path)


def _texts(row: Cells) -> list[str]:
    return [cell_text(cell) for cell in row]


def _raw(row: Cells) -> str:
    return ",".join(_texts(row))[:RAW_LENGTH]


class _Sheet:
    """One sheet while it is read."""

    def __init__(self, name: str, sheet: calamine.CalamineSheet, scan: SheetScan) -> None:
        self.name = name
        self.rows: Iterator[Cells] = sheet.iter_rows()
        self.left = sheet.start[1] if sheet.start else 0
        self.formulas: dict[int, int] = {}
        for row, column in scan.formulas:
            self.formulas.setdefault(row, column)
        self.refusals: list[Refusal] = []
        self.header: tuple[str, ...] = ()
        self.header_row = 0
        self.damaged = 0

    def find(self, path: Path, score: HeaderScore | None, header_row: int | None) -> bool:
        """Set the header and keep the rows after it; false when the sheet is empty."""
        head = list(islice(self.rows, max(2 * SEARCHED_ROWS, header_row or 0)))
        texts = [_texts(row) for row in head]
        index = find_header(texts, score) if header_row is None else header_row - 1
        while index is None and header_row is None:  # many empty rows on top
            more = list(islice(self.rows, _BATCH))
            if not more:
                return False
            head, self.header_row = more, self.header_row + len(head)
            texts = [_texts(row) for row in head]
            index = find_header(texts, score)
        if index is None or index >= len(texts) or not any(texts[index]):
            raise Unreadable("file.no_header", path, row=str(header_row))
        self.header = clean_header(texts[index])
        self.header_row += index + 1
        rest, rows = head[index + 1 :], self.rows
        self.rows = (row for part in (rest, rows) for row in part)
        return True

    def _refusal(self, number: int, code: str, column: int, row: Cells, **facts: str) -> Refusal:
        level = "refused" if code == "cell.formula" else "noted"
        name = self.header[column] if 0 <= column < len(self.header) else None
        seen = self.header_row + number
        return Refusal(code, level, self.name, number, seen, name, facts, _raw(row))  # type: ignore[arg-type]

    def _note_damaged(self, number: int, row: Cells) -> None:
        for column, cell in enumerate(row):
            if is_damaged(cell):
                self.damaged += 1
                if self.damaged <= _DAMAGED_LIMIT:
                    value = cell_text(cell)
                    self.refusals.append(self._refusal(number, "sheet.damaged_number", column, row, value=value))

    def batches(self) -> Iterator[pa.Table]:
        """Yield the rows that are read; the others go to `refusals`."""
        number, width = 0, len(self.header)
        while batch := list(islice(self.rows, _BATCH)):
            numbers, kept = [], []
            for row in batch:
                number += 1
                formula = self.formulas.get(self.header_row + number)
                if formula is not None:
                    self.refusals.append(self._refusal(number, "cell.formula", formula - 1 - self.left, row))
                    continue
                texts = _texts(row)
                if not any(texts):
                    continue
                self._note_damaged(number, row)
                numbers.append(number)
                kept.append(texts)
            if numbers:
                yield table_of(numbers, kept, width)

    def table(self) -> RawTable:
        """Read the rows below the header."""
        width = len(self.header)
        rows = pa.concat_tables([table_of([], [], width), *self.batches()])
        while width > 1 and self.header[width - 1].startswith("列") and rows.column(width).null_count == len(rows):
            width -= 1  # formatted but empty columns on the right
        rows, long = refuse_long_cells(rows.select(range(width + 1)), self.header[:width], self.name, self.header_row)
        refusals = sorted([*self.refusals, *long], key=lambda refusal: refusal.row or 0)
        return RawTable(self.name, self.header[:width], self.header_row, rows, refusals)


def _sheet_table(
    book: calamine.CalamineWorkbook,
    name: str,
    scan: SheetScan,
    path: Path,
    score: HeaderScore | None,
    header_row: int | None,
) -> RawTable | None:
    cells = scan.rows * scan.columns
    if cells > CELLS_LIMIT:
        refusal = Refusal("sheet.too_large", "refused", name, facts={"cells": str(cells)})
        return RawTable(name, (), 1, table_of([], [], 0), [refusal])
    try:
        sheet = book.get_sheet_by_name(name)
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise Unreadable("file.damaged", path, detail=str(error)[:200]) from error
    found = _Sheet(name, sheet, scan)
    return found.table() if found.find(path, score, header_row) else None


def read_workbook(
    path: Path, *, score: HeaderScore | None = None, sheet: str | None = None, header_row: int | None = None
) -> list[RawTable]:
    """Read the visible sheets of a workbook.

    Args:
        path: `.xlsx`, `.xlsm` or `.xls`.
        score: How much a row looks like a header.
        sheet: Only this one.
        header_row: Where its header is, when that is known.

    Returns:
        One table a sheet that is not empty, in the order of the workbook.

    Raises:
        Unreadable: Nothing can be read.
    """
    scans = _guard(path)
    tables, hidden = [], []
    with _open(path) as book:
        for about in book.sheets_metadata:
            if about.typ != calamine.SheetTypeEnum.WorkSheet or (sheet is not None and about.name != sheet):
                continue
            if about.visible != calamine.SheetVisibleEnum.Visible:
                hidden.append(Refusal("sheet.hidden", "noted", about.name))
                continue
            scan = scans.get(about.name, SheetScan())
            table = _sheet_table(book, about.name, scan, path, score, header_row)
            tables += [table] if table is not None else []
    if not tables:
        raise Unreadable("file.empty", path) if sheet is None else Unreadable("file.no_sheet", path, sheet=sheet)
    tables[0].refusals[:0] = hidden
    return tables
