"""What other people's programs do with a casebook meanwhile: run as `python -m tests.support.casebook_processes`.

Arguments: place, verb, further words. Every program waits for a line on stdin before it acts, so that several begin
together, and prints what came of it.
"""

import subprocess
import sys
from pathlib import Path

from sqlalchemy import URL, make_url

from graph.casebook.casebook import Casebook
from graph.casebook.opening import make_engine
from graph.errors import ShenwaError
from tests.support.commands import ROOT, environment


def written(place: Path | URL) -> str:
    """Return a place as a word of a command line."""
    return str(place) if isinstance(place, Path) else place.render_as_string(hide_password=False)


def start(place: Path | URL, *words: str) -> subprocess.Popen[str]:
    """Start a program that waits for `go`."""
    command = [sys.executable, "-m", "tests.support.casebook_processes", written(place), *words]
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command, env=environment(), cwd=ROOT, stdin=pipe, stdout=pipe, stderr=pipe, text=True, encoding="utf-8"
    )


def together(*programs: subprocess.Popen[str]) -> list[str]:
    """Let programs act at once and return what each printed; an error of one fails the test."""
    for one in programs:
        assert one.stdout is not None and one.stdin is not None
        assert one.stdout.readline() == "ready\n", one.stderr and one.stderr.read()
    for one in programs:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    printed = []
    for one in programs:
        out, err = one.communicate(timeout=120)
        assert one.returncode == 0, err
        printed.append(out.strip())
    return printed


def _act(casebook: Casebook, verb: str, words: list[str]) -> str:
    about = ("ff", "d1", "q")
    try:
        if verb == "take":
            return str(casebook.decisions.take(about, words[0], words[1], reason="bad_data", number="L-1"))
        casebook.decisions.confirm(int(words[0]), words[1])
    except ShenwaError as error:
        return type(error).__name__
    return "confirmed"


def main() -> None:
    """Wait, then act."""
    place, verb, *words = sys.argv[1:]
    where = make_url(place) if "://" in place else Path(place)
    make_engine(where).dispose()  # loads the driver, touches nothing
    print("ready", flush=True)
    sys.stdin.readline()
    casebook = Casebook.open(where)
    print("opened" if verb == "open" else _act(casebook, verb, words), flush=True)
    casebook.close()


if __name__ == "__main__":
    main()
