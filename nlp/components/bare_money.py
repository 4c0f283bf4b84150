"""Amounts that no 元 follows: ¥1,280.00, columns of a table, 两万四 and 三千五 of spoken words."""

import re
from collections.abc import Iterator

from nlp.numerals import parse_numeral
from nlp.spans import Found

_NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,2})?|[0-9]+(?:\.[0-9]{1,2})?"
_SIGNED = re.compile(rf"(?:¥|RMB|CNY)[ ]?(?P<number>{_NUMBER})(?![0-9.,]*[0-9万亿千元])", re.IGNORECASE)
_CELL = re.compile(
    r"(?<![0-9.,A-Za-z/-])(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{2})?|[0-9]+\.[0-9]{2})(?=[ \n)。;,]|\Z)"
)
_HEADER = re.compile(r"金额|余额|借方|贷方|收入|支出|发生额|补贴款|补助款|应发|实发|单位:元|\((?:万?元)\)")
_SPOKEN = re.compile(
    r"(?P<whole>[一二两三四五六七八九十]{1,3}[万千百](?:[一二两三四五六七八九][千百])?[一二两三四五六七八九]?)"
    r"(?![一二三四五六七八九十百千万亿余多几来个元块年月日号名人家户亩条张次天岁斤米公里分角平只头台套份步余])"
)
_MONEYED = re.compile(
    r"(?:送|给|收|借|还|付|打|转|拿|花|赚|存|取|领|套|报|要|分|退|交|罚|塞|钱|款|利|租|费|价|红|得|贪|垫|补|发|扣|进|算|怕|有)[^。;\n]{0,10}$"
)
_WAN = re.compile(r"(?<![0-9A-Za-z.])(?P<number>[0-9]{1,4}(?:\.[0-9])?)[wW](?![0-9A-Za-z])")
_BARE = re.compile(r"(?<![0-9A-Za-z.,/〔(-])(?P<number>[1-9][0-9]{2,6}0)(?=[,。;\n]|给|到|\Z)")
_PAID = re.compile(
    r"(?:转|打|送|给|汇|付|存|取|借|还|收|退|罚)(?:款|账|了|给|来|出|去|没收)*(?:[我他她你]|其)?(?:了)?(?:现金|人民币)?$"
)
_UNIT = {"万": 10_000, "千": 1_000, "百": 100}


def _plain(text: str) -> int | float:
    value = float(text.replace(",", ""))
    return int(value) if value == int(value) else value


def spoken_value(text: str) -> int | None:
    """Return what 两万四, 三千五 and 一万七千六 mean: the last digit counts the next lower unit.

    Args:
        text: Han digits and units, no 元.
    """
    last = text[-1]
    if last in _UNIT:
        value = parse_numeral(text)
        return None if value is None else int(value)
    unit = next((char for char in reversed(text[:-1]) if char in _UNIT), "")
    head, tail = parse_numeral(text[:-1]), parse_numeral(last)
    if not unit or text[-2] != unit or head is None or tail is None:
        return None
    return int(head) + int(tail) * _UNIT[unit] // 10


def _row(text: str, start: int) -> bool:
    """Say whether a place stands in a row of cells or below a header that speaks of sums."""
    begin = text.rfind("\n", 0, start) + 1
    line = text[begin : (text.find("\n", start) + 1 or len(text) + 1) - 1]
    return line.count(" ") >= 1 or _HEADER.search(line) is not None


def _column(text: str) -> Iterator[Found]:
    """Read the whole numbers that stand under a column of sums."""
    column, cells = -1, 0
    at = 0
    for line in text.split("\n"):
        parts = [(found.start(), found.group()) for found in re.finditer(r"[^ ]+", line)]
        named = [place for place, (_, word) in enumerate(parts) if re.search("金额|补贴款|补助款|实发|应发", word)]
        if len(parts) >= 3 and named and not any(char.isdigit() for _, word in parts for char in word):
            column, cells = named[0], len(parts)
        elif column >= 0 and len(parts) == cells and re.fullmatch(_NUMBER, parts[column][1]):
            start = at + parts[column][0]
            word = parts[column][1]
            yield Found(start, start + len(word), word, "Money", "rule:money_column", 0.9, _plain(word), "CNY")
        elif len(parts) < 2:
            column = column if line.strip() == "" else -1
        at += len(line) + 1


def bare_amounts(text: str) -> Iterator[Found]:
    """Yield amounts without a unit, the surest first.

    Args:
        text: In normal form.
    """
    for match in _SIGNED.finditer(text):
        value = _plain(match["number"])
        yield Found(match.start(), match.end(), match.group(), "Money", "rule:money_sign", 0.95, value, "CNY")
    if _HEADER.search(text):
        yield from _column(text)
        for match in _CELL.finditer(text):
            if _row(text, match.start()):
                value = _plain(match["number"])
                yield Found(match.start(), match.end(), match.group(), "Money", "rule:money_cell", 0.85, value, "CNY")
    for match in _SPOKEN.finditer(text):
        if _MONEYED.search(text, max(0, match.start() - 12), match.start()):
            spoken = spoken_value(match.group())
            yield Found(match.start(), match.end(), match.group(), "Money", "rule:money_spoken", 0.85, spoken, "CNY")
    for match in _WAN.finditer(text):
        value = round(float(match["number"]) * 10_000)
        yield Found(match.start(), match.end(), match.group(), "Money", "rule:money_wan", 0.8, value, "CNY")
    for match in _BARE.finditer(text):
        if _PAID.search(text, max(0, match.start() - 10), match.start()):
            value = _plain(match["number"])
            yield Found(match.start(), match.end(), match.group(), "Money", "rule:money_bare", 0.8, value, "CNY")
