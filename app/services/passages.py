"""A place in a document as a person reads it: the row in its table, or the passage in its text."""

from dataclasses import dataclass

import duckdb

from app.services.context import Context
from app.services.importing import mappings
from graph.errors import ShenwaError
from graph.model import model
from ingest.readers.pictures import page_picture
from ingest.rereading import Originals, parse_locator
from ingest.texts.passages import parse_span
from ingest.texts.rereading import Texts

AROUND = 6
LINES_AROUND = 400
# What stands on the passage: ties by their ends, else the entity that it names.
_READINGS = """
SELECT DISTINCT s.claim, s.speaker, s.method, s.confidence, e.type, coalesce(a.name, n.name), b.name
FROM sources s LEFT JOIN seen_edges e ON e.eid = s.eid LEFT JOIN seen_nodes a ON a.id = e.source
LEFT JOIN seen_nodes b ON b.id = e.target LEFT JOIN seen_nodes n ON n.id = s.eid
WHERE s.doc = $doc AND s.locator = $locator
  AND coalesce(e.type, '') NOT IN ('HAS_POWER', 'OWNS', 'SAME_AS_POSSIBLE')
  AND (e.eid IS NOT NULL OR n.type <> 'Account')
ORDER BY ALL
"""
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


@dataclass(frozen=True)
class Reading:
    """How a passage was read: as what, by which rule or model, how surely, and who says it.

    Attributes:
        claim: Its rank.
        speaker: Who says it; None when the document itself does.
        method: Rule or model.
        confidence: 0 to 1.
        type: Relation type; None when the passage is read as a name only.
        source: Name of the entity, or of the tie's source.
        target: Name of the tie's target.
    """

    claim: str
    speaker: str | None
    method: str
    confidence: float
    type: str | None
    source: str | None
    target: str | None

    def label(self, lang: str) -> str:
        """Return what was read: `亲属:韩冬生 → 周启明`, or the name alone."""
        if self.type is None:
            return self.source or ""
        known = model().relations[self.type]
        return f"{known.zh if lang == 'zh' else known.en}: {self.source} → {self.target}"


@dataclass(frozen=True)
class TextPlace:
    """A passage of a text among what stands around it; places count code points.

    Attributes:
        files: Paths under which the document was filed.
        before: What stands before it, from the start of a line.
        marked: The passage; empty when only the document was asked for.
        after: What stands behind it, to the end of a line.
        page: From 1; None where the text has no pages.
        verified: False when the words were recognised from a picture and may be misread.
        picture: The page as a picture (PNG or JPEG), where it was read from one and no name on it is hidden.
        readings: What was read from the passage.
    """

    files: tuple[str, ...]
    before: str
    marked: str
    after: str
    page: int | None
    verified: bool
    picture: bytes | None
    readings: tuple[Reading, ...]


def is_text(context: Context, doc: str) -> bool:
    """Tell whether a document is a text."""
    return bool(Texts(context.ledger, context.workspace.originals).fetch([doc]))


def text_place(
    context: Context, connection: duckdb.DuckDBPyConnection, doc: str, locator: str, around: int = LINES_AROUND
) -> TextPlace:
    """Return a passage with the lines around it, from the reader's text.

    Args:
        context: Names the ledger.
        connection: From `open_tables`; what is out of scope cannot be read.
        doc: The document.
        locator: `c:START-END`; empty for the start of the text.
        around: Characters before and after, at least, up to the ends of lines.

    Raises:
        NoSuchSource: The document is not within scope, is no text, or has no such place.
    """
    files = files_of(connection, doc)
    stored = Texts(context.ledger, context.workspace.originals).fetch([doc]).get(doc)
    try:
        start, end = parse_span(locator) if locator else (0, 0)
    except ValueError as error:
        raise NoSuchSource(doc=f"{doc} {locator}") from error
    if stored is None or end > len(stored.text):
        raise NoSuchSource(doc=f"{doc} {locator}")
    text = stored.text
    first = text.rfind("\n", 0, max(0, start - around)) + 1
    stop = text.find("\n", min(len(text), end + around))
    last = len(text) if stop < 0 else stop
    rows = connection.execute(_READINGS, {"doc": doc, "locator": locator}).fetchall()
    readings = tuple(Reading(*row) for row in rows)
    page = stored.page_of(start)
    picture = None if stored.verified or stored.hides else page_picture(context.workspace.originals, doc, page or 1)
    around_it = text[first:start], text[start:end], text[end:last]
    return TextPlace(files, *around_it, page, stored.verified, picture, readings)


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
