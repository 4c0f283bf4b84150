"""The scorer of kin on a roll: the general one, less where kin are no more often on the roll than their neighbours."""

from functools import cache

# Kin three times as often on the roll as others, and hardly by chance: favour, not the poverty of one family.
_LIFT, _CHANCE = 3.0, 0.01
# One relative who fails the means test is worth a look whatever the rest of the family draws.
_NO_MORE_THAN_OTHERS = 0.8


@cache
def over_represented(kin_on: int, kin: int, on_roll: int, villagers: int) -> tuple[float, float]:
    """Return how often kin are on the roll against all others of the village, and how likely chance makes that.

    Args:
        kin_on: Kin of the official who live in the village and are on the roll.
        kin: Kin of the official who live in the village.
        on_roll: All on the roll in the village.
        villagers: All who live there.

    Returns:
        The lift (infinite when nobody else is on the roll, 0 without kin) and the p of a one-sided Fisher test.
    """
    # Slow to load, and most runs have no such hit; it comes without types.
    from scipy.stats import fisher_exact  # type: ignore[import-untyped]

    others, others_on = max(villagers - kin, 0), max(on_roll - kin_on, 0)
    table = [[kin_on, max(kin - kin_on, 0)], [others_on, max(others - others_on, 0)]]
    chance = float(fisher_exact(table, alternative="greater").pvalue)
    if not kin or not others:
        return 0.0, 1.0
    if not others_on:
        return (float("inf"), chance) if kin_on else (0.0, chance)
    return (kin_on / kin) / (others_on / others), chance


def roll_strength(general: float, kin_on: int, kin: int, on_roll: int, villagers: int) -> float:
    """Return the score of a relative on a roll, between 0 and 1.

    Args:
        general: The general score of the hit (strength x rarity x completeness).
        kin_on: Kin of the official who live in the village and are on the roll.
        kin: Kin of the official who live in the village.
        on_roll: All on the roll in the village.
        villagers: All who live there.
    """
    lift, chance = over_represented(kin_on, kin, on_roll, villagers)
    return general * (1.0 if lift >= _LIFT and chance < _CHANCE else _NO_MORE_THAN_OTHERS)
