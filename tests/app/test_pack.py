"""The assessment pack: what is in it, that it is the same each time, and that it is there whole or not at all."""

import hashlib
import io
import json
import re
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pyarrow as pa
import pytest
from docx import Document
from pyarrow import parquet

from app.services.accounts import Actor, NotAllowed
from app.services.context import Context
from app.services.deciding import decide
from app.services.detecting import detect
from app.services.pack.making import HitGone, Pack, zipped
from app.services.pack.passages import without_reporter
from app.services.reading import reading
from app.services.tables import open_tables
from graph.store.base import EVERYTHING
from tests.support.commands import ended, environment, shenwa, start
from tests.support.packs import context_of, found, packed, text_of
from tests.support.registers import credit_code, person_id, write_folder
from tests.support.village import BROTHER, BUREAU, FIRM, HEAD, OWNER, PEOPLE

EXAMPLES = Path(__file__).parents[2] / "examples"
WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def searched(village: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small place with its query run; not to be changed by a test."""
    copy = shutil.copytree(village, tmp_path_factory.mktemp("packed") / "workspace")
    found(context_of(copy))
    return copy


@pytest.fixture(scope="module")
def pack(searched: Path) -> Pack:
    """Its hit's pack."""
    return packed(context_of(searched))


@pytest.fixture
def place(searched: Path, tmp_path: Path) -> Context:
    return context_of(shutil.copytree(searched, tmp_path / "workspace"))


def words_of(document: bytes) -> str:
    """Return all text of a Word document, shapes included."""
    with zipfile.ZipFile(io.BytesIO(document)) as parts:
        root = ElementTree.fromstring(parts.read("word/document.xml"))
    return "\n".join("".join(t.text or "" for t in p.iter(f"{WORDS}t")) for p in root.iter(f"{WORDS}p"))


def test_the_folder_holds_all_papers_and_their_hashes(place: Context, tmp_path: Path) -> None:
    hit = found(place)
    ran = shenwa(place.workspace.path, "pack", hit[:8], "-o", tmp_path / "材料包")
    assert ran.code == 0, ran.err
    folder = tmp_path / "材料包"
    names = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert {"index.html", f"sheet-{hit}.docx", "hits.jsonl", "decisions.jsonl", "graph.csv", "graph.graphml"} <= names
    assert {"manifest.json", "SHA256SUMS", "query/shadow_company.cypher", f"query/shadow_company-{hit}.json"} <= names
    sums = dict(line.split("  ")[::-1] for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
    assert set(sums) == names - {"SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    listed = {one["path"]: one["sha256"] for one in manifest["files"]}
    assert listed == {name: digest for name, digest in sums.items() if name != "manifest.json"}
    [line] = (folder / "hits.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(line)["fingerprint"] == hit
    assert list(tmp_path.glob(".*.part")) == []


def test_the_sheet_says_what_a_sheet_has_to_say(pack: Pack) -> None:
    [name] = [name for name in pack.files if name.endswith(".docx")]
    document = Document(io.BytesIO(pack.files[name]))
    [table] = document.tables
    labels = [row.cells[0].text for row in table.rows]
    assert labels == ["反映的主要问题", "关系图", "时间轴", "出处", "尚缺", "可排除情形", "拟办意见"]
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    words = words_of(pack.files[name])
    for said in (pack.hits[0].fingerprint, HEAD, OWNER, "荻花文具", "370,000.50", "登记/分管.csv 第1行", "已查未见"):
        assert said in words, said
    assert "2019-05-01  冉立秋在苇城县教育局分管「采购」(起)" in words
    assert "不作为认定事实或处分的依据" in words
    # What a person is to propose is left to that person.
    assert table.rows[-1].cells[1].text.strip().startswith("承办人:")


def test_the_page_is_whole_in_itself_and_shows_every_source(pack: Pack) -> None:
    page = text_of(pack.files, "index.html")
    assert (
        re.search(r"(?i)<(script|link|img|iframe|object|embed|base)\b|@import|url\((?!#)|\bsrc=|https?:", page) is None
    )
    assert "default-src 'none'" in page
    linked = set(re.findall(r'href="([^"#]+)"', page))
    assert linked <= set(pack.files)
    hit = pack.hits[0]
    for one in hit.evidence:
        assert f'href="passages/{one.doc}.txt"' in page
        assert one.locator in text_of(pack.files, f"passages/{one.doc}.txt")
    for name in (HEAD, OWNER, FIRM, BROTHER):
        assert f">{name[:6]}" in page
    assert "<svg" in page and "分管" in page and "拟办意见" in page


def test_passages_hold_the_cited_rows_and_no_other(pack: Pack) -> None:
    doc = next(one.doc for one in pack.hits[0].evidence if one.file == "登记/亲属关系.csv")
    kin = text_of(pack.files, f"passages/{doc}.txt")
    assert f"亲属姓名:{BROTHER}" in kin.splitlines()
    contracts = next(one.doc for one in pack.hits[0].evidence if one.file == "采购/合同.csv")
    rows = text_of(pack.files, f"passages/{contracts}.txt")
    cited = {one.locator for one in pack.hits[0].evidence if one.doc == contracts}
    assert {f"r:{number}" for number in range(1, 9) if f"合同编号:WH-{number}\n" in rows} == cited
    assert "r:1" not in cited


def test_the_part_of_the_graph_is_what_the_hit_cites(pack: Pack) -> None:
    hit = pack.hits[0]
    root = ElementTree.fromstring(pack.files["graph.graphml"])
    mark = "{http://graphml.graphdrawing.org/xmlns}"
    edges = {edge.get("id"): edge for edge in root.iter(f"{mark}edge")}
    assert set(edges) == {one.eid for one in [*hit.evidence, *(e for c in hit.clears for e in c.evidence)]}
    nodes = {str(node.get("id")) for node in root.iter(f"{mark}node")}
    assert nodes == {str(edge.get(end)) for edge in edges.values() for end in ("source", "target")}
    table = text_of(pack.files, "graph.csv").splitlines()
    assert len(table) == 1 + len(edges) + len(nodes)
    places = set(re.findall(r'""locator"":""([^"]+)""', "\n".join(table)))
    assert places <= {one.locator for one in hit.evidence}


def test_the_same_data_and_time_give_the_same_bytes(place: Context, tmp_path: Path) -> None:
    hit = found(place)
    first = packed(place, hit)
    again = context_of(shutil.copytree(place.workspace.path, tmp_path / "elsewhere"))
    second = packed(again, hit)
    assert {name for name in first.files if first.files[name] != second.files[name]} == set()
    assert zipped(first, "x") == zipped(second, "x")
    clock = r"2024-05-06[ T]07:08:09"
    assert {name for name, body in first.files.items() if re.search(clock.encode(), body)} <= {
        "index.html",
        "manifest.json",
    }


def test_no_paper_names_a_path_of_this_machine(pack: Pack, searched: Path) -> None:
    above = str(searched.parent.parent)
    told = {name for name, body in pack.files.items() if above.encode() in body}
    told |= {name for name in pack.files if name.endswith(".docx") and above in words_of(pack.files[name])}
    assert told == set()


def test_an_english_pack_is_english_but_for_what_sources_say(searched: Path) -> None:
    context = context_of(searched, "en")
    pack = packed(context)
    [name] = [name for name in pack.files if name.endswith(".docx")]
    labels = [row.cells[0].text for row in Document(io.BytesIO(pack.files[name])).tables[0].rows]
    assert all(re.search("[\u4e00-\u9fff]", label) is None for label in labels)
    page = text_of(pack.files, "index.html")
    heads = re.findall(r"<(?:h1|h3|th|dt)>([^<]*)<", page)
    assert len(heads) > 15
    assert [head for head in heads if re.search("[\u4e00-\u9fff]", head)] == []
    assert "no basis for any finding" in page


def test_decisions_of_people_are_in_the_pack(place: Context) -> None:
    hit = packed(place).hits[0].to_json()
    with reading(place) as opened, open_tables(opened.tables, EVERYTHING) as tables:
        decide(place, tables, Actor("承办甲"), hit, "reviewing", note="先核户籍 <b>")
    pack = packed(place, str(hit["fingerprint"]))
    [step] = [json.loads(line) for line in text_of(pack.files, "decisions.jsonl").splitlines()]
    assert (step["state"], step["actor"], step["note"]) == ("reviewing", "承办甲", "先核户籍 <b>")
    page = text_of(pack.files, "index.html")
    assert "研判中" in page and "先核户籍 &lt;b&gt;" in page


def file_under_a_case(workspace: Path, path: str) -> str:
    """Make a table of the graph as if it were a text filed in one case; return its document."""
    [folder] = (workspace / "graph").glob("gen-*/")
    filings = parquet.read_table(folder / "filings.parquet").to_pylist()
    doc = next(str(row["doc"]) for row in filings if row["path"] == path)
    schema = parquet.read_schema(folder / "filings.parquet")
    changed = [{**row, "case": "2024-001", "open": False} if row["doc"] == doc else row for row in filings]
    parquet.write_table(pa.Table.from_pylist(changed, schema), folder / "filings.parquet")
    evidence = parquet.read_table(folder / "evidence.parquet").to_pylist()
    only = {row["eid"] for row in evidence} - {row["eid"] for row in evidence if row["doc"] != doc}
    edges, schema = parquet.read_table(folder / "edges.parquet"), parquet.read_schema(folder / "edges.parquet")
    kept = [{**row, "open": row["open"] and row["eid"] not in only} for row in edges.to_pylist()]
    parquet.write_table(pa.Table.from_pylist(kept, schema), folder / "edges.parquet")
    return doc


def test_who_may_not_see_a_source_gets_no_pack_of_it(place: Context) -> None:
    hit = found(place)
    doc = file_under_a_case(place.workspace.path, "登记/亲属关系.csv")
    with pytest.raises(HitGone):
        packed(place, hit, Actor("乙", "handler", frozenset({"2024-002"})))
    mine = packed(place, hit, Actor("甲", "handler", frozenset({"2024-001"})))
    assert f"passages/{doc}.txt" in mine.files
    assert json.loads(mine.files["manifest.json"])["scope"] == ["2024-001"]
    assert "登记资料及案件:2024-001" in text_of(mine.files, "index.html")
    with pytest.raises(NotAllowed):
        packed(place, hit, Actor("丙", "admin"))


def test_a_folder_that_is_there_is_not_touched(searched: Path, tmp_path: Path) -> None:
    target = tmp_path / "there"
    target.mkdir()
    (target / "mine.txt").write_text("mine", encoding="utf-8")
    hit = found(context_of(searched))
    ran = shenwa(searched, "pack", hit, "-o", target)
    assert (ran.code, [path.name for path in target.iterdir()]) == (2, ["mine.txt"])
    assert "已存在" in ran.sentence()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["pack", "ffffffff", "-o", "x"], "没有编号以 ffffffff 开头的疑点"),
        (["pack", "-o", "x"], "请给出疑点编号"),
        (["pack", "ffff"], "请给出疑点编号"),
        (["pack", "ffff", "-o", "nowhere/x"], "上级文件夹不存在"),
        (["pack", "--verify", "nowhere"], "不是研判材料包"),
        (["pack", "ffff", "--verify", "nowhere"], "不能与疑点编号"),
    ],
)
def test_bad_use_is_one_sentence(searched: Path, tmp_path: Path, words: list[str], said: str) -> None:
    given = [str(tmp_path / word) if word in ("x", "nowhere", "nowhere/x") else word for word in words]
    ran = shenwa(searched, *given)
    assert ran.code == 2
    assert said in ran.sentence()
    assert list(tmp_path.iterdir()) == []


FULL = """
import resource, sys
from pathlib import Path
from app.services.pack.making import write
from tests.support.packs import WHO, context_of, packed
context = context_of(Path(sys.argv[1]))
pack = packed(context)
resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))
write(context, WHO, pack, Path(sys.argv[2]))
"""


def test_without_room_nothing_is_left(place: Context, tmp_path: Path) -> None:
    target = tmp_path / "full"
    command = [sys.executable, "-c", FULL, str(place.workspace.path), str(target)]
    ran = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    assert ran.stderr.splitlines()[-1].startswith("graph.workspace.DiskFull: the disk is full"), ran.stderr
    assert not target.exists()
    assert list(tmp_path.glob(".full*")) == []


def test_killed_at_any_moment_there_is_a_whole_pack_or_none(place: Context, tmp_path: Path) -> None:
    hit = found(place)
    for number in range(3):
        target = tmp_path / f"pack{number}"
        process = start(place.workspace.path, "pack", hit, "-o", target)
        # Killed when the first file is being written, a little later each time.
        while process.poll() is None and not list(tmp_path.glob(f".pack{number}.*.part/*")):
            time.sleep(0.001)
        time.sleep(0.005 * number)
        process.send_signal(signal.SIGKILL)
        ended(process)
        if target.exists():
            assert shenwa(place.workspace.path, "pack", "--verify", target).code == 0


def test_a_text_is_cited_with_the_lines_around_the_place(tmp_path: Path) -> None:
    """Papers of a case say who is whose kin: the pack shows the place marked among its lines."""
    workspace = tmp_path / "workspace"
    assert shenwa(workspace, "import", EXAMPLES, "--warrant", "x").code == 0
    context = context_of(workspace)
    [result] = detect(context, ["shadow_company"])
    cited = {hit.fingerprint: [one for one in hit.evidence if one.locator.startswith("c:")] for hit in result.hits}
    hit = max(cited, key=lambda one: len(cited[one]))
    pack = packed(context, hit)
    assert len(cited[hit]) > 1
    for one in cited[hit]:
        text = text_of(pack.files, f"passages/{one.doc}.txt")
        assert f"⟦{one.quote}⟧" in text.replace("\n", "") or f"⟦{one.quote}⟧" in text
        assert one.locator in text
    page = text_of(pack.files, "index.html")
    assert "字符" in page and "陈述" in page


HOSTILE = ["<script>alert(1)</script>", "甲&乙'\"", "\u202e反向\u202c", "=1+1", "长" * 290, "\U00020000\u0301"]


def write_hostile(folder: Path) -> Path:
    """Write a place whose firm, people, units and contracts bear names that would harm a careless reader."""
    boss, kin = person_id(71), person_id(72)
    firm = {"统一社会信用代码": credit_code(71), "企业名称": HOSTILE[0] + "有限公司"}
    who = {"姓名": HOSTILE[1], "身份证号": boss}
    return write_folder(
        folder,
        {
            "任职": [{**who, "单位": HOSTILE[4], "职务": "主任", "任职日期": "2018-01-01", "免职日期": ""}],
            "分管": [{**who, "单位": HOSTILE[4], "分管事项": HOSTILE[3], "起始日期": "2018-01-01", "终止日期": ""}],
            "亲属关系": [
                {**who, "称谓": "妻子", "亲属姓名": HOSTILE[2], "亲属身份证号": kin, "起始日期": "2001-01-01"}
            ],
            "企业登记": [{**firm, "成立日期": "2017-05-01", "法定代表人": HOSTILE[2], "法定代表人身份证号": kin}],
            "股东": [{**firm, "股东名称": HOSTILE[2], "股东证件号": kin, "持股比例": "100%", "入股日期": "2017-05-01"}],
            "合同": [
                {
                    "合同编号": f"HT-{number}",
                    "合同名称": HOSTILE[5] + HOSTILE[0],
                    "采购单位": HOSTILE[4],
                    "供应商": firm["企业名称"],
                    "统一社会信用代码": credit_code(71),
                    "合同金额": "900000",
                    "签订日期": f"2020-0{number}-01",
                }
                for number in range(1, 4)
            ],
        },
    )


def test_hostile_names_stay_text_on_every_paper(tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    assert shenwa(workspace, "import", write_hostile(tmp_path / "files")).code == 0
    pack = packed(context_of(workspace))
    page = text_of(pack.files, "index.html")
    assert "<script" not in page and "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert not any(mark in page for mark in "\u202e\u202c")
    assert "甲&amp;乙" in page
    [name] = [name for name in pack.files if name.endswith(".docx")]
    assert "<script>alert(1)</script>" in words_of(pack.files[name])
    ElementTree.fromstring(pack.files["graph.graphml"])
    cells = [line for line in text_of(pack.files, "graph.csv").splitlines() if line.startswith(("=", '"='))]
    assert cells == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("举报人:尤谷雨", "举报人:〔已隐去〕"),
        ("经查。举报人姓名: 尤谷雨;电话另记", "经查。举报人姓名:〔已隐去〕;电话另记"),
        ("被举报人:冉立秋", "被举报人:冉立秋"),
        ("举报人反映其弟经营文具店", "举报人反映其弟经营文具店"),
    ],
)
def test_a_passage_names_nobody_who_reported(text: str, kept: str) -> None:
    assert without_reporter(text, "zh") == kept
    assert PEOPLE and BUREAU  # the place these names come from
