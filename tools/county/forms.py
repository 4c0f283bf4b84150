"""How clerks write the same value: dates, months, times and amounts in the forms that registers really show."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import cn2an


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month."""

    year: int
    month: int

    def plus(self, months: int) -> "Month":
        """Return the month some months later."""
        at = self.year * 12 + self.month - 1 + months
        return Month(at // 12, at % 12 + 1)


def months(first: Month, last: Month) -> list[Month]:
    """Return the months from first to last, both included."""
    count = (last.year - first.year) * 12 + last.month - first.month + 1
    return [first.plus(step) for step in range(count)]


def pick(forms: Sequence[str], place: str) -> str:
    """Choose the form of one cell: the first is the office's usual one, the others turn up now and then."""
    roll = zlib.crc32(place.encode())
    return forms[0] if len(forms) == 1 or roll % 6 else forms[1 + roll // 6 % (len(forms) - 1)]


def _date(day: date, form: str) -> str:
    if form == "slash":
        return f"{day.year}/{day.month}/{day.day}"
    if form == "han":
        return f"{day.year}年{day.month}月{day.day}日"
    return day.strftime("%Y%m%d") if form == "compact" else day.isoformat()


def _month(month: Month, form: str) -> str:
    if form == "han":
        return f"{month.year}年{month.month}月"
    joint = "" if form == "compact" else "/" if form == "slash" else "-"
    return f"{month.year}{joint}{month.month:02d}"


def _time(moment: datetime, form: str) -> str:
    if form == "compact":
        return moment.strftime("%Y%m%d%H%M%S")
    if form == "slash":
        return f"{moment.year}/{moment.month}/{moment.day} {moment:%H:%M:%S}"
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def _amount(amount: float, form: str) -> str:
    if form == "wan" and amount >= 10_000 and amount % 100 == 0:
        return f"{amount / 10_000:.4f}".rstrip("0").rstrip(".") + "万元"
    if form == "han" and amount >= 1 and amount == int(amount):
        return str(cn2an.an2cn(int(amount), "rmb"))
    if form == "comma":
        return f"{amount:,.2f}"
    return f"{amount:.2f}" if amount != int(amount) or form == "cents" else str(int(amount))


def shown(value: Any, place: str, dates: Sequence[str], amounts: Sequence[str]) -> str:
    """Return a cell as text.

    Args:
        value: None, text, a whole number, an amount in yuan (float), a date, a month or a time.
        place: Table, row and column, which decide the form.
        dates: Forms for dates: iso, slash, han, compact.
        amounts: Forms for amounts: plain, comma, wan, han, cents.
    """
    if value is None:
        return ""
    if isinstance(value, datetime):
        return _time(value, dates[0])
    if isinstance(value, date):
        return _date(value, pick(dates, place))
    if isinstance(value, Month):
        return _month(value, pick(dates, place))
    if isinstance(value, float):
        return _amount(value, pick(amounts, place))
    return str(value)


def worn(number: str, place: str) -> str:
    """Return an ID number as it may look after years of copying: an apostrophe, a tab, full width, fifteen digits."""
    roll = zlib.crc32(place.encode()) % 60
    if roll == 0:
        return "'" + number
    if roll == 1:
        return number + "\t"
    if roll == 2:
        return "".join(chr(ord(char) + 0xFEE0) for char in number)
    if roll in (3, 4) and number[6:8] == "19":
        return number[:6] + number[8:17]
    return number.lower() if roll == 5 else number
