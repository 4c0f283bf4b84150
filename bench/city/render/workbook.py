"""Writing XLSX with the same bytes each time: openpyxl stamps the hour into its files."""

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

_STAMPS = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:(?:created|modified)>")
_FIXED = (2024, 1, 2, 8, 0, 0)


def write_workbook(path: Path, title: str, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write a sheet with a title row above its header; every cell is text.

    Args:
        path: The file.
        title: First row; also the sheet's name.
        header: Second row.
        rows: Data.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:30])
    sheet.append([title])
    sheet.append(list(header))
    for row in rows:
        sheet.append(list(row))
    raw = io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist()):
            content = _STAMPS.sub(rb"", source.read(name))
            info = zipfile.ZipInfo(name, date_time=_FIXED)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, content)
