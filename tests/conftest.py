"""Fixtures that every room shares: one Neo4j server for the whole run, and empty workspaces."""

import os
from collections.abc import Iterator

import pytest

from tests.support.neo4j_server import Neo4jServer, NoServer, fetch_jars, missing


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
