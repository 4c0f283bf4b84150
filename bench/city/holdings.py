"""What people own or rent, sentences served: the registers that a means test looks at."""

import numpy as np
from numpy.typing import NDArray

from bench.city.offices import VILLAGE
from bench.city.preset import Preset
from bench.city.streams import Streams
from bench.city.table import LAST_DAY, NEVER, Table, texts
from bench.city.words import words

Ints = NDArray[np.int64]
VEHICLES = ("小型轿车", "小型普通客车", "轻型货车", "二轮摩托车")
TERMS = ("实刑", "实刑", "缓刑", "社区矫正")


def make_vehicles(people: Table, poor: Ints, streams: Streams) -> Table:
    """Return vehicles: owner, kind, from, to; people on minimum support have none, as the rule is."""
    rng = streams("vehicles")
    able = (people["birth"] < -20 * 365) & (people["death"] == NEVER)
    able[poor] = False
    adults = np.flatnonzero(able)
    owner = adults[rng.random(len(adults)) < 0.24]
    start = rng.integers(-1500, LAST_DAY - 100, len(owner))
    sold = start + rng.integers(400, 4000, len(owner))
    end = np.where((sold < LAST_DAY) & (rng.random(len(owner)) < 0.5), sold, NEVER)
    kind = texts([VEHICLES[at] for at in rng.choice(4, len(owner), p=[0.55, 0.2, 0.1, 0.15]).tolist()])
    return Table(person=owner, kind=kind, start=start, end=end, hidden=np.zeros(len(owner), bool))


def make_flats(people: Table, poor: Ints, streams: Streams) -> Table:
    """Return flats in town: owner, place, from, price in yuan."""
    rng, table = streams("flats"), words()
    able = (people["birth"] < -26 * 365) & (people["death"] == NEVER)
    able[poor] = False
    adults = np.flatnonzero(able)
    owner = adults[rng.random(len(adults)) < 0.1]
    where = rng.integers(0, 40, len(owner))
    place = texts(
        [
            f"{table['districts'][at % 6]}{table['place_first'][at]}苑{n % 30 + 1}栋{n % 11 + 1}0{n % 4 + 1}室"
            for n, at in enumerate(where.tolist())
        ]
    )
    price = np.round(rng.normal(520_000, 130_000, len(owner)).clip(150_000), -3).astype(np.int64)
    return Table(
        person=owner,
        place=place,
        start=rng.integers(-1500, LAST_DAY - 100, len(owner)),
        price=price,
        hidden=np.zeros(len(owner), bool),
    )


def make_sentences(people: Table, drawing: Ints, streams: Streams) -> Table:
    """Return sentences served: person, from, to, kind (probation is no prison); of nobody who draws support."""
    rng = streams("sentences")
    adults = np.flatnonzero((people["birth"] < -20 * 365) & (people["birth"] > -65 * 365) & (people["death"] == NEVER))
    adults = np.setdiff1d(adults, drawing)
    person = rng.choice(adults, size=max(3, len(adults) // 250), replace=False)
    start = rng.integers(0, LAST_DAY - 200, len(person))
    kind = texts([TERMS[at] for at in rng.integers(0, 4, len(person)).tolist()])
    return Table(
        person=person,
        start=start,
        end=start + rng.integers(120, 1800, len(person)),
        kind=kind,
        hidden=np.zeros(len(person), bool),
    )


def make_leases(preset: Preset, people: Table, agencies: Table, streams: Streams) -> Table:
    """Return leases of village land: village, lessee, area in mu, rent in yuan a year, from, to."""
    rng = streams("leases")
    villages = np.flatnonzero(agencies["kind"] == VILLAGE)
    adults = np.flatnonzero((people["birth"] < -25 * 365) & (people["death"] == NEVER))
    count = preset.leases
    start = rng.integers(-1000, LAST_DAY - 200, count)
    area = np.round(rng.gamma(2, 14, count) + 1, 1)
    return Table(
        agency=villages[rng.integers(0, len(villages), count)],
        person=adults[rng.integers(0, len(adults), count)],
        area=area,
        rent=np.round(area * rng.normal(420, 90, count).clip(120)),
        start=start,
        end=start + 365 * rng.integers(1, 15, count),
        minutes=rng.random(count) < 0.85,
    )
