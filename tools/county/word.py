"""Word files of the county: a title, paragraphs, and tables where lines have cells."""

import io
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH

from county.book import timeless

_CELL = " | "
_MADE = datetime(2024, 1, 1)


def _is_row(line: str) -> bool:
    return _CELL in line


def word_file(lines: Sequence[str]) -> bytes:
    """Return a Word file; the first line is its title, lines with ` | ` are rows of a table.

    The same lines give the same content.
    """
    document = Document()
    head = document.add_paragraph(lines[0])
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for table, found in groupby(lines[1:], _is_row):
        block = list(found)
        if not table:
            for line in block:
                document.add_paragraph(line)
            continue
        rows = [[cell.strip() for cell in line.split(_CELL.strip())] for line in block]
        grid = document.add_table(rows=0, cols=max(len(row) for row in rows))
        grid.style = "Table Grid"
        for row in rows:
            for cell, text in zip(grid.add_row().cells, row, strict=False):
                cell.text = text
    document.core_properties.author = "青石县"
    document.core_properties.created = document.core_properties.modified = _MADE
    fresh = io.BytesIO()
    document.save(fresh)
    return timeless(fresh.getvalue())
