"""Amounts of money in the cells of registers, in yuan. Wrong is worse than none."""

import re
from decimal import Decimal

from nlp.characters import tidy
from nlp.numerals import parse_numeral

# Above a hundred trillion yuan the cell holds an account or an ID number, not an amount.
_LIMIT = Decimal(10**14)
_CENT = Decimal("0.01")

_BEFORE = re.compile(r"(?:人民币|RMB|CNY|¥)(?: ?[::])? ?", re.IGNORECASE)
_AFTER = re.compile(r" ?(?:人民币|RMB|CNY)$", re.IGNORECASE)
_SCIENTIFIC = re.compile(r"[1-9](?:\.[0-9]{1,17})?[eE]\+?[0-9]{1,2}")
_JIAO_FEN = re.compile(r"(.+)[元圆圓块](?:零?(.)角)?(?:零?(.)分)?")
_WHOLE = re.compile(r"(.+?) ?[元圆圓块]?[整正]?")
_SPLIT_DIGITS = re.compile(r"[0-9] [0-9]")


def _signed(text: str) -> tuple[str, int]:
    """Take off the sign or the accountant's brackets, and the currency mark on either side of it."""
    sign = 1
    if text.startswith("(") and text.endswith(")"):
        text, sign = text[1:-1].strip(), -1
    text = _BEFORE.sub("", text, count=1) if _BEFORE.match(text) else text
    if text[:1] in ("-", "−", "负", "+"):
        if sign == -1:
            return "", 1
        sign = 1 if text[0] == "+" else -1
        text = text[1:].strip()
        text = _BEFORE.sub("", text, count=1) if _BEFORE.match(text) else text
    return _AFTER.sub("", text).strip(), sign


def _unsigned(text: str) -> Decimal | None:
    if not text or text[0] in "+-−负" or _SPLIT_DIGITS.search(text):
        return None
    if _SCIENTIFIC.fullmatch(text):
        return Decimal(text)
    coins = _JIAO_FEN.fullmatch(text)
    if coins is not None and (coins.group(2) or coins.group(3)):
        parts = [parse_numeral(part) if part else Decimal(0) for part in coins.groups()]
        yuan, jiao, fen = parts
        if yuan is None or jiao is None or fen is None or yuan % 1 or jiao > 9 or fen > 9:
            return None
        return yuan + jiao / 10 + fen / 100
    whole = _WHOLE.fullmatch(text)
    return parse_numeral(whole.group(1)) if whole else None


def parse_amount(text: str) -> Decimal | None:
    """Read an amount of a register cell.

    Args:
        text: For example `1,280,000.00`, `128万元`, `壹佰贰拾捌万元整`, `¥1280000`, `(500)`, `1.28E+06`.

    Returns:
        Yuan, exact, with at most two decimals; None for a range, an approximation (约10万), another currency, more
        than two decimals, or anything else that is not one amount.
    """
    body, sign = _signed(tidy(text))
    value = _unsigned(body)
    if value is None or value >= _LIMIT:
        return None
    cents = value.quantize(_CENT)
    if cents != value:
        return None
    return -cents if sign < 0 and cents else cents
