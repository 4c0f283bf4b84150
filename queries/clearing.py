"""Looking for the circumstances that would clear the person, one by one, for one hit."""

from collections.abc import Mapping

from graph.store.base import Value, View
from queries.grouping import Group
from queries.saved import Clear, ParameterValue, SavedQuery

MOST_ROWS = 200
EIDS = "eids"


def bindings(saved: SavedQuery, group: Group, parameters: Mapping[str, ParameterValue]) -> dict[str, Value]:
    """Return what a clearing query may use: parameters, each role's holders, each id or date column's values.

    A role with one column is bound as one id, a role with several as a list; columns are bound as lists of the distinct
    values in the hit's rows.
    """
    bound: dict[str, Value] = dict(parameters)
    columns = sorted({name for row in group.rows for name in row})
    for name in columns:
        bound[name] = group.column(name)
    for role, holders in group.holders.items():
        bound[role] = holders if len(saved.role_columns(role)) > 1 else (holders[0] if holders else None)
    return bound


def missing_data(clear: Clear, available: frozenset[str]) -> list[str]:
    """Return the registers and columns that a circumstance needs and that were never imported."""
    return [need for need in clear.needs if need not in available]


def look(clear: Clear, view: View, bound: Mapping[str, Value]) -> list[str] | None:
    """Run a clearing query.

    Returns:
        The edges that show the circumstance, possibly none of them named; None when it was not seen.
    """
    if clear.query is None:
        return None
    found = view.run(clear.query, {**bound, "max_rows": MOST_ROWS}, [EIDS], evidence=[EIDS], row_cap=MOST_ROWS)
    if not found.rows:
        return None
    cited: list[str] = []
    for row in found.rows:
        value = row.get(EIDS)
        cited += [str(one) for one in value if one is not None] if isinstance(value, list) else [str(value)]
    return list(dict.fromkeys(cited))
