"""Random streams by name: each part of the city draws from its own, so that a change in one leaves the others."""

import hashlib

import numpy as np
from numpy.typing import NDArray


class Streams:
    """Makes independent generators from a seed and a name."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def __call__(self, name: str) -> np.random.Generator:
        """Return the generator of a name; the same seed and name give the same draws."""
        digest = hashlib.sha256(f"{self.seed}/{name}".encode()).digest()
        return np.random.Generator(np.random.PCG64(int.from_bytes(digest[:16], "big")))


def weighted(rng: np.random.Generator, weights: NDArray[np.float64], size: int | tuple[int, ...]) -> NDArray[np.int64]:
    """Draw positions by weight, with replacement."""
    edges = np.cumsum(weights / weights.sum())
    return np.minimum(np.searchsorted(edges, rng.random(size), side="right"), len(weights) - 1).astype(np.int64)
