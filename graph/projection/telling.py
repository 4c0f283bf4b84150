"""Which transfer a text tells of: one on record, one that another text told of, one of its own, or none that is sure.

Counts and sums use what is on record, and of what texts tell only what cannot be one of those. Pure: tellings and
events between the same two parties go in, what each telling comes to goes out, whatever the order of imports.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from graph.keys import digest

_CENT = 0.005
_FOREVER = (date.max - date.min).days


@dataclass(frozen=True)
class Telling:
    """What one passage says of money that went from one party to another.

    Attributes:
        ref: Its relation key.
        source: Account of the payer.
        target: Account of the payee.
        open_source: The text names no account of the payer.
        open_target: The same of the payee.
        amount: In yuan; None when it is not stated exactly.
        first: First day on which it can have been; None when no day, month or year is stated.
        last: Last day on which it can have been.
        against: It says that this was not so.
    """

    ref: str
    source: str
    target: str
    open_source: bool
    open_target: bool
    amount: float | None
    first: date | None
    last: date | None
    against: bool = False

    @property
    def precision(self) -> tuple[int, bool, str]:
        """What is more precise comes first."""
        days = _FOREVER if self.first is None or self.last is None else (self.last - self.first).days
        return days, self.amount is None, self.ref

    @property
    def eid(self) -> str:
        """The edge that it makes when it is an event of its own."""
        amount = "" if self.amount is None else f"{self.amount:.2f}"
        return digest("TRANSFER", "told", self.source, self.target, str(self.first), str(self.last), amount)


@dataclass(frozen=True)
class Event:
    """Something that happened once.

    Attributes:
        eids: The edge that it is; a payment on record is two (who paid, and to which account).
        source: Account of the payer; empty when any would do.
        target: Account of the payee; empty when any would do.
        open_source: Another account of the payer may be meant.
        open_target: The same of the payee.
        amount: In yuan, None when unknown.
        first: First day on which it can have been.
        last: Last day on which it can have been.
        recorded: A register states it.
    """

    eids: tuple[str, ...]
    source: str
    target: str
    open_source: bool
    open_target: bool
    amount: float | None
    first: date | None
    last: date | None
    recorded: bool


@dataclass(frozen=True)
class Outcome:
    """What a telling comes to: the edges that it is a source of, none when it may be several; `new`: one of its own."""

    eids: tuple[str, ...]
    new: bool = False


def _amounts(one: Telling, other: Event) -> bool | None:
    """Tell whether amounts agree; None when one is not stated."""
    if one.amount is None or other.amount is None:
        return None
    return abs(one.amount - other.amount) < _CENT


def _days(one: Telling, other: Event) -> bool | None:
    """Tell whether the days may be the same; None when one is not stated."""
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return None
    return one.first <= other.last and other.first <= one.last


def _accounts(one: Telling, other: Event) -> bool:
    same_source = one.open_source or other.open_source or other.source in ("", one.source)
    return same_source and (one.open_target or other.open_target or other.target in ("", one.target))


def _fits(one: Telling, other: Event) -> bool:
    """Tell whether a telling is of this event: amount or day agree, and nothing speaks against it."""
    amounts, days = _amounts(one, other), _days(one, other)
    return _accounts(one, other) and False not in (amounts, days) and True in (amounts, days)


def _may_be(one: Telling, other: Event) -> bool:
    """Tell whether it cannot be ruled out: nothing is said, or the sum on record is told of another day."""
    amounts, days = _amounts(one, other), _days(one, other)
    if not _accounts(one, other) or amounts is False:
        return False
    return days is not False or (other.recorded and amounts is True)


def _is_sum(one: Telling, events: Sequence[Event]) -> bool:
    """Tell whether a telling may add up what is known already: 先后三次共计… or all of a year."""
    if one.amount is None:
        return False
    inside = [
        other.amount
        for other in events
        if other.amount is not None and _accounts(one, other) and _days(one, other) is not False
    ]
    return len(inside) > 1 and abs(sum(inside) - one.amount) < _CENT


def _own(one: Telling) -> Event:
    ends = (one.source, one.target, one.open_source, one.open_target)
    return Event((one.eid,), *ends, one.amount, one.first, one.last, recorded=False)


def _placed(one: Telling, events: Sequence[Event]) -> Outcome:
    fitting = [other for other in events if _fits(one, other)]
    # A payment and the transfer by which the bank carried it out are one event: the transfer stands for it.
    transfers = [other for other in fitting if len(other.eids) == 1]
    for some in (transfers, fitting):
        if len(some) == 1:
            return Outcome(some[0].eids)
    if fitting or _is_sum(one, events) or any(_may_be(one, other) for other in events):
        return Outcome(())
    return Outcome((one.eid,), new=True)


def _denied(one: Telling, events: Sequence[Event]) -> Outcome:
    """Return what a denial speaks of; one without amount and day leaves what is on record alone."""
    vague = one.amount is None and one.first is None
    meant = [
        other
        for other in events
        if _accounts(one, other)
        and False not in (_amounts(one, other), _days(one, other))
        and not (vague and other.recorded)
    ]
    return Outcome(tuple(eid for other in meant for eid in other.eids))


def place(tellings: Sequence[Telling], recorded: Sequence[Event]) -> dict[str, Outcome]:
    """Return what each telling between two parties comes to.

    Args:
        tellings: Of the two parties, in any order.
        recorded: Transfers and payments between them that registers state.

    Returns:
        Ref of a telling -> its outcome.
    """
    events = sorted(recorded, key=lambda one: one.eids)
    found = {}
    for one in sorted((one for one in tellings if not one.against), key=lambda one: one.precision):
        found[one.ref] = outcome = _placed(one, events)
        if outcome.new:
            events.append(_own(one))
    for one in tellings:
        if one.against:
            found[one.ref] = _denied(one, events)
    return found
