"""What a paper said goes when the paper goes: retracted, taken back, destroyed; and a killed import is finished."""

import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.ledger.ledger import Ledger
from graph.ledger.withdraw import purge, retract
from tests.support.papers import REPORT, write_papers
from tests.support.registers import Ground

ROOT = Path(__file__).parents[2]
ONE = REPORT + "经查,韩冬生现任青石县教育局副局长。\n韩冬生的妻弟周启明系青石县华信建材有限公司法定代表人。\n"
TWO = REPORT + "经查,韩冬生现任青石县教育局副局长。\n2019年3月5日,林晓东送给韩冬生现金5万元。\n"


@pytest.fixture
def ground(tmp_path):
    made = Ground(tmp_path)
    made.take(write_papers(tmp_path / "in", {"案件/2023-017/a.txt": ONE, "案件/2023-017/b.txt": TWO}))
    return made


def doc_of(ground, name):
    [doc] = {row["doc"] for row in ground.ledger_rows("filings") if row["path"].endswith(name)}
    return doc


def types(ground, name):
    return {row["type"] for row in ground.project(name).edges()}


def test_a_retracted_paper_says_nothing_until_that_is_undone(ground):
    before = ground.project("before").bytes()
    assert {"KIN", "LEGAL_REP", "TRANSFER"} <= types(ground, "all")
    retract(ground.ledger, doc_of(ground, "a.txt"), "出处有误")
    assert types(ground, "without") & {"KIN", "LEGAL_REP", "TRANSFER"} == {"TRANSFER"}
    retract(ground.ledger, doc_of(ground, "a.txt"), "核对无误", undo=True)
    assert ground.project("again").bytes() == before


def test_a_destroyed_paper_leaves_nothing_but_its_hash(ground):
    doc = doc_of(ground, "b.txt")
    purge(ground.ledger, doc, "依法销毁", ground.originals, ground.folder / "cache")
    assert not list(ground.originals.glob(f"{doc}*"))
    assert "TRANSFER" not in types(ground, "left")
    for name in ("texts", "assertions", "relations", "documents", "filings"):
        assert doc not in {row["doc"] for row in ground.ledger_rows(name)}
    assert [file.state for file in ground.take(ground.folder / "in").files] == ["known", "purged"]


def test_a_killed_import_of_papers_is_finished_by_the_next(tmp_path):
    folder = write_papers(tmp_path / "in", {f"案件/2023-{n:03}/a.txt": f"{ONE}{TWO}第{n}份\n" for n in range(40)})
    dice = random.Random(20261125)

    def run(name, seconds):
        command = [sys.executable, "-m", "shenwa", "--workspace", str(tmp_path / name), "import", str(folder)]
        child = subprocess.Popen(
            [*command, "--no-project"], cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            child.kill()
        child.wait()
        return child.returncode

    began = time.monotonic()
    assert run("clean", 300) == 0
    took = time.monotonic() - began
    for _ in range(4):
        run("killed", dice.uniform(0.5, 1.0) * took)
    assert run("killed", 300) == 0
    found = []
    for name in ("clean", "killed"):
        (tmp_path / f"seen-{name}").mkdir()
        seen = Ground(tmp_path / f"seen-{name}")
        seen.ledger = Ledger(tmp_path / name / "ledger")
        found.append(seen.project().bytes())
    assert found[0] == found[1]
