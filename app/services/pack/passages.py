"""The original passages that hits rest on: of each document the cited rows, cell by cell, and nothing else of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.services.context import Context
from app.services.importing import mappings
from graph.errors import Lang, ShenwaError
from ingest.registers.recognise import reporter_columns
from ingest.rereading import Originals, parse_locator
from queries.hit import Evidence
from queries.wording import place

# Who reported is nobody's business here; imports refuse such columns, and free text may still hold such a line.
_REPORTER = re.compile(
    "(?<!被)((?:举报|检举|控告|信访|投诉|来信|来访)(?:人|者)(?:姓名|电话|联系方式)?)\\s*[::]\\s*[^;;,,。\\s]+"
)


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

    def document(self, doc: str, file: str, cited: Iterable[Evidence]) -> Document:
        """Return the passages of one document, in the order in which they stand there."""
        quotes = {one.locator: one.quote for one in cited}
        head = ("文件", "材料编号", "SHA-256") if self._lang == "zh" else ("file", "document", "SHA-256")
        sha256 = self._hashes.get(doc, "")
        blocks = ["\n".join(f"{name}:{value}" for name, value in zip(head, (file, doc, sha256), strict=True))]
        for locator in sorted(quotes, key=_order):
            where = place(file, locator, self._lang).removeprefix(file).strip()
            lines = self._cells(doc, locator) or [quotes[locator]]
            body = without_reporter("\n".join(lines), self._lang)
            blocks.append(f"【{where}】 {locator}\n{body}")
        return Document(doc, sha256, file, "\n\n".join(blocks) + "\n")

    def documents(self, cited: Iterable[Evidence]) -> list[Document]:
        """Return every cited document, by number."""
        by_document: dict[str, list[Evidence]] = {}
        for one in cited:
            by_document.setdefault(one.doc, []).append(one)
        return [self.document(doc, some[0].file, some) for doc, some in sorted(by_document.items())]
