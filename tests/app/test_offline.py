"""Nothing leaves the machine: every verb of the main job is watched for connections, its children included."""

import os
import subprocess
import sys
from pathlib import Path

from tests.support.outside import Watch

VERBS = (
    ("detect",),
    ("search", "ranliqiu"),
    ("path", "蒲小满", "荻花文具有限公司"),
    ("audit", "WH-2"),
    ("query", "lint"),
    ("export", "-o", "{out}"),
    ("doctor",),
)


def _run(watch: Watch, workspace: Path, *words: str) -> int:
    command = [sys.executable, "-m", "shenwa", "--workspace", str(workspace), *words]
    return subprocess.run(command, env={**os.environ, **watch.environment}, capture_output=True, check=False).returncode


def test_the_watch_sees_a_connection(tmp_path: Path) -> None:
    watch = Watch(tmp_path / "watch")
    code = "import socket; s = socket.socket(); s.settimeout(.01); s.connect_ex(('192.0.2.1', 80))"
    subprocess.run([sys.executable, "-c", code], env={**os.environ, **watch.environment}, check=True)
    assert watch.asked() == ["socket.connect 192.0.2.1"]


def test_no_verb_asks_for_anything_outside(village_files: Path, tmp_path: Path) -> None:
    watch, workspace = Watch(tmp_path / "watch"), tmp_path / "workspace"
    (tmp_path / "笔录.txt").write_text(
        "谈话笔录\n被谈话人:冉立冬\n问:你与冉立秋什么关系?\n答:他是我哥哥。\n", encoding="utf-8"
    )
    assert _run(watch, workspace, "import", str(village_files), str(tmp_path / "笔录.txt")) == 0
    for words in VERBS:
        assert _run(watch, workspace, *(word.format(out=tmp_path / "graph.jsonl") for word in words)) == 0, words
    assert watch.asked() == []
