"""From ties to edges: one identity an edge, the strongest claim's dates, all sources as evidence."""

import duckdb

from graph.model import RelationType, model
from graph.projection.attaching import attach, find_doubtful
from graph.projection.claims import BELIEVED_FIRST
from graph.projection.terms import split_terms
from graph.projection.told import add_told_transfers
from graph.projection.typed import MACROS, json_object, typed

_TABLES = """
CREATE OR REPLACE TEMP TABLE edge_rows (
    eid VARCHAR, type VARCHAR, source VARCHAR, target VARCHAR, source_type VARCHAR, target_type VARCHAR,
    valid_from DATE, valid_to DATE, confidence DOUBLE, claim VARCHAR, inferred BOOLEAN, disputed BOOLEAN,
    origin VARCHAR, props VARCHAR);
CREATE OR REPLACE TEMP TABLE evidence_rows (
    eid VARCHAR, doc VARCHAR, locator VARCHAR, method VARCHAR, claim VARCHAR, speaker VARCHAR,
    confidence DOUBLE, identity VARCHAR, relation_key VARCHAR);
"""
# What a text tells of, where it cannot be told of which tie on record: shown with the paper, counted nowhere.
_NOTED = """
CREATE OR REPLACE TEMP VIEW noted AS
    SELECT NULL::VARCHAR AS relation_key, 'MENTIONS' AS type,
           shenwa_key('Document', 'value', 'file' || chr(31) || d.doc) AS source, d.party AS target,
           'Document' AS source_type, m.type AS target_type,
           to_json({role: 'possible_duplicate', kind: d.type, date: d.valid_from,
                    amount: json_extract(d.props, '$.amount')})::VARCHAR AS props,
           d.doc, d.locator, d.method, d.confidence, d.claim, d.speaker, NULL::DATE AS valid_from,
           NULL::DATE AS valid_to, d.age, d.identity
    FROM (SELECT x.* EXCLUDE (source, target), coalesce(o.owner, x.id) AS party
          FROM (SELECT *, unnest([source, target]) AS id FROM possible_duplicates) x
          LEFT JOIN unstated_ids o ON o.id = x.id) d
    JOIN members m ON m.entity_key = d.party;
"""
_MINE = """
CREATE OR REPLACE TEMP TABLE mine AS SELECT *, {identity} AS eid, {number} AS row_id FROM {rows};
"""
# Ties of accounts that stand for nothing but a telling of what is on record go with them.
_WANTED = {
    "OWNS": "ties WHERE type = 'OWNS' AND target NOT IN (SELECT id FROM unused_accounts)",
    "MENTIONS": "(SELECT * FROM ties WHERE type = 'MENTIONS' UNION ALL BY NAME SELECT * FROM noted)",
}


def _identity(relation: RelationType) -> str:
    parts = ["type", "source", "target"]
    for name in relation.identity:
        if name == "from":
            parts.append("coalesce(valid_from::VARCHAR, '')")
        else:
            parts.append(f"coalesce({typed(relation.properties[name].type, name)}::VARCHAR, '')")
    joined = " || chr(31) || ".join(parts)
    return f"shenwa_hash({joined})"


def _some(connection: duckdb.DuckDBPyConnection, query: str) -> bool:
    return connection.execute(f"SELECT 1 FROM {query} LIMIT 1").fetchone() is not None


