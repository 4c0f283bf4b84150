"""From a raw table to typed rows in DuckDB: every cell read once, faults found, keys of rows made."""

import duckdb
import pyarrow as pa

from ingest.registers.cells import literal, quoted
from ingest.registers.distinct import make_distinct
from ingest.registers.mapping import Column, Mapping
from ingest.registers.odd import READERS, read_odd
from ingest.registers.recognise import Recognised
from ingest.registers.staged import Staged, matches

# A name or number longer than this is damage, not data.
LONGEST_NAME = 300
_CODED = frozenset({"id", "code", "party_id"})
_NUMERIC = frozenset({"amount", "number", "int", "ratio"})


def _plain(name: str, column: Column) -> str:
    source = quoted(name + "__raw")
    if column.kind == "date":
        return f"plain_date({source})"
    if column.kind == "time":
        return f"plain_time({source})"
    if column.kind in ("amount", "number", "int"):
        return f"plain_number({source})"
    if column.kind == "ratio" or column.kind in _CODED:
        return "NULL"
    if column.kind == "name":
        return f"closed_up(half_width({source}))"
    if column.kind == "org":
        return f"closed_up({source})"
    if column.kind == "account":
        return f"number_of({source})"
    if column.kind == "choice":
        return _choice(source, column)
    return source


def _choice(source: str, column: Column) -> str:
    other = "NULL"
    branches = []
    for value, forms in column.choices.items():
        if "*" in forms:
            other = literal(value)
        exact = ", ".join(literal(form) for form in forms if form != "*")
        if exact:
            branches.append((exact, literal(value)))
    # The plain form first: folding every cell of a long statement costs more than all else.
    tests = [f"WHEN {source} IN ({exact}) THEN {value}" for exact, value in branches]
    tests += [f"WHEN fold({source}) IN ({exact}) THEN {value}" for exact, value in branches]
    return f"CASE WHEN {source} IS NULL THEN NULL {' '.join(tests)} ELSE {other} END"


def _make_cells(connection: duckdb.DuckDBPyConnection, found: Recognised) -> None:
    columns = []
    for name in found.mapping.columns:
        at = found.positions.get(name)
        columns.append(f"{'NULL::VARCHAR' if at is None else f'cell(c{at})'} AS {quoted(name + '__raw')}")
    connection.execute(f"CREATE OR REPLACE TEMP VIEW cells AS SELECT n, {', '.join(columns)} FROM raw")


def _read_odd_values(connection: duckdb.DuckDBPyConnection, found: Recognised) -> dict[str, pa.Table]:
    tables = {}
    for name, column in found.mapping.columns.items():
        if column.kind not in READERS or name not in found.positions:
            continue
        raw = quoted(name + "__raw")
        rows = connection.execute(
            f"SELECT DISTINCT {raw} FROM cells WHERE {raw} IS NOT NULL AND ({_plain(name, column)}) IS NULL"
        ).fetchall()
        if rows:
            tables[name] = read_odd(column.kind, [row[0] for row in rows])
            connection.register(f"odd_{len(tables)}", tables[name])
    return tables


def _typed(name: str, column: Column, odd: str | None) -> list[str]:
    """Return the SELECT items that give a column its value, from the plain form or the odd table."""
    plain, target = _plain(name, column), quoted(name)
    if column.kind == "date":
        early = plain if odd is None else f"coalesce({plain}, {odd}.early::DATE)"
        late = plain if odd is None else f"coalesce({plain}, {odd}.late::DATE)"
        return [f"{early} AS {target}", f"{late} AS {quoted(name + '__late')}"]
    if column.kind == "time":
        return [f"{plain if odd is None else f'coalesce({plain}, {odd}.early)'} AS {target}"]
    if column.kind in _NUMERIC:
        value = f"({plain})::DOUBLE" if odd is None else f"coalesce({plain}, {odd}.number)::DOUBLE"
        if column.unit_column is not None:
            value = f"{value} / (CASE WHEN {quoted(column.unit_column + '__raw')} = '分' THEN 100 ELSE 1 END)"
        return [f"{value} AS {target}"]
    if column.kind in _CODED:
        text = "NULL::VARCHAR" if odd is None else f"{odd}.text"
        sort = "NULL::VARCHAR" if odd is None else f"{odd}.sort"
        return [f"{text} AS {target}", f"{sort} AS {quoted(name + '__sort')}"]
    return [f"{plain} AS {target}"]


def _normal(name: str, column: Column) -> str:
    """Return SQL for the text under which a cell enters the key of its row: what it says, not how it is written."""
    value, raw = quoted(name), quoted(name + "__raw")
    if column.kind in ("date", "time") or column.kind in _NUMERIC:
        return f"coalesce({value}::VARCHAR, {raw}, '')"
    return f"coalesce({raw if column.kind in _CODED else value}, '')"


def _basis(found: Recognised) -> str:
    """Return SQL for what identifies a row: the register's own key, or the whole row where there is none."""
    columns = found.mapping.columns
    whole = ", ".join(_normal(name, columns[name]) for name in found.positions)
    keys = [name for name in found.mapping.key if name in found.positions]
    if not keys or keys[0] != found.mapping.key[0]:
        return f"concat_ws(chr(31), {whole})"
    key = ", ".join(_normal(name, columns[name]) for name in keys)
    own, all_cells = f"upper(concat_ws(chr(31), {key}))", f"concat_ws(chr(31), {whole})"
    return f"CASE WHEN {quoted(keys[0])} IS NOT NULL THEN {own} ELSE {all_cells} END"


