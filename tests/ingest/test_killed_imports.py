"""Real children, really killed: whenever an import, a purge or a rebuild dies, the next run ends like a clean one."""

import json
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench.bank import write_statement
from graph.ledger.ledger import Ledger
from ingest.importing import LARGE
from tests.support.registers import Ground, credit_code, person_id, write_rows

ROOT = Path(__file__).parents[2]
KILLS = 9
# Python needs this long to load; a child killed earlier than that has done nothing.
STARTING = 0.3
SEED = 20261125


def shenwa(workspace, *words):
    """Start a child on a workspace."""
    command = [sys.executable, "-m", "shenwa", "--workspace", str(workspace), *words]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
    )


def finish(child):
    _, told = child.communicate(timeout=300)
    assert child.returncode == 0, told[-2000:]
    assert "Traceback" not in told
    return told


def timed(workspace, *words):
    began = time.monotonic()
    finish(shenwa(workspace, *words))
    return time.monotonic() - began


def kill_at_random(dice, longest, workspace, *words):
    """Start a child and kill it some time later; true when the signal ended it."""
    child = shenwa(workspace, *words)
    try:
        child.wait(dice.uniform(STARTING, max(longest, 2 * STARTING)))
    except subprocess.TimeoutExpired:
        child.kill()
    child.communicate()
    return child.returncode == -9


def tables(workspace, name):
    """Return the canonical tables that a workspace's ledger gives, by file name."""
    folder = workspace.parent / f"seen-{name}"
    folder.mkdir()
    ground = Ground(folder)
    ground.ledger = Ledger(workspace / "ledger")
    return ground.project().bytes()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Registers of several kinds, two of them large enough for a unit of their own."""
    made = tmp_path_factory.mktemp("killed") / "in"
    made.mkdir()
    for name, rows in (("一月流水", 62_000), ("二月流水", 63_000)):
        write_statement(made / f"{name}.csv", rows, holders=900)
        assert (made / f"{name}.csv").stat().st_size > LARGE
    people = [{"姓名": f"韩{n}", "身份证号": person_id(n), "单位": "示例县水务局", "职务": "科员"} for n in range(50)]
    for at in range(12):
        write_rows(made / f"任职{at:02}.csv", people[at * 4 : at * 4 + 6])
    firms = [
        {"统一社会信用代码": credit_code(n), "企业名称": f"示例{n}号建设有限公司", "法定代表人": f"韩{n}"}
        for n in range(20)
    ]
    write_rows(made / "企业登记.csv", firms)
    return made


@pytest.fixture(scope="module")
def clean(folder):
    """One import that nobody disturbed: its workspace, its time, its tables."""
    workspace = folder.parent / "clean"
    seconds = timed(workspace, "import", str(folder), "--no-project", "--warrant", "文书1号")
    return workspace, seconds, tables(workspace, "clean")


def test_a_killed_import_is_finished_by_the_next(folder, clean):
    _, seconds, wanted = clean
    dice, workspace = random.Random(SEED), folder.parent / "killed"
    words = ("import", str(folder), "--no-project", "--warrant", "文书1号")
    killed = sum(kill_at_random(dice, seconds, workspace, *words) for _ in range(KILLS))
    again = 0
    while killed < 8 and again < 40:  # a child that was faster than the clean one was no kill: a fresh workspace, then
        again += 1
        fresh = folder.parent / f"killed-{again}"
        if kill_at_random(dice, seconds * 0.7, fresh, *words):
            killed += 1
            workspace = fresh
    assert killed >= 8
    finish(shenwa(workspace, *words))
    assert tables(workspace, "killed") == wanted
    told = finish(shenwa(workspace, *words))
    assert told.count("此前已导入") == 15


def test_a_killed_purge_is_finished_by_the_next(folder, clean):
    imported, seconds, _ = clean
    dice = random.Random(SEED + 2)
    found = []
    for name, kills in (("purged", 0), ("purge-killed", 3)):
        workspace = folder.parent / name
        shutil.copytree(imported, workspace)
        rows = Ledger(workspace / "ledger").rows("filings", ("doc", "path"))
        doc = next(str(row["doc"]) for row in rows if row["path"] == "一月流水.csv")
        words = ("purge", doc, "--reason", "依法销毁", "--yes")
        for _ in range(kills):
            kill_at_random(dice, seconds, workspace, *words)
        finish(shenwa(workspace, *words))
        found.append(tables(workspace, name))
        assert not list((workspace / "originals").glob(f"{doc}*"))
        ledger = Ledger(workspace / "ledger")
        left = {row["doc"] for table in ("relations", "assertions") for row in ledger.rows(table, ("doc",))}
        assert doc not in left
    assert found[0] == found[1]


def test_a_killed_resolve_and_projection_is_finished_by_the_next(folder):
    dice, workspace = random.Random(SEED + 3), folder.parent / "small"
    small = [str(path) for path in sorted(folder.glob("任职*.csv"))]
    seconds = timed(workspace, "import", *small)
    wanted = tables(workspace, "imported")
    for _ in range(4):
        kill_at_random(dice, seconds, workspace, "rebuild")
    finish(shenwa(workspace, "rebuild"))
    assert tables(workspace, "rebuilt") == wanted
    generation = json.loads((workspace / "graph" / "CURRENT").read_text(encoding="utf-8"))["generation"]
    applied = workspace / "graph" / f"gen-{generation}"
    assert {name: (applied / name).read_bytes() for name in wanted} == wanted
    finish(shenwa(workspace, "doctor"))
