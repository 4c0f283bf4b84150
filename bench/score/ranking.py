"""Measures of a ranking, as pure functions over what its rows are about."""

from collections.abc import Callable, Sequence

from bench.score.judging import Judged, Verdict

Good = Callable[[Judged], bool]


def average_precision(labels: Sequence[bool], positives: int) -> float:
    """Return the average precision of a ranking: the mean over all positives of the precision where each is found.

    Args:
        labels: Best row first.
        positives: How many there are to find, found or not.
    """
    if not positives:
        return 0.0
    found, total = 0, 0.0
    for rank, good in enumerate(labels, start=1):
        if good:
            found += 1
            total += found / rank
    return total / positives


def plain(row: Judged) -> bool:
    """Count a row that is about a scheme."""
    return row.good


def explained(row: Judged) -> bool:
    """Count a row that is about a scheme and shows what proves it."""
    return row.explained


def pooled_ap(verdicts: Sequence[Verdict], good: Good = plain) -> float:
    """Return the average precision of one query with the rows of all cities in one ranking, by score."""
    rows = [(-row.score, verdict.seed, at, good(row)) for verdict in verdicts for at, row in enumerate(verdict.rows)]
    return average_precision([label for *_, label in sorted(rows)], sum(verdict.schemes for verdict in verdicts))


def mean_over_cities(verdicts: Sequence[Verdict], measure: Callable[[Verdict], float | None]) -> float | None:
    """Return the mean of a measure over the cities for which it is defined."""
    values = [value for verdict in verdicts if (value := measure(verdict)) is not None]
    return sum(values) / len(values) if values else None


def r_precision(verdict: Verdict) -> float | None:
    """Return the precision at as many rows as schemes were planted; None where none was."""
    if not verdict.schemes:
        return None
    return sum(row.good for row in verdict.rows[: verdict.schemes]) / verdict.schemes


def recall_at(count: int) -> Callable[[Verdict], float | None]:
    """Return the measure `share of the schemes among the first rows`."""

    def measure(verdict: Verdict) -> float | None:
        if not verdict.schemes:
            return None
        return sum(row.good for row in verdict.rows[:count]) / verdict.schemes

    return measure


def decoy_rate(verdicts: Sequence[Verdict], count: int) -> float | None:
    """Return the share of look-alikes among the first rows of each city together; None where nothing was ranked."""
    rows = [row for verdict in verdicts for row in verdict.rows[:count]]
    return sum(row.label == "decoy" for row in rows) / len(rows) if rows else None


def evidence_completeness(verdicts: Sequence[Verdict]) -> float | None:
    """Return the mean share of required evidence that rows about schemes show; None where there are none."""
    shares = [row.complete for verdict in verdicts for row in verdict.rows if row.good]
    return sum(shares) / len(shares) if shares else None


def precision_at(verdict: Verdict, count: int) -> float | None:
    """Return the share of the first rows that are about schemes; None where nothing was ranked."""
    rows = verdict.rows[:count]
    return sum(row.good for row in rows) / len(rows) if rows else None
