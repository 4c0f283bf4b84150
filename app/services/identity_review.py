"""What was built on a merge that was since taken back, and therefore has to be looked at again (需复核).

A hit belongs here when it was found while the merge was in force, and one of its roles was held by an entity of that
merge; a note, when it was written about such an entity meanwhile. Run again, the query decides anew.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.services.context import Context
from app.services.picture import role_ids
from graph.casebook.casebook import Casebook
from graph.casebook.judgements import Judgement, Judgements, in_force
from graph.casebook.tables import DetectionRun, Note, StoredHit
from graph.projection.groups import Groups
from graph.projection.groups import Said as _Said

_CASEBOOK = re.compile(r"\bcasebook (\d+)\b")
Links = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Undone:
    """A merge that was taken back.

    Attributes:
        merge: The judgement.
        undo: What took it back.
        keys: Every entity key that was one entity by it.
    """

    merge: Judgement
    undo: Judgement
    keys: frozenset[str]


@dataclass
class ToReview:
    """Fingerprints and numbers of notes, each with the merges that were taken back."""

    hits: dict[str, list[Undone]] = field(default_factory=dict)
    notes: dict[int, list[Undone]] = field(default_factory=dict)


def machine_links(context: Context) -> list[tuple[str, str]]:
    """Return what the machine joined, as the ledger has it now."""
    rows = context.ledger.rows("clusters", ("entity_key", "canonical"))
    return [(str(row["entity_key"]), str(row["canonical"])) for row in rows]


def _keys(said: Iterable[_Said], links: Links, start: str) -> frozenset[str]:
    groups = Groups()
    for a, b, verdict in said:
        if verdict.joins:
            groups.join(a, b)
    for one, other in links:
        groups.join(one, other)
    root = groups.root(start)
    return frozenset(key for keys in groups.members().values() if root in keys for key in keys)


def undone_merges(records: Sequence[Judgement], links: Links) -> list[Undone]:
    """Return the merges that were taken back, oldest first.

    Args:
        records: Of `Judgements.all`.
        links: Entity key and canonical key of the machine's joins, of the graph now.
    """
    undos = {one.undoes: one for one in records if one.undoes is not None}
    found = []
    for merge in records:
        undo = undos.get(merge.id)
        if undo is None or merge.undoes is not None or not merge.verdict.joins:
            continue
        then = [(one.a, one.b, one.verdict) for one in in_force(records, upto=undo.id - 1)]
        found.append(Undone(merge, undo, _keys(then, links, merge.a)))
    return found


def _casebook_of(label: str) -> int:
    found = _CASEBOOK.search(label)
    return int(found[1]) if found else 0


def hits_to_review(hits: Iterable[tuple[Mapping[str, Any], str]], undone: Sequence[Undone]) -> dict[str, list[Undone]]:
    """Return the hits that rest on merges that were taken back, by fingerprint.

    Args:
        hits: JSON of a hit and the data version of its run; the newest run of a hit last.
        undone: From `undone_merges`.
    """
    found: dict[str, list[Undone]] = {}
    for hit, label in hits:
        version, holders = _casebook_of(label), set(role_ids(hit))
        resting = [one for one in undone if one.merge.id <= version < one.undo.id and holders & one.keys]
        # Found again since, without the merge: nothing is left to look at.
        found.pop(str(hit["fingerprint"]), None)
        if resting:
            found[str(hit["fingerprint"])] = resting
    return found


def to_review(casebook: Casebook, links: Links = ()) -> ToReview:
    """Return everything that was built on a merge that was since taken back.

    Args:
        casebook: Of the workspace.
        links: See `undone_merges`.
    """
    undone = undone_merges(Judgements(casebook.engine).all(), links)
    if not undone:
        return ToReview()
    hits = select(StoredHit.json, DetectionRun.data_version).join(DetectionRun, DetectionRun.id == StoredHit.run_id)
    with Session(casebook.engine) as session:
        stored = [(json, label) for json, label in session.execute(hits.order_by(StoredHit.id))]
        notes = [(one.id, one.subject, one.at) for one in session.scalars(select(Note).order_by(Note.id))]
    found = ToReview(hits_to_review(stored, undone))
    for number, subject, at in notes:
        resting = [one for one in undone if subject in one.keys and one.merge.at <= at <= one.undo.at]
        if resting or subject in found.hits:
            found.notes[number] = resting or found.hits[subject]
    return found
