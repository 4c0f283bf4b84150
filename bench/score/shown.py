"""A hit as the scorer sees it: whom it names and which rows it shows."""

from dataclasses import dataclass
from typing import Any

from bench.score.planted import CityTruth, Node, Planted, Row

_LEAST_COMMON = 0.5


@dataclass(frozen=True)
class Shown:
    """One row of a ranking.

    Attributes:
        query: The query.
        rank: From 1.
        score: Higher is better.
        state: `open` is ranked; other states are listed after it.
        nodes: Type and number of everybody named.
        evidence: File and data row of each source.
    """

    query: str
    rank: int
    score: float
    state: str
    nodes: frozenset[Node]
    evidence: frozenset[Row]


def _code(holder: dict[str, Any], truth: CityTruth) -> str:
    """Return the number of a holder; where the registers give none, that of the only bearer of the name."""
    code, name = str(holder.get("code") or ""), str(holder.get("name") or "")
    if code or holder["type"] != "Person":
        return code or name
    return truth.only.get(name, name)


def read_hit(hit: dict[str, Any], truth: CityTruth) -> Shown:
    """Read the JSON of a hit (see the architecture)."""
    nodes = set()
    for holders in hit["roles"].values():
        for holder in holders if isinstance(holders, list) else [holders]:
            if holder:
                code = holder["name"] if holder["type"] == "Agency" else _code(holder, truth)
                nodes.add((holder["type"], code))
    rows = set()
    for piece in hit["evidence"]:
        kind, _, place = str(piece["locator"]).partition(":")
        if kind == "r":
            rows.add((str(piece["file"]), int(place.rpartition("!")[2])))
    return Shown(hit["query"], int(hit["rank"]), float(hit["score"]), hit["state"], frozenset(nodes), frozenset(rows))


def likeness(shown: Shown, planted: Planted) -> float:
    """Return the Jaccard index of core nodes, 0 where an anchor is not named."""
    if not planted.anchors <= shown.nodes:
        return 0.0
    return len(shown.nodes & planted.core) / len(shown.nodes | planted.core)


def matched(shown: Shown, planted: list[Planted]) -> Planted | None:
    """Return what a row is about: the likeliest of those whose anchors it names and whose core it shares by half."""
    best = max(planted, key=lambda one: (likeness(shown, one), one.id), default=None)
    return best if best is not None and likeness(shown, best) >= _LEAST_COMMON else None


def completeness(shown: Shown, planted: Planted) -> float:
    """Return the share of the required evidence that a row shows."""
    if not planted.evidence:
        return 1.0
    return sum(bool(need & shown.evidence) for need in planted.evidence) / len(planted.evidence)
