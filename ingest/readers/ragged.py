"""Rows of a CSV that do not have the width of its header, and quotation marks that do not close."""

import csv
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from ingest.readers.table import RAW_LENGTH, Refusal

_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\n|\r|\Z)")
# A quoted cell that runs on for more lines than this was not meant to be one cell.
_CELL_LINES = 200
_END = "\ue000\n"


@dataclass(frozen=True)
class Row:
    """One record of a CSV.

    Attributes:
        number: Record after the header, from 1.
        cells: As wide as the table; None when refused or blank.
        refusal: Why it was refused.
    """

    number: int
    cells: list[str] | None = None
    refusal: Refusal | None = None


def split(text: str, delimiter: str) -> list[str]:
    """Split the text of one record into cells."""
    return next(csv.reader(text.splitlines(keepends=True), delimiter=delimiter), [])


def refuse(number: int, header_row: int, code: str, raw: str, **facts: str) -> Row:
    """Return a row that is kept as raw text only."""
    seen = header_row + number
    return Row(number, None, Refusal(code, "refused", None, number, seen, None, facts, raw.strip("\r\n")[:RAW_LENGTH]))


def fit(number: int, cells: list[str], raw: str, width: int, header_row: int) -> Row:
    """Make a record as wide as the header: empty extra cells are dropped, blank rows skipped, others refused."""
    if not any(cell.strip() for cell in cells):
        return Row(number)
    facts = {"expected": str(width), "actual": str(len(cells))}
    if len(cells) < width:
        return refuse(number, header_row, "row.too_short", raw, **facts)
    if any(cell.strip() for cell in cells[width:]):
        return refuse(number, header_row, "row.too_long", raw, **facts)
    return Row(number, cells[:width])


def swallows_rows(text: str, delimiter: str, width: int) -> bool:
    """Say whether the later lines of a record look like rows of their own: its quotation mark was never closed."""
    return any(line.count(delimiter) >= max(width - 1, 1) for line in text.splitlines()[1:])


def _lines(content: memoryview) -> Iterator[str]:
    at = 0
    while at < len(content):
        found = _LINE.match(content, at)
        at = found.end() if found else len(content)
        yield str(found.group(), "utf-8", "replace") if found else ""


def _record(pending: deque[str], lines: Iterator[str], delimiter: str) -> tuple[list[str], int]:
    """Read the record that starts at the first pending line; 0 lines taken means that its quotation does not close."""

    def feed() -> Iterator[str]:
        yield from list(pending)
        while len(pending) < _CELL_LINES:
            line = next(lines, None)
            if line is None:
                break
            pending.append(line)
            yield line
        yield _END

    reader = csv.reader(feed(), delimiter=delimiter)
    try:
        cells = next(reader)
    except csv.Error:  # a cell above the limit of the csv module
        return [], 0
    return cells, reader.line_num if reader.line_num <= len(pending) else 0


def read_carefully(content: memoryview, delimiter: str, width: int, header_row: int) -> Iterator[Row]:
    """Read records line by line, so that an open quotation mark costs its own line and no other.

    Args:
        content: UTF-8 after the header.
        delimiter: Between cells.
        width: Cells of the header.
        header_row: As a person counts.
    """
    lines = _lines(content)
    pending: deque[str] = deque()
    number = 0
    while True:
        if not pending:
            pending.extend(islice(lines, 1))
        if not pending:
            return
        number += 1
        line = pending[0]
        if '"' not in line:
            pending.popleft()
            yield fit(number, line.rstrip("\r\n").split(delimiter), line, width, header_row)
            continue
        cells, taken = _record(pending, lines, delimiter)
        raw = "".join(list(pending)[:taken])
        if taken == 0 or (taken > 1 and swallows_rows(raw, delimiter, width)):
            pending.popleft()
            yield refuse(number, header_row, "row.open_quote", line)
            continue
        for _ in range(taken):
            pending.popleft()
        yield fit(number, cells, raw, width, header_row)
