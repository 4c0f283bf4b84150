"""Whether a tie held on the day a contract was signed: certain, ruled out, or not to be told from the dates."""

from collections.abc import Iterable
from datetime import date
from typing import Literal

from app.services.ties import Tie

When = Literal["in", "before", "after", "undated"]
_WORSE: tuple[When, ...] = ("in", "undated", "before", "after")


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)[:10]) if value else None


def held(tie: Tie, first: date | None, last: date | None) -> When:
    """Tell whether a tie held between two days.

    Args:
        tie: Its start and end may be known to the month or year only (`from_latest`, `to_earliest`).
        first: The day of signing, or the earliest it can have been.
        last: The latest it can have been.

    Returns:
        `in` only when every reading of the dates agrees; `before` when the signing came surely before the tie began,
        `after` when surely after it ended; otherwise `undated`. Kinship without a start is taken to hold; nothing else.
    """
    if first is None or last is None:
        return "undated"
    if tie.start is not None and last < tie.start:
        return "before"
    if tie.end is not None and first > tie.end:
        return "after"
    surely_from = _day(tie.props.get("from_latest")) or tie.start
    surely_to = _day(tie.props.get("to_earliest")) or tie.end
    begun = tie.type == "KIN" if surely_from is None else surely_from <= first
    lasting = surely_to is None or last <= surely_to
    return "in" if begun and lasting else "undated"


def together(found: Iterable[When]) -> When:
    """Return whether all of several ties held at once: one that is ruled out rules out the whole."""
    return max(found, key=_WORSE.index, default="in")


def best(found: Iterable[When]) -> When:
    """Return what several ties say of which one is enough."""
    return min(found, key=_WORSE.index, default="undated")
