"""Reading texts into a unit: a batch at a time through the pipeline, which keeps memory flat and its models warm."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from ingest.readers.table import Refusal
from ingest.readers.texts import read_text_file
from ingest.readers.textual import ReaderText
from ingest.registers.staged import facts_json
from ingest.report import FileReport
from ingest.sink import UnitSink
from ingest.texts.facts import facts_of, hidden_spans
from nlp.extraction import Extraction

MOST_TEXTS = 64
MOST_CHARACTERS = 2_000_000


@dataclass(frozen=True)
class Waiting:
    """A text that was read and waits for its batch.

    Attributes:
        report: Of its file.
        sha: Of its bytes.
        size: In bytes.
        content: The reader's text.
    """

    report: FileReport
    sha: str
    size: int
    content: ReaderText


def open_text(path: Path, encoding: str | None) -> ReaderText:
    """Read a file as text.

    Raises:
        Unreadable: Nothing in it can be read.
    """
    return read_text_file(path, encoding)


def _fault(doc: str, note: Refusal) -> dict[str, object]:
    place = {"sheet": note.sheet, "row": note.row, "sheet_row": note.sheet_row, "column": note.column}
    return {
        "doc": doc,
        **place,
        "code": note.code,
        "level": note.level,
        "facts": facts_json(**note.facts),
        "raw": note.raw,
    }


def _layout(content: ReaderText, found: Extraction) -> str:
    """Return what is known of a text beside its words, as JSON."""
    layout = {
        "tables": [],
        "genre": found.genre,
        "pages": content.pages,
        "verified": content.verified,
        "hidden": hidden_spans(found),
        "boxes": [asdict(box) for box in content.boxes],
    }
    return json.dumps(layout, ensure_ascii=False, sort_keys=True)


class TextBatch:
    """Texts that wait until there are enough for the pipeline."""

    def __init__(self) -> None:
        self._waiting: list[Waiting] = []
        self._characters = 0

    def add(self, one: Waiting) -> None:
        """Let a text wait."""
        self._waiting.append(one)
        self._characters += len(one.content.text)

    @property
    def full(self) -> bool:
        """Whether it is time to write."""
        return len(self._waiting) >= MOST_TEXTS or self._characters >= MOST_CHARACTERS

    def write(self, sink: UnitSink) -> None:
        """Read what the waiting texts say and write it into a unit."""
        if not self._waiting:
            return
        from nlp.pipeline import extract_many  # loads the models, which registers need not wait for

        waiting, self._waiting, self._characters = self._waiting, [], 0
        for one, found in zip(waiting, extract_many(each.content.text for each in waiting), strict=True):
            _write(sink, one, found)


def _write(sink: UnitSink, one: Waiting, found: Extraction) -> None:
    report, content = one.report, one.content
    facts = facts_of(report.doc, content.text, found)
    document = {"doc": report.doc, "sha256": one.sha, "size": one.size, "kind": "text"}
    reader = f"{content.reader}@{content.version}"
    sink.rows("documents", [{**document, "reader": reader, "layout": _layout(content, found)}])
    sink.rows("texts", [{"doc": report.doc, "text": content.text}])
    sink.rows("assertions", facts.assertions)
    sink.rows("relations", facts.relations)
    report.faults = [_fault(report.doc, note) for note in content.notes]
    sink.rows("refusals", report.faults)
    report.characters = len(content.text)
    report.ties = len(facts.relations)
