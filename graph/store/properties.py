"""What an engine stores of a canonical row, as typed SQL columns: the model's types, never a guess per value.

A node becomes `id`, `name`, `degree`, `cases` and its own properties; an edge becomes `eid`, `from`, `to`,
`confidence`, `claim`, `inferred`, `source` (the canonical `origin`), `disputed` where true, and its own properties.
What is null is absent. Lean relation types leave out what nearly every row would repeat.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from graph.model import Model, Property
from graph.store.errors import BadProperty

SQL_TYPES = {
    "string": "VARCHAR",
    "int": "BIGINT",
    "float": "DOUBLE",
    "bool": "BOOLEAN",
    "date": "DATE",
    "datetime": "TIMESTAMP",
    "list": "VARCHAR[]",
}

_NODE_TAIL = (
    ("id", "string", "t.id"),
    ("name", "string", "t.name"),
    ("degree", "int", "t.degree"),
    ("cases", "int", "t.cases"),
)
_EDGE_TAIL = (
    ("eid", "string", "t.eid"),
    ("from", "date", "t.valid_from"),
    ("to", "date", "t.valid_to"),
    ("confidence", "float", "t.confidence"),
    ("claim", "string", "t.claim"),
    ("inferred", "bool", "t.inferred"),
    ("source", "string", "t.origin"),
    ("disputed", "bool", "nullif(t.disputed, false)"),
)
_LEAN = {
    "confidence": "nullif(t.confidence, 1.0)",
    "claim": "nullif(t.claim, 'registry')",
    "inferred": "nullif(t.inferred, false)",
}


@dataclass(frozen=True)
class Column:
    """One stored property: its name, its model type and the SQL that yields it from a canonical row `t`."""

    name: str
    type: str
    sql: str


@dataclass(frozen=True)
class Columns:
    """The stored properties of one node or relation type, and which JSON keys they come from."""

    stored: tuple[Column, ...]
    keys: tuple[str, ...]

    def select(self) -> str:
        """Return the select list; `v` must hold the raw values of `keys` in order (see `source`)."""
        return ", ".join(f'{column.sql} AS "{column.name}"' for column in self.stored)

    def source(self, table: str) -> str:
        """Return the FROM item that parses `props` once a row: all columns of `table`, and `v`."""
        paths = ", ".join(f"'$.\"{key}\"'" for key in self.keys)
        return f"(SELECT *, json_extract_string(props, [{paths}]::VARCHAR[]) AS v FROM {table}) t"


def _own(properties: Mapping[str, Property]) -> list[Column]:
    found = []
    for place, (name, property_) in enumerate(properties.items(), start=1):
        raw = f"t.v[{place}]"
        if property_.type == "list":
            sql = f"CAST(CAST({raw} AS JSON) AS VARCHAR[])"
        else:
            sql = raw if property_.type == "string" else f"CAST({raw} AS {SQL_TYPES[property_.type]})"
        found.append(Column(name, property_.type, sql))
    return found


def node_columns(model: Model, type_: str) -> Columns:
    """Return what an engine stores of a node type."""
    own = model.nodes[type_].properties
    return Columns((*(Column(*one) for one in _NODE_TAIL), *_own(own)), tuple(own))


def edge_columns(model: Model, type_: str) -> Columns:
    """Return what an engine stores of a relation type."""
    relation = model.relations[type_]
    tail = [Column(name, kind, _LEAN.get(name, sql) if relation.lean else sql) for name, kind, sql in _EDGE_TAIL]
    return Columns((*tail, *_own(relation.properties)), tuple(relation.properties))


def check_keys(connection: duckdb.DuckDBPyConnection, table: str, type_: str, columns: Columns) -> None:
    """Raise `BadProperty` when a row of a type carries a JSON key that the model does not name."""
    known = [*columns.keys]
    text = f"""SELECT any_value(k) FROM (SELECT unnest(json_keys(props)) AS k FROM {table} WHERE type = $type)
        WHERE NOT list_contains($known::VARCHAR[], k)"""
    [(unknown,)] = connection.execute(text, {"type": type_, "known": known}).fetchall()
    if unknown is not None:
        raise BadProperty(type=type_, reason=str(unknown))
