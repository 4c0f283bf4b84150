"""How far an official's unit reaches to the unit that buys: own agency, supervised, same place, none."""

from typing import Literal

import duckdb

from app.services.audit.steps import Steps
from app.services.audit.texts import ABOVE

Reach = Literal["own", "supervised", "place", "none"]
REACHES: tuple[Reach, ...] = ("own", "supervised", "place", "none")
_MOST_LEVELS = 3
_PLACES = """
SELECT id, props ->> '$.division' FROM seen_nodes
WHERE id IN (SELECT unnest($ids::VARCHAR[])) AND props ->> '$.division' IS NOT NULL
"""


class Reaches:
    """What is known of some buying agencies: who stands above them, and where they are."""

    def __init__(self, steps: Steps, connection: duckdb.DuckDBPyConnection, buyers: set[str]) -> None:
        self._connection = connection
        self._above: dict[str, dict[str, tuple[str, ...]]] = {buyer: {buyer: ()} for buyer in buyers}
        front = buyers
        for _ in range(_MOST_LEVELS):
            found = steps.take(ABOVE, front)
            for ways in self._above.values():
                for here, there, eid in found:
                    if here in ways and there not in ways:
                        ways[there] = (*ways[here], eid)
            front = {there for _, there, _ in found}
        self._places: dict[str, str] = {}

    def learn_places(self, agencies: set[str]) -> None:
        """Read where agencies are."""
        wanted = sorted(agencies | self._above.keys())
        self._places = dict(self._connection.execute(_PLACES, {"ids": wanted}).fetchall())

    def between(self, agency: str, buyer: str) -> tuple[Reach, tuple[str, ...]]:
        """Return how far an agency reaches to a buyer, and the eids of the supervision that it rests on."""
        if agency == buyer:
            return "own", ()
        way = self._above[buyer].get(agency)
        if way is not None:
            return "supervised", way
        place = self._places.get(agency)
        return ("place" if place is not None and place == self._places.get(buyer) else "none"), ()
