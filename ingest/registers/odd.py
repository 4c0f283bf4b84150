"""Reading the cells that SQL could not: each distinct value once, in Python."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

import pyarrow as pa

from nlp.dates import OPEN_ENDED, parse_date, parse_time
from nlp.identifiers import clean_identifier, credit_code_fault, person_id_fault, upgrade_person_id
from nlp.money import parse_amount
from nlp.numerals import parse_numeral

# Words by which offices say that there is nothing to say.
NOTHING = OPEN_ENDED | {"不详", "未知", "空", "null", "NULL", "None", "N/A", "/", "-", "--", "—", "——"}

_TABLE = pa.schema(
    [
        ("raw", pa.string()),
        ("text", pa.string()),
        ("number", pa.float64()),
        ("early", pa.timestamp("us")),
        ("late", pa.timestamp("us")),
        ("sort", pa.string()),
        ("fault", pa.string()),
    ]
)
Read = dict[str, object]


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


def _date(raw: str) -> Read:
    found = parse_date(raw)
    if found is None:
        return {"fault": "row.bad_date"}
    return {"early": _midnight(found.earliest), "late": _midnight(found.latest)}


def _time(raw: str) -> Read:
    found = parse_time(raw)
    return {"fault": "row.bad_date"} if found is None else {"early": found[0]}


def _amount(raw: str) -> Read:
    found = parse_amount(raw)
    return {"fault": "row.bad_amount"} if found is None else {"number": float(found)}


def _number(raw: str) -> Read:
    found = parse_numeral(raw)
    return {"fault": "row.bad_amount"} if found is None else {"number": float(found)}


def _ratio(raw: str) -> Read:
    text = clean_identifier(raw)
    found = parse_numeral(text.removesuffix("%"))
    if found is None or found < 0 or found > 100:
        return {"fault": "row.bad_amount"}
    percent = text.endswith("%") or found > 1
    return {"number": float(found) / 100 if percent else float(found)}


def _person(raw: str) -> Read:
    clean = clean_identifier(raw)
    fault = person_id_fault(clean)
    if fault is not None:
        return {"fault": f"id.{fault}"}
    return {"text": upgrade_person_id(clean) if len(clean) == 15 else clean, "sort": "id"}


def _company(raw: str) -> Read:
    clean = clean_identifier(raw)
    fault = credit_code_fault(clean)
    return {"fault": f"code.{fault}"} if fault is not None else {"text": clean, "sort": "code"}


def _party(raw: str) -> Read:
    person = _person(raw)
    if "fault" not in person:
        return person
    company = _company(raw)
    if "fault" not in company:
        return company
    return person if clean_identifier(raw)[:-1].isdigit() else company


READERS: dict[str, Callable[[str], Read]] = {
    "date": _date,
    "time": _time,
    "amount": _amount,
    "number": _number,
    "int": _number,
    "ratio": _ratio,
    "id": _person,
    "code": _company,
    "party_id": _party,
}


def read_odd(kind: str, values: Sequence[str]) -> pa.Table:
    """Read distinct cells of one kind.

    Args:
        kind: A key of `READERS`.
        values: Distinct, not empty.

    Returns:
        One row a value: `raw`, and either what was read (`text`, `number`, `early`, `late`, `sort`) or `fault`;
        all empty where the cell says that there is nothing.
    """
    read = READERS[kind]
    rows = [{"raw": value, **({} if value.strip() in NOTHING else read(value))} for value in values]
    return pa.Table.from_pylist(rows, schema=_TABLE)
