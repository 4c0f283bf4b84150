"""Writing a register to a file, and finding in which row a fact was written."""

from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa

from bench.city.render.sheet import Sheet
from bench.city.render.workbook import write_workbook

_CHUNK = 1 << 22
_SPOILED_SHARE = 0.0006
_MOST_SPOILED = 25
_LEAST_ROWS = 40


@dataclass
class Written:
    """Where facts came to stand.

    Attributes:
        rows: (register, fact) -> file and data rows, for the facts asked for.
        spoiled: File, row, column and text of the rows that cannot be read.
        counts: Rows by file.
    """

    rows: dict[tuple[str, int], list[tuple[str, int]]] = field(default_factory=dict)
    spoiled: list[dict[str, object]] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)


def quoted(name: str) -> str:
    """Return a header as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def reencode(path: Path, encoding: str) -> None:
    """Rewrite a UTF-8 file in another encoding."""
    if encoding == "utf-8":
        return
    other = path.with_suffix(".part")
    with path.open(encoding="utf-8", newline="") as source, other.open("w", encoding=encoding, newline="") as target:
        while text := source.read(_CHUNK):
            target.write(text)
    other.replace(path)


def _spoil(connection: duckdb.DuckDBPyConnection, sheet: Sheet, rng: np.random.Generator) -> list[tuple[int, str, str]]:
    """Put spoiled copies of some rows between the others; returns their rows, columns and texts."""
    count = len(sheet.facts)
    if not sheet.spoil or count < _LEAST_ROWS:
        return []
    wanted = int(np.clip(count * _SPOILED_SHARE, 1, _MOST_SPOILED))
    places = np.sort(rng.choice(count, size=wanted, replace=False) + 1)
    names, made = list(sheet.spoil), []
    for nth, place in enumerate(places.tolist()):
        column = names[nth % len(names)]
        connection.execute(
            f"""INSERT INTO written SELECT * REPLACE (n + .5 AS n, NULL AS fact, ? AS {quoted(column)})
            FROM written WHERE n = ?""",
            [sheet.spoil[column], place],
        )
        made.append((place + nth + 1, column, sheet.spoil[column]))
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE written AS SELECT * REPLACE (row_number() OVER (ORDER BY n) AS n) FROM written"
    )
    return made


def write_sheet(
    connection: duckdb.DuckDBPyConnection,
    sheet: Sheet,
    folder: Path,
    needed: dict[str, set[int]],
    written: Written,
    rng: np.random.Generator,
) -> None:
    """Write one register.

    Args:
        connection: Any; its temporary tables are overwritten.
        sheet: The register.
        folder: Where to.
        needed: Register -> facts whose rows are asked for.
        written: Collects rows, spoiled rows and counts.
        rng: Decides order and spoiled rows.
    """
    connection.register("cells", sheet.arrow(sheet.arranged(rng), rng))
    columns = ", ".join(
        f"nullif({text}, '') AS {quoted(name)}" for name, text in zip(sheet.columns, sheet.expressions(), strict=True)
    )
    connection.execute(f"CREATE OR REPLACE TEMP TABLE written AS SELECT n::DOUBLE AS n, fact, {columns} FROM cells")
    connection.unregister("cells")
    for row, column, text in _spoil(connection, sheet, rng):
        written.spoiled.append({"file": sheet.file, "row": row, "column": column, "text": text})
    headers = ", ".join(quoted(name) for name in sheet.columns)
    chosen = f"SELECT {headers} FROM written ORDER BY n"
    path = folder / sheet.file
    path.parent.mkdir(parents=True, exist_ok=True)
    if sheet.workbook:
        write_workbook(path, sheet.workbook, list(sheet.columns), connection.execute(chosen).fetchall())
    else:
        target = str(path).replace("'", "''")
        connection.execute(f"COPY ({chosen}) TO '{target}' (FORMAT csv, HEADER true)")
        reencode(path, sheet.encoding)
    written.counts[sheet.file] = len(sheet.facts)
    note_rows(connection, sheet.stem, sheet.file, needed, written)


def note_rows(
    connection: duckdb.DuckDBPyConnection, stem: str, file: str, needed: dict[str, set[int]], written: Written
) -> None:
    """Note in which rows of the table `written` the facts asked for stand."""
    facts = sorted(needed.get(stem, ()))
    if not facts:
        return
    connection.register("wanted", pa.table({"fact": np.array(facts)}))
    found = connection.execute("SELECT fact, n::BIGINT FROM written JOIN wanted USING (fact) ORDER BY 1, 2").fetchall()
    connection.unregister("wanted")
    for fact, row in found:
        written.rows.setdefault((stem, int(fact)), []).append((file, int(row)))
