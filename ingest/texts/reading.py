"""Reading texts into a unit: a batch at a time through the pipeline, which keeps memory flat and its models warm."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ingest.readers.table import Refusal
from ingest.readers.texts import read_text_file
from ingest.readers.textual import ReaderText
from ingest.registers.staged import facts_json
from ingest.report import FileReport
from ingest.sink import UnitSink
from ingest.texts.facts import facts_of
from ingest.texts.hiding import Hiding, hiding_of
from nlp.extraction import Extraction

MOST_TEXTS = 64
# About ten seconds of reading: as long as a stop may have to wait, and enough for the models to work in batches.
MOST_CHARACTERS = 150_000

Filing = dict[str, object]


@dataclass(frozen=True)
class Waiting:
    """A text that was read and waits for its batch.

    Attributes:
        report: Of its file.
        sha: Of its bytes.
        size: In bytes.
        content: The reader's text.
        encoding: What the user said it is in.
        filings: Where it lies; the same bytes may lie in several folders.
    """

    report: FileReport
    sha: str
    size: int
    content: ReaderText
    encoding: str | None
    filings: list[Filing] = field(default_factory=list)


def _fault(doc: str, note: Refusal) -> dict[str, object]:
    place = {"sheet": note.sheet, "row": note.row, "sheet_row": note.sheet_row, "column": note.column}
    told = {"code": note.code, "level": note.level, "facts": facts_json(**note.facts), "raw": note.raw}
    return {"doc": doc, **place, **told}


def _layout(one: Waiting, found: Extraction, hiding: Hiding) -> str:
    """Return what is known of a text beside its words, as JSON."""
    content = one.content
    layout = {
        "tables": [],
        "encoding": one.encoding,
        "genre": found.genre,
        "pages": content.pages,
        "verified": content.verified,
        "hidden": len(hiding.spans),
        "boxes": [asdict(box) for box in content.boxes],
    }
    return json.dumps(layout, ensure_ascii=False, sort_keys=True)


class TextBatch:
    """Texts that wait until there are enough for the pipeline."""

    def __init__(self) -> None:
        self._waiting: dict[str, Waiting] = {}
        self._characters = 0
        self._hidings: dict[str, Hiding] = {}

    def add(self, one: Waiting) -> None:
        """Let a text wait."""
        self._waiting[one.report.doc] = one
        self._characters += len(one.content.text)

    def file(self, sink: UnitSink, report: FileReport, filing: Filing) -> None:
        """File a text of this import once more, where the same bytes were found again."""
        doc = report.doc
        if doc in self._waiting:
            self._waiting[doc].filings.append(filing)
        else:
            write_filings(sink, report, [filing], self._hidings.get(doc))

    def holds(self, doc: str) -> bool:
        """Tell whether a document is a text of this import."""
        return doc in self._waiting or doc in self._hidings

    @property
    def full(self) -> bool:
        """Whether it is time to write."""
        return len(self._waiting) >= MOST_TEXTS or self._characters >= MOST_CHARACTERS

    def write(self, sink: UnitSink, check: Callable[[], None] = lambda: None) -> None:
        """Read what the waiting texts say and write it into a unit.

        Args:
            sink: The unit.
            check: Called before each text; what it raises ends the reading.
        """
        if not self._waiting:
            return
        from nlp.pipeline import extract_many  # loads the models, which registers need not wait for

        waiting, self._waiting, self._characters = list(self._waiting.values()), {}, 0
        for one, found in zip(waiting, extract_many(each.content.text for each in waiting), strict=True):
            check()
            self._hidings[one.report.doc] = _write(sink, one, found)


def hiding_again(path: Path, encoding: str | None) -> Hiding:
    """Return what must not be kept of a text that was imported before."""
    from nlp.pipeline import extract

    text = read_text_file(path, encoding).text
    return hiding_of(text, extract(text))


def write_filings(sink: UnitSink, report: FileReport, filings: list[Filing], hiding: Hiding | None) -> None:
    """Write where a text lies, and show its path, without a reporter's name."""
    if hiding is not None and hiding.words:
        report.path = hiding.word(report.path)
        filings = [{**one, "path": hiding.word(str(one["path"]))} for one in filings]
    sink.rows("filings", filings)


def _write(sink: UnitSink, one: Waiting, found: Extraction) -> Hiding:
    report, content = one.report, one.content
    facts = facts_of(report.doc, content.text, found)
    document = {"doc": report.doc, "sha256": one.sha, "size": one.size, "kind": "text"}
    reader = f"{content.reader}@{content.version}"
    sink.rows("documents", [{**document, "reader": reader, "layout": _layout(one, found, facts.hiding)}])
    sink.rows("texts", [{"doc": report.doc, "text": facts.hiding.text(content.text)}])
    sink.rows("assertions", facts.assertions)
    sink.rows("relations", facts.relations)
    report.faults = [_fault(report.doc, note) for note in content.notes]
    sink.rows("refusals", report.faults)
    write_filings(sink, report, one.filings, facts.hiding)
    report.characters = len(content.text)
    report.ties = len(facts.relations)
    return facts.hiding
