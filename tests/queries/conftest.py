"""A trial graph on the engine at hand."""

from collections.abc import Iterator

import pytest

from queries.trial import Trial
from tests.support.trials import open_trial


@pytest.fixture
def trial(engine: str, request: pytest.FixtureRequest) -> Iterator[Trial]:
    """Yield an empty trial graph; the Neo4j database is left empty."""
    with open_trial(engine, request.getfixturevalue("neo4j_url") if engine == "neo4j" else None) as opened:
        yield opened
