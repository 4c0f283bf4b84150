"""The path of a hit as a small network: who holds the roles, and the ties that its sources state between them."""

from collections.abc import Mapping
from typing import Any

import duckdb

# A one-page sheet can hold this many; a screen more.
ON_PAPER, ON_SCREEN = 12, 60
_CITED = """
SELECT DISTINCT e.eid, e.source, e.target, e.inferred FROM seen_edges e JOIN sources s ON s.eid = e.eid
WHERE (s.doc, s.locator) IN (SELECT unnest($docs::VARCHAR[]), unnest($places::VARCHAR[])) ORDER BY e.eid
"""


def role_ids(hit: Mapping[str, Any]) -> list[str]:
    """Return the ids that hold roles, in the order of the roles."""
    holders = [one for held in hit["roles"].values() for one in (held if isinstance(held, list) else [held]) if one]
    return list(dict.fromkeys(str(one["id"]) for one in holders))


def picture(connection: duckdb.DuckDBPyConnection, hit: Mapping[str, Any], most: int) -> tuple[list[str], list[str]]:
    """Return the entities and the eids to draw: role holders first, then what ties them, up to a number of entities.

    An entity that is tied to two others of the picture comes before one that hangs on a single tie.
    """
    places = [(str(one["doc"]), str(one["locator"])) for one in hit["evidence"]]
    bound = {"docs": [doc for doc, _ in places], "places": [place for _, place in places]}
    cited = connection.execute(_CITED, bound).fetchall()
    holders = role_ids(hit)
    touching: dict[str, set[str]] = {}
    for _, source, target, _ in cited:
        touching.setdefault(source, set()).add(target)
        touching.setdefault(target, set()).add(source)
    others = sorted(set(touching) - set(holders), key=lambda id_: (-len(touching[id_]), id_))
    shown = (holders + others)[:most]
    kept = set(shown)
    return shown, [eid for eid, source, target, _ in cited if source in kept and target in kept]
