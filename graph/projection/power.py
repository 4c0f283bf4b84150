"""HAS_POWER: the one edge that queries use for what an official could decide, graded P1 to P4.

P1 handled, approved or signed the matter itself; P2 in charge of it (分管); P3 head of the unit; P4 a post in the unit
and no more. Each edge keeps the sources of the tie it comes from, and of the posts with which it began or ended.
"""

import duckdb

# Who has left the post no longer holds what went with it: a charge (分管) whose end nobody wrote down ends with the
# last post in the unit, or anywhere when none is recorded there. One post without an end leaves it open.
_LEFT = """
CREATE OR REPLACE TEMP TABLE terms AS
    SELECT source, target, eid, valid_to,
           coalesce(json_extract_string(props, '$.to_earliest')::DATE, valid_to) AS surely_to
    FROM edge_rows WHERE type = 'HOLDS_POST';
CREATE OR REPLACE TEMP TABLE left_charges AS
    SELECT c.eid AS charge, arg_max(t.eid, t.valid_to) AS post, max(t.valid_to) AS left_on,
           max(t.surely_to) AS surely_until
    FROM edge_rows c JOIN terms t ON t.source = c.source AND (t.target = c.target
        OR NOT EXISTS (SELECT 1 FROM terms o WHERE o.source = c.source AND o.target = c.target))
    WHERE c.type = 'IN_CHARGE_OF' AND c.valid_to IS NULL
    GROUP BY c.eid, c.valid_from
    HAVING count(*) = count(t.valid_to) AND (c.valid_from IS NULL OR max(t.valid_to) >= c.valid_from);
"""
# A charge whose start nobody wrote down began at the earliest with the first post in the unit, and nobody knows when.
_ENTERED = """
CREATE OR REPLACE TEMP TABLE entered_charges AS
    SELECT c.eid AS charge, arg_min(t.eid, t.valid_from) AS post, min(t.valid_from) AS entered_on
    FROM edge_rows c JOIN edge_rows t ON t.type = 'HOLDS_POST' AND t.source = c.source AND t.target = c.target
    WHERE c.type = 'IN_CHARGE_OF' AND c.valid_from IS NULL
    GROUP BY c.eid HAVING count(*) = count(t.valid_from);
"""
_POWERS = """
CREATE OR REPLACE TEMP TABLE deciders AS
    SELECT e.eid AS base, e.source, e.target AS item, e.valid_from, e.valid_to, e.disputed, e.confidence, e.claim,
           e.origin, e.props, buyers.agency
    FROM edge_rows e JOIN (
        SELECT b.target AS item, b.source AS agency FROM edge_rows b WHERE b.type = 'BUYER'
        UNION
        SELECT f.source, b.source FROM edge_rows f JOIN edge_rows b ON b.type = 'BUYER' AND b.target = f.target
        WHERE f.type = 'FROM'
        UNION
        SELECT p.target, p.agency FROM (
            SELECT m.eid, m.target, places.id AS agency FROM edge_rows m
            JOIN evidence_rows v ON v.eid = m.eid
            JOIN placed r ON r.relation_key = v.relation_key AND r.type = 'DECIDED'
            JOIN places ON places.type = 'Agency' AND places.entity_key =
                 shenwa_key('Agency', 'value', fold(json_extract_string(r.props, '$.unit_name')))
            WHERE m.type = 'DECIDED' AND m.target_type = 'Permit') p
        ) buyers ON buyers.item = e.target
    WHERE e.type = 'DECIDED';
CREATE OR REPLACE TEMP TABLE powers AS
    SELECT base, source, agency AS target, 1 AS grade, concat_ws(' · ', json_extract_string(props, '$.matter'),
           json_extract_string(props, '$.step'), item_names.name) AS matter, item,
           valid_from, valid_to, disputed, confidence, claim, origin, NULL AS from_latest, NULL AS to_earliest
    FROM deciders LEFT JOIN names item_names ON item_names.id = deciders.item
    UNION ALL
    SELECT eid, source, target, 2, json_extract_string(props, '$.matter'), NULL, coalesce(valid_from, entered_on),
           coalesce(valid_to, left_on), disputed, confidence, claim, origin,
           coalesce(json_extract_string(props, '$.from_latest'),
                    CASE WHEN entered_on IS NOT NULL THEN coalesce(valid_to, left_on, DATE '2999-12-31')::VARCHAR END),
           coalesce(json_extract_string(props, '$.to_earliest'),
                    CASE WHEN surely_until < left_on THEN surely_until::VARCHAR END)
    FROM edge_rows LEFT JOIN left_charges l ON l.charge = eid LEFT JOIN entered_charges n ON n.charge = eid
    WHERE type = 'IN_CHARGE_OF'
    UNION ALL
    SELECT eid, source, target, CASE WHEN json_extract(props, '$.head')::BOOLEAN THEN 3 ELSE 4 END,
           json_extract_string(props, '$.post'), NULL, valid_from, valid_to, disputed, confidence, claim, origin,
           json_extract_string(props, '$.from_latest'), json_extract_string(props, '$.to_earliest')
    FROM edge_rows WHERE type = 'HOLDS_POST';
CREATE OR REPLACE TEMP TABLE power_edges AS
    SELECT shenwa_hash('HAS_POWER' || chr(31) || source || chr(31) || target || chr(31) || coalesce(matter, '')
                       || chr(31) || grade::VARCHAR || chr(31) || coalesce(item, '') || chr(31)
                       || coalesce(valid_from::VARCHAR, '')) AS eid, *
    FROM powers;
INSERT INTO edge_rows
    SELECT eid, 'HAS_POWER', source, target, 'Person', 'Agency', first(valid_from ORDER BY base),
           first(valid_to ORDER BY base), first(confidence ORDER BY base), first(claim ORDER BY base), true,
           bool_or(disputed), first(origin ORDER BY base),
           '{' || concat_ws(',', member('from_latest', first(from_latest ORDER BY base)),
               member('grade', any_value(grade)), member('item', any_value(item)),
               member('matter', any_value(matter)), member('to_earliest', first(to_earliest ORDER BY base))) || '}'
    FROM power_edges GROUP BY eid, source, target;
INSERT INTO evidence_rows
    SELECT DISTINCT p.eid, v.doc, v.locator, v.method, v.claim, v.speaker, v.confidence, v.identity, v.relation_key
    FROM (SELECT eid, base FROM power_edges
          UNION SELECT p.eid, l.post FROM power_edges p JOIN left_charges l ON l.charge = p.base
          UNION SELECT p.eid, n.post FROM power_edges p JOIN entered_charges n ON n.charge = p.base) p
    JOIN evidence_rows v ON v.eid = p.base;
"""


def infer_power(connection: duckdb.DuckDBPyConnection) -> None:
    """Add HAS_POWER edges and their evidence to `edge_rows` and `evidence_rows`; needs `names` and `places`."""
    connection.execute(_LEFT)
    connection.execute(_ENTERED)
    connection.execute(_POWERS)
