"""Benefits: who is eligible, month by month, until some weeks after death; certified by a cadre of the village."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.city.offices import HEAD
from bench.city.preset import Preset
from bench.city.streams import Streams
from bench.city.table import NEVER, NONE, Table

Ints = NDArray[np.int64]
MONTHS = 120
PROGRAMMES = (
    "城乡居民基本养老保险",
    "高龄津贴",
    "农村最低生活保障",
    "特困人员救助供养",
    "残疾人两项补贴",
    "耕地地力保护补贴",
    "丧葬补助金",
    "临时救助",
)
PENSION, OLD_AGE, MINIMUM, DESTITUTE, DISABLED, LAND, FUNERAL, RELIEF = range(8)
_MONTH_DAYS = 365.25 / 12
PAID, RETURNED = 0, 1


def month_of(day: Ints) -> Ints:
    """Return the month of a day, 0 = January 2014."""
    dates = np.datetime64("2014-01-01") + np.asarray(day).astype("timedelta64[D]")
    return np.asarray(dates.astype("datetime64[M]").astype(int) - 528)


def day_of(month: Ints) -> Ints:
    """Return the first day of a month."""
    first = (np.asarray(month) + 528).astype("datetime64[M]").astype("datetime64[D]")
    return np.asarray((first - np.datetime64("2014-01-01")).astype(int))


@dataclass(frozen=True)
class Cadres:
    """Who certified in each village and month: person numbers, -1 where the post was vacant."""

    by_month: Ints

    def of(self, village: Ints, month: Ints) -> Ints:
        """Return the certifier of each village and month."""
        return np.asarray(self.by_month[village, np.clip(month, 0, MONTHS - 1)])


def make_cadres(agencies: Table, posts: Table) -> Cadres:
    """Return who headed each village in each month, the last holder through a vacancy."""
    village = agencies["village"]
    found = np.full((int(village.max()) + 1, MONTHS), NONE, dtype=np.int64)
    rows = np.flatnonzero((posts["role"] == HEAD) & (village[posts["agency"]] != NONE))
    for row in rows[np.argsort(posts["start"][rows], kind="stable")].tolist():
        first = max(0, int(month_of(posts["start"][row])) + 1)
        found[village[posts["agency"][row]], first:] = posts["person"][row]
    for month in range(MONTHS - 2, -1, -1):
        found[:, month] = np.where(found[:, month] == NONE, found[:, month + 1], found[:, month])
    return Cadres(found)


def _spells(people: Table, officials: Ints, owners: Ints, rng: np.random.Generator) -> tuple[Ints, Ints, Ints, Ints]:
    """Return who may draw what from which month to which, as four arrays; who has a company fails the means test."""
    birth, death, count = people["birth"], people["death"], len(people)
    plain = np.ones(count, dtype=bool)
    plain[officials] = False
    old60, old80 = month_of(birth + int(60 * 365.25)), month_of(birth + 80 * 365)
    poor = plain & (rng.random(count) < 0.05) & (birth < -18 * 365)
    poor[owners] = False
    destitute = poor & (people["spouse"] == NONE) & (birth < -50 * 365)
    disabled = plain & (rng.random(count) < 0.03)
    begins = rng.integers(-20, 100, count)
    parts = [
        (plain & (old60 < MONTHS), PENSION, old60),
        (plain & (old80 < MONTHS) & (rng.random(count) < 0.35), OLD_AGE, old80),
        (poor & ~destitute, MINIMUM, begins),
        (destitute, DESTITUTE, begins),
        (disabled, DISABLED, begins - 30),
    ]
    persons, programmes, starts, ends = [], [], [], []
    for mask, programme, start in parts:
        who = np.flatnonzero(mask & ((death == NEVER) | (death > 0)))
        first = np.maximum(start[who], 0)
        last = np.where(death[who] == NEVER, MONTHS - 1, month_of(death[who]) + rng.integers(0, 3, len(who)))
        if programme in (MINIMUM, DISABLED, DESTITUTE):
            last = np.minimum(last, first + rng.integers(12, 110, len(who)))
        good = last >= first
        persons.append(who[good])
        programmes.append(np.full(int(good.sum()), programme))
        starts.append(first[good])
        ends.append(np.minimum(last[good], MONTHS - 1))
    return tuple(np.concatenate(part) for part in (persons, programmes, starts, ends))  # type: ignore[return-value]


def _monthly(
    people: Table, preset: Preset, officials: Ints, owners: Ints, share: float, rng: np.random.Generator
) -> Table:
    person, programme, start, end = _spells(people, officials, owners, rng)
    length = end - start + 1
    order = rng.permutation(len(person))
    # The rare programmes come whole; pensions fill up to the size.
    order = order[np.argsort(programme[order] == PENSION, kind="stable")]
    keep = order[np.cumsum(length[order]) < preset.benefits * share]
    person, programme, start, length = person[keep], programme[keep], start[keep], length[keep]
    spell = np.repeat(np.arange(len(person)), length)
    month = start[spell] + np.arange(len(spell)) - np.repeat(np.cumsum(length) - length, length)
    base = np.array([130, 60, 420, 780, 90, 0, 0, 0])[programme] + rng.integers(0, 6, len(programme)) * 5
    amount = (base[spell] + month // 12 * np.array([8, 0, 20, 30, 5, 0, 0, 0])[programme[spell]]) * 100
    return Table(person=person[spell], programme=programme[spell], month=month, amount=amount)


def _land(people: Table, head: Ints, land: Table, preset: Preset, share: float, rng: np.random.Generator) -> Table:
    keep = max(1, int(preset.benefits * share) // 10)
    rows = rng.permutation(len(land))[:keep]
    years = np.tile(np.arange(10), len(rows))
    rows = np.repeat(rows, 10)
    person = land["person"][rows]
    month = years * 12 + 4
    death = people["death"][person]
    alive = (death == NEVER) | (month_of(death) + 1 >= month)
    return Table(
        person=person[alive],
        programme=np.full(int(alive.sum()), LAND),
        month=month[alive],
        amount=np.round(land["area"][rows][alive] * 95.5 * 100).astype(np.int64),
    )


def make_land(people: Table, head: Ints, streams: Streams) -> Table:
    """Return land rights of farming households: person, area in mu."""
    rng = streams("land")
    heads = np.flatnonzero((head == np.arange(len(head))) & (people["birth"] < -25 * 365))
    heads = heads[rng.random(len(heads)) < 0.8]
    area = np.round(rng.gamma(4, 1.6, len(heads)) + 0.6, 2)
    return Table(person=heads, area=area, measured=np.round(area * rng.uniform(0.96, 1.05, len(heads)), 2))


def _single(people: Table, rng: np.random.Generator, size: int) -> Table:
    """Return funeral grants, paid after death as they should be, and reliefs in hardship."""
    death = people["death"]
    dead = np.flatnonzero(death > 0)
    dead = dead[rng.random(len(dead)) < 0.4]
    adults = np.flatnonzero((people["birth"] < -20 * 365) & (death == NEVER))
    # Nobody is helped twice in a month.
    drawn = np.unique(rng.choice(adults, size=size) * MONTHS + rng.integers(0, MONTHS, size))
    helped, size = drawn // MONTHS, len(drawn)
    when = np.concatenate([month_of(death[dead]) + rng.integers(1, 5, len(dead)), drawn % MONTHS])
    amount = np.concatenate([np.full(len(dead), 80_000), rng.choice([50_000, 100_000, 150_000, 200_000], size)])
    programme = np.concatenate([np.full(len(dead), FUNERAL), np.full(size, RELIEF)])
    fits = when < MONTHS
    person = np.concatenate([dead, helped])
    return Table(person=person[fits], programme=programme[fits], month=when[fits], amount=amount[fits])


def make_benefits(
    preset: Preset,
    people: Table,
    head: Ints,
    land: Table,
    cadres: Cadres,
    person_account: Ints,
    officials: Ints,
    owners: Ints,
    streams: Streams,
) -> Table:
    """Return benefit payments: person, programme, month, amount in fen, account, certifier, status, arrears."""
    rng = streams("benefits")
    parts = [
        _monthly(people, preset, officials, owners, 0.84, rng),
        _land(people, head, land, preset, 0.14, rng),
        _single(people, rng, max(5, preset.benefits // 60)),
    ]
    names = ("person", "programme", "month", "amount")
    table = Table(**{name: np.concatenate([part[name] for part in parts]) for name in names})
    count = len(table)
    person, month = table["person"], table["month"]
    table.extend("account", collecting(people, person, person_account))
    table.extend("certifier", cadres.of(people["village"][person], month))
    died = people["death"][person]
    dead = (died != NEVER) & (month > month_of(died)) & (table["programme"] < LAND)
    returned = (dead & (rng.random(count) < 0.6)) | (rng.random(count) < 0.002)
    table.extend("status", np.where(returned, RETURNED, PAID))
    table.extend("arrears", rng.random(count) < 0.01)
    table.extend("hidden", np.zeros(count, dtype=bool))
    return table


def collecting(people: Table, person: Ints, person_account: Ints) -> Ints:
    """Return the account that a benefit goes to: one's own, a parent's for a child."""
    own = person_account[person]
    father = people["father"][person]
    return np.where(own == NONE, np.where(father == NONE, NONE, person_account[father]), own)
