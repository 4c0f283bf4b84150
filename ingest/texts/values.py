"""Values that a text states, in the forms of the ledger: periods, amounts, shares."""

import re
from dataclasses import dataclass
from datetime import date

from nlp.dates import PartialDate, parse_date
from nlp.extraction import Value

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
