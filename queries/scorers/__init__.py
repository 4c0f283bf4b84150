"""Scorers by name: pure functions from the figures of a hit to a number between 0 and 1 that orders hits of one query.

A score says which hit to read first. It is no probability and no measure of guilt.
"""

from collections.abc import Callable
from dataclasses import dataclass

from queries.scorers.strength import rarity_times_strength


@dataclass(frozen=True)
class Scored:
    """What a scorer sees of a hit.

    Attributes:
        values: Figures of the hit.
        power: Best grade of power, 1 to 4; None when the query does not rest on power.
        identity: `code`, `name_unit` or `name`.
        degrees: Degrees of the nodes that hold roles: a rare node says more than a hub.
        complete: Share of the evidence edges whose dates are known.
    """

    values: dict[str, float | int]
    power: int | None
    identity: str
    degrees: list[int]
    complete: float


Scorer = Callable[["Scored"], float]
SCORERS: dict[str, Scorer] = {
    "rarity_times_strength": lambda seen: rarity_times_strength(
        seen.values, seen.power, seen.identity, seen.degrees, seen.complete
    ),
}
