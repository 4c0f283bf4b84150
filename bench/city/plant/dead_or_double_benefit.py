"""T18: benefits for the dead, the imprisoned, or twice for the same need, certified by a cadre of the village."""

import numpy as np

from bench.city.plant.acts import rename
from bench.city.plant.cast import Cast
from bench.city.plant.model import Actor, CannotPlant, Need, Scheme
from bench.city.table import LAST_DAY, NEVER
from bench.city.welfare import DESTITUTE, FUNERAL, LAND, MINIMUM, MONTHS, PAID, RETURNED, day_of, month_of

QUERY, TYPOLOGY = "dead_or_double_benefit", "T18"
REASONS = ("within_grace", "returned", "funeral_grant", "same_name", "probation")
GRACE = 2


def _last_row(cast: Cast, person: int) -> int | None:
    """Return the last payment of a monthly benefit that a person drew."""
    rows = cast.world.benefits
    mine = np.flatnonzero((rows["person"] == person) & (rows["programme"] < LAND))
    return int(mine[np.argmax(rows["month"][mine])]) if len(mine) else None


def _certifier_months(cast: Cast, person: int, first: int, most: int) -> tuple[int, list[int]]:
    """Return who certifies from a month on, and the months until somebody else does."""
    village = int(cast.world.people["village"][person])
    held = cast.world.cadres.by_month[village]
    certifier = int(held[min(first, MONTHS - 1)])
    months = []
    for month in range(first, min(first + most, MONTHS)):
        if held[month] != certifier:
            break
        months.append(month)
    if certifier < 0 or certifier in cast.people:
        raise CannotPlant("no certifier")
    return certifier, months


def pay(
    cast: Cast, person: int, programme: int, months: list[int], amount: int, certifier: int, status: int = PAID
) -> list[int]:
    """Add monthly payments to a person's account."""
    account = int(cast.world.accounts.person[person])
    rows = cast.world.benefits.add(
        person=person,
        programme=programme,
        month=np.array(months),
        amount=amount,
        account=account,
        certifier=certifier,
        status=status,
        arrears=False,
        hidden=False,
    )
    return [int(row) for row in rows]


def _dead(cast: Cast) -> tuple[int, int]:
    """Return somebody who died while drawing a benefit, and that benefit's last payment."""
    people = cast.world.people
    dead = np.flatnonzero((people["death"] > 300) & (people["death"] < LAST_DAY - 600))
    for person in cast.rng.permutation(dead).tolist():
        row = _last_row(cast, person)
        if person not in cast.people and row is not None and cast.world.accounts.person[person] >= 0:
            gap = int(month_of(people["death"][person])) - int(cast.world.benefits["month"][row])
            if -3 <= gap <= 1:
                return person, row
    raise CannotPlant("nobody died while drawing a benefit")


def plant(cast: Cast, reason: str = "") -> Scheme:
    """Plant one; with a reason, the look-alike that this circumstance clears."""
    sort = cast.rng.random()
    if reason == "probation" or (not reason and sort < 0.17):
        return _sentenced(cast, reason)
    if not reason and sort < 0.34:
        return _double(cast)
    if reason == "same_name":
        return _namesake(cast)
    return _after_death(cast, reason)


def _after_death(cast: Cast, reason: str) -> Scheme:
    world, rng = cast.world, cast.rng
    person, row = _dead(cast)
    rows = world.benefits
    died = int(month_of(world.people["death"][person]))
    length = GRACE if reason == "within_grace" else int(rng.integers(7, 25))
    certifier, months = _certifier_months(cast, person, died + 1, length)
    if len(months) < min(length, 6):
        raise CannotPlant("the certifier changed")
    programme, amount = int(rows["programme"][row]), int(rows["amount"][row])
    # What was paid after death already is replaced.
    late = np.flatnonzero((rows["person"] == person) & (rows["month"] > died) & (rows["programme"] < LAND))
    rows.put(late, hidden=True)
    if reason == "funeral_grant":
        programme, amount, months = FUNERAL, 80_000, months[GRACE + 1 : GRACE + 2]
    made = pay(cast, person, programme, months, amount, certifier, RETURNED if reason == "returned" else PAID)
    shown = [one for one, month in zip(made, months, strict=True) if month > died + GRACE]
    return _scheme(cast, person, certifier, ("死亡登记", person), shown or made, reason, "death")


