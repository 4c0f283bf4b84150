"""Numbers in Chinese and in digits: 壹佰贰拾捌万, 二〇二一, 1.28亿, 1,280,000. An unsure reading gives nothing."""

import re
from decimal import Decimal

import cn2an

from nlp.characters import tidy

_DIGITS = {char: str(value) for value, chars in enumerate(
    ("零〇○◯", "一壹弌", "二贰貳两兩弍", "三叁參叄弎", "四肆", "五伍", "六陆陸", "七柒", "八捌", "九玖")
) for char in chars}  # fmt: skip
_UNITS = {
    "十": "十",
    "拾": "十",
    "百": "百",
    "佰": "百",
    "千": "千",
    "仟": "千",
    "万": "万",
    "萬": "万",
    "亿": "亿",
    "億": "亿",
}
_PLAIN = {**{char: "零一二三四五六七八九"[int(digit)] for char, digit in _DIGITS.items()}, **_UNITS}
_TENS = {"廿": "二十", "卅": "三十", "卌": "四十"}
_SCALE = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_SCALE |= {"十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12}
# 壹佰万零伍仟: many offices write a 零 that the strict rules leave out, and the value is the same.
_NEEDLESS_ZERO = re.compile(r"(?<=[万亿])零(?=[一二三四五六七八九]千)")
_POSITIONAL = 4  # shorter runs may mean "three or four" (三四), longer ones are years and numbers read out

_NUMBER = r"(?:0|[1-9][0-9]*|[1-9][0-9]{0,2}(?:,[0-9]{3})+)(?:\.[0-9]+)?"
_SCALED = re.compile(rf"({_NUMBER}) ?(万亿|[十百千]?[万亿]|[十百千])?")
_STACKED = re.compile(r"(?:([1-9][0-9]*)亿)?([1-9][0-9]{0,3})万([0-9]{4}(?:\.[0-9]+)?)?")
_STACKED_HIGH = re.compile(r"([1-9][0-9]*)亿([1-9][0-9]{0,3})万")


def positional_digits(text: str) -> str | None:
    """Return Chinese digits read out one by one (二〇二一) as ASCII digits; None when any other character occurs."""
    if not text or any(char not in _DIGITS for char in text):
        return None
    return "".join(_DIGITS[char] for char in text)


def _whole(text: str) -> int | None:
    """Read a Chinese whole number with units, written as the rules want it."""
    for short, long in _TENS.items():
        text = text.replace(short, long)
    if not text or any(char not in _PLAIN for char in text):
        return None
    plain = "".join(_PLAIN[char] for char in text)
    if not any(char in _SCALE for char in plain):
        return "零一二三四五六七八九".index(plain) if len(plain) == 1 else None
    if plain[0] == "十":
        plain = "一" + plain
    plain = _NEEDLESS_ZERO.sub("", plain)
    try:
        value = int(cn2an.cn2an(plain, "strict"))
        back = cn2an.an2cn(value, "low")
    except ValueError:
        return None
    if back[0] == "十":
        back = "一" + back
    # cn2an accepts some impossible orders of units. What it understood must read back the same; where 零 stands
    # differs between offices (壹佰万零伍仟, 壹佰万伍仟) and never changes the value once the strict mode took it.
    return value if back.replace("零", "") == plain.replace("零", "") else None


def _chinese(text: str) -> Decimal | None:
    whole, point, fraction = text.partition("点")
    read_out = positional_digits(whole)
    if read_out is not None and len(read_out) >= _POSITIONAL and not point:
        return Decimal(read_out)
    value = _whole(whole)
    if value is None:
        return None
    if not point:
        return Decimal(value)
    decimals = positional_digits(fraction)
    return Decimal(f"{value}.{decimals}") if decimals is not None else None


def _arabic(text: str) -> Decimal | None:
    scaled = _SCALED.fullmatch(text)
    if scaled is not None:
        return Decimal(scaled.group(1).replace(",", "")) * _SCALE.get(scaled.group(2) or "", 1)
    stacked = _STACKED.fullmatch(text) or _STACKED_HIGH.fullmatch(text)
    if stacked is None:
        return None
    parts = [Decimal(part or 0) for part in stacked.groups(default="")]
    high, middle, low = (*parts, Decimal(0))[:3]
    return high * 10**8 + middle * 10**4 + low


def parse_numeral(text: str) -> Decimal | None:
    """Read a cell that holds one number and nothing else.

    Args:
        text: Digits (full-width too, with thousands separators, with 万 or 亿) or Chinese numerals, also financial.

    Returns:
        The exact value; None when it is not a number or could be read in two ways (三千五, 三四, 1,28).
    """
    clean = tidy(text)
    negative = clean.startswith(("-", "−", "负"))
    body = clean[1:].strip() if negative or clean.startswith("+") else clean
    value = _arabic(body) if body[:1].isascii() else _chinese(body)
    if value is None:
        return None
    return -value if negative else value
