"""A page of a scan as a picture, so that people see what was recognised."""

from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium

_PICTURES = frozenset({".png", ".jpg", ".jpeg"})
_SCALE = 110 / 72  # pixels a point: legible on a screen, and small


def page_picture(originals: Path, doc: str, page: int) -> bytes | None:
    """Return a page of an original as PNG or JPEG.

    Args:
        originals: Folder of the originals, `<doc><suffix>`.
        doc: The document.
        page: From 1.

    Returns:
        The picture; None when the original is gone or has no such page.
    """
    for file in sorted(originals.glob(f"{doc}.*")):
        suffix = file.suffix.lower()
        if suffix in _PICTURES:
            return file.read_bytes()
        if suffix == ".pdf":
            return _rendered(file, page)
    return None


def _rendered(file: Path, page: int) -> bytes | None:
    try:
        document = pdfium.PdfDocument(file)
    except pdfium.PdfiumError:
        return None
    try:
        if not 0 < page <= len(document):
            return None
        written = BytesIO()
        document[page - 1].render(scale=_SCALE).to_pil().save(written, format="PNG")
        return written.getvalue()
    finally:
        document.close()
