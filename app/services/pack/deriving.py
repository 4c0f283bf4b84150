"""Finding hits again on the graph of today: the same query with the same parameters, within the same scope."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.services.context import Context
from app.services.detecting import queries_of
from app.services.picture import role_ids
from app.services.reading import Reading, reading
from app.services.refreshing import is_current, refresh
from app.services.sources import LedgerSources
from graph.casebook.tables import DetectionRun, StoredHit
from graph.duck import connect
from graph.errors import BadUse
from graph.projection.tables import Canonical
from graph.store.base import Result, Row, Scope, Value, Version, View
from queries.driving import DRIVES, SCOPED_DRIVES
from queries.facts import Edge, Facts, Node
from queries.hit import Evidence, Hit
from queries.running import run
from queries.saved import ParameterValue, SavedQuery
from queries.text import tail

_POPULATIONS = frozenset([*DRIVES.values(), *SCOPED_DRIVES.values()])
_TODAY = "SELECT DISTINCT id FROM read_parquet($members) WHERE entity_key IN (SELECT unnest($keys::VARCHAR[]))"
_DRIVEN = re.compile(r"\b(\w+)\.id IN \$ids\b")


@dataclass(frozen=True)
class Asked:
    """A hit that is wanted.

    Attributes:
        fingerprint: Of the hit.
        query: Id of its saved query.
        parameters: With which it was found.
        rank: Among the hits of the run that found it.
        holders: Role -> ids of its holders then; a role that is absent is not known.
    """

    fingerprint: str
    query: str
    parameters: Mapping[str, ParameterValue]
    rank: int
    holders: Mapping[str, tuple[str, ...]]


@dataclass
class Derived:
    """What the graph of today gives.

    Attributes:
        version: Of the graph.
        tables: That it was made from.
        queries: Id -> saved query, those that still exist.
        hits: Fingerprint -> hit, those that are found again.
        faults: Why hits of these queries were dropped by the re-read check.
        nodes: Everything at the ends of cited edges, and holders of roles.
        edges: Cited edges, by eid.
    """

    version: Version
    tables: Canonical
    queries: dict[str, SavedQuery] = field(default_factory=dict)
    hits: dict[str, Hit] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: dict[str, Edge] = field(default_factory=dict)


class _Narrowed(View):
    """A view in which the population of a query is a few ids: the rows of one hit, without running for everybody."""

    def __init__(self, view: View, only: frozenset[str]) -> None:
        self.scope, self.version = view.scope, view.version
        self._view, self._only = view, only

    def run(
        self,
        query: str,
        parameters: Mapping[str, Value],
        columns: Sequence[str],
        *,
        evidence: Sequence[str] = (),
        timeout_ms: int = 30_000,
        row_cap: int = 10_000,
    ) -> Result:
        """Run a query; of a population only the wanted ids are returned."""
        found = self._view.run(query, parameters, columns, evidence=evidence, timeout_ms=timeout_ms, row_cap=row_cap)
        if query not in _POPULATIONS:
            return found
        rows: list[Row] = [row for row in found.rows if str(row["id"]) in self._only]
        return Result(found.columns, rows, found.truncated, found.hidden)

    def close(self) -> None:
        """Nothing: whoever opened the view closes it."""


def driven_role(saved: SavedQuery) -> str | None:
    """Return the role that a query is driven by, when it is one of those that make a hit.

    All rows of a hit come from that one id then.
    """
    found = _DRIVEN.search(saved.query)
    if found is None or len(set(_DRIVEN.findall(saved.query))) != 1:
        return None
    column = re.search(rf"\b{found[1]}\.id AS (\w+)", saved.query)
    if column is None or column[1] not in tail(saved.query).columns:
        return None
    return next((role for role in saved.group if saved.roles[role] == column[1]), None)


def holder_ids(hit: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return who holds each role of a hit, from its JSON."""
    return {
        role: tuple(str(one["id"]) for one in (held if isinstance(held, list) else [held]) if one)
        for role, held in hit["roles"].items()
    }


def _asked_of(stored: StoredHit, run_: DetectionRun) -> Asked:
    parameters: dict[str, Any] = dict(run_.parameters)
    return Asked(stored.fingerprint, stored.query, parameters, stored.place, holder_ids(stored.json))


