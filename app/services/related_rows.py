"""Who and what two case files share, as SQL over the tables of a scope: the very same, or joined by a rare tie."""

import duckdb

# Who is only named and has more ties than this (a bank, an agent) joins nothing; a number only with few parties.
MOST_TIES = 60
MOST_PARTIES = 5
# Below this a transfer is mostly a gift or a shared bill, in yuan.
LEAST_TRANSFER = 10_000.0

# Whom a case or lead holds: its parties, and whom its papers name (never an agency, never a masked name).
_HELD = """
CREATE TEMP TABLE files AS SELECT id FROM seen_nodes WHERE type IN ('Case', 'Lead');
CREATE TEMP TABLE held AS
    SELECT file, who, bool_or(party) AS party, any_value(role) FILTER (party) AS role,
           arg_min(eids, (NOT party, eids)) AS eids
    FROM (
        SELECT e.target AS file, e.source AS who, true AS party, e.props ->> '$.role' AS role, [e.eid] AS eids
        FROM seen_edges e SEMI JOIN files ON files.id = e.target WHERE e.type = 'PARTY_TO'
        UNION ALL
        SELECT f.target, t.target, false, NULL, [t.eid, f.eid]
        FROM seen_edges f SEMI JOIN files ON files.id = f.target
        JOIN seen_edges t ON t.source = f.source AND t.type = 'MENTIONS' AND t.props ->> '$.role' = 'text'
        JOIN seen_nodes n ON n.id = t.target
             AND n.type IN ('Person', 'Company', 'Account', 'Contract', 'Tender', 'Medium', 'Asset')
             AND coalesce((n.props ->> '$.masked')::BOOLEAN, false) = false
        WHERE f.type = 'MENTIONS' AND f.props ->> '$.role' = 'filed')
    GROUP BY file, who;
CREATE TEMP TABLE spread AS SELECT who, count(DISTINCT file) AS files FROM held GROUP BY who;
CREATE TEMP TABLE rare AS
    SELECT h.* FROM held h JOIN seen_nodes n ON n.id = h.who WHERE h.party OR coalesce(n.degree, 0) <= $most_ties;
"""

# Ties between two that are held; each both ways, so that what leads there leads back.
_LINKS = """
CREATE TEMP TABLE holders AS
    SELECT e.eid, e.source AS person, e.target AS firm, coalesce((e.props ->> '$.control')::BOOLEAN, false) AS control
    FROM seen_edges e WHERE e.type IN ('SHARE', 'LEGAL_REP', 'OFFICER');
CREATE TEMP TABLE close AS
    SELECT eid, source AS a, target AS b, 'kin' AS tie FROM seen_edges WHERE type = 'KIN'
    UNION ALL SELECT eid, source, target, 'associate' FROM seen_edges WHERE type IN ('ASSOC', 'NOMINEE_FOR');
CREATE TEMP TABLE owns AS
    SELECT e.eid, e.source AS who, e.target AS account FROM seen_edges e
    JOIN seen_nodes n ON n.id = e.target AND n.type = 'Account' AND (n.props ->> '$.kind') IS NULL
    WHERE e.type = 'OWNS' AND e.source IN (SELECT who FROM rare);
CREATE TEMP TABLE one_way AS
    SELECT a, b, tie, NULL::VARCHAR AS via, [eid] AS eids FROM close
    UNION ALL
    SELECT person, firm, 'firm', NULL, [eid] FROM holders WHERE control
    UNION ALL
    SELECT x.person, y.person, 'joint', x.firm, [x.eid, y.eid] FROM holders x
    JOIN holders y ON y.firm = x.firm AND y.person <> x.person
    JOIN seen_nodes n ON n.id = x.firm AND coalesce(n.degree, 0) <= $most_ties
    WHERE x.person IN (SELECT who FROM rare)
    UNION ALL
    SELECT x.person, CASE WHEN k.a = y.person THEN k.b ELSE k.a END, 'joint', x.firm, [x.eid, y.eid, k.eid]
    FROM holders x JOIN holders y ON y.firm = x.firm AND y.person <> x.person
    JOIN close k ON k.tie = 'kin' AND y.person IN (k.a, k.b)
    JOIN seen_nodes n ON n.id = x.firm AND coalesce(n.degree, 0) <= $most_ties
    WHERE x.person IN (SELECT who FROM rare)
    UNION ALL
    SELECT x.who, y.who, 'money', NULL, [t.eid, x.eid, y.eid] FROM seen_edges t
    JOIN owns x ON x.account = t.source JOIN owns y ON y.account = t.target
    WHERE t.type = 'TRANSFER' AND (t.props ->> '$.amount')::DOUBLE >= $least_transfer
      AND coalesce((t.props ->> '$.reversed')::BOOLEAN, false) = false
    UNION ALL
    SELECT x.source, y.source, 'number', x.target, [x.eid, y.eid] FROM seen_edges x
    JOIN seen_edges y ON y.target = x.target AND y.type = 'HAS_MEDIUM' AND y.source <> x.source
    JOIN seen_nodes n ON n.id = x.target AND coalesce(n.degree, 0) <= $most_parties
    WHERE x.type = 'HAS_MEDIUM';
CREATE TEMP TABLE links AS
    SELECT a, b, tie, via, arg_min(eids, (len(eids), list_sort(eids))) AS eids
    FROM (SELECT * FROM one_way UNION ALL SELECT b, a, tie, via, eids FROM one_way)
    WHERE a <> b GROUP BY a, b, tie, via;
"""

