"""Files that would take all time or memory: refused with a sentence each, while the good file among them is read.

One child imports them all: it may use little memory and little time, and tells what it used.
"""

import json
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import openpyxl
import pytest

from ingest.readers.guards import OLE
from tests.support.registers import person_id, write_rows

ROOT = Path(__file__).parents[2]
SECONDS = 60
MEGABYTES = 900
GOOD = {"姓名": "韩冬生", "身份证号": person_id(1), "单位": "示例县水务局", "职务": "副局长", "任职日期": "2021-03-05"}
HEADER = ",".join(GOOD)

CHILD = """
import json, resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (12 << 30, 12 << 30))
from tests.support.registers import Ground
ground = Path(sys.argv[2]); ground.mkdir()
report = Ground(ground).take(Path(sys.argv[1]))
files = {file.path: [file.state, file.rows, file.unreadable, [[f["code"], f["sheet"]] for f in file.faults]]
         for file in report.files}
# `ru_maxrss` would start at the size of the process that started this one: a long run of tests is a large one.
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines())
print(json.dumps({"files": files, "peak": int(status["VmHWM"].split()[0]) / 1024}))
"""
CONTENT = b'<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def workbook(path, head, body, times, tail):
    """Write a workbook of one sheet whose XML is `head`, `body` repeated, `tail`."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("[Content_Types].xml", CONTENT)
        archive.writestr(
            "_rels/.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        )
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            sheet.write(f'<worksheet xmlns="{MAIN}"><sheetData>{head}'.encode())
            for _ in range(times):
                sheet.write(body)
            sheet.write(f"{tail}</sheetData></worksheet>".encode())


def cell(place, text):
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def row_of(number, values):
    return (
        f'<row r="{number}">{"".join(cell(f"{chr(65 + at)}{number}", value) for at, value in enumerate(values))}</row>'
    )


def write_hostile(folder):
    """Write every hostile file and one good one."""
    folder.mkdir()
    write_rows(folder / "任职.csv", [GOOD])
    piece = b"9" * (1 << 20)
    with (folder / "one_line.csv").open("wb") as stream:
        stream.writelines(piece for _ in range(200))
    with (folder / "one_line_after_header.csv").open("wb") as stream:
        stream.write(HEADER.encode() + b"\n")
        stream.writelines(b"a,b,c,d," * (1 << 17) for _ in range(20))
    with (folder / "one_line_gb18030.csv").open("wb") as stream:
        stream.writelines("韩冬生,".encode("gb18030") * (1 << 17) for _ in range(40))
    with (folder / "one_cell.csv").open("wb") as stream:
        stream.write(HEADER.encode() + b'\n"')
        stream.writelines(b"9" * 999 + b"\n" for _ in range(8000))
    (folder / "long_name.csv").write_text(f"{HEADER}\n{'韩' * 10_000},,示例县水务局,副局长,\n", encoding="utf-8")
    head = row_of(1, GOOD) + row_of(2, GOOD.values())
    workbook(folder / "bomb.xlsx", head, b" " * (1 << 20), 150, "")
    workbook(folder / "empty_rows.xlsx", head, b'<row><c s="1"/><c s="1"/></row>' * 1000, 1000, "")
    workbook(folder / "corners.xlsx", head, b"", 0, f'<row r="1048576">{cell("XFD1048576", "x")}</row>')
    (folder / "empty.csv").write_bytes(b"")
    (folder / "empty.xlsx").write_bytes(b"")
    (folder / "empty.jsonl").write_bytes(b"")
    (folder / "blank.csv").write_text("\n \n\t\n", encoding="utf-8")
    (folder / "pdf.csv").write_bytes(b"%PDF-1.7\n" + b"x" * 100)
    (folder / "text.xlsx").write_text(f"{HEADER}\n", encoding="utf-8")
    (folder / "old.xlsx").write_bytes(OLE + b"\0" * 600)
    (folder / "locked.xlsx").write_bytes(OLE + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 100)
    (folder / "broken.xlsx").write_bytes(b"PK\x03\x04" + b"x" * 500)
    (folder / "deep.jsonl").write_bytes(b"[" * 1_000_000)
    (folder / "no_release.json").write_text('{"a": 1}', encoding="utf-8")
    with zipfile.ZipFile(folder / "other.xlsx", "w") as archive:
        archive.writestr("word/document.xml", "<x/>")


EXPECTED = {
    "one_line.csv": "file.one_line",
    "one_line_after_header.csv": "file.one_line",
    "one_line_gb18030.csv": "file.one_line",
    "one_cell.csv": "row.open_quote",
    "long_name.csv": "cell.too_long",
    "bomb.xlsx": "file.bomb",
    "corners.xlsx": "sheet.too_large",
    "empty.csv": "file.empty",
    "empty.xlsx": "file.empty",
    "empty.jsonl": "file.empty",
    "blank.csv": "file.empty",
    "pdf.csv": "file.suffix",
    "text.xlsx": "file.suffix",
    "old.xlsx": "file.suffix",
    "locked.xlsx": "file.password",
    "broken.xlsx": "file.damaged",
    "other.xlsx": "file.suffix",
    "deep.jsonl": "file.no_release",
    "no_release.json": "file.no_release",
}


@pytest.fixture(scope="module")
def outcome(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    write_hostile(folder / "in")
    began = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", CHILD, str(folder / "in"), str(folder / "ground")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=SECONDS * 3,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout) | {"seconds": time.monotonic() - began}


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_a_hostile_file_is_refused_with_a_sentence(outcome, name):
    _, rows, unreadable, faults = outcome["files"][name]
    codes = [code for code, _ in faults]
    if unreadable:
        assert f"[{EXPECTED[name]}]" in unreadable["zh"]
        assert f"[{EXPECTED[name]}]" in unreadable["en"]
        assert "Traceback" not in unreadable["en"]
    else:
        assert EXPECTED[name] in codes
    assert rows == 0


def test_a_million_empty_rows_do_not_hide_the_one_that_is_full(outcome):
    assert outcome["files"]["empty_rows.xlsx"][:2] == ["read", 1]


def test_the_good_file_among_them_is_read(outcome):
    assert outcome["files"]["任职.csv"][:2] == ["read", 1]


def test_time_and_memory_are_bounded(outcome):
    assert outcome["seconds"] < SECONDS
    assert outcome["peak"] < MEGABYTES


def test_the_sentences_name_what_to_do(outcome):
    assert outcome["files"]["text.xlsx"][2]["zh"] == (
        "text.xlsx:后缀是 .xlsx,内容却是文本(可能是 csv、网页);请改对后缀或另存为 .xlsx 后再导入[file.suffix]"
    )
    assert outcome["files"]["empty.csv"][2]["en"] == "empty.csv: the file holds no data [file.empty]"


def test_a_workbook_library_error_is_a_sentence(tmp_path):
    from ingest.readers.unreadable import Unreadable
    from ingest.readers.workbook import read_workbook

    path = tmp_path / "a.xlsx"
    openpyxl.Workbook().save(path)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(Unreadable) as caught:
        read_workbook(path)
    assert caught.value.code in ("file.damaged", "file.empty")


def test_a_text_as_long_as_an_archive_is_refused_before_it_is_read(tmp_path):
    from ingest.readers.plain import read_plain
    from ingest.readers.textual import FILE_LIMIT
    from ingest.readers.unreadable import Unreadable

    path = tmp_path / "通报.txt"
    with path.open("wb") as stream:
        stream.write("通报".encode())
        stream.truncate(FILE_LIMIT + 1)
    with pytest.raises(Unreadable) as caught:
        read_plain(path)
    assert caught.value.code == "file.too_long"
