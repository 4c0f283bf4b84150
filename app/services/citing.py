"""The sources of edges as people cite them: file, place in it, and the words that stand there."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

import duckdb

from app.services.context import Context
from app.services.importing import mappings
from ingest.rereading import OriginalMissing, Originals, RowKey, parse_locator
from ingest.texts.passages import is_span
from ingest.texts.rereading import Texts

_SOURCES = """
SELECT DISTINCT eid, doc, locator, method, claim, speaker, identity,
       (SELECT min(path) FROM visible_filings f WHERE f.doc = s.doc)
FROM sources s WHERE eid IN (SELECT unnest($ids::VARCHAR[])) ORDER BY ALL
"""

# Strongest first: by number, by name within one unit, by name alone.
IDENTITIES = ("code", "name_unit", "name")


@dataclass(frozen=True)
class Cited:
    """One source of an edge; `quote` is None where the original is no longer at hand, `page` where there are none."""

    doc: str
    file: str
    locator: str
    quote: str | None
    claim: str
    speaker: str | None
    method: str
    identity: str
    page: int | None = None

    def to_json(self) -> dict[str, object]:
        """Return it as a JSON object."""
        return asdict(self)

    def place(self, lang: str) -> str:
        """Return file and place as a person reads them."""
        if self.page is not None:
            return f"{self.file} {f'第{self.page}页' if lang == 'zh' else f'page {self.page}'}"
        if is_span(self.locator):
            return self.file
        try:
            sheet, row = parse_locator(self.locator)
        except ValueError:
            return f"{self.file} {self.locator}"
        where = f"第{row}行" if lang == "zh" else f"row {row}"
        return f"{self.file} {sheet + ' ' if sheet else ''}{where}"


Words = tuple[int | None, str]


def _passages(context: Context, places: set[tuple[str, str]]) -> dict[tuple[str, str], Words]:
    """Return page and words of places in texts."""
    spans = [place for place in places if is_span(place[1])]
    texts = Texts(context.ledger, context.workspace.originals)
    texts.fetch(doc for doc, _ in spans)
    found = {place: texts.quote(*place) for place in spans}
    return {place: words for place, words in found.items() if words is not None}


def _quotes(context: Context, places: set[tuple[str, str]]) -> dict[tuple[str, str], Words]:
    layouts = {
        str(row["doc"]): str(row["layout"])
        for row in context.ledger.rows("documents", ("doc", "layout"))
        if row["layout"] is not None
    }
    originals = Originals(context.workspace.originals, layouts, mappings(context))
    found = _passages(context, places)
    for doc in sorted({doc for doc, locator in places if locator.startswith("r:")}):
        wanted: dict[RowKey, str] = {}
        for other, locator in places:
            if other == doc and locator.startswith("r:"):
                wanted[parse_locator(locator)] = locator
        try:
            for key, text in originals.quotes(doc, wanted).items():
                found[(doc, wanted[key])] = (None, text)
        except (OriginalMissing, KeyError):  # the edge keeps its place; only the words are missing
            continue
    return found


def cite(
    context: Context, connection: duckdb.DuckDBPyConnection, ids: Iterable[str], *, quotes: bool = True
) -> dict[str, list[Cited]]:
    """Return the visible sources of edges (or nodes), each with its quote.

    Args:
        context: Names the originals.
        connection: From `open_tables`.
        ids: Eids of edges, or ids of nodes.
        quotes: Open the originals for the words; otherwise every quote is None.
    """
    rows = connection.execute(_SOURCES, {"ids": sorted(set(ids))}).fetchall()
    places = {(str(doc), str(locator)) for _, doc, locator, *_ in rows}
    words = _quotes(context, places) if quotes else {}
    found: dict[str, list[Cited]] = {}
    for eid, doc, locator, method, claim, speaker, identity, path in rows:
        page, quote = words.get((doc, locator), (None, None))
        cited = Cited(doc, path or doc, locator, quote, claim, speaker, method, identity, page)
        found.setdefault(str(eid), []).append(cited)
    return found
