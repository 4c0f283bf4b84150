"""Where money came from and went to: transfers around some parties, summed by owner, with every row behind a sum."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

MOST_FLOWS, MOST_ROWS, MOST_STEPS = 200, 2_000, 3

# A party is the owner of an account; an account that nobody is known to own stands for itself.
_OWNERS = """
CREATE OR REPLACE TEMP TABLE holders AS
    SELECT target AS account, min(source) AS holder FROM seen_edges WHERE type = 'OWNS' AND target_type = 'Account'
    GROUP BY target;
CREATE OR REPLACE TEMP TABLE moves AS
    SELECT e.eid, coalesce(a.holder, e.source) AS payer, coalesce(b.holder, e.target) AS payee, e.source, e.target,
           CAST(e.props ->> '$.amount' AS DOUBLE) AS amount, e.props ->> '$.time' AS moment,
           coalesce(e.props ->> '$.summary', '') AS summary
    FROM seen_edges e LEFT JOIN holders a ON a.account = e.source LEFT JOIN holders b ON b.account = e.target
    WHERE e.type = 'TRANSFER' AND NOT coalesce(CAST(e.props ->> '$.reversed' AS BOOLEAN), false);
CREATE OR REPLACE TEMP TABLE reached AS SELECT unnest($parties::VARCHAR[]) AS party;
"""
# A party with more counterparts than this is a hub (a platform, a payroll): shown, never walked through.
_STEP = """
INSERT INTO reached
SELECT DISTINCT other FROM (
    SELECT m.payee AS other, m.amount FROM moves m JOIN reached r ON r.party = m.payer WHERE m.payer NOT IN (FROM busy)
    UNION ALL
    SELECT m.payer, m.amount FROM moves m JOIN reached r ON r.party = m.payee WHERE m.payee NOT IN (FROM busy))
WHERE amount >= $floor AND other NOT IN (FROM reached)
"""
_BUSY = """
CREATE OR REPLACE TEMP TABLE busy AS
SELECT party FROM (SELECT payer AS party, payee AS other FROM moves UNION SELECT payee, payer FROM moves)
GROUP BY party HAVING count(DISTINCT other) > $hub
"""
HUB_PARTIES = 60
_FLOWS = """
SELECT payer, payee, sum(amount), count(*), min(moment), max(moment) FROM moves
WHERE payer IN (FROM reached) AND payee IN (FROM reached) AND payer <> payee AND amount >= $floor
  AND (payer IN (SELECT unnest($core::VARCHAR[])) OR payee IN (SELECT unnest($core::VARCHAR[])))
GROUP BY payer, payee ORDER BY 3 DESC, payer, payee LIMIT $most
"""
_ROWS = """
SELECT eid, payer, payee, amount, moment, summary FROM moves
WHERE payer = $payer AND payee = $payee AND amount >= $floor ORDER BY moment, eid LIMIT $most
"""
_NAMES = "SELECT id, type, name FROM seen_nodes WHERE id IN (SELECT unnest($ids::VARCHAR[]))"


@dataclass(frozen=True)
class Flow:
    """All transfers from one party to another; `first` and `last` are ISO times."""

    payer: str
    payee: str
    amount: float
    count: int
    first: str
    last: str


@dataclass(frozen=True)
class Transfer:
    """One transfer."""

    eid: str
    amount: float
    time: str
    summary: str


@dataclass(frozen=True)
class Money:
    """Flows with the names of the parties; `cut` when there were more."""

    flows: tuple[Flow, ...]
    names: dict[str, tuple[str, str]]
    cut: bool


def money_around(
    connection: duckdb.DuckDBPyConnection, parties: Sequence[str], *, floor: float = 0.0, steps: int = 1
) -> Money:
    """Return who paid whom around some parties, the greatest sums first.

    Args:
        connection: From `open_tables`.
        parties: Ids of people, companies, agencies or accounts.
        floor: Transfers below this many yuan are left out.
        steps: How far to follow, 1 to `MOST_STEPS`; hubs are not walked through.
    """
    for statement in _OWNERS.split(";\n"):
        if statement.strip():
            connection.execute(statement, {"parties": list(parties)} if "$parties" in statement else {})
    connection.execute(_BUSY, {"hub": HUB_PARTIES})
    core = list(parties)
    for _ in range(max(1, min(steps, MOST_STEPS))):
        core = [str(party) for (party,) in connection.execute("SELECT party FROM reached").fetchall()]
        connection.execute(_STEP, {"floor": floor})
    given = {"floor": floor, "core": core, "most": MOST_FLOWS + 1}
    rows = [Flow(*row) for row in connection.execute(_FLOWS, given).fetchall()]
    flows = tuple(rows[:MOST_FLOWS])
    ids = sorted({party for flow in flows for party in (flow.payer, flow.payee)})
    names = {id_: (kind, name) for id_, kind, name in connection.execute(_NAMES, {"ids": ids}).fetchall()}
    return Money(flows, names, len(rows) > MOST_FLOWS)


def transfers_between(
    connection: duckdb.DuckDBPyConnection, payer: str, payee: str, floor: float = 0.0
) -> list[Transfer]:
    """Return the transfers behind one flow, oldest first; `money_around` must have run on this connection."""
    given = {"payer": payer, "payee": payee, "floor": floor, "most": MOST_ROWS}
    rows = connection.execute(_ROWS, given).fetchall()
    return [Transfer(eid, float(amount), str(moment or ""), summary) for eid, _, _, amount, moment, summary in rows]
