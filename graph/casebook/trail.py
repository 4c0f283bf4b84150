"""The audit log (操作日志): who did what and when, each line chained to the one before by an HMAC.

The key lies beside the database, not in it, and so does `audit.head` (how many lines there are, and the chain value of
the last): whoever can write to the database alone can neither change a line nor cut off the last ones unseen. Packs
carry the head of their day, so that a log and a head replaced together are found out by what was handed over before.
"""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from filelock import FileLock
from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session

from graph.casebook.clock import now
from graph.casebook.tables import TrailLine
from graph.errors import ShenwaError

KEY, HEAD, LOCK = "audit.key", "audit.head", "audit.lock"
_KEY_BYTES = 32
_BATCH = 1_000
# Lines are appended one after the other, also by several programs on one server; any fixed number will do.
_APPEND_LOCK = 7_319_552
_START = "0" * 64


class TrailKeyLost(ShenwaError):
    """There are lines, and the key that chains them is gone."""

    zh = "操作日志的密钥文件不见了({path});请从备份中恢复它,否则不能继续记录"
    en = "the key of the audit log is gone ({path}); restore it from a backup, nothing can be logged without it"


class Head(NamedTuple):
    """How long the log is, and the chain value of its last line."""

    number: int
    mac: str


@dataclass(frozen=True)
class Line:
    """One line of the log.

    Attributes:
        number: From 1, without gaps.
        at: Naive UTC, ISO.
        actor: Who.
        action: What: `view`, `search`, `detect`, `export` …
        subject: What it was done to: an id, a fingerprint, a file; never a reporter.
        details: Parameters and the like.
        mac: Chain value.
    """

    number: int
    at: str
    actor: str
    action: str
    subject: str
    details: Mapping[str, object]
    mac: str


class Fault(NamedTuple):
    """Where the log is not what was written: the line, and `changed`, `gap`, `tail`, `head`, `key`."""

    number: int
    code: str


def _chain(key: bytes, before: str, row: TrailLine) -> str:
    content = [before, row.number, row.at, row.actor, row.action, row.subject, row.details]
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return hmac.new(key, body, hashlib.sha256).hexdigest()


def _write_whole(path: Path, content: str) -> None:
    partial = path.with_suffix(path.suffix + ".part")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)


class Trail:
    """The audit log of one casebook.

    Args:
        engine: The casebook's database.
        folder: Of the workspace: holds key and head.
    """

    def __init__(self, engine: Engine, folder: Path) -> None:
        self._engine = engine
        self._folder = folder

    def add(self, actor: str, action: str, subject: str = "", details: Mapping[str, object] | None = None) -> Line:
        """Append a line; once this returns, it is kept.

        Raises:
            TrailKeyLost: Lines exist and the key does not.
        """
        body = json.dumps(dict(details or {}), ensure_ascii=False, sort_keys=True, default=str)
        with FileLock(self._folder / LOCK):
            with Session(self._engine) as session, session.begin():
                line = self._append(session, actor, action, subject, body)
            # After the line: a head without its line would look like a log that was cut.
            _write_whole(self._folder / HEAD, f"{line.number} {line.mac}\n")
        return line

    def _append(self, session: Session, actor: str, action: str, subject: str, details: str) -> Line:
        if self._engine.dialect.name == "postgresql":
            session.execute(text(f"SELECT pg_advisory_xact_lock({_APPEND_LOCK})"))
        last = session.scalars(select(TrailLine).order_by(TrailLine.number.desc()).limit(1)).first()
        key = self._key(new=last is None)
        row = TrailLine(
            number=last.number + 1 if last else 1,
            at=now().isoformat(),
            actor=actor,
            action=action,
            subject=subject,
            details=details,
            mac="",
        )
        row.mac = _chain(key, last.mac if last else _START, row)
        session.add(row)
        return _line(row)

    def _key(self, *, new: bool) -> bytes:
        path = self._folder / KEY
        if not path.exists():
            if not new:
                raise TrailKeyLost(path=path)
            _write_whole(path, secrets.token_hex(_KEY_BYTES) + "\n")
        return bytes.fromhex(path.read_text(encoding="ascii").strip())

    def head(self) -> Head | None:
        """Return the head as the workspace keeps it; None before the first line, or when it is unreadable."""
        try:
            count, mac = (self._folder / HEAD).read_text(encoding="ascii").split()
            return Head(int(count), mac)
        except (OSError, ValueError):
            return None

    def lines(self, newest: int = 200) -> list[Line]:
        """Return the newest lines, the newest first."""
        chosen = select(TrailLine).order_by(TrailLine.number.desc()).limit(newest)
        with Session(self._engine) as session:
            return [_line(row) for row in session.scalars(chosen)]

    def _rows(self, session: Session) -> Iterator[TrailLine]:
        after = None
        while True:
            chosen = select(TrailLine).order_by(TrailLine.number).limit(_BATCH)
            rows = list(session.scalars(chosen if after is None else chosen.where(TrailLine.number > after)))
            if not rows:
                return
            yield from rows
            after = rows[-1].number

    def check(self, heads: Mapping[str, Head] | None = None) -> tuple[int, list[Fault]]:
        """Go through the whole log.

        Args:
            heads: More heads that were seen before, as packs carry them, by name.

        Returns:
            How many lines there are, and what is not as it was written.
        """
        known = {"": self.head(), **(heads or {})}
        with Session(self._engine) as session:
            count = session.scalar(select(func.count()).select_from(TrailLine)) or 0
            if count and not (self._folder / KEY).exists():
                return count, [Fault(0, "key")]
            if not count:
                return 0, [Fault(head.number, "tail") for head in known.values() if head is not None and head.number]
            key, faults, macs = self._key(new=False), list[Fault](), dict[int, str]()
            wanted = {head.number for head in known.values() if head is not None}
            before, expected = _START, 1
            for row in self._rows(session):
                if row.number != expected:
                    faults.append(Fault(expected, "gap"))
                if row.mac != _chain(key, before, row):
                    faults.append(Fault(row.number, "changed"))
                if row.number in wanted:
                    macs[row.number] = row.mac
                before, expected = row.mac, row.number + 1
        if known[""] is None:
            faults.append(Fault(0, "head"))
        for head in known.values():
            if head is not None and macs.get(head.number) != head.mac:
                faults.append(Fault(head.number, "tail" if head.number not in macs else "changed"))
        return count, sorted(set(faults))


def _line(row: TrailLine) -> Line:
    details: dict[str, object] = json.loads(row.details)
    return Line(row.number, row.at, row.actor, row.action, row.subject, details, row.mac)
