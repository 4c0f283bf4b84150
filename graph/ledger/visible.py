"""Which rows of the ledger count: committed, not retracted, not superseded by a newer delivery."""

import duckdb

from graph.ledger.ledger import Ledger

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

_ASSERTIONS = """
CREATE OR REPLACE TEMP VIEW live_assertions AS
    SELECT a.*, delivery.age FROM ledger_assertions a
    JOIN fact_units USING (doc, unit) JOIN delivery USING (doc);
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
CREATE OR REPLACE TEMP VIEW live_relations AS
    SELECT r.* FROM committed_relations r
    LEFT JOIN believed b ON b.relation_key = r.relation_key AND b.type = r.type
    WHERE b.content IS NULL
       OR b.content = md5(concat_ws(chr(31), r.source_key, r.target_key, r.props, r.valid_from, r.valid_to));
"""


def attach_live(connection: duckdb.DuckDBPyConnection, ledger: Ledger) -> None:
    """Create the temporary views `live_documents`, `live_filings`, `live_assertions` and `live_relations`.

    `live_assertions` and `live_relations` carry `age`: a greater number is a newer delivery.
    """
    ledger.attach(connection, "commits", "retractions", "filings", "documents", "assertions", "relations")
    for script in (_LIVE, _ASSERTIONS, _RELATIONS):
        connection.execute(script)
