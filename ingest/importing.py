"""Importing files: in units, each of which is committed whole or not at all."""

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import duckdb

from graph.duck import connect
from graph.errors import Interrupted
from graph.ledger.ledger import Ledger
from ingest.discovery import DOC_LENGTH, Found, discover, sha256
from ingest.known import Known, read_known
from ingest.options import ImportOptions
from ingest.readers.registry import Unreadable, reader_of
from ingest.readers.texts import read_text_file
from ingest.registers.cells import MACROS
from ingest.registers.mapping import Mapping
from ingest.report import FileReport, ImportReport
from ingest.sink import UnitSink
from ingest.tables import read_into
from ingest.texts.filing import folder_number, is_case_text, same_path
from ingest.texts.reading import TextBatch, Waiting, hiding_again, write_filings

LARGE = 8 << 20
MOST_FILES = 500
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Places:
    """Folders of the workspace that an import writes to."""

    ledger: Ledger
    originals: Path
    temp: Path


def _units(files: Iterable[Found]) -> Iterator[list[Found]]:
    """Cut the files into units: a large one alone, up to 500 small ones together."""
    batch: list[Found] = []
    for file in files:
        if file.size >= LARGE:
            yield [file]
            continue
        batch.append(file)
        if len(batch) == MOST_FILES:
            yield batch
            batch = []
    if batch:
        yield batch


def _keep_original(file: Found, doc: str, originals: Path) -> None:
    originals.mkdir(parents=True, exist_ok=True)
    target = originals / f"{doc}{file.path.suffix.lower()}"
    if not target.exists():
        partial = target.with_suffix(target.suffix + ".part")
        shutil.copyfile(file.path, partial)
        partial.replace(target)


def _go_on_unless(stopped: Callable[[], bool]) -> None:
    if stopped():
        raise Interrupted


def _refuse(report: FileReport, error: Unreadable) -> None:
    report.state = "refused"
    report.unreadable = {"zh": error.sentence("zh"), "en": error.sentence("en")}


class _Import:
    """One run over some files; holds what its units share."""

    def __init__(self, places: Places, mappings: dict[str, Mapping], options: ImportOptions) -> None:
        self.places = places
        self.mappings = mappings
        self.options = options
        self.run = uuid4().hex[:12]
        self.known: Known = read_known(places.ledger)
        self.seen: set[str] = set()
        self.texts = TextBatch()

    def _case(self, file: Found) -> str | None:
        """Return the case that a file belongs to: as the user says, else a text's by its folder."""
        if self.options.case is not None or not is_case_text(file.path):
            return self.options.case
        return folder_number(file)

    def _filing(self, doc: str, file: Found) -> dict[str, object]:
        options = self.options
        return {
            "doc": doc,
            "path": file.shown,
            "case": self._case(file),
            "run": self.run,
            "provided_by": options.provided_by,
            "warrant": options.warrant,
            "obtained": options.obtained,
        }

    def one(self, connection: duckdb.DuckDBPyConnection, sink: UnitSink, file: Found) -> FileReport:
        """Read one file into a unit."""
        sha = sha256(file.path)
        doc = sha[:DOC_LENGTH]
        report = FileReport(path=file.shown, doc=doc)
        self.known.check(doc, sha, file.shown)
        if doc in self.known.purged:
            report.state = "purged"
        elif self.known.is_withdrawn(doc):
            report.state = "withdrawn"
        elif (kept := self._filed_as(doc, file)) is not None:
            report.state, report.path = "known", kept
        elif self.texts.holds(doc):
            report.state = "known"
            self.texts.file(sink, report, self._filing(doc, file))
        elif doc in self.seen or doc in self.known.documents:
            report.state = "known"
            hiding = hiding_again(file.path, self.options.encoding) if doc in self.known.hiding else None
            write_filings(sink, report, [self._filing(doc, file)], hiding)
        elif is_case_text(file.path):
            self._read_text(sink, file, sha, report)
        else:
            self._read(connection, sink, file, sha, report)
        return report

    def _filed_as(self, doc: str, file: Found) -> str | None:
        """Return the path under which a document was filed in this place before, a reporter's name in it hidden."""
        case, filed = self._case(file), sorted(self.known.filings.get(doc, ()), key=str)
        return next((path for path, other in filed if other == case and same_path(path, file.shown)), None)

    def _read_text(self, sink: UnitSink, file: Found, sha: str, report: FileReport) -> None:
        """Read a text; what it says is taken from it together with those of other files."""
        try:
            content = read_text_file(file.path, self.options.encoding)
        except Unreadable as error:
            _refuse(report, error)
            return
        _keep_original(file, report.doc, self.places.originals)
        waiting = Waiting(report, sha, file.size, content, self.options.encoding)
        waiting.filings.append(self._filing(report.doc, file))
        self.texts.add(waiting)
        if self.texts.full:
            self.texts.write(sink)

    def _read(
        self, connection: duckdb.DuckDBPyConnection, sink: UnitSink, file: Found, sha: str, report: FileReport
    ) -> None:
        try:
            layout = read_into(connection, sink, file.path, report, self.mappings, self.options)
        except Unreadable as error:
            _refuse(report, error)
            return
        if not report.registers:
            report.state = "unknown"
            return
        _keep_original(file, report.doc, self.places.originals)
        reader = reader_of(file.path)
        document = {"doc": report.doc, "sha256": sha, "size": file.size, "kind": "table", "layout": layout}
        sink.rows("documents", [{**document, "reader": f"{reader.reader_id}@{reader.version}"}])
        sink.rows("filings", [self._filing(report.doc, file)])
        sink.rows("refusals", report.faults)
        self.seen.add(report.doc)


def import_paths(
    places: Places,
    mappings: dict[str, Mapping],
    paths: Sequence[Path],
    options: ImportOptions,
    progress: Progress = lambda done, total, name: None,
    stopped: Callable[[], bool] = lambda: False,
) -> ImportReport:
    """Import files and folders.

    Args:
        places: Where to; the caller holds the workspace lock.
        mappings: The catalogue of registers.
        paths: Files or folders.
        options: Case, provider, encoding and the like.
        progress: Told the number of files done, of all files, and the file at hand.
        stopped: Asked before each file; true ends the import, units committed so far stay.

    Returns:
        What was read, refused and why.

    Raises:
        NoSuchPath: A path does not exist.
        Interrupted: `stopped` said so.
    """
    files = discover(paths)
    work = _Import(places, mappings, options)
    report = ImportReport(work.run)
    done = 0
    with connect(places.temp) as connection:
        connection.execute(MACROS)
        # Rows carry their number, so their order in memory need not be kept: half the time for a long statement.
        connection.execute("SET preserve_insertion_order = false")
        for unit in _units(files):
            sink = UnitSink(connection, places.ledger, large=unit[0].size >= LARGE)
            try:
                for file in unit:
                    _go_on_unless(stopped)
                    progress(done, len(files), file.shown)
                    report.files.append(work.one(connection, sink, file))
                    done += 1
                work.texts.write(sink, lambda: _go_on_unless(stopped))
            except BaseException:
                sink.abandon()
                raise
            sink.commit(work.run)
            progress(done, len(files), "")
    return report
