"""Cells of a workbook as text, the way a person would type them."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

Cell = int | float | str | bool | time | date | datetime | timedelta

# A sheet keeps 15 significant digits; anything from here on has lost its end (card and ID numbers).
DAMAGED_FROM = 10**15
_SIGNIFICANT = 15


def is_damaged(cell: Cell) -> bool:
    """Say whether a number is too long to have survived in a sheet."""
    return isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= DAMAGED_FROM


def number_text(value: float) -> str:
    """Return a number as digits, without exponent, without `.0`, to the 15 digits that a sheet keeps."""
    if isinstance(value, int) or (value.is_integer() and abs(value) < DAMAGED_FROM):
        return str(int(value))
    text = format(Decimal(format(value, f".{_SIGNIFICANT}g")), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def cell_text(cell: Cell) -> str:
    """Return a cell as text: ISO dates, a time of day only where there is one, TRUE or FALSE."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        midnight = cell.time() == time(0)
        return cell.date().isoformat() if midnight else cell.replace(microsecond=0).isoformat(" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return number_text(cell)
