"""Reading CSV: any of four delimiters, title rows above the header, ragged rows, quoted line ends."""

import csv
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from ingest.readers.encoding import Text, check_lines, read_text
from ingest.readers.guards import LINE_LIMIT, check_content
from ingest.readers.header import SEARCHED_ROWS, clean_header, find_header, without_empty_end
from ingest.readers.longcells import refuse_long_cells
from ingest.readers.ragged import Row, fit, read_carefully, split, swallows_rows
from ingest.readers.table import HeaderScore, RawTable, Refusal, schema, table_of
from ingest.readers.unreadable import Unreadable

READER_ID = "csv"
VERSION = "1"

_DELIMITERS = (",", "\t", ";", "|")
_LINE_END = re.compile(rb"\r\n|\n|\r")
_HEAD = 2 * LINE_LIMIT
_WIDTH_ROWS = 100
_CHUNK_ROWS = 50_000


@dataclass(frozen=True)
class _Layout:
    """Where the header is and how it is cut: `start` is the offset of the first byte after it."""

    delimiter: str
    header: list[str]
    header_row: int
    start: int
    width: int


class _OpenQuoteError(Exception):
    """A quotation mark seems to swallow rows, so that the file must be read line by line."""


def _head_lines(text: Text) -> list[bytes]:
    """Return the first lines with their ends, as many as the search for the header may need."""
    head = text.content[text.start : text.start + _HEAD]
    lines, at = [], 0
    for end in _LINE_END.finditer(head):
        lines.append(head[at : end.end()])
        at = end.end()
        if len(lines) >= SEARCHED_ROWS + _WIDTH_ROWS:
            return lines
    return [*lines, head[at:]] if at < len(head) else lines


def _records(lines: list[bytes], delimiter: str) -> tuple[list[list[str]], list[int]]:
    """Return the records of some lines, and for each the number of lines up to its end."""
    reader = csv.reader((line.decode("utf-8", "replace") for line in lines), delimiter=delimiter)
    records, ends = [], []
    try:
        for record in reader:
            records.append(record)
            ends.append(reader.line_num)
    except csv.Error:  # an open quotation mark further down: the header is found among what was read
        pass
    return records, ends


def _named(record: list[str]) -> int:
    return len([cell for cell in record if cell.strip()])


def _layout(text: Text, path: Path, score: HeaderScore | None, header_row: int | None) -> _Layout:
    lines = _head_lines(text)
    cut = {delimiter: _records(lines, delimiter) for delimiter in _DELIMITERS}
    row = header_row
    if row is None:
        found: list[tuple[float, int, int]] = []
        for records, _ in cut.values():
            index = find_header(records, score)
            if index is not None:
                liked = score(records[index]) if score else 0.0
                found.append((liked, _named(records[index]), -index))
        if not found:
            raise Unreadable("file.empty", path)
        row = 1 - max(found)[2]
    fitting = [(delimiter, *pair) for delimiter, pair in cut.items() if len(pair[0]) >= row]
    delimiter, records, ends = max(fitting, key=lambda one: _named(one[1][row - 1]), default=("", [], []))
    if not records or not _named(records[row - 1]):
        raise Unreadable("file.no_header", path, row=str(row))
    header = without_empty_end(records[row - 1])
    lengths = Counter(len(record) for record in records[row : row + _WIDTH_ROWS] if any(record))
    # Exports often end every data row with delimiters that the header lacks.
    usual = lengths.most_common(1)[0][0] if lengths else 0
    start = text.start + sum(map(len, lines[: ends[row - 1]]))
    return _Layout(delimiter, header, row, start, max(usual, len(header)))


def _numbered(table: pa.Table, odd: list[int], total: int) -> pa.Table:
    """Put the numbers of the records before the columns, leaving out those of the records that are not in it."""
    present = np.ones(total, dtype=bool)
    present[np.asarray(odd, dtype=np.int64) - 1] = False
    numbers = pa.py_buffer((np.flatnonzero(present) + 1).astype(np.int64))  # by buffer: `pa.array` would load pandas
    return table.add_column(0, schema(0).field("n"), pa.Array.from_buffers(pa.int64(), table.num_rows, [None, numbers]))


def _has_line_end(column: pa.ChunkedArray) -> pa.ChunkedArray:
    return pc.match_substring_regex(column, r"[\r\n]")


def _check_quotes(table: pa.Table, layout: _Layout, odd: list[tuple[int, str]]) -> None:
    """Look at every cell that holds a line end: is it a cell, or did it swallow rows?"""
    for text in (text for _, text in odd):
        if "\n" in text and swallows_rows(text, layout.delimiter, layout.width):
            raise _OpenQuoteError
    for column in table.columns:
        mask = _has_line_end(column)
        if not pc.any(mask).as_py():
            continue
        for cell in column.filter(mask).to_pylist():
            if swallows_rows(cell, layout.delimiter, layout.width):
                raise _OpenQuoteError
        if column[-1].as_py() is not None and mask[-1].as_py():
            raise _OpenQuoteError  # the last cell of a file with an open quotation mark: only a closer look tells


