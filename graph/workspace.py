"""The folder that holds everything of one body of work, and the lock that lets one process write at a time."""

import errno
import getpass
import json
import os
import re
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout
from pydantic import BaseModel, ConfigDict, ValidationError

from graph.errors import BadWorkspace, ShenwaError, WorkspaceBusy

FORMAT = 1
MARK = "workspace.json"
HOLDER_TRIES = 10
HOLDER_PAUSE = 0.02


class DiskFull(ShenwaError):
    """No room was left on the disk; what was committed before stays."""

    zh = "磁盘空间不足,写入 {path} 未完成;已提交的内容不受影响,腾出空间后请再次运行"
    en = (
        "the disk is full, writing {path} was not completed; "
        "everything committed is kept, free some space and run again"
    )


# EFBIG: the file would grow over what the system lets this user write, which to a person is the same.
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
# DuckDB, Delta, SQLite and kglite wrap the system's error in their own, and keep only its words.
_FULL_WORDS = re.compile(r"no space left|disk (?:is|quota) |file too large|os error (?:28|122|27)\b", re.IGNORECASE)


def is_disk_full(error: BaseException) -> bool:
    """Tell whether an error, or what caused it, is that there was no room left to write."""
    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, OSError) and seen.errno in _FULL:
            return True
        if not isinstance(seen, ShenwaError) and _FULL_WORDS.search(str(seen)):
            return True
        seen = seen.__cause__ or seen.__context__
    return False


@contextmanager
def disk_full_told(path: Path) -> Iterator[None]:
    """Turn "no space left", whoever says it, into `DiskFull`; every other error passes."""
    try:
        yield
    except DiskFull:
        raise
    except Exception as error:
        if is_disk_full(error):
            raise DiskFull(path=path) from error
        raise


class _Mark(BaseModel):
    """The content of `workspace.json`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    shenwa: int
    id: uuid.UUID
    created: datetime


class Holder(BaseModel):
    """Who holds the lock, for the sentence that others read."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pid: int
    user: str
    verb: str
    since: datetime

    def busy(self) -> WorkspaceBusy:
        """Return the error that names this holder."""
        since = self.since.astimezone().strftime("%Y-%m-%d %H:%M:%S")
        return WorkspaceBusy(holder=f"{self.user} ({self.pid})", verb=self.verb, since=since)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name, as in some containers
        return "?"


def replace_text(path: Path, text: str) -> None:
    """Write a small file so that readers see the old content or the new, also after a power cut."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    with disk_full_told(path):
        with part.open("w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)


class Workspace:
    """Paths and lock of one workspace; made by `open_or_create` or `open_existing`."""

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self.originals = self.path / "originals"
        self.ledger = self.path / "ledger"
        self.cache = self.path / "cache"
        self.graph = self.path / "graph"
        self.casebook = self.path / "casebook.sqlite"
        self._lock_file = self.path / "workspace.lock"
        self._holder_file = self.path / "workspace.holder.json"
        self.id = ""

    def open_or_create(self) -> "Workspace":
        """Open the workspace, making the folder (0700) and its mark when there is none.

        Returns:
            This workspace, with `id` set.

        Raises:
            BadWorkspace: The path is a file, holds other things, or the mark is damaged.
            DiskFull: No room for the mark.
        """
        mark = self.path / MARK
        if not mark.exists():
            self._refuse_foreign()
            try:
                self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            except OSError as error:
                zh, en = "文件夹不能建立", "the folder cannot be made"
                raise BadWorkspace(path=self.path, zh=zh, en=en) from error
            made = _Mark(shenwa=FORMAT, id=uuid.uuid4(), created=datetime.now(UTC).replace(microsecond=0))
            with FileLock(self._lock_file):
                # Two first commands may meet here; the second finds the first one's mark.
                if not mark.exists():
                    replace_text(mark, made.model_dump_json() + "\n")
        return self.open_existing()

    def _refuse_foreign(self) -> None:
        if self.path.exists() and not self.path.is_dir():
            raise BadWorkspace(path=self.path, zh="这是一个文件,不是文件夹", en="it is a file, not a folder")
        if self.path.is_dir():
            ours = {self._lock_file.name}
            other = [one for one in self.path.iterdir() if one.name not in ours and not one.name.startswith(MARK)]
            if other:
                zh = "文件夹里有别的内容,且没有 workspace.json"
                en = "the folder holds other things and no workspace.json"
                raise BadWorkspace(path=self.path, zh=zh, en=en)

    def open_existing(self) -> "Workspace":
        """Open a workspace that must be there.

        Raises:
            BadWorkspace: It is missing, foreign, damaged or of a later format.
        """
        if not self.path.exists():
            raise BadWorkspace(path=self.path, zh="不存在", en="it does not exist")
        if not (self.path / MARK).exists():
            self._refuse_foreign()
            raise BadWorkspace(path=self.path, zh="没有 workspace.json", en="there is no workspace.json")
        try:
            mark = _Mark.model_validate_json((self.path / MARK).read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, ValidationError) as error:
            zh, en = "workspace.json 已损坏或不能读取", "workspace.json is damaged or cannot be read"
            raise BadWorkspace(path=self.path, zh=zh, en=en) from error
        if mark.shenwa != FORMAT:
            zh = f"格式版本为 {mark.shenwa},本程序只支持 {FORMAT}"
            en = f"its format is {mark.shenwa}, this program knows {FORMAT}"
            raise BadWorkspace(path=self.path, zh=zh, en=en)
        self.id = str(mark.id)
        return self

    def holder(self) -> Holder | None:
        """Return who holds the lock as last written; None when unknown."""
        try:
            return Holder.model_validate_json(self._holder_file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, ValidationError):  # not yet written, or a holder was killed
            return None

    def _busy(self) -> WorkspaceBusy:
        holder = self.holder()
        for _ in range(HOLDER_TRIES):
            if holder is not None:
                break
            time.sleep(HOLDER_PAUSE)  # a holder needs a moment between taking the lock and writing its name
            holder = self.holder()
        return WorkspaceBusy(holder="?", verb="?", since="?") if holder is None else holder.busy()

    @contextmanager
    def lock(
        self, verb: str, wait: bool = True, notify: Callable[[WorkspaceBusy], None] | None = None
    ) -> Iterator[None]:
        """Hold the workspace for writing; the operating system frees it when the holder dies.

        Args:
            verb: What the holder does, for those who wait.
            wait: Wait for the present holder; otherwise refuse.
            notify: Called once, before waiting, with the sentence that names the holder.

        Raises:
            WorkspaceBusy: Someone else holds it and `wait` is false.
        """
        lock = FileLock(self._lock_file, mode=0o600)
        try:
            lock.acquire(timeout=0)
        except Timeout:
            busy = self._busy()
            if not wait:
                raise busy from None
            if notify is not None:
                notify(busy)
            lock.acquire()
        try:
            now = datetime.now(UTC).replace(microsecond=0)
            me = Holder(pid=os.getpid(), user=_user(), verb=verb, since=now)
            replace_text(self._holder_file, json.dumps(me.model_dump(mode="json"), ensure_ascii=False))
            yield
        finally:
            with suppress(FileNotFoundError):
                self._holder_file.unlink()
            lock.release()
