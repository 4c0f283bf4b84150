"""Trials of queries on a real Neo4j, beside the one in memory that `queries.trial` has."""

from collections.abc import Mapping, Sequence
from typing import Any

import neo4j
from neo4j.time import Date, DateTime

from graph.store.base import Result, Value
from queries.trial import MemoryTrial, Trial


def _native(value: Any) -> Any:
    if isinstance(value, Date | DateTime):
        return value.to_native()
    return [_native(one) for one in value] if isinstance(value, list) else value


class ServerTrial(Trial):
    """A trial graph that fills the whole test database."""

    def __init__(self, url: str) -> None:
        self._driver = neo4j.GraphDatabase.driver(url, notifications_min_severity="OFF")

    def make(self, text: str) -> None:
        """Replace the graph by what a CREATE statement makes."""
        self.empty()
        self._driver.execute_query(text)  # type: ignore[arg-type] # the driver wants literals

    def empty(self) -> None:
        """Leave nothing in the database."""
        self._driver.execute_query("MATCH (n) DETACH DELETE n")

    def run(
        self,
        query: str,
        parameters: Mapping[str, Value],
        columns: Sequence[str],
        *,
        evidence: Sequence[str] = (),
        timeout_ms: int = 30_000,
        row_cap: int = 10_000,
    ) -> Result:
        """Run a query in a session that only reads."""
        with self._driver.session(default_access_mode=neo4j.READ_ACCESS) as session:
            found = session.run(query, dict(parameters))  # type: ignore[arg-type]
            rows = [{name: _native(value) for name, value in row.items()} for row in found]
        return Result(tuple(columns), rows[:row_cap], len(rows) > row_cap)

    def close(self) -> None:
        """Empty the database and let go of it."""
        self.empty()
        self._driver.close()


def open_trial(engine: str, url: str | None) -> Trial:
    """Return a trial of one engine."""
    if engine == "embedded":
        return MemoryTrial()
    assert url is not None
    return ServerTrial(url)
