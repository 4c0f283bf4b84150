"""The scorer of money taken for another: the general one, less when nothing shows that it reached the family."""

# Money that only stays in the associate's hands may be the associate's own.
_ONLY_KEPT = 0.7


def glove_strength(general: float, onward: int) -> float:
    """Return the score of an associate who takes money, between 0 and 1.

    Args:
        general: The general score of the hit (strength x rarity x completeness).
        onward: Transfers that went on to the official or kin.
    """
    return general * (1.0 if onward else _ONLY_KEPT)
