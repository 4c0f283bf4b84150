"""Which rows of the ledger count: committed, not retracted, not superseded by a newer delivery."""

import duckdb

from graph.keys import SQL_MACROS
from graph.ledger.ledger import Ledger

# Stands at the end of a text's tie to whatever it is filed in: one case, several, or none yet.
FOLDER = "Folder"

# A retraction names a document or a run; the newest entry for a target decides.
_LIVE = """
CREATE OR REPLACE TEMP VIEW live_units AS SELECT unit, seq, run FROM ledger_commits;
CREATE OR REPLACE TEMP TABLE withdrawn AS
    SELECT kind, target FROM ledger_retractions
    QUALIFY row_number() OVER (PARTITION BY kind, target ORDER BY seq DESC) = 1 AND NOT undone;
CREATE OR REPLACE TEMP TABLE live_filings AS
    SELECT f.doc, f.path, f."case", f.run, f.provided_by, f.warrant, f.obtained, u.seq
    FROM ledger_filings f JOIN live_units u USING (unit)
    WHERE f.doc NOT IN (SELECT target FROM withdrawn WHERE kind = 'doc')
      AND f.run NOT IN (SELECT target FROM withdrawn WHERE kind = 'run');
CREATE OR REPLACE TEMP TABLE live_documents AS
    SELECT d.doc, any_value(d.sha256) AS sha256, any_value(d.kind) AS kind, any_value(d.reader) AS reader,
           arg_min(d.layout, u.seq) AS layout, min(d.unit) AS any_unit
    FROM ledger_documents d JOIN live_units u USING (unit)
    WHERE d.doc IN (SELECT doc FROM live_filings)
    GROUP BY d.doc;
-- How old a document's delivery is: by the day the data were obtained where that is known, then by import.
CREATE OR REPLACE TEMP TABLE delivery AS
    SELECT doc, row_number() OVER (ORDER BY max(obtained) NULLS FIRST, min(seq), doc) AS age
    FROM live_filings GROUP BY doc;
CREATE OR REPLACE TEMP TABLE fact_units AS
    SELECT d.doc, d.unit FROM ledger_documents d
    JOIN live_units u USING (unit) JOIN live_documents USING (doc);
"""

# A folder of case texts bears the number of a lead when a register knows such a lead, else of a case: decided here,
# where every import is seen, so that their order does not matter.
_ASSERTIONS = """
CREATE OR REPLACE TEMP VIEW stated_assertions AS
    SELECT a.*, delivery.age FROM ledger_assertions a
    JOIN fact_units USING (doc, unit) JOIN delivery USING (doc);
CREATE OR REPLACE TEMP TABLE folders AS
    SELECT f.doc, f."case", coalesce(l.entity_key, shenwa_key('Case', 'code', fold(f."case"))) AS entity_key,
           CASE WHEN l.entity_key IS NULL THEN 'Case' ELSE 'Lead' END AS type
    FROM (SELECT DISTINCT f.doc, f."case" FROM live_filings f JOIN live_documents d USING (doc)
          WHERE d.kind = 'text' AND f."case" IS NOT NULL) f
    LEFT JOIN (SELECT DISTINCT entity_key FROM stated_assertions WHERE type = 'Lead') l
        ON l.entity_key = shenwa_key('Lead', 'code', fold(f."case"));
CREATE OR REPLACE TEMP VIEW live_assertions AS
    SELECT * FROM stated_assertions
    UNION ALL BY NAME
    SELECT entity_key, type, "case" AS name, 'code' AS key_kind, NULL::VARCHAR AS context,
           to_json({code: fold("case")})::VARCHAR AS props, doc, 'c:0-0' AS locator, 'folder' AS method,
           1.0 AS confidence, 'registry' AS claim, NULL::VARCHAR AS speaker, NULL::DATE AS valid_from,
           NULL::DATE AS valid_to, NULL::VARCHAR AS unit, age
    FROM folders JOIN delivery USING (doc);
"""

# Two deliveries may carry the same key with other content: the newest one is believed, and every row that says the
# same stays as a source of it.
_RELATIONS = """
CREATE OR REPLACE TEMP VIEW committed_relations AS
    SELECT r.*, delivery.age FROM ledger_relations r
    JOIN fact_units USING (doc, unit) JOIN delivery USING (doc);
CREATE OR REPLACE TEMP TABLE believed AS
    SELECT relation_key, type, arg_max(content, age) AS content
    FROM (
        SELECT relation_key, type, age,
               md5(concat_ws(chr(31), source_key, target_key, props, valid_from, valid_to)) AS content
        FROM committed_relations
        WHERE (relation_key, type) IN (
            SELECT (relation_key, type) FROM committed_relations GROUP BY ALL HAVING count(*) > 1)
    )
    GROUP BY relation_key, type HAVING count(DISTINCT content) > 1;
CREATE OR REPLACE TEMP VIEW believed_relations AS
    SELECT r.* FROM committed_relations r
    LEFT JOIN believed b ON b.relation_key = r.relation_key AND b.type = r.type
    WHERE b.content IS NULL
       OR b.content = md5(concat_ws(chr(31), r.source_key, r.target_key, r.props, r.valid_from, r.valid_to));
"""
_FILED = f"""
CREATE OR REPLACE TEMP VIEW live_relations AS
    SELECT * FROM believed_relations WHERE target_key <> '{FOLDER}'
    UNION ALL BY NAME
    SELECT r.* REPLACE (f.entity_key AS target_key, CASE WHEN r.type = 'MENTIONS' THEN r.props
        ELSE to_json({{role: CASE f.type WHEN 'Lead' THEN '被反映人' ELSE '涉案人' END}})::VARCHAR END AS props)
    FROM believed_relations r JOIN folders f USING (doc) WHERE r.target_key = '{FOLDER}';
"""


def attach_live(connection: duckdb.DuckDBPyConnection, ledger: Ledger) -> None:
    """Create the temporary views `live_documents`, `live_filings`, `live_assertions` and `live_relations`.

    `live_assertions` and `live_relations` carry `age`: a greater number is a newer delivery. Texts are filed: the
    case or lead of their folder is among the assertions, and their ties to it end at it.
    """
    ledger.attach(connection, "commits", "retractions", "filings", "documents", "assertions", "relations")
    for script in (SQL_MACROS, _LIVE, _ASSERTIONS, _RELATIONS, _FILED):
        connection.execute(script)
