"""Running a query over its population: official by official, payer by payer, in batches of about a second."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from graph.errors import Interrupted
from graph.store.base import Row, Value, View
from graph.store.errors import QueryTimeout, QueryTooLarge
from queries.saved import Drive, SavedQuery
from queries.text import tail

# The ids that a query is driven by.
DRIVES = {
    "officials": "MATCH (n:Person) WHERE n.is_official = true RETURN n.id AS id ORDER BY id LIMIT $max_rows",
    "payers": "MATCH (n:Agency) WHERE EXISTS { (n)-[:PAID]->(:Payment) } RETURN n.id AS id ORDER BY id LIMIT $max_rows",
    "cases": "MATCH (n:`Case`) RETURN n.id AS id ORDER BY id LIMIT $max_rows",
    "tenders": "MATCH (n:Tender) RETURN n.id AS id ORDER BY id LIMIT $max_rows",
    "beneficiaries": """MATCH (n:Person) WHERE EXISTS { (n)-[:RECEIVED]->(:Benefit) }
        RETURN n.id AS id ORDER BY id LIMIT $max_rows""",
    "buyers": """MATCH (n:Agency) WHERE EXISTS { (n)-[:BUYER]->(:Contract) }
        RETURN n.id AS id ORDER BY id LIMIT $max_rows""",
}
# The same for a limited scope, where a view lets nothing through that cites no edge.
SCOPED_DRIVES = {
    "officials": """MATCH (n:Person)-[r:HAS_POWER]->(:Agency)
        RETURN n.id AS id, r.eid AS eid ORDER BY id, eid LIMIT $max_rows""",
    "payers": "MATCH (n:Agency)-[r:PAID]->(:Payment) RETURN n.id AS id, r.eid AS eid ORDER BY id, eid LIMIT $max_rows",
    "cases": "MATCH (n:`Case`)<-[r:PARTY_TO]-(x) RETURN n.id AS id, r.eid AS eid ORDER BY id, eid LIMIT $max_rows",
    "tenders": "MATCH (n:Tender)<-[r:BID]-(:Company) RETURN n.id AS id, r.eid AS eid ORDER BY id, eid LIMIT $max_rows",
    "beneficiaries": """MATCH (n:Person)-[r:RECEIVED]->(:Benefit)
        RETURN n.id AS id, r.eid AS eid ORDER BY id, eid LIMIT $max_rows""",
    "buyers": """MATCH (n:Agency)-[r:BUYER]->(:Contract)
        RETURN n.id AS id, r.eid AS eid ORDER BY id, eid LIMIT $max_rows""",
}
MOST_IDS = 5_000_000
FIRST_BATCH, LARGEST_BATCH = 50, 5_000
GOAL_SECONDS = 0.5
TIMEOUT_MS = 60_000
LISTING_TIMEOUT_MS = 300_000


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


def population(drive_: Drive, view: View) -> list[str]:
    """Return the ids that a query is run over, in order; none for the drive `none`."""
    if drive_ == "none":
        return []
    wide = view.scope.everything
    listed = view.run(
        DRIVES[drive_] if wide else SCOPED_DRIVES[drive_],
        {"max_rows": MOST_IDS},
        ["id"] if wide else ["id", "eid"],
        evidence=[] if wide else ["eid"],
        timeout_ms=LISTING_TIMEOUT_MS,
        row_cap=MOST_IDS,
    )
    return list(dict.fromkeys(str(row["id"]) for row in listed.rows))


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
    ids = population(saved.drive, view)
    columns = tail(saved.query).columns
    done = Driven()
    size, at = FIRST_BATCH, 0
    while at < len(ids) or (saved.drive == "none" and at == 0):
        if cancel():
            raise Interrupted
        batch = ids[at : at + size]
        bound = {**parameters, "max_rows": max_rows} | ({"ids": batch} if saved.drive != "none" else {})
        started = time.monotonic()
        try:
            found = view.run(
                saved.query, bound, columns, evidence=saved.evidence, timeout_ms=TIMEOUT_MS, row_cap=max_rows
            )
        except (QueryTimeout, QueryTooLarge):
            if len(batch) <= 1:
                raise
            size = len(batch) // 4 or 1
            continue
        taken = time.monotonic() - started
        full = found.truncated or len(found.rows) + found.hidden >= max_rows
        if full and len(batch) > 1:
            size = len(batch) // 2
            continue
        done.rows += found.rows
        done.truncated += full
        done.hidden += found.hidden
        at += max(len(batch), 1)
        done.driven += len(batch)
        progress(min(at, len(ids)), len(ids))
        # Twice as many when the batch was quick, fewer when it was slow, so that a cancel is never far away.
        size = min(LARGEST_BATCH, size * 2) if taken < GOAL_SECONDS / 2 else max(1, int(size * GOAL_SECONDS / taken))
    return done
