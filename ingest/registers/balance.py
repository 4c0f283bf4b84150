"""Whether a statement's running balance is unbroken: a gap names a page that is missing or a row that was changed."""

import duckdb

from ingest.registers.cells import quoted
from ingest.registers.staged import Staged, facts_json

# More gaps than this in one table are said in one line: then the column is no running balance.
MOST_GAPS = 50

# Statements run forward or backward in time; the direction is that of the account's first and last row.
_GAPS = """
WITH lines AS (
    SELECT n, {account} AS account, {time} AS moment, {balance} AS balance,
           CASE WHEN {direction} = 'out' THEN -abs({amount}) ELSE abs({amount}) END * sign({amount}) AS change
    FROM usable WHERE {balance} IS NOT NULL AND {account} IS NOT NULL),
ordered AS (
    SELECT *, row_number() OVER (PARTITION BY account ORDER BY moment, CASE WHEN backward THEN -n ELSE n END) AS place
    FROM (SELECT *, first(moment) OVER w > last(moment) OVER w AS backward FROM lines
          WINDOW w AS (PARTITION BY account ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)))
SELECT n, before, change, balance FROM (
    SELECT *, lag(balance) OVER (PARTITION BY account ORDER BY place) AS before FROM ordered)
WHERE before IS NOT NULL AND abs(before + change - balance) > .005 ORDER BY n
"""


def balance_gaps(
    connection: duckdb.DuckDBPyConnection, staged: Staged, header_row: int
) -> list[dict[str, object]]:
    """Return one note a gap, in the columns of the ledger's `refusals` but for `unit`."""
    rule = staged.mapping.balance
    if rule is None:
        return []
    names = {key: quoted(value) for key, value in rule.model_dump().items()}
    rows = connection.execute(_GAPS.format(**names)).fetchall()
    common = {"doc": staged.doc, "sheet": staged.sheet, "column": rule.balance, "level": "noted", "raw": None}
    if len(rows) > MOST_GAPS:
        facts = facts_json(count=len(rows))
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
        for n, before, change, balance in rows
    ]
