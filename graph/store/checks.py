"""Refusing canonical tables that no engine could show: unknown types and properties, ends that are missing."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from graph.model import Model
from graph.store.errors import BadProperty, MissingEnd
from graph.store.properties import check_keys, edge_columns, node_columns

_MISSING = """
SELECT count(*), min(e.eid) FROM after_edges e
LEFT JOIN after_nodes s ON s.id = e.source AND s.type = e.source_type
LEFT JOIN after_nodes t ON t.id = e.target AND t.type = e.target_type
WHERE s.id IS NULL OR t.id IS NULL
"""


def check(connection: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Check what `compare` put into a connection, before anything is sent.

    Raises:
        BadProperty: A type or a property that the model does not name.
        MissingEnd: An edge without one of its nodes.
    """
    for table, known, columns in (
        ("new_nodes", model.nodes, node_columns),
        ("new_edges", model.relations, edge_columns),
    ):
        for (kind,) in connection.execute(f"SELECT DISTINCT type FROM {table} ORDER BY 1").fetchall():
            if kind not in known:
                raise BadProperty(type=kind, reason="?")
            check_keys(connection, table, kind, columns(model, kind))
    [(count, eid)] = connection.execute(_MISSING).fetchall()
    if count:
        raise MissingEnd(eid=eid, count=count)


def check_values(connection: duckdb.DuckDBPyConnection, model: Model) -> None:
    """Check that every value can be read as its model type, for engines that are changed in steps.

    Raises:
        BadProperty: One cannot.
    """
    for table, columns in (("new_nodes", node_columns), ("new_edges", edge_columns)):
        for (kind,) in connection.execute(f"SELECT DISTINCT type FROM {table} ORDER BY 1").fetchall():
            found = columns(model, kind)
            rows = f"SELECT {found.select()} FROM {found.source(f'(FROM {table} WHERE type = $type)')}"
            with values_checked(kind):
                connection.execute(f"SELECT max(hash(COLUMNS(*))) FROM ({rows})", {"type": kind})


@contextmanager
def values_checked(kind: str) -> Iterator[None]:
    """Turn a value that cannot be read as its model type into `BadProperty`."""
    try:
        yield
    except (duckdb.ConversionException, duckdb.InvalidInputException) as error:
        raise BadProperty(type=kind, reason=str(error).splitlines()[0]) from error
