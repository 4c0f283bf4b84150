"""The files of the embedded engine: what is kept, and what a damaged or foreign one leads to."""

import json
from pathlib import Path

import pytest

from graph.duck import connect
from graph.store.base import Version
from graph.store.embedded import ENGINE, MANY_CHANGES, EmbeddedStore
from graph.store.errors import NothingApplied
from graph.workspace import Workspace
from tests.support.engines import VERSION, content, make_tables, node


@pytest.fixture
def store(workspace: Workspace) -> EmbeddedStore:
    return EmbeddedStore(workspace)


def apply(store: EmbeddedStore, folder: Path, number: int) -> bool:
    with store.writer() as writer:
        people = [node("Person", one) for one in range(number)]
        return writer.apply(make_tables(folder / f"tables-{number}", people), VERSION).bulk


def files(store: EmbeddedStore) -> list[str]:
    return sorted(path.name for path in store.generations.folder.iterdir())


def test_the_last_two_generations_are_kept(store: EmbeddedStore, tmp_path: Path) -> None:
    for number in (1, 2, 3, 4):
        apply(store, tmp_path, number)
    assert files(store) == ["CURRENT", "gen-3", "gen-3.kgl", "gen-4", "gen-4.kgl"]
    assert store.version() == VERSION.model_copy(update={"generation": 4, "engine": ENGINE})
    kept = store.generations.tables(4)
    assert all(path.is_file() for path in (kept.nodes, kept.edges, kept.evidence, kept.filings))


def test_a_reader_keeps_its_generation_while_newer_ones_come(store: EmbeddedStore, tmp_path: Path) -> None:
    apply(store, tmp_path, 1)
    with store.view() as view:
        for number in (2, 3, 4):
            apply(store, tmp_path, number)
        text = "MATCH (p:Person) RETURN count(p) AS n"
        assert list(view.run(text, {}, ["n"]).rows) == [{"n": 1}]
        with store.view() as newer:
            assert list(newer.run(text, {}, ["n"]).rows) == [{"n": 4}]


def truncate(store: EmbeddedStore, number: int) -> None:
    path = store.generations.graph(number)
    path.write_bytes(path.read_bytes()[:-20])


def scramble(store: EmbeddedStore, number: int) -> None:
    path = store.generations.graph(number)
    path.write_bytes(b"\0" * path.stat().st_size)


def lose(store: EmbeddedStore, number: int) -> None:
    store.generations.graph(number).unlink()


def garble_pointer(store: EmbeddedStore, number: int) -> None:
    (store.generations.folder / "CURRENT").write_text(f"gen {number}", encoding="utf-8")


def make_foreign(store: EmbeddedStore, number: int) -> None:
    version = Version(generation=number, ledger=1, casebook=0, projection="test", engine="kglite-0.0.1")
    (store.generations.folder / "CURRENT").write_text(version.model_dump_json(), encoding="utf-8")


def lose_tables(store: EmbeddedStore, number: int) -> None:
    store.generations.tables(number).nodes.unlink()


@pytest.mark.parametrize("damage", [truncate, scramble, lose, garble_pointer, make_foreign])
def test_what_cannot_be_read_is_told_and_made_anew(store: EmbeddedStore, tmp_path: Path, damage: object) -> None:
    assert callable(damage)
    apply(store, tmp_path, 2)
    damage(store, 1)
    with pytest.raises(NothingApplied) as caught:
        store.view()
    assert "rebuild" in caught.value.sentence("zh")
    assert store.version() is None, "so that the next refresh applies"
    assert apply(store, tmp_path, 3) is True
    assert content(store, {}, {})["nodes"] == 3
    version = store.version()
    assert version is not None and version.generation == 2, "a number is never used twice"


def test_a_damaged_graph_that_nobody_opened_is_made_anew(store: EmbeddedStore, tmp_path: Path) -> None:
    apply(store, tmp_path, 2)
    scramble(store, 1)
    assert store.version() is not None, "its size fits"
    assert apply(store, tmp_path, 3) is True
    assert content(store, {}, {})["nodes"] == 3


def test_many_changes_are_loaded_in_bulk(store: EmbeddedStore, tmp_path: Path) -> None:
    apply(store, tmp_path, 3)
    many = make_tables(tmp_path / "many", [])
    with connect() as connection:
        connection.execute(
            f"""COPY (SELECT 'Person-' || i AS id, 'Person' AS type, 'p' AS name, '{{}}' AS props, 0::BIGINT AS degree,
                0::BIGINT AS cases, i::UBIGINT AS hash FROM range({MANY_CHANGES + 1}) t(i)) TO '{many.nodes}'"""
        )
    with store.writer() as writer:
        done = writer.apply(many, VERSION)
    assert (done.bulk, done.nodes_upserted) == (True, MANY_CHANGES + 1)
    assert content(store, {}, {})["nodes"] == MANY_CHANGES + 1


def test_lost_tables_lead_to_a_load_of_everything(store: EmbeddedStore, tmp_path: Path) -> None:
    apply(store, tmp_path, 2)
    lose_tables(store, 1)
    assert apply(store, tmp_path, 3) is True
    assert content(store, {}, {})["nodes"] == 3


def test_what_a_killed_writer_left_is_cleared_up(store: EmbeddedStore, tmp_path: Path) -> None:
    apply(store, tmp_path, 1)
    (store.generations.folder / "gen-7").mkdir()
    (store.generations.folder / "gen-7.kgl.123.tmp").write_bytes(b"half")
    assert content(store, {}, {})["nodes"] == 1
    apply(store, tmp_path, 2)
    assert files(store) == ["CURRENT", "gen-1", "gen-1.kgl", "gen-8", "gen-8.kgl"]


def test_no_number_of_a_person_is_in_the_pointer(store: EmbeddedStore, tmp_path: Path) -> None:
    apply(store, tmp_path, 1)
    held = json.loads((store.generations.folder / "CURRENT").read_text(encoding="utf-8"))
    assert set(held) == {"generation", "ledger", "casebook", "projection", "engine"}
