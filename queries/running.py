"""Running one saved query from its parameters to ranked hits."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from graph.errors import Interrupted
from graph.store.base import Row, View
from queries.assembling import Assembler
from queries.clearing import Seen, bindings, look, missing_data
from queries.driving import drive
from queries.facts import Facts
from queries.grouping import Group, figures, group_rows, passes
from queries.hit import STATE_ORDER, Hit
from queries.judging import Judged, judge, matters
from queries.material import Material, gather
from queries.recheck import times_hold
from queries.saved import ParameterValue, SavedQuery
from queries.sources import SourceReader

# Rows of one batch; a batch that reaches it is halved until a single id does.
MAX_ROWS = 20_000


@dataclass
class Found:
    """What one run of one query found.

    Attributes:
        saved: The query.
        parameters: Settled values.
        hits: In rank order: open ones by score, then undetermined, incomplete and cleared ones.
        truncated: Ids whose rows reached the row limit, so that hits may be missing.
        hidden: Rows withheld because they cite what is out of scope.
        faults: Hits that were dropped because a second reading of their sources said something else, and what.
        driven: Ids gone through.
    """

    saved: SavedQuery
    parameters: dict[str, ParameterValue]
    hits: list[Hit] = field(default_factory=list)
    truncated: int = 0
    hidden: int = 0
    faults: list[str] = field(default_factory=list)
    driven: int = 0


@dataclass
class Candidate:
    """A group on its way to a hit, with what each clearing query saw; None for what was not found or not looked for."""

    group: Group
    seen: list[Seen | None]


def _never() -> bool:
    return False


def _silent(done: int, total: int) -> None:
    return


def _cited(saved: SavedQuery, groups: Sequence[Group]) -> tuple[set[str], set[str]]:
    eids = {eid for group in groups for eid in group.flat(saved.evidence)}
    holders = {id_ for group in groups for ids in group.holders.values() for id_ in ids}
    return eids, holders


def _checked(saved: SavedQuery, groups: Sequence[Group], material: Material, found: Found) -> list[Group]:
    """Return the groups whose edges their sources still state; drop and count the others."""
    kept = []
    for group in groups:
        fault = material.faulty(group.flat(saved.evidence)) or times_hold(saved, group, material.edges)
        if fault is None:
            kept.append(group)
        else:
            found.faults.append(fault)
    return kept


def _without(group: Group, clears: Sequence[Seen | None], per: Sequence[str | None]) -> list[Row]:
    """Return the rows that no circumstance clears."""
    left = []
    for row in group.rows:
        cleared = any(
            seen is not None and (seen.values is None or column is None or str(row.get(column)) in seen.values)
            for seen, column in zip(clears, per, strict=True)
        )
        if not cleared:
            left.append(row)
    return left


def settled(
    saved: SavedQuery, candidate: Candidate, material: Material, parameters: Mapping[str, ParameterValue]
) -> tuple[Judged, bool, list[Seen | None]] | None:
    """Return the rows that make the hit, whether it is cleared, and which circumstances are shown as found.

    Where only some rows are cleared and the others still suffice, the others make the hit and the cleared ones are out.
    """
    rows = candidate.group.rows
    left = _without(candidate.group, candidate.seen, [clear.per for clear in saved.clears])
    standing = [row for row in left if not any(map(material.refuted, Group({}, [row]).flat(saved.evidence)))]
    judged = judge(saved, standing, material, parameters)
    if judged is not None:
        judged.left_out = len(matters(saved, rows) - matters(saved, judged.group.rows))
        return judged, False, [None] * len(candidate.seen)
    whole = judge(saved, rows, material, parameters)
    return None if whole is None else (whole, True, candidate.seen)


def _rank(hits: list[Hit]) -> list[Hit]:
    ordered = sorted(hits, key=lambda hit: (STATE_ORDER.index(hit.state), -hit.score, hit.fingerprint))
    for place, hit in enumerate(ordered, start=1):
        hit.rank = place
    return ordered


def run(
    saved: SavedQuery,
    parameters: Mapping[str, ParameterValue],
    view: View,
    facts: Facts,
    reader: SourceReader,
    *,
    max_rows: int = MAX_ROWS,
    cancel: Callable[[], bool] = _never,
    progress: Callable[[int, int], None] = _silent,
) -> Found:
    """Run a query and return its ranked hits.

    Args:
        saved: The query.
        parameters: Settled values (see `queries.parameters.settle`).
        view: The graph within the reader's scope.
        facts: The canonical tables that the graph was made from, within the same scope.
        reader: Reads sources again.
        max_rows: Row limit of a batch.
        cancel: Asked between batches and between hits.
        progress: Told how many ids are done, of how many.

    Raises:
        Interrupted: `cancel` said so.
        StoreError: The engine refused the query or a single id took too long.
    """
    driven = drive(saved, view, parameters, max_rows=max_rows, cancel=cancel, progress=progress)
    found = Found(saved, dict(parameters), truncated=driven.truncated, hidden=driven.hidden, driven=driven.driven)
    groups = [group for group in group_rows(saved, driven.rows) if passes(saved, figures(saved, group), parameters)]
    material = Material()
    gather(material, facts, reader, *_cited(saved, groups))
    groups = _checked(saved, groups, material, found)
    candidates = _look(saved, groups, view, parameters, reader.available(), cancel)
    gather(material, facts, reader, {eid for one in candidates for seen in one.seen if seen for eid in seen.eids})
    assembler = Assembler(saved, material, reader.available(), view.scope)
    for candidate in candidates:
        decided = settled(saved, candidate, material, parameters)
        if decided is not None:
            found.hits.append(assembler.hit(*decided))
    found.hits = _rank(found.hits)
    return found


def _look(
    saved: SavedQuery,
    groups: Sequence[Group],
    view: View,
    parameters: Mapping[str, ParameterValue],
    available: frozenset[str],
    cancel: Callable[[], bool],
) -> list[Candidate]:
    """Run the clearing queries of every group, those for which the data were imported."""
    looked = [clear for clear in saved.clears if not missing_data(clear, available)]
    found = []
    for group in groups:
        if cancel():
            raise Interrupted
        bound = bindings(saved, group, parameters)
        seen = [look(clear, view, bound) if clear in looked else None for clear in saved.clears]
        found.append(Candidate(group, seen))
    return found
