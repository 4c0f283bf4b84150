"""The committed registers are what the script writes."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from nlp.identifiers import credit_code_fault

ROOT = Path(__file__).parents[2]
REGISTERS = ROOT / "examples" / "registers"


def _content(path: Path) -> dict[str, bytes] | bytes:
    """Return a file's bytes; of a workbook what is packed in it, which does not depend on the packer's version."""
    if path.suffix != ".xlsx":
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


def test_the_script_writes_the_committed_files(made: Path) -> None:
    assert _files(made) == _files(REGISTERS)
    assert [name for name in _files(made) if _content(made / name) != _content(REGISTERS / name)] == []


def test_credit_codes_are_of_no_company(made: Path) -> None:
    lines = (made / "登记" / "企业" / "企业登记.csv").read_text(encoding="gb18030").splitlines()[1:]
    codes = [line.split(",")[0] for line in lines]
    assert len(set(codes)) == len(codes)
    assert [code for code in codes if not code.startswith("919901") or credit_code_fault(code)] == []
