"""Reading plain text in any encoding."""

from pathlib import Path

from ingest.readers.encoding import read_text
from ingest.readers.guards import check_content
from ingest.readers.table import Refusal
from ingest.readers.textual import FILE_LIMIT, TEXT_LIMIT, ReaderText, one_line_end
from ingest.readers.unreadable import Unreadable

READER_ID = "plain"
VERSION = "1"


def read_plain(path: Path, encoding: str | None = None) -> ReaderText:
    """Read a text file; a form feed begins a page.

    Args:
        path: The file.
        encoding: What the user says it is in; wins over what its bytes say.

    Raises:
        Unreadable: Missing, empty, too large, no text, or not in that encoding.
    """
    check_content(path, frozenset({"text"}))
    if path.stat().st_size > FILE_LIMIT:
        raise Unreadable("file.too_long", path, size=str(path.stat().st_size))
    found = read_text(path, encoding)
    with found.content as content:
        if (nul := content.find(b"\0")) >= 0:
            raise Unreadable("file.nul", path, offset=str(nul))
        text = one_line_end(content[found.start :].decode("utf-8", "replace"))
    if not text.strip():
        raise Unreadable("file.empty", path)
    if len(text) > TEXT_LIMIT:
        raise Unreadable("file.too_long", path, size=str(len(text)))
    notes = [Refusal("file.big5", "warned", facts={"encoding": found.encoding})] if found.big5 else []
    pages = (0, *(place + 1 for place, char in enumerate(text) if char == "\f" and place + 1 < len(text)))
    return ReaderText(text, pages, READER_ID, VERSION, notes)
