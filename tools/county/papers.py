"""The case files: texts of `tools/county/cases/` with their numbers filled in, written as txt, docx, pdf or scan.

A text's name says what it becomes: `甲.docx.txt`, `乙.pdf.txt`, `丙.scan.txt` (a PDF of one picture), `丁.gb.txt`
(plain text in GB18030), `戊.txt` (plain text in UTF-8). `{id 丁小波}` stands for the number that the registers give, so
that a text and a register speak of the same.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from county.pdf import text_pdf
from county.scan import scanned_pdf
from county.stories.stage import Stage
from county.word import word_file
from county.world import COUNTY

SOURCE = Path(__file__).with_name("cases")
_PLACE = re.compile(r"\{(\w+) ([^{}]+)\}")
_FORMS = {".docx.txt": ".docx", ".pdf.txt": ".pdf", ".scan.txt": ".pdf", ".gb.txt": ".txt", ".txt": ".txt"}


@dataclass(frozen=True)
class Paper:
    """One case file to be.

    Attributes:
        path: Below `examples/cases/`.
        form: Key of the forms: how it is written.
        lines: Its text, filled in.
    """

    path: str
    form: str
    lines: tuple[str, ...]


def _row(stage: Stage, table: str, column: str, value: str) -> dict[str, object]:
    found = [row for row in stage.county.book.rows[table] if row[column] == value]
    if len(found) != 1:
        raise KeyError(f"{table} {column} {value}: {len(found)} rows")
    return found[0]


def _firm(name: str) -> str:
    return f"{COUNTY}{name}有限公司"


def _filler(stage: Stage) -> Callable[[re.Match[str]], str]:
    c = stage.county

    def fill(place: re.Match[str]) -> str:
        kind, name = place.groups()
        if kind == "id":
            return c.people[name].id
        if kind == "card":
            return stage.card(name, queried=False)
        if kind == "code":
            return c.firms[_firm(name)].code
        if kind == "phone":
            return str(_row(stage, "企业登记", "企业名称", _firm(name))["联系电话"])
        if kind == "contract":
            return str(_row(stage, "合同", "合同名称", name)["合同编号"])
        if kind == "tender":
            return str(_row(stage, "招标项目", "项目名称", name)["项目编号"])
        raise KeyError(place.group())

    return fill


def papers(stage: Stage) -> list[Paper]:
    """Return all case files.

    Raises:
        KeyError: A text names a number that the registers do not have.
    """
    fill, made = _filler(stage), []
    for source in sorted(SOURCE.rglob("*.txt")):
        form = next(one for one in _FORMS if source.name.endswith(one))
        text = _PLACE.sub(fill, source.read_text(encoding="utf-8"))
        name = source.name.removesuffix(form) + _FORMS[form]
        path = source.parent.relative_to(SOURCE) / name
        made.append(Paper(path.as_posix(), form, tuple(text.rstrip("\n").split("\n"))))
    return made


def write_papers(made: list[Paper], folder: Path, font: Path | None) -> None:
    """Write case files below a folder.

    Args:
        made: The case files.
        folder: Where to.
        font: To draw scans with; without it a scan that is there is left as it is.
    """
    for paper in made:
        path = folder / paper.path
        path.parent.mkdir(parents=True, exist_ok=True)
        if paper.form == ".docx.txt":
            path.write_bytes(word_file(paper.lines))
        elif paper.form == ".pdf.txt":
            path.write_bytes(text_pdf(paper.lines))
        elif paper.form != ".scan.txt":
            encoding = "gb18030" if paper.form == ".gb.txt" else "utf-8"
            path.write_bytes(("\n".join(paper.lines) + "\n").encode(encoding))
        elif font is not None:
            path.write_bytes(scanned_pdf(paper.lines, font))
