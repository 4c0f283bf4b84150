"""Values that a text states, in the forms of the ledger: periods, amounts, shares."""

import re
from dataclasses import dataclass
from datetime import date

from nlp.dates import PartialDate, parse_date
from nlp.extraction import Relation, Value

_SHARE = re.compile(r"([0-9]+(?:\.[0-9]+)?)%")


@dataclass(frozen=True)
class Period:
    """From when to when, as far as it is stated.

    Attributes:
        start: First day that it can have begun; None when nothing is said.
        start_latest: Day by which it surely had begun; None when `start` is exact.
        end: Last day that it can have lasted.
        end_earliest: Day until which it surely lasted; None when `end` is exact.
    """

    start: date | None = None
    start_latest: date | None = None
    end: date | None = None
    end_earliest: date | None = None


def _exact(one: PartialDate) -> bool:
    return one.precision == "day"


def stated_day(value: Value) -> PartialDate | None:
    """Return the day, month or year of a date's value; of a span its first; None when it is no date."""
    return parse_date(value.partition("/")[0]) if isinstance(value, str) and value[:1].isdigit() else None


def stated_period(value: Value) -> Period:
    """Return the period of a value such as `2012-05/2019-08`, `2018-05/` (still) or `2010-03` (since)."""
    if not isinstance(value, str) or not value[:1].isdigit():
        return Period()
    first, _, last = value.partition("/")
    start, end = parse_date(first), parse_date(last) if last else None
    return Period(
        start.earliest if start else None,
        start.latest if start and not _exact(start) else None,
        end.latest if end else None,
        end.earliest if end and not _exact(end) else None,
    )


def stated_amount(value: Value) -> float | None:
    """Return an amount in yuan; None for a range, another currency or words."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) and value > 0 else None


def stated_share(value: Value) -> float | None:
    """Return a share between 0 and 1, from `30%`."""
    found = _SHARE.fullmatch(value.strip()) if isinstance(value, str) else None
    share = float(found[1]) / 100 if found else None
    return share if share is not None and 0 < share <= 1 else None


def stated_on(value: Value) -> Period:
    """Return the day of an event as a period: it lay within the day, month, year or span stated."""
    first = stated_day(value)
    if first is None:
        return Period()
    last = stated_day(str(value).partition("/")[2])
    return Period(first.earliest, None, (last or first).latest, None)


def stated_exactly(value: Value) -> date | None:
    """Return the day of an event that is stated to the day; None for a month, a year, a span of time."""
    period = stated_on(value)
    return period.start if period.start == period.end else None


def _text(value: Value) -> str | None:
    return value if isinstance(value, str) and value else None


def properties_of(tie: Relation) -> tuple[dict[str, object], Period]:
    """Return properties and period of a tie as the model names them, by its type."""
    said = tie.attributes
    since = stated_period(said.get("period") or said.get("date"))
    if tie.type == "KIN":
        return {"word": _text(said.get("kin"))}, Period()
    if tie.type == "ASSOC":
        return {"kind": _text(said.get("kind"))}, Period()
    if tie.type == "HOLDS_POST":
        return {"post": _text(said.get("post"))}, since
    if tie.type in ("LEGAL_REP", "OFFICER", "EMPLOYED_BY"):
        return {"role": _text(said.get("role"))}, since
    if tie.type == "SHARE":
        return {"ratio": stated_share(said.get("ratio"))}, since
    if tie.type == "IN_CHARGE_OF":
        return {"matter": _text(said.get("matter"))}, since
    if tie.type in ("DECIDED", "RECUSED"):
        day = stated_exactly(said.get("date"))
        props = {"matter": _text(said.get("matter")), "step": _text(said.get("step"))}
        return {**props, "date": None if day is None else day.isoformat()}, stated_on(said.get("date"))
    if tie.type == "NOMINEE_FOR":
        return {"company": _text(said.get("company"))}, since
    if tie.type == "PARTY_TO":
        return {"role": _text(said.get("role"))}, Period()
    if tie.type in ("WON", "BID"):
        return {"price": stated_amount(said.get("amount"))}, Period()
    return {}, Period()
