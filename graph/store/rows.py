"""The rows of a difference as engines take them: frames for bulk calls, lists of parameters for batches."""

from collections.abc import Iterator
from typing import Any

import duckdb
import pandas as pd

from graph.model import Model
from graph.store.checks import values_checked
from graph.store.properties import Columns, edge_columns, node_columns

# Small enough for a transaction of a few seconds, large enough that its cost is the rows.
BATCH = 10_000

Parameters = list[dict[str, Any]]

_OF_ENDS = "(FROM new_edges WHERE type = $type AND source_type = $source AND target_type = $target AND {condition})"


class Group:
    """Rows of one node type, or of one relation type between two node types."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, columns: Columns, type_: str, ends: tuple[str, str] | None = None
    ) -> None:
        self.connection = connection
        self.columns = columns
        self.type = type_
        self.ends = ends

    @property
    def source(self) -> str:
        """Node type at the start."""
        return self.ends[0] if self.ends else ""

    @property
    def target(self) -> str:
        """Node type at the end."""
        return self.ends[1] if self.ends else ""

    def _select(self, condition: str) -> duckdb.DuckDBPyConnection:
        if self.ends is None:
            rows, more, order = f"(FROM new_nodes WHERE type = $type AND {condition})", "", "id"
            values = {"type": self.type}
        else:
            rows, more, order = _OF_ENDS.format(condition=condition), "t.source AS s__, t.target AS t__, ", "eid"
            values = {"type": self.type, "source": self.source, "target": self.target}
        text = f"SELECT {more}{self.columns.select()} FROM {self.columns.source(rows)} ORDER BY t.{order}"
        return self.connection.execute(text, values)

    def frame(self) -> pd.DataFrame:
        """Return all rows as a frame, `s__` and `t__` naming the ends; columns without any value are left out."""
        with values_checked(self.type):
            found = self._select("true").df()
        return found.dropna(axis="columns", how="all")

    def batches(self, condition: str = "true") -> Iterator[Parameters]:
        """Yield rows as `{"s", "t", "p"}` (edges) or `{"id", "p"}` (nodes); `p` holds what is not null.

        Args:
            condition: On the columns of the difference, such as `known`.
        """
        with values_checked(self.type):
            cursor = self._select(condition)
            names = [column[0] for column in cursor.description or ()]
            skipped = 0 if self.ends is None else 2
            while found := cursor.fetchmany(BATCH):
                yield [self._parameters(row, names, skipped) for row in found]

    @staticmethod
    def _parameters(row: tuple[Any, ...], names: list[str], skipped: int) -> dict[str, Any]:
        held = {name: value for name, value in zip(names[skipped:], row[skipped:], strict=True) if value is not None}
        return {"s": row[0], "t": row[1], "p": held} if skipped else {"id": held["id"], "p": held}


def node_groups(connection: duckdb.DuckDBPyConnection, model: Model) -> list[Group]:
    """Return a group for each node type with rows to upsert."""
    found = connection.execute("SELECT DISTINCT type FROM new_nodes ORDER BY 1").fetchall()
    # A cursor of its own, so that a batch under way is not ended by the next statement.
    return [Group(connection.cursor(), node_columns(model, kind), kind) for (kind,) in found]


def edge_groups(connection: duckdb.DuckDBPyConnection, model: Model) -> list[Group]:
    """Return a group for each relation type and pair of ends with rows to upsert, the largest of a type first."""
    found = connection.execute(
        """SELECT type, source_type, target_type FROM new_edges GROUP BY ALL
        ORDER BY type, source_type, count(*) DESC, target_type"""
    ).fetchall()
    return [Group(connection.cursor(), edge_columns(model, kind), kind, (s, t)) for kind, s, t in found]


def gone(connection: duckdb.DuckDBPyConnection, kind: str) -> Iterator[tuple[str, list[str]]]:
    """Yield type and ids to delete, in batches.

    Args:
        connection: With the tables of `compare`.
        kind: `nodes` or `edges`.
    """
    key = "id" if kind == "nodes" else "eid"
    for (type_,) in connection.execute(f"SELECT DISTINCT type FROM gone_{kind} ORDER BY 1").fetchall():
        cursor = connection.cursor().execute(f"SELECT {key} FROM gone_{kind} WHERE type = $t ORDER BY 1", {"t": type_})
        while rows := cursor.fetchmany(BATCH):
            yield type_, [row[0] for row in rows]
