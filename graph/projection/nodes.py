"""From assertions to nodes: names, typed properties, and what the edges say about them."""

import duckdb

from graph.model import NodeType, model
from graph.projection.claims import BELIEVED_FIRST
from graph.projection.typed import json_object, typed

_ENTITIES = """
CREATE OR REPLACE TEMP VIEW entity_rows AS
    SELECT m.id, i.type, m.identity, a.name, a.props, a.doc, a.locator, a.method, a.confidence, a.claim, a.speaker,
           a.age
    FROM live_assertions a JOIN members m ON m.entity_key = a.entity_key
    JOIN members i ON i.entity_key = m.id;
"""
# A register that refers to a tender by its number alone must not take away the title that another register gives.
_NAMES = f"""
CREATE OR REPLACE TEMP TABLE names AS
    SELECT id, any_value(type) AS type, coalesce(
        first(name ORDER BY coalesce(fold(name) = json_extract_string(props, '$.code'), false), {BELIEVED_FIRST})
            FILTER (name IS NOT NULL), id) AS name
    FROM entity_rows GROUP BY id;
"""
_ROWS = """
CREATE OR REPLACE TEMP TABLE node_rows (id VARCHAR, type VARCHAR, name VARCHAR, props VARCHAR);
"""
# That papers name somebody, or lie in the folder of a case, makes nobody a hub.
_FACTS = """
CREATE OR REPLACE TEMP VIEW counted_edges AS
    SELECT source, target FROM edge_rows
    WHERE NOT (type IN ('MENTIONS', 'PARTY_TO') AND told(split_part(origin, '#', 2)));
CREATE OR REPLACE TEMP TABLE degrees AS
    SELECT id, count(*) AS degree FROM (
        SELECT source AS id FROM counted_edges
        UNION ALL SELECT target FROM counted_edges WHERE target <> source) GROUP BY id;
CREATE OR REPLACE TEMP TABLE case_docs AS SELECT DISTINCT doc, "case" FROM live_filings WHERE "case" IS NOT NULL;
CREATE OR REPLACE TEMP TABLE node_cases AS
    SELECT id, count(DISTINCT "case") AS cases FROM (
        SELECT e.source AS id, c."case" FROM edge_rows e JOIN evidence_rows v USING (eid) JOIN case_docs c USING (doc)
        UNION ALL
        SELECT e.target, c."case" FROM edge_rows e JOIN evidence_rows v USING (eid) JOIN case_docs c USING (doc)
        UNION ALL
        SELECT r.id, c."case" FROM entity_rows r JOIN case_docs c USING (doc)) GROUP BY id;
CREATE OR REPLACE TEMP TABLE officials AS
    SELECT DISTINCT source AS id FROM edge_rows WHERE type IN ('HOLDS_POST', 'IN_CHARGE_OF', 'DECIDED');
"""


def _list_value(name: str) -> str:
    text = f"json_extract_string(props, '$.{name}')"
    each = f"string_split_regex({text}, '[、,，;；/]')"
    pieces = f"flatten(list({each} ORDER BY {BELIEVED_FIRST}) FILTER ({text} IS NOT NULL))"
    return f"nullif(list_sort(list_distinct(list_filter({pieces}, lambda piece: piece <> ''))), [])"


def _value(node: NodeType, name: str) -> str:
    kind = node.properties[name].type
    if kind == "list":
        return _list_value(name)
    expression = typed(kind, name)
    return f"first({expression} ORDER BY {BELIEVED_FIRST}) FILTER ({expression} IS NOT NULL)"


def make_entities(connection: duckdb.DuckDBPyConnection) -> None:
    """Create `entity_rows` (assertions with canonical ids) and `names` (id, type, name)."""
    connection.execute(_ENTITIES)
    connection.execute(_NAMES)


def make_nodes(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill `node_rows`; add the sources of nodes to `evidence_rows`; count degrees and cases."""
    connection.execute(_ROWS)
    connection.execute("DELETE FROM members WHERE id IN (SELECT id FROM unused_accounts)")
    connection.execute(_FACTS)
    present = {row[0] for row in connection.execute("SELECT DISTINCT type FROM names").fetchall()}
    for node in model().nodes.values():
        if node.name not in present:
            continue
        members = {name: _value(node, name) for name in node.properties}
        if node.name == "Person":
            members["is_official"] = "CASE WHEN any_value(id) IN (SELECT id FROM officials) THEN true END"
        connection.execute(
            f"""INSERT INTO node_rows
            SELECT r.id, r.type, n.name, r.props FROM (
                SELECT id, type, {json_object(members)} AS props FROM entity_rows WHERE type = ? GROUP BY id, type) r
            LEFT JOIN names n ON n.id = r.id""",
            [node.name],
        )
    connection.execute(
        """INSERT INTO evidence_rows
        SELECT DISTINCT id, doc, locator, method, claim, speaker, confidence, identity, NULL::VARCHAR
        FROM entity_rows"""
    )
