"""The scorer of what joins two cases: the general one, less for a joint that many cases know."""

import math

# A tie in between may have nothing to do with either case; the very same in both has to do with both.
_TIED_ONLY = 0.6


def bridge_strength(general: float, seen_in: int, ties: int, same: int) -> float:
    """Return the score of two cases that something joins, between 0 and 1.

    Args:
        general: The general score of the hit (strength x rarity x completeness).
        seen_in: Fewest cases that name one of the joints; two when only registers lead there.
        ties: Kinds of ties: several that agree are hardly chance.
        same: Joints that stand in both cases themselves.
    """
    rarity = 1 / math.log2(max(seen_in, 2))
    return general * rarity * (1.0 if ties > 1 else 0.8) * (1.0 if same else _TIED_ONLY)
