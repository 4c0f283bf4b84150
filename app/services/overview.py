"""What a person sees first: how much there is, which cases, and the newest hits."""

from dataclasses import dataclass

import duckdb

from app.services.naming import Named
from app.services.seen_hits import Hit, seen_hits
from graph.casebook.casebook import Casebook
from graph.store.base import EVERYTHING, Scope

MOST_CASES = 20
_TYPES = "SELECT type, count(*) AS n FROM seen_nodes GROUP BY type ORDER BY n DESC, type"
_CASES = """
SELECT id, type, name, props ->> '$.code' FROM seen_nodes WHERE type IN ('Case', 'Lead') ORDER BY type, id LIMIT $most
"""
_COUNT = "SELECT count(*) FROM {table}"


@dataclass(frozen=True)
class Overview:
    """Figures of one workspace within a scope.

    Attributes:
        counts: Entities, ties, files, open hits.
        types: Node type and how many, most first.
        cases: Cases and leads.
        hits: Open hits of the newest runs, best first.
    """

    counts: dict[str, int]
    types: tuple[tuple[str, int], ...]
    cases: tuple[Named, ...]
    hits: tuple[Hit, ...]


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(_COUNT.format(table=table)).fetchone()
    return int(row[0]) if row else 0


def overview(connection: duckdb.DuckDBPyConnection, casebook: Casebook, scope: Scope = EVERYTHING) -> Overview:
    """Return the figures of the tables of `open_tables` and of the casebook, as far as a scope lets them be seen."""
    stored = [hit for hit in casebook.latest_hits() if hit["state"] == "open"]
    hits = list(seen_hits(connection, scope, stored).hits)
    hits.sort(key=lambda hit: (-hit["score"], hit["fingerprint"]))
    counts = {
        "entities": _count(connection, "seen_nodes"),
        "ties": _count(connection, "seen_edges"),
        "files": _count(connection, "(SELECT DISTINCT doc FROM visible_filings)"),
        "open_hits": len(hits),
    }
    types = tuple((str(kind), int(count)) for kind, count in connection.execute(_TYPES).fetchall())
    rows = connection.execute(_CASES, {"most": MOST_CASES}).fetchall()
    cases = tuple(Named(id_, kind, name or "", code or "") for id_, kind, name, code in rows)
    return Overview(counts, types, cases, tuple(hits))
