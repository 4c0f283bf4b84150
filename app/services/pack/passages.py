"""The original passages that hits rest on: of each document the cited rows, cell by cell, and nothing else of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.services.context import Context
from app.services.importing import mappings
from graph.errors import Lang, ShenwaError
from ingest.registers.recognise import reporter_columns
from ingest.rereading import Originals, parse_locator
from ingest.texts.passages import parse_span
from ingest.texts.rereading import Texts
from queries.hit import Evidence
from queries.wording import place

# Who reported is nobody's business here; imports refuse such columns, and free text may still hold such a line.
_REPORTER = re.compile(
    "(?<!被)((?:举报|检举|控告|信访|投诉|来信|来访)(?:人|者)(?:姓名|电话|联系方式)?)\\s*[::]\\s*[^;;,,。\\s]+"
)
# Of a text, so many characters before and after a place are copied too, up to the ends of lines.
_AROUND = 60
_MARKS = ("⟦", "⟧")


@dataclass(frozen=True)
class Document:
    """A cited document.

    Attributes:
        doc: First 12 hex of its hash.
        sha256: The hash of the original; empty where the ledger no longer knows it.
        file: Path below the imported folder.
        text: The cited passages.
    """

    doc: str
    sha256: str
    file: str
    text: str


def place_of(one: Evidence, lang: Lang) -> str:
    """Return file and place, with the page where the source has pages."""
    page = "" if one.page is None else f" 第{one.page}页" if lang == "zh" else f" page {one.page}"
    return f"{place(one.file, one.locator, lang)}{page}"


def without_reporter(text: str, lang: Lang) -> str:
    """Return a passage in which nobody is named as the one who reported."""
    gone = "〔已隐去〕" if lang == "zh" else "[left out]"
    return _REPORTER.sub(lambda found: f"{found[1]}:{gone}", text)


def _order(locator: str) -> tuple[str, int, str]:
    sheet, _, row = locator.rpartition("!")
    number = re.search(r"\d+", row)
    return sheet, int(number[0]) if number else 0, locator


class Passages:
    """Reads cited rows of the originals of a workspace.

    Args:
        context: Names the originals.
        lang: Of the words around the passages.
    """

    def __init__(self, context: Context, lang: Lang) -> None:
        rows = list(context.ledger.rows("documents", ("doc", "sha256", "layout")))
        layouts = {str(row["doc"]): str(row["layout"]) for row in rows if row["layout"] is not None}
        self._hashes = {str(row["doc"]): str(row["sha256"]) for row in rows}
        self._originals = Originals(context.workspace.originals, layouts, mappings(context))
        self._texts = Texts(context.ledger, context.workspace.originals)
        self._lang = lang

    def _cells(self, doc: str, locator: str) -> list[str]:
        """Return a row as lines `column:value`; empty when the place is no row, or the original is gone."""
        try:
            sheet, number = parse_locator(locator)
            header, rows = self._originals.window(doc, sheet, number, number)
        except (ValueError, KeyError, ShenwaError):
            return []
        hidden = set(reporter_columns(header))
        cells = zip(header, rows.get(number, ()), strict=False)
        return [f"{name}:{value}" for name, value in cells if value and name not in hidden]

    def _lines(self, doc: str, locator: str) -> list[str]:
        """Return the lines of a text around a place, which is marked in them; empty when the place is in no text."""
        stored = self._texts.fetch([doc]).get(doc)
        try:
            start, end = parse_span(locator)
        except ValueError:
            return []
        if stored is None or end > len(stored.text):
            return []
        text = stored.text
        first = text.rfind("\n", 0, max(0, start - _AROUND)) + 1
        last = text.find("\n", min(len(text), end + _AROUND))
        around = f"{text[first:start]}{_MARKS[0]}{text[start:end]}{_MARKS[1]}{text[end : last if last >= 0 else None]}"
        return [line for line in around.split("\n") if line.strip()]

    def document(self, doc: str, file: str, cited: Iterable[Evidence]) -> Document:
        """Return the passages of one document, in the order in which they stand there."""
        cited_at = {one.locator: one for one in cited}
        quotes = {locator: one.quote for locator, one in cited_at.items()}
        head = ("文件", "材料编号", "SHA-256") if self._lang == "zh" else ("file", "document", "SHA-256")
        sha256 = self._hashes.get(doc, "")
        blocks = ["\n".join(f"{name}:{value}" for name, value in zip(head, (file, doc, sha256), strict=True))]
        for locator in sorted(quotes, key=_order):
            where = place_of(cited_at[locator], self._lang).removeprefix(file).strip()
            lines = self._cells(doc, locator) or self._lines(doc, locator) or [quotes[locator]]
            body = without_reporter("\n".join(lines), self._lang)
            blocks.append(f"【{where}】 {locator}\n{body}")
        return Document(doc, sha256, file, "\n\n".join(blocks) + "\n")

    def documents(self, cited: Iterable[Evidence]) -> list[Document]:
        """Return every cited document, by number."""
        by_document: dict[str, list[Evidence]] = {}
        for one in cited:
            by_document.setdefault(one.doc, []).append(one)
        return [self.document(doc, some[0].file, some) for doc, some in sorted(by_document.items())]
