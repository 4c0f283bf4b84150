"""Which rows of a staged table were refused, doubted or noted, and why."""

from collections.abc import Iterator

import duckdb

from ingest.registers.balance import balance_gaps
from ingest.registers.cells import literal, quoted
from ingest.registers.recognise import Recognised
from ingest.registers.staged import Staged, facts_json, matches
from ingest.registers.staging import LONGEST_NAME

Row = dict[str, object]
_LEVELS = {"id": "warned", "code": "warned"}
# A table that is wrong in every row says so once; the rest is counted by whoever shows the report.
_SHOWN_VALUE = 60


def _raw_text(connection: duckdb.DuckDBPyConnection, numbers: list[int]) -> dict[int, str]:
    if not numbers:
        return {}
    columns = [row[0] for row in connection.execute("DESCRIBE raw").fetchall() if row[0] != "n"]
    joined = ", ".join(f"coalesce({column}, '')" for column in columns)
    connection.execute("CREATE OR REPLACE TEMP TABLE wanted AS SELECT unnest(?::BIGINT[]) AS n", [numbers])
    rows = connection.execute(f"SELECT n, concat_ws(',', {joined}) FROM raw JOIN wanted USING (n)").fetchall()
    return {int(n): str(text)[:2000] for n, text in rows}


def _refused(connection: duckdb.DuckDBPyConnection, found: Recognised) -> Iterator[tuple[int, str, str, str, str]]:
    rows = connection.execute("SELECT n, refused FROM staged WHERE refused IS NOT NULL ORDER BY n").fetchall()
    by_column: dict[str, dict[int, str]] = {}
    for n, reason in rows:
        code, column = str(reason).split("|", 1)
        by_column.setdefault(column, {})[int(n)] = code
    for column, codes in by_column.items():
        values = connection.execute(
            f"SELECT s.n, c.{quoted(column + '__raw')} FROM staged s JOIN cells c USING (n) "
            f"WHERE s.refused LIKE '%|' || {literal(column)} ORDER BY s.n"
        ).fetchall()
        for n, value in values:
            yield int(n), codes[int(n)], "refused", column, str(value or "")


def _doubted(connection: duckdb.DuckDBPyConnection, staged: Staged) -> Iterator[tuple[int, str, str, str, str]]:
    """Identifiers that cannot be keys, and amounts that could not be read where a row can do without."""
    for name in staged.odd:
        connection.register("odd_now", staged.odd[name])
        rows = connection.execute(
            f"""SELECT c.n, o.fault, o.raw FROM cells c JOIN odd_now o ON o.raw = c.{quoted(name + '__raw')}
            JOIN staged s ON s.n = c.n WHERE o.fault IS NOT NULL AND s.refused IS NULL ORDER BY c.n"""
        ).fetchall()
        connection.unregister("odd_now")
        for n, fault, raw in rows:
            yield int(n), str(fault), _LEVELS.get(str(fault).split(".")[0], "warned"), name, str(raw)


def _noted(connection: duckdb.DuckDBPyConnection, staged: Staged) -> Iterator[tuple[int, str, str, str, str]]:
    for (n,) in connection.execute("SELECT n FROM repeated WHERE again ORDER BY n").fetchall():
        yield int(n), "row.duplicate", "noted", "", ""
    for skip in staged.mapping.skip:
        rows = connection.execute(
            f"SELECT n FROM derived WHERE refused IS NULL AND {matches(skip.when)} ORDER BY n"
        ).fetchall()
        for (n,) in rows:
            yield int(n), skip.code, "noted", next(iter(skip.when)), ""


def faults(connection: duckdb.DuckDBPyConnection, staged: Staged, found: Recognised, header_row: int) -> list[Row]:
    """Return the faults of a staged table in the columns of the ledger's `refusals`, but for `unit`.

    Args:
        connection: Where the table was staged.
        staged: What was staged.
        found: How its header was recognised.
        header_row: The row of the header as a person counts, so that row N of the data is row `header_row + N`.
    """
    rows = [*_refused(connection, found), *_doubted(connection, staged), *_noted(connection, staged)]
    texts = _raw_text(connection, [row[0] for row in rows])
    listed: list[Row] = [
        {
            "doc": staged.doc,
            "sheet": staged.sheet,
            "row": n,
            "sheet_row": n + header_row,
            "column": column or None,
            "code": code,
            "level": level,
            "facts": _facts(code, value),
            "raw": texts.get(n),
        }
        for n, code, level, column, value in rows
    ]
    if staged.mapping.balance is not None:
        listed += balance_gaps(connection, staged, header_row)
    if found.unknown:
        listed.append(_about_table(staged, "table.unknown_columns", columns="、".join(found.unknown)))
    return sorted(listed, key=lambda row: (int(str(row["row"] or 0)), str(row["code"])))


def _facts(code: str, value: str) -> str:
    if code == "cell.too_long":
        return facts_json(length=len(value), limit=LONGEST_NAME)
    return facts_json(value=value[:_SHOWN_VALUE]) if value else "{}"


def _about_table(staged: Staged, code: str, **facts: str) -> Row:
    empty = dict.fromkeys(("row", "sheet_row", "column", "raw"))
    told = {"code": code, "level": "noted", "facts": facts_json(**facts)}
    return {"doc": staged.doc, "sheet": staged.sheet, **empty, **told}