def ask(context: Context, start: str) -> Asked:
    """Return the stored hit whose fingerprint starts with a text, in its newest form.

    Raises:
        BadUse: No hit, or several, start so.
    """
    context.workspace.open_existing()
    chosen = (
        select(StoredHit, DetectionRun)
        .join(DetectionRun, DetectionRun.id == StoredHit.run_id)
        .where(StoredHit.fingerprint.startswith(start, autoescape=True))
        .order_by(StoredHit.id)
    )
    with context.casebook() as casebook, Session(casebook.engine) as session:
        found = {hit.fingerprint: _asked_of(hit, run_) for hit, run_ in session.execute(chosen)} if start else {}
    if len(found) == 1:
        return next(iter(found.values()))
    if found:
        several = "、".join(sorted(found)[:5])
        raise BadUse(
            zh=f"编号 {start} 对应多个疑点:{several};请多写几位",
            en=f"several hits start with {start}: {several}; write more",
        )
    raise BadUse(
        zh=f"没有编号以 {start} 开头的疑点;请先执行 detect", en=f"no hit starts with {start}; run detect first"
    )


def _only(saved: SavedQuery, wanted: Sequence[Asked], tables: Canonical) -> frozenset[str] | None:
    """Return the ids that a query has to be driven by to find some hits; None when it has to be run for everybody."""
    role = driven_role(saved)
    if role is None or not all(one.holders.get(role) for one in wanted):
        return None
    keys = sorted({id_ for one in wanted for id_ in one.holders[role]})
    with connect() as connection:  # merges may have come since
        rows = connection.execute(_TODAY, {"keys": keys, "members": str(tables.folder / "members.parquet")}).fetchall()
    return frozenset(keys) | {str(id_) for (id_,) in rows}


def _runs(wanted: Sequence[Asked]) -> list[list[Asked]]:
    """Put together what one run finds: hits of one query with the same parameters."""
    groups: dict[str, list[Asked]] = {}
    for one in wanted:
        groups.setdefault(f"{one.query} {sorted(one.parameters.items())}", []).append(one)
    return list(groups.values())


def _find(
    made: Derived,
    saved: SavedQuery,
    group: Sequence[Asked],
    opened: Reading,
    facts: Facts,
    reader: LedgerSources,
    cancel: Callable[[], bool],
) -> None:
    """Run a query until all hits of a group are found: for their own ids first, for everybody when that misses one."""
    parameters = {name: group[0].parameters.get(name, one.default) for name, one in saved.parameters.items()}
    wanted = {one.fingerprint: one for one in group}
    only = _only(saved, group, opened.tables)
    narrow: list[View] = [] if only is None else [_Narrowed(opened.view, only)]
    for view in [*narrow, opened.view]:
        found = run(saved, parameters, view, facts, reader, cancel=cancel)
        hits = {hit.fingerprint: hit for hit in found.hits if hit.fingerprint in wanted}
        if len(hits) == len(wanted):
            break
    for fingerprint, hit in hits.items():
        hit.rank = wanted[fingerprint].rank
    made.hits |= hits
    made.faults += found.faults


def _fetch(made: Derived, facts: Facts) -> None:
    """Fetch what the hits cite, for pictures and time lines."""
    cited = {one.eid for hit in made.hits.values() for one in cited_by(hit)}
    made.edges |= facts.edges(cited)
    ends = {end for edge in made.edges.values() for end in (edge.source, edge.target)}
    made.nodes |= facts.nodes(ends | {id_ for hit in made.hits.values() for id_ in role_ids(hit.to_json())})


def cited_by(hit: Hit) -> list[Evidence]:
    """Return every source that a hit cites, for what it says and for what would clear, in order, each once."""
    return list(dict.fromkeys([*hit.evidence, *(one for clear in hit.clears for one in clear.evidence)]))


def bring_up_to_date(context: Context) -> None:
    """Make the graph anew where it is older than the ledger, with one sentence: a pack is about the data of now.

    Raises:
        WorkspaceBusy: Somebody else holds the workspace, and the user does not wait.
    """
    context.need_data()
    with context.store() as store:
        if is_current(context, store):
            return
    zh, en = "图谱缺失或已过期,先重新生成", "the graph is missing or out of date and is made anew first"
    context.say(context.text(zh, en))
    with context.writing("pack") as ledger:
        refresh(context, ledger)


def derive(
    context: Context, scope: Scope, wanted: Sequence[Asked], cancel: Callable[[], bool] | None = None
) -> Derived:
    """Run the queries of some hits again on the graph of today.

    Args:
        context: The workspace.
        scope: Within which; a hit that rests on anything else is not found.
        wanted: Which hits.
        cancel: Asked between batches; the context's own when absent.

    Raises:
        Interrupted: `cancel` said so.
        StoreError: The engine refused a query.
    """
    known = queries_of(context)
    with reading(context, scope) as opened, Facts(opened.tables, scope) as facts:
        reader = LedgerSources(context, opened.tables)
        made = Derived(opened.view.version, opened.tables)
        for group in _runs(wanted):
            saved = known.get(group[0].query)
            if saved is not None:
                made.queries[saved.id] = saved
                _find(made, saved, group, opened, facts, reader, cancel or context.stopped)
        _fetch(made, facts)
    return made
