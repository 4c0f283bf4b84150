"""Retract, purge, rebuild and doctor, their interrupted halves among them."""

import json
import shutil
from datetime import datetime
from pathlib import Path

import pyarrow as pa
import pytest

from app.services.checking import check
from app.services.context import Context
from app.services.reading import reading
from app.services.searching import search
from app.services.withdrawing import purge_document, rebuild_graph, withdraw
from graph.casebook.casebook import RunRecord
from graph.duck import connect
from graph.ledger import withdraw as ledger_withdraw
from graph.ledger.ledger import now
from graph.ledger.schema import TABLES
from graph.ledger.withdraw import NothingToWithdraw
from graph.settings import Settings
from graph.store.generations import POINTER
from graph.workspace import Workspace
from tests.support.commands import shenwa
from tests.support.village import BROTHER, FIRM, HEAD


@pytest.fixture
def context(own_village: Path) -> Context:
    return Context(Workspace(own_village), Settings())


def document(context: Context, path: str) -> str:
    return next(str(row["doc"]) for row in context.ledger.rows("filings", ("doc", "path")) if row["path"] == path)


def kin(context: Context) -> int:
    with reading(context) as opened, connect() as connection:
        edges = str(opened.tables.edges)
        query = "SELECT count(*) FROM read_parquet($f) WHERE type = 'KIN'"
        [(count,)] = connection.execute(query, {"f": edges}).fetchall()
    return int(count)


def acts(context: Context) -> list[tuple[str, str]]:
    with context.casebook() as casebook:
        return [(verb, target) for verb, target, _ in casebook.acts()]


def faults(context: Context) -> set[str]:
    return {line.name for line in check(context) if not line.ok}


def test_retract_hides_and_undo_shows_again(context: Context) -> None:
    doc = document(context, "登记/亲属关系.csv")
    before = kin(context)
    assert withdraw(context, doc, "录入有误") == "doc"
    assert kin(context) == before - 1
    with pytest.raises(NothingToWithdraw):
        withdraw(context, doc, "再来一次")
    assert withdraw(context, doc, "复核无误", undo=True) == "doc"
    assert kin(context) == before
    with pytest.raises(NothingToWithdraw):
        withdraw(context, doc, "再来一次", undo=True)
    assert acts(context) == [("retract", doc), ("retract --undo", doc)]


def test_an_undo_of_what_was_never_retracted_is_refused(context: Context) -> None:
    doc = document(context, "登记/亲属关系.csv")
    with pytest.raises(NothingToWithdraw):
        withdraw(context, doc, "误", undo=True)
    assert acts(context) == []


def test_a_retraction_killed_after_the_ledger_is_finished_by_the_next(context: Context) -> None:
    doc = document(context, "登记/亲属关系.csv")
    before = kin(context)
    with context.writing("retract") as ledger:
        ledger_withdraw.retract(ledger, doc, "录入有误")  # and killed here: no line, no new graph
    assert faults(context) == {"graph"}
    assert withdraw(context, doc, "录入有误") == "doc"
    assert kin(context) == before - 1
    assert acts(context) == [("retract", doc)]
    assert faults(context) == set()


def _hit(doc: str, fingerprint: str) -> dict[str, object]:
    source = {"doc": doc, "quote": "姓名:某人"}
    return {
        "fingerprint": fingerprint,
        "evidence_digest": "d",
        "rank": 1,
        "state": "open",
        "score": 0.5,
        "evidence": [source],
        "clears": [],
    }


def _bytes_holding(folder: Path, text: str) -> list[str]:
    return [path.name for path in folder.rglob("*") if path.is_file() and text.encode() in path.read_bytes()]


def test_purge_leaves_nothing_of_a_document(context: Context) -> None:
    doc, other = document(context, "登记/亲属关系.csv"), document(context, "登记/任职.csv")
    record = RunRecord("q", 1, {}, "v", datetime(2024, 1, 1), 0, [], [_hit(doc, "aaaa"), _hit(other, "bbbb")])
    with context.casebook() as casebook:
        casebook.store_run(record)
    before = kin(context)
    purge_document(context, doc, "依法销毁")
    assert kin(context) == before - 1
    with context.casebook() as casebook:
        assert [hit["fingerprint"] for hit in casebook.latest_hits()] == ["bbbb"]
    assert not list(context.workspace.originals.glob(f"{doc}*"))
    # One graph is left, and only the record names the document.
    assert len(list(context.workspace.graph.glob("gen-*.kgl"))) == 1
    assert _bytes_holding(context.workspace.path, "个人有关事项报告") == []
    assert faults(context) == set()
    assert acts(context) == [("purge", doc)]


