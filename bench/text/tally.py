"""Counts of right, wrong and missed, and what follows from them."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass
class Tally:
    """Hits, false alarms and misses of one kind."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 0 when nothing was found."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 0.0

    @property
    def recall(self) -> float:
        """Share of what is there that was found; 0 when nothing is there."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        whole = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / whole if whole else 0.0

    def add(self, other: "Tally") -> None:
        """Add the counts of another tally to this one."""
        self.right += other.right
        self.wrong += other.wrong
        self.missed += other.missed


def total(tallies: Iterable[Tally]) -> Tally:
    """Return the sum, which gives micro averages."""
    whole = Tally()
    for one in tallies:
        whole.add(one)
    return whole