def _overlong(connection: duckdb.DuckDBPyConnection, found: Recognised) -> dict[str, int]:
    """Return the columns with a cell longer than data can be, and how long a cell there may be."""
    limits = {
        name: LONGEST_NAME * (20 if column.kind == "text" else 1)
        for name, column in found.mapping.columns.items()
        if name in found.positions and column.kind not in (*_NUMERIC, "date", "time", "choice")
    }
    if not limits:
        return {}
    items = ", ".join(f"max(strlen({quoted(name + '__raw')}))" for name in limits)
    longest = connection.execute(f"SELECT {items} FROM cells").fetchone() or ()
    return {name: limit for (name, limit), size in zip(limits.items(), longest, strict=True) if (size or 0) > limit}


def _refusal(mapping: Mapping, positions: dict[str, int], odd: dict[str, str], overlong: dict[str, int]) -> str:
    """Return SQL for the first reason to refuse a row, as `code|column`, or NULL."""
    tests = []
    for name, column in mapping.columns.items():
        raw = quoted(name + "__raw")
        if name in overlong:
            tests.append(f"WHEN length({raw}) > {overlong[name]} THEN {literal('cell.too_long|' + name)}")
        if column.required and name in positions:
            tests.append(f"WHEN {raw} IS NULL THEN {literal('row.required_empty|' + name)}")
        if column.required and column.kind == "choice":
            tests.append(f"WHEN ({_plain(name, column)}) IS NULL THEN {literal('row.bad_choice|' + name)}")
        if name not in odd:
            continue
        if column.kind in ("date", "time"):
            tests.append(f"WHEN {odd[name]}.fault IS NOT NULL THEN {literal('row.bad_date|' + name)}")
        elif column.kind in _NUMERIC and column.required:
            tests.append(f"WHEN {odd[name]}.fault IS NOT NULL THEN {literal('row.bad_amount|' + name)}")
        if column.required and column.kind not in _CODED:
            empty = f"{odd[name]}.raw IS NOT NULL AND {odd[name]}.fault IS NULL"
            value = {"date": "early", "time": "early"}.get(column.kind, "number")
            tests.append(f"WHEN {empty} AND {odd[name]}.{value} IS NULL THEN {literal('row.required_empty|' + name)}")
    return f"CASE {' '.join(tests)} END" if tests else "NULL::VARCHAR"


def _make_staged(connection: duckdb.DuckDBPyConnection, found: Recognised, tables: dict[str, pa.Table]) -> None:
    mapping = found.mapping
    odd = {name: f"odd_{number}" for number, name in enumerate(tables, start=1)}
    items = [item for name, column in mapping.columns.items() for item in _typed(name, column, odd.get(name))]
    joins = " ".join(f"LEFT JOIN {table} ON {table}.raw = {quoted(name + '__raw')}" for name, table in odd.items())
    read = [quoted(name + "__raw") for name in found.positions]
    unread = ", ".join(read)
    derived = "".join(f", ({sql}) AS {quoted(name)}" for name, sql in mapping.derived.items())
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE staged AS
        SELECT * EXCLUDE ({unread}){derived}, shenwa_hash({literal(mapping.id)} || chr(31) || {_basis(found)}) AS basis
        FROM (
            SELECT n, {', '.join(items)}, {', '.join(read)},
                   {_refusal(mapping, found.positions, odd, _overlong(connection, found))} AS refused
            FROM cells {joins} WHERE coalesce({', '.join(read)}) IS NOT NULL)"""
    )


def _whole_row(found: Recognised) -> str:
    cells = ", ".join(f"coalesce({quoted(name + '__raw')}, chr(30))" for name in found.positions)
    return f"concat_ws(chr(31), {cells})"


def _make_usable(connection: duckdb.DuckDBPyConnection, found: Recognised) -> None:
    """Number rows that repeat a key; a row that repeats all cells under a key of the register is left out."""
    mapping = found.mapping
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE repeated AS
        SELECT n, row_number() OVER (PARTITION BY basis ORDER BY n) AS nth,
               row_number() OVER (PARTITION BY basis, content ORDER BY n) > 1 AS again
        FROM (SELECT s.n, s.basis, {_whole_row(found)} AS content FROM staged s JOIN cells USING (n)
              WHERE basis IN (SELECT basis FROM staged WHERE refused IS NULL GROUP BY basis HAVING count(*) > 1)
                AND refused IS NULL)"""
    )
    skips = [f"NOT ({matches(skip.when)})" for skip in mapping.skip]
    dropped = ["NOT coalesce(r.again, false)"] if mapping.key else []
    tests = " AND ".join(["s.refused IS NULL", *dropped, *skips])
    connection.execute(
        f"""CREATE OR REPLACE TEMP VIEW usable AS
        SELECT s.*, CASE WHEN r.nth > 1 THEN shenwa_hash(s.basis || chr(31) || r.nth) ELSE s.basis END AS rowkey
        FROM staged s LEFT JOIN repeated r ON r.n = s.n WHERE {tests}"""
    )


def stage(
    connection: duckdb.DuckDBPyConnection, found: Recognised, raw: pa.Table, doc: str, sheet: str | None
) -> Staged:
    """Read every cell of a recognised table.

    Args:
        connection: With `cells.MACROS` loaded; its views `raw`, `cells`, `staged`, `repeated`, `usable` are replaced.
        found: The register and where its columns are.
        raw: Column `n` and one string column `c<i>` a header position.
        doc: Document, 12 hex.
        sheet: Sheet of a workbook, or None.

    Returns:
        What was staged; the rows themselves are in the connection.
    """
    connection.register("raw", raw)
    _make_cells(connection, found)
    tables = _read_odd_values(connection, found)
    _make_staged(connection, found, tables)
    _make_usable(connection, found)
    make_distinct(connection, found.mapping)
    count = connection.execute("SELECT count(*) FROM staged").fetchone()
    return Staged(found.mapping, doc, sheet, count[0] if count else 0, tables)
