"""`shenwa extract`: JSON on stdout and nothing else there, the reader's text, exit codes."""

import json
import subprocess
import sys
from pathlib import Path

TEXT = "经查，周启明系韩冬生妻弟。\n"


def run(*words: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the command in a folder."""
    command = [sys.executable, "-W", "error", "-m", "shenwa", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)


def test_json_lines_go_to_stdout_and_faults_to_stderr(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="gb18030")
    (tmp_path / "b.txt").write_bytes(b"")
    done = run("extract", "b.txt", "a.txt", "--json", folder=tmp_path)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0
    assert {row["file"] for row in rows} == {"a.txt"}
    for row in rows:
        quote = row["text"] if row["kind"] == "mention" else row["quote"]
        assert TEXT[row["start"] : row["end"]] == quote
    assert [row["type"] for row in rows if row["kind"] == "relation"] == ["KIN"]
    assert "b.txt" in done.stderr and "Traceback" not in done.stderr


def test_text_is_the_base_of_all_places(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    done = run("extract", "a.txt", "--text", folder=tmp_path)
    assert (done.stdout, done.returncode) == (TEXT, 0)


def test_nothing_readable_is_bad_use(tmp_path: Path) -> None:
    done = run("extract", "nowhere.docx", folder=tmp_path)
    assert done.returncode == 2 and done.stdout == "" and "Traceback" not in done.stderr
