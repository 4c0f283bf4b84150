"""Whether a statement's running balance is unbroken: a gap names a page that is missing or a row that was changed."""

import duckdb

from ingest.registers.cells import quoted
from ingest.registers.staged import Staged, facts_json

# More gaps than this in one table are said in one line: then the column is no running balance.
MOST_GAPS = 50

# Accounts are told apart by a hash, which sorts in half the time that their numbers take.
# Statements run forward or backward in time; the direction is that of the account's first and last row.
_GAPS = """
WITH lines AS (
    SELECT n, hash({account}) AS account, {time} AS moment, {balance} AS balance,
           CASE WHEN {direction} = 'out' THEN -abs({amount}) ELSE abs({amount}) END * sign({amount}) AS change
    FROM usable WHERE {balance} IS NOT NULL AND {account} IS NOT NULL),
ordered AS (
    SELECT lines.*, CASE WHEN backward THEN -n ELSE n END AS place
    FROM lines JOIN (SELECT account, arg_min(moment, n) > arg_max(moment, n) AS backward FROM lines GROUP BY account)
         USING (account)),
gaps AS (
    SELECT n, before, change, balance FROM (
        SELECT *, lag(balance) OVER (PARTITION BY account ORDER BY moment, place) AS before FROM ordered)
    WHERE before IS NOT NULL AND abs(before + change - balance) > .005)
SELECT n, before, change, balance, (SELECT count(*) FROM gaps) FROM gaps ORDER BY n LIMIT {limit}
"""


def balance_gaps(
    connection: duckdb.DuckDBPyConnection, staged: Staged, header_row: int
) -> list[dict[str, object]]:
    """Return one note a gap, in the columns of the ledger's `refusals` but for `unit`."""
    rule = staged.mapping.balance
    if rule is None:
        return []
    names = {key: quoted(value) for key, value in rule.model_dump().items()}
    rows = connection.execute(_GAPS.format(**names, limit=MOST_GAPS)).fetchall()
    common = {"doc": staged.doc, "sheet": staged.sheet, "column": rule.balance, "level": "noted", "raw": None}
    if rows and rows[0][4] > MOST_GAPS:
        facts = facts_json(count=rows[0][4])
        return [{**common, "row": None, "sheet_row": None, "code": "bank.balance_unusable", "facts": facts}]
    return [
        {
            **common,
            "row": n,
            "sheet_row": n + header_row,
            "code": "bank.balance_gap",
            "facts": facts_json(
                before=f"{before:.2f}",
                amount=f"{change:+.2f}",
                expected=f"{before + change:.2f}",
                actual=f"{balance:.2f}",
            ),
        }
        for n, before, change, balance, _ in rows
    ]
