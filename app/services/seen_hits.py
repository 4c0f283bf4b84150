"""Stored hits as a person may see them: those of which everything cited is within that person's scope."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from app.services.picture import role_ids
from graph.store.base import Scope

Hit = Mapping[str, Any]

# Under its own folder where the reader may see the case, else the bare name (see `app.services.tables`).
_PATHS = """
SELECT doc, coalesce(min(path) FILTER (WHERE contains(path, '/')), min(path)) FROM visible_filings
WHERE doc IN (SELECT unnest($docs::VARCHAR[])) GROUP BY doc
"""
_NODES = "SELECT id FROM seen_nodes WHERE id IN (SELECT unnest($ids::VARCHAR[]))"


@dataclass(frozen=True)
class SeenHits:
    """Hits in their order; `elsewhere` when any was withheld, and never how many."""

    hits: tuple[Hit, ...]
    elsewhere: bool


def _pieces(hit: Hit) -> list[dict[str, Any]]:
    """Return every source that a hit cites, for what it says and for what would clear."""
    return [*hit["evidence"], *(one for clear in hit["clears"] for one in clear["evidence"])]


def _as_seen(hit: Hit, paths: Mapping[str, str]) -> Hit:
    """Return a hit with each file under the path that the reader may know."""
    renamed = {str(one["file"]): paths[one["doc"]] for one in _pieces(hit) if one["file"] != paths[one["doc"]]}
    if not renamed:
        return hit

    def piece(one: dict[str, Any]) -> dict[str, Any]:
        return {**one, "file": paths[one["doc"]]}

    told = dict(hit["explanation"])
    for before, after in sorted(renamed.items(), key=lambda pair: -len(pair[0])):
        told = {lang: text.replace(before, after) for lang, text in told.items()}
    clears = [{**clear, "evidence": [piece(one) for one in clear["evidence"]]} for clear in hit["clears"]]
    return {**hit, "explanation": told, "evidence": [piece(one) for one in hit["evidence"]], "clears": clears}


def seen_hits(connection: duckdb.DuckDBPyConnection, scope: Scope, hits: Sequence[Hit]) -> SeenHits:
    """Return the hits that a reader may see.

    A hit that cites a single source out of scope is withheld whole: its words and figures were made from all of them.
    Run again within the scope, the query finds what the rest supports.

    Args:
        connection: From `open_tables`, with the same scope.
        scope: The reader's.
        hits: The JSON of hits.
    """
    if scope.everything:
        return SeenHits(tuple(hits), False)
    docs = sorted({str(one["doc"]) for hit in hits for one in _pieces(hit)})
    ids = sorted({id_ for hit in hits for id_ in role_ids(hit)})
    paths = {str(doc): str(path) for doc, path in connection.execute(_PATHS, {"docs": docs}).fetchall()}
    people = {str(id_) for (id_,) in connection.execute(_NODES, {"ids": ids}).fetchall()}
    kept = [
        _as_seen(hit, paths)
        for hit in hits
        if hit["evidence"] and all(one["doc"] in paths for one in _pieces(hit)) and people.issuperset(role_ids(hit))
    ]
    return SeenHits(tuple(kept), len(kept) < len(hits))
