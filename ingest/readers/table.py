"""What every table reader gives back: raw tables, and rows or files that were refused."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

import pyarrow as pa

Level = Literal["refused", "warned", "noted"]
HeaderScore = Callable[[Sequence[str]], float]

RAW_LENGTH = 2000
VALUE_LENGTH = 60
CELL_LENGTH = 5000


@dataclass(frozen=True)
class Refusal:
    """One row, cell or table that was refused, doubted or noted.

    Attributes:
        code: Key of `wording.toml`, for example `row.too_short`.
        level: `refused` (not in the graph), `warned` or `noted`.
        sheet: Sheet of a workbook.
        row: Data row N, 1 for the first row after the header, blank rows counted.
        sheet_row: Row of the sheet or file as a person sees it.
        column: Name of the column.
        facts: For the wording.
        raw: The row as it stood, cut to `RAW_LENGTH`, so that nothing is lost.
    """

    code: str
    level: Level
    sheet: str | None = None
    row: int | None = None
    sheet_row: int | None = None
    column: str | None = None
    facts: dict[str, str] = field(default_factory=dict)
    raw: str | None = None


@dataclass(frozen=True)
class RawTable:
    """One table as it stands in a file.

    Attributes:
        sheet: Sheet of a workbook.
        header: Cleaned names, unique.
        header_row: Row of the header as a person counts, from 1; data row N is row `header_row + N`.
        rows: Column `n` (int64, data row) and one string column `c0`, `c1`, … per name; an empty cell is null.
        refusals: Rows that are not in `rows`, and doubts.
    """

    sheet: str | None
    header: tuple[str, ...]
    header_row: int
    rows: pa.Table
    refusals: list[Refusal]


def schema(width: int) -> pa.Schema:
    """Return the schema of `RawTable.rows` for a number of columns."""
    return pa.schema([("n", pa.int64()), *((f"c{place}", pa.string()) for place in range(width))])


def table_of(numbers: Sequence[int], rows: Sequence[Sequence[str | None]], width: int) -> pa.Table:
    """Build rows; every row has `width` cells, an empty one is empty text or None."""
    columns = [[row[place] or None for row in rows] for place in range(width)]
    arrays = [pa.array(numbers, pa.int64()), *(pa.array(column, pa.string()) for column in columns)]
    return pa.Table.from_arrays(arrays, schema=schema(width))
