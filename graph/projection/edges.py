"""From ties to edges: one identity an edge, the strongest claim's dates, all sources as evidence."""

import duckdb

from graph.model import RelationType, model
from graph.projection.claims import BELIEVED_FIRST

_SQL_TYPES = {"int": "BIGINT", "float": "DOUBLE", "bool": "BOOLEAN"}
# Kept in the ledger for the projection alone.
HIDDEN = ("side", "flow", "reversal", "unit_name")

_MACROS = """
CREATE OR REPLACE MACRO member(name, value) AS
    CASE WHEN value IS NULL THEN NULL ELSE '"' || name || '":' || to_json(value)::VARCHAR END;
"""
_TABLES = """
CREATE OR REPLACE TEMP TABLE edge_rows (
    eid VARCHAR, type VARCHAR, source VARCHAR, target VARCHAR, source_type VARCHAR, target_type VARCHAR,
    valid_from DATE, valid_to DATE, confidence DOUBLE, claim VARCHAR, inferred BOOLEAN, disputed BOOLEAN,
    origin VARCHAR, props VARCHAR);
CREATE OR REPLACE TEMP TABLE evidence_rows (
    eid VARCHAR, doc VARCHAR, locator VARCHAR, method VARCHAR, claim VARCHAR, speaker VARCHAR,
    confidence DOUBLE, identity VARCHAR, relation_key VARCHAR);
"""


def json_object(members: dict[str, str]) -> str:
    """Return SQL for a JSON object with sorted keys and without nulls.

    Args:
        members: Key -> SQL expression.
    """
    parts = ", ".join(f"member('{name}', {value})" for name, value in sorted(members.items()))
    return f"'{{' || concat_ws(',', {parts}) || '}}'" if parts else "'{}'"


def typed(kind: str, name: str) -> str:
    """Return SQL that reads one property of `props` as its type; dates and times stay ISO text."""
    if kind in _SQL_TYPES:
        return f"try_cast(json_extract_string(props, '$.{name}') AS {_SQL_TYPES[kind]})"
    return f"json_extract_string(props, '$.{name}')"


def _identity(relation: RelationType) -> str:
    parts = ["type", "source", "target"]
    for name in relation.identity:
        if name == "from":
            parts.append("coalesce(valid_from::VARCHAR, '')")
        else:
            parts.append(f"coalesce({typed(relation.properties[name].type, name)}::VARCHAR, '')")
    joined = " || chr(31) || ".join(parts)
    return f"shenwa_hash({joined})"


def _group(connection: duckdb.DuckDBPyConnection, relation: RelationType) -> None:
    """Aggregate the ties of one type: each property from the most believed source that states it."""
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE mine AS SELECT *, {_identity(relation)} AS eid FROM ties WHERE type = ?",
        [relation.name],
    )

    def best(expression: str) -> str:
        return f"first({expression} ORDER BY {BELIEVED_FIRST}) FILTER ({expression} IS NOT NULL)"

    props = json_object({name: best(typed(prop.type, name)) for name, prop in relation.properties.items()})
    exact = "strength(claim) <= 2 AND json_extract_string(props, '$.{0}') IS NULL"
    connection.execute(
        f"""INSERT INTO edge_rows
        SELECT eid, type, source, target, any_value(source_type), any_value(target_type),
               {best("valid_from")}, {best("valid_to")},
               first(confidence ORDER BY {BELIEVED_FIRST}), first(claim ORDER BY {BELIEVED_FIRST}), false,
               count(DISTINCT valid_from) FILTER ({exact.format("from_latest")}) > 1
                   OR count(DISTINCT valid_to) FILTER ({exact.format("to_earliest")}) > 1,
               first(doc || '#' || locator ORDER BY {BELIEVED_FIRST}), {props}
        FROM mine GROUP BY eid, type, source, target"""
    )
    connection.execute(
        """INSERT INTO evidence_rows
        SELECT eid, doc, locator, method, claim, speaker, confidence, identity, relation_key FROM mine"""
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
    connection.execute(_MACROS)
    connection.execute(_TABLES)
    present = {row[0] for row in connection.execute("SELECT DISTINCT type FROM ties").fetchall()}
    for relation in model().relations.values():
        if relation.name in present and not relation.inferred:
            _group(connection, relation)
    _transfers(connection)
