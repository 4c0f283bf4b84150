"""The word lists of `data/gazetteers`, as patterns."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).with_name("data") / "gazetteers"
_RARE = 8  # a rarer surname is none without a word beside it that says so
_ALSO_NAMES = frozenset(("第五", "东方", "南门", "西门", "南宫", "乐正"))
_ALSO_WORDS = frozenset("于从同由向和并可都有不是在为被将与及以但其该此原现任时各应用能会要让给对经到第")


@cache
def table(name: str) -> dict[str, Any]:
    """Return one of the TOML lists."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def any_of(words: Iterable[str]) -> str:
    """Return a pattern that matches one of the words, the longest that fits."""
    return "(?:" + "|".join(re.escape(word) for word in sorted(set(words), key=lambda word: (-len(word), word))) + ")"


@cache
def surnames() -> dict[str, float]:
    """Return surname -> frequency."""
    lines = (line.split("\t") for line in (_FOLDER / "surnames.tsv").read_text(encoding="utf-8").splitlines())
    return {cells[0]: float(cells[1]) for cells in lines if len(cells) == 2}


@cache
def surname_pattern(*, common: bool) -> str:
    """Return a pattern of surnames; `common` leaves out rare ones and those that are also words."""
    kept = [
        name
        for name, count in surnames().items()
        if not common
        or (len(name) == 2 and name not in _ALSO_NAMES)
        or (len(name) == 1 and count >= _RARE and name not in _ALSO_WORDS)
    ]
    return any_of(kept)


def surname_of(name: str) -> str:
    """Return the surname that a name begins with; empty when it begins with none."""
    known = surnames()
    return next((name[:size] for size in (2, 1) if name[:size] in known), "")


@cache
def divisions() -> frozenset[str]:
    """Return the names of provinces, cities and counties."""
    return frozenset((_FOLDER / "divisions.txt").read_text(encoding="utf-8").split())
