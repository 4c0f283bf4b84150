"""Making the index from the canonical tables, and finding the one that was made."""

import os
import threading
import zipfile
from contextlib import suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb
import numpy as np

from app.services.search.forms import DOUBLE_SURNAMES, readings, simple
from app.services.search.index import ALIAS, FORMER, LONGEST, NAME, Index, Texts
from graph.duck import connect
from graph.errors import ShenwaError
from graph.keys import SQL_MACROS
from graph.projection.tables import Canonical

# Raised whenever the same tables would give another index.
FORM = "1"
FILE = "search.npz"
_KEPT = 2
_TABLES = ("nodes", "evidence", "filings")
_NUMBER = 64
# Bytes of the table of entities, some 30,000 of them: about a second.
_NOTICEABLE = 1_500_000
# 买买提·艾力 and 荻花(集团)有限公司 are typed without these, too.
_BETWEEN = dict.fromkeys(map(ord, "·•・‧()"))
_NODES = """
SELECT id, type, name, CAST(cases AS INTEGER), coalesce(props ->> '$.code', ''), fold(name),
       fold(coalesce(props ->> '$.code', '')),
       list_transform(coalesce(CAST(props -> '$.former' AS VARCHAR[]), []), lambda one: fold(one)),
       list_transform(coalesce(CAST(props -> '$.aliases' AS VARCHAR[]), []), lambda one: fold(one))
FROM nodes ORDER BY id
"""
# What tells of an entity: open to all (a register, or filed under no case), or filed under a case.
_TOLD = """
SELECT DISTINCT e.eid, f."case", f."case" IS NULL OR f.open FROM evidence e JOIN filings f USING (doc)
WHERE contains(e.eid, '-') ORDER BY ALL
"""
_UNREADABLE = (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile)
_cache: dict[str, Index] = {}
_turn = threading.Lock()


def stamp_of(tables: Canonical) -> str:
    """Return what tells one set of tables from another: their sizes and times."""
    parts = [FORM]
    for name in _TABLES:
        found = (tables.folder / f"{name}.parquet").stat()
        parts.append(f"{name} {found.st_size} {found.st_mtime_ns}")
    return "\n".join(parts)


def _entries(rows: list[tuple[Any, ...]]) -> tuple[list[str], list[int], list[int], list[int]]:
    """Return every text by which an entity is found, its entity, kind and surname's length."""
    texts: list[str] = []
    entity: list[int] = []
    kind: list[int] = []
    given: list[int] = []
    for at, (_, type_, _, _, _, folded, _, former, aliases) in enumerate(rows):
        forms = [(folded, NAME), *((one, FORMER) for one in former), *((one, ALIAS) for one in aliases)]
        forms += [(text.translate(_BETWEEN), what) for text, what in forms]
        for text, what in dict.fromkeys((text.replace("\0", ""), what) for text, what in forms):
            if text:
                texts.append(text)
                entity.append(at)
                kind.append(what)
                surname = 2 if text[:2] in DOUBLE_SURNAMES and len(text) > 2 else 1
                given.append(surname if type_ == "Person" else 0)
    return texts, entity, kind, given


def _lettered(texts: list[str]) -> dict[str, Any]:
    """Return the arrays of the text itself."""
    whole = "\0" + "\0".join(texts) + "\0" * LONGEST
    whole = whole.translate({ord(one): simple(one) for one in set(whole) if one > "\u02ff"})
    points = np.frombuffer(whole.encode("utf-32-le", "surrogatepass"), np.uint32)
    characters, text = np.unique(points, return_inverse=True)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    ends = np.cumsum(lengths + 1)
    counts = np.bincount(text, minlength=len(characters))
    return {
        "characters": characters.astype(np.uint32),
        "text": text.astype(np.uint32),
        "order": np.argsort(text, kind="stable").astype(np.int32),
        "begins": np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        "starts": (ends - lengths).astype(np.int32),
        "ends": ends.astype(np.int32),
    }


def _sounds(characters: Any) -> dict[str, Any]:
    """Return which characters are read how."""
    read: dict[str, list[int]] = {}
    for number, point in enumerate(characters.tolist()):
        for reading in readings(chr(point)) if not 0xD800 <= point <= 0xDFFF else ():
            read.setdefault(reading, []).append(number)
    names = sorted(read)
    begins = np.concatenate([[0], np.cumsum([len(read[name]) for name in names])]).astype(np.int64)
    numbers = np.array([number for name in names for number in read[name]], np.uint32)
    return {"syllables": Texts.of(names), "sounds": numbers, "sound_begins": begins}


