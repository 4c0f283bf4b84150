"""What a case or lead shares with others as CSV and as a workbook: the rows that are shown, and every source."""

import csv
from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.services.related import Joint, Related, Side
from app.services.ties import Tie
from graph.errors import Lang

_HEADERS = {
    "zh": {
        "rows": ("关联到", "关联方式", "本案中", "身份", "彼案中", "身份", "经由", "见于几案", "所在案件", "分值"),
        "ties": ("关系", "起点", "终点", "内容", "起", "止", "文件", "位置", "原文"),
        "titles": ("案中案", "出处"),
    },
    "en": {
        "rows": ("other", "tie", "here", "role", "there", "role", "via", "seen in", "a party in", "score"),
        "ties": ("tie", "from", "to", "what", "since", "until", "file", "place", "words"),
        "titles": ("other cases", "sources"),
    },
}
_WIDTH = 22


def _text(value: object) -> object:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" else value


def role_of(side: Side, words: Mapping[str, str]) -> str:
    """Return how a side stands in its case, in the reader's language."""
    return (side.role or words["party"]) if side.party else words["named"]


def _cells(one: Joint, words: Mapping[str, str]) -> list[object]:
    ends = [one.here.who.name, role_of(one.here, words), one.there.who.name, role_of(one.there, words)]
    via = one.via.name if one.via else ""
    cells = [one.other.name, words[f"tie_{one.tie}"], *ends, via, one.seen_in, "、".join(one.charged), one.score]
    return [_text(cell) for cell in cells]


def as_csv(found: Related, shown: Sequence[Joint], words: Mapping[str, str], lang: Lang) -> bytes:
    """Return the rows as CSV that spreadsheets open with its Chinese intact.

    Args:
        found: Of which case or lead; its number is in the file's name only.
        shown: The rows that the reader sees, filters applied.
        words: `tie_*`, `party` and `named` in the reader's language.
        lang: Of the header.
    """
    out = StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(_HEADERS[lang]["rows"])
    writer.writerows(_cells(one, words) for one in shown)
    return out.getvalue().encode("utf-8-sig")


def _fill(sheet: Worksheet, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    sheet.append(list(header))
    for row in rows:
        sheet.append(list(row))
    sheet.freeze_panes = "A2"
    for at in range(len(header)):
        sheet.column_dimensions[chr(ord("A") + at)].width = _WIDTH


def workbook(
    found: Related, shown: Sequence[Joint], ties: Mapping[str, Tie], words: Mapping[str, str], lang: Lang
) -> bytes:
    """Return a workbook: the rows that are shown, and the sources of each tie that they rest on.

    Args:
        found: Of which case or lead.
        shown: The rows that the reader sees, filters applied.
        ties: By eid, from `app.services.related.grounds`.
        words: As for `as_csv`.
        lang: Of the headers.
    """
    headers = _HEADERS[lang]
    book = Workbook()
    book.remove(book.worksheets[0])
    _fill(book.create_sheet(headers["titles"][0]), headers["rows"], [_cells(one, words) for one in shown])
    used = dict.fromkeys(eid for one in shown for eid in one.eids if eid in ties)
    sources: list[list[object]] = []
    for tie in (ties[eid] for eid in used):
        days = [day and day.isoformat() for day in (tie.start, tie.end)]
        ends = [tie.type, tie.source.name, tie.target.name, tie.label(lang), *days]
        sources += [[_text(cell) for cell in (*ends, one.file, one.locator, one.quote)] for one in tie.sources]
    _fill(book.create_sheet(headers["titles"][1]), headers["ties"], sources)
    out = BytesIO()
    book.save(out)
    return out.getvalue()
