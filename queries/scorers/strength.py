"""The general scorer: strength x rarity x completeness."""

import math
from collections.abc import Mapping, Sequence

# A matter handled in person weighs more than one in a deputy's charge; P4 alone is never ranked.
_POWER = {1: 1.0, 2: 0.9, 3: 0.8, 4: 0.3}
_IDENTITY = {"code": 1.0, "name_unit": 0.8, "name": 0.4}
# From here on a further event or yuan hardly adds: three events and 100,000 yuan give about half.
_HALF_COUNT, _HALF_AMOUNT = 3.0, 100_000.0
_COMMON_DEGREE = 200


def _saturating(value: float, half: float) -> float:
    return value / (value + half)


def rarity_times_strength(
    values: Mapping[str, float | int],
    power: int | None,
    identity: str,
    degrees: Sequence[int],
    complete: float,
) -> float:
    """Return strength x rarity x completeness, between 0 and 1.

    Strength grows with how often and how much (saturating), and with how closely the official's power touched the
    matter. Rarity falls with the logarithm of the busiest holder's degree, so that a hub carries little. Completeness is
    the share of dated evidence, and the weakest join of identities.

    Args:
        values: Figures; `amount` in yuan is taken as money, everything else as counts.
        power: 1 to 4, or None.
        identity: Weakest join on the path.
        degrees: Of the nodes that hold roles.
        complete: Share of dated evidence edges, 0 to 1.
    """
    counts = [float(value) for name, value in values.items() if name != "amount"]
    strength = _saturating(max(counts, default=1.0), _HALF_COUNT)
    if "amount" in values:
        strength = (strength + _saturating(float(values["amount"]), _HALF_AMOUNT)) / 2
    strength *= _POWER[power] if power is not None else 1.0
    busiest = max(degrees, default=0)
    rarity = 1 / (1 + math.log1p(busiest / _COMMON_DEGREE))
    return strength * rarity * _IDENTITY[identity] * (0.5 + 0.5 * complete)
