"""Processes of their own that write or read a store, for tests of killing and of reading while writing.

    python -m tests.support.store_processes write|read ENGINE WORKSPACE [NEO4J_URL]

`write` applies one state after the other until it is killed. `read` opens views until the file `stop` appears in the
workspace and checks that each shows one state and no older one than the last. Both print a line once they began.
"""

import subprocess
import sys
from datetime import date
from itertools import count
from pathlib import Path

from graph.projection.tables import Canonical
from graph.store.base import Store
from graph.store.errors import NothingApplied
from graph.workspace import Workspace
from tests.support.engines import VERSION, content, edge, make_tables, node, open_engine

REPOSITORY = Path(__file__).parents[2]
PEOPLE, FIRMS = 300, 40
NODES = {"Person": ["name", "village"], "Company": ["name"]}
EDGES = {"SHARE": ["ratio"], "KIN": ["kind", "from"], "OFFICER": ["role"]}
STATES = (
    "MATCH (p:Person) RETURN DISTINCT p.village AS state",
    "MATCH (:Person)-[x:SHARE]->(:Company) RETURN DISTINCT toString(x.ratio) AS state",
)


def make_state(folder: Path, number: int) -> Canonical:
    """Write tables that carry a number in every person and share, and other people and ties with each number."""
    people = [node("Person", one, village=f"v{number}") for one in range(PEOPLE) if (one + number) % 7]
    firms = [node("Company", one) for one in range(FIRMS)]
    edges = [
        edge("SHARE", at, one["id"], f"Company-{at % FIRMS}", ratio=float(number)) for at, one in enumerate(people)
    ]
    edges += [edge("OFFICER", at, one["id"], "Company-0", role="监事") for at, one in enumerate(people) if at % 3 == 0]
    edges += [
        edge(
            "KIN", at, people[at]["id"], people[at + 1]["id"], kind="sibling", valid_from=date(2000 + number % 20, 1, 1)
        )
        for at in range(0, len(people) - 1, 2)
    ]
    return make_tables(folder, [*people, *firms], edges)


def apply(store: Store, tables: Canonical, number: int) -> None:
    """Apply one state, its number as the version's ledger."""
    with store.writer() as writer:
        writer.apply(tables, VERSION.model_copy(update={"ledger": number}))


def start(role: str, engine: str, workspace: Workspace, url: str | None) -> "subprocess.Popen[str]":
    """Start a process and wait until it began."""
    command = [sys.executable, "-m", "tests.support.store_processes", role, engine, str(workspace.path)]
    child = subprocess.Popen(
        [*command, *([url] if url else [])], cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "begun\n", child.communicate()
    return child


def everything(store: Store) -> dict[str, object]:
    """Return all that a store holds of these states."""
    return content(store, NODES, EDGES)


def _write(store: Store, folder: Path) -> None:
    prepared = {number: make_state(folder / "states" / str(number), number) for number in (1, 2)}
    print("begun", flush=True)
    for number in count(1):
        apply(store, prepared[1 + number % 2], 1 + number % 2)


def _read(store: Store, folder: Path, engine: str) -> None:
    begun, last = False, -1
    while not (folder / "stop").exists():
        try:
            view = store.view()
        except NothingApplied:
            continue
        with view:
            assert view.version.ledger >= last, "an older state came back"
            last = view.version.ledger
            for text in STATES if engine == "embedded" else ():  # a server shows a change while it is under way
                assert len(view.run(text, {}, ["state"]).rows) == 1, "two states at once"
            assert view.run("MATCH (p:Person {id: 'Person-1'}) RETURN p.id AS id", {}, ["id"]).columns == ("id",)
        if not begun:
            print("begun", flush=True)
            begun = True
    print(last, flush=True)


def main() -> None:
    """Do what the command line asks."""
    role, engine, path, *url = sys.argv[1:]
    workspace = Workspace(Path(path)).open_existing()
    store = open_engine(engine, workspace, url[0] if url else None, empty=False)
    if role == "write":
        _write(store, workspace.path)
    else:
        _read(store, workspace.path, engine)
    store.close()


if __name__ == "__main__":
    main()