def _parse(text: Text, layout: _Layout, *, quoted: bool, threads: bool) -> tuple[pa.Table, list[tuple[int, str]]]:
    odd: list[tuple[int, str]] = []

    def keep(row: arrow_csv.InvalidRow) -> str:
        odd.append((row.number or 0, row.text))
        return "skip"

    names = schema(layout.width).names[1:]
    table = arrow_csv.read_csv(
        pa.BufferReader(pa.py_buffer(text.content).slice(layout.start)),
        read_options=arrow_csv.ReadOptions(use_threads=threads, column_names=names, block_size=4 * LINE_LIMIT),
        parse_options=arrow_csv.ParseOptions(
            delimiter=layout.delimiter,
            quote_char='"' if quoted else False,
            newlines_in_values=quoted,
            ignore_empty_lines=False,
            invalid_row_handler=keep,
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            null_values=[""],
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
            check_utf8=False,
        ),
    )
    return table, odd


def _read_fast(text: Text, layout: _Layout) -> tuple[pa.Table, list[tuple[int, str]], int]:
    """Read with Arrow, `layout.width` columns; rows of another width come back as (number, text)."""
    quoted = text.content.find(b'"', layout.start) >= 0
    table, odd = _parse(text, layout, quoted=quoted, threads=True)
    if odd:  # only one thread tells the numbers of odd rows
        table, odd = _parse(text, layout, quoted=quoted, threads=False)
    if quoted and table.num_rows + len(odd) > 0:
        _check_quotes(table, layout, odd)
    return table, odd, table.num_rows + len(odd)


def _without_blank(table: pa.Table) -> pa.Table:
    if table.num_columns < 2 or table.column(1).null_count == 0:
        return table
    blank = pc.is_null(table.column(1))
    for column in table.columns[2:]:
        blank = pc.and_(blank, pc.is_null(column))
    return table.filter(pc.invert(blank)) if pc.any(blank).as_py() else table


def _fitted(rows: list[Row], width: int) -> pa.Table:
    kept = [row for row in rows if row.cells is not None]
    return table_of([row.number for row in kept], [row.cells or [] for row in kept], width)


def _extra_cells(table: pa.Table, layout: _Layout) -> tuple[pa.Table, list[Row]]:
    """Cut columns beyond the header; a row with something there has a delimiter too many inside a cell."""
    width = len(layout.header)
    refused: list[Row] = []
    for column in range(width + 1, table.num_columns):
        full = pc.is_valid(table.column(column))
        if pc.any(full).as_py():
            for record in table.filter(full).to_pylist():
                cells = [str(value or "") for value in list(record.values())[1:]]
                row = fit(record["n"], cells, layout.delimiter.join(cells), width, layout.header_row)
                refused += [row] if row.refusal else []
            table = table.filter(pc.invert(full))
    return table.select(range(width + 1)), refused


def _rows(text: Text, layout: _Layout) -> tuple[pa.Table, list[Row]]:
    width = len(layout.header)
    try:
        table, odd, total = _read_fast(text, layout)
        rows = [fit(number, split(raw, layout.delimiter), raw, width, layout.header_row) for number, raw in odd]
    except (_OpenQuoteError, pa.ArrowInvalid, csv.Error):  # csv.Error: a cell that swallowed thousands of lines
        return _read_slowly(text, layout)
    table, refused = _extra_cells(_without_blank(_numbered(table, [number for number, _ in odd], total)), layout)
    if any(row.cells is not None for row in rows):
        table = pa.concat_tables([table, _fitted(rows, width)]).sort_by("n")
    return table, refused + rows


def _read_slowly(text: Text, layout: _Layout) -> tuple[pa.Table, list[Row]]:
    width = len(layout.header)
    tables = [_fitted([], width)]
    batch: list[Row] = []
    refused: list[Row] = []
    with memoryview(text.content) as content, content[layout.start :] as rest:
        for row in read_carefully(rest, layout.delimiter, width, layout.header_row):
            (batch if row.refusal is None else refused).append(row)
            if len(batch) == _CHUNK_ROWS:
                tables.append(_fitted(batch, width))
                batch = []
    return pa.concat_tables([*tables, _fitted(batch, width)]), refused


def read_delimited(
    path: Path, *, encoding: str | None = None, score: HeaderScore | None = None, header_row: int | None = None
) -> list[RawTable]:
    """Read a CSV file.

    Args:
        path: The file.
        encoding: What the user says it is in.
        score: How much a row looks like a header.
        header_row: Where the header is, when that is known.

    Returns:
        One table.

    Raises:
        Unreadable: Nothing can be read.
    """
    check_content(path, frozenset({"text"}))
    text = read_text(path, encoding)
    check_lines(text, path)
    layout = _layout(text, path, score, header_row)
    if layout.start < len(text.content):
        table, odd = _rows(text, layout)
    else:
        table, odd = _fitted([], len(layout.header)), []
    header = clean_header(layout.header)
    table, long = refuse_long_cells(table, header, None, layout.header_row)
    refusals = [*(row.refusal for row in odd if row.refusal), *long]
    refusals.sort(key=lambda refusal: refusal.row or 0)
    if text.big5:
        refusals.insert(0, Refusal("file.big5", "warned", facts={"encoding": text.encoding}))
    return [RawTable(None, header, layout.header_row, table, refusals)]
