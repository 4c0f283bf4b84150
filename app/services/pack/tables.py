"""The part of the graph that hits cite, as CSV and GraphML: their ends, their ties, and the sources they cite."""

from collections.abc import Sequence

from app.services.export.flat import write_csv
from app.services.export.graphml import write_graphml
from app.services.export.records import edges, nodes
from app.services.pack.deriving import Derived, cited_by
from app.services.tables import open_tables
from graph.store.base import Scope
from queries.hit import Hit

# A node's own sources may be thousands of rows of registers: of them, only those that the hits cite anyway.
_CUT = (
    """CREATE TABLE cited AS SELECT DISTINCT unnest($eids::VARCHAR[]) AS eid, unnest($docs::VARCHAR[]) AS doc,
       unnest($places::VARCHAR[]) AS locator""",
    "CREATE TABLE kept AS SELECT unnest($ids::VARCHAR[]) AS id",
)
_VIEWS = (
    """CREATE OR REPLACE VIEW sources AS SELECT e.* FROM evidence e
       WHERE (e.eid, e.doc, e.locator) IN (SELECT eid, doc, locator FROM cited)
          OR (e.eid IN (SELECT id FROM kept) AND (e.doc, e.locator) IN (SELECT doc, locator FROM cited))""",
    "CREATE OR REPLACE VIEW seen_nodes AS SELECT * FROM nodes WHERE id IN (SELECT id FROM kept)",
    "CREATE OR REPLACE VIEW seen_edges AS SELECT * FROM edges WHERE eid IN (SELECT eid FROM cited)",
)


def graph_files(derived: Derived, hits: Sequence[Hit], scope: Scope) -> dict[str, bytes]:
    """Return file name -> content.

    Args:
        derived: Where the hits come from; they were found within the scope, and so was all that they cite.
        hits: Which.
        scope: Of the reader.
    """
    cited = [one for hit in hits for one in cited_by(hit)]
    bound = {
        "eids": [one.eid for one in cited],
        "docs": [one.doc for one in cited],
        "places": [one.locator for one in cited],
    }
    # The tables know every node; those of a hit are the ends of its ties and who holds its roles.
    with open_tables(derived.tables, scope) as connection:
        connection.execute(_CUT[0], bound)
        connection.execute(_CUT[1], {"ids": sorted(derived.nodes)})
        for view in _VIEWS:
            connection.execute(view)
        return {
            "graph.csv": b"".join(write_csv(nodes(connection, whole=False), edges(connection))),
            "graph.graphml": b"".join(write_graphml(nodes(connection, whole=False), edges(connection))),
        }
