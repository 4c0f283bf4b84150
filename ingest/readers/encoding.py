"""Which encoding a text file is in, and its content as UTF-8 in memory that the system pages in.

Order: what the user says; a byte order mark; strict UTF-8 over the whole file; strict GB18030. Never a guess beyond.
"""

import codecs
import mmap
import struct
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import pyarrow as pa

from ingest.readers.guards import LINE_LIMIT
from ingest.readers.unreadable import Unreadable

_CHUNK = 4 << 20
_SAMPLE = 1 << 16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# The older Chinese standards are parts of GB18030, and files that claim them use its characters.
_WIDENED = {"gb2312": "gb18030", "gbk": "gb18030", "hz": "hz", "ascii": "utf-8", "big5": "big5hkscs"}


@dataclass(frozen=True)
class Text:
    """A decoded file.

    Attributes:
        content: UTF-8 from its first character, without byte order mark.
        start: Offset of that first character in `content`.
        encoding: What the file was in.
        big5: True when it looks like Big5 although it was read as something else.
    """

    content: mmap.mmap
    start: int
    encoding: str
    big5: bool


def _valid_utf8(content: mmap.mmap) -> bool:
    """Check all bytes at the speed of memory: one Arrow string over the mapped file."""
    offsets = pa.py_buffer(struct.pack("<qq", 0, len(content)))
    try:
        pa.Array.from_buffers(pa.large_string(), 1, [None, offsets, pa.py_buffer(content)]).validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _bad_offset(content: mmap.mmap, encoding: str) -> int | None:
    """Return the offset of the first byte that cannot be decoded; None when all can."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    for at in range(0, len(content), _CHUNK):
        chunk = content[at : at + _CHUNK]
        pending = len(decoder.getstate()[0])
        try:
            decoder.decode(chunk, final=at + _CHUNK >= len(content))
        except UnicodeDecodeError as error:
            return at - pending + error.start
    return None


def _mostly_utf8(content: mmap.mmap, bad: int) -> bool:
    """Say whether a file that fails as UTF-8 is UTF-8 with a damaged place.

    GB18030 accepts most such files and turns every name into rubbish, so they must not fall through to it.
    """
    sample = content[:_SAMPLE] + content[max(_SAMPLE, bad - _SAMPLE) : bad + _SAMPLE]
    text = sample.decode("utf-8", "replace")
    good = sum("\u2e80" <= char <= "\uffef" for char in text if char != "\ufffd")
    return good > 5 * text.count("\ufffd")


def _looks_big5(sample: bytes) -> bool:
    """Say whether two-byte characters are common ones as Big5 and mostly rare ones as GB18030."""
    try:
        codecs.getincrementaldecoder("big5")("strict").decode(sample)
    except UnicodeDecodeError:
        return False
    pairs: list[tuple[int, int]] = []
    at = 0
    while at < len(sample) - 1:
        wide = sample[at] > 0x80
        if wide:
            pairs.append((sample[at], sample[at + 1]))
        at += 2 if wide else 1
    common_big5 = sum(0xA4 <= lead <= 0xC6 for lead, _ in pairs)
    common_gb = sum(0xB0 <= lead <= 0xD7 and trail >= 0xA1 for lead, trail in pairs)
    return len(pairs) >= 4 and common_big5 > 0.8 * len(pairs) and common_gb < 0.6 * len(pairs)


def _detect(content: mmap.mmap, path: Path) -> tuple[str, int]:
    for mark, encoding in _MARKS:
        if content[: len(mark)] == mark:
            return encoding, len(mark)
    if _valid_utf8(content):
        return "utf-8", 0
    bad = _bad_offset(content, "utf-8") or 0
    if _mostly_utf8(content, bad):
        raise Unreadable("file.encoding", path, encoding="utf-8", offset=str(bad))
    return "gb18030", 0


def _named(encoding: str, content: mmap.mmap, path: Path) -> tuple[str, int]:
    try:
        name = codecs.lookup(encoding).name
        codecs.getincrementaldecoder(name)
    except LookupError as error:
        raise Unreadable("file.encoding_unknown", path, encoding=encoding) from error
    name = _WIDENED.get(name, name)
    for mark, marked in _MARKS:
        if content[: len(mark)] == mark and name in (marked, marked[:6], "utf-8-sig"):
            return marked, len(mark)
    return name, 0


def _mapped(stream: BinaryIO) -> mmap.mmap:
    return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)


def _transcoded(content: mmap.mmap, start: int, encoding: str, path: Path) -> mmap.mmap:
    """Write the file as UTF-8 into an unnamed temporary file, piece by piece, and map that."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    with tempfile.TemporaryFile() as target:
        run = 0  # bytes since the last line end, so that one endless line stops early
        for at in range(start, len(content), _CHUNK):
            pending = len(decoder.getstate()[0])
            try:
                text = decoder.decode(content[at : at + _CHUNK], final=at + _CHUNK >= len(content))
            except UnicodeDecodeError as error:
                offset = str(at - pending + error.start)
                raise Unreadable("file.encoding", path, encoding=encoding, offset=offset) from error
            piece = text.encode("utf-8", "surrogatepass")
            target.write(piece)
            last = max(piece.rfind(b"\n"), piece.rfind(b"\r"))
            run = run + len(piece) if last < 0 else len(piece) - last
            if run > _CHUNK + LINE_LIMIT:
                raise Unreadable("file.one_line", path, offset="0", limit=str(LINE_LIMIT))
        target.flush()
        if target.tell() == 0:
            raise Unreadable("file.empty", path)
        return _mapped(target)


def read_text(path: Path, encoding: str | None = None) -> Text:
    """Decode a text file that is not empty.

    Args:
        path: The file.
        encoding: What the user says it is in; wins over everything else.

    Raises:
        Unreadable: It cannot be decoded.
    """
    with path.open("rb") as stream:
        content = _mapped(stream)
    found, start = _named(encoding, content, path) if encoding else _detect(content, path)
    big5 = found == "gb18030" and encoding is None and _looks_big5(content[:_SAMPLE])
    if found == "utf-8":
        bad = None if (encoding is None and start == 0) or _valid_utf8(content) else _bad_offset(content, "utf-8")
        if bad is not None:
            raise Unreadable("file.encoding", path, encoding=found, offset=str(bad))
        return Text(content, start, found, big5)
    return Text(_transcoded(content, start, found, path), 0, found, big5)


def check_lines(text: Text, path: Path) -> None:
    """Refuse NUL characters and lines too long for a table, in one pass that jumps from line end to line end.

    Raises:
        Unreadable: NUL, an endless line, or nothing but white space.
    """
    content, size = text.content, len(text.content)
    if content.find(b"\0") >= 0:
        raise Unreadable("file.nul", path, offset=str(content.find(b"\0")))
    at = text.start
    while size - at > LINE_LIMIT:
        end = max(content.rfind(b"\n", at, at + LINE_LIMIT), content.rfind(b"\r", at, at + LINE_LIMIT))
        if end < 0:
            raise Unreadable("file.one_line", path, offset=str(at), limit=str(LINE_LIMIT))
        at = end + 1
    if size - text.start <= LINE_LIMIT and not content[text.start :].strip():
        raise Unreadable("file.empty", path)
