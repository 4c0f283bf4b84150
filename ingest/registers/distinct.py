"""The distinct sets of cells behind ties that many rows repeat, made once a table.

A statement names the same account and holder in every row. What they are is worked out once for each distinct set of
cells, with the first row as its place.
"""

import re

import duckdb

from ingest.registers.cells import quoted
from ingest.registers.mapping import PARTY, Entity, Mapping, Relation

HEAD = "head."
_IDENTIFIER = re.compile(r'"[^"]+"')


def column_or_null(name: str | None) -> str:
    """Return a column as SQL; NULL when the mapping names none."""
    return quoted(name) if name else "NULL::VARCHAR"


def inputs(mapping: Mapping, entity: Entity) -> list[str]:
    """Return the columns of `usable` that decide one entity, so that equal rows are looked at once."""
    used = [entity.name, entity.id, entity.code, entity.unit, entity.account, entity.value]
    names = [name for name in used if name] + list(entity.props.values()) + list(entity.when)
    columns = []
    for name in names:
        columns.append(quoted(name))
        kind = mapping.columns[name].kind if name in mapping.columns else "text"
        if kind == "date":
            columns.append(quoted(name + "__late"))
        elif kind in ("id", "code", "party_id"):
            columns.append(quoted(name + "__sort"))
    return columns


def needs_row(entity: Entity) -> str:
    """Return SQL that tells whether an entity's key rests on its row: a bare name, or a number that is not stated."""
    if entity.type in ("Person", PARTY):
        narrowing = [name for name in (entity.unit, entity.account) if name]
        bare = " AND ".join(f"{column_or_null(name)} IS NULL" for name in narrowing) or "true"
        masked = f"coalesce(is_masked({column_or_null(entity.name)}), false)"
        return f"({column_or_null(entity.id)} IS NULL AND (({bare}) OR {masked}))"
    if entity.fallback == "row":
        return f"({column_or_null(entity.code)} IS NULL)"
    return "false"


def _kept_once(mapping: Mapping) -> list[tuple[str, Relation]]:
    return [(f"distinct_{at}", relation) for at, relation in enumerate(mapping.relations) if relation.once]


def rows_of_relation(mapping: Mapping, relation: Relation) -> str:
    """Return the table that holds what states a relation: every usable row, or the distinct ones."""
    return next((table for table, other in _kept_once(mapping) if other is relation), "usable")


def rows_of_entity(mapping: Mapping, alias: str) -> str:
    """Return the smallest table that holds every row an entity can come from."""
    for table, relation in _kept_once(mapping):
        if alias in (relation.source.removeprefix(HEAD), relation.target.removeprefix(HEAD)):
            return table
    return "usable"


def _columns(mapping: Mapping, relation: Relation) -> list[str]:
    names = [*relation.props.values(), *relation.needs, *relation.when]
    names += [name for name in (relation.start, relation.end) if name]
    columns = [quoted(name) for name in names]
    for end in (relation.source, relation.target):
        columns += inputs(mapping, mapping.entities[end.removeprefix(HEAD)])
    for name in (relation.start, relation.end):
        if name is not None and mapping.columns[name].kind == "date":
            columns.append(quoted(name + "__late"))
    return list(dict.fromkeys(columns))


def _late(mapping: Mapping, columns: list[str]) -> list[str]:
    """Return the derived columns that rest on others of these columns alone, so that they can wait for the grouping."""
    plain = {column for column in columns if column[1:-1] not in mapping.derived}
    derived = {quoted(name): set(_IDENTIFIER.findall(sql)) for name, sql in mapping.derived.items()}
    return [column for column in columns if column in derived and derived[column] <= plain]


def make_distinct(connection: duckdb.DuckDBPyConnection, mapping: Mapping) -> None:
    """Create one table for each relation that is kept once; needs the view `usable`."""
    for table, relation in _kept_once(mapping):
        ends = [mapping.entities[end.removeprefix(HEAD)] for end in (relation.source, relation.target)]
        bare = " OR ".join(needs_row(end) for end in ends)
        columns = _columns(mapping, relation)
        late = _late(mapping, columns)
        grouped = ", ".join(column for column in columns if column not in late)
        derived = "".join(f", ({mapping.derived[column[1:-1]]}) AS {column}" for column in late)
        connection.execute(
            f"""CREATE OR REPLACE TEMP TABLE {table} AS SELECT *{derived} FROM (
            SELECT {grouped}, CASE WHEN {bare} THEN rowkey END AS rowkey, min(n) AS n FROM usable GROUP BY ALL)"""
        )
