"""SAME_AS_POSSIBLE: pairs of the queue that nobody settled, shown beside the graph and walked by no saved query.

Both ends must be visible wherever the edge is: it cites the sources of the end that fewer readers may see, and where
both ends lie in papers of cases, only those of a case that has both.
"""

import duckdb

from graph.projection.claims import BELIEVED_FIRST

_PAIRS = """
CREATE OR REPLACE TEMP TABLE possible AS
    SELECT shenwa_hash('SAME_AS_POSSIBLE' || chr(31) || source || chr(31) || target || chr(31) || reason) AS eid, *
    FROM (
        SELECT least(a.id, b.id) AS source, greatest(a.id, b.id) AS target, any_value(i.type) AS type, q.reason,
               max(coalesce(try_cast(json_extract_string(q.facts, '$.probability') AS DOUBLE), .5)) AS probability
        FROM ledger_queue q
        JOIN members a ON a.entity_key = q.a JOIN members b ON b.entity_key = q.b
        JOIN members i ON i.entity_key = a.id JOIN members j ON j.entity_key = b.id
        WHERE a.id <> b.id AND i.type = j.type GROUP BY ALL)
    WHERE (source, target) NOT IN (
        SELECT (least(a.id, b.id), greatest(a.id, b.id)) FROM told_apart t
        JOIN members a ON a.entity_key = t.a JOIN members b ON b.entity_key = t.b);
"""
_SOURCES = f"""
CREATE OR REPLACE TEMP TABLE possible_ends AS
    SELECT p.eid, p.source = e.id AS first_end, e.doc, e.locator, e.method, e.claim, e.speaker, e.confidence, e.age,
           f.public, f."case"
    FROM (SELECT eid, source, target, unnest([source, target]) AS id FROM possible) p
    JOIN entity_rows e ON e.id = p.id
    JOIN (SELECT l.doc, d.kind = 'table' OR l."case" IS NULL AS public, l."case"
          FROM live_filings l JOIN live_documents d USING (doc)) f USING (doc);
CREATE OR REPLACE TEMP TABLE possible_open AS
    SELECT eid, coalesce(bool_or(public) FILTER (first_end), false) AS source_open,
           coalesce(bool_or(public) FILTER (NOT first_end), false) AS target_open
    FROM possible_ends GROUP BY eid;
CREATE OR REPLACE TEMP TABLE possible_cited AS
    SELECT s.eid, s.doc, s.locator, s.method, s.claim, s.speaker, s.confidence, s.age
    FROM possible_ends s JOIN possible_open o USING (eid)
    WHERE CASE WHEN o.source_open AND o.target_open THEN s.public
               WHEN o.source_open OR o.target_open THEN s.first_end <> o.source_open
               ELSE EXISTS (SELECT 1 FROM possible_ends t
                            WHERE t.eid = s.eid AND t.first_end <> s.first_end AND t."case" = s."case") END
    QUALIFY row_number() OVER (PARTITION BY s.eid, s.first_end ORDER BY {BELIEVED_FIRST}) = 1;
INSERT INTO edge_rows
    SELECT p.eid, 'SAME_AS_POSSIBLE', p.source, p.target, p.type, p.type, NULL, NULL, p.probability, c.claim, true,
           false, c.origin, '{{' || member('reason', p.reason) || '}}'
    FROM possible p JOIN (
        SELECT eid, first(doc || '#' || locator ORDER BY {BELIEVED_FIRST}) AS origin,
               first(claim ORDER BY {BELIEVED_FIRST}) AS claim FROM possible_cited GROUP BY eid) c USING (eid);
INSERT INTO evidence_rows
    SELECT eid, doc, locator, method, claim, speaker, confidence, 'name', NULL FROM possible_cited;
"""


def infer_possible(connection: duckdb.DuckDBPyConnection) -> None:
    """Add SAME_AS_POSSIBLE edges and their evidence to `edge_rows` and `evidence_rows`.

    Args:
        connection: With `members`, `entity_rows`, `ledger_queue`, the tables of edges, and `told_apart`: what was told
            apart is no possibility.
    """
    connection.execute(_PAIRS)
    connection.execute(_SOURCES)
