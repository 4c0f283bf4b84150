"""The canonical tables of one version as SQL, cut to what a scope may see."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from graph.duck import connect
from graph.keys import SQL_MACROS
from graph.projection.tables import Canonical
from graph.store.base import Scope

TABLES = ("nodes", "edges", "evidence", "filings", "members")

# Not temporary: cursors of the connection have to see them. A source may be seen when its document is open to all (a
# register, or filed under no case) or filed under a case in scope; the folders of other cases are not shown.
_VISIBLE = """
CREATE TABLE visible_filings AS
    SELECT DISTINCT doc, CASE WHEN own THEN path ELSE regexp_replace(path, '^.*/', '') END AS path,
           CASE WHEN own THEN "case" END AS "case"
    FROM (SELECT *, $everything OR "case" IS NULL OR list_contains($cases::VARCHAR[], "case") AS own FROM filings)
    WHERE own OR open;
CREATE VIEW sources AS
    SELECT e.* FROM evidence e WHERE {everything} OR e.doc IN (SELECT doc FROM visible_filings);
CREATE VIEW seen_nodes AS
    SELECT * FROM nodes WHERE {everything} OR id IN (SELECT eid FROM sources);
CREATE VIEW seen_edges AS
    SELECT * FROM edges WHERE {everything} OR eid IN (SELECT eid FROM sources);
"""


@contextmanager
def open_tables(tables: Canonical, scope: Scope, temp: Path | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a connection with `seen_nodes`, `seen_edges`, `sources`, `visible_filings` and `members`.

    Args:
        tables: Of one version.
        scope: What the reader may see; nothing else can be reached by these names.
        temp: Where DuckDB may spill.
    """
    with connect(temp) as connection:
        connection.execute(SQL_MACROS)
        for name in TABLES:
            path = str(tables.folder / f"{name}.parquet").replace("'", "''")
            connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{path}')")
        filings, *views = _VISIBLE.format(everything="true" if scope.everything else "false").split(";\n")
        cases: Sequence[str] = [] if scope.cases == "all" else sorted(scope.cases)
        connection.execute(filings, {"everything": scope.everything, "cases": cases})
        for view in views:
            if view.strip():
                connection.execute(view)
        yield connection