# The same on both sides; else two that a tie joins, one of them a party at least, and neither of them on both sides.
_FOUND = """
SELECT there.file AS other, here.who AS who, here.who AS there, 'same' AS tie, NULL AS via,
       here.party AS party, there.party AS there_party, here.role AS role, there.role AS there_role,
       list_concat(here.eids, there.eids) AS eids, s.files AS seen_in, 0 AS via_degree
FROM rare here JOIN rare there ON there.who = here.who AND there.file <> here.file
JOIN spread s ON s.who = here.who
WHERE here.file = $file
UNION ALL
SELECT there.file, here.who, there.who, l.tie, l.via, here.party, there.party, here.role, there.role,
       list_concat(here.eids, l.eids, there.eids), greatest(s.files, o.files), coalesce(v.degree, 0)
FROM rare here JOIN links l ON l.a = here.who
JOIN rare there ON there.who = l.b AND there.file <> here.file AND (here.party OR there.party)
ANTI JOIN held both_here ON both_here.file = here.file AND both_here.who = there.who
ANTI JOIN held both_there ON both_there.file = there.file AND both_there.who = here.who
JOIN spread s ON s.who = here.who JOIN spread o ON o.who = there.who
LEFT JOIN seen_nodes v ON v.id = l.via
WHERE here.file = $file
"""
# Cases in which somebody is a party: charged, as far as the registers and papers know.
_CHARGED = """
SELECT e.source, list(DISTINCT n.name ORDER BY n.name) FROM seen_edges e
JOIN seen_nodes n ON n.id = e.target AND n.type = 'Case'
WHERE e.type = 'PARTY_TO' AND e.source IN (SELECT unnest($ids::VARCHAR[])) GROUP BY e.source
"""
COLUMNS = (
    "other", "who", "there", "tie", "via", "party", "there_party", "role", "there_role", "eids", "seen_in",
    "via_degree",
)  # fmt: skip


def shared_rows(connection: duckdb.DuckDBPyConnection, file: str) -> list[dict[str, object]]:
    """Return what joins one case or lead to others, a row for each pair and tie, in no order.

    Args:
        connection: From `open_tables`; its temporary tables are made anew.
        file: Canonical id of the case or lead.
    """
    for name in ("links", "one_way", "owns", "close", "holders", "rare", "spread", "held", "files"):
        connection.execute(f"DROP TABLE IF EXISTS {name}")
    bounds = {"most_ties": MOST_TIES, "most_parties": MOST_PARTIES, "least_transfer": LEAST_TRANSFER}
    for script in (_HELD, _LINKS):
        for statement in script.split(";\n"):
            if statement.strip():
                given = {name: value for name, value in bounds.items() if f"${name}" in statement}
                connection.execute(statement, given)
    rows = connection.execute(_FOUND, {"file": file}).fetchall()
    return [dict(zip(COLUMNS, row, strict=True)) for row in rows]


def charged(connection: duckdb.DuckDBPyConnection, ids: set[str]) -> dict[str, tuple[str, ...]]:
    """Return entity -> names of the cases in which it is a party."""
    rows = connection.execute(_CHARGED, {"ids": sorted(ids)}).fetchall()
    return {who: tuple(cases) for who, cases in rows}
