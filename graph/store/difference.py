"""What has to be sent to an engine: the difference between the tables it holds and new ones, by row hashes.

The tables made here are not temporary ones: cursors of the same connection have to see them.
"""

from dataclasses import dataclass

import duckdb

from graph.projection.tables import Canonical

_VIEWS = """
CREATE OR REPLACE VIEW {name}_nodes AS SELECT * FROM read_parquet('{nodes}');
CREATE OR REPLACE VIEW {name}_edges AS SELECT * FROM read_parquet('{edges}');
"""
# Where nothing is held yet everything is new; views spare a copy of it.
_ALL_NEW = """
CREATE OR REPLACE VIEW new_nodes AS SELECT *, false AS known FROM after_nodes;
CREATE OR REPLACE VIEW new_edges AS SELECT *, false AS known FROM after_edges;
CREATE OR REPLACE TABLE gone_nodes (id VARCHAR, type VARCHAR);
CREATE OR REPLACE TABLE gone_edges (eid VARCHAR, type VARCHAR);
"""
# An edge cannot move in an engine: with other ends or another type it is deleted and made anew.
_PLACE = "{0}.{key} = {1}.{key} AND {0}.type = {1}.type"
_ENDS = (
    "{0}.source = {1}.source AND {0}.target = {1}.target "
    "AND {0}.source_type = {1}.source_type AND {0}.target_type = {1}.target_type"
)
_GONE = """
CREATE OR REPLACE TABLE gone_{kind} AS
    SELECT b.{key}, b.type FROM before_{kind} b ANTI JOIN after_{kind} a ON {same_place} ORDER BY ALL;
"""
_NEW = """
CREATE OR REPLACE TABLE changed_{kind} AS
    SELECT a.*, b.{key} IS NOT NULL AS known
    FROM (SELECT * FROM after_{kind} a ANTI JOIN before_{kind} b ON {same_place} AND b.hash = a.hash) a
    LEFT JOIN before_{kind} b ON {same_place}
    ORDER BY a.{key};
CREATE OR REPLACE VIEW new_{kind} AS SELECT * FROM changed_{kind};
"""


@dataclass(frozen=True)
class Size:
    """How many rows an apply has to send, and how many the engine then holds."""

    nodes_upserted: int
    nodes_deleted: int
    edges_upserted: int
    edges_deleted: int
    nodes: int
    edges: int

    @property
    def changes(self) -> int:
        """All rows to send."""
        return self.nodes_upserted + self.nodes_deleted + self.edges_upserted + self.edges_deleted


def attach(connection: duckdb.DuckDBPyConnection, name: str, tables: Canonical) -> None:
    """Create the views `<name>_nodes` and `<name>_edges` over a folder of canonical tables."""
    nodes, edges = (str(path).replace("'", "''") for path in (tables.nodes, tables.edges))
    connection.execute(_VIEWS.format(name=name, nodes=nodes, edges=edges))


def _place(kind: str) -> tuple[str, str]:
    key = "id" if kind == "nodes" else "eid"
    text = _PLACE if kind == "nodes" else f"{_PLACE} AND {_ENDS}"
    return key, text.format("a", "b", key=key)


def _number(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    [(number,)] = connection.execute(f"SELECT count(*) FROM {table}").fetchall()
    return int(number)


def compare(connection: duckdb.DuckDBPyConnection, before: Canonical | None, after: Canonical) -> Size:
    """Fill `gone_edges`, `gone_nodes`, `new_nodes` and `new_edges` in a connection.

    Args:
        connection: Receives the tables; the rows of `new_*` are canonical ones with `known`, true when the engine holds
            an older form of the row.
        before: The tables that the engine holds; None when it is empty.
        after: The tables that it is to hold.

    Returns:
        How much that is.
    """
    attach(connection, "after", after)
    if before is None:
        connection.execute(_ALL_NEW)
    else:
        attach(connection, "before", before)
        for kind in ("nodes", "edges"):
            key, same_place = _place(kind)
            for script in (_GONE, _NEW):
                connection.execute(script.format(kind=kind, key=key, same_place=same_place))
    counted = ("new_nodes", "gone_nodes", "new_edges", "gone_edges", "after_nodes", "after_edges")
    return Size(*(_number(connection, table) for table in counted))
