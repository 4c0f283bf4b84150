"""One register as columns of facts, and how its cells are written."""

from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from bench.city.table import NEVER

Kind = Literal["text", "day", "month", "yuan", "fen", "number", "ratio", "account"]
Rows = NDArray[np.int64]
# How an office writes days: day, month.
DAY_STYLES = (
    ("%Y-%m-%d", "%Y-%m"),
    ("%Y/%-m/%-d", "%Y-%m"),
    ("%Y年%-m月%-d日", "%Y年%-m月"),
    ("%Y%m%d", "%Y-%m"),
)
_DATE = "DATE '2014-01-01' + {column}::INTEGER"


@dataclass(frozen=True)
class Cells:
    """A column.

    Attributes:
        kind: What it holds.
        values: Text, days from the epoch, yuan, fen or numbers.
        precision: For days: 0 day, 1 month, 2 year, 3 not given; all to the day when absent.
    """

    kind: Kind
    values: Any
    precision: Any = None


@dataclass
class Sheet:
    """A register before it is written.

    Attributes:
        stem: Its usual name, the file's without ending.
        columns: By header.
        facts: The rows of the columns that are written.
        order: Sort keys as long as the columns, most important first; without them the rows come in no order.
        style: How days are written: a place in `DAY_STYLES`, or -1 for all of them mixed.
        money: `plain`, `grouped` (1,280,000.00) or `mixed` (128万元 where it is even).
        encoding: utf-8, utf-8-sig or gb18030.
        workbook: Title row when it is written as XLSX; empty for CSV.
        spoil: Columns that a spoiled row may have wrong, each with the text found there.
    """

    stem: str
    columns: dict[str, Cells]
    facts: Rows
    order: list[Any] = field(default_factory=list)
    style: int = 0
    money: Literal["plain", "grouped", "mixed"] = "plain"
    encoding: str = "utf-8"
    workbook: str = ""
    spoil: dict[str, str] = field(default_factory=dict)

    @property
    def file(self) -> str:
        """Name of the file below `registers/`."""
        return f"{self.stem}.xlsx" if self.workbook else f"{self.stem}.csv"

    def arranged(self, rng: np.random.Generator) -> Rows:
        """Return the facts in the order in which they are written."""
        shuffled = rng.permutation(self.facts)
        if not self.order:
            return shuffled
        keys = [np.asarray(key)[shuffled] for key in reversed(self.order)]
        return np.asarray(shuffled[np.lexsort(keys)])

    def arrow(self, rows: Rows, rng: np.random.Generator) -> pa.Table:
        """Return the cells in written order, with `n` (from 1), `fact`, and the style of each row."""
        made: dict[str, Any] = {"n": np.arange(1, len(rows) + 1), "fact": rows}
        styles = np.full(len(rows), self.style) if self.style >= 0 else rng.integers(0, len(DAY_STYLES), len(rows))
        made["style"] = styles
        for number, cells in enumerate(self.columns.values()):
            values = np.asarray(cells.values)[rows]
            made[f"c{number}"] = pa.array(values, pa.string()) if values.dtype == object else values
            if cells.kind == "day":
                precision = np.zeros(len(rows), np.int64) if cells.precision is None else cells.precision[rows]
                made[f"p{number}"] = np.where(values == NEVER, 3, precision)
        return pa.table(made)

    def expressions(self) -> list[str]:
        """Return one SQL expression a column that writes its cells."""
        return [_written(f"c{number}", f"p{number}", cells, self) for number, cells in enumerate(self.columns.values())]


def _day(column: str, precision: str) -> str:
    moment = _DATE.format(column=column)
    days = " ".join(f"WHEN {at} THEN strftime({moment}, '{style[0]}')" for at, style in enumerate(DAY_STYLES))
    months = " ".join(f"WHEN {at} THEN strftime({moment}, '{style[1]}')" for at, style in enumerate(DAY_STYLES))
    return f"""CASE {precision} WHEN 0 THEN CASE style {days} END WHEN 1 THEN CASE style {months} END
        WHEN 2 THEN strftime({moment}, '%Y') ELSE '' END"""


def _money(column: str, style: str) -> str:
    if style == "grouped":
        return f"format('{{:,.2f}}', {column}::DOUBLE)"
    if style == "mixed":
        return f"""CASE WHEN {column} % 10000 = 0 AND n % 3 = 0 THEN ({column} // 10000)::VARCHAR || '万元'
            WHEN n % 3 = 1 THEN format('{{:,.2f}}', {column}::DOUBLE) ELSE {column}::VARCHAR END"""
    return f"{column}::VARCHAR"


def _written(column: str, precision: str, cells: Cells, sheet: Sheet) -> str:
    if cells.kind == "day":
        return _day(column, precision)
    if cells.kind == "month":
        return f"strftime({_DATE.format(column=column)}, '%Y-%m')"
    if cells.kind == "yuan":
        return _money(column, sheet.money)
    if cells.kind == "fen":
        return f"printf('%.2f', {column} / 100)"
    if cells.kind == "ratio":
        return f"round({column} * 100, 2)::VARCHAR || '%'"
    if cells.kind == "number":
        return f"CASE WHEN {column} < 0 THEN '' ELSE {column}::VARCHAR END"
    if cells.kind == "account":
        # Numbers copied out of sheets: an apostrophe before, a tab behind.
        return f"""CASE WHEN {column} IS NULL THEN '' WHEN n % 83 = 7 THEN '''' || {column}
            WHEN n % 89 = 11 THEN {column} || chr(9) ELSE {column} END"""
    return f"coalesce({column}, '')"
