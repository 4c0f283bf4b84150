"""Facts as columns: rows are added at the end and never move, so that a row's number names a fact."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[Any]
Rows = NDArray[np.int64]
NONE = -1
# Days are counted from 2014-01-01, the first day of the ten years; NEVER stands for no date.
NEVER = -99_999
LAST_DAY = 3651
SECONDS = 86_400


class Table:
    """Columns of equal length."""

    def __init__(self, **columns: Any) -> None:
        self._columns: dict[str, Column] = {name: np.asarray(values) for name, values in columns.items()}
        self._waiting: list[dict[str, Column]] = []
        self._length = len(next(iter(self._columns.values()))) if columns else 0

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, name: str) -> Column:
        self._settle()
        return self._columns[name]

    @property
    def names(self) -> list[str]:
        """Names of the columns."""
        return list(self._columns)

    def _settle(self) -> None:
        if not self._waiting:
            return
        for name, column in self._columns.items():
            parts = [column, *(added[name].astype(column.dtype) for added in self._waiting)]
            self._columns[name] = np.concatenate(parts)
        self._waiting = []

    def extend(self, name: str, values: Any) -> None:
        """Add a column."""
        self._settle()
        self._columns[name] = np.asarray(values)

    def add(self, **values: Any) -> Rows:
        """Add rows; scalars are repeated, columns not named are filled with -1, false or nothing.

        Returns:
            The numbers of the new rows.
        """
        count = max((len(value) for value in values.values() if np.ndim(value)), default=1)
        made: dict[str, Column] = {}
        for name, column in self._columns.items():
            if name in values:
                value = np.asarray(values[name], dtype=column.dtype)
                made[name] = np.broadcast_to(value, (count,)).copy()
            elif column.dtype == object:
                made[name] = np.full(count, None, dtype=object)
            else:
                made[name] = np.full(count, False if column.dtype == bool else NONE, dtype=column.dtype)
        unknown = set(values) - set(self._columns)
        if unknown:
            raise KeyError(f"no such columns: {sorted(unknown)}")
        self._waiting.append(made)
        rows = np.arange(self._length, self._length + count)
        self._length += count
        return rows

    def put(self, rows: Any, **values: Any) -> None:
        """Change cells of some rows."""
        self._settle()
        for name, value in values.items():
            self._columns[name][rows] = value


def join(tables: list[Table]) -> Table:
    """Return one table with the rows of several of the same columns, in order."""
    return Table(**{name: np.concatenate([table[name] for table in tables]) for name in tables[0].names})


def texts(values: Any) -> Column:
    """Return text as a column of objects."""
    column = np.empty(len(values), dtype=object)
    column[:] = list(values)
    return column


def either(mask: Any, yes: Any, no: Any) -> Column:
    """Choose between two values row by row; None is no text."""
    return np.asarray(np.where(mask, yes, no))