def _scheme(
    cast: Cast, person: int, certifier: int, proof: tuple[str, int], rows: list[int], reason: str, role: str
) -> Scheme:
    benefits = cast.world.benefits
    needs = [Need(role, [proof], joint=True), *(Need("benefit", [("补贴发放", row)]) for row in rows)]
    core = [Actor("beneficiary", "Person", person, True), Actor("certifier", "Person", certifier)]
    months = benefits["month"][rows]
    amount = float(benefits["amount"][rows].sum()) / 100
    return Scheme(
        TYPOLOGY, QUERY, core, needs, int(day_of(months.min())), int(day_of(months.max())), amount, reason=reason
    )


def _sentenced(cast: Cast, reason: str) -> Scheme:
    world, rng = cast.world, cast.rng
    person = cast.stranger(lambda one: bool(world.accounts.person[one] >= 0) and one not in cast.drawing)
    start = int(rng.integers(400, LAST_DAY - 900))
    kind = "缓刑" if reason else "实刑"
    months_held = int(rng.integers(14, 30))
    row = world.sentences.add(person=person, start=start, end=start + months_held * 30, kind=kind, hidden=False)
    first = int(month_of(np.array(start))) + 1
    certifier, months = _certifier_months(cast, person, first, months_held - 3)
    if len(months) < 6:
        raise CannotPlant("the certifier changed")
    made = pay(cast, person, MINIMUM, months, int(rng.integers(84, 100)) * 500, certifier)
    return _scheme(cast, person, certifier, ("服刑", int(row[0])), made, reason, "sentence")


def _double(cast: Cast) -> Scheme:
    world, rng = cast.world, cast.rng
    rows = world.benefits
    drawn = np.unique(rows["person"][rows["programme"] == MINIMUM])
    for person in rng.permutation(drawn).tolist():
        mine = np.flatnonzero((rows["person"] == person) & (rows["programme"] == MINIMUM) & ~rows["hidden"])
        certifier = int(rows["certifier"][mine[0]])
        same = [int(row) for row in mine[:18] if rows["certifier"][row] == certifier and rows["status"][row] == PAID]
        if person in cast.people or certifier in cast.people or certifier < 0 or len(same) < 8:
            continue
        months = [int(rows["month"][row]) for row in same]
        made = pay(cast, person, DESTITUTE, months, int(rng.integers(156, 165)) * 500, certifier)
        scheme = _scheme(cast, person, certifier, ("补贴发放", same[0]), made, "", "benefit")
        scheme.needs = [
            Need("benefit", [("补贴发放", row)], group=nth)
            for nth, pair in enumerate(zip(same, made, strict=True))
            for row in pair
        ]
        return scheme
    raise CannotPlant("nobody to pay twice")


def _namesake(cast: Cast) -> Scheme:
    """A living person who bears the name of somebody dead draws what is due."""
    world = cast.world
    dead, _ = _dead(cast)
    people = world.people
    died = int(month_of(people["death"][dead]))
    rows = world.benefits
    living = np.unique(rows["person"][(rows["programme"] < LAND) & (rows["month"] > died + 8)])
    for person in cast.rng.permutation(living).tolist():
        fits = people["death"][person] == NEVER and people["village"][person] == people["village"][dead]
        if not fits or person in cast.people or people["sex"][person] != people["sex"][dead]:
            continue
        mine = np.flatnonzero((rows["person"] == person) & (rows["month"] > died + GRACE) & (rows["programme"] < LAND))[
            :20
        ]
        certifier = int(rows["certifier"][mine[0]])
        if certifier < 0 or certifier in cast.people:
            continue
        rename(cast, person, dead)
        return _scheme(cast, person, certifier, ("死亡登记", dead), [int(row) for row in mine], "same_name", "death")
    raise CannotPlant("no namesake")
