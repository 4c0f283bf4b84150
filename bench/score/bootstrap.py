"""Intervals by drawing cities again: what a figure could have been with other seeds."""

from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

City = TypeVar("City")
DRAWS = 1000
Figure = dict[str, float | int | str | None]


def figure(
    cities: Sequence[City], measure: Callable[[Sequence[City]], float | None], n: int, *, draws: int = DRAWS
) -> Figure:
    """Return a figure with its 95 % interval over cities.

    Args:
        cities: One entry a seed.
        measure: Computes the figure from any selection of them; None where it is not defined.
        n: What the figure rests on: cities or schemes.
        draws: How often cities are drawn again.

    Returns:
        `value`, `low`, `high` and `n`; all but `n` None where the figure is not defined.
    """
    value = measure(cities) if cities else None
    if value is None:
        return {"value": None, "low": None, "high": None, "n": n}
    rng = np.random.Generator(np.random.PCG64(0))
    drawn = rng.integers(0, len(cities), (draws, len(cities)))
    found = [one for row in drawn.tolist() if (one := measure([cities[at] for at in row])) is not None]
    low, high = np.quantile(np.array(found), [0.025, 0.975]).tolist() if found else (None, None)
    return {"value": round(value, 4), "low": _rounded(low), "high": _rounded(high), "n": n}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def absent(reason: str) -> Figure:
    """Return a figure that was not measured, with the reason."""
    return {"value": None, "low": None, "high": None, "n": 0, "reason": reason}
