"""研判单: one A4 page in DOCX that says what a hit is, with room for what a person proposes.

What does not fit on the page is cut, and said to be in the pack: text is counted in lines of a fixed height before it
is written, because nothing here can lay out a Word document.
"""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from app.services.pack.dossier import Cited, Dossier, Head
from app.services.pack.drawing import WIDTH, note_lines
from app.services.pack.plain import fit, wrap
from app.services.pack.shapes import shapes
from app.services.pack.timeline import Event, telling

_PAGE = (595.3, 841.9)
_MARGINS = (36.0, 40.0)
_LABEL = 62.0
_CONTENT = WIDTH + 8.0
_PAD = 4.0
_BODY, _SMALL, _LINE = 9.0, 8.0, 12.0
_FONT = "SimSun"
# Title, head line, footer and the rims of the rows.
_FIXED = 25.0 + 14.0 + 24.0 + 8 * 3.5 + 14.0
_OPINION = 74.0
# Of what is left, in this order: at most so many lines each, at least two.
_MOST_PROBLEM = 6
_SHARES = {"missing": 4, "clears": 8, "timeline": 12, "sources": 20}
# Fonts differ a little in how wide they are.
_SLACK = 0.94
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class _Texts:
    """The lines of each part, cut to the page; the problem is one text, which Word breaks into its lines."""

    problem: str
    missing: list[str]
    clears: list[str]
    timeline: list[str]
    sources: list[str]


def _columns(size: float) -> float:
    """Return how many Han characters a line surely holds."""
    return _SLACK * (_CONTENT - 2 * _PAD) / size


def _in_turns(cited: Sequence[Cited]) -> list[Cited]:
    """Return sources so that the first few show every step of the path."""
    steps: dict[str, list[Cited]] = {}
    for one in cited:
        steps.setdefault(one.about, []).append(one)
    longest = max(map(len, steps.values()), default=0)
    return [some[at] for at in range(longest) for some in steps.values() if at < len(some)]


def _cut(lines: list[str], most: int, head: Head) -> list[str]:
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], head.word("pack.more_lines", count=len(lines) - most + 1)]


def _told(event: Event) -> str:
    return f"{event.day}{' – ' + event.until if event.until else ''}  {event.text}"


def _lines(part: str, one: Dossier, most: int, head: Head) -> list[str]:
    """Return a part in at most so many lines, of any length."""
    if part == "timeline" and len(one.events) > most:
        rest = head.word("pack.more_lines", count=len(one.events) - most + 1)
        return [*map(_told, telling(one.events, most - 1)), rest]
    if part == "timeline":
        return list(map(_told, one.events))
    if part == "sources":
        sources = [f"{cited.about} · {cited.place} · {cited.claim}:{cited.quote}" for cited in _in_turns(one.cited)]
        return _cut(sources, most, head)
    if part == "clears":
        # Whether it was found stands first, and what was found before the rest: neither may be what is cut.
        ordered = sorted(one.looked, key=lambda item: not item.found)
        return _cut([f"{item.state} —— {item.when}" for item in ordered], most, head)
    return _cut(list(one.missing), most, head)


def _texts(one: Dossier, head: Head, room: float) -> _Texts:
    """Cut every part so that together they are no higher than `room` points."""
    body, small = _columns(_BODY), _columns(_SMALL)
    problem = wrap(one.problem, body, _MOST_PROBLEM)
    left, kept_back = int(room / _LINE) - len(problem), 2 * len(_SHARES)
    found: dict[str, list[str]] = {}
    for part, share in _SHARES.items():
        kept_back -= 2
        width = small if part in ("timeline", "sources") else body
        lines = [fit(line, width) for line in _lines(part, one, max(2, min(share, left - kept_back)), head)]
        found[part] = lines or [head.word("pack.none")]
        left -= len(found[part])
    return _Texts("".join(problem) if problem[-1].endswith("…") else one.problem, **found)


def _run(paragraph: Paragraph, text: str, size: float, bold: bool = False) -> None:
    run = paragraph.add_run(text)
    run.font.size, run.bold = Pt(size), bold
    run.font.name = "Times New Roman"
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), _FONT)


def _spaced(paragraph: Paragraph, line: float | None) -> Paragraph:
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    if line is not None:
        form.line_spacing = Pt(line)
    return paragraph


def _write(cell: _Cell, lines: Sequence[str], size: float) -> None:
    for at, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        _run(_spaced(paragraph, _LINE), line, size)


