"""What a detection needs from outside the graph, and how the application gives it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

Place = tuple[str, str]
"""A document (12 hex) and a locator in it."""


@dataclass(frozen=True)
class Quote:
    """A passage as it stands in its source; `page` only where the source has pages."""

    page: str | None
    text: str


@dataclass(frozen=True)
class Restated:
    """A relation as its source states it when read again; ends are canonical ids, None when nothing bears the key."""

    type: str
    source: str | None
    target: str | None
    valid_from: date | None
    valid_to: date | None
    props: Mapping[str, object]


class SourceReader(Protocol):
    """Reads sources again from their original bytes."""

    def quotes(self, places: Iterable[Place]) -> dict[Place, Quote]:
        """Return the passages at some places; a place that cannot be read is left out."""

    def reread(self, places: Iterable[Place]) -> dict[Place, list[Restated]]:
        """Return what the sources at some places state; a place that cannot be read is left out."""

    def available(self) -> frozenset[str]:
        """Return the registers and their columns that were imported: `投标`, `投标.标段编号`."""
