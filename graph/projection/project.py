"""The projection: a pure function from the visible facts and the clusters to the canonical tables."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

from graph.duck import connect
from graph.keys import SQL_MACROS
from graph.ledger.ledger import Ledger
from graph.ledger.visible import attach_live
from graph.projection import claims, presumed
from graph.projection.canon import make_canonical
from graph.projection.edges import make_edges
from graph.projection.groups import Said
from graph.projection.meanings import read_meanings
from graph.projection.nodes import make_entities, make_nodes
from graph.projection.possible import infer_possible
from graph.projection.power import infer_power
from graph.projection.tables import Canonical
from graph.projection.transfers import fold_transfers

# Part of every version: a change in what is made of the same facts changes it.
VERSION = "6"

# A hash covers all that an engine stores. `concat_ws` leaves out what is null: what may be null is made text first, or
# a start would hash like an end.
_NODES = """
COPY (SELECT n.id, n.type, n.name, n.props, coalesce(d.degree, 0)::BIGINT AS degree,
             coalesce(c.cases, 0)::BIGINT AS cases,
             md5_number_lower(concat_ws(chr(31), n.type, n.name, n.props, coalesce(d.degree, 0), coalesce(c.cases, 0)))
                 ::UBIGINT AS hash
      FROM node_rows n LEFT JOIN degrees d USING (id) LEFT JOIN node_cases c USING (id) ORDER BY n.id)
TO '{path}' (FORMAT parquet, COMPRESSION zstd);
"""
_EDGES = """
COPY (SELECT e.eid, e.type, e.source, e.target, e.source_type, e.target_type, e.valid_from, e.valid_to, e.confidence,
             e.claim, e.inferred, coalesce(e.disputed, false) AS disputed, e.origin,
             e.eid IN (SELECT eid FROM open_edges) AS open, e.props,
             md5_number_lower(concat_ws(chr(31), e.type, e.source, e.target, coalesce(e.valid_from::VARCHAR, ''),
                 coalesce(e.valid_to::VARCHAR, ''), e.confidence, e.claim, e.inferred, coalesce(e.disputed, false),
                 e.origin, e.props))::UBIGINT AS hash
      FROM edge_rows e ORDER BY e.eid)
TO '{path}' (FORMAT parquet, COMPRESSION zstd);
"""
_EVIDENCE = """
COPY (SELECT DISTINCT * FROM evidence_rows ORDER BY eid, doc, locator, method, relation_key)
TO '{path}' (FORMAT parquet, COMPRESSION zstd);
"""
_OPEN = """
CREATE OR REPLACE TEMP TABLE open_docs AS
    SELECT doc FROM live_documents WHERE kind = 'table' OR doc IN (SELECT doc FROM live_filings WHERE "case" IS NULL);
CREATE OR REPLACE TEMP TABLE open_edges AS
    SELECT DISTINCT eid FROM evidence_rows WHERE doc IN (SELECT doc FROM open_docs);
"""
_SIDE_TABLES = {
    "filings": """SELECT DISTINCT doc, path, "case", doc IN (SELECT doc FROM open_docs) AS open
        FROM live_filings ORDER BY ALL""",
    # `told`: only texts know of the record. What a decision is bound to must not change when a text is read.
    "members": """SELECT entity_key, id, entity_key NOT IN (
            SELECT entity_key FROM live_assertions WHERE NOT told(locator)) AS told
        FROM members WHERE entity_key <> id ORDER BY ALL""",
}


def write(connection: duckdb.DuckDBPyConnection, folder: Path) -> Canonical:
    """Write the finished tables, sorted, into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    tables = Canonical(folder)
    connection.execute(_OPEN)
    for script, path in ((_NODES, tables.nodes), (_EDGES, tables.edges), (_EVIDENCE, tables.evidence)):
        connection.execute(script.format(path=str(path).replace("'", "''")))
    for name, query in _SIDE_TABLES.items():
        target = str(folder / f"{name}.parquet").replace("'", "''")
        connection.execute(f"COPY ({query}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)")
    return tables


def project(ledger: Ledger, folder: Path, temp: Path | None = None, said: Sequence[Said] = ()) -> Canonical:
    """Make the canonical tables anew from everything that is visible and what people said of who is who.

    Args:
        ledger: With its `clusters` resolved.
        folder: Receives the tables; existing ones are overwritten.
        temp: Where DuckDB may spill.
        said: Judgements in force: two entity keys and a verdict.

    Returns:
        The tables written.
    """
    with connect(temp) as connection:
        connection.execute(SQL_MACROS)
        connection.execute(claims.SQL_MACRO)
        attach_live(connection, ledger)
        ledger.attach(connection, "clusters", "queue")
        make_canonical(connection, said)
        make_entities(connection)
        read_meanings(connection)
        fold_transfers(connection)
        make_edges(connection)
        connection.execute(presumed.LEGAL_REP)
        infer_power(connection)
        make_nodes(connection)
        infer_possible(connection)  # last: a possibility is no tie, and counts towards no degree
        return write(connection, folder)
