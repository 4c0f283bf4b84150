"""A changed text that knows where each of its characters stood."""

import re
from array import array
from collections.abc import Callable


class Mapped:
    """A text and, for each character, its place in the text it came from.

    Attributes:
        raw: The reader's text.
        text: The text now.
        at: Place in `raw` of each character of `text`, ascending.
    """

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.text = raw
        self.at = array("i", range(len(raw)))

    def same_length(self, text: str) -> None:
        """Replace the text by one of the same length.

        Raises:
            ValueError: The length differs.
        """
        if len(text) != len(self.text):
            raise ValueError("the replacement has another length")
        self.text = text

    def drop(self, pattern: re.Pattern[str], keep: Callable[[re.Match[str]], bool] | None = None) -> None:
        """Take out group `out` of every match, or the whole match when there is no such group.

        Args:
            pattern: What to look for.
            keep: Says which matches stay after all.
        """
        group: str | int = "out" if "out" in pattern.groupindex else 0
        spans = [found.span(group) for found in pattern.finditer(self.text) if keep is None or not keep(found)]
        self.drop_spans(spans)

    def drop_spans(self, spans: list[tuple[int, int]]) -> None:
        """Take out spans of the present text; ascending and apart from each other."""
        if not spans:
            return
        pieces: list[str] = []
        places = array("i")
        last = 0
        for start, end in spans:
            pieces.append(self.text[last:start])
            places.extend(self.at[last:start])
            last = max(last, end)
        pieces.append(self.text[last:])
        places.extend(self.at[last:])
        self.text, self.at = "".join(pieces), places

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where a span of the present text stands in the reader's text.

        Args:
            start: First character.
            end: One past the last; must be greater than `start`.
        """
        return self.at[start], self.at[end - 1] + 1
