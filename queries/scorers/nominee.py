"""The scorer of shares held for another: the general one, more when several kinds of signs agree."""

# One kind of sign may have a plain reason; every further one makes that less likely.
_BY_MARKS = (0.75, 0.9, 1.0)


def nominee_strength(general: float, marks: int) -> float:
    """Return the score of a holding for another, between 0 and 1.

    Args:
        general: The general score of the hit (strength x rarity x completeness).
        marks: Kinds of signs: stated, capital, dividend, unpaid.
    """
    return general * _BY_MARKS[min(max(marks, 1), len(_BY_MARKS)) - 1]
