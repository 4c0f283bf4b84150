"""A look into the XML of a workbook's sheets before it is opened: how large they are, and formulas without results.

The workbook library keeps a dense box from the first to the last cell, so two cells in opposite corners would take all
memory; and it shows a formula that was never calculated as an empty cell, which would be read as "nothing".
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ingest.readers.unreadable import Unreadable

_CHUNK = 1 << 20
_PARTS_LIMIT = 4 << 20
_FORMULAS_LIMIT = 100_000
_LONGEST_CELL = 64 << 10

_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_ROW = re.compile(rb"<(?:\w+:)?row[\s>/]")
_ROW_NUMBER = re.compile(rb"<(?:\w+:)?row\s[^>]*?\br=[\"']([0-9]+)")
# Cells without content end in "/>" and take no room.
_CELL = re.compile(rb"<(?:\w+:)?c\s[^>]*?\br=[\"']([A-Z]{1,3})[0-9]+[\"'][^>]*(?<!/)>")
_ANY_CELL = re.compile(rb"<(?:\w+:)?c[\s>][^>]*(?<!/)>|<(?:\w+:)?c>")
_FORMULA_CELL = re.compile(rb"<(?:\w+:)?c\s(?P<a>[^>]*(?<!/))>\s*(?P<f><(?:\w+:)?f[\s>/].*?)</(?:\w+:)?c>", re.DOTALL)
_PLACE = re.compile(rb"\br=[\"']([A-Z]{1,3})([0-9]+)")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>[^<]")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))


@dataclass
class SheetScan:
    """What was seen in one sheet.

    Attributes:
        rows: Last row with a cell that holds something.
        columns: Last column with such a cell, A is 1.
        formulas: (row, column) of formulas without a saved result, from 1.
    """

    rows: int = 0
    columns: int = 0
    formulas: list[tuple[int, int]] = field(default_factory=list)


def column_number(letters: bytes) -> int:
    """Return 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _attributes(tag: str) -> dict[str, str]:
    found = {}
    for name, double, single in _ATTRIBUTE.findall(tag):
        value = double or single
        for entity, char in _ENTITIES:
            value = value.replace(entity, char)
        found[name] = value
    return found


def _part(archive: zipfile.ZipFile, name: str) -> str:
    with archive.open(name) as stream:
        return stream.read(_PARTS_LIMIT).decode("utf-8", "replace")


def sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return sheet name -> name of its part in the archive."""
    names = set(archive.namelist())
    targets = {}
    for tag in _RELATION.findall(_part(archive, "xl/_rels/workbook.xml.rels")):
        relation = _attributes(tag)
        target = relation.get("Target", "")
        targets[relation.get("Id", "")] = target[1:] if target.startswith("/") else f"xl/{target}"
    parts = {}
    for tag in _SHEET.findall(_part(archive, "xl/workbook.xml")):
        sheet = _attributes(tag)
        identity = next((value for name, value in sheet.items() if name.endswith(":id")), "")
        part = targets.get(identity, "")
        if part in names and part.startswith("xl/worksheets/"):
            parts[sheet.get("name", "")] = part
    return parts


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """Yield the part in pieces that end between cells; an endless cell is cut."""
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            piece = rest + chunk
            cut = max(piece.rfind(b"<c "), piece.rfind(b":c "), piece.rfind(b"<row"))
            cut = piece.rfind(b"<", 0, cut + 1) if cut > 0 else -1
            if cut <= 0 or len(piece) - cut > _LONGEST_CELL:
                cut = piece.rfind(b"<") if piece.rfind(b"<") > 0 else len(piece)
            yield piece[:cut]
            rest = piece[cut:]
    yield rest


def _add_formulas(scan: SheetScan, piece: bytes) -> None:
    for found in _FORMULA_CELL.finditer(piece):
        attributes = found.group("a")
        has_text = b't="str"' in attributes and b"v>" in found.group("f")
        place = _PLACE.search(attributes)
        if place and not has_text and not _VALUE.search(found.group("f")) and len(scan.formulas) < _FORMULAS_LIMIT:
            scan.formulas.append((int(place.group(2)), column_number(place.group(1))))


def scan_sheet(archive: zipfile.ZipFile, part: str) -> SheetScan:
    """Read a sheet's XML once, in pieces.

    Raises:
        zipfile.BadZipFile: The part is not what the archive's directory says.
    """
    scan, counted, in_row = SheetScan(), 0, 0
    for piece in _pieces(archive, part):
        letters = _CELL.findall(piece)
        cells = len(_ANY_CELL.findall(piece))
        counted += len(_ROW.findall(piece))
        numbers = _ROW_NUMBER.findall(piece)
        if cells:
            scan.rows = max(scan.rows, counted, *map(int, numbers)) if numbers else max(scan.rows, counted)
        if letters:
            scan.columns = max(scan.columns, *map(column_number, set(letters)))
        if cells > len(letters):  # cells without a place: each stands after the one before it
            for place, row in enumerate(_ROW.split(piece)):
                in_row = len(_ANY_CELL.findall(row)) + (in_row if place == 0 else 0)
                scan.columns = max(scan.columns, in_row)
        if b"<f" in piece or b":f" in piece:
            _add_formulas(scan, piece)
    return scan


def scan_workbook(path: Path) -> dict[str, SheetScan]:
    """Scan every sheet, and read the shared texts through once so that a lying size is found out.

    Raises:
        Unreadable: No sound workbook.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            scans = {name: scan_sheet(archive, part) for name, part in sheet_parts(archive).items()}
            for name in archive.namelist():
                if name.endswith("sharedStrings.xml"):
                    with archive.open(name) as stream:
                        while stream.read(_CHUNK):
                            pass
    except KeyError as error:
        raise Unreadable("file.suffix", path, suffix=path.suffix.lower(), **_NO_WORKBOOK) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, ValueError) as error:
        raise Unreadable("file.damaged", path, detail=str(error)) from error
    return scans


_NO_WORKBOOK = {"actual_zh": "不含工作簿的压缩包", "actual_en": "a zip archive without a workbook"}
