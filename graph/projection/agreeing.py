"""Whether a text tells of a tie that a register records: what both state must agree, what one leaves out may be so.

A text says 局长 where the register says 党组书记、局长, or 亲属 where it says 妻弟; never 局长 where it says 副局长.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

_PARTS = re.compile(r"[、,,;；/兼]")
_BEFORE = re.compile(r"^(?:原|时任|现任|曾任|任)")
_GENERIC_KIN = "kin"
_WORDS = ("post", "role")
_MATTERS = ("matter",)


@dataclass(frozen=True)
class Side:
    """What one source, or one edge, states of a tie.

    Attributes:
        eid: The edge that it is, or would be on its own.
        values: Its discriminators as text; None where nothing is said.
        start: First day, None when unknown.
        end: Last day, None when unknown or open.
    """

    eid: str
    values: Mapping[str, str | None] = field(default_factory=dict)
    start: date | None = None
    end: date | None = None

    @property
    def stated(self) -> int:
        """How many discriminators are stated."""
        return sum(value is not None for value in self.values.values())

    def within(self, other: "Side") -> bool:
        """Tell whether the other says all that this one says, and nothing speaks against it."""
        same = all(value in (None, other.values.get(name)) for name, value in self.values.items())
        return same and overlap(self, other)


def _pieces(text: str) -> set[str]:
    return {_BEFORE.sub("", piece.strip()) for piece in _PARTS.split(text) if piece.strip()}


def _is_piece(told: str, recorded: str, unit: str) -> bool:
    """Tell whether 局长 is what 教育局局长 means in the 教育局; never whether it is what 副局长 means."""
    before = recorded.removesuffix(told)
    return recorded == told or (recorded.endswith(told) and before in unit)


def words_agree(told: str, recorded: str, unit: str) -> bool:
    """Tell whether every post or role that a text gives is among those recorded.

    Args:
        told: As the text says it.
        recorded: As the register says it, several joined by 、 or 兼.
        unit: Name of the agency or firm.
    """
    known = _pieces(recorded)
    return all(any(_is_piece(piece, one, unit) for one in known) for piece in _pieces(told))


def _agree(type_: str, name: str, told: str | None, recorded: str | None, unit: str) -> bool:
    if told is None or recorded is None or told == recorded:
        return True
    if type_ == "KIN":
        return _GENERIC_KIN in (told, recorded)
    if type_ == "LEGAL_REP":
        return True
    if name in _WORDS:
        return words_agree(told, recorded, unit)
    return name in _MATTERS and (told in recorded or recorded in told)


def overlap(one: Side, other: Side) -> bool:
    """Tell whether two periods may have a day in common."""
    apart = (one.end is not None and other.start is not None and one.end < other.start) or (
        other.end is not None and one.start is not None and other.end < one.start
    )
    return not apart


def agree(type_: str, told: Side, recorded: Side, unit: str) -> bool:
    """Tell whether a text may speak of a recorded tie between the same ends."""
    names = told.values.keys() & recorded.values.keys()
    return overlap(told, recorded) and all(
        _agree(type_, name, told.values[name], recorded.values[name], unit) for name in names
    )


def which(type_: str, told: Side, recorded: Sequence[Side], unit: str) -> list[str]:
    """Return the edges that a text may speak of, among those between the same ends.

    Returns:
        One eid when it is clear which; several when it is not; none when it speaks of another tie.
    """
    fitting = [one for one in recorded if agree(type_, told, one, unit)]
    exact = [one.eid for one in fitting if one.eid == told.eid]
    same = [one.eid for one in fitting if all(told.values[name] == one.values.get(name) for name in told.values)]
    for found in (exact, same):
        if len(set(found)) == 1:
            return found[:1]
    return sorted({one.eid for one in fitting})