def _numbers(rows: list[tuple[Any, ...]]) -> dict[str, Any]:
    pairs = [(row[6].encode()[:_NUMBER], at) for at, row in enumerate(rows) if row[6]]
    found: dict[str, Any] = {}
    width = max((len(number) for number, _ in pairs), default=1)
    for name, ordered in (
        ("forward", sorted(pairs)),
        ("backward", sorted((number[::-1], at) for number, at in pairs)),
    ):
        found[name] = np.array([number for number, _ in ordered], f"S{width}")
        found[f"{name}_of"] = np.array([at for _, at in ordered], np.int32)
    return found


def _told(connection: duckdb.DuckDBPyConnection, rows: list[tuple[Any, ...]]) -> dict[str, Any]:
    """Return who may know of an entity, and its cases."""
    at = {row[0]: number for number, row in enumerate(rows)}
    names: dict[str, int] = {}
    is_open = np.zeros(len(rows), np.bool_)
    cases: list[set[int]] = [set() for _ in rows]
    for id_, case, everybody in connection.execute(_TOLD).fetchall():
        if id_ in at:
            is_open[at[id_]] |= bool(everybody)
            if case is not None:
                cases[at[id_]].add(names.setdefault(str(case), len(names)))
    begins = np.concatenate([[0], np.cumsum([len(one) for one in cases])]).astype(np.int64)
    flat = np.array([case for one in cases for case in sorted(one)], np.int32)
    return {"open": is_open, "case_names": Texts.of(names), "case_begins": begins, "case_of": flat}


def build(tables: Canonical) -> Index:
    """Make the index of some tables."""
    stamp = stamp_of(tables)
    with connect() as connection:
        connection.execute(SQL_MACROS)
        for name in _TABLES:
            path = str(tables.folder / f"{name}.parquet").replace("'", "''")
            connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet('{path}')")
        rows = connection.execute(_NODES).fetchall()
        told = _told(connection, rows)
    texts, entity, kind, given = _entries(rows)
    lettered = _lettered(texts)
    types = sorted({row[1] for row in rows})
    return Index(
        stamp=Texts.of([stamp]),
        entity=np.array(entity, np.int32),
        kind=np.array(kind, np.uint8),
        given=np.array(given, np.uint8),
        ids=Texts.of(row[0] for row in rows),
        types=Texts.of(types),
        type=np.array([types.index(row[1]) for row in rows], np.uint8),
        names=Texts.of(row[2] for row in rows),
        lengths=np.array([len(row[2]) for row in rows], np.int32),
        codes=Texts.of(row[4] for row in rows),
        cases=np.array([row[3] or 0 for row in rows], np.int32),
        **lettered,
        **_sounds(lettered["characters"]),
        **_numbers(rows),
        **told,
    )


def _stored(path: Path, stamp: str) -> Index | None:
    try:
        found = Index.load(path)
    except _UNREADABLE:  # not made yet, or of another form
        return None
    return found if found.stamp.all() == [stamp] else None


def _store(made: Index, path: Path) -> None:
    """Keep an index beside its tables; where that is not possible, it is made anew by the next who needs it."""
    part = path.with_name(f"{path.name}.{os.getpid()}-{uuid4().hex[:8]}.part")
    try:
        with suppress(OSError, ShenwaError):
            made.save(part)
            part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def is_ready(tables: Canonical) -> bool:
    """Tell whether the index is at hand, so that a search does not first make it."""
    stamp, path = stamp_of(tables), tables.folder / FILE
    if f"{path}\n{stamp}" in _cache:
        return True
    with suppress(*_UNREADABLE), path.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
        return bool(arrays["stamp.body"].tobytes().decode() == stamp)
    return False


def takes_a_while(tables: Canonical) -> bool:
    """Tell whether a search now would first have to make an index of so many names that people should be told."""
    return not is_ready(tables) and tables.nodes.stat().st_size > _NOTICEABLE


def index_of(tables: Canonical) -> Index:
    """Return the index of some tables: the one in memory, the one on the disk, or a new one."""
    stamp, path = stamp_of(tables), tables.folder / FILE
    key = f"{path}\n{stamp}"
    with _turn:
        found = _cache.get(key)
        if found is None:
            found = _stored(path, stamp)
            if found is None:
                for left in path.parent.glob(f"{FILE}.*.part"):  # of a process that was killed
                    with suppress(OSError):
                        left.unlink()
                found = build(tables)
                _store(found, path)
            while len(_cache) >= _KEPT:
                del _cache[next(iter(_cache))]
            _cache[key] = found
    return found
