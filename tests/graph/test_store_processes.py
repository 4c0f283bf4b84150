"""Killing a writer, and reading while one writes: real processes, on both engines."""

import random
import time
from pathlib import Path

import pytest

from graph.store.base import Store
from graph.workspace import Workspace
from tests.support.engines import StoreOn
from tests.support.store_processes import apply, everything, make_state, start

KILLS = 4
STATES = 6


@pytest.fixture
def url(engine: str, request: pytest.FixtureRequest) -> str | None:
    return str(request.getfixturevalue("neo4j_url")) if engine == "neo4j" else None


def expected(store_on: StoreOn, folder: Path, number: int) -> dict[str, object]:
    store = store_on(Workspace(folder / "expected").open_or_create())
    apply(store, make_state(folder / "expected-tables", number), number)
    return everything(store)


def reads_one_state(store: Store) -> bool:
    """Tell whether what readers see is one state, whole; False before the first apply."""
    if store.version() is None:
        return False
    held = everything(store)
    people, shares = held["Person"], held["SHARE"]
    assert isinstance(people, list) and isinstance(shares, list)
    assert len({row["village"] for row in people}) == 1
    assert {row["ratio"] for row in shares} == {float(people[0]["village"][1:])}
    assert len(people) == len(shares)
    return True


def test_a_killed_apply_is_finished_by_the_next(
    store_on: StoreOn, engine: str, workspace: Workspace, tmp_path: Path, url: str | None
) -> None:
    random.seed(7)
    final = make_state(tmp_path / "final", 3)
    store_on(workspace)
    for round_ in range(KILLS):
        child = start("write", engine, workspace, url)
        # The first one is killed in the first load of everything.
        time.sleep(random.uniform(0.0, 0.3) if round_ == 0 else random.uniform(0.0, 1.2))
        child.kill()
        child.wait()
        child.communicate()
        store = store_on(workspace)
        if engine == "embedded" and round_:
            assert reads_one_state(store), "the old state or the new one stays readable"
        if round_ % 2 or round_ == 0:
            apply(store, final, 3)
            assert reads_one_state(store)
            version = store.version()
            assert version is not None and version.ledger == 3
    made = everything(store_on(workspace))
    assert made == expected(store_on, tmp_path, 3)


def test_readers_go_on_while_a_writer_applies(
    store_on: StoreOn, engine: str, workspace: Workspace, tmp_path: Path, url: str | None
) -> None:
    store = store_on(workspace)
    states = [make_state(tmp_path / str(number), number) for number in range(STATES)]
    apply(store, states[0], 0)
    readers = [start("read", engine, workspace, url) for _ in range(2)]
    for number, tables in enumerate(states[1:], start=1):
        apply(store, tables, number)
        time.sleep(0.1)
    time.sleep(0.5)
    (workspace.path / "stop").touch()
    for reader in readers:
        out, err = reader.communicate(timeout=60)
        assert (reader.returncode, out.strip()) == (0, str(STATES - 1)), err
