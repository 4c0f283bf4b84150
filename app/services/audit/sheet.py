"""The audit sheet as a workbook: the rows, their sums, and every tie with its source."""

from io import BytesIO

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from app.services.audit.auditing import Audit
from app.services.citing import Cited
from app.services.ties import Tie
from graph.errors import Lang

_ROWS_ZH = "公职人员 合同编号 合同名称 签订日期 金额 时间关系 与采购单位 职权程度 人员同一性"
_ROWS_EN = "official contract name signed amount standing reach power identity"
_HEADERS = {
    "zh": {
        "rows": tuple(_ROWS_ZH.split()),
        "totals": ("公职人员", "与采购单位", "职权程度", "合同份数", "金额合计", "金额不详份数"),
        "ties": ("关系", "起点", "终点", "内容", "起", "止", "文件", "位置", "原文"),
        "titles": ("明细", "合计", "关联与出处"),
    },
    "en": {
        "rows": tuple(_ROWS_EN.split()),
        "totals": ("official", "reach", "power", "contracts", "amount", "unknown amounts"),
        "ties": ("tie", "from", "to", "what", "since", "until", "file", "place", "words"),
        "titles": ("rows", "totals", "ties and sources"),
    },
}
_WIDTHS = (18, 22, 30, 14, 16, 18, 16, 12, 60)


def _text(value: object) -> object:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@" else value


def _fill(sheet: Worksheet, header: tuple[str, ...], rows: list[list[object]]) -> None:
    sheet.append(list(header))
    for row in rows:
        sheet.append([_text(cell) for cell in row])
    sheet.freeze_panes = "A2"
    for at, width in enumerate(_WIDTHS[: len(header)]):
        sheet.column_dimensions[chr(ord("A") + at)].width = width


def _tie(tie: Tie, cited: Cited, lang: Lang) -> list[object]:
    days = [day and day.isoformat() for day in (tie.start, tie.end)]
    ends = [tie.source.name, tie.target.name, tie.label(lang)]
    return [tie.type, *ends, *days, cited.file, cited.locator, cited.quote]


def workbook(found: Audit, words: dict[str, str], lang: Lang) -> bytes:
    """Return the workbook of an audit.

    Args:
        found: The audit.
        words: Standings and reaches in the reader's language.
        lang: Of the headers.
    """
    names = {one.person.id: one.person.name for one in found.officials}
    headers = _HEADERS[lang]
    rows: list[list[object]] = [
        [
            names.get(row.person, row.person),
            row.contract.code,
            row.contract.name,
            row.contract.first.isoformat() if row.contract.first else None,
            row.contract.amount,
            words[row.standing],
            words[row.reach],
            f"P{row.grade}",
            words[row.identity],
        ]
        for row in found.rows
    ]
    totals: list[list[object]] = [
        [
            names.get(one.person, one.person),
            words[one.reach],
            f"P{one.grade}",
            one.contracts,
            one.amount,
            one.unknown_amounts,
        ]
        for one in found.totals
    ]
    ties = [_tie(tie, cited, lang) for tie in found.ties.values() for cited in tie.sources]
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, key, body in zip(headers["titles"], ("rows", "totals", "ties"), (rows, totals, ties), strict=True):
        _fill(book.create_sheet(title), headers[key], body)
    out = BytesIO()
    book.save(out)
    return out.getvalue()
