"""Looking for the circumstances that would clear the person, one by one, for one hit."""

from collections.abc import Mapping
from dataclasses import dataclass

from graph.store.base import Value, View
from queries.grouping import Group
from queries.saved import Clear, ParameterValue, SavedQuery
from queries.text import placeholders, tail

MOST_ROWS = 20_000
EIDS = "eids"


@dataclass(frozen=True)
class Seen:
    """What a clearing query found.

    Attributes:
        eids: The edges that show the circumstance.
        values: With `per`: the values of that column whose rows are cleared; else None, and all are.
    """

    eids: list[str]
    values: frozenset[str] | None


def bindings(saved: SavedQuery, group: Group, parameters: Mapping[str, ParameterValue]) -> dict[str, Value]:
    """Return what a clearing query may use: parameters, each role's holders, each column's values.

    A grouping role with one column is bound as one id, every other role as a list of ids; columns are bound as lists of
    the distinct values in the hit's rows.
    """
    bound: dict[str, Value] = dict(parameters)
    for name in tail(saved.query).columns:
        bound[name] = group.column(name)
    for role, holders in group.holders.items():
        single = role in saved.group and not saved.is_list(role)
        bound[role] = (holders[0] if holders else None) if single else holders
    return bound


def missing_data(clear: Clear, available: frozenset[str]) -> list[str]:
    """Return the registers and columns that a circumstance needs and that were never imported."""
    return [need for need in clear.needs if need not in available]


def look(clear: Clear, view: View, bound: Mapping[str, Value]) -> Seen | None:
    """Run a clearing query; None when the circumstance was not seen."""
    if clear.query is None:
        return None
    used = {name: value for name, value in bound.items() if name in placeholders(clear.query)}
    found = view.run(
        clear.query, {**used, "max_rows": MOST_ROWS}, tail(clear.query).columns, evidence=[EIDS], row_cap=MOST_ROWS
    )
    if not found.rows:
        return None
    cited: list[str] = []
    for row in found.rows:
        value = row.get(EIDS)
        cited += [str(one) for one in value if one is not None] if isinstance(value, list) else [str(value)]
    values = None if clear.per is None else frozenset(str(row.get(clear.per)) for row in found.rows)
    return Seen(sorted(set(cited)), values)
