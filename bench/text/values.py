"""Compares values of money and dates: equal amounts, equal stretches of days."""

import re
from calendar import monthrange
from decimal import Decimal, InvalidOperation
from typing import Any

from bench.text.gold_types import GoldDocument, GoldMention
from bench.text.markup import is_scored

_ONWARDS = re.compile(r"起|至今|以来|开始|始|--|—")
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def _stretch(text: str) -> tuple[str, str] | None:
    """Return the first and last day of an ISO date or interval; an open side is empty."""
    sides = text.strip().split("/")
    if len(sides) > 2:
        return None
    bounds: list[tuple[str, str]] = []
    for side in sides:
        if side in ("", ".."):
            bounds.append(("", ""))
            continue
        found = _DAY.fullmatch(side)
        if found is None:
            return None
        year, month, day = found.groups()
        last = monthrange(int(year), int(month or 12))[1] if 1 <= int(month or 12) <= 12 else 0
        bounds.append((f"{year}-{month or '01'}-{day or '01'}", f"{year}-{month or '12'}-{day or f'{last:02d}'}"))
    return bounds[0][0], bounds[-1][1]


def _amount(value: Any) -> tuple[Decimal, str] | None:
    if value is None or isinstance(value, bool | list | tuple):
        return None
    words = str(value).replace(",", "").split()
    currency = next((word for word in words if word.isalpha()), "CNY")
    numbers = [word for word in words if not word.isalpha()]
    try:
        return (Decimal(numbers[0]), currency) if len(numbers) == 1 else None
    except InvalidOperation:
        return None


def same_value(kind: str, gold: str, found: Any) -> bool:
    """Say whether a value that was found is the one that was marked.

    Args:
        kind: `Money` or `Date`.
        gold: `50000`, `30000 USD`, `2019-05`, `2012-05/2019-08`.
        found: What the extractor gave: a number, a string of the same forms, None.
    """
    if kind == "Money":
        amount = _amount(found)
        return amount is not None and amount == _amount(gold)
    return isinstance(found, str) and _stretch(found) is not None and _stretch(found) == _stretch(gold)


def value_agrees(document: GoldDocument, gold: GoldMention, found: Any) -> bool:
    """Say whether the value found for a marked span is right; `2016-10/` is, too, where the words go on with 起."""
    if not is_scored(gold.value) or same_value(gold.type, str(gold.value), found):
        return True
    onwards = gold.type == "Date" and _ONWARDS.match(document.text, gold.end) is not None
    return onwards and same_value("Date", f"{gold.value}/", found)
