"""What a typed text may mean, as patterns: a row of elements, each the set of characters that may stand there.

`zhangwei` is two syllables, `zw` two initials, `zhangw` a syllable and an initial; `张wei` mixes both scripts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from app.services.search.forms import plain, readings
from app.services.search.index import LONGEST, Index

Manner = Literal["text", "pinyin", "initials", "mixed"]
Numbers = NDArray[np.uint32]
_MOST_FULL, _MOST_MIXED, _MOST_TOGETHER = 12, 32, 40
_BETWEEN = re.compile(r"[\s'’\-.]+")
_PIECES = re.compile("[A-Za-z]+|[^A-Za-z]+")


@dataclass(frozen=True)
class Pattern:
    """A row of sets of characters, and how it was read out of the text."""

    elements: tuple[Numbers, ...]
    manner: Manner


Parse = tuple[tuple[str, ...], Manner]


def _full(index: Index, letters: str, at: int = 0) -> Iterator[tuple[str, ...]]:
    """Yield the ways to read letters as whole syllables, long syllables first."""
    if at == len(letters):
        yield ()
        return
    for end in range(min(len(letters), at + 6), at, -1):
        if letters[at:end] in index.readings:
            for rest in _full(index, letters, end):
                yield (letters[at:end], *rest)


def _mixed(index: Index, letters: str, at: int = 0) -> Iterator[tuple[str, ...]]:
    """Yield the ways to read letters as syllables and initials, the last syllable perhaps cut short."""
    if at == len(letters):
        yield ()
        return
    if len(letters) - at > 1 and letters[at:] in index.beginnings and letters[at:] not in index.readings:
        yield (letters[at:],)
    for end in [*range(min(len(letters), at + 6), at + 1, -1), at + 1]:
        piece = letters[at:end]
        known = piece in index.readings if end > at + 1 else piece in index.beginnings
        if known:
            for rest in _mixed(index, letters, end):
                yield (piece, *rest)


def parses(index: Index, letters: str) -> list[Parse]:
    """Return the ways to read a row of lower-case letters by sound, the plainest first."""
    found: dict[tuple[str, ...], Manner] = {}
    for syllables in islice(_full(index, letters), _MOST_FULL):
        found.setdefault(syllables, "pinyin")
    if all(letter in index.beginnings for letter in letters):
        found.setdefault(tuple(letters), "initials")
    for pieces in islice(_mixed(index, letters), _MOST_MIXED):
        found.setdefault(pieces, "mixed")
    return list(found.items())


def _literal(index: Index, text: str) -> tuple[Numbers, ...] | None:
    numbers = [index.number_of(character) for character in text]
    return None if -1 in numbers else tuple(np.array([number], np.uint32) for number in numbers)


def _sounded(index: Index, pieces: tuple[str, ...], manner: Manner) -> tuple[Numbers, ...]:
    """Return the elements of a parse: whole syllables by reading, initials and cut syllables by beginning."""
    whole = manner == "pinyin"
    return tuple(
        index.readings[piece] if whole or (len(piece) > 1 and piece in index.readings) else index.beginnings[piece]
        for piece in pieces
    )


def _together(manners: tuple[Manner, ...]) -> Manner:
    return manners[0] if len(set(manners)) == 1 else "mixed"


def literal(index: Index, text: str) -> Pattern | None:
    """Return the text as it stands, in the form of names; None when some character occurs in no name."""
    folded = plain(text)
    elements = _literal(index, folded) if 0 < len(folded) <= LONGEST else None
    return None if elements is None else Pattern(elements, "text")


def by_sound(index: Index, text: str) -> list[Pattern]:
    """Return the patterns of a text with Latin letters: words are read apart, Han characters stand for themselves."""
    words = [word for word in _BETWEEN.split(text.strip().replace("ü", "v").replace("Ü", "v")) if word]
    pieces = [piece for word in words for piece in _PIECES.findall(word)]
    if not any(piece.isascii() and piece.isalpha() for piece in pieces):
        return []
    choices: list[list[tuple[tuple[Numbers, ...], Manner]]] = []
    for piece in pieces:
        if piece.isascii() and piece.isalpha():
            choices.append([(_sounded(index, *parse), parse[1]) for parse in parses(index, piece.lower())])
        else:
            elements = _literal(index, plain(piece))
            choices.append([] if elements is None else [(elements, "text")])
    found = []
    for chosen in islice(product(*choices), _MOST_TOGETHER):
        elements = tuple(element for some, _ in chosen for element in some)
        if 0 < len(elements) <= LONGEST:
            found.append(Pattern(elements, _together(tuple(manner for _, manner in chosen))))
    return found


def homophones(index: Index, text: str) -> Pattern | None:
    """Return a name of Han characters as all that sounds alike; None where nothing in the index is read so."""
    elements = []
    for character in plain(text):
        alike = [index.readings[one] for one in readings(character) if one in index.readings]
        if not alike:
            return None
        elements.append(np.unique(np.concatenate(alike)))
    return Pattern(tuple(elements), "pinyin") if elements else None
