"""Telling which register a table is, by its header alone."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ingest.registers.mapping import Mapping

# Whoever reported is never read into the graph: a table that names them is refused (see the architecture).
# 被举报人 and 被反映人 are those who were reported, and are read.
REPORTERS = re.compile("(?<!被)(举报|信访|检举|控告|反映|投诉|来信|来访)(人|者|群众)")


def normal_header(text: str) -> str:
    """Fold a header to the form in which it is compared: half width, no white space, no marks of obligation."""
    folded = unicodedata.normalize("NFKC", text)
    for mark in ("*", "(必填)", "(选填)", ":", "\ufeff"):
        folded = folded.replace(mark, "")
    return "".join(folded.split()).strip("'\"`")


@dataclass(frozen=True)
class Recognised:
    """A table matched to a mapping.

    Attributes:
        mapping: The register.
        positions: Usual column name -> position in the table's header.
        unknown: Headers that the mapping does not name.
        header: The whole header.
    """

    mapping: Mapping
    positions: dict[str, int]
    unknown: tuple[str, ...]
    header: tuple[str, ...] = ()


def match(mapping: Mapping, header: Sequence[str]) -> Recognised:
    """Lay a header over a mapping, whether it fits or not."""
    folded = [normal_header(cell) for cell in header]
    positions: dict[str, int] = {}
    for name, column in mapping.columns.items():
        for wanted in (name, *column.names):
            if normal_header(wanted) in folded:
                at = folded.index(normal_header(wanted))
                if at not in positions.values():
                    positions[name] = at
                    break
    unknown = tuple(cell for at, cell in enumerate(header) if at not in positions.values() and cell.strip())
    return Recognised(mapping, positions, unknown, tuple(header))


def _rank(found: Recognised, header: Sequence[str], stem: str) -> tuple[int, int, int]:
    named = int(found.mapping.zh in stem)
    return len(found.positions) - len(found.unknown), named, len(found.mapping.anchors)


def recognise(mappings: Iterable[Mapping], header: Sequence[str], stem: str = "") -> Recognised | None:
    """Find the register whose anchor columns are all there and that explains most of the header.

    Args:
        mappings: The catalogue.
        header: The table's header.
        stem: The file's name, which decides between equals.

    Returns:
        The best match, or None when no mapping has all its anchors.
    """
    fitting = []
    for mapping in mappings:
        found = match(mapping, header)
        if all(anchor in found.positions for anchor in mapping.anchors):
            fitting.append(found)
    return max(fitting, key=lambda found: (*_rank(found, header, stem), found.mapping.id), default=None)


def nearest(mappings: Iterable[Mapping], header: Sequence[str]) -> Recognised | None:
    """Find the register with most headers in common, for a table that is none; None when nothing is in common."""
    best = max((match(mapping, header) for mapping in mappings), key=lambda found: len(found.positions), default=None)
    return best if best is not None and best.positions else None


def reporter_columns(header: Sequence[str]) -> list[str]:
    """Return the headers that name whoever reported."""
    return [cell for cell in header if REPORTERS.search(normal_header(cell))]


def header_score(mappings: Sequence[Mapping]) -> "HeaderScore":
    """Return a function that tells how much a row looks like the header of a known register, 0 to 1."""
    known = frozenset(
        normal_header(name)
        for mapping in mappings
        for usual, column in mapping.columns.items()
        for name in (usual, *column.names)
    )
    return HeaderScore(known)


@dataclass(frozen=True)
class HeaderScore:
    """Scores a row by the share of its cells that are known headers."""

    known: frozenset[str]

    def __call__(self, row: Sequence[str]) -> float:
        """Return the share of non-empty cells that are known headers; 0 for fewer than two."""
        cells = [normal_header(cell) for cell in row if cell and cell.strip()]
        hits = sum(cell in self.known or REPORTERS.search(cell) is not None for cell in cells)
        return hits / len(cells) if hits >= 2 else 0.0
