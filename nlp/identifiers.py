"""Identifiers with check characters: ID cards (身份证号), credit codes (统一社会信用代码), bank cards.

A fault is returned as a word, never raised: a register keeps the row and leaves the identifier out of its keys.
"""

import re
from datetime import date

from nlp.characters import half_width, without_unseen

PERSON_ID_LENGTH = 18
OLD_PERSON_ID_LENGTH = 15
CREDIT_CODE_LENGTH = 18

_PERSON_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_PERSON_CHECKS = "10X98765432"
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_WEIGHTS = tuple(pow(3, place, 31) for place in range(CREDIT_CODE_LENGTH - 1))
_MASKS = frozenset("*×✱∗")
_SHEET_NUMBER = re.compile(r"([0-9]+)\.0")
_FIRST_YEAR, _LAST_YEAR = 1900, 2099


def clean_identifier(text: str) -> str:
    """Return an identifier as it would be typed: half width, upper case, nothing invisible.

    Args:
        text: A cell; may hold full-width digits, tabs, a leading apostrophe from a sheet, or the `.0` of a number.
    """
    clean = without_unseen(half_width(text)).lstrip("'`‘’").upper()
    number = _SHEET_NUMBER.fullmatch(clean)
    return number.group(1) if number else clean


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _calendar_day(year: str, month: str, day: str) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if _FIRST_YEAR <= found.year <= _LAST_YEAR else None


def person_id_check_char(first17: str) -> str:
    """Return the last character of an 18-character ID number (GB 11643-1999, from ISO 7064 MOD 11-2).

    Raises:
        ValueError: Not 17 digits.
    """
    if len(first17) != PERSON_ID_LENGTH - 1 or not _digits(first17):
        raise ValueError(f"17 digits needed, not {first17!r}")
    total = sum(int(digit) * weight for digit, weight in zip(first17, _PERSON_WEIGHTS, strict=True))
    return _PERSON_CHECKS[total % 11]


def upgrade_person_id(id15: str) -> str:
    """Return the 18-character form of a 15-digit ID number (GB 11643-1989): century 19, check character added.

    Raises:
        ValueError: Not 15 digits.
    """
    if len(id15) != OLD_PERSON_ID_LENGTH or not _digits(id15):
        raise ValueError(f"15 digits needed, not {id15!r}")
    first17 = f"{id15[:6]}19{id15[6:]}"
    return first17 + person_id_check_char(first17)


def person_id_fault(text: str) -> str | None:
    """Say what is wrong with an ID number (GB 11643-1999; 15 digits of GB 11643-1989 are accepted too).

    Args:
        text: As `clean_identifier` returns it; a lower-case x at the end is fine.

    Returns:
        None when valid, else `masked`, `length`, `characters`, `date` or `check_digit`. The region is not checked:
        codes of abolished counties stay valid on the cards of those born there.
    """
    if any(char in _MASKS for char in text):
        return "masked"
    if len(text) not in (OLD_PERSON_ID_LENGTH, PERSON_ID_LENGTH):
        return "length"
    body = text if len(text) == OLD_PERSON_ID_LENGTH else text[:-1]
    if not _digits(body) or (len(text) == PERSON_ID_LENGTH and text[-1] not in "0123456789Xx"):
        return "characters"
    if len(text) == OLD_PERSON_ID_LENGTH:
        return None if _calendar_day("19" + text[6:8], text[8:10], text[10:12]) else "date"
    if _calendar_day(text[6:10], text[10:12], text[12:14]) is None:
        return "date"
    return None if person_id_check_char(body) == text[-1].upper() else "check_digit"


def birth_date(id18: str) -> date | None:
    """Return the date of birth in an 18-character ID number; None when the number is not valid."""
    if len(id18) != PERSON_ID_LENGTH or person_id_fault(id18) is not None:
        return None
    return _calendar_day(id18[6:10], id18[10:12], id18[12:14])


def credit_code_check_char(first17: str) -> str:
    """Return the last character of a unified social credit code (GB 32100-2015, modulo 31, no I O S V Z).

    Raises:
        ValueError: Not 17 characters of that alphabet.
    """
    if len(first17) != CREDIT_CODE_LENGTH - 1 or any(char not in _CREDIT_ALPHABET for char in first17):
        raise ValueError(f"17 characters of the credit code alphabet needed, not {first17!r}")
    values = (_CREDIT_ALPHABET.index(char) for char in first17)
    total = sum(value * weight for value, weight in zip(values, _CREDIT_WEIGHTS, strict=True))
    return _CREDIT_ALPHABET[-total % 31]


def credit_code_fault(text: str) -> str | None:
    """Say what is wrong with a unified social credit code (GB 32100-2015).

    Args:
        text: As `clean_identifier` returns it.

    Returns:
        None when valid, else `masked`, `length`, `characters` or `check_digit`.
    """
    if any(char in _MASKS for char in text):
        return "masked"
    if len(text) != CREDIT_CODE_LENGTH:
        return "length"
    if any(char not in _CREDIT_ALPHABET for char in text):
        return "characters"
    return None if credit_code_check_char(text[:-1]) == text[-1] else "check_digit"


def luhn_ok(digits: str) -> bool:
    """Say whether a bank card number passes the Luhn check (ISO/IEC 7812-1); false for anything but digits."""
    if len(digits) < 2 or not _digits(digits):
        return False
    doubled = (int(digit) * 2 for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(value // 10 + value % 10 for value in doubled)) % 10 == 0
