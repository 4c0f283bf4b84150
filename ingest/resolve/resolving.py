"""Running the rules of identity and keeping what they decide in the ledger's derived tables."""

from dataclasses import dataclass

import duckdb

from graph.keys import SQL_MACROS
from graph.ledger.ledger import Ledger
from graph.ledger.schema import TABLES
from ingest.resolve.rules import CLUSTERS, OTHER_NAMES, QUEUE, SCRIPTS
from ingest.texts.joining import join_texts

_CLUSTERS = "SELECT * FROM base_links UNION ALL BY NAME SELECT * FROM text_links ORDER BY entity_key, canonical, method"
_QUEUE = "SELECT * FROM base_queue UNION ALL BY NAME SELECT * FROM text_doubts ORDER BY a, b, reason"


@dataclass(frozen=True)
class OtherName:
    """One source whose name contradicts the name known for the same ID number."""

    doc: str
    locator: str
    name: str
    other: str


@dataclass(frozen=True)
class Resolved:
    """What a resolve decided.

    Attributes:
        clusters: Records that were joined to another.
        queued: Pairs that wait for a person.
        other_names: Sources that contradict a known ID number's name.
    """

    clusters: int
    queued: int
    other_names: tuple[OtherName, ...]


def resolve(connection: duckdb.DuckDBPyConnection, ledger: Ledger) -> Resolved:
    """Decide which visible records are one entity.

    Args:
        connection: With the views of `graph.ledger.visible.attach_live`.
        ledger: Where `clusters` and `queue` are overwritten; the caller holds the workspace lock.
    """
    connection.execute(SQL_MACROS)
    for script in SCRIPTS:
        connection.execute(script)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE base_links AS {CLUSTERS}")
    connection.execute(f"CREATE OR REPLACE TEMP TABLE base_queue AS {QUEUE}")
    join_texts(connection)
    clusters = connection.sql(_CLUSTERS).to_arrow_table()
    queue = connection.sql(_QUEUE).to_arrow_table()
    ledger.overwrite("clusters", clusters.select(TABLES["clusters"].names))
    ledger.overwrite("queue", queue.select(TABLES["queue"].names))
    others = tuple(OtherName(*row) for row in connection.execute(OTHER_NAMES).fetchall())
    return Resolved(clusters.num_rows, queue.num_rows, others)