def _sized(cell: _Cell, width: float) -> None:
    cell.width = Pt(width)
    margins = OxmlElement("w:tcMar")
    for side, value in (("top", 1.5), ("left", _PAD), ("bottom", 1.5), ("right", _PAD)):
        one = OxmlElement(f"w:{side}")
        one.set(qn("w:w"), str(round(value * 20)))
        one.set(qn("w:type"), "dxa")
        margins.append(one)
    cell._element.get_or_add_tcPr().append(margins)


def _row(table: Any, label: str) -> _Cell:
    name, content = table.add_row().cells
    _sized(name, _LABEL)
    _sized(content, _CONTENT)
    _run(_spaced(name.paragraphs[0], _LINE), label, _BODY, bold=True)
    return content  # type: ignore[no-any-return]


def _draw(cell: _Cell, one: Dossier, head: Head) -> None:
    paragraph = _spaced(cell.paragraphs[0], None)
    paragraph._p.append(parse_xml(shapes(one.drawing, head.word("pack.picture"))))
    for line in _under(one, head):
        _run(_spaced(cell.add_paragraph(), _LINE - 2), line, _SMALL - 1)


def _under(one: Dossier, head: Head) -> list[str]:
    """Return what is said under the picture, a line each."""
    width = _columns(_SMALL - 1)
    more = [head.word("pack.picture_more", count=one.left_out)] if one.left_out else []
    return [*note_lines(one.drawing, width), fit("".join([head.word("pack.legend"), *more]), width)]


def _opinion(cell: _Cell, table: Any, head: Head) -> None:
    height = OxmlElement("w:trHeight")
    height.set(qn("w:val"), str(round(_OPINION * 20)))
    height.set(qn("w:hRule"), "atLeast")
    table.rows[-1]._tr.get_or_add_trPr().append(height)
    for _ in range(4):
        _spaced(cell.add_paragraph(), _LINE)
    _run(_spaced(cell.add_paragraph(), _LINE), head.word("pack.signature"), _BODY)


def _started(head: Head, title: str) -> DocxDocument:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Pt(_PAGE[0]), Pt(_PAGE[1])
    section.top_margin = section.bottom_margin = Pt(_MARGINS[0])
    section.left_margin = section.right_margin = Pt(_MARGINS[1])
    section.header_distance = section.footer_distance = Pt(18)
    core = document.core_properties
    core.title, core.author, core.last_modified_by, core.comments = title, "shenwa", "shenwa", ""
    core.created = core.modified = head.made
    core.language = "zh-CN" if head.lang == "zh" else "en"
    return document


def _ended(document: DocxDocument) -> bytes:
    """Return the bytes of a document, the same for the same content: the library stamps each part with the clock."""
    written, out = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return out.getvalue()


def sheet(one: Dossier, head: Head) -> bytes:
    """Return the sheet of a hit."""
    word, title = head.word, head.word("pack.sheet")
    document = _started(head, title)
    first = _spaced(document.add_paragraph(), 25)
    first.alignment = WD_TABLE_ALIGNMENT.CENTER  # type: ignore[assignment]
    _run(first, title, 16, bold=True)
    line = f"{word('pack.number')}:{one.hit.fingerprint}    {one.title}    {one.state}    {head.made:%Y-%m-%d}"
    _run(_spaced(document.add_paragraph(), 14), fit(line, (_LABEL + _CONTENT) / _BODY), _BODY)
    picture = one.drawing.height + 4 + len(_under(one, head)) * (_LINE - 2)
    texts = _texts(one, head, _PAGE[1] - 2 * _MARGINS[0] - _FIXED - _OPINION - picture)
    table = document.add_table(rows=0, cols=2)
    table.style, table.autofit = "Table Grid", False
    for column, width in zip(table.columns, (_LABEL, _CONTENT), strict=True):
        column.width = Pt(width)
    _write(_row(table, word("pack.problem")), [texts.problem], _BODY)
    _draw(_row(table, word("pack.picture")), one, head)
    _write(_row(table, word("pack.timeline")), texts.timeline, _SMALL)
    _write(_row(table, word("pack.sources")), texts.sources, _SMALL)
    _write(_row(table, word("pack.missing")), texts.missing, _BODY)
    _write(_row(table, word("pack.clears")), texts.clears, _BODY)
    _opinion(_row(table, word("pack.opinion")), table, head)
    _run(_spaced(document.add_paragraph(), _LINE), one.footer, _SMALL)
    return _ended(document)
