"""Asking the same texts of the index and of FTS5, one after the other in the same run, and what came of it."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from app.services.search import building
from app.services.search.forms import plain
from app.services.search.index import Index
from app.services.searching import answer
from bench.search.asked import KINDS, texts
from bench.search.fts import LEAST, Fts
from bench.search.names import Entity, make_names, write_tables
from graph.store.base import EVERYTHING

MOST = 50
LIMIT_MS = 20.0


@dataclass
class Timed:
    """What each text of a kind took, in milliseconds, and how often who was meant was found.

    Attributes:
        index: By the clock.
        index_busy: Of the processor: what is left when the machine does other things is not the search's.
        fts: By the clock.
        fts_busy: Of the processor.
        short: Whether the text has less than three characters, of which FTS5's trigrams know nothing.
        meant: Texts that mean somebody.
        index_found: How many of these the index found.
        fts_found: How many of these FTS5 found.
    """

    index: list[float] = field(default_factory=list)
    index_busy: list[float] = field(default_factory=list)
    fts: list[float] = field(default_factory=list)
    fts_busy: list[float] = field(default_factory=list)
    short: list[bool] = field(default_factory=list)
    meant: int = 0
    index_found: int = 0
    fts_found: int = 0


@dataclass
class Measured:
    """One run.

    Attributes:
        names: How many entities.
        build: Seconds to make the index.
        load: Seconds to read it from the disk.
        size: Its bytes on the disk.
        kinds: Kind of text -> times.
    """

    names: int
    build: float
    load: float
    size: int
    kinds: dict[str, Timed]


def quantile(times: Sequence[float], share: float) -> float:
    """Return the time within which a share of the texts was answered."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def _timed(call: Callable[[], Any]) -> tuple[float, float, Any]:
    """Return milliseconds by the clock and of the processor, and what came of it."""
    started, busy = time.perf_counter(), time.thread_time()
    result = call()
    return (time.perf_counter() - started) * 1000, (time.thread_time() - busy) * 1000, result


def measure(folder: Path, count: int, asked: int, tell: Callable[[str], None]) -> Measured:
    """Make names, both indexes, and ask.

    Args:
        folder: For the tables; must be empty.
        count: Of names.
        asked: Of texts.
        tell: Is told what is at hand.
    """
    tell(f"{count} names")
    names = make_names(count)
    tables = write_tables(folder / "tables", names)
    build, _, _ = _timed(lambda: building.index_of(tables))
    file = tables.folder / building.FILE
    load, _, _ = _timed(lambda: Index.load(file))
    tell("FTS5")
    fts = Fts(names)
    found = Measured(len(names), build / 1000, load / 1000, file.stat().st_size, {kind: Timed() for kind in KINDS})
    reading: Any = SimpleNamespace(tables=tables, scope=EVERYTHING)
    tell(f"{asked} texts")
    wanted = texts(names, asked)
    for _, text, _ in wanted[:50]:  # what is worked out once is worked out before the clock starts
        answer(reading, text, MOST)
        fts.search(text, MOST)
    for kind, text, meant in wanted:
        _ask(found.kinds[kind], reading, fts, names, text, meant)
    fts.close()
    return found


def _ask(timed: Timed, reading: Any, fts: Fts, names: list[Entity], text: str, meant: Entity | None) -> None:
    spent, busy, got = _timed(lambda: answer(reading, text, MOST))
    timed.index.append(spent)
    timed.index_busy.append(busy)
    spent, busy, rows = _timed(lambda: fts.search(text, MOST))
    timed.fts.append(spent)
    timed.fts_busy.append(busy)
    timed.short.append(len(plain(text)) < LEAST)
    if meant is not None:
        # Namesakes are as good: what counts is that the name that was meant is among the lines.
        timed.meant += 1
        timed.index_found += any(line.name == meant.name for line in got.lines)
        timed.fts_found += any(names[row].name == meant.name for row in rows)
