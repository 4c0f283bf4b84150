"""Judges the ranking of one query in one city, row by row."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from bench.score.planted import CityTruth, Planted
from bench.score.shown import Shown, completeness, matched

Label = Literal["scheme", "decoy", "other"]
ENOUGH_EVIDENCE = 0.9


@dataclass(frozen=True)
class Judged:
    """One row that counts.

    Attributes:
        score: Of the row.
        label: What it is about.
        planted: Id of that.
        complete: Share of the required evidence shown.
        officials: Numbers of the officials it names.
    """

    score: float
    label: Label
    planted: str
    complete: float
    officials: frozenset[str]

    @property
    def good(self) -> bool:
        """Whether it is about a scheme."""
        return self.label == "scheme"

    @property
    def explained(self) -> bool:
        """Whether it is about a scheme and shows what proves it."""
        return self.good and self.complete >= ENOUGH_EVIDENCE


@dataclass(frozen=True)
class Verdict:
    """One query in one city.

    Attributes:
        seed: Of the city.
        query: The query.
        rows: Ranked rows that count, best first.
        schemes: How many schemes were planted.
        duplicates: Further rows about a scheme that a better one is about.
        background: Rows about background, which count neither way.
        causes: Why schemes were lost: cause -> number.
    """

    seed: int
    query: str
    rows: tuple[Judged, ...]
    schemes: int
    duplicates: int
    background: int
    causes: dict[str, int]


def _cause(scheme: Planted, shown: Iterable[Shown]) -> str:
    states = sorted(one.state for one in shown if matched(one, [scheme]) is not None)
    if states:
        return f"listed as {states[0]}"
    return "query or identity" if scheme.findable else "missing data"


def judge(query: str, shown: list[Shown], truth: CityTruth) -> Verdict:
    """Judge the ranking of a query.

    Args:
        query: Its id.
        shown: Its hits in rank order; only open ones are ranked.
        truth: Of the city.
    """
    planted = [one for one in truth.planted if one.query == query]
    rows: list[Judged] = []
    seen: set[str] = set()
    duplicates = background = 0
    for one in sorted((one for one in shown if one.state == "open"), key=lambda one: one.rank):
        about = matched(one, planted)
        if about is not None and about.id in seen:
            duplicates += 1
            continue
        if about is not None and about.kind == "unscored":
            background += 1
            continue
        officials = frozenset(code for kind, code in one.nodes if kind == "Person") & truth.officials
        if about is None:
            rows.append(Judged(one.score, "other", "", 0.0, officials))
            continue
        seen.add(about.id)
        label: Label = "scheme" if about.kind == "scheme" else "decoy"
        rows.append(Judged(one.score, label, about.id, completeness(one, about), officials))
    causes: dict[str, int] = {}
    for scheme in truth.of(query):
        if scheme.id not in seen:
            cause = _cause(scheme, (one for one in shown if one.state != "open"))
            causes[cause] = causes.get(cause, 0) + 1
    return Verdict(truth.seed, query, tuple(rows), len(truth.of(query)), duplicates, background, causes)
