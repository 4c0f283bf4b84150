"""From a raw table to typed rows in DuckDB: every cell read once, faults found, keys of rows made."""

from concurrent.futures import ThreadPoolExecutor

import duckdb
import pyarrow as pa

from ingest.registers.cells import literal, quoted
from ingest.registers.columns import CODED, DATED, NUMERIC, Layout, oddity, raw
from ingest.registers.distinct import make_distinct
from ingest.registers.odd import READERS, read_odd
from ingest.registers.recognise import Recognised
from ingest.registers.staged import OTHER, Staged, matches
from ingest.registers.tidiness import Tidiness, tidiness

# A name or number longer than this is damage, not data.
LONGEST_NAME = 300


def _other(found: Recognised) -> str:
    """Return SQL for the cells of unknown columns as JSON, NULL where they are all empty."""
    known = set(found.positions.values())
    items = {name: f"cell(c{at})" for at, name in enumerate(found.header) if name in found.unknown and at not in known}
    body = ", ".join(f"{literal(name)}: {cell}" for name, cell in items.items())
    some = f"coalesce({', '.join(items.values())}) IS NOT NULL"
    return f"CASE WHEN {some} THEN json_merge_patch('{{}}', to_json({{{body}}})) END"


def _make_cells(connection: duckdb.DuckDBPyConnection, layout: Layout) -> None:
    found = layout.found
    columns = [f"{layout.cell(name)} AS {raw(name)}" for name in found.mapping.columns]
    if found.unknown:
        columns.append(f"{_other(found)} AS {OTHER}")
    connection.execute(f"CREATE OR REPLACE TEMP VIEW cells AS SELECT n, {', '.join(columns)} FROM raw")


def _read_odd_values(connection: duckdb.DuckDBPyConnection, layout: Layout) -> dict[str, pa.Table]:
    """Read every distinct value that SQL cannot, and register it as a table for the joins to come."""
    tables: dict[str, pa.Table] = {}
    for name, column in layout.found.mapping.columns.items():
        if column.kind not in READERS or name not in layout.found.positions:
            continue
        rows = connection.execute(
            f"SELECT DISTINCT {raw(name)} FROM cells WHERE {raw(name)} IS NOT NULL AND ({layout.plain(name)}) IS NULL"
        ).fetchall()
        if rows:
            tables[name] = read_odd(column.kind, [row[0] for row in rows])
            layout.odd[name] = f"odd_{len(tables)}"
            connection.register(layout.odd[name], tables[name])
    return tables


def _basis(layout: Layout) -> str:
    """Return SQL for what identifies a row: the register's own key, or the whole row where there is none."""
    positions, wanted = layout.found.positions, layout.found.mapping.key
    whole = ", ".join(layout.normal(name) for name in positions)
    keys = [name for name in wanted if name in positions]
    if not keys or keys[0] != wanted[0]:
        return f"concat_ws(chr(31), {whole})"
    key = ", ".join(layout.in_key(name) for name in keys)
    own, all_cells = f"concat_ws(chr(31), {key})", f"concat_ws(chr(31), {whole})"
    return f"CASE WHEN {quoted(keys[0])} IS NOT NULL THEN {own} ELSE {all_cells} END"


def _overlong(connection: duckdb.DuckDBPyConnection, found: Recognised) -> dict[str, int]:
    """Return the columns with a cell longer than data can be, and how long a cell there may be."""
    limits = {
        name: LONGEST_NAME * (20 if column.kind == "text" else 1)
        for name, column in found.mapping.columns.items()
        if name in found.positions and column.kind not in (*NUMERIC, *DATED, "choice")
    }
    if not limits:
        return {}
    items = ", ".join(f"max(strlen({raw(name)}))" for name in limits)
    longest = connection.execute(f"SELECT {items} FROM cells").fetchone() or ()
    return {name: limit for (name, limit), size in zip(limits.items(), longest, strict=True) if (size or 0) > limit}


def _refusal(layout: Layout, overlong: dict[str, int]) -> str:
    """Return SQL for the first reason to refuse a row, as `code|column`, or NULL."""
    tests = []
    for name, column in layout.found.mapping.columns.items():
        present = name in layout.found.positions
        if name in overlong:
            tests.append(f"WHEN length({raw(name)}) > {overlong[name]} THEN {literal('cell.too_long|' + name)}")
        if column.required and present:
            tests.append(f"WHEN {raw(name)} IS NULL THEN {literal('row.required_empty|' + name)}")
            if column.kind == "choice":
                tests.append(f"WHEN {quoted(name)} IS NULL THEN {literal('row.bad_choice|' + name)}")
        if name not in layout.odd or column.kind in CODED:
            continue
        if column.kind in DATED:
            tests.append(f"WHEN {oddity(name)} = 'fault' THEN {literal('row.bad_date|' + name)}")
        elif column.required:
            tests.append(f"WHEN {oddity(name)} = 'fault' THEN {literal('row.bad_amount|' + name)}")
        if column.required:
            tests.append(f"WHEN {oddity(name)} = 'empty' THEN {literal('row.required_empty|' + name)}")
    return f"CASE {' '.join(tests)} END" if tests else "NULL::VARCHAR"


