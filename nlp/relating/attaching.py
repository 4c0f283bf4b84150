"""What belongs to a tie but stands beside its words: amount, date, period, and the way it went."""

import re
from collections.abc import Sequence

from nlp.extraction import Value
from nlp.relating.coding import CODES, Coded

_MONEY, _DATE = CODES["Money"], CODES["Date"]
_WAY = re.compile(rf"(?:通过|经由|借助)(?P<via>[^。;!?,\n]{{1,24}}?)(?:的?(?:账户|银行卡|银行账户|卡)|转交|代收|代为|转账|转入|之手|{CODES['Account']})")  # fmt: skip  # noqa: E501


def _value(coded: Coded, place: int) -> Value:
    one = coded.at(place)
    return one.value if one.value is not None else one.text


def _amount(coded: Coded, start: int, end: int) -> Value:
    """Return the only amount inside the match, else the first after it in the same clause."""
    inside = [place for place in range(start, end) if coded.text[place] == _MONEY]
    if inside:
        return _value(coded, inside[0]) if len(inside) == 1 else None
    stop = re.compile("[。;]").search(coded.text, end)
    after = coded.text[end : stop.start() if stop else len(coded.text)]
    place = after.find(_MONEY)
    return _value(coded, end + place) if place >= 0 and CODES["Person"] not in after[:place] else None


def _dates(coded: Coded, start: int, end: int) -> list[int]:
    """Return the dates that may belong to a match: inside it, else the last one before it in the sentence."""
    inside = [place for place in range(start, end) if coded.text[place] == _DATE]
    if inside:
        return inside
    before = coded.text.rfind(_DATE, 0, start)
    return [before] if before >= 0 else []


def _period(coded: Coded, start: int, end: int) -> Value:
    found = _dates(coded, start, end)
    value = _value(coded, found[0]) if found else None
    return value if isinstance(value, str) else None


def attached(wanted: Sequence[str], coded: Coded, start: int, end: int) -> dict[str, Value]:
    """Return the attributes that a rule asks to look for.

    Args:
        wanted: Of `amount`, `date`, `period`, `via`.
        coded: The sentence.
        start: First character of the match in it.
        end: One past its last.
    """
    found: dict[str, Value] = {}
    for name in wanted:
        value: Value = None
        if name == "amount":
            value = _amount(coded, start, end)
        elif name == "date":
            dates = _dates(coded, start, end)
            value = _value(coded, dates[-1]) if dates else None
        elif name == "period":
            value = _period(coded, start, end)
        elif name == "via":
            own = [words for at, words in coded.vias if coded.starts[start] <= at <= coded.ends[end - 1]]
            way = _WAY.search(coded.text, start, min(len(coded.text), end + 16))
            if own:
                value = own[0]
            elif way is not None:
                value = "".join(
                    coded.slots[at].names.text if at in coded.slots else coded.text[at]
                    for at in range(*way.span("via"))
                )
        if value is not None:
            found[name] = value
    return found
