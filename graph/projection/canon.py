"""From entity keys to canonical ids: members of clusters, numbers that stand for what bears them, weakest joins."""

from collections.abc import Sequence

import duckdb

from graph.keys import UNRESOLVED
from graph.projection.groups import Said
from graph.projection.joining import join_records

# How well the key kind of a record says who it is; what hits report as `identity`.
_GRADES = """
CREATE OR REPLACE MACRO identity_grade(kind) AS
    CASE WHEN kind IN ('name_unit', 'name_account', 'company_name') THEN 'name_unit'
         WHEN kind = 'name' THEN 'name' ELSE 'code' END;
CREATE OR REPLACE MACRO weaker(a, b) AS
    CASE WHEN a = 'name' OR b = 'name' THEN 'name' WHEN a = 'name_unit' OR b = 'name_unit' THEN 'name_unit'
         ELSE 'code' END;
"""

# `doubted`: one ID number under several names, or a name that several people bear in the same unit.
_MEMBERS = """
CREATE OR REPLACE TEMP TABLE doubted AS
    SELECT a AS entity_key FROM ledger_queue WHERE reason = 'name_unit_ambiguous'
    UNION
    SELECT entity_key FROM (
        SELECT e.entity_key, e.sources, max(o.sources) AS rival FROM (
            SELECT entity_key, json_extract_string(props, '$.code') AS code, count(*) AS sources FROM live_assertions
            WHERE type = 'Person' AND key_kind = 'id' AND name IS NOT NULL GROUP BY ALL) e
        JOIN (
            SELECT entity_key, json_extract_string(props, '$.code') AS code, count(*) AS sources FROM live_assertions
            WHERE type = 'Person' AND key_kind = 'id' AND name IS NOT NULL GROUP BY ALL) o
        ON o.code = e.code AND o.entity_key <> e.entity_key GROUP BY ALL) WHERE sources <= rival;
CREATE OR REPLACE TEMP TABLE known AS
    SELECT entity_key, any_value(type) AS type, min(key_kind) AS key_kind FROM live_assertions GROUP BY entity_key;
"""
# A judgement lifts a doubt, and lifts a bare name to what a name with a second identifier is worth; it never makes a
# join as good as a number that both records bear.
_PLACES = f"""
CREATE OR REPLACE TEMP TABLE members AS
    SELECT k.entity_key, k.type, coalesce(c.id, k.entity_key) AS id,
           CASE WHEN c.id <> c.machine_id THEN 'name_unit'
                WHEN d.entity_key IS NOT NULL AND j.entity_key IS NULL THEN 'name'
                WHEN identity_grade(k.key_kind) = 'name' AND (j.entity_key IS NOT NULL OR s.entity_key IS NOT NULL)
                    THEN 'name_unit'
                ELSE identity_grade(k.key_kind) END AS identity
    FROM known k
    LEFT JOIN canonical_ids c USING (entity_key)
    LEFT JOIN doubted d USING (entity_key)
    LEFT JOIN judged_same j USING (entity_key)
    LEFT JOIN (SELECT DISTINCT unnest([entity_key, canonical]) AS entity_key FROM links
               WHERE method = 'second_identifier'
               UNION SELECT l.entity_key FROM links l JOIN known o ON o.entity_key = l.canonical
               WHERE identity_grade(o.key_kind) <> 'name') s USING (entity_key);
-- A party whose account no text names has one account that stands for any of its own, as well known as the party is.
CREATE OR REPLACE TEMP TABLE unstated_owners AS
    SELECT a.entity_key, min(o.id) AS owner, min(o.identity) AS identity
    FROM (SELECT DISTINCT entity_key FROM live_assertions WHERE type = 'Account' AND key_kind = 'row'
          AND told(locator) AND json_extract_string(props, '$.unstated') = 'true') a
    JOIN live_relations r ON r.type = 'OWNS' AND r.target_key = a.entity_key
    JOIN members o ON o.entity_key = r.source_key GROUP BY a.entity_key;
UPDATE members SET id = u.id, identity = u.identity
FROM (SELECT entity_key, identity, min(entity_key) OVER (PARTITION BY owner) AS id FROM unstated_owners) u
WHERE u.entity_key = members.entity_key;
CREATE OR REPLACE TEMP TABLE unstated_ids AS
    SELECT DISTINCT m.id, u.owner FROM unstated_owners u JOIN members m USING (entity_key);
-- A register that names a matter by number only means whatever bears that number; a contract before its tender.
CREATE OR REPLACE TEMP TABLE refs AS
    SELECT '{UNRESOLVED}-' || split_part(entity_key, '-', 2) AS entity_key, arg_min(id, rank) AS id,
           arg_min(type, rank) AS type, 'code' AS identity
    FROM (SELECT *, list_position(['Contract', 'Tender', 'Permit', 'Lease', 'Payment', 'Benefit', 'Lead', 'Case'], type)
                    AS rank FROM members) WHERE rank IS NOT NULL GROUP BY 1;
CREATE OR REPLACE TEMP TABLE places AS
    SELECT entity_key, type, id, identity FROM members UNION ALL SELECT entity_key, type, id, identity FROM refs;
"""

# One row a relation row with canonical ends; a tie whose two ends turn out to be one entity is no tie, except a
# transfer between an account and itself, which banks do record.
_RELATIONS = """
CREATE OR REPLACE TEMP VIEW placed AS
    SELECT r.relation_key, r.type, s.id AS source, t.id AS target, s.type AS source_type, t.type AS target_type,
           r.props, r.doc, r.locator, r.method, r.confidence, r.claim, r.speaker, r.valid_from, r.valid_to, r.age,
           weaker(s.identity, t.identity) AS identity
    FROM live_relations r
    JOIN places s ON s.entity_key = r.source_key
    JOIN places t ON t.entity_key = r.target_key
    WHERE s.id <> t.id OR r.type = 'TRANSFER';
"""


def make_canonical(connection: duckdb.DuckDBPyConnection, said: Sequence[Said] = ()) -> None:
    """Create `members` (entity key -> id, type, identity) and the view `placed` (relations between ids).

    Args:
        connection: With the live views, `ledger_clusters` and `ledger_queue`.
        said: Judgements in force.
    """
    for script in (_GRADES, _MEMBERS):
        connection.execute(script)
    join_records(connection, said)
    for script in (_PLACES, _RELATIONS):
        connection.execute(script)
