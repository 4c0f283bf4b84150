"""Which contracts an audit may start from: one named, or those of an official's units or of an agency."""

from dataclasses import dataclass

import duckdb

from app.services.naming import Named, find

MOST = 500
# Of an agency: bought by it, directly or through the tender. Of an official: bought by units over which he had power.
_BOUGHT = """
WITH agencies AS (
    SELECT $id AS id WHERE $type = 'Agency'
    UNION SELECT target FROM seen_edges WHERE type = 'HAS_POWER' AND source = $id AND $type = 'Person'),
tenders AS (
    SELECT e.target AS id FROM seen_edges e JOIN agencies a ON a.id = e.source
    WHERE e.type = 'BUYER' AND e.target_type = 'Tender'),
contracts AS (
    SELECT e.target AS id FROM seen_edges e JOIN agencies a ON a.id = e.source
    WHERE e.type = 'BUYER' AND e.target_type = 'Contract'
    UNION SELECT e.source FROM seen_edges e JOIN tenders t ON t.id = e.target WHERE e.type = 'FROM'
    UNION SELECT e.target FROM seen_edges e WHERE e.type = 'SIGNED' AND e.source = $id)
SELECT n.id, coalesce(n.props ->> '$.code', ''), n.name, CAST(n.props ->> '$.amount' AS DOUBLE),
       n.props ->> '$.signed', (SELECT string_agg(DISTINCT f.name, '、') FROM seen_edges s
           JOIN seen_nodes f ON f.id = s.source WHERE s.type = 'SIGNED' AND s.target = n.id)
FROM seen_nodes n JOIN contracts c USING (id) ORDER BY 5 DESC NULLS LAST, 2, 1 LIMIT $most
"""


@dataclass(frozen=True)
class Choice:
    """A contract in a list."""

    id: str
    code: str
    name: str
    amount: float | None
    signed: str | None
    firms: str


def contracts_of(connection: duckdb.DuckDBPyConnection, text: str) -> tuple[Named, list[Choice]]:
    """Return what a text means and the contracts that it leads to: itself, or those of a unit, official or firm.

    Args:
        connection: From `open_tables`.
        text: Number, id or unique name of a contract, an official, an agency or a company.

    Raises:
        NobodyFound: Nothing matches.
        SeveralFound: More than one does.
    """
    one = find(connection, text)
    if one.type == "Contract":
        return one, []
    rows = connection.execute(_BOUGHT, {"id": one.id, "type": one.type, "most": MOST}).fetchall()
    return one, [Choice(id_, code, name, amount, day, firms or "") for id_, code, name, amount, day, firms in rows]
