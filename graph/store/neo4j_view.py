"""Reading the graph on Neo4j: read transactions with a timeout, no more rows fetched than asked for."""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any

from neo4j import ManagedTransaction, unit_of_work
from neo4j.time import Date, DateTime, Duration, Time

from graph.store.base import Result, Scope, Value, Version, View
from graph.store.errors import QueryRefused, ViewClosed
from graph.store.neo4j_server import Server, literal
from graph.store.readonly import check_read_only
from graph.store.results import in_order, parameters_checked, result
from graph.store.visible import Visible


def _native(value: Any) -> Any:
    """Return a value as the embedded engine gives it."""
    if isinstance(value, Date | DateTime | Time):
        return value.to_native()
    if isinstance(value, Duration):
        return {"months": value.months, "days": value.days, "seconds": value.seconds}
    if isinstance(value, list):
        return [_native(one) for one in value]
    if isinstance(value, dict):
        return {name: _native(one) for name, one in value.items()}
    return value


class Neo4jView(View):
    """What the database showed when the view was opened, read within a scope.

    While the writer applies a change, rows of both states may be read; the embedded engine has no such moment.
    """

    def __init__(self, server: Server, version: Version, scope: Scope, visible: Visible) -> None:
        self.version, self.scope = version, scope
        self._server: Server | None = server
        self._visible = visible

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
        """Run one read-only query; see `View.run`."""
        if self._server is None:
            raise ViewClosed
        check_read_only(query)
        self._visible.check(evidence)
        values = parameters_checked(parameters)

        @unit_of_work(timeout=timeout_ms / 1000)
        def work(transaction: ManagedTransaction) -> tuple[list[str], list[list[Any]]]:
            found = transaction.run(literal(query), values)
            return list(found.keys()), [record.values() for record in islice(found, row_cap + 1)]

        with self._server.session(timeout_ms=timeout_ms) as session:
            try:
                names, raw = session.execute_read(work)
            except (TypeError, ValueError, OverflowError) as error:  # a parameter that the driver cannot send
                raise QueryRefused(reason=(str(error).splitlines() or [type(error).__name__])[0]) from error
        order = in_order(names, columns) if raw else []
        rows = [{name: _native(row[place]) for name, place in zip(columns, order, strict=True)} for row in raw]
        return result(columns, rows[:row_cap], evidence, self._visible, truncated=len(rows) > row_cap)

    def close(self) -> None:
        """Refuse further queries; the connections belong to the store."""
        self._server = None
        self._visible.close()
