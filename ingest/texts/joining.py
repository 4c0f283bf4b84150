"""Which records of texts are one with a registered one, and why; beside the rules of `ingest.resolve.rules`.

A name with its unit is joined there, as everywhere. Here: a body by its whole name (`agency_name`); a relative or
acquaintance by the name and the same tie to the same person (`same_tie`); people and firms of a passage that stands in
two papers (`same_passage`); contracts, tenders and benefits told without their number (`same_event`).
"""

from datetime import date

import duckdb
import pyarrow as pa

from graph.model.vocabulary import vocabulary
from ingest.texts.events import Happening, Verdict, settle

_SYMMETRIC = ("spouse", "sibling", "in_law")
_TURNED = {"child": "parent", "parent": "child", "child_in_law": "parent_in_law"}
DUPLICATE = "possible_duplicate"

# Needs `base_links` (entity_key, canonical): what the other rules joined.
_KNOWN = """
CREATE OR REPLACE TEMP TABLE text_entities AS
    SELECT entity_key, any_value(type) AS type, min(key_kind) AS kind, fold(any_value(name)) AS name,
           count(DISTINCT doc) AS docs
    FROM live_assertions WHERE starts_with(locator, 'c:') GROUP BY entity_key;
CREATE OR REPLACE TEMP TABLE text_links (entity_key VARCHAR, canonical VARCHAR, reason VARCHAR,
                                         probability DOUBLE, method VARCHAR);
CREATE OR REPLACE TEMP VIEW free_records AS
    SELECT * FROM text_entities WHERE kind IN ('name', 'name_unit', 'row')
      AND entity_key NOT IN (SELECT entity_key FROM base_links)
      AND entity_key NOT IN (SELECT entity_key FROM text_links);
CREATE OR REPLACE TEMP VIEW known_links AS
    SELECT entity_key, canonical FROM base_links UNION SELECT entity_key, canonical FROM text_links;
"""
_AGENCIES = """
INSERT INTO text_links
    SELECT t.entity_key, min(a.entity_key), '与登记的单位名称完全相同', .9, 'agency_name'
    FROM (SELECT DISTINCT f.entity_key, a.context FROM free_records f JOIN live_assertions a USING (entity_key)
          WHERE f.type = 'Agency' AND a.context IS NOT NULL) t
    JOIN (SELECT DISTINCT entity_key, fold(name) AS name FROM live_assertions
          WHERE type = 'Agency' AND NOT starts_with(locator, 'c:')) a ON a.name = t.context
    GROUP BY t.entity_key HAVING count(DISTINCT a.entity_key) = 1;
"""
_TIES = """
CREATE OR REPLACE TEMP TABLE person_names AS
    SELECT entity_key, fold(any_value(name)) AS name FROM live_assertions
    WHERE type = 'Person' AND name IS NOT NULL GROUP BY entity_key;
CREATE OR REPLACE TEMP TABLE close_ties AS
    SELECT starts_with(r.locator, 'c:') AS told, r.type,
           coalesce(w.kind, json_extract_string(r.props, '$.kind')) AS kind,
           r.source_key AS a, r.target_key AS b
    FROM live_relations r LEFT JOIN tie_words w ON w.word = json_extract_string(r.props, '$.word') AND r.type = 'KIN'
    WHERE r.type IN ('KIN', 'ASSOC') AND coalesce(w.kind, json_extract_string(r.props, '$.kind')) IS NOT NULL;
CREATE OR REPLACE TEMP TABLE tie_sides AS
    SELECT told, type, kind, a AS one, b AS other FROM close_ties
    UNION
    SELECT told, c.type, coalesce(t.turned, c.kind), b, a FROM close_ties c LEFT JOIN turned_kinds t USING (kind);
CREATE OR REPLACE TEMP TABLE sided AS
    SELECT s.told, s.type, s.kind, coalesce(l.canonical, s.one) AS one, s.other, n.name,
           coalesce(m.canonical, s.other) AS other_id
    FROM tie_sides s LEFT JOIN known_links l ON l.entity_key = s.one LEFT JOIN known_links m ON m.entity_key = s.other
    JOIN person_names n ON n.entity_key = s.other;
INSERT INTO text_links
    SELECT t.other, min(r.other_id), '姓名相同,且与同一人有相同的亲属或社会关系', .9, 'same_tie'
    FROM sided t JOIN sided r ON r.type = t.type AND r.kind = t.kind AND r.one = t.one AND r.name = t.name
    WHERE t.told AND NOT r.told AND t.other IN (SELECT entity_key FROM free_records)
    GROUP BY t.other HAVING count(DISTINCT r.other_id) = 1;
"""
# Who is said not to be a relative, or not to represent a firm, is the one of whom a register says so: that is denied.
_DENIED = """
INSERT INTO text_links
    SELECT t.key, min(coalesce(m.canonical, r.source_key)), '姓名相同,所否认的正是登记的这一关系', .9, 'same_tie'
    FROM (SELECT r.type, r.source_key AS key, coalesce(l.canonical, r.target_key) AS target, n.name
          FROM live_relations r JOIN person_names n ON n.entity_key = r.source_key
          LEFT JOIN known_links l ON l.entity_key = r.target_key
          WHERE starts_with(r.locator, 'c:') AND r.claim IN ('refuted', 'denied')
            AND r.source_key IN (SELECT entity_key FROM free_records)) t
    JOIN live_relations r ON r.type = t.type AND NOT starts_with(r.locator, 'c:')
    LEFT JOIN known_links l ON l.entity_key = r.target_key LEFT JOIN known_links m ON m.entity_key = r.source_key
    JOIN person_names n ON n.entity_key = r.source_key AND n.name = t.name
    WHERE t.type IN ('LEGAL_REP', 'OFFICER', 'SHARE', 'HOLDS_POST')
      AND coalesce(l.canonical, r.target_key) = t.target
    GROUP BY t.key HAVING count(DISTINCT coalesce(m.canonical, r.source_key)) = 1;
"""
# One passage in two papers is one statement: who it names by the same words is the same. Where one of the papers says
# more of him, that holds for all; where they say different things, nothing is joined.
_PASSAGES = """
CREATE OR REPLACE TEMP TABLE copied AS
    SELECT json_extract_string(r.props, '$.passage') || chr(31) || r.type || chr(31) || r.side || chr(31) || e.type
               || chr(31) || e.name || chr(31) || coalesce(CASE WHEN e.kind = 'row' THEN a.props END, '') AS words,
           r.doc, e.entity_key
    FROM (SELECT *, unnest([source_key, target_key]) AS key, unnest(['s', 't']) AS side FROM live_relations
          WHERE starts_with(locator, 'c:') AND json_extract_string(props, '$.passage') IS NOT NULL) r
    JOIN text_entities e ON e.entity_key = r.key AND e.kind IN ('name', 'name_unit', 'row') AND e.type <> 'Account'
    JOIN (SELECT entity_key, min(props) AS props FROM live_assertions WHERE starts_with(locator, 'c:')
          GROUP BY entity_key) a ON a.entity_key = e.entity_key;
CREATE OR REPLACE TEMP TABLE copies AS
    SELECT c.words, c.doc, c.entity_key, l.canonical FROM copied c LEFT JOIN known_links l USING (entity_key)
    WHERE c.words NOT IN (SELECT words FROM copied GROUP BY words, doc HAVING count(DISTINCT entity_key) > 1);
INSERT INTO text_links
    SELECT entity_key, min(meant), '同一段文字见于两份材料', .9, 'same_passage'
    FROM (SELECT c.entity_key, coalesce(g.canonical, g.first_key) AS meant
          FROM copies c JOIN (
              SELECT words, min(canonical) AS canonical, min(entity_key) AS first_key FROM copies
              GROUP BY words HAVING count(DISTINCT doc) > 1 AND count(DISTINCT canonical) <= 1) g USING (words)
          WHERE c.canonical IS NULL)
    WHERE meant <> entity_key GROUP BY entity_key HAVING count(DISTINCT meant) = 1;
"""
# Of millions of payments on record only those of the parties that texts name are looked at.
_NEAR = """
CREATE OR REPLACE TEMP VIEW event_parties AS
    SELECT r.target_key AS event, coalesce(l.canonical, r.source_key) AS party, r.type <> 'BUYER' AS paid
    FROM live_relations r LEFT JOIN known_links l ON l.entity_key = r.source_key
    WHERE r.type IN ('SIGNED', 'WON', 'BID', 'RECEIVED', 'BUYER') AND r.claim NOT IN ('refuted', 'denied');
CREATE OR REPLACE TEMP TABLE told_events AS
    SELECT DISTINCT event, party FROM event_parties WHERE event IN (
        SELECT entity_key FROM text_entities
        WHERE type IN ('Contract', 'Tender', 'Benefit') AND kind IN ('name', 'row'));
CREATE OR REPLACE TEMP TABLE near_events AS
    SELECT DISTINCT event FROM event_parties WHERE party IN (SELECT party FROM told_events);
"""
_EVENTS = """
SELECT e.entity_key, e.type, e.told, e.name, e.amount, e.first, e.last, e.sort,
       list(DISTINCT p.party) FILTER (p.paid), list(DISTINCT p.party) FILTER (NOT p.paid)
FROM (
    SELECT entity_key, any_value(type) AS type, bool_and(starts_with(locator, 'c:')) AS told,
           max(fold(name)) FILTER (fold(name) <> coalesce(json_extract_string(props, '$.code'), '')) AS name,
           max(try_cast(json_extract_string(props, '$.amount') AS DOUBLE)) AS amount,
           min(coalesce(json_extract_string(props, '$.signed'), json_extract_string(props, '$.month'))::DATE) AS first,
           max(coalesce(json_extract_string(props, '$.signed_latest'), json_extract_string(props, '$.month_latest'),
                        json_extract_string(props, '$.signed'), json_extract_string(props, '$.month'))::DATE) AS last,
           max(json_extract_string(props, '$.programme')) AS sort
    FROM live_assertions WHERE type IN ('Contract', 'Tender', 'Benefit')
      AND entity_key IN (SELECT event FROM near_events)
      AND (NOT starts_with(locator, 'c:') OR key_kind IN ('name', 'row')) GROUP BY entity_key) e
JOIN (SELECT * FROM event_parties WHERE event IN (SELECT event FROM near_events)) p ON p.event = e.entity_key
GROUP BY ALL ORDER BY e.entity_key
"""
# The same number on record as something else: a lease that a text calls a contract is no contract more.
_DOUBTS = f"""
CREATE OR REPLACE TEMP TABLE text_doubts AS
    SELECT a, b, '{DUPLICATE}' AS reason, '{{}}' AS facts FROM doubted_events
    UNION
    SELECT t.entity_key, r.entity_key, '{DUPLICATE}', '{{}}'
    FROM text_entities t JOIN (
        SELECT DISTINCT entity_key, type FROM live_assertions
        WHERE NOT starts_with(locator, 'c:') AND type IN ('Contract', 'Tender', 'Lease', 'Permit', 'Payment')) r
    ON split_part(r.entity_key, '-', 2) = split_part(t.entity_key, '-', 2) AND r.type <> t.type
    WHERE t.type IN ('Contract', 'Tender') AND t.kind = 'code' AND t.entity_key NOT IN (
        SELECT entity_key FROM live_assertions WHERE NOT starts_with(locator, 'c:'));
"""
_LINKS = pa.schema([("entity_key", pa.string()), ("canonical", pa.string())])
_DOUBTED = pa.schema([("a", pa.string()), ("b", pa.string())])


