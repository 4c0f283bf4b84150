"""From the verdicts over all cities to the figures of a result."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.score.bootstrap import Figure, absent, figure
from bench.score.judging import Verdict
from bench.score.planted import CityTruth
from bench.score.ranking import (
    decoy_rate,
    evidence_completeness,
    explained,
    mean_over_cities,
    plain,
    pooled_ap,
    r_precision,
    recall_at,
)

TOP = 20
FIRST = 6
NO_LINKS = "the ranking of hidden links is not built yet"


@dataclass(frozen=True)
class Scored:
    """One city with the verdicts of all queries.

    Attributes:
        truth: What was planted.
        verdicts: By query.
        baselines: By query, of the one-line heuristic.
        seconds: How long each step took.
    """

    truth: CityTruth
    verdicts: dict[str, Verdict]
    baselines: dict[str, Verdict] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class EmptyCity:
    """A city with nothing planted: ranked rows by query, and its size."""

    seed: int
    people: int
    ranked: dict[str, int]


def _of(cities: Sequence[Scored], query: str) -> list[Verdict]:
    return [one.verdicts[query] for one in cities if query in one.verdicts and one.truth.of(query)]


def covered(cities: Sequence[Scored]) -> list[str]:
    """Return the queries that ran and whose schemes were planted somewhere."""
    return sorted({query for one in cities for query in one.verdicts if one.truth.of(query)})


def _macro(queries: Sequence[str], of_query: Callable[[list[Verdict]], float | None]) -> Any:
    def measure(cities: Sequence[Scored]) -> float | None:
        values = [value for query in queries if (v := _of(cities, query)) and (value := of_query(v)) is not None]
        return sum(values) / len(values) if values else None

    return measure


def innocents(cities: Sequence[Scored], queries: Sequence[str]) -> float | None:
    """Return the share of officials in no scheme, background aside, whom some query names in its first twenty rows."""
    named = total = 0
    for city in cities:
        in_schemes = {
            code for one in city.truth.planted if one.kind != "decoy" for kind, code in one.core if kind == "Person"
        }
        free = city.truth.officials - in_schemes
        seen = {
            code
            for query in queries
            if query in city.verdicts
            for row in city.verdicts[query].rows[:TOP]
            for code in row.officials
        }
        named += len(seen & free)
        total += len(free)
    return named / total if total else None


def empty_load(cities: Sequence[EmptyCity], queries: Sequence[str]) -> float | None:
    """Return the ranked rows for a thousand people in cities where nothing was planted."""
    people = sum(one.people for one in cities)
    return 1000 * sum(one.ranked.get(query, 0) for one in cities for query in queries) / people if people else None


_MEASURES: dict[str, Callable[[list[Verdict]], float | None]] = {
    "macro_ap": lambda v: pooled_ap(v, plain),
    "macro_ap_explained": lambda v: pooled_ap(v, explained),
    "r_precision": lambda v: mean_over_cities(v, r_precision),
    "recall_at_20": lambda v: mean_over_cities(v, recall_at(TOP)),
    "decoy_rate_at_6": lambda v: decoy_rate(v, FIRST),
    "evidence_completeness": evidence_completeness,
}


def _ceiling(cities: Sequence[Scored], query: str) -> Any:
    def measure(drawn: Sequence[Scored]) -> float | None:
        schemes = [one for city in drawn for one in city.truth.of(query)]
        return sum(one.findable for one in schemes) / len(schemes) if schemes else None

    return measure


def _typology(cities: Sequence[Scored], empty: Sequence[EmptyCity], query: str) -> dict[str, Any]:
    verdicts = _of(cities, query)
    planted = sum(one.schemes for one in verdicts)
    found: dict[str, Any] = {}
    for name, of_query in _MEASURES.items():
        key = name.removeprefix("macro_")
        found[key] = figure(cities, _macro([query], of_query), planted)
    found["innocents_in_top20"] = figure(cities, lambda drawn: innocents(drawn, [query]), len(cities))
    found["empty_city_per_1000"] = _empty(empty, [query])
    found["findable_by_identifiers"] = figure(cities, _ceiling(cities, query), planted)
    base = [one.baselines[query] for one in cities if query in one.baselines]
    found["baseline_ap"] = pooled_ap(base) if base else None
    found["ranked_rows"] = sum(len(one.rows) for one in verdicts)
    found["duplicates"] = sum(one.duplicates for one in verdicts)
    found["background_rows"] = sum(one.background for one in verdicts)
    causes: Counter[str] = Counter()
    for one in verdicts:
        causes.update(one.causes)
    found["lost"] = dict(sorted(causes.items()))
    found["decoys_ranked"] = _decoys(cities, query)
    return found


def _decoys(cities: Sequence[Scored], query: str) -> dict[str, str]:
    """Return for each clearing circumstance how many of its look-alikes were ranked, of how many."""
    planted: Counter[str] = Counter()
    ranked: Counter[str] = Counter()
    for city in cities:
        shown = {row.planted for row in city.verdicts[query].rows} if query in city.verdicts else set()
        for decoy in city.truth.of(query, "decoy"):
            planted[decoy.reason] += 1
            ranked[decoy.reason] += decoy.id in shown
    return {reason: f"{ranked[reason]}/{count}" for reason, count in sorted(planted.items())}


def _empty(empty: Sequence[EmptyCity], queries: Sequence[str]) -> Figure:
    if not empty:
        return absent("no empty city was run (--empty-seeds)")
    return figure(empty, lambda drawn: empty_load(drawn, queries), len(empty))


def results(cities: Sequence[Scored], empty: Sequence[EmptyCity]) -> dict[str, Any]:
    """Return all figures: those of the first bar, and the same for each typology."""
    queries = covered(cities)
    found: dict[str, Any] = {
        name: figure(cities, _macro(queries, of_query), len(cities)) for name, of_query in _MEASURES.items()
    }
    found["innocents_in_top20"] = figure(cities, lambda drawn: innocents(drawn, queries), len(cities))
    found["empty_city_per_1000"] = _empty(empty, queries)
    found["hidden_recall_at_20"] = absent(NO_LINKS)
    found["hidden_best_baseline"] = absent(NO_LINKS)
    found["typologies"] = {query: _typology(cities, empty, query) for query in queries}
    planted = {one.query for city in cities for one in city.truth.planted}
    found["without_query"] = sorted(planted - set(queries))
    return found
