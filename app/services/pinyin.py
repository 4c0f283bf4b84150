"""Matching Latin letters against Han names: full pinyin, initials, or a mixture, by any reading of a character."""

from functools import lru_cache
from typing import Literal

from pypinyin import Style, pinyin

Manner = Literal["pinyin", "initials", "mixed"]


@lru_cache(maxsize=30_000)
def readings(character: str) -> tuple[str, ...]:
    """Return the readings of one character in plain letters (`ü` as `v`); none for what is not Han."""
    if not "\u3400" <= character <= "\u9fff":
        return ()
    [found] = pinyin(character, style=Style.NORMAL, heteronym=True)
    return tuple(dict.fromkeys(one.replace("ü", "v") for one in found if one.isascii() or "ü" in one))


@lru_cache(maxsize=30_000)
def _firsts(character: str) -> str:
    return "".join({one[0] for one in readings(character)})


def _taken(letters: str, name: str, at: int, start: int) -> tuple[int, bool, bool] | None:
    """Return how many characters the letters cover from `at`, and whether all were full or all initials."""
    if start == len(letters):
        return 0, True, True
    if at == len(name):
        return None
    best: tuple[int, bool, bool] | None = None
    for reading in (readings(name[at]) or (name[at].lower(),)):
        for length in (len(reading), 1):
            piece = letters[start : start + length]
            # The last syllable may be cut short: `hand` for 韩冬.
            cut = len(piece) < length and start + len(piece) == len(letters)
            if not piece or not reading.startswith(piece) or (len(piece) < length and not cut):
                continue
            rest = _taken(letters, name, at + 1, start + len(piece))
            if rest is None:
                continue
            found = (rest[0] + 1, rest[1] and len(piece) == len(reading), rest[2] and len(piece) == 1)
            if best is None or (found[1], found[2]) > (best[1], best[2]):
                best = found
    return best


def match(letters: str, name: str) -> tuple[Manner, bool, bool] | None:
    """Match lower-case letters against a name.

    Args:
        letters: `handongsheng`, `hds`, `handsh`; no spaces.
        name: A name in Han, possibly with Latin letters or digits in it.

    Returns:
        How it matched, whether from the first character on, and whether to the last; None when it does not.
    """
    for at, character in enumerate(name):
        if letters[0] not in (_firsts(character) or character.lower()):
            continue
        found = _taken(letters, name, at, 0)
        if found is None:
            continue
        covered, full, initials = found
        # One character's initial is its first letter only: too little to call a match by initials.
        manner: Manner = "pinyin" if full else "initials" if initials else "mixed"
        return manner, at == 0, at + covered == len(name)
    return None
