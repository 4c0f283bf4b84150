"""Whose a Neo4j database is, how one logs in, and what is said when that fails: on real servers."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from graph.errors import StoreError
from graph.settings import BadSetting, Settings
from graph.store.base import Store
from graph.store.embedded import EmbeddedStore
from graph.store.errors import ForeignDatabase, NoSuchDatabase, NothingApplied, Unreachable, WrongPassword
from graph.store.neo4j import Neo4jStore
from graph.store.neo4j_server import Server
from graph.store.opening import open_store
from graph.workspace import Workspace
from tests.support.engines import VERSION, content, empty_database, make_tables, node
from tests.support.neo4j_server import Neo4jServer, free_port

pytestmark = pytest.mark.neo4j
PASSWORD = "only-for-this-test"
Opened = Callable[[Workspace], Neo4jStore]


@pytest.fixture
def opened(neo4j_url: str) -> Iterator[Opened]:
    """Yield a function that opens a store on the shared server, which is left empty."""
    empty_database(neo4j_url)
    stores: list[Neo4jStore] = []

    def open_one(workspace: Workspace) -> Neo4jStore:
        stores.append(Neo4jStore(workspace, neo4j_url, "neo4j", None))
        return stores[-1]

    yield open_one
    for store in stores:
        store.close()
    empty_database(neo4j_url)


def apply(store: Store, folder: Path, people: int) -> bool:
    with store.writer() as writer:
        return writer.apply(make_tables(folder, [node("Person", one) for one in range(people)]), VERSION).bulk


def refused(store: Store, tmp_path: Path, error: type[StoreError]) -> StoreError:
    """Check that nothing at all can be done with a store; return the error of reading."""
    with pytest.raises(error):
        store.version()
    with pytest.raises(error):
        apply(store, tmp_path / "refused", 3)
    with pytest.raises(error) as caught:
        store.view()
    return caught.value


def test_a_database_with_anything_in_it_is_refused(opened: Opened, workspace: Workspace, tmp_path: Path) -> None:
    store = opened(workspace)
    store.server.send("CREATE (:Film {name: 'x'})")
    error = refused(store, tmp_path, ForeignDatabase)
    assert store.server.url in error.sentence("zh") and "--take-over" in error.sentence("en")
    assert store.server.rows("MATCH (n) RETURN labels(n) AS labels") == [{"labels": ["Film"]}]
    store.take_over()
    assert store.version() is None
    assert apply(store, tmp_path / "tables", 2) is True
    assert content(store, {}, {})["nodes"] == 2


def test_the_database_of_another_workspace_is_refused(opened: Opened, workspace: Workspace, tmp_path: Path) -> None:
    other = Workspace(tmp_path / "other").open_or_create()
    apply(opened(other), tmp_path / "tables", 2)
    refused(opened(workspace), tmp_path, ForeignDatabase)
    assert content(opened(other), {}, {})["nodes"] == 2


def test_lost_tables_lead_to_a_load_of_everything(opened: Opened, workspace: Workspace, tmp_path: Path) -> None:
    store = opened(workspace)
    apply(store, tmp_path / "a", 4)
    (workspace.graph / "applied-neo4j" / "nodes.parquet").unlink()
    assert store.version() is None, "so that the next refresh applies"
    assert apply(store, tmp_path / "b", 2) is True
    assert content(store, {}, {})["nodes"] == 2
    assert store.version() is not None


def test_tables_of_an_older_state_are_not_believed(opened: Opened, workspace: Workspace, tmp_path: Path) -> None:
    """As after a workspace was restored from a backup."""
    store = opened(workspace)
    apply(store, tmp_path / "a", 4)
    old = workspace.graph / "applied-neo4j"
    old.rename(tmp_path / "kept")
    apply(store, tmp_path / "b", 6)
    old.rename(tmp_path / "newer")
    (tmp_path / "kept").rename(old)
    assert store.version() is None
    assert apply(store, tmp_path / "c", 4) is True
    assert content(store, {}, {})["nodes"] == 4


def test_every_type_has_its_key(opened: Opened, workspace: Workspace, tmp_path: Path) -> None:
    from graph.model import model

    store = opened(workspace)
    apply(store, tmp_path / "a", 1)
    found = store.server.rows("SHOW CONSTRAINTS YIELD labelsOrTypes, properties RETURN labelsOrTypes, properties")
    keys = {(row["labelsOrTypes"][0], row["properties"][0]) for row in found}
    assert keys >= {(kind, "id") for kind in model().nodes} | {(kind, "eid") for kind in model().relations}


def test_a_server_that_is_down_is_told_at_once(
    workspace: Workspace, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    url = f"bolt://127.0.0.1:{free_port()}"
    begun = time.monotonic()
    error = refused(Neo4jStore(workspace, url, "neo4j", None), tmp_path, Unreachable)
    assert time.monotonic() - begun < 10
    assert url in error.sentence("zh") and url in error.sentence("en")
    out, err = capfd.readouterr()
    assert (out, err) == ("", "")


def test_a_database_that_does_not_exist_is_told(neo4j_url: str, workspace: Workspace, tmp_path: Path) -> None:
    store = Neo4jStore(workspace, neo4j_url, "neo4j", None, "nosuchdatabase")
    assert "nosuchdatabase" in refused(store, tmp_path, NoSuchDatabase).sentence("zh")
    store.close()


@pytest.fixture(scope="module")
def guarded(neo4j_url: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    """Yield a server that asks for a password; `neo4j_url` skips where no server can run."""
    assert neo4j_url
    with Neo4jServer(tmp_path_factory.mktemp("guarded"), password=PASSWORD) as server:
        yield server


def test_the_password_file_opens_the_server(guarded: Neo4jServer, workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "password"
    file.write_text(f"{PASSWORD}\n", encoding="utf-8")
    settings = Settings(graph=guarded.url, graph_password_file=file, graph_database="neo4j")
    store = open_store(workspace, settings)
    with pytest.raises(NothingApplied):
        store.view()
    apply(store, tmp_path / "tables", 2)
    assert content(store, {}, {})["nodes"] == 2
    store.close()


@pytest.mark.parametrize("password", ["wrong", "", None])
def test_a_wrong_password_is_told(
    guarded: Neo4jServer, workspace: Workspace, tmp_path: Path, password: str | None
) -> None:
    file = tmp_path / "password"
    file.write_text(password or "", encoding="utf-8")
    settings = Settings(graph=guarded.url, graph_password_file=None if password is None else file)
    store = open_store(workspace, settings)
    with pytest.raises(WrongPassword) as caught:
        store.version()
    assert "SHENWA_GRAPH_PASSWORD_FILE" in caught.value.sentence("zh")
    assert "wrong" not in caught.value.sentence("en")
    store.close()


def test_a_password_file_that_is_missing_is_told(workspace: Workspace, tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="SHENWA_GRAPH_PASSWORD_FILE"):
        open_store(workspace, Settings(graph="bolt://127.0.0.1:1", graph_password_file=tmp_path / "none"))


def test_a_server_that_goes_down_between_two_queries_is_told(
    guarded: Neo4jServer, workspace: Workspace, tmp_path: Path
) -> None:
    """The last test of this server."""
    server = Server(guarded.url, "neo4j", PASSWORD, "")
    assert server.rows("RETURN 1 AS one") == [{"one": 1}]
    guarded.stop()
    with pytest.raises(Unreachable):
        server.rows("RETURN 1 AS one")
    server.close()


def test_without_an_address_the_engine_is_embedded(workspace: Workspace) -> None:
    assert isinstance(open_store(workspace, Settings(graph="")), EmbeddedStore)
