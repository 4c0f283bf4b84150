"""Reading the embedded graph: an unchanging snapshot in memory, shared by threads."""

from collections.abc import Mapping, Sequence
from typing import Any

import kglite

from graph.store.base import Result, Scope, Value, Version, View
from graph.store.errors import QueryRefused, QueryTimeout, QueryTooLarge, ViewClosed, WriteRefused
from graph.store.readonly import check_read_only
from graph.store.results import in_order, parameters_checked, result
from graph.store.visible import Visible

# What a query may hold or walk before it is ended: some 4 GB of intermediate rows at worst.
MAX_WORK_UNITS = 50_000_000


def be_silent() -> None:
    """Keep kglite's remarks from stderr: a type that was never imported is no fault of the user's."""
    kglite.set_query_warning_policy("silent")


class EmbeddedView(View):
    """One generation, read within a scope."""

    def __init__(self, graph: kglite.FrozenGraph, version: Version, scope: Scope, visible: Visible) -> None:
        self.version, self.scope = version, scope
        self._graph: kglite.FrozenGraph | None = graph
        self._visible = visible
        be_silent()

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
        if self._graph is None:
            raise ViewClosed
        check_read_only(query)
        self._visible.check(evidence)
        found = _cypher(self._graph, query, parameters_checked(parameters), timeout_ms, row_cap)
        if not isinstance(found, kglite.ResultView):  # FORMAT CSV
            raise QueryRefused(reason=type(found).__name__)
        total = (found.diagnostics or {}).get("total_rows")
        raw = found.to_list()
        names = list(found.columns)
        # An empty result may have other names than a full one.
        order = [names[place] for place in in_order(names, columns)] if raw else []
        rows = [dict(zip(columns, map(row.__getitem__, order), strict=True)) for row in raw]
        truncated = total is not None and total > len(rows)
        return result(columns, rows, evidence, self._visible, truncated=truncated)

    def close(self) -> None:
        """Let go of the snapshot."""
        self._graph = None
        self._visible.close()


def _cypher(graph: kglite.FrozenGraph, query: str, values: dict[str, Any], timeout_ms: int, row_cap: int) -> object:
    try:
        return graph.cypher(
            query, params=values, timeout_ms=timeout_ms, row_limit=row_cap, max_work_units=MAX_WORK_UNITS
        )
    except kglite.CypherTimeoutError as error:
        raise QueryTimeout(seconds=timeout_ms / 1000) from error
    except kglite.ReadOnlyError as error:
        raise WriteRefused from error
    except kglite.CypherExecutionError as error:
        if "max_work_units" in str(error):
            raise QueryTooLarge from error
        raise QueryRefused(reason=_first_line(error)) from error
    except (kglite.KgError, TypeError, ValueError, OverflowError, RecursionError) as error:
        raise QueryRefused(reason=_first_line(error)) from error


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
