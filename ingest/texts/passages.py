"""Places in a text: their locators, and the sentence around one, by which a copied passage is known again."""

import re

from graph.keys import digest

_PLACE = re.compile(r"c:([0-9]+)-([0-9]+)")
_ENDS = "。;;!?!?\n"
_SHORTEST = 12  # a shorter sentence is a phrase that two papers may share by chance
_LONGEST = 1_000
_BLANK = re.compile(r"\s+")


def locator(start: int, end: int) -> str:
    """Return the locator of a span of code points."""
    return f"c:{start}-{end}"


def parse_span(place: str) -> tuple[int, int]:
    """Return first and one past last code point of a text's locator (`c:120-140`).

    Raises:
        ValueError: It is no place in a text.
    """
    found = _PLACE.fullmatch(place)
    if found is None or int(found[1]) > int(found[2]):
        raise ValueError(place)
    return int(found[1]), int(found[2])


def is_span(place: str) -> bool:
    """Say whether a locator is a place in a text."""
    return _PLACE.fullmatch(place) is not None


def passage_of(text: str, start: int, end: int) -> str | None:
    """Return what stands for the sentence around a span: the same in every paper that copies it.

    Returns:
        A hash without regard to white space; None for a sentence too short to be told from chance.
    """
    first = max(text.rfind(mark, max(0, start - _LONGEST), start) for mark in _ENDS) + 1
    stops = [place for mark in _ENDS if (place := text.find(mark, max(start, end - 1), end + _LONGEST)) >= 0]
    last = min(stops, default=min(len(text), end + _LONGEST))
    words = _BLANK.sub("", text[first:last])
    return digest("passage", words) if len(words) >= _SHORTEST else None
