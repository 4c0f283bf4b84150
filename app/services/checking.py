"""Looking over a workspace: folder, lock, ledger, originals, disk, graph, casebook; and taking over a database."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from deltalake.exceptions import DeltaError
from filelock import FileLock, Timeout

from app.services.context import Context
from app.services.refreshing import is_current
from app.services.withdrawing import take_over_database
from graph.casebook.opening import form, forms, location, make_engine, shown
from graph.errors import ShenwaError, StoreError
from graph.ledger.ledger import Ledger
from graph.store.base import Store

LEAST_FREE = 1 << 30


@dataclass(frozen=True)
class Line:
    """One thing looked at: whether it is in order, and a sentence in both languages."""

    name: str
    ok: bool
    zh: str
    en: str


def _folder(context: Context) -> Iterator[Line]:
    path = context.workspace.path
    yield Line("workspace", True, f"{path}", f"{path}")
    if os.name == "posix":
        mode = path.stat().st_mode & 0o777
        ok = mode & 0o077 == 0
        zh = f"{mode:04o}" + ("" if ok else ",其他用户也能读取;请执行 chmod 700")
        en = f"{mode:04o}" + ("" if ok else ", others can read it; run chmod 700")
        yield Line("permissions", ok, zh, en)


def _lock(context: Context) -> Line:
    # A holder that was killed leaves its name behind; only the lock itself tells whether somebody is at work.
    path = context.workspace.path / "workspace.lock"
    try:
        with FileLock(path, timeout=0):
            return Line("lock", True, "空闲", "free")
    except Timeout:
        holder = context.workspace.holder()
        if holder is None:
            return Line("lock", True, "正被占用", "in use")
        busy = holder.busy()
        return Line("lock", True, busy.sentence("zh"), busy.sentence("en"))


def _ledger(ledger: Ledger, originals: Path) -> Iterator[Line]:
    try:
        units = {str(row["unit"]) for row in ledger.rows("commits", ("unit",))}
        documents = [row for row in ledger.rows("documents", ("doc", "unit")) if row["unit"] in units]
        levels = [row["level"] for row in ledger.rows("refusals", ("level", "unit")) if row["unit"] in units]
    except (OSError, ValueError, DeltaError) as error:  # pyarrow's errors are ValueError or OSError
        yield Line("ledger", False, f"不能读取:{error}", f"cannot be read: {error}")
        return
    docs = {str(row["doc"]) for row in documents}
    zh, en = f"已提交 {len(units)} 个单元,{len(docs)} 份材料", f"{len(units)} units, {len(docs)} documents"
    yield Line("ledger", True, zh, en)
    halves = sorted(docs & {str(row["doc"]) for row in ledger.rows("purges", ("doc",))})
    if halves:
        named = "、".join(halves)
        yield Line("purge", False, f"未完成:{named};请再次执行 purge", f"unfinished: {named}; run purge again")
    refused = levels.count("refused")
    zh = f"拒绝 {refused} 条,存疑或提示 {len(levels) - refused} 条"
    yield Line("refusals", True, zh, f"{refused} refused, {len(levels) - refused} doubted or noted")
    kept = {path.name.partition(".")[0] for path in originals.glob("*")} if originals.is_dir() else set()
    lost = sorted(docs - kept)
    zh, en = (f"缺少 {'、'.join(lost)}", f"missing: {', '.join(lost)}") if lost else ("齐全", "all there")
    yield Line("originals", not lost, zh, en)


def _disk(path: Path) -> Line:
    free = shutil.disk_usage(path).free
    return Line("disk", free >= LEAST_FREE, f"剩余 {free / (1 << 30):.1f} GiB", f"{free / (1 << 30):.1f} GiB free")


def _graph(context: Context) -> Iterator[Line]:
    try:
        with context.store() as store:
            yield from _version(context, store)
    except StoreError as error:
        yield Line("graph", False, error.sentence("zh"), error.sentence("en"))


def _version(context: Context, store: Store) -> Iterator[Line]:
    found = store.version()
    if found is None:
        zh, en = "缺失、版本不符或不能读取;请执行 rebuild", "missing, of another version or unreadable; run rebuild"
        yield Line("graph", False, zh, en)
        return
    with store.view():
        pass
    zh, en = f"第 {found.generation} 代,与账本一致", f"generation {found.generation}, as the ledger says"
    current = is_current(context, store)
    if not current:
        zh, en = "落后于账本;请执行 rebuild", "older than the ledger; run rebuild"
    yield Line("graph", current, zh, en)
    yield Line("engine", True, found.engine, found.engine)


def _casebook(context: Context) -> Line:
    """Tell the form of the casebook, without bringing it up to date."""
    place = location(context.workspace, context.settings)
    if isinstance(place, Path) and not place.exists():
        return Line("casebook", True, "尚未使用", "not used yet")
    try:
        engine = make_engine(place)
        try:
            with engine.connect() as connection:
                now = form(connection)
        finally:
            engine.dispose()
    except ShenwaError as error:
        return Line("casebook", False, error.sentence("zh"), error.sentence("en"))
    newest, where = forms()[0], "" if isinstance(place, Path) else f" {shown(place)}"
    if now is None and isinstance(place, Path):
        return Line("casebook", False, "不能读取:没有结构版本", "cannot be read: it has no form")
    known = now is None or now in forms()
    zh = f"结构 {now or '尚未建立'}{where}" + ("" if now == newest else f",最新为 {newest};下次使用时自动升级")
    en = f"form {now or 'none yet'}{where}" + ("" if now == newest else f", the newest is {newest}; upgraded when used")
    if not known:
        zh, en = f"结构 {now} 比本程序新;请升级程序", f"form {now} is newer than this program; upgrade the program"
    return Line("casebook", known and (now == newest or now is None), zh, en)


def check(context: Context, *, take_over: bool = False) -> list[Line]:
    """Look everything over.

    Args:
        context: The workspace.
        take_over: First replace the content of the Neo4j database by this workspace's graph.

    Raises:
        BadWorkspace: The workspace is missing, foreign or damaged.
        BadUse: `take_over` without a Neo4j database.
    """
    context.workspace.open_existing()
    if take_over:
        take_over_database(context)
    lines = [*_folder(context), _lock(context)]
    if context.ledger.exists():
        lines += _ledger(context.ledger, context.workspace.originals)
        lines += _graph(context)
    else:
        lines.append(Line("ledger", True, "还没有导入任何材料", "nothing was imported yet"))
    return [*lines, _disk(context.workspace.path), _casebook(context)]