def test_a_purge_killed_after_its_record_is_told_and_finished(context: Context) -> None:
    doc = document(context, "登记/亲属关系.csv")
    before = kin(context)
    with context.writing("purge") as ledger:
        sha = next(row["sha256"] for row in ledger.rows("documents", ("doc", "sha256")) if row["doc"] == doc)
        row = {"doc": doc, "sha256": sha, "reason": "依法销毁", "seq": ledger.next_seq(), "at": now()}
        ledger.append("purges", pa.Table.from_pylist([row], schema=TABLES["purges"]))  # and killed here
    assert shenwa(context.workspace.path, "import", write_other(context)).code == 0  # a refresh in between
    assert "purge" in faults(context)
    purge_document(context, doc, "依法销毁")
    assert kin(context) == before - 1
    assert faults(context) == set()


def write_other(context: Context) -> Path:
    path = context.workspace.path.parent / "车辆.csv"
    path.write_text("所有人,身份证号,车辆类型,登记日期,注销日期\n安清明,,轿车,2020-01-01,\n", encoding="utf-8")
    return path


def test_rebuild_makes_a_damaged_graph_anew(context: Context) -> None:
    with reading(context) as opened:
        names = [one.id for one in search(context, opened, BROTHER)]
    for file in context.workspace.graph.glob("gen-*.kgl"):
        file.write_bytes(b"x" * file.stat().st_size)  # the right size, and nothing that can be read
    rebuild_graph(context)
    with reading(context) as opened:
        assert [one.id for one in search(context, opened, BROTHER)] == names
        assert opened.view.run(
            "MATCH (n:Person) WHERE n.id IN $ids RETURN n.name AS name ORDER BY name LIMIT 5", {"ids": names}, ["name"]
        ).rows


@pytest.mark.parametrize("harm", ["pointer", "foreign", "graph", "all"])
def test_a_reader_makes_a_missing_or_foreign_graph_anew_with_one_sentence(own_village: Path, harm: str) -> None:
    graph = own_village / "graph"
    if harm == "pointer":
        (graph / POINTER).unlink()
    elif harm == "foreign":
        told = json.loads((graph / POINTER).read_text(encoding="utf-8"))
        (graph / POINTER).write_text(json.dumps({**told, "engine": "kglite-0.0.0"}), encoding="utf-8")
    elif harm == "graph":
        for file in graph.glob("gen-*.kgl"):
            file.write_bytes(b"x" * file.stat().st_size)
    else:
        shutil.rmtree(graph)
    ran = shenwa(own_village, "path", FIRM, BROTHER, "--json")
    assert ran.code == 0
    assert ran.err.count("图谱缺失或不能读取") == 1
    assert len(ran.json()) >= 1
    assert "图谱缺失" not in shenwa(own_village, "path", FIRM, BROTHER, "--json").err


def test_rebuild_and_doctor_from_the_command_line(own_village: Path) -> None:
    assert shenwa(own_village, "rebuild").code == 0
    ran = shenwa(own_village, "--lang", "en", "doctor")
    assert ran.code == 0
    names = [line.split()[1].rstrip(":") for line in ran.out.splitlines()]
    assert names == [
        "workspace",
        "permissions",
        "lock",
        "ledger",
        "refusals",
        "originals",
        "graph",
        "engine",
        "disk",
        "casebook",
    ]


def test_doctor_names_what_is_wrong(own_village: Path) -> None:
    own_village.chmod(0o755)
    (own_village / "graph" / POINTER).write_text("{", encoding="utf-8")
    next(iter((own_village / "originals").iterdir())).unlink()
    (own_village / "casebook.sqlite").write_bytes(b"not a database at all")
    ran = shenwa(own_village, "doctor")
    assert ran.code == 1
    bad = {line.split()[1].rstrip(":") for line in ran.out.splitlines() if line.startswith("✗")}
    assert bad == {"permissions", "graph", "originals", "casebook"}


def test_doctor_before_the_first_import(tmp_path: Path) -> None:
    assert shenwa(tmp_path / "none", "doctor").code == 2
    Workspace(tmp_path / "empty").open_or_create()
    ran = shenwa(tmp_path / "empty", "doctor")
    assert ran.code == 0
    assert "还没有导入" in ran.out


def test_verbs_of_keeping_from_the_command_line(own_village: Path) -> None:
    context = Context(Workspace(own_village), Settings())
    doc = document(context, "登记/亲属关系.csv")
    run = next(str(row["run"]) for row in context.ledger.rows("filings", ("run",)))
    assert shenwa(own_village, "retract", doc, "--reason", "误").code == 0
    again = shenwa(own_village, "retract", doc, "--reason", "误")
    assert again.code == 2
    assert "已被撤回" in again.sentence()
    assert shenwa(own_village, "retract", run, "--reason", "误").code == 0
    assert shenwa(own_village, "search", HEAD).code == 1
    assert shenwa(own_village, "retract", run, "--reason", "误", "--undo").code == 0
    assert shenwa(own_village, "search", HEAD).code == 0
    refused = shenwa(own_village, "purge", doc, "--reason", "令", given="n\n")
    assert refused.code != 0
    assert shenwa(own_village, "purge", doc, "--reason", "令", "--yes").code == 0
    unknown = shenwa(own_village, "purge", "0" * 12, "--reason", "令", "--yes")
    assert unknown.code == 2
    assert "0" * 12 in unknown.sentence()
