"""Bringing the characters of a cell into one shape before it is read as a value."""

import re
import unicodedata

# Spaces of every kind, controls (tabs inside account numbers), zero-width characters and byte order marks.
_UNSEEN_CATEGORIES = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})
_SPACES = re.compile(r"\s+")


def half_width(text: str) -> str:
    """Return the text in NFKC: full-width digits, letters and punctuation become the usual ones."""
    return unicodedata.normalize("NFKC", text)


def without_unseen(text: str) -> str:
    """Return the text without white space, control and zero-width characters."""
    if text.isascii() and text.isalnum():
        return text
    return "".join(char for char in text if unicodedata.category(char) not in _UNSEEN_CATEGORIES)


def tidy(text: str) -> str:
    """Return a cell as a value parser wants it: half width, single spaces, no invisible or leading quote characters."""
    spaced = _SPACES.sub(" ", half_width(text))
    seen = "".join(char for char in spaced if char == " " or unicodedata.category(char) not in _UNSEEN_CATEGORIES)
    return seen.strip().lstrip("'`‘’").strip()
