"""Which reader reads which text file: one entry a suffix."""

from collections.abc import Callable
from pathlib import Path

from ingest.readers.docx_text import read_docx
from ingest.readers.pdf_text import read_pdf
from ingest.readers.plain import read_plain
from ingest.readers.text_ocr import read_picture
from ingest.readers.textual import ReaderText
from ingest.readers.unreadable import Unreadable

TEXT_READERS: dict[str, Callable[[Path, str | None], ReaderText]] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_plain,
    ".docx": read_docx,
    ".docm": read_docx,
    ".pdf": read_pdf,
    ".png": read_picture,
    ".jpg": read_picture,
    ".jpeg": read_picture,
}
_OLD_WORD = frozenset({".doc", ".wps", ".rtf"})


def reads_text(path: Path) -> bool:
    """Say whether a file's suffix is that of a text."""
    return path.suffix.lower() in TEXT_READERS


def read_text_file(path: Path, encoding: str | None = None) -> ReaderText:
    """Read a file as text.

    Args:
        path: The file.
        encoding: What the user says a plain text is in.

    Raises:
        Unreadable: Nothing in it can be read; its sentence says why.
    """
    suffix = path.suffix.lower()
    reader = TEXT_READERS.get(suffix)
    if reader is None and suffix in _OLD_WORD:
        raise Unreadable("file.old_word", path)
    if reader is None:
        raise Unreadable("file.unsupported", path, suffix=suffix or path.name, known="、".join(TEXT_READERS))
    if path.is_dir():
        raise Unreadable("file.missing", path, detail="folder")
    return reader(path, encoding)
