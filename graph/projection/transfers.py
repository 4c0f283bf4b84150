"""One transfer on record is one edge, whoever's statement holds it: mirror rows folded, reversals marked."""

import duckdb

from graph.projection.pairing import pair

# How long after a payment its return (冲正, 退汇) may come.
REVERSAL_DAYS = 30
MIRROR_DAYS = 1

# A row may come again in a later delivery (same relation key): it is one telling with several sources.
_TELLINGS = """
CREATE OR REPLACE TEMP TABLE tellings AS
    SELECT relation_key AS ref, source, target, json_extract(props, '$.amount')::DOUBLE AS amount,
           json_extract_string(props, '$.time')::TIMESTAMP AS moment, json_extract_string(props, '$.side') AS side,
           json_extract_string(props, '$.flow') AS flow, json_extract_string(props, '$.summary') AS summary,
           coalesce(json_extract(props, '$.reversal')::BOOLEAN, false) AS reversal,
           min(doc || lpad(split_part(locator, ':', 2), 12, '0')) AS place
    FROM placed WHERE type = 'TRANSFER' AND NOT told(locator)
    GROUP BY ALL;
CREATE OR REPLACE TEMP TABLE shared AS
    SELECT source, target, amount FROM tellings GROUP BY ALL HAVING count(DISTINCT side) > 1;
CREATE OR REPLACE TEMP TABLE pool AS
    SELECT t.* FROM tellings t JOIN shared USING (source, target, amount);
CREATE OR REPLACE TEMP TABLE merged (ref VARCHAR, event VARCHAR);
"""

# `both` (a table of both sides) with each side's row, then what is left of the two sides with each other.
_SIDES = (("both", "out"), ("both", "in"), ("out", "in"))
_FREE = """
CREATE OR REPLACE TEMP VIEW {name} AS
    SELECT * FROM pool WHERE side = '{side}' AND ref NOT IN (SELECT ref FROM merged);
"""

_EVENTS = """
CREATE OR REPLACE TEMP TABLE events AS
    SELECT t.ref, t.source, t.target, t.amount, coalesce(o.moment, t.moment) AS moment, t.side,
           coalesce(o.flow, t.flow) AS flow, coalesce(t.summary, o.summary, i.summary) AS summary,
           t.reversal OR coalesce(o.reversal, false) OR coalesce(i.reversal, false) AS reversal, t.place
    FROM tellings t
    LEFT JOIN (SELECT m.event, p.* FROM merged m JOIN pool p ON p.ref = m.ref WHERE p.side = 'out') o ON o.event = t.ref
    LEFT JOIN (SELECT m.event, p.* FROM merged m JOIN pool p ON p.ref = m.ref WHERE p.side = 'in') i ON i.event = t.ref
    WHERE t.ref NOT IN (SELECT ref FROM merged);
CREATE OR REPLACE TEMP VIEW returns AS SELECT * FROM events WHERE reversal;
CREATE OR REPLACE TEMP VIEW payments AS SELECT * FROM events WHERE NOT reversal;
"""
_RETURNS = """
CREATE OR REPLACE TEMP TABLE reversed AS SELECT ref FROM events WHERE reversal;
"""
# Same ends, time and amount are one event, unless one statement gives them different numbers of its own.
_EDGES = """
CREATE OR REPLACE TEMP TABLE twins AS
    SELECT e.ref, dense_rank() OVER (PARTITION BY source, target, moment, amount, side ORDER BY flow) AS nth
    FROM events e JOIN (SELECT source, target, moment, amount FROM events GROUP BY ALL HAVING count(*) > 1)
         USING (source, target, moment, amount);
CREATE OR REPLACE TEMP TABLE transfer_events AS
    SELECT e.ref, shenwa_hash('TRANSFER' || chr(31) || source || chr(31) || target || chr(31)
               || strftime(moment, '%Y-%m-%dT%H:%M:%S') || chr(31) || printf('%.2f', amount)
               || CASE WHEN coalesce(w.nth, 1) > 1 THEN chr(31) || w.nth::VARCHAR ELSE '' END) AS eid,
           source, target, moment, amount, summary, r.ref IS NOT NULL AS reversed
    FROM events e LEFT JOIN twins w ON w.ref = e.ref LEFT JOIN reversed r ON r.ref = e.ref;
CREATE OR REPLACE TEMP TABLE transfer_refs AS
    SELECT ref, eid FROM transfer_events
    UNION ALL SELECT m.ref, t.eid FROM merged m JOIN transfer_events t ON t.ref = m.event;
"""


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(row[0]) if row else 0


def _fold_mirrors(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(_TELLINGS)
    if not _count(connection, "shared"):
        return
    for one, other in _SIDES:
        connection.execute(_FREE.format(name="one_side", side=one))
        connection.execute(_FREE.format(name="other_side", side=other))
        pair(connection, "one_side", "other_side", MIRROR_DAYS)
        connection.execute("INSERT INTO merged SELECT right_ref, left_ref FROM pairs")


def _mark_returns(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(_EVENTS)
    connection.execute(_RETURNS)
    if not _count(connection, "returns"):
        return
    for crossed in (True, False):
        pair(connection, "returns", "payments", REVERSAL_DAYS, crossed=crossed)
        connection.execute(
            "INSERT INTO reversed SELECT right_ref FROM pairs WHERE right_ref NOT IN (SELECT ref FROM reversed)"
        )
        connection.execute("CREATE OR REPLACE TEMP TABLE matched AS SELECT left_ref AS ref FROM pairs")
        connection.execute(
            """CREATE OR REPLACE TEMP VIEW returns AS
            SELECT * FROM events WHERE reversal AND ref NOT IN (SELECT ref FROM matched)"""
        )


def fold_transfers(connection: duckdb.DuckDBPyConnection) -> None:
    """Create `transfer_events` (one row an edge-to-be) and `transfer_refs` (relation key -> eid).

    Needs the view `placed` and the macro `shenwa_hash`.
    """
    _fold_mirrors(connection)
    _mark_returns(connection)
    connection.execute(_EDGES)
