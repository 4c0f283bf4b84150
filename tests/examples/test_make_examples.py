"""The committed registers and case files are what the script writes."""

import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from openpyxl import load_workbook

from nlp.identifiers import credit_code_fault

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
REGISTERS = EXAMPLES / "registers"
CASES = EXAMPLES / "cases"
# Drawn with a font of whoever made it; `tests/examples/test_example_papers.py` reads it instead.
SCAN = "线索/XS-2023-011/举报件.pdf"


def _content(path: Path) -> dict[str, bytes] | bytes:
    """Return a file's bytes; of an office file what is packed in it, which does not depend on the packer's version."""
    if path.suffix not in (".xlsx", ".docx"):
        return path.read_bytes()
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def _files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Run the script into a folder of its own."""
    folder = tmp_path_factory.mktemp("made")
    command = [sys.executable, str(ROOT / "tools" / "make_examples.py"), "--out", str(folder)]
    subprocess.run(command, check=True, capture_output=True, cwd=folder)
    return folder


def test_the_script_writes_the_committed_registers(made: Path) -> None:
    written = made / "registers"
    assert _files(written) == _files(REGISTERS)
    assert [name for name in _files(written) if _content(written / name) != _content(REGISTERS / name)] == []


def test_the_script_writes_the_committed_case_files(made: Path) -> None:
    written = made / "cases"
    assert [*_files(written), SCAN] == [*(name for name in _files(CASES) if name != SCAN), SCAN]
    assert [name for name in _files(written) if _content(written / name) != _content(CASES / name)] == []


def test_credit_codes_are_of_no_company(made: Path) -> None:
    lines = (made / "registers" / "登记" / "企业" / "企业登记.csv").read_text(encoding="gb18030").splitlines()[1:]
    codes = [line.split(",")[0] for line in lines]
    assert len(set(codes)) == len(codes)
    assert [code for code in codes if not code.startswith("919901") or credit_code_fault(code)] == []


def _text(name: str) -> str:
    content = (REGISTERS / name).read_bytes()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("gb18030")


@pytest.mark.parametrize(
    "form",
    [
        r"(?<![0-9])9901[0-9]{11}(?![0-9Xx])",  # fifteen digits
        r"'9901[0-9]{13}[0-9X]",  # an apostrophe from a sheet
        r"9901[0-9]{13}[0-9X]\t",  # a tab
        r"[\uff10-\uff19]{17}",  # full width
        r"[0-9]{17}x",
        r",20[0-9]{2}/[0-9]{1,2}/[0-9]{1,2}",
        r"20[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}日",
        r",20[0-9]{2}[01][0-9][0-3][0-9],",
        r"[0-9]万元",
        r"[壹贰叁肆伍陆柒捌玖]万?.*元整",
        r'"[0-9]{1,3}(,[0-9]{3})+\.[0-9]{2}"',
    ],
)
def test_forms_that_offices_really_write_occur(form: str) -> None:
    assert any(re.search(form, _text(name)) for name in _files(REGISTERS) if name.endswith(".csv"))


def _first_row(path: Path) -> list[object]:
    book = load_workbook(path)
    row = [cell.value for cell in book.worksheets[0][1]]
    book.close()
    return row


def test_encodings_and_workbooks_with_title_rows_occur() -> None:
    heads = {name: (REGISTERS / name).read_bytes() for name in _files(REGISTERS)}
    tables = {name: content for name, content in heads.items() if name.endswith(".csv")}
    marked = [name for name, content in tables.items() if content.startswith(b"\xef\xbb\xbf")]
    old = [name for name, content in tables.items() if "�" in content.decode("utf-8", "replace")]
    titled = [
        path for path in REGISTERS.rglob("*.xlsx") if _first_row(path)[1:].count(None) == len(_first_row(path)) - 1
    ]
    assert len(marked) >= 3
    assert len(old) >= 5
    assert len(titled) >= 5
    assert len(tables) - len(marked) - len(old) >= 10
