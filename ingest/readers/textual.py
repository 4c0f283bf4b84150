"""What every text reader gives back: the text that all offsets count in, its pages, and what was not read."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from ingest.readers.table import Refusal

TEXT_LIMIT = 5_000_000  # characters: above this a file is an archive of texts, not one document
FILE_LIMIT = 300_000_000


@dataclass(frozen=True)
class Box:
    """Where a recognised line stands on its page.

    Attributes:
        start: First code point in the text.
        end: One past the last.
        page: From 1.
        corners: x and y of the four corners, clockwise from the top left, as shares of width and height.
        score: 0 to 1, as the recogniser rates itself.
    """

    start: int
    end: int
    page: int
    corners: tuple[float, ...]
    score: float


@dataclass(frozen=True)
class ReaderText:
    """A file as text.

    Attributes:
        text: Line ends are `\\n`; nothing else is changed. Offsets everywhere count its code points.
        pages: Where each page begins in it; the first is 0.
        reader: Id of the reader.
        version: Raised when the same bytes would give another text.
        notes: What could not be read, by page.
        boxes: Of recognised lines; empty when nothing was recognised from a picture.
        verified: False when any of the text was recognised from a picture and may be misread.
    """

    text: str
    pages: tuple[int, ...]
    reader: str
    version: str
    notes: list[Refusal] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    verified: bool = True

    def page_of(self, place: int) -> int:
        """Return the page, from 1, that holds a code point."""
        return page_at(self.pages, place)


def page_at(pages: Sequence[int], place: int) -> int:
    """Return the page, from 1, that holds a code point; `pages` are the places where pages begin."""
    return bisect_right(pages, place) or 1


def one_line_end(text: str) -> str:
    """Return the text with `\\n` as its only line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
