"""Checking a pack against the data of now: each way in which it can differ is one clear sentence."""

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from app.services.accounts import Actor
from app.services.context import Context
from app.services.deciding import decide
from app.services.pack.deriving import ask
from app.services.pack.making import make, write
from app.services.pack.manifest import MANIFEST, NoPack
from app.services.pack.verifying import Finding, verify
from app.services.reading import reading
from app.services.tables import open_tables
from app.services.trail import record
from app.services.withdrawing import withdraw
from app.ui.words import Words
from graph.casebook.trail import HEAD
from graph.store.base import EVERYTHING
from tests.support.commands import shenwa
from tests.support.namesakes import BROTHER, OWNER_ID, write_namesakes
from tests.support.packs import MADE, WHO, context_of, found
from tests.support.registers import credit_code
from tests.support.village import BUREAU, FIRM


@pytest.fixture(scope="module")
def packed_place(village: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a workspace and a pack of its hit; not to be changed."""
    folder = tmp_path_factory.mktemp("verified")
    shutil.copytree(village, folder / "workspace")
    context = context_of(folder / "workspace")
    pack = make(context, WHO, [ask(context, found(context))], Words("zh"), made=MADE)
    write(context, WHO, pack, folder / "pack")
    return folder


@pytest.fixture
def place(packed_place: Path, tmp_path: Path) -> Path:
    return shutil.copytree(packed_place, tmp_path / "place")


def checked(place: Path) -> list[Finding]:
    return verify(context_of(place / "workspace"), place / "pack", Words("zh"))


def document(context: Context, path: str) -> str:
    return next(str(row["doc"]) for row in context.ledger.rows("filings", ("doc", "path")) if row["path"] == path)


def test_an_untouched_pack_holds(packed_place: Path) -> None:
    assert checked(packed_place) == []
    for lang, said in (("zh", "与材料包一致"), ("en", "as packed")):
        ran = shenwa(packed_place / "workspace", "--lang", lang, "pack", "--verify", packed_place / "pack")
        assert ran.code == 0
        assert said in ran.sentence()


def alter_page(pack: Path) -> None:
    (pack / "index.html").write_bytes((pack / "index.html").read_bytes().replace(b"2", b"3", 1))


def remove_passage(pack: Path) -> None:
    next((pack / "passages").iterdir()).unlink()


def add_file(pack: Path) -> None:
    (pack / "passages" / "more.txt").write_text("more", encoding="utf-8")


def alter_sums(pack: Path) -> None:
    with (pack / "SHA256SUMS").open("a", encoding="utf-8") as stream:
        stream.write("0" * 64 + "  more.txt\n")


def remove_sums(pack: Path) -> None:
    (pack / "SHA256SUMS").unlink()


@pytest.mark.parametrize(
    ("harm", "kind", "said"),
    [
        (alter_page, "file_altered", "文件被改动:index.html"),
        (remove_passage, "file_missing", "文件缺失:passages/"),
        (add_file, "file_added", "多出文件:passages/more.txt"),
        (alter_sums, "file_altered", "文件被改动:SHA256SUMS"),
        (remove_sums, "file_missing", "文件缺失:SHA256SUMS"),
    ],
)
def test_what_was_done_to_a_file_is_said(place: Path, harm: Callable[[Path], None], kind: str, said: str) -> None:
    harm(place / "pack")
    [one] = checked(place)
    assert (one.kind, one.differs) == (kind, True)
    assert one.zh.startswith(said)


def test_a_list_that_was_rewritten_with_its_hashes_is_found_out(place: Path) -> None:
    """Whoever changes a paper may write its new hash into the list; the casebook still knows the old list."""
    from app.services.pack.manifest import read_manifest
    from ingest.discovery import sha256

    pack = place / "pack"
    alter_page(pack)
    made = read_manifest(pack)
    files = [
        one.model_copy(update={"sha256": sha256(pack / one.path)}) if one.path == "index.html" else one
        for one in made.files
    ]
    (pack / MANIFEST).write_bytes(made.model_copy(update={"files": files}).to_bytes())
    kinds = {one.kind for one in checked(place)}
    assert kinds == {"manifest_unknown", "file_altered"}
    names = {one.path: one.sha256 for one in files} | {MANIFEST: sha256(pack / MANIFEST)}
    sums = "".join(f"{digest}  {name}\n" for name, digest in sorted(names.items()))
    (pack / "SHA256SUMS").write_text(sums, encoding="utf-8")
    assert [one.kind for one in checked(place)] == ["manifest_unknown"]


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff", b'{"schema": 1}'])
def test_what_is_no_pack_is_refused(place: Path, content: bytes) -> None:
    (place / "pack" / MANIFEST).write_bytes(content)
    with pytest.raises(NoPack):
        checked(place)
    assert shenwa(place / "workspace", "pack", "--verify", place / "pack").code == 2


def test_a_list_that_points_out_of_the_folder_is_no_pack(place: Path) -> None:
    text = (place / "pack" / MANIFEST).read_text(encoding="utf-8")
    (place / "pack" / MANIFEST).write_text(text.replace("index.html", "../workspace/workspace.json"), encoding="utf-8")
    with pytest.raises(NoPack):
        checked(place)


def test_a_pack_of_another_workspace_is_said_to_be_one(place: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    assert shenwa(other, "import", write_namesakes(tmp_path / "files")).code == 0
    ran = shenwa(other, "pack", "--verify", place / "pack", "--json")
    assert (ran.code, [line["kind"] for line in ran.json()]) == (1, ["foreign"])


def test_a_retracted_source_and_the_hit_that_went_with_it(place: Path) -> None:
    context = context_of(place / "workspace")
    withdraw(context, document(context, "登记/亲属关系.csv"), "来源有误")
    found_ = {one.kind: one for one in checked(place)}
    assert set(found_) == {"source_withdrawn", "hit_gone"}
    assert "登记/亲属关系.csv" in found_["source_withdrawn"].zh
    ran = shenwa(place / "workspace", "--lang", "en", "pack", "--verify", place / "pack")
    assert ran.code == 1
    assert "source retracted or destroyed: 登记/亲属关系.csv" in ran.out
    assert "is no longer found" in ran.out
    assert "2 differences" in ran.sentence()
    withdraw(context, document(context, "登记/亲属关系.csv"), "来源无误", undo=True)
    assert checked(place) == []


def import_contract(place: Path, amount: str) -> None:
    row = {
        "合同编号": "WH-2",
        "合同名称": "文具采购WH-2",
        "采购单位": BUREAU,
        "供应商": FIRM,
        "统一社会信用代码": credit_code(1),
        "合同金额": amount,
        "签订日期": "2020-06-01",
    }
    file = place / "补充" / "合同.csv"
    file.parent.mkdir(exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, row)
        writer.writeheader()
        writer.writerow(row)
    assert shenwa(place / "workspace", "import", file.parent).code == 0


def test_changed_evidence_is_said_figure_by_figure(place: Path) -> None:
    import_contract(place, "300000")
    lines = {one.kind: one for one in checked(place)}
    assert lines["figure_changed"].differs
    assert "370000.5 → 390000.0" in "".join(one.zh for one in checked(place) if one.kind == "figure_changed")


def test_more_sources_for_the_same_facts_do_not_break_a_pack(place: Path) -> None:
    import_contract(place, "280000.50")
    lines = checked(place)
    assert [one for one in lines if one.differs] == []
    assert any(one.kind == "sources_new" and "合同.csv r:1" in one.zh for one in lines)
    assert shenwa(place / "workspace", "pack", "--verify", place / "pack").code == 0


def test_a_decision_taken_since_is_told(place: Path) -> None:
    context = context_of(place / "workspace")
    hit = found(context)
    with context.casebook() as casebook:
        [stored] = casebook.find_hits(hit)
    with reading(context) as opened, open_tables(opened.tables, EVERYTHING) as tables:
        decide(context, tables, Actor("乙"), stored, "parked")
    [one] = checked(place)
    assert (one.kind, one.differs) == ("decided_since", False)
    assert one.zh.endswith("新增 → 暂存")


def test_a_merge_that_was_undone_marks_the_pack(tmp_path: Path) -> None:
    workspace = tmp_path / "workspace"
    assert shenwa(workspace, "import", write_namesakes(tmp_path / "files")).code == 0
    lines = shenwa(workspace, "search", BROTHER, "--json").json()
    [bare] = [line["id"] for line in lines if not line["code"]]
    assert shenwa(workspace, "resolve", "same", OWNER_ID, bare, "--why", "户籍档案为同一人").code == 0
    [hit] = [line for line in shenwa(workspace, "detect", "shadow_company", "--json").json() if line["state"] == "open"]
    assert shenwa(workspace, "pack", hit["fingerprint"], "-o", tmp_path / "pack").code == 0
    assert shenwa(workspace, "resolve", "undo", "1", "--why", "调错了档案").code == 0
    ran = shenwa(workspace, "pack", "--verify", tmp_path / "pack", "--json")
    assert ran.code == 1
    assert {line["kind"] for line in ran.json()} == {"hit_gone", "merge_undone"}
    assert any("需复核" in line["zh"] for line in ran.json())


def test_an_audit_log_that_was_cut_since_is_said(place: Path) -> None:
    context = context_of(place / "workspace")
    for at in range(3):
        record(context, "承办甲", "view", f"Person-{at}")
    pack = make(context, WHO, [ask(context, found(context))], Words("zh"), made=MADE)
    write(context, WHO, pack, place / "later")
    assert verify(context, place / "later", Words("zh")) == []
    with context.casebook() as casebook, casebook.engine.begin() as connection:
        connection.execute(text("DELETE FROM trail WHERE number = (SELECT max(number) FROM trail)"))
        number, mac = connection.execute(text("SELECT number, mac FROM trail ORDER BY number DESC")).first() or (0, "")
    (place / "workspace" / HEAD).write_text(f"{number} {mac}\n", encoding="ascii")
    [finding] = verify(context, place / "later", Words("zh"))
    assert (finding.kind, finding.differs) == ("log", True)
    assert "末尾不全" in finding.zh