def _group(connection: duckdb.DuckDBPyConnection, relation: RelationType) -> None:
    """Aggregate the ties of one type: each property from the most believed source that states it."""
    rows = _WANTED.get(relation.name, f"ties WHERE type = '{relation.name}'")
    # Registers alone may be millions of rows, which nothing has to be attached to.
    texts = relation.name != "MENTIONS" and _some(connection, "live_documents WHERE kind = 'text'")
    number = "row_number() OVER ()" if texts else "0"
    connection.execute(_MINE.format(identity=_identity(relation), number=number, rows=rows))
    split_terms(connection, relation)
    if texts and _some(connection, "mine WHERE told(locator)"):
        attach(connection, relation)

    def best(expression: str) -> str:
        return f"first({expression} ORDER BY {BELIEVED_FIRST}) FILTER ({expression} IS NOT NULL)"

    members = {name: best(typed(prop.type, name)) for name, prop in relation.properties.items()}
    # How exact a day is, only the source that gives the day can say.
    for name, day in (("from_latest", "valid_from"), ("to_earliest", "valid_to")):
        members[name] = f"first({typed('date', name)} ORDER BY {BELIEVED_FIRST}) FILTER ({day} IS NOT NULL)"
    props = json_object(members)
    exact = "strength(claim) <= 2 AND json_extract_string(props, '$.{0}') IS NULL"
    connection.execute(
        f"""INSERT INTO edge_rows
        SELECT eid, type, source, target, any_value(source_type), any_value(target_type),
               {best("valid_from")}, {best("valid_to")},
               first(confidence ORDER BY {BELIEVED_FIRST}), first(claim ORDER BY {BELIEVED_FIRST}), false,
               count(DISTINCT valid_from) FILTER ({exact.format("from_latest")}) > 1
                   OR count(DISTINCT valid_to) FILTER ({exact.format("to_earliest")}) > 1,
               first(doc || '#' || locator ORDER BY {BELIEVED_FIRST}), {props}
        FROM mine WHERE NOT against(claim) GROUP BY eid, type, source, target"""
    )
    # What is only refuted or denied is no edge; beside an edge that others state it stays as a source of it.
    connection.execute(
        """INSERT INTO evidence_rows
        SELECT eid, doc, locator, method, claim, speaker, confidence, identity, relation_key FROM mine
        WHERE NOT against(claim) OR eid IN (SELECT eid FROM edge_rows)"""
    )


def _transfers(connection: duckdb.DuckDBPyConnection) -> None:
    """Add the folded transfers; each event has one telling that its time and amount come from."""
    props = json_object(
        {
            "amount": "amount",
            "reversed": "CASE WHEN reversed THEN true END",
            "summary": "summary",
            "time": "strftime(moment, '%Y-%m-%dT%H:%M:%S')",
        }
    )
    connection.execute(
        """CREATE OR REPLACE TEMP TABLE transfer_sources AS
        SELECT t.eid, p.doc, p.locator, p.method, p.claim, p.speaker, p.confidence, p.identity, p.relation_key, p.age
        FROM placed p JOIN transfer_refs t ON t.ref = p.relation_key WHERE p.type = 'TRANSFER'"""
    )
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE transfer_origins AS
        SELECT eid, first(doc || '#' || locator ORDER BY {BELIEVED_FIRST}) AS origin,
               first(confidence ORDER BY {BELIEVED_FIRST}) AS confidence,
               first(claim ORDER BY {BELIEVED_FIRST}) AS claim
        FROM transfer_sources WHERE eid IN (SELECT eid FROM transfer_sources GROUP BY eid HAVING count(*) > 1)
        GROUP BY eid
        UNION ALL
        SELECT eid, doc || '#' || locator, confidence, claim FROM transfer_sources
        WHERE eid NOT IN (SELECT eid FROM transfer_sources GROUP BY eid HAVING count(*) > 1)"""
    )
    connection.execute(
        f"""INSERT INTO edge_rows
        SELECT eid, 'TRANSFER', source, target, 'Account', 'Account', NULL, NULL, o.confidence, o.claim, false, false,
               o.origin, props
        FROM (SELECT eid, source, target, any_value({props}) AS props FROM transfer_events GROUP BY ALL) t
        JOIN transfer_origins o USING (eid)"""
    )
    connection.execute(
        """INSERT INTO evidence_rows
        SELECT eid, doc, locator, method, claim, speaker, confidence, identity, relation_key FROM transfer_sources"""
    )


def make_edges(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill `edge_rows` and `evidence_rows` from the view `ties` and the folded transfers."""
    find_doubtful(connection)
    for script in (MACROS, _TABLES, _NOTED):
        connection.execute(script)
    present = {row[0] for row in connection.execute("SELECT DISTINCT type FROM ties").fetchall()}
    found = [one for one in model().relations.values() if one.name in present and not one.inferred]
    for relation in found:
        if relation.name not in _WANTED:
            _group(connection, relation)
    _transfers(connection)
    add_told_transfers(connection)
    for relation in found:
        if relation.name in _WANTED:
            _group(connection, relation)
