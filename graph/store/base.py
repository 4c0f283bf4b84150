"""The interface that every graph engine fulfils, and the promises a caller may rely on."""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from types import TracebackType
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict

from graph.projection.tables import Canonical

Value = str | int | float | bool | list[str] | None | object
Row = Mapping[str, Value]


class Version(BaseModel):
    """What a loaded graph was made from; equal versions mean equal graphs."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    generation: int
    ledger: int
    casebook: int
    projection: str
    engine: str


@dataclass(frozen=True)
class Scope:
    """What a reader may see: everything, or registers and the filings of some cases."""

    cases: frozenset[str] | Literal["all"] = "all"

    @property
    def everything(self) -> bool:
        """True when nothing is hidden from this reader."""
        return self.cases == "all"


EVERYTHING = Scope()


@dataclass(frozen=True)
class Result:
    """Rows of one query.

    Attributes:
        columns: Names as the caller gave them, also when no row came.
        rows: One mapping a row; dates are `datetime.date`, times naive `datetime.datetime`.
        truncated: More rows existed than the row cap let through.
        hidden: Rows withheld because an edge they cite is out of scope; never their content.
    """

    columns: tuple[str, ...]
    rows: Sequence[Row] = field(default_factory=list)
    truncated: bool = False
    hidden: int = 0


class View(ABC):
    """Read-only access to one version of the graph within a scope."""

    scope: Scope
    version: Version

    @abstractmethod
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
        """Run one read-only query of the shared subset.

        Args:
            query: Cypher text that `queries.lint` accepts; values only as parameters.
            parameters: By name, without the dollar sign.
            columns: The columns that the query returns, in order.
            evidence: Those of them that hold eids or ids of nodes, or lists of these; outside the full scope at least
                one is needed, and a row that cites anything out of scope is withheld and counted. Null cites nothing.
            timeout_ms: The query is ended after this time.
            row_cap: No more rows than this are fetched; reaching it sets `truncated`.

        Raises:
            QueryTimeout: The time was up.
            StoreError: The engine refused the text, a write above all.
        """

    def batches(self, ids: Sequence[str], size: int) -> Iterator[Sequence[str]]:
        """Cut a list of ids into runs of at most `size`."""
        for start in range(0, len(ids), size):
            yield ids[start : start + size]

    @abstractmethod
    def close(self) -> None:
        """Release what the view holds; a closed view refuses to run."""

    def __enter__(self) -> Self:
        """Return the view itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the view."""
        self.close()


class Writer(AbstractContextManager["Writer"]):
    """Brings an engine from the tables it was last given to new ones; used under the workspace lock."""

    @abstractmethod
    def apply(self, tables: Canonical, version: Version) -> "Applied":
        """Make the engine show exactly `tables`, marked as `version`.

        The difference to the tables last applied decides what is sent: edges deleted, nodes deleted, nodes upserted,
        edges upserted, each batch safe to repeat. An empty or unreadable engine gets everything in bulk. Killed
        half-way, the next call ends in the same state; readers never see a mixture on the embedded engine.
        """


@dataclass(frozen=True)
class Applied:
    """What one `apply` did, in rows that differ from the tables applied before.

    With `bulk`, everything was written anew, whether it differed or not.
    """

    bulk: bool
    nodes_upserted: int
    nodes_deleted: int
    edges_upserted: int
    edges_deleted: int


class Store(ABC):
    """One graph engine bound to one workspace."""

    @abstractmethod
    def version(self) -> Version | None:
        """Return what readers see now; None when nothing was ever applied, or it cannot be read or is not whole.

        On a server also None while an apply is under way, or was killed: then the next apply has to run. Views can be
        opened all the same.

        Raises:
            StoreError: The engine cannot be reached, or holds something else.
        """

    @abstractmethod
    def writer(self) -> Writer:
        """Return a writer; the caller holds the workspace lock."""

    @abstractmethod
    def view(self, scope: Scope = EVERYTHING) -> View:
        """Open the current version for reading.

        Raises:
            StoreError: Nothing was applied yet, or the engine cannot be reached.
        """

    @abstractmethod
    def close(self) -> None:
        """Release connections and files."""
