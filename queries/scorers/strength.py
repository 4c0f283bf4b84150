"""The general scorer: strength x rarity x completeness."""

import math
from collections.abc import Sequence

# A matter handled in person weighs more than one in a deputy's charge; P4 alone is never ranked.
_POWER = {1: 1.0, 2: 0.9, 3: 0.8, 4: 0.3}
_IDENTITY = {"code": 1.0, "name_unit": 0.8, "name": 0.4}
# Half of what a count or an amount can add is reached here: three events, 100,000 yuan.
_HALF_COUNT, _HALF_AMOUNT = 3.0, 100_000.0
# How much of the strength an amount can make: large sums are ordinary where much is bought.
_AMOUNT_SHARE = 0.3
_COMMON_DEGREE = 200


def _saturating(value: float, half: float) -> float:
    return value / (value + half)


def rarity_times_strength(
    count: float,
    amount: float | None,
    power: int | None,
    identity: str,
    degrees: Sequence[int],
    known: float,
) -> float:
    """Return strength x rarity x completeness, between 0 and 1.

    Strength grows with how often (70 %) and how much (30 %), both saturating, and with how closely the official's power
    touched the matter. Rarity falls with the logarithm of the busiest holder's degree, so that a hub carries little.
    Completeness is the share of evidence with known dates, and the weakest join of identities.

    Args:
        count: How often: contracts, payments, months.
        amount: In yuan; None where there is no sum.
        power: 1 to 4, or None.
        identity: Weakest join on the path.
        degrees: Of the nodes that hold the grouping roles.
        known: Share of evidence edges with known dates, 0 to 1.
    """
    strength = _saturating(max(float(count), 0.0), _HALF_COUNT)
    if amount is not None:
        worth = _saturating(max(float(amount), 0.0), _HALF_AMOUNT)
        strength = (1 - _AMOUNT_SHARE) * strength + _AMOUNT_SHARE * worth
    strength *= _POWER[power] if power is not None else 1.0
    busiest = max(degrees, default=0)
    rarity = 1 / (1 + math.log1p(busiest / _COMMON_DEGREE))
    return strength * rarity * _IDENTITY[identity] * (0.5 + 0.5 * known)
