"""Running a query over its population: official by official, payer by payer, in batches of about a second."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from graph.errors import Interrupted
from graph.store.base import Row, Value, View
from queries.saved import SavedQuery

# The ids that a query is driven by; each needs one column `id`.
DRIVES = {
    "officials": "MATCH (n:Person) WHERE n.is_official = true RETURN n.id AS id ORDER BY id LIMIT $max_rows",
    "payers": "MATCH (n:Agency) WHERE EXISTS { (n)-[:PAID]->(:Payment) } RETURN n.id AS id ORDER BY id LIMIT $max_rows",
    "cases": "MATCH (n:Case) RETURN n.id AS id ORDER BY id LIMIT $max_rows",
    "tenders": "MATCH (n:Tender) RETURN n.id AS id ORDER BY id LIMIT $max_rows",
}
MOST_IDS = 5_000_000
FIRST_BATCH, LARGEST_BATCH = 50, 5_000
GOAL_SECONDS = 1.0
TIMEOUT_MS = 60_000


@dataclass
class Driven:
    """The rows of a query over its whole population.

    Attributes:
        rows: As the query returned them, batch after batch.
        truncated: Batches in which the row limit was reached.
        hidden: Rows withheld because they cite what is out of scope.
        driven: Ids gone through.
    """

    rows: list[Row] = field(default_factory=list)
    truncated: int = 0
    hidden: int = 0
    driven: int = 0


def _columns(saved: SavedQuery) -> list[str]:
    named = [column for role in saved.roles for column in saved.role_columns(role)]
    named += [*saved.evidence, saved.undetermined]
    return list(dict.fromkeys(named + ([saved.power] if saved.power else [])))


def drive(
    saved: SavedQuery,
    view: View,
    parameters: Mapping[str, Value],
    *,
    max_rows: int,
    cancel: Callable[[], bool],
    progress: Callable[[int, int], None],
) -> Driven:
    """Run a query batch by batch.

    Args:
        saved: The query.
        view: The graph.
        parameters: Settled values of its parameters.
        max_rows: Row limit of each batch.
        cancel: Asked before each batch.
        progress: Told how many ids are done, of how many.

    Raises:
        Interrupted: `cancel` said so.
        StoreError: The engine refused the query or a batch took too long.
    """
    ids: list[str] = []
    if saved.drive != "none":
        listed = view.run(DRIVES[saved.drive], {"max_rows": MOST_IDS}, ["id"], timeout_ms=TIMEOUT_MS, row_cap=MOST_IDS)
        ids = [str(row["id"]) for row in listed.rows]
    done = Driven()
    size, at = FIRST_BATCH, 0
    while at < len(ids) or (saved.drive == "none" and at == 0):
        if cancel():
            raise Interrupted
        batch = ids[at : at + size]
        bound = {**parameters, "max_rows": max_rows} | ({"ids": batch} if saved.drive != "none" else {})
        started = time.monotonic()
        found = view.run(
            saved.query, bound, _columns(saved), evidence=saved.evidence, timeout_ms=TIMEOUT_MS, row_cap=max_rows
        )
        taken = time.monotonic() - started
        done.rows += found.rows
        done.truncated += found.truncated or len(found.rows) >= max_rows
        done.hidden += found.hidden
        at += max(len(batch), 1)
        done.driven += len(batch)
        progress(min(at, len(ids)), len(ids))
        # Twice as many when the batch was quick, fewer when it was slow, so that a cancel is never far away.
        size = min(LARGEST_BATCH, size * 2) if taken < GOAL_SECONDS / 2 else max(1, int(size * GOAL_SECONDS / taken))
    return done
