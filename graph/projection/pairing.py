"""Pairing rows that tell of one event: the nearest in time first, then in row order, each row used once."""

import duckdb

# Rows of `left` and `right` have: ref, source, target, amount, moment, place. A pair is taken when each is the other's
# best remaining one; repeating that until none is left gives the same pairs as taking all candidates in order, one by
# one.
_BEST = """
CREATE OR REPLACE TEMP TABLE taken AS
    SELECT left_ref, right_ref FROM (
        SELECT *, row_number() OVER (PARTITION BY left_ref ORDER BY apart, left_place, right_place, right_ref) AS l,
                  row_number() OVER (PARTITION BY right_ref ORDER BY apart, left_place, right_place, left_ref) AS r
        FROM candidates) WHERE l = 1 AND r = 1;
"""


def pair(connection: duckdb.DuckDBPyConnection, left: str, right: str, days: int, *, crossed: bool = False) -> None:
    """Pair the rows of two tables into the table `pairs` (left_ref, right_ref).

    Args:
        connection: Holds both tables.
        left: Table or view whose rows look for a partner.
        right: Table or view of possible partners.
        days: The most that two times may lie apart.
        crossed: Partners run the other way (a return), and do not come before.
    """
    ends = "l.source = r.target AND l.target = r.source" if crossed else "l.source = r.source AND l.target = r.target"
    order = "AND l.moment >= r.moment" if crossed else ""
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE candidates AS
        SELECT l.ref AS left_ref, r.ref AS right_ref, l.place AS left_place, r.place AS right_place,
               abs(epoch(l.moment) - epoch(r.moment)) AS apart
        FROM {left} l JOIN {right} r ON {ends} AND l.amount = r.amount AND l.ref <> r.ref
        WHERE abs(epoch(l.moment) - epoch(r.moment)) <= {days} * 86400 {order}"""
    )
    connection.execute("CREATE OR REPLACE TEMP TABLE pairs (left_ref VARCHAR, right_ref VARCHAR)")
    while True:
        connection.execute(_BEST)
        found = connection.execute("SELECT count(*) FROM taken").fetchone()
        if not found or not found[0]:
            return
        connection.execute("INSERT INTO pairs SELECT left_ref, right_ref FROM taken")
        connection.execute(
            """DELETE FROM candidates WHERE left_ref IN (SELECT left_ref FROM taken)
            OR right_ref IN (SELECT right_ref FROM taken)"""
        )
