"""A tie that was held again: two terms of one post are two edges, not one edge with two starts that contradict.

Told from what registers say alone: a later start at or after the end of all that came before begins a new term. Starts
that overlap are left together, and their contradiction stands (`disputed`).
"""

import duckdb

from graph.model import RelationType

_STARTS = """
CREATE OR REPLACE TEMP TABLE term_starts AS
    SELECT eid, valid_from, max(coalesce(json_extract_string(props, '$.from_latest')::DATE, valid_from)) AS surely_from,
           max(valid_to) AS valid_to,
           max(coalesce(json_extract_string(props, '$.to_earliest')::DATE, valid_to)) AS surely_to
    FROM mine WHERE valid_from IS NOT NULL AND NOT told(locator) AND NOT against(claim) GROUP BY eid, valid_from;
CREATE OR REPLACE TEMP TABLE terms_held AS
    SELECT eid, valid_from, valid_to, max(begun) OVER upto AS begun FROM (
        SELECT *, CASE WHEN count(*) OVER before = 0
                         OR bool_and(surely_to IS NOT NULL) OVER before AND surely_from >= max(surely_to) OVER before
                  THEN valid_from END AS begun
        FROM term_starts WINDOW before AS (PARTITION BY eid ORDER BY valid_from
                                           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING))
    WINDOW upto AS (PARTITION BY eid ORDER BY valid_from);
DELETE FROM terms_held WHERE eid IN (SELECT eid FROM terms_held GROUP BY eid HAVING count(DISTINCT begun) = 1);
"""
# A row that gives an end alone belongs to the term that ends on that day.
_SPLIT = """
CREATE OR REPLACE TEMP TABLE mine AS
    SELECT m.* REPLACE (CASE WHEN t.begun IS NULL THEN m.eid
                             ELSE shenwa_hash(m.eid || chr(31) || t.begun::VARCHAR) END AS eid)
    FROM mine m LEFT JOIN (
        SELECT eid, valid_from AS day, 'from' AS which, begun FROM terms_held
        UNION ALL SELECT eid, valid_to, 'to', max(begun) FROM terms_held WHERE valid_to IS NOT NULL GROUP BY ALL) t
    ON t.eid = m.eid AND NOT told(m.locator) AND NOT against(m.claim)
       AND t.which = CASE WHEN m.valid_from IS NULL THEN 'to' ELSE 'from' END
       AND t.day = coalesce(m.valid_from, m.valid_to);
"""


def split_terms(connection: duckdb.DuckDBPyConnection, relation: RelationType) -> None:
    """Give each term of a repeatable tie in `mine` an `eid` of its own; ties held once keep theirs.

    Args:
        connection: With `mine` (columns of `ties`, and `eid`), `told` and `against`.
        relation: The type of the ties; nothing is done unless its model says that it may be held again.
    """
    if not relation.again:
        return
    connection.execute(_STARTS)
    some = connection.execute("SELECT 1 FROM terms_held LIMIT 1").fetchone()
    if some is not None:
        connection.execute(_SPLIT)
