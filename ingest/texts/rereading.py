"""Texts read again: the words at a place and its page from the ledger, what a text states from its original bytes."""

import json
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock

from graph.duck import connect
from graph.ledger.ledger import Ledger
from ingest.readers.texts import read_text_file
from ingest.readers.textual import page_at
from ingest.readers.unreadable import Unreadable
from ingest.rereading import Restated
from ingest.texts.facts import facts_of
from ingest.texts.passages import parse_span
from ingest.texts.ties import AGAINST

_TEXTS = """
SELECT t.doc, any_value(t.text), any_value(d.layout) FROM ledger_texts t
JOIN ledger_documents d USING (doc, unit) JOIN ledger_commits USING (unit)
WHERE t.doc IN (SELECT unnest($docs::VARCHAR[])) GROUP BY t.doc
"""
_MOST_KEPT = 2_000

Stated = dict[str, list[Restated]]


@dataclass(frozen=True)
class StoredText:
    """A reader's text.

    Attributes:
        text: Names of reporters are hidden in it, every place where it was.
        pages: Where each page begins.
        verified: False when some of it was recognised from pictures.
        encoding: What the user said it is in.
        hides: Something is hidden in it, so that its original must not be shown to everybody.
    """

    text: str
    pages: tuple[int, ...]
    verified: bool
    encoding: str | None
    hides: bool

    def page_of(self, place: int) -> int | None:
        """Return the page, from 1, that holds a code point; None where the text has one page only."""
        return page_at(self.pages, place) if len(self.pages) > 1 else None


def _stored(text: str, layout: str) -> StoredText:
    known = json.loads(layout)
    return StoredText(text, tuple(known["pages"]), bool(known["verified"]), known["encoding"], bool(known["hidden"]))


# What documents state, by document: the same bytes are read the same way as long as the process lives.
_KEPT: OrderedDict[str, Stated] = OrderedDict()
_LOCK = Lock()


def _restated(rows: Iterable[dict[str, object]]) -> Stated:
    found: Stated = {}
    for row in rows:
        if row["claim"] in AGAINST:  # that something is not so states nothing
            continue
        start, end = row["valid_from"], row["valid_to"]
        assert start is None or isinstance(start, date)
        assert end is None or isinstance(end, date)
        props = json.loads(str(row["props"]))
        one = Restated(str(row["type"]), str(row["source_key"]), str(row["target_key"]), start, end, props)
        found.setdefault(str(row["locator"]), []).append(one)
    return found


class Texts:
    """The texts of one workspace; each is fetched once.

    Args:
        ledger: Holds the texts as they are shown.
        originals: Folder of the original files, `<doc><suffix>`.
    """

    def __init__(self, ledger: Ledger, originals: Path) -> None:
        self._ledger = ledger
        self._originals = originals
        self._texts: dict[str, StoredText] = {}

    def fetch(self, docs: Iterable[str]) -> dict[str, StoredText]:
        """Return the texts of some documents; one that is no text, or was destroyed, is left out."""
        wanted = sorted(set(docs))
        missing = [doc for doc in wanted if doc not in self._texts]
        if missing:
            with connect() as connection:
                self._ledger.attach(connection, "texts", "documents", "commits")
                rows = connection.execute(_TEXTS, {"docs": missing}).fetchall()
            self._texts |= {str(doc): _stored(str(text), str(layout)) for doc, text, layout in rows}
        return {doc: self._texts[doc] for doc in wanted if doc in self._texts}

    def quote(self, doc: str, locator: str) -> tuple[int | None, str] | None:
        """Return page and words at a place; None when the text is not at hand or has no such place."""
        stored = self.fetch([doc]).get(doc)
        start, end = parse_span(locator)
        if stored is None or end > len(stored.text):
            return None
        return stored.page_of(start), stored.text[start:end]

    def _read(self, doc: str, encoding: str | None) -> str | None:
        """Return the text of an original as its reader gives it; None when the file is gone or unreadable."""
        found = sorted(path for path in self._originals.glob(f"{doc}.*") if path.suffix != ".part")
        try:
            return read_text_file(found[0], encoding).text if found else None
        except Unreadable:
            return None

    def restate(self, docs: Iterable[str]) -> dict[str, Stated]:
        """Return what some documents state when their originals are read again: document -> locator -> ties.

        A document whose original is gone is left out.
        """
        stored = self.fetch(docs)
        with _LOCK:
            missing = {doc: self._read(doc, one.encoding) for doc, one in stored.items() if doc not in _KEPT}
            texts = {doc: text for doc, text in missing.items() if text is not None}
            if texts:
                from nlp.pipeline import extract_many

                for (doc, text), found in zip(texts.items(), extract_many(texts.values()), strict=True):
                    _KEPT[doc] = _restated(facts_of(doc, text, found).relations)
            answer = {doc: _KEPT[doc] for doc in stored if doc in _KEPT}
            for doc in answer:
                _KEPT.move_to_end(doc)
            while len(_KEPT) > max(_MOST_KEPT, len(answer)):
                _KEPT.popitem(last=False)
        return answer
