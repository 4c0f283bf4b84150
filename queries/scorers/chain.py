"""The scorer of money that comes back: the general one, less for every account in between, more when it repeats."""

# Each account in between makes it likelier that the money has nothing to do with the payment.
_PER_HOP = 0.7
# What a single payment is worth; two payments each followed by money are a pattern.
_ONCE = 0.8


def chain_strength(general: float, hops: int, payments: int) -> float:
    """Return the score of a chain, between 0 and 1.

    Args:
        general: The general score of the hit (strength x rarity x completeness).
        hops: Fewest transfers between company and recipient, from 1.
        payments: Payments after which money came.
    """
    return general * _PER_HOP ** (max(hops, 1) - 1) * (_ONCE if payments <= 1 else 1.0)
