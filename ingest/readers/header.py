"""Finding the header of a table below its title rows, and cleaning its names."""

import re
from collections.abc import Sequence

from ingest.readers.table import HeaderScore
from nlp.characters import half_width, without_unseen

SEARCHED_ROWS = 20
_MARKS = re.compile(r"^\*+|\*+$|[(\[【](?:必填|选填|必填项|可空)[)\]】]")
_NUMBER = re.compile(r"[-+]?[0-9][0-9,./:-]*")
_LONGEST_NAME = 30


def clean_name(cell: str) -> str:
    """Return a column name without white space, byte order mark, * and (必填)."""
    return _MARKS.sub("", _MARKS.sub("", without_unseen(half_width(cell))))


def clean_header(cells: Sequence[str]) -> tuple[str, ...]:
    """Return cleaned names, unique: a repeated one gets `#2`, one without text its place (`列3`)."""
    seen: dict[str, int] = {}
    names = []
    for place, cell in enumerate(cells, 1):
        name = clean_name(cell) or f"列{place}"
        seen[name] = seen.get(name, 0) + 1
        names.append(name if seen[name] == 1 else f"{name}#{seen[name]}")
    return tuple(names)


def _filled(cells: Sequence[str]) -> list[str]:
    return [name for name in map(clean_name, cells) if name]


def _header_like(cells: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    names = _filled(cells)
    plain = all(len(name) <= _LONGEST_NAME and not _NUMBER.fullmatch(name) for name in names)
    widest = max((sum(bool(cell.strip()) for cell in row) for row in below), default=0)
    return plain and len(names) >= 2 and len(set(names)) == len(names) and len(names) >= widest


def find_header(rows: Sequence[Sequence[str]], score: HeaderScore | None) -> int | None:
    """Say which of the first rows is the header.

    Args:
        rows: The first physical rows, at least the searched ones.
        score: How much a row looks like a header, 0 for not at all; the best one wins, the first among equals.

    Returns:
        Index from 0; None when every row is empty. Where `score` likes no row: the first row of at least two short,
        distinct names that is as wide as what follows, else the first row that is not empty.
    """
    searched = rows[:SEARCHED_ROWS]
    if score is not None:
        scores = [score([clean_name(cell) for cell in row]) if _filled(row) else 0.0 for row in searched]
        best = max(scores, default=0.0)
        if best > 0:
            return scores.index(best)
    for index, row in enumerate(searched):
        if _header_like(row, rows[index + 1 :]):
            return index
    return next((index for index, row in enumerate(rows) if _filled(row)), None)


def without_empty_end(cells: Sequence[str]) -> list[str]:
    """Return a header row without the nameless cells after its last name."""
    kept = list(cells)
    while kept and not clean_name(kept[-1]):
        kept.pop()
    return kept
