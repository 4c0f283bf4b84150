"""Reading docx: headers, body with tables and text boxes in their order, footnotes, footers."""

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from lxml import etree

from ingest.readers.guards import check_content, check_zip
from ingest.readers.textual import TEXT_LIMIT, ReaderText, one_line_end
from ingest.readers.unreadable import Unreadable

READER_ID = "docx"
VERSION = "1"

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SKIPPED = frozenset(
    {
        f"{_W}del",
        f"{_W}moveFrom",
        f"{_W}instrText",
        f"{_W}rPr",
        f"{_W}pPr",
        f"{_W}delText",
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",  # repeats what stands beside it
    }
)
_PAGE = "\f"  # marks a page while the text is put together


def _inline(element: Any, boxes: list[Any]) -> Iterator[str]:
    """Yield the text of a paragraph's parts; text boxes are set aside."""
    for part in element:
        tag = part.tag
        if tag in _SKIPPED or not isinstance(tag, str):
            continue
        if tag == f"{_W}t":
            yield part.text or ""
        elif tag == f"{_W}tab":
            yield "\t"
        elif tag == f"{_W}br":
            yield _PAGE if part.get(f"{_W}type") == "page" else "\n"
        elif tag == f"{_W}cr":
            yield "\n"
        elif tag == f"{_W}noBreakHyphen":
            yield "-"
        elif tag == f"{_W}lastRenderedPageBreak":
            yield _PAGE
        elif tag == f"{_W}txbxContent":
            boxes.append(part)
        else:
            yield from _inline(part, boxes)


def _row(row: Any) -> str:
    """Return a table row: cells parted by tabs, paragraphs in a cell by spaces; a merged cell stands once."""
    cells = []
    for cell in row.iter(f"{_W}tc"):
        if cell.getparent() is not row and not _belongs(cell, row):
            continue  # of a table inside a cell, which is read with that cell
        merged = cell.find(f"{_W}tcPr/{_W}vMerge")
        goes_on = merged is not None and merged.get(f"{_W}val") in (None, "continue")
        cells.append("" if goes_on else " ".join(line for line in _lines(cell) if line.strip()).replace("\n", " "))
    return "\t".join(cells)


def _belongs(cell: Any, row: Any) -> bool:
    parent = cell.getparent()
    while parent is not None and parent.tag != f"{_W}tr":
        parent = parent.getparent()
    return parent is row


def _lines(container: Any) -> Iterator[str]:
    """Yield the lines of a body, cell, header or text box."""
    for part in container:
        if part.tag == f"{_W}p":
            boxes: list[Any] = []
            yield "".join(_inline(part, boxes))
            for box in boxes:
                yield from _lines(box)
        elif part.tag == f"{_W}tbl":
            for row in part.iter(f"{_W}tr"):
                if _of_table(row, part):
                    yield _row(row)
        elif part.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}smartTag", f"{_W}customXml"):
            yield from _lines(part)


def _of_table(row: Any, table: Any) -> bool:
    parent = row.getparent()
    while parent is not None and parent.tag != f"{_W}tbl":
        parent = parent.getparent()
    return parent is table


def _margins(document: Any, kind: str) -> list[str]:
    """Return the lines of headers or footers, each once however many sections repeat them."""
    found: dict[str, None] = {}
    for section in document.sections:
        for name in (kind, f"first_page_{kind}", f"even_page_{kind}"):
            part = getattr(section, name)
            if not part.is_linked_to_previous:
                found |= dict.fromkeys(line for line in _lines(part._element) if line.strip())
    return list(found)


def _notes(document: Any) -> list[str]:
    """Return the lines of footnotes and endnotes."""
    found: list[str] = []
    for part in document.part.package.iter_parts():
        if str(part.partname).endswith(("/footnotes.xml", "/endnotes.xml")):
            root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
            found += [line for note in root for line in _lines(note) if line.strip()]
    return found


def _paged(text: str) -> tuple[str, tuple[int, ...]]:
    """Take the page marks out and return where pages begin."""
    pages = [0]
    pieces = text.split(_PAGE)
    at = 0
    for piece in pieces[:-1]:
        at += len(piece)
        if at > pages[-1]:
            pages.append(at)
    return "".join(pieces), tuple(pages)


def read_docx(path: Path, encoding: str | None = None) -> ReaderText:
    """Read a docx file: what Word shows, without what was deleted in it.

    Args:
        path: The file.
        encoding: Not used; every text reader takes it.

    Raises:
        Unreadable: Missing, empty, encrypted, an old doc, a bomb, or damaged.
    """
    kind = check_content(path, frozenset({"zip", "ole"}))
    if kind == "ole":
        encrypted = "EncryptedPackage".encode("utf-16-le") in path.read_bytes()
        raise Unreadable("file.password" if encrypted else "file.old_word", path)
    check_zip(path)
    try:
        document: Any = docx.Document(str(path))
        lines = [*_margins(document, "header"), *_lines(document.element.body)]
        lines += [*_notes(document), *_margins(document, "footer")]
    except (
        PackageNotFoundError,
        KeyError,
        ValueError,
        zipfile.BadZipFile,
        etree.XMLSyntaxError,
        AttributeError,
    ) as error:
        raise Unreadable("file.damaged", path, detail=str(error)[:120]) from error
    text, pages = _paged(one_line_end("\n".join(lines)) + "\n")
    if not text.strip():
        raise Unreadable("file.no_text", path)
    if len(text) > TEXT_LIMIT:
        raise Unreadable("file.too_long", path, size=str(len(text)))
    return ReaderText(text, tuple(start for start in pages if start < len(text)), READER_ID, VERSION)
