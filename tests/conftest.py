"""Fixtures that every room shares: one Neo4j server for the whole run, and empty workspaces."""

import os
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from graph.workspace import Workspace
from tests.support import postgres
from tests.support.neo4j_server import Neo4jServer, NoServer, fetch_jars, missing

# The engines take a second to load: only tests that use them pay for it.
if TYPE_CHECKING:
    from sqlalchemy import URL

    from graph.store.base import Store
    from tests.support.engines import StoreOn


@pytest.fixture(scope="session")
def neo4j_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a Neo4j server without a login: the one named by SHENWA_TEST_NEO4J, or one started here.

    Never the server of `SHENWA_GRAPH`. Without Java or the jars the test is skipped; under CI it fails.
    """
    given = os.environ.get("SHENWA_TEST_NEO4J")
    if given:
        yield given
        return
    if os.environ.get("CI"):
        fetch_jars()
    lacking = missing()
    if lacking is not None:
        pytest.skip(f"no Neo4j ({lacking}): Java 17 or later, then make neo4j-jars")
    try:
        with Neo4jServer(tmp_path_factory.mktemp("neo4j")) as server:
            yield server.url
    except NoServer as error:
        pytest.fail(f"the Neo4j server did not come up: {error}")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.PostgresServer]:
    """Yield a PostgreSQL server of this run's own; without one the test is skipped, under CI it fails."""
    lacking = postgres.missing()
    if lacking is not None:
        message = f"no PostgreSQL ({lacking}): apt-get install postgresql"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with postgres.PostgresServer() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgres"])
def casebook_place(request: pytest.FixtureRequest, tmp_path: Path) -> "Path | URL":
    """Run the test on a SQLite file and on a PostgreSQL server; where the empty casebook at hand lies."""
    if request.param == "sqlite":
        return tmp_path / "casebook.sqlite"
    server: postgres.PostgresServer = request.getfixturevalue("postgres_server")
    return server.database()


@pytest.fixture(params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def engine(request: pytest.FixtureRequest) -> str:
    """Run the test once for each engine; the name of the one at hand."""
    return str(request.param)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """Return an empty workspace."""
    return Workspace(tmp_path / "workspace").open_or_create()


@pytest.fixture
def store_on(engine: str, request: pytest.FixtureRequest) -> Iterator["StoreOn"]:
    """Yield a function from a workspace to a store of the engine at hand; all are closed after the test.

    There is one Neo4j database a run: the first store of another workspace empties it and takes it over, and it is left
    empty.
    """
    from tests.support.engines import empty_database, open_engine

    url = request.getfixturevalue("neo4j_url") if engine == "neo4j" else None
    known: set[str] = set()
    with ExitStack() as stack:

        def open_one(workspace: Workspace) -> "Store":
            store = open_engine(engine, workspace, url, empty=workspace.id not in known)
            known.add(workspace.id)
            stack.callback(store.close)
            return store

        yield open_one
    if url is not None and known:
        empty_database(url)
