"""Transfers that texts tell of: brought to the parties' accounts and events on record, and kept apart from the sums."""

from collections import defaultdict
from datetime import date

import duckdb
import pyarrow as pa

from graph.projection.claims import BELIEVED_FIRST
from graph.projection.telling import Event, Outcome, Telling, place
from graph.projection.typed import json_object

# Who an account belongs to, and for each end of a telling the accounts that may be meant by it.
_ENDS = """
CREATE OR REPLACE TEMP TABLE told_transfers AS
    SELECT relation_key AS ref, source, target, source_type, target_type, valid_from, valid_to, claim, props,
           try_cast(json_extract_string(props, '$.amount') AS DOUBLE) AS amount
    FROM placed WHERE type = 'TRANSFER' AND told(locator)
    QUALIFY row_number() OVER (PARTITION BY relation_key ORDER BY doc, locator) = 1;
CREATE OR REPLACE TEMP TABLE account_owners AS
    SELECT DISTINCT target AS account, source AS owner FROM placed
    WHERE type = 'OWNS' AND target_type = 'Account' AND NOT against(claim);
CREATE OR REPLACE TEMP TABLE told_parties AS
    SELECT e.id, e.id IN (SELECT id FROM unstated_ids) AS unstated,
           coalesce(CASE WHEN e.type <> 'Account' THEN e.id END, min(o.owner), e.id) AS party
    FROM (SELECT source AS id, source_type AS type FROM told_transfers
          UNION SELECT target, target_type FROM told_transfers) e
    LEFT JOIN account_owners o ON o.account = e.id GROUP BY e.id, e.type;
CREATE OR REPLACE TEMP TABLE told_reach AS
    SELECT party, account FROM (SELECT DISTINCT party FROM told_parties) p JOIN account_owners o ON o.owner = p.party
    UNION SELECT party, id FROM told_parties;
CREATE OR REPLACE TEMP TABLE told_pairs AS
    SELECT DISTINCT s.party AS payer, t.party AS payee FROM told_transfers x
    JOIN told_parties s ON s.id = x.source JOIN told_parties t ON t.id = x.target;
"""
_TELLINGS = """
SELECT s.party, t.party, x.ref, x.source, x.target, s.unstated OR x.source_type <> 'Account',
       t.unstated OR x.target_type <> 'Account', x.amount, x.valid_from, x.valid_to, against(x.claim)
FROM told_transfers x JOIN told_parties s ON s.id = x.source JOIN told_parties t ON t.id = x.target ORDER BY x.ref
"""
_RECORDED = """
SELECT p.payer, p.payee, [e.eid] AS eids, e.source, e.target, e.amount, e.moment::DATE AS day
FROM told_pairs p JOIN told_reach a ON a.party = p.payer JOIN told_reach b ON b.party = p.payee
JOIN transfer_events e ON e.source = a.account AND e.target = b.account
UNION
SELECT p.payer, p.payee, [w.eid, t.eid], '', '', try_cast(json_extract_string(n.props, '$.amount') AS DOUBLE),
       json_extract_string(n.props, '$.paid')::DATE
FROM told_pairs p JOIN edge_rows w ON w.type = 'PAID' AND w.source = p.payer
JOIN edge_rows t ON t.type = 'TO' AND t.source = w.target
JOIN (SELECT id, first(props ORDER BY doc, locator) AS props FROM entity_rows WHERE type = 'Payment' GROUP BY id) n
     ON n.id = w.target
WHERE EXISTS (SELECT 1 FROM account_owners o WHERE o.account = t.target AND o.owner = p.payee)
   OR EXISTS (SELECT 1 FROM edge_rows f JOIN edge_rows s ON s.type = 'SIGNED' AND s.target = f.target
              WHERE f.type = 'FOR' AND f.source = w.target AND s.source = p.payee)
ORDER BY ALL
"""
_OUTCOMES = pa.schema([("ref", pa.string()), ("eid", pa.string()), ("new", pa.bool_())])
_SOURCES = """
CREATE OR REPLACE TEMP TABLE told_sources AS
    SELECT t.eid, t."new", p.* FROM placed p JOIN told_outcomes t ON t.ref = p.relation_key WHERE p.type = 'TRANSFER';
INSERT INTO evidence_rows
    SELECT eid, doc, locator, method, claim, speaker, confidence, identity, relation_key FROM told_sources
    WHERE eid IS NOT NULL;
INSERT INTO possible_duplicates
    SELECT type, source, target, props, doc, locator, method, confidence, claim, speaker, valid_from, age, identity
    FROM told_sources WHERE eid IS NULL AND NOT against(claim);
CREATE OR REPLACE TEMP TABLE unused_accounts AS
    SELECT id FROM unstated_ids WHERE id NOT IN (
        SELECT unnest([source, target]) FROM told_sources WHERE "new");
"""
_PROPS = json_object(
    {
        "amount": "try_cast(json_extract_string(props, '$.amount') AS DOUBLE)",
        "summary": "json_extract_string(props, '$.summary')",
        "time": "json_extract_string(props, '$.time')",
    }
)
# The telling that made the event gives its day, amount and accounts; claims come from all that tell of it.
_EDGES = f"""
INSERT INTO edge_rows
    SELECT m.eid, 'TRANSFER', m.source, m.target, 'Account', 'Account', m.valid_from, m.valid_to, b.confidence, b.claim,
           false, false, b.origin, {_PROPS}
    FROM (SELECT * FROM told_sources WHERE "new"
          QUALIFY row_number() OVER (PARTITION BY eid ORDER BY {BELIEVED_FIRST}, relation_key) = 1) m
    JOIN (SELECT eid, first(confidence ORDER BY {BELIEVED_FIRST}) AS confidence,
                 first(claim ORDER BY {BELIEVED_FIRST}) AS claim,
                 first(doc || '#' || locator ORDER BY {BELIEVED_FIRST}) AS origin
          FROM told_sources WHERE NOT against(claim) GROUP BY eid) b USING (eid);
"""