def _make_staged(connection: duckdb.DuckDBPyConnection, layout: Layout) -> None:
    found = layout.found
    items = [item for name in found.mapping.columns for item in layout.typed(name)]
    joins = " ".join(f"LEFT JOIN {table} ON {table}.raw = {raw(name)}" for name, table in layout.odd.items())
    read = [raw(name) for name in found.positions]
    helpers = read + [oddity(name) for name in layout.odd if found.mapping.columns[name].kind not in CODED]
    kept = "" if all(tidy.edges for tidy in layout.tidy.values()) else f"WHERE coalesce({', '.join(read)}) IS NOT NULL"
    other = [OTHER] if found.unknown else []
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE staged AS
        SELECT * EXCLUDE ({', '.join(helpers)}), {_refusal(layout, _overlong(connection, found))} AS refused,
               shenwa_hash({literal(found.mapping.id)} || chr(31) || {_basis(layout)}) AS basis
        FROM (SELECT n, {', '.join([*items, *other, *read])} FROM cells {joins} {kept})"""
    )


def _whole_row(found: Recognised) -> str:
    cells = ", ".join(f"coalesce({raw(name)}, chr(30))" for name in found.positions)
    return f"concat_ws(chr(31), {cells})"


def _make_usable(connection: duckdb.DuckDBPyConnection, found: Recognised) -> None:
    """Number rows that repeat a key; a row that repeats all cells under a key of the register is left out."""
    mapping = found.mapping
    # Equal keys have equal hashes, which are grouped in half the time; hardly any table goes on from here.
    suspects = connection.execute(
        """CREATE OR REPLACE TEMP TABLE suspects AS
        SELECT hash(basis) AS h FROM staged WHERE refused IS NULL GROUP BY h HAVING count(*) > 1"""
    ).fetchone()
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE repeated AS
        SELECT n, row_number() OVER (PARTITION BY basis ORDER BY n) AS nth,
               row_number() OVER (PARTITION BY basis, content ORDER BY n) > 1 AS again
        FROM (SELECT s.n, s.basis, {_whole_row(found)} AS content FROM staged s JOIN cells USING (n)
              WHERE {"hash(basis) IN (SELECT h FROM suspects)" if suspects and suspects[0] else "false"}
                AND refused IS NULL)
        QUALIFY count(*) OVER (PARTITION BY basis) > 1"""
    )
    # Derived columns are worked out where they are used: most uses look at a few distinct rows only.
    derived = "".join(f", ({sql}) AS {quoted(name)}" for name, sql in mapping.derived.items())
    connection.execute(f"CREATE OR REPLACE TEMP VIEW derived AS SELECT *{derived} FROM staged")
    repeats = connection.execute("SELECT count(*) FROM repeated").fetchone()
    tests = ["d.refused IS NULL", *(f"NOT ({matches(skip.when)})" for skip in mapping.skip)]
    key, source = "d.basis", "derived d"
    if repeats and repeats[0]:
        key = "CASE WHEN r.nth > 1 THEN shenwa_hash(d.basis || chr(31) || r.nth) ELSE d.basis END"
        source = "derived d LEFT JOIN repeated r ON r.n = d.n"
        tests += ["NOT coalesce(r.again, false)"] if mapping.key else []
    connection.execute(
        f"""CREATE OR REPLACE TEMP VIEW usable AS
        SELECT d.*, {key} AS rowkey FROM {source} WHERE {' AND '.join(tests)}"""
    )


def _tidiness(rows: pa.Table, found: Recognised) -> dict[str, Tidiness]:
    columns = [rows.column(f"c{at}") for at in found.positions.values()]
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(found.positions, pool.map(tidiness, columns), strict=True))


def stage(
    connection: duckdb.DuckDBPyConnection, found: Recognised, rows: pa.Table, doc: str, sheet: str | None
) -> Staged:
    """Read every cell of a recognised table.

    Args:
        connection: With `cells.MACROS` loaded; its views `raw`, `cells`, `staged`, `repeated`, `derived`, `usable` are
            replaced.
        found: The register and where its columns are.
        rows: Column `n` and one string column `c<i>` a header position.
        doc: Document, 12 hex.
        sheet: Sheet of a workbook, or None.

    Returns:
        What was staged; the rows themselves are in the connection.
    """
    connection.register("raw", rows)
    layout = Layout(found, _tidiness(rows, found))
    _make_cells(connection, layout)
    tables = _read_odd_values(connection, layout)
    _make_staged(connection, layout)
    _make_usable(connection, found)
    make_distinct(connection, found.mapping)
    count = connection.execute("SELECT count(*) FROM staged").fetchone()
    return Staged(found.mapping, doc, sheet, count[0] if count else 0, tables, bool(found.unknown))
