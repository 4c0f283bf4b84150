"""A small graph in memory on which queries are tried: the cases of a saved query and the linter's fixtures."""

from abc import abstractmethod
from collections.abc import Mapping, Sequence

import kglite

from graph.store.base import EVERYTHING, Result, Value, Version, View

_NO_VERSION = Version(generation=0, ledger=0, casebook=0, projection="trial", engine="trial")


class Trial(View):
    """A view of a graph that is made by Cypher and thrown away."""

    scope = EVERYTHING
    version = _NO_VERSION

    @abstractmethod
    def make(self, text: str) -> None:
        """Replace the graph by what a CREATE statement makes."""


class MemoryTrial(Trial):
    """The embedded engine's trial.

    Attributes:
        optimized: False runs queries as they are written; a difference shows one of the engine's silent wrong answers.
        warnings: What the engine had to say about the queries run since `make`.
    """

    def __init__(self) -> None:
        kglite.set_query_warning_policy("silent")
        self.optimized = True
        self.warnings: list[str] = []
        self._graph = kglite.KnowledgeGraph()

    def make(self, text: str) -> None:
        """Replace the graph by what a CREATE statement makes."""
        self._graph = kglite.KnowledgeGraph()
        self.warnings = []
        self._graph.cypher(text)

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
        """Run a query; errors of the engine pass as they are."""
        found = self._graph.cypher(
            query, params=dict(parameters), timeout_ms=timeout_ms, disable_optimizer=not self.optimized
        )
        assert isinstance(found, kglite.ResultView)
        self.warnings += [str(one) for one in found.warnings]
        rows = found.to_list()
        return Result(tuple(columns), rows[:row_cap], len(rows) > row_cap)

    def close(self) -> None:
        """Forget the graph."""
        self._graph = kglite.KnowledgeGraph()
