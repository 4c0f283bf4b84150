"""Speed and memory of an import, the projection and the load, beside what the engines do with the same rows alone."""

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.bank import write_statement
from bench.speed_steps import STEPS, Measured

# The import may take this many times what DuckDB alone needs for the same CSV to Parquet; the aim is 3.
IMPORT_LIMIT = 5.0
IMPORT_AIM = 3.0
# Memory of the embedded graph a million edges, in megabytes (see the architecture).
HELD_LIMIT = 300.0
LOAD_STEPS = ("load", "bulk", "open")
# The quickest of several runs: the machine may do other things meanwhile.
RUNS = {"baseline": 3, "import": 3}


@dataclass(frozen=True)
class Line:
    """One line of the table; `limit` is empty where nothing was promised."""

    what: str
    value: str
    limit: str = ""
    kept: bool | None = None


def _step(name: str, folder: Path) -> Measured:
    command = [sys.executable, "-m", "bench.speed_steps", name, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{name}: {done.stderr[-2000:]}")
    found: Measured = json.loads(done.stdout)
    return found


def _best(name: str, folder: Path, runs: int) -> Measured:
    found = []
    for at in range(runs):
        if name == "import" and at:
            (folder / "ground").rename(folder / f"ground-{at}")
        found.append(_step(name, folder))
    return min(found, key=lambda one: one["seconds"])


def measure(rows: int, *, load: bool, runs: int | None, tell: Callable[[str], None]) -> dict[str, Measured]:
    """Generate a statement and run every step on it.

    Args:
        rows: Data rows of the statement.
        load: Measure the embedded graph too.
        runs: How often baseline and import are run; the quickest counts.
        tell: Told the step at hand.

    Returns:
        Step -> what it measured; seconds, megabytes, bytes.
    """
    found: dict[str, Measured] = {}
    with tempfile.TemporaryDirectory(prefix="shenwa-bench-") as name:
        folder = Path(name)
        tell("generate")
        write_statement(folder / "statement.csv", rows, holders=max(2, rows * 3 // 100))
        found["file"] = {"rows": rows, "bytes": (folder / "statement.csv").stat().st_size}
        for step in STEPS:
            if load or step not in LOAD_STEPS:
                tell(step)
                found[step] = _best(step, folder, runs or RUNS.get(step, 1))
    return found


def _mb(value: float) -> str:
    return f"{value:,.0f} MB"


def _load_lines(found: dict[str, Measured]) -> list[Line]:
    load, raw, opened, edges = found["load"], found["bulk"], found["open"], found["project"]["edges"]
    held = opened["held"] / edges * 1e6
    return [
        Line("embedded load: check, frames, bulk calls, save", f"{load['seconds']:.2f} s, peak {_mb(load['peak'])}"),
        Line("the engine's bulk calls and save alone", f"{raw['seconds']:.2f} s, peak {_mb(raw['peak'])}"),
        Line("load / bulk calls alone", f"{load['seconds'] / raw['seconds']:.2f} x"),
        Line("embedded graph on disk, an edge", f"{load['bytes'] / edges:.0f} bytes"),
        Line("open the saved graph", f"{opened['seconds']:.2f} s"),
        Line("memory of the open graph, a million edges", _mb(held), f"<= {_mb(HELD_LIMIT)}", held <= HELD_LIMIT),
    ]


def lines(found: dict[str, Measured]) -> list[Line]:
    """Return the table of a measurement."""
    file, alone, ours, made = found["file"], found["baseline"], found["import"], found["project"]
    ratio = ours["seconds"] / alone["seconds"]
    edges = made["edges"]
    table = [
        Line("statement", f"{file['rows']:,.0f} rows, {_mb(file['bytes'] / 1e6)}"),
        Line("DuckDB alone, CSV to Parquet", f"{alone['seconds']:.2f} s, peak {_mb(alone['peak'])}"),
        Line("import", f"{ours['seconds']:.2f} s, peak {_mb(ours['peak'])}"),
        Line("import, rows a second", f"{ours['rows'] / ours['seconds']:,.0f}"),
        Line(
            "import / DuckDB alone",
            f"{ratio:.2f} x",
            f"<= {IMPORT_LIMIT:g} x, aim {IMPORT_AIM:g} x",
            ratio <= IMPORT_LIMIT,
        ),
        Line("the same in processor time", f"{ours['cpu'] / alone['cpu']:.2f} x"),
        Line("ledger, an edge", f"{ours['bytes'] / edges:.0f} bytes"),
        Line("resolve", f"{made['resolve']:.2f} s"),
        Line("projection", f"{made['seconds']:.2f} s, peak {_mb(made['peak'])}"),
        Line(
            "projection, edges a second",
            f"{edges / made['seconds']:,.0f} ({made['nodes']:,.0f} nodes, {edges:,.0f} edges)",
        ),
        Line("canonical tables, an edge", f"{made['bytes'] / edges:.0f} bytes"),
    ]
    return table + (_load_lines(found) if "load" in found else [])


def machine() -> str:
    """Return the kind of machine: system, processor, cores, memory; no name of it."""
    processor = platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        named = [line for line in info.read_text(encoding="utf-8").splitlines() if line.startswith("model name")]
        processor += f", {named[0].partition(':')[2].strip()}" if named else ""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    load = os.getloadavg()[0]
    system = f"{platform.system()}, Python {platform.python_version()}"
    return f"{system}, {processor}, {os.cpu_count()} cores, {memory:.0f} GB; load average {load:.1f} at the end"
