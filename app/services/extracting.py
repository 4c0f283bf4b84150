"""What would be read from a text file, without importing it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.readers.texts import read_text_file, reads_text
from ingest.readers.textual import ReaderText
from ingest.readers.unreadable import Unreadable
from nlp.extraction import Extraction


@dataclass(frozen=True)
class Read:
    """One file: its text or why there is none.

    Attributes:
        shown: The path as the user gave it.
        content: The reader's text; None when nothing could be read.
        fault: Why not; None when it was read.
    """

    shown: str
    content: ReaderText | None
    fault: Unreadable | None


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield files; a folder stands for the text files below it, hidden ones and lock files apart."""
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        for file in sorted(path.rglob("*")):
            hidden = any(part.startswith((".", "~$")) for part in file.relative_to(path).parts)
            if file.is_file() and not hidden and reads_text(file):
                yield file


def read_files(paths: Iterable[Path], encoding: str | None = None) -> Iterator[Read]:
    """Read files one by one; a file that cannot be read does not stop the others.

    Args:
        paths: Files or folders.
        encoding: What the user says plain texts are in.
    """
    for path in _files(paths):
        try:
            yield Read(path.as_posix(), read_text_file(path, encoding), None)
        except Unreadable as error:
            yield Read(path.as_posix(), None, error)


def extract_files(reads: Iterable[Read]) -> Iterator[tuple[Read, Extraction | None]]:
    """Read what files say, in their order; None beside a file that could not be read."""
    from nlp.pipeline import extract_many

    waiting: list[Read] = []

    def texts() -> Iterator[str]:
        for one in reads:
            waiting.append(one)
            if one.content is not None:
                yield one.content.text

    for found in extract_many(texts()):
        while waiting and waiting[0].content is None:
            yield waiting.pop(0), None
        yield waiting.pop(0), found
    while waiting:
        yield waiting.pop(0), None