def _words() -> pa.Table:
    rows = [{"word": word, "kind": kind} for kind, words in vocabulary("kin").items() for word in words]
    return pa.Table.from_pylist(rows)


def _happening(row: tuple[object, ...]) -> Happening:
    key, type_, _, name, amount, first, last, sort, payees, payers = row
    assert first is None or isinstance(first, date)
    assert last is None or isinstance(last, date)
    paid, paying = (frozenset[str](some) if isinstance(some, list) else frozenset[str]() for some in (payees, payers))
    known = None if amount is None else float(str(amount))
    said = "" if name is None or type_ == "Benefit" else str(name)
    return Happening(str(key), str(type_), said, paid, paying, known, first, last, None if sort is None else str(sort))


def _verdicts(connection: duckdb.DuckDBPyConnection) -> dict[str, Verdict]:
    connection.execute(_NEAR)
    rows = connection.execute(_EVENTS).fetchall()
    told = [_happening(row) for row in rows if row[2]]
    return settle(told, (_happening(row) for row in rows if not row[2])) if told else {}


def join_texts(connection: duckdb.DuckDBPyConnection) -> None:
    """Create `text_links` (columns of `clusters`) and `text_doubts` (a, b, reason, facts).

    Args:
        connection: With the live views and `base_links`, what the rules of all records joined.
    """
    turned = [{"kind": kind, "turned": other} for kind, other in _TURNED.items()]
    connection.register("tie_words", _words())
    connection.register("turned_kinds", pa.Table.from_pylist(turned))
    connection.execute(_KNOWN)
    some = connection.execute("SELECT 1 FROM text_entities LIMIT 1").fetchone() is not None
    for script in (_AGENCIES, _TIES, _DENIED, _PASSAGES) if some else ():
        connection.execute(script)
    verdicts = _verdicts(connection) if some else {}
    same = [{"entity_key": key, "canonical": one.same} for key, one in verdicts.items() if one.same is not None]
    doubts = [{"a": key, "b": other} for key, one in verdicts.items() for other in one.possible]
    connection.register("same_events", pa.Table.from_pylist(same, schema=_LINKS))
    connection.register("doubted_events", pa.Table.from_pylist(doubts, schema=_DOUBTED))
    connection.execute(
        """INSERT INTO text_links SELECT entity_key, canonical, '双方相同,金额、月份或名称相符', .9, 'same_event'
        FROM same_events WHERE entity_key NOT IN (SELECT entity_key FROM text_links WHERE method <> 'same_passage')"""
    )
    connection.execute(_DOUBTS)
