"""The steps of the speed measurement, each run in a process of its own so that its peak memory is its own.

`python -m bench.speed_steps STEP FOLDER` prints one JSON object. The folder holds `statement.csv` and what earlier
steps made: `ground/` (ledger), `tables/` (canonical tables), `graph/` (a workspace with the embedded graph).
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

from graph.duck import connect

Measured = dict[str, float]
_MEGABYTE = 1 << 20


def peak() -> float:
    """Return the most memory this process has held, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _held() -> float:
    """Return the memory this process holds now, in megabytes."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / _MEGABYTE


def _size(folder: Path, pattern: str) -> int:
    return sum(path.stat().st_size for path in folder.rglob(pattern) if path.is_file())


def baseline(folder: Path) -> Measured:
    """DuckDB reads the CSV and writes Parquet, both by its own defaults."""
    source, target = folder / "statement.csv", folder / "baseline.parquet"
    with connect() as connection:
        began, worked = time.perf_counter(), time.process_time()
        connection.execute(f"COPY (FROM read_csv('{source}')) TO '{target}' (FORMAT parquet)")
        seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    return {"seconds": seconds, "cpu": cpu, "peak": peak()}


def importing(folder: Path) -> Measured:
    """The statement is imported: read, checked, keyed, written to the ledger, committed."""
    import pandas as pd  # Arrow loads it at its first table: libraries are loaded before either clock starts

    from graph.ledger.ledger import Ledger
    from ingest.importing import Places, import_paths
    from ingest.options import ImportOptions
    from ingest.registers.catalogue import catalogue

    assert pd.__version__
    ground = folder / "ground"
    (ground / "temp").mkdir(parents=True)
    ledger = Ledger(ground / "ledger")
    ledger.create()
    places, registers = Places(ledger, ground / "originals", ground / "temp"), catalogue()
    began, worked = time.perf_counter(), time.process_time()
    report = import_paths(places, registers, [folder / "statement.csv"], ImportOptions(warrant="测试"))
    seconds, cpu = time.perf_counter() - began, time.process_time() - worked
    kept = _size(ground / "ledger", "*.parquet")
    return {"seconds": seconds, "cpu": cpu, "peak": peak(), "rows": report.files[0].rows, "bytes": kept}


def projecting(folder: Path) -> Measured:
    """Identities are resolved and the canonical tables made."""
    from graph.ledger.ledger import Ledger
    from graph.ledger.visible import attach_live
    from graph.projection.project import project
    from ingest.resolve.resolving import resolve

    ground = folder / "ground"
    ledger = Ledger(ground / "ledger")
    began = time.perf_counter()
    with connect(ground / "temp") as connection:
        attach_live(connection, ledger)
        resolve(connection, ledger)
    resolved = time.perf_counter()
    tables = project(ledger, folder / "tables", ground / "temp")
    done = time.perf_counter()
    with connect() as connection:
        counts = [connection.read_parquet(str(path)).shape[0] for path in (tables.nodes, tables.edges)]
    return {
        "resolve": resolved - began,
        "seconds": done - resolved,
        "peak": peak(),
        "nodes": counts[0],
        "edges": counts[1],
        "bytes": _size(folder / "tables", "*.parquet"),
    }


def loading(folder: Path) -> Measured:
    """The product's writer makes the first generation of the embedded graph."""
    from graph.projection.tables import Canonical
    from graph.settings import Settings
    from graph.store.base import Version
    from graph.store.opening import open_store
    from graph.workspace import Workspace

    store = open_store(Workspace(folder / "graph").open_or_create(), Settings(graph=""))
    version = Version(generation=0, ledger=1, casebook=0, projection="", engine="")
    began = time.perf_counter()
    with store.writer() as writer:
        writer.apply(Canonical(folder / "tables"), version)
    seconds = time.perf_counter() - began
    store.close()
    return {"seconds": seconds, "peak": peak(), "bytes": _size(folder / "graph", "*.kgl")}


def bulk(folder: Path) -> Measured:
    """The engine's own bulk calls take the same rows and properties as ready frames, and save them."""
    import kglite

    from graph.model import model
    from graph.projection.tables import Canonical
    from graph.store.difference import compare
    from graph.store.embedded_view import be_silent
    from graph.store.rows import edge_groups, node_groups

    be_silent()
    with connect() as connection:
        compare(connection, None, Canonical(folder / "tables"))
        nodes = [(group.type, group.frame()) for group in node_groups(connection, model())]
        edges = [(group.type, group.source, group.target, group.frame()) for group in edge_groups(connection, model())]
    began = time.perf_counter()
    graph = kglite.KnowledgeGraph()
    for kind, frame in nodes:
        graph.add_nodes(frame, kind, "id", "name")
    for kind, source, target, frame in edges:
        graph.add_relationships(frame, kind, source, "s__", target, "t__")
    graph.save(str(folder / "bulk.kgl"))
    return {"seconds": time.perf_counter() - began, "peak": peak(), "bytes": (folder / "bulk.kgl").stat().st_size}


def opening(folder: Path) -> Measured:
    """A reader opens the saved generation; how long that takes and what it holds afterwards."""
    import kglite

    from graph.store.embedded_view import be_silent

    be_silent()
    (path,) = (folder / "graph").rglob("*.kgl")
    before, began = _held(), time.perf_counter()
    graph = kglite.load(str(path)).freeze()
    seconds = time.perf_counter() - began
    held = _held() - before
    del graph
    return {"seconds": seconds, "peak": peak(), "held": held}


STEPS: dict[str, Callable[[Path], Measured]] = {
    "baseline": baseline,
    "import": importing,
    "project": projecting,
    "load": loading,
    "bulk": bulk,
    "open": opening,
}


def main() -> int:
    """Run one step and print what it measured."""
    step, folder = sys.argv[1:]
    print(json.dumps(STEPS[step](Path(folder))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
