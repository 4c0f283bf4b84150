"""Running the cases of a saved query: what each row of a small graph comes to."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from graph.store.base import Row
from queries.clearing import Seen, bindings, look
from queries.driving import drive
from queries.facts import Edge, Source
from queries.grouping import figures, group_rows, passes
from queries.material import Material
from queries.running import Candidate, settled
from queries.saved import Proof, SavedQuery
from queries.trial import Trial

STATES = ("rows", "undetermined", "incomplete", "cleared")
_MOST = 1_000
# Claim and identity of an edge, where a case states them; every other edge is registered and known by number.
_STATED = """MATCH ()-[r]->() WHERE r.eid IN $eids
RETURN r.eid AS eid, type(r) AS kind, r.claim AS claim, r.identity AS identity ORDER BY eid"""


@dataclass
class Proved:
    """What a query gives on a small graph.

    Attributes:
        rows: State (`rows` = open) -> the rows of the hits in that state.
        cleared_by: Positions of the clearing queries that found something.
    """

    rows: dict[str, list[Row]] = field(default_factory=lambda: {state: [] for state in STATES})
    cleared_by: set[int] = field(default_factory=set)


def prove(saved: SavedQuery, proof: Proof, trial: Trial) -> Proved:
    """Run a query, its thresholds and its clearing queries on the graph of one case.

    Every edge counts as well sourced, registered and known by number, unless the case states another `claim` or
    `identity` on it; nothing is read again.
    """
    trial.make(proof.graph)
    parameters = {name: one.default for name, one in saved.parameters.items()} | proof.parameters
    driven = drive(saved, trial, parameters, max_rows=_MOST, cancel=lambda: False, progress=lambda done, total: None)
    proved = Proved()
    for group in group_rows(saved, driven.rows):
        if not passes(saved, figures(saved, group), parameters):
            continue
        material = _material(trial, group.flat(saved.evidence))
        bound = bindings(saved, group, parameters)
        seen: list[Seen | None] = [look(clear, trial, bound) for clear in saved.clears]
        hit = settled(saved, Candidate(group, seen), material, parameters)
        if hit is None:
            continue
        judged, cleared, shown = hit
        state = "cleared" if cleared else {"open": "rows"}.get(judged.state, judged.state)
        proved.rows[state] += judged.group.rows
        proved.cleared_by |= {at for at, one in enumerate(shown) if one is not None}
    return proved


def _material(trial: Trial, eids: list[str]) -> Material:
    material = Material()
    for row in trial.run(_STATED, {"eids": eids}, ["eid", "kind", "claim", "identity"]).rows:
        eid, claim, identity = str(row["eid"]), str(row["claim"] or "registry"), str(row["identity"] or "code")
        material.edges[eid] = Edge(eid, str(row["kind"]), "", "", None, None, claim, False, False, {}, None)
        material.sources[eid] = [Source("0" * 12, "r:1", "case", claim, None, identity)]
    return material


def _part(row: Row, names: Mapping[str, object]) -> dict[str, str]:
    return {name: str(row.get(name)) for name in sorted(names)}


def differences(proof: Proof, proved: Proved) -> list[str]:
    """Return what a case expected and did not get, and what it got and did not expect; empty when it holds.

    Rows are compared in the columns that the case names; states that it does not name must have no rows.
    """
    wrong = []
    for state in STATES:
        wanted = getattr(proof, state) or []
        names = wanted[0] if wanted else {}
        expected = sorted(str(_part(row, names)) for row in wanted)
        got = sorted(str(_part(row, names)) for row in proved.rows[state])
        if (len(got) if not wanted else got) != (0 if not wanted else expected):
            wrong.append(f"{proof.name}: {state}: expected {expected}, got {got if wanted else proved.rows[state]}")
    if proof.clearing is not None and proof.clearing not in proved.cleared_by:
        wrong.append(f"{proof.name}: clearing query {proof.clearing} found nothing")
    return wrong
