"""Giving the rows of both engines the names, types and limits that callers were promised."""

from collections.abc import Sequence
from typing import Any

from graph.store.base import Result, Row
from graph.store.errors import QueryRefused
from graph.store.visible import Visible


def in_order(names: Sequence[str], columns: Sequence[str]) -> list[int]:
    """Return for each column of the caller its place among the engine's.

    Args:
        names: As the engine calls its columns; engines differ about those without an alias.
        columns: As the caller calls them.

    Raises:
        QueryRefused: The query does not return these columns.
    """
    if set(columns) <= set(names):
        return [list(names).index(column) for column in columns]
    if len(names) != len(columns):
        raise QueryRefused(reason=f"{', '.join(names)} ≠ {', '.join(columns)}")
    return list(range(len(columns)))


def result(
    columns: Sequence[str], rows: Sequence[Row], evidence: Sequence[str], visible: Visible, *, truncated: bool
) -> Result:
    """Make the result of rows that are already limited to the row cap."""
    kept, hidden = visible.keep(rows, evidence)
    return Result(tuple(columns), kept, truncated, hidden)


def parameters_checked(parameters: Any) -> dict[str, Any]:
    """Return parameters as a plain dict, tuples and sets of ids as lists.

    Raises:
        QueryRefused: A value that no engine takes.
    """
    found = {}
    for name, value in parameters.items():
        if isinstance(value, int) and not isinstance(value, bool) and not -(2**63) <= value < 2**63:
            raise QueryRefused(reason=f"${name}")
        found[name] = sorted(value) if isinstance(value, set | frozenset) else value
    return found
