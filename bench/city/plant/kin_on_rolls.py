"""T19: a cadre certifies minimum support for a relative who fails the means test."""

import numpy as np

from bench.city.kin import Relative
from bench.city.plant.acts import rename
from bench.city.plant.cast import Cast
from bench.city.plant.dead_or_double_benefit import pay
from bench.city.plant.model import Actor, CannotPlant, Fact, Need, Scheme
from bench.city.table import NEVER, NONE
from bench.city.welfare import MINIMUM, MONTHS, day_of

QUERY, TYPOLOGY = "kin_on_rolls", "T19"
REASONS = ("truly_poor", "sold_car", "same_name", "other_certifier", "motorcycle")


def _months(cast: Cast, post: int, reason: str) -> list[int]:
    """Return months of one to three years in which the cadre certified in the village."""
    village = int(cast.world.agencies["village"][cast.agency(post)])
    held = np.flatnonzero(cast.world.cadres.by_month[village] == cast.official(post))
    if len(held) < 14:
        raise CannotPlant("too short in office")
    length = int(cast.rng.integers(12, min(37, len(held) + 1)))
    first = int(cast.rng.integers(0, len(held) - length + 1))
    return [int(month) for month in held[first : first + length]]


def plant(cast: Cast, reason: str = "") -> Scheme:
    """Plant one; with a reason, the look-alike that this circumstance clears."""
    world, rng = cast.world, cast.rng
    agencies, people = world.agencies, world.people

    def fits(post: int) -> bool:
        start, end = cast.tenure(post)
        return (
            agencies["village"][cast.agency(post)] != NONE and end - start > 700 and int(world.posts["role"][post]) == 0
        )

    post = cast.decider(fits)
    official = cast.official(post)
    village = int(agencies["village"][cast.agency(post)])

    def near(one: Relative) -> bool:
        paid = cast.world.accounts.person[one.person] >= 0 and one.person not in cast.drawing
        return bool(paid and (people["village"][one.person] == village) != (reason == "other_certifier"))

    relative = cast.relative(official, near).person
    months = _months(cast, post, reason)
    beneficiary, certifier = relative, official
    if reason == "same_name":
        sex = people["sex"][relative]
        beneficiary = cast.stranger(
            lambda one: bool(
                one != relative
                and people["village"][one] == village
                and people["sex"][one] == sex
                and world.accounts.person[one] >= 0
                and one not in cast.drawing
            )
        )
        rename(cast, beneficiary, relative)
    if reason == "other_certifier":
        held = world.cadres.by_month[int(people["village"][relative])]
        certifier = int(held[months[0]])
        months = [month for month in months if month < MONTHS and held[month] == certifier]
        if certifier == NONE or len(months) < 8:
            raise CannotPlant("no other certifier")
    rows = pay(cast, beneficiary, MINIMUM, months, int(rng.integers(84, 100)) * 500, certifier)
    first, last = int(day_of(np.array(months[0]))), int(day_of(np.array(months[-1])))
    needs = [Need("kin", cast.kin_facts(official, relative), joint=True)]
    asset = _asset(cast, reason, beneficiary, first, last)
    if asset is not None:
        needs.append(Need("asset", [asset]))
    needs += [Need("benefit", [("补贴发放", row)]) for row in rows]
    core = [Actor("official", "Person", official, True), Actor("beneficiary", "Person", beneficiary, True)]
    amount = float(world.benefits["amount"][rows].sum()) / 100
    return Scheme(TYPOLOGY, QUERY, core, needs, first, last, amount, reason=reason, post=post)


def _asset(cast: Cast, reason: str, person: int, first: int, last: int) -> Fact | None:
    """Give the beneficiary what fails the means test, or what only seems to; takes away what they had before."""
    vehicles, rng = cast.world.vehicles, cast.rng
    vehicles.put(np.flatnonzero(vehicles["person"] == person), hidden=True)
    flats = cast.world.flats
    flats.put(np.flatnonzero(flats["person"] == person), hidden=True)
    if reason == "truly_poor":
        return None
    start, end = first - int(rng.integers(100, 900)), NEVER
    if reason == "sold_car":
        end = first - int(rng.integers(15, 90))
    kind = "二轮摩托车" if reason == "motorcycle" else ("小型轿车", "小型普通客车")[int(rng.integers(0, 2))]
    row = vehicles.add(person=person, kind=kind, start=start, end=end, hidden=False)
    return ("车辆", int(row[0]))
