"""Scorers by name: pure functions from the figures of a hit to a number between 0 and 1 that orders hits of one query.

A score says which hit to read first. It is no probability and no measure of guilt.
"""

from collections.abc import Callable
from dataclasses import dataclass

from queries.scorers.bridge import bridge_strength
from queries.scorers.chain import chain_strength
from queries.scorers.glove import glove_strength
from queries.scorers.nominee import nominee_strength
from queries.scorers.roll import roll_strength
from queries.scorers.strength import rarity_times_strength


@dataclass(frozen=True)
class Scored:
    """What a scorer sees of a hit.

    Attributes:
        counts: Figures that count something, the main one first.
        amounts: Figures that are sums, in yuan, the main one first.
        least: Figures that are minima: the fewest hops.
        power: Best grade of power, 1 to 4; None when the query does not rest on power.
        identity: Weakest join on the path: `code`, `name_unit` or `name`.
        degrees: Degrees of the grouping roles' holders: a rare node says more than a hub; empty in a limited scope.
        known: Share of the evidence edges whose dates are known, 0 to 1.
    """

    counts: dict[str, float | int]
    amounts: dict[str, float | int]
    least: dict[str, float | int]
    power: int | None
    identity: str
    degrees: list[int]
    known: float


Scorer = Callable[[Scored], float]


def _general(seen: Scored) -> float:
    count, amount = next(iter(seen.counts.values()), 1), next(iter(seen.amounts.values()), None)
    return rarity_times_strength(count, amount, seen.power, seen.identity, seen.degrees, seen.known)


def _chain(seen: Scored) -> float:
    return chain_strength(_general(seen), int(seen.least.get("hops", 1)), int(seen.counts.get("payments", 1)))


def _glove(seen: Scored) -> float:
    return glove_strength(_general(seen), int(seen.counts.get("onward", 0)))


def _nominee(seen: Scored) -> float:
    return nominee_strength(_general(seen), int(seen.counts.get("marks", 1)))


def _spread(seen: Scored) -> float:
    """How many one person pays is the pattern itself: a busy payer is no less telling than a quiet one."""
    count, amount = next(iter(seen.counts.values()), 1), next(iter(seen.amounts.values()), None)
    return rarity_times_strength(count, amount, seen.power, seen.identity, [], seen.known)


def _bridge(seen: Scored) -> float:
    """What the busy ends of two cases are says nothing of what joins them."""
    count = next(iter(seen.counts.values()), 1)
    general = rarity_times_strength(count, None, seen.power, seen.identity, [], seen.known)
    seen_in, ties = int(seen.least.get("seen_in", 2)), int(seen.counts.get("ties", 1))
    return bridge_strength(general, seen_in, ties, int(seen.counts.get("same", 0)))


def _roll(seen: Scored) -> float:
    """An official who certifies for a whole village has many ties: that is the post, not a hub."""
    count, amount = next(iter(seen.counts.values()), 1), next(iter(seen.amounts.values()), None)
    general = rarity_times_strength(count, amount, seen.power, seen.identity, [], seen.known)
    numbers = (int(seen.least.get(name, 0)) for name in ("kin_listed", "kin_living", "listed", "villagers"))
    return roll_strength(general, *numbers)


SCORERS: dict[str, Scorer] = {
    "rarity_times_strength": _general,
    "bridge_strength": _bridge,
    "chain_strength": _chain,
    "glove_strength": _glove,
    "nominee_strength": _nominee,
    "roll_strength": _roll,
    "spread_strength": _spread,
}
