"""Case papers go into the ledger with their places: whose case, which claim, what is refused, what stays hidden."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from graph.errors import Interrupted
from graph.ledger.schema import UNIT_TABLES
from ingest.importing import import_paths
from ingest.options import ImportOptions
from ingest.registers.catalogue import catalogue
from tests.support.papers import REPORT, write_papers
from tests.support.registers import Ground, credit_code, person_id, write_rows

ROOT = Path(__file__).parents[2]
REPORTER = "宁采苓"
PAPERS = {
    "案件/2023-017/初核报告.txt": REPORT
    + "经查,韩冬生现任青石县教育局副局长。\n韩冬生的妻弟周启明系青石县华信建材有限公司法定代表人。\n"
    "2019年3月5日,周启明送给韩冬生现金5万元。\n",
    f"案件/2023-018/{REPORTER}的举报信.txt": f"举报信\n县纪委领导:\n举报人:{REPORTER},联系电话19900001234。\n"
    f"我反映青石县教育局副局长韩冬生的问题。韩冬生收受周启明3万元。\n举报人:{REPORTER}\n",
}


@pytest.fixture
def folder(tmp_path):
    return write_papers(tmp_path / "in", PAPERS)


@pytest.fixture
def ground(tmp_path, folder):
    made = Ground(tmp_path)
    made.report = made.take(folder)
    return made


def text_of(ground, doc):
    [row] = [row for row in ground.ledger_rows("texts") if row["doc"] == doc]
    return row["text"]


def test_ties_are_kept_with_claim_rule_and_place(ground):
    found = {(row["type"], row["claim"], row["method"].split(":")[0]) for row in ground.live("relations")}
    assert {("KIN", "found", "rule"), ("LEGAL_REP", "found", "rule"), ("TRANSFER", "found", "rule")} <= found
    assert ("TRANSFER", "alleged", "rule") in found
    [gift] = [row for row in ground.live("relations") if row["type"] == "TRANSFER" and row["claim"] == "found"]
    start, end = map(int, gift["locator"].removeprefix("c:").split("-"))
    assert text_of(ground, gift["doc"])[start:end] == "周启明送给韩冬生现金5万元"
    assert gift["props"]["amount"] == 50000.0
    assert gift["confidence"] < 1


def test_the_folder_says_whose_case_it_is(ground, tmp_path):
    assert {(row["path"].split("/")[1], row["case"]) for row in ground.live("filings")} == {
        ("2023-017", "2023-017"),
        ("2023-018", "2023-018"),
    }
    tables = ground.project()
    [party] = [one for one in tables.edges("PARTY_TO") if one["target_name"] == "2023-017"]
    assert (party["target_type"], party["source_name"], party["props"]["role"]) == ("Case", "韩冬生", "涉案人")
    rows = [{"线索编号": "2023-017", "被反映人": "韩冬生", "反映内容": "违规", "来源渠道": "信访"}]
    ground.take(write_rows(tmp_path / "later" / "线索.csv", rows))
    again = ground.project("again")
    ends = [one for one in again.edges("PARTY_TO") if one["target_name"] == "2023-017"]
    assert {(one["target_type"], one["props"]["role"]) for one in ends} == {("Lead", "被反映人")}


def test_the_same_file_in_two_folders_is_one_document_with_two_filings(tmp_path, folder):
    name = "案件/2023-017/初核报告.txt"
    write_papers(folder, {"案件/2024-002/抄件.txt": PAPERS[name]})
    ground = Ground(tmp_path)
    report = ground.take(folder)
    assert sorted(file.state for file in report.files) == ["known", "read", "read"]
    doc = next(file.doc for file in report.files if file.path == name)
    assert {row["case"] for row in ground.live("filings") if row["doc"] == doc} == {"2023-017", "2024-002"}
    assert len([row for row in ground.ledger_rows("documents") if row["doc"] == doc]) == 1
    write_papers(folder, {"案件/2024-003/再抄.txt": PAPERS[name]})
    assert [file.state for file in ground.take(folder).files] == ["known"] * 4
    assert len([row for row in ground.live("filings") if row["doc"] == doc]) == 3
    parties = [one["target_name"] for one in ground.project().edges("PARTY_TO") if one["source_name"] == "韩冬生"]
    assert {"2023-017", "2024-002", "2024-003"} <= set(parties)


def test_a_broken_file_is_one_sentence_and_the_rest_goes_on(tmp_path, folder):
    (folder / "案件/2023-017/坏.pdf").write_bytes(b"%PDF-1.4 nothing follows")
    (folder / "案件/2023-017/旧.doc").write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    (folder / "案件/2023-017/空.txt").write_text("", encoding="utf-8")
    report = Ground(tmp_path).take(folder)
    refused = {file.path.split("/")[-1]: file.unreadable for file in report.files if file.state == "refused"}
    assert set(refused) == {"坏.pdf", "旧.doc", "空.txt"}
    assert all(told["zh"] and told["en"] and "\n" not in told["zh"] for told in refused.values())
    assert sum(file.state == "read" for file in report.files) == 2


def everything_kept(folder):
    """Return every value of the ledger and every byte beside the originals, as one text."""
    ground = Ground(folder)
    rows = [ground.ledger_rows(name) for name in UNIT_TABLES]
    tables = ground.project("seen")
    return json.dumps([rows, tables.nodes(), tables.edges(), tables.evidence()], ensure_ascii=False, default=str)


def test_a_reporter_is_nowhere(tmp_path, ground, folder):
    kept = everything_kept(tmp_path)
    assert "韩冬生收受周启明3万元" in kept
    for hidden in (REPORTER, "19900001234"):
        assert hidden not in kept
    assert all(REPORTER not in file.path for file in ground.report.files)
    letter = f"案件/2023-018/{REPORTER}的举报信.txt"
    again = ground.take(folder)
    assert [file.state for file in again.files] == ["known", "known"]
    assert all(REPORTER not in file.path for file in again.files)
    # The same letter in another folder must not bring the name back either.
    ground.take(write_papers(tmp_path / "other", {letter.replace("018", "019"): PAPERS[letter]}))
    paths = [row["path"] for row in ground.live("filings")]
    assert len(paths) == 3
    assert REPORTER not in everything_kept(tmp_path)


def test_an_own_reader_says_what_a_text_came_to(tmp_path, folder):
    command = [sys.executable, "-m", "shenwa", "--workspace", str(tmp_path / "w"), "import", str(folder)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0
    assert "初核报告.txt: 文书" in done.stderr
    assert REPORTER not in done.stdout + done.stderr
    kept = [path for path in (tmp_path / "w").rglob("*") if path.is_file() and "originals" not in path.parts]
    assert kept
    assert all(REPORTER.encode() not in path.read_bytes() for path in kept)


def test_a_stopped_import_ends_like_a_clean_one(tmp_path, folder):
    one = PAPERS["案件/2023-017/初核报告.txt"]
    write_papers(folder, {f"案件/2022-{n:03}/笔录.txt": f"{one}第{n}份。\n" for n in range(6)})
    (tmp_path / "clean").mkdir()
    (tmp_path / "stopped").mkdir()
    clean, broken = Ground(tmp_path / "clean"), Ground(tmp_path / "stopped")
    clean.take(folder)
    for allowed in (1, 4):
        asked = iter(range(100))
        with pytest.raises(Interrupted):
            import_paths(
                broken.places, catalogue(), [folder], ImportOptions(), stopped=lambda n=allowed, a=asked: next(a) >= n
            )
    assert not broken.live("documents")
    broken.take(folder)
    assert broken.project().bytes() == clean.project().bytes()


@pytest.mark.parametrize(
    "text",
    [
        "来访登记表\n来访人:宁采苓,电话19900001234\n反映韩冬生收受周启明3万元。\n",
        "来信登记\n举报人姓名\t宁采苓\t联系电话\t19900001234\n反映问题\t韩冬生收受周启明3万元\n",
        f"{REPORT}信访人宁采苓反映韩冬生收受周启明3万元。\n",
        f"{REPORT}实名举报人(宁采苓)多次来访。宁采苓系青石县教育局职工。\n",
        "关于宁采苓举报韩冬生问题的核查报告\n宁采苓实名举报韩冬生收受周启明3万元。\n",
    ],
)
def test_a_reporter_is_known_by_label_and_by_what_he_does(tmp_path, text):
    ground = Ground(tmp_path)
    ground.take(write_papers(tmp_path / "in", {"a.txt": text}))
    assert REPORTER not in everything_kept(tmp_path)
    assert "韩冬生" in everything_kept(tmp_path) or "多次来访" in text


@pytest.mark.parametrize(
    "text", ["被举报人韩冬生收受周启明3万元。", "关于韩冬生举报件的说明", "韩冬生检举他人犯罪属实。", "被反映人:韩冬生"]
)
def test_who_is_reported_is_not_hidden(tmp_path, text):
    ground = Ground(tmp_path)
    ground.take(write_papers(tmp_path / "in", {"a.txt": f"情况说明\n{text}\n"}))
    assert "韩冬生" in text_of(ground, ground.live("documents")[0]["doc"])


def test_numbers_beside_a_name_are_keys(tmp_path):
    number, code = person_id(7), credit_code(7)
    head = f"{REPORT}韩冬生,男,身份证号{number},现任青石县教育局副局长。"
    text = f"{head}青石县华信建材有限公司(统一社会信用代码{code})中标。\n"
    ground = Ground(tmp_path)
    ground.take(write_papers(tmp_path / "in", {"a.txt": text}))
    kinds = {row["name"]: row["key_kind"] for row in ground.live("assertions") if row["type"] in ("Person", "Company")}
    assert kinds == {"韩冬生": "id", "青石县华信建材有限公司": "code"}
