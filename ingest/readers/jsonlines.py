"""Reading JSON lines and JSON documents: OCDS releases and records, FollowTheMoney entities."""

import codecs
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import orjson

from ingest.readers.guards import check_content
from ingest.readers.table import RAW_LENGTH, Refusal
from ingest.readers.unreadable import Unreadable

READER_ID = "jsonlines"
VERSION = "1"

LINE_LIMIT = 64 << 20
DOCUMENT_LIMIT = 512 << 20
_PACKAGES = ("releases", "records")


@dataclass(frozen=True)
class JsonObject:
    """One object of a file.

    Attributes:
        line: Line on which it starts as a person counts; of a document with many objects, the line is 1.
        place: Its place among the objects of that line, from 1.
        value: The object.
    """

    line: int
    place: int
    value: dict[str, object]


def _members(value: object) -> list[object]:
    """Return the objects inside a package or an array, else the value itself.

    A record of OCDS has `releases` too, but is one object: it has an `ocid`, a package has none.
    """
    if isinstance(value, list):
        return value
    if isinstance(value, dict) and "ocid" not in value:
        for name in _PACKAGES:
            inside = value.get(name)
            if isinstance(inside, list):
                return inside
    return [value]


def _refusal(line: int, detail: str, raw: bytes) -> Refusal:
    text = raw[: 4 * RAW_LENGTH].decode("utf-8", "replace")[:RAW_LENGTH]
    return Refusal("row.json", "refused", row=line, sheet_row=line, facts={"detail": detail}, raw=text)


def _objects(line: int, raw: bytes) -> Iterator[JsonObject | Refusal]:
    try:
        members = _members(orjson.loads(raw))
    except orjson.JSONDecodeError as error:
        yield _refusal(line, str(error), raw)
        return
    for place, member in enumerate(members, 1):
        if isinstance(member, dict):
            yield JsonObject(line, place, member)
        else:
            yield _refusal(line, f"{type(member).__name__}, not an object", raw)


def _is_document(path: Path) -> bool:
    """Say whether the file is one document over several lines: its first line alone is not JSON but all of it is."""
    with path.open("rb") as stream:
        first = b""
        while not first:
            line = stream.readline(LINE_LIMIT)
            if not line:
                return False
            first = line.removeprefix(codecs.BOM_UTF8).strip()
        try:
            orjson.loads(first)
        except orjson.JSONDecodeError:
            return first[:1] in b"[{" and path.stat().st_size <= DOCUMENT_LIMIT and _parses(path)
    return False


def _parses(path: Path) -> bool:
    try:
        orjson.loads(path.read_bytes().removeprefix(codecs.BOM_UTF8))
    except orjson.JSONDecodeError:
        return False
    return True


def read_objects(path: Path) -> Iterator[JsonObject | Refusal]:
    """Read the objects of a JSON lines file or of one JSON document, in order.

    Args:
        path: UTF-8, with or without byte order mark.

    Yields:
        An object, or the refusal of a line that is none (`row.json`).

    Raises:
        Unreadable: Empty, or not text.
    """
    check_content(path, frozenset({"text"}))
    if _is_document(path):
        yield from _objects(1, path.read_bytes().removeprefix(codecs.BOM_UTF8))
        return
    seen = False
    with path.open("rb") as stream:
        number = 0
        while raw := stream.readline(LINE_LIMIT + 1):
            number += 1
            seen = seen or bool(raw.strip())
            if len(raw) > LINE_LIMIT:
                yield _refusal(number, f"a line of more than {LINE_LIMIT} bytes", raw)
                while raw and not raw.endswith(b"\n"):
                    raw = stream.readline(LINE_LIMIT)
                continue
            line = raw.removeprefix(codecs.BOM_UTF8) if number == 1 else raw
            if line.strip():
                yield from _objects(number, line)
    if not seen:
        raise Unreadable("file.empty", path)
