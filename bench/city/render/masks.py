"""Which identifiers are filled in and how exactly days are given: the same chance for every row of a register."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.city.world import World


class Masks:
    """Draws, once for each register and column, what is left out."""

    def __init__(self, world: World) -> None:
        self.world = world

    def shown(self, stem: str, column: str, count: int) -> NDArray[np.bool_]:
        """Return whether each fact of a register has an identifier filled in."""
        return np.asarray(self.world.streams(f"shown/{stem}/{column}").random(count) < self.world.knobs.identifiers)

    def identifiers(self, stem: str, column: str, values: Any) -> Any:
        """Return identifiers with those left out that nobody filled in."""
        return np.where(self.shown(stem, column, len(values)), values, None)

    def precision(self, stem: str, column: str, count: int) -> NDArray[np.int64]:
        """Return how exactly each fact's day is given: 0 day, 1 month, 2 year, 3 not at all."""
        edges = np.cumsum(self.world.knobs.precision)
        drawn = self.world.streams(f"precision/{stem}/{column}").random(count)
        return np.minimum(np.searchsorted(edges, drawn, side="right"), 3).astype(np.int64)
