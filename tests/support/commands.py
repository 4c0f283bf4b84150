"""Running the command line as people do: real child processes, their exit codes, stdout and stderr."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SECONDS = 120


@dataclass(frozen=True)
class Ran:
    """A command that ended."""

    code: int
    out: str
    err: str

    def json(self) -> list[dict[str, Any]]:
        """Return stdout as JSON lines; anything else on stdout fails the test."""
        return [json.loads(line) for line in self.out.splitlines()]

    def sentence(self) -> str:
        """Return the one line on stderr; more lines, or a traceback, fail the test."""
        lines = [line for line in self.err.splitlines() if line.strip()]
        assert len(lines) == 1, self.err
        assert "Traceback" not in self.err
        return lines[0]


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return an environment without any setting of the person who runs the tests."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SHENWA_")}
    return {**kept, "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT), **(extra or {})}


def command(workspace: Path, *words: str | Path) -> list[str]:
    """Return the argument list of a command on a workspace."""
    return [sys.executable, "-m", "shenwa", "--workspace", str(workspace), *map(str, words)]


def shenwa(
    workspace: Path, *words: str | Path, env: Mapping[str, str] | None = None, given: str = "", limit: int | None = None
) -> Ran:
    """Run a command to its end.

    Args:
        workspace: Its workspace.
        words: Verb and arguments; global options may stand first.
        env: Further environment.
        given: Standard input.
        limit: Largest file in bytes that the child may write, as on a disk without room.
    """
    line = command(workspace, *words)
    if limit is not None:
        line = [sys.executable, str(Path(__file__).with_name("limited.py")), str(limit), *line]
    done = subprocess.run(
        line, env=environment(env), input=given.encode(), capture_output=True, timeout=SECONDS, check=False
    )
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def start(workspace: Path, *words: str | Path, env: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """Start a command and return it at once; the test ends it."""
    return subprocess.Popen(
        command(workspace, *words), env=environment(env), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def ended(process: subprocess.Popen[bytes]) -> Ran:
    """Wait for a started command."""
    out, err = process.communicate(timeout=SECONDS)
    return Ran(process.returncode, out.decode(), err.decode())


def wait_for(path: Path, process: subprocess.Popen[bytes]) -> None:
    """Wait until a file appears; a command that ended before fails the test."""
    deadline = time.monotonic() + SECONDS
    while not path.exists():
        assert process.poll() is None, ended(process).err
        assert time.monotonic() < deadline, f"{path} never came"
        time.sleep(0.005)
