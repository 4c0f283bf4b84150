"""Taking one step over the graph for `audit`, and reading the edges found."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import duckdb

from app.services.audit.texts import COLUMNS
from app.services.context import Context
from app.services.ties import Tie, read_ties
from graph.store.base import View

BATCH = 200
ROWS = 100_000
Step = tuple[str, str, str]
"""From, to, eid."""


@dataclass
class Steps:
    """The graph of one reader, with every edge read so far.

    Attributes:
        context: Names the originals.
        connection: From `open_tables`, in the scope of the view.
        view: The graph.
        ties: Edges by eid.
        cut: A step had more rows than were read.
    """

    context: Context
    connection: duckdb.DuckDBPyConnection
    view: View
    ties: dict[str, Tie] = field(default_factory=dict)
    cut: bool = False

    def take(self, query: str, ids: Iterable[str]) -> list[Step]:
        """Return the steps of a text from some entities; their edges are read too.

        Args:
            query: One of `texts`.
            ids: Where to start.
        """
        found: list[Step] = []
        for batch in self.view.batches(sorted(set(ids)), BATCH):
            given = {"ids": list(batch), "max_rows": ROWS}
            result = self.view.run(query, given, COLUMNS, evidence=("eid",), row_cap=ROWS)
            self.cut = self.cut or result.truncated or len(result.rows) >= ROWS
            found += [(str(row["here"]), str(row["there"]), str(row["eid"])) for row in result.rows]
        unread = {eid for _, _, eid in found} - self.ties.keys()
        self.ties |= read_ties(self.context, self.connection, unread, quotes=False)
        return [step for step in found if step[2] in self.ties]
