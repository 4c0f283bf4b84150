"""From rows to groups: rows with the same holders of the grouping roles are one hit-to-be."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from graph.store.base import Row, Value
from queries.saved import ParameterValue, SavedQuery


@dataclass
class Group:
    """All rows of one hit.

    Attributes:
        holders: Role -> ids of its holders, sorted; empty when no row names one.
        rows: The rows.
    """

    holders: dict[str, list[str]]
    rows: list[Row] = field(default_factory=list)

    def eids(self, columns: Sequence[str]) -> dict[str, list[str]]:
        """Return the edges cited, by column, each once, in order of first mention."""
        found: dict[str, list[str]] = {}
        for column in columns:
            cited = (eid for row in self.rows for eid in listed(row.get(column)))
            found[column] = list(dict.fromkeys(cited))
        return found

    def flat(self, columns: Sequence[str]) -> list[str]:
        """Return the edges cited in some columns, each once."""
        return list(dict.fromkeys(eid for cited in self.eids(columns).values() for eid in cited))

    def column(self, name: str) -> list[Value]:
        """Return the distinct values of a column, in order of first mention, without nulls."""
        values: list[Value] = []
        for row in self.rows:
            value = row.get(name)
            values += [one for one in (value if isinstance(value, list) else [value]) if one is not None]
        return list(dict.fromkeys(values))


def listed(value: Value) -> list[str]:
    if value is None:
        return []
    return [str(one) for one in value if one is not None] if isinstance(value, list) else [str(value)]


def _ids(saved: SavedQuery, role: str, row: Row) -> list[str]:
    return [one for column in saved.role_columns(role) for one in listed(row.get(column))]


def group_rows(saved: SavedQuery, rows: Iterable[Row]) -> list[Group]:
    """Put rows together by the holders of the query's grouping roles, in a fixed order."""
    groups: dict[tuple[tuple[str, ...], ...], Group] = {}
    for row in rows:
        key = tuple(tuple(sorted(_ids(saved, role, row))) for role in saved.group)
        groups.setdefault(key, Group({})).rows.append(row)
    return [make_group(saved, groups[key].rows) for key in sorted(groups)]


def make_group(saved: SavedQuery, rows: list[Row]) -> Group:
    """Return a group of some rows, with whoever holds the roles in them."""
    return Group({role: sorted({one for row in rows for one in _ids(saved, role, row)}) for role in saved.roles}, rows)


def figures(saved: SavedQuery, group: Group) -> dict[str, float | int]:
    """Return the figures of a group: distinct counts, and sums that take each key once."""
    found: dict[str, float | int] = {}
    for name, value in saved.values.items():
        if value.count is not None:
            found[name] = len(group.column(value.count))
        elif value.sum is not None and value.per is not None:
            amounts = {str(row[value.per]): row.get(value.sum) for row in group.rows if row.get(value.per) is not None}
            found[name] = round(sum(float(str(one)) for one in amounts.values() if one is not None), 2)
        elif value.min is not None:
            found[name] = min((int(float(str(one))) for one in group.column(value.min)), default=0)
    return found


def passes(saved: SavedQuery, figures_: Mapping[str, float | int], parameters: Mapping[str, ParameterValue]) -> bool:
    """Tell whether a group reaches every threshold; of the figures in one threshold, one is enough."""
    return all(
        any(figures_[figure] >= float(parameters[name]) for figure, name in threshold.any.items())
        for threshold in saved.having
    )
