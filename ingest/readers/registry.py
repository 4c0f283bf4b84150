"""Which reader reads which file: one entry a suffix."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ingest.readers import delimited, ocds, workbook
from ingest.readers.table import HeaderScore, RawTable
from ingest.readers.unreadable import Unreadable

__all__ = ["READERS", "Reader", "Unreadable", "read_table_again", "read_tables", "reader_of"]

Tables = Callable[[Path, str | None, HeaderScore | None, str | None, int | None], list[RawTable]]


@dataclass(frozen=True)
class Reader:
    """How files of some suffixes are read.

    Attributes:
        reader_id: Kept with the document; offsets and row numbers mean what this reader made of the file.
        version: Raised when the same bytes would be read in another way.
        kind: `table`, or `objects` that are read as tables (see `ocds`).
        tables: Reads tables from path, encoding, header score, sheet, header row; None where it reads none.
    """

    reader_id: str
    version: str
    kind: Literal["table", "objects"]
    tables: Tables | None = None


def _delimited(
    path: Path, encoding: str | None, score: HeaderScore | None, sheet: str | None, header_row: int | None
) -> list[RawTable]:
    return delimited.read_delimited(path, encoding=encoding, score=score, header_row=header_row)


def _workbook(
    path: Path, encoding: str | None, score: HeaderScore | None, sheet: str | None, header_row: int | None
) -> list[RawTable]:
    return workbook.read_workbook(path, score=score, sheet=sheet, header_row=header_row)


def _ocds(
    path: Path, encoding: str | None, score: HeaderScore | None, sheet: str | None, header_row: int | None
) -> list[RawTable]:
    return ocds.read_ocds(path, sheet)


_CSV = Reader(delimited.READER_ID, delimited.VERSION, "table", _delimited)
_BOOK = Reader(workbook.READER_ID, workbook.VERSION, "table", _workbook)
_JSON = Reader(ocds.READER_ID, ocds.VERSION, "objects", _ocds)

READERS: dict[str, Reader] = {
    ".csv": _CSV,
    ".tsv": _CSV,
    ".xlsx": _BOOK,
    ".xlsm": _BOOK,
    ".xls": _BOOK,
    ".jsonl": _JSON,
    ".ndjson": _JSON,
    ".json": _JSON,
}


def reader_of(path: Path) -> Reader:
    """Return the reader of a file by its suffix.

    Raises:
        Unreadable: None reads it.
    """
    reader = READERS.get(path.suffix.lower())
    if reader is None:
        raise Unreadable("file.unsupported", path, suffix=path.suffix.lower() or path.name, known="、".join(READERS))
    return reader


def _tables(path: Path) -> Tables:
    reader = reader_of(path)
    if reader.tables is None:
        known = "、".join(suffix for suffix, other in READERS.items() if other.tables is not None)
        raise Unreadable("file.unsupported", path, suffix=path.suffix.lower(), known=known)
    return reader.tables


def read_tables(path: Path, *, encoding: str | None = None, header_score: HeaderScore | None = None) -> list[RawTable]:
    """Read every table of a file.

    Args:
        path: The file.
        encoding: What the user says a text file is in.
        header_score: How much a row looks like a header, 0 for not at all.

    Returns:
        At least one table; rows that could not be read are in its refusals.

    Raises:
        Unreadable: Nothing in the file can be read.
    """
    return _tables(path)(path, encoding, header_score, None, None)


def read_table_again(path: Path, sheet: str | None, encoding: str | None, header_row: int) -> RawTable:
    """Read one table again the way it was read first: same bytes, same arguments, same rows.

    Raises:
        Unreadable: Nothing in the file can be read.
    """
    return _tables(path)(path, encoding, None, sheet, header_row)[0]
