"""Reading the text of PDF files page by page; pages that are only pictures go through recognition when it is there."""

from pathlib import Path
from typing import Any

import pypdfium2 as pdfium

from ingest.readers import text_ocr
from ingest.readers.guards import check_content
from ingest.readers.table import Refusal
from ingest.readers.textual import FILE_LIMIT, TEXT_LIMIT, Box, ReaderText, one_line_end
from ingest.readers.unreadable import Unreadable

READER_ID = "pdf"
VERSION = "1"

_PASSWORD = 4  # FPDF_ERR_PASSWORD
_LEAST = 8  # a page with fewer characters of text and a picture on it is a scan with a stamp or a page number
_DOTS = 200 / 72  # pixels a point for recognition
_UNTEXT = {code: None for code in (0, 0xFFFE, 0xFFFF, 0xAD)} | {2: "-"}


def _open(path: Path) -> Any:
    try:
        return pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "assword" in str(error):
            raise Unreadable("file.password", path) from error
        raise Unreadable("file.damaged", path, detail=str(error)[:120]) from error


def _page_text(page: Any) -> str:
    textpage = page.get_textpage()
    try:
        return one_line_end(str(textpage.get_text_range())).translate(_UNTEXT).rstrip("\n")
    finally:
        textpage.close()


def _pictured(page: Any) -> bool:
    return any(True for _ in page.get_objects(filter=[pdfium.raw.FPDF_PAGEOBJ_IMAGE]))


class _Pages:
    """A PDF while it is read."""

    def __init__(self, recognising: bool) -> None:
        self.recognising = recognising
        self.pieces: list[str] = []
        self.starts: list[int] = []
        self.notes: list[Refusal] = []
        self.boxes: list[Box] = []
        self.scans = 0
        self.size = 0

    def add(self, number: int, page: Any) -> None:
        """Read one page."""
        text = _page_text(page)
        self.starts.append(self.size)
        if len(text.strip()) < _LEAST and _pictured(page):
            self.scans += 1
            if self.recognising:
                image = page.render(scale=_DOTS).to_numpy()
                text, boxes = text_ocr.recognise(image, number, self.size)
                self.boxes += boxes
            else:
                self.notes.append(Refusal("page.scan", "warned", facts={"page": str(number)}))
        self.pieces.append(text + "\n")
        self.size += len(text) + 1


def read_pdf(path: Path, encoding: str | None = None, *, recognise: bool | None = None) -> ReaderText:
    """Read a PDF file.

    Args:
        path: The file.
        encoding: Not used; every text reader takes it.
        recognise: Read pages that are pictures; None for whether the extra `ocr` is installed.

    Raises:
        Unreadable: Missing, empty, encrypted, damaged, too large, or only pictures and no recogniser installed.
    """
    check_content(path, frozenset({"pdf"}))
    if path.stat().st_size > FILE_LIMIT:
        raise Unreadable("file.too_long", path, size=str(path.stat().st_size))
    document = _open(path)
    found = _Pages(text_ocr.available() if recognise is None else recognise)
    try:
        for number in range(len(document)):
            page = document[number]
            found.add(number + 1, page)
            page.close()
            if found.size > TEXT_LIMIT:
                raise Unreadable("file.too_long", path, size=str(found.size))
    except pdfium.PdfiumError as error:
        raise Unreadable("file.damaged", path, detail=str(error)[:120]) from error
    finally:
        document.close()
    text = "".join(found.pieces)
    if not text.strip():
        raise Unreadable("file.scan" if found.scans and not found.recognising else "file.no_text", path)
    starts = tuple(found.starts)
    return ReaderText(text, starts, READER_ID, VERSION, found.notes, found.boxes, verified=not found.boxes)
