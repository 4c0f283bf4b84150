"""A place in a document as a person reads it: the row in its table, or the passage in its text."""

from dataclasses import dataclass

import duckdb

from app.services.context import Context
from app.services.importing import mappings
from graph.errors import ShenwaError
from ingest.rereading import Originals, parse_locator

AROUND = 6
_FILE = 'SELECT path, "case" FROM visible_filings WHERE doc = $doc ORDER BY path'


class NoSuchSource(ShenwaError):
    """The document is unknown, withdrawn, or lies in a case that this reader may not see."""

    zh = "没有这份材料,或它不在可查看的范围内:{doc}"
    en = "no such document, or it is not within what may be seen: {doc}"


@dataclass(frozen=True)
class TablePlace:
    """A row of a register among its neighbours.

    Attributes:
        files: Paths under which the document was filed.
        sheet: Of a workbook.
        header: Names of the columns.
        rows: Data row number -> cells.
        marked: The row that was asked for; None when only the document was.
    """

    files: tuple[str, ...]
    sheet: str | None
    header: tuple[str, ...]
    rows: dict[int, tuple[str, ...]]
    marked: int | None


def files_of(connection: duckdb.DuckDBPyConnection, doc: str) -> tuple[str, ...]:
    """Return the paths under which a document may be seen.

    Raises:
        NoSuchSource: There is none.
    """
    found = tuple(str(path) for path, _ in connection.execute(_FILE, {"doc": doc}).fetchall())
    if not found:
        raise NoSuchSource(doc=doc)
    return found


def table_place(
    context: Context, connection: duckdb.DuckDBPyConnection, doc: str, locator: str, around: int = AROUND
) -> TablePlace:
    """Return a register's row with the rows around it, read again from the original bytes.

    Args:
        context: Names the originals.
        connection: From `open_tables`; what is out of scope cannot be read.
        doc: The document.
        locator: `r:N` or `r:SHEET!N`; empty for the start of its first table.
        around: Rows before and after.

    Raises:
        NoSuchSource: The document is not within scope, or the place is no row.
        OriginalMissing: The bytes are gone.
    """
    files = files_of(connection, doc)
    layouts = {str(row["doc"]): str(row["layout"]) for row in context.ledger.rows("documents", ("doc", "layout"))}
    originals = Originals(context.workspace.originals, layouts, mappings(context))
    try:
        sheet, row = parse_locator(locator) if locator else (originals.first_sheet(doc), 0)
    except ValueError as error:
        raise NoSuchSource(doc=f"{doc} {locator}") from error
    header, rows = originals.window(doc, sheet, max(1, row - around), max(1, row) + around)
    return TablePlace(files, sheet, header, rows, row or None)
