"""Which contract, tender or benefit on record a text speaks of when it gives no number: pure, over plain values.

It is the one whose parties are the parties told and whose amount, month or name agrees. When several would do, or
nothing told rules one out, the text's event is joined to none and counted nowhere.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

_CENT = 0.005


@dataclass(frozen=True)
class Happening:
    """A contract, tender or benefit.

    Attributes:
        key: Entity key.
        type: Node type.
        name: Folded; empty when it says nothing, as the name of a benefit's programme does not.
        payees: Canonical keys of those who signed, won, bid or received.
        payers: Canonical keys of the units that bought.
        amount: In yuan.
        first: First day on which it can have been.
        last: Last day on which it can have been.
        sort: What a benefit is for; None when unknown.
    """

    key: str
    type: str
    name: str
    payees: frozenset[str]
    payers: frozenset[str]
    amount: float | None = None
    first: date | None = None
    last: date | None = None
    sort: str | None = None


@dataclass(frozen=True)
class Verdict:
    """What a text's event is: `same` as one on record, or perhaps one of `possible`; neither when it is its own."""

    same: str | None = None
    possible: tuple[str, ...] = ()


def _parties(told: Happening, recorded: Happening) -> bool:
    """Tell whether every party told is one on record, and at least who was paid is told; names need one party."""
    if told.name and told.name == recorded.name:
        return bool(told.payees & recorded.payees or told.payers & recorded.payers)
    fits = told.payees <= recorded.payees and (not told.payers or told.payers <= recorded.payers)
    return bool(told.payees) and fits


def _sorts(told: Happening, recorded: Happening) -> bool:
    one, other = told.sort, recorded.sort
    return one is None or other is None or one in other or other in one


def _signs(told: Happening, recorded: Happening) -> list[bool]:
    """Return for each of amount, day and name that both state whether it agrees."""
    signs = []
    if told.amount is not None and recorded.amount is not None:
        signs.append(abs(told.amount - recorded.amount) < _CENT)
    if told.first is not None and told.last is not None and recorded.first is not None:
        signs.append(told.first <= (recorded.last or recorded.first) and recorded.first <= told.last)
    if told.name and recorded.name and told.name == recorded.name:
        signs.append(True)
    return signs


def _ruled_out(told: Happening, recorded: Happening) -> bool:
    """Tell whether what is told cannot be this one: another amount of another month; benefits may be told as a sum."""
    signs = _signs(told, recorded)
    return told.type != "Benefit" and False in signs and True not in signs


def decide(told: Happening, recorded: Sequence[Happening]) -> Verdict:
    """Say which event on record a text speaks of.

    Args:
        told: The text's.
        recorded: Of the same type.
    """
    near = [one for one in recorded if one.type == told.type and _parties(told, one) and _sorts(told, one)]
    fitting = []
    for one in near:
        signs = _signs(told, one)
        if signs and all(signs):
            fitting.append(one.key)
    if len(set(fitting)) == 1:
        return Verdict(same=fitting[0])
    return Verdict(possible=tuple(sorted({one.key for one in near if not _ruled_out(told, one)})))


def settle(told: Iterable[Happening], recorded: Iterable[Happening]) -> dict[str, Verdict]:
    """Return the verdict on each event of a text: its key -> verdict; those of their own are left out."""
    by_party: dict[str, list[Happening]] = {}
    for one in recorded:
        for party in one.payees | one.payers:
            by_party.setdefault(party, []).append(one)
    found = {}
    for event in told:
        near = {one.key: one for party in event.payees | event.payers for one in by_party.get(party, ())}
        verdict = decide(event, [near[key] for key in sorted(near)])
        if verdict != Verdict():
            found[event.key] = verdict
    return found
