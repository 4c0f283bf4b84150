"""Dates and times in the cells of registers, with the precision that the cell really has."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from nlp.characters import tidy
from nlp.numerals import parse_numeral, positional_digits

# What offices write where something still holds, or where there is nothing to write.
OPEN_ENDED: frozenset[str] = frozenset(
    [
        "",
        "-",
        "--",
        "—",
        "——",
        "/",
        "无",
        "至今",
        "今",
        "现在",
        "目前",
        "长期",
        "长期有效",
        "永久",
        "无固定期限",
        "未注销",
    ]
) | {"9999-12-31", "9999/12/31", "99991231", "9999-12-31 00:00:00", "9999年12月31日"}
FIRST_YEAR, LAST_YEAR = 1900, 2100

Precision = Literal["day", "month", "year"]

_HAN = "〇○◯零一二三四五六七八九"
_FORMS = tuple(
    re.compile(form)
    for form in (
        r"(?P<y>[0-9]{4})(?P<s>[-/.])(?P<m>[0-9]{1,2})(?:(?P=s)(?P<d>[0-9]{1,2}))?",
        r"(?P<y>[0-9]{4})(?:(?P<m>[0-9]{2})(?P<d>[0-9]{2})?)?",
        rf"(?P<y>[0-9]{{4}}|[{_HAN}]{{4}}) ?年 ?(?:(?P<m>[0-9]{{1,2}}|[{_HAN}十元]{{1,3}}) ?月 ?"
        rf"(?:(?P<d>[0-9]{{1,2}}|[{_HAN}十廿卅]{{1,4}}) ?[日号])?)?",
    )
)
_TAIL = r"(?P<h>[0-9]{1,2})(?P<c>[:.])(?P<i>[0-9]{2})(?:(?P=c)(?P<t>[0-9]{2})(?:[.,:][0-9]+)?)?(?:\+08:?00)?"
_CLOCKS = tuple(
    re.compile(form)
    for form in (
        rf"(?P<day>.*?[0-9日号])[ T]{_TAIL.replace('[:.]', ':')}",
        rf"(?P<day>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})-{_TAIL}",  # as database exports of banks print it
        rf"(?P<day>.*?[日号]){_TAIL.replace('[:.]', ':')}",
        r"(?P<day>[0-9]{8}) ?(?P<h>[0-9]{2})(?P<i>[0-9]{2})(?P<t>[0-9]{2})?(?:\.[0-9]+)?",
        r"(?P<day>.*?[0-9]) (?P<h>[0-9]{2})(?P<i>[0-9]{2})(?P<t>[0-9]{2})",
        r"(?P<day>.*?[日号]) ?(?P<h>[0-9]{1,2})[时点] ?(?P<i>[0-9]{1,2})分(?: ?(?P<t>[0-9]{1,2})秒)?",
    )
)
# A sheet cell 2021.10 that was stored as a number shows as 2021.1: January or October, so only the year is sure.
_LOST_ZERO = re.compile(r"([0-9]{4})\.1")


@dataclass(frozen=True)
class PartialDate:
    """A date as far as it is known.

    Attributes:
        earliest: First day that it can be.
        latest: Last day that it can be, inclusive.
        precision: How much was stated.
    """

    earliest: date
    latest: date
    precision: Precision


def _number(text: str, year: bool = False) -> int:
    """Read a part of a date; -1 when it is no number."""
    if text.isascii():
        return int(text)
    if year:
        return int(positional_digits(text) or -1)
    value = parse_numeral("一" if text == "元" else text)
    return int(value) if value is not None else -1


def _span(year: int, month: int | None, day: int | None) -> PartialDate | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if month is None:
        return PartialDate(date(year, 1, 1), date(year, 12, 31), "year")
    if not 1 <= month <= 12:
        return None
    last = monthrange(year, month)[1]
    if day is None:
        return PartialDate(date(year, month, 1), date(year, month, last), "month")
    if not 1 <= day <= last:
        return None
    return PartialDate(date(year, month, day), date(year, month, day), "day")


def _calendar(text: str) -> PartialDate | None:
    lost = _LOST_ZERO.fullmatch(text)
    if lost is not None:
        return _span(int(lost.group(1)), None, None)
    for form in _FORMS:
        found = form.fullmatch(text)
        if found is not None:
            month, day = found["m"], found["d"]
            return _span(
                _number(found["y"], year=True), _number(month) if month else None, _number(day) if day else None
            )
    return None


def _clock(text: str) -> datetime | None:
    for form in _CLOCKS:
        found = form.fullmatch(text)
        if found is None:
            continue
        day = _calendar(found["day"].strip())
        hour, minute, second = int(found["h"]), int(found["i"]), int(found["t"] or 0)
        if day is None or day.precision != "day" or hour > 23 or minute > 59 or second > 59:
            return None
        return datetime(day.earliest.year, day.earliest.month, day.earliest.day, hour, minute, second)
    return None


def parse_date(text: str) -> PartialDate | None:
    """Read a date of a register cell; a time of day after it is dropped.

    Args:
        text: For example `2021-03-05`, `2021/3/5`, `2021年3月`, `202103`, `2021`, `二〇二一年三月五日`.

    Returns:
        The span of days it can be; None for words (see `OPEN_ENDED`), impossible days, and years outside 1900-2100.
    """
    clean = tidy(text)
    found = _calendar(clean)
    if found is not None:
        return found
    moment = _clock(clean)
    return _span(moment.year, moment.month, moment.day) if moment is not None else None


def parse_time(text: str) -> tuple[datetime, bool] | None:
    """Read a time of a register cell, as local time without a zone.

    Args:
        text: For example `2021-03-05 14:02:11`, `20210305140211`, `2021/3/5 14:02`; fractions of a second are dropped.

    Returns:
        The time, and true when the cell gave only a day (then it is midnight); None when it is not one moment or day.
    """
    clean = tidy(text)
    moment = _clock(clean)
    if moment is not None:
        return moment, False
    day = _calendar(clean)
    if day is None or day.precision != "day":
        return None
    return datetime(day.earliest.year, day.earliest.month, day.earliest.day), True
