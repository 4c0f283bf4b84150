"""From a raw table to typed rows in DuckDB: every cell read once, faults found, keys of rows made."""

import json
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa

from ingest.registers.cells import literal, quoted
from ingest.registers.mapping import Column, Mapping
from ingest.registers.odd import READERS, read_odd
from ingest.registers.recognise import Recognised

# A name or number longer than this is damage, not data.
LONGEST_NAME = 300
_CODED = frozenset({"id", "code", "party_id"})
_NUMERIC = frozenset({"amount", "number", "int", "ratio"})


@dataclass
class Staged:
    """A table of typed rows in the connection it was made in.

    The view `usable` has, for every column of the mapping, its value under its usual name; `<name>__late` for dates;
    `<name>__sort` (`id` or `code`) for identifiers; `n` the data row; `rowkey` the key of the row.

    Attributes:
        mapping: The register.
        doc: Document, 12 hex.
        sheet: Sheet, or None.
        rows: Data rows with any content.
        odd: Column -> table of the values that SQL did not read.
    """

    mapping: Mapping
    doc: str
    sheet: str | None
    rows: int = 0
    odd: dict[str, pa.Table] = field(default_factory=dict)

    @property
    def locator(self) -> str:
        """SQL for the locator of a row."""
        prefix = f"r:{self.sheet}!" if self.sheet is not None else "r:"
        return f"{literal(prefix)} || n"


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


def _refusal(mapping: Mapping, positions: dict[str, int], odd: dict[str, str]) -> str:
    """Return SQL for the first reason to refuse a row, as `code|column`, or NULL."""
    tests = []
    for name, column in mapping.columns.items():
        raw = quoted(name + "__raw")
        if name in positions and column.kind in ("name", "org", "account", "id", "code", "party_id", "text"):
            limit = LONGEST_NAME if column.kind != "text" else 20 * LONGEST_NAME
            tests.append(f"WHEN strlen({raw}) > {3 * limit} AND length({raw}) > {limit} THEN {literal('cell.too_long|' + name)}")
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
    whole = _whole_row(found)
    basis = whole
    if mapping.key:
        parts = [f"fold({quoted(name + '__raw')})" for name in mapping.key if name in found.positions]
        first = quoted(mapping.key[0] + "__raw")
        basis = f"CASE WHEN {first} IS NOT NULL THEN concat_ws(chr(31), {', '.join(parts) or first}) ELSE {whole} END"
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE staged AS
        SELECT n, {', '.join(items)}, {basis} AS basis,
               {_refusal(mapping, found.positions, odd)} AS refused
        FROM cells {joins} WHERE coalesce({', '.join(read)}) IS NOT NULL"""
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
    derived = "".join(f", ({sql}) AS {quoted(name)}" for name, sql in mapping.derived.items())
    connection.execute(
        f"""CREATE OR REPLACE TEMP VIEW usable AS
        SELECT *{derived} FROM (
            SELECT s.*, shenwa_hash({literal(mapping.id)} || chr(31) || s.basis || chr(31) ||
                                    coalesce(r.nth, 1)::VARCHAR) AS rowkey
            FROM staged s LEFT JOIN repeated r ON r.n = s.n WHERE {tests})"""
    )


def matches(when: dict[str, str]) -> str:
    """Return SQL that tests columns against regular expressions; an empty cell counts as the empty text."""
    tests = [f"regexp_matches(coalesce({quoted(name)}::VARCHAR, ''), {literal(rule)})" for name, rule in when.items()]
    return " AND ".join(tests) or "true"


def stage(connection: duckdb.DuckDBPyConnection, found: Recognised, raw: pa.Table, doc: str, sheet: str | None) -> Staged:
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
    count = connection.execute("SELECT count(*) FROM staged").fetchone()
    return Staged(found.mapping, doc, sheet, count[0] if count else 0, tables)


def facts_json(**facts: object) -> str:
    """Return the facts of a refusal as JSON."""
    return json.dumps({key: str(value) for key, value in facts.items()}, ensure_ascii=False, sort_keys=True)