def _outcomes(connection: duckdb.DuckDBPyConnection) -> dict[str, Outcome]:
    tellings: dict[tuple[str, str], list[Telling]] = defaultdict(list)
    recorded: dict[tuple[str, str], list[Event]] = defaultdict(list)
    for payer, payee, ref, source, target, open_s, open_t, amount, first, last, no in connection.execute(
        _TELLINGS
    ).fetchall():
        ends = (str(source), str(target), bool(open_s), bool(open_t))
        tellings[(payer, payee)].append(Telling(str(ref), *ends, amount, _day(first), _day(last), bool(no)))
    for payer, payee, eids, source, target, amount, day in connection.execute(_RECORDED).fetchall():
        known = _day(day)
        recorded[(payer, payee)].append(
            Event(tuple(eids), str(source), str(target), False, False, amount, known, known, recorded=True)
        )
    found = {}
    for pair, some in sorted(tellings.items()):
        found.update(place(some, recorded[pair]))
    return found


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def add_told_transfers(connection: duckdb.DuckDBPyConnection) -> None:
    """Add transfers that texts tell of to `edge_rows`, `evidence_rows` and `possible_duplicates`.

    Creates `unused_accounts`: accounts made for tellings that turned out to be of events on record.

    Args:
        connection: With `placed`, `unstated_ids`, `transfer_events`, and the edges of payments.
    """
    connection.execute(_ENDS)
    rows = [
        {"ref": ref, "eid": eid, "new": outcome.new}
        for ref, outcome in _outcomes(connection).items()
        for eid in outcome.eids or (None,)
    ]
    connection.register("told_outcomes", pa.Table.from_pylist(rows, schema=_OUTCOMES))
    connection.execute(_SOURCES)
    connection.execute(_EDGES)
