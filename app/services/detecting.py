"""Running saved queries over the workspace's graph and keeping what they found."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from app.services.canonical import current_tables
from app.services.context import Context
from app.services.refreshing import is_current, refresh
from app.services.sources import LedgerSources
from graph.casebook.casebook import RunRecord
from graph.errors import BadUse
from graph.store.base import EVERYTHING, Scope, Version
from queries.facts import Facts
from queries.hit import Hit
from queries.loading import UnknownQuery, choose, load_all
from queries.parameters import settle
from queries.running import Found, run
from queries.saved import ParameterValue, SavedQuery

Progress = Callable[[str, int, int], None]
Given = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class DetectionResult:
    """What one run of one saved query found and left in the casebook.

    Attributes:
        saved: The query.
        parameters: As used.
        hits: In rank order.
        truncated: Ids whose rows reached the row limit: hits may be missing.
        hidden: Rows withheld because they cite what is out of scope.
        faults: Hits dropped because their sources no longer say the same, and what differs.
        driven: Ids gone through.
        run: Number of the run in the casebook; None for a limited scope, whose hits are not kept for others.
        seconds: How long it took.
    """

    saved: SavedQuery
    parameters: dict[str, ParameterValue]
    hits: list[Hit]
    truncated: int
    hidden: int
    faults: list[str]
    driven: int
    run: int | None
    seconds: float


def queries_of(context: Context) -> dict[str, SavedQuery]:
    """Return the saved queries known here: those that ship and those of the workspace."""
    return load_all(context.workspace.path / "queries")


def _ready(context: Context) -> None:
    """Rebuild a graph that is missing or older than the ledger, with one sentence."""
    context.need_data()
    with context.store() as store:
        if is_current(context, store):
            return
    context.say(
        context.text("图谱缺失或已过期,先重新生成", "the graph is missing or out of date and is made anew first")
    )
    with context.writing("detect") as ledger:
        refresh(context, ledger)


def _label(version: Version) -> str:
    return f"ledger {version.ledger} casebook {version.casebook} projection {version.projection} {version.engine}"


@contextmanager
def _reading(context: Context, scope: Scope) -> Iterator[tuple[Any, Facts, LedgerSources]]:
    tables = current_tables(context)
    with context.store() as store, store.view(scope) as view, Facts(tables, scope) as facts:
        yield view, facts, LedgerSources(context, tables)


def _keep(context: Context, found: Found, version: Version, started: datetime) -> int:
    record = RunRecord(
        query=found.saved.id,
        query_version=found.saved.version,
        parameters=dict(found.parameters),
        data_version=_label(version)[:80],
        started=started,
        truncated=found.truncated,
        faults=found.faults,
        hits=[hit.to_json(context.lang) for hit in found.hits],
    )
    with context.casebook() as casebook:
        return casebook.store_run(record)


def detect(
    context: Context,
    names: Sequence[str] = (),
    given: Given | None = None,
    *,
    scope: Scope = EVERYTHING,
    progress: Progress = lambda query, done, total: None,
    cancel: Callable[[], bool] | None = None,
) -> list[DetectionResult]:
    """Run saved queries and keep each run with its hits in the casebook.

    Args:
        context: Workspace and language.
        names: Ids of saved queries; all that are not retired when empty.
        given: Query -> parameter -> text as the user wrote it.
        scope: What the user may see.
        progress: Told the query, how many ids it is through, of how many.
        cancel: Asked between batches; the context's own when absent.

    Returns:
        One result a query, in the order of the names.

    Raises:
        UnknownQuery: A name is no saved query.
        BadParameter: A parameter is unknown, malformed or out of bounds.
        BadUse: Nothing was imported yet.
        Interrupted: `cancel` said so; runs that were finished are kept.
    """
    known = queries_of(context)
    chosen = choose(known, tuple(names))
    wanted = dict(given or {})
    for name in wanted:
        if name not in known:
            raise UnknownQuery(query=name, known="、".join(known))
    settled = [settle(saved, wanted.get(saved.id, {})) for saved in chosen]
    _ready(context)
    results = []
    with _reading(context, scope) as (view, facts, reader):
        for saved, parameters in zip(chosen, settled, strict=True):
            started, clock = datetime.now(UTC).replace(tzinfo=None, microsecond=0), time.monotonic()

            def told(done: int, total: int, query: str = saved.id) -> None:
                progress(query, done, total)

            found = run(saved, parameters, view, facts, reader, cancel=cancel or context.stopped, progress=told)
            number = _keep(context, found, view.version, started) if scope.everything else None
            tail = (found.truncated, found.hidden, found.faults, found.driven, number, time.monotonic() - clock)
            results.append(DetectionResult(saved, found.parameters, found.hits, *tail))
    return results


def parameters_of(context: Context, names: Sequence[str], words: Sequence[str]) -> dict[str, dict[str, str]]:
    """Read `k=v` and `query.k=v` as typed by the user.

    A bare `k` is meant for every chosen query that has such a parameter.

    Raises:
        BadUse: A word is not of that form, or no chosen query has the parameter.
    """
    chosen = choose(queries_of(context), tuple(names))
    given: dict[str, dict[str, str]] = {}
    for word in words:
        name, mark, value = word.partition("=")
        query, dot, parameter = name.rpartition(".")
        meant = [saved for saved in chosen if (not dot or saved.id == query) and parameter in saved.parameters]
        if not mark or not name:
            raise BadUse(zh=f"参数应写成 名称=值:{word}", en=f"write a parameter as name=value: {word}")
        if not meant:
            known = "、".join(f"{saved.id}.{one}" for saved in chosen for one in saved.parameters)
            raise BadUse(
                zh=f"所选查询没有参数 {name};可用:{known}",
                en=f"no chosen query has a parameter {name}; there are: {known}",
            )
        for saved in meant:
            given.setdefault(saved.id, {})[parameter] = value
    return given


def find_hit(context: Context, start: str) -> dict[str, Any]:
    """Return the newest stored form of the one hit whose fingerprint starts with a text.

    Raises:
        BadUse: No hit, or several, start so.
    """
    context.workspace.open_existing()
    with context.casebook() as casebook:
        found = casebook.find_hits(start) if start else []
    if not found:
        raise BadUse(
            zh=f"没有编号以 {start} 开头的疑点;请先执行 detect", en=f"no hit starts with {start}; run detect first"
        )
    if len(found) > 1:
        several = "、".join(str(hit["fingerprint"]) for hit in found[:5])
        raise BadUse(
            zh=f"编号 {start} 对应多个疑点:{several};请多写几位",
            en=f"several hits start with {start}: {several}; write more",
        )
    return found[0]
