"""Four generations: couples, children who take the father's surname, marriages, deaths."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.city.preset import Knobs, Preset
from bench.city.streams import Streams, weighted
from bench.city.table import LAST_DAY, NEVER, NONE, Table, join, texts
from bench.city.words import words

_FOUNDERS_SHARE = 7.4  # people in all for each founding couple
_CHILDREN = (2.9, 1.75, 1.25)
_YEAR = 365.25
_MARRY_BY = 2001
_REPORT_LATE = 0.05
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Villages:
    """Where people live: how many come from each and which surname is commonest there."""

    weights: NDArray[np.float64]
    surname: Ints
    share: NDArray[np.float64]


def make_villages(count: int, rng: np.random.Generator) -> Villages:
    """Draw villages; a fifth to three fifths of the families of one share a surname."""
    common = np.minimum(rng.zipf(1.4, count) - 1, len(words()["surnames"]) - 1)
    return Villages(rng.lognormal(0, 0.5, count), common, rng.uniform(0.2, 0.6, count))


def _surnames(villages: Villages, village: Ints, rng: np.random.Generator) -> Ints:
    count = len(words()["surnames"])
    general = weighted(rng, 1 / (np.arange(count) + 3.0), len(village))
    own = rng.random(len(village)) < villages.share[village]
    return np.where(own, villages.surname[village], general)


def _persons(sex: Ints, birth: Ints, village: Ints, surname: Ints, generation: int) -> Table:
    none = np.full(len(sex), NONE, dtype=np.int64)
    never = np.full(len(sex), NEVER, dtype=np.int64)
    return Table(
        sex=sex,
        birth=birth,
        village=village,
        surname=surname,
        generation=np.full(len(sex), generation),
        father=none,
        mother=none.copy(),
        spouse=none.copy(),
        married=never,
        divorced=never.copy(),
    )


def _day(year: NDArray[np.float64] | float) -> NDArray[np.float64] | float:
    return (year - 2014) * _YEAR


def _founders(couples: int, villages: Villages, rng: np.random.Generator) -> Table:
    village = weighted(rng, villages.weights, couples)
    birth = np.asarray(_day(rng.uniform(1926, 1949, couples))).astype(np.int64)
    wives_birth = birth + rng.normal(700, 900, couples).astype(np.int64)
    men = _persons(np.zeros(couples, np.int64), birth, village, _surnames(villages, village, rng), 0)
    women = _persons(np.ones(couples, np.int64), wives_birth, village, _surnames(villages, village, rng), 0)
    both = join([men, women])
    here = np.arange(couples)
    both.put(here, spouse=here + couples)
    both.put(here + couples, spouse=here)
    wed = np.maximum(birth, wives_birth) + rng.integers(7300, 9500, couples)
    both.put(np.arange(2 * couples), married=np.concatenate([wed, wed]))
    return both


def _children(people: Table, first: int, mean: float, rng: np.random.Generator) -> Table:
    fathers = np.arange(first, len(people))
    fathers = fathers[(people["sex"][first:] == 0) & (people["spouse"][first:] != NONE)]
    counts = np.clip(rng.poisson(mean, len(fathers)), 0, 6)
    father = np.repeat(fathers, counts)
    nth = np.arange(len(father)) - np.repeat(np.cumsum(counts) - counts, counts)
    gap = rng.integers(400, 1500, len(father))
    birth = people["married"][father] + 200 + nth * 900 + gap
    keep = birth < LAST_DAY
    father, birth = father[keep], birth[keep]
    made = _persons(
        rng.integers(0, 2, len(father)),
        birth,
        people["village"][father],
        people["surname"][father],
        int(people["generation"][first]) + 1,
    )
    made.put(np.arange(len(father)), father=father, mother=people["spouse"][father])
    return made


def _marry(people: Table, first: int, villages: Villages, rng: np.random.Generator) -> None:
    here = np.arange(first, len(people))
    grown = (people["birth"][here] < _day(float(_MARRY_BY))) & (rng.random(len(here)) < 0.9)
    here = here[grown]
    men, women = here[people["sex"][here] == 0], here[people["sex"][here] == 1]
    # Ages go together, and most people marry within a few villages.
    men = men[np.argsort(people["birth"][men] + rng.normal(0, 500, len(men)), kind="stable")]
    women = women[np.argsort(people["birth"][women] - 700 + rng.normal(0, 500, len(women)), kind="stable")]
    pairs = min(len(men), len(women))
    men, women = men[:pairs], women[:pairs]
    apart = people["father"][men] != people["father"][women]
    men, women = men[apart], women[apart]
    wed = np.maximum(people["birth"][men], people["birth"][women]) + rng.integers(7400, 10_500, len(men))
    people.put(men, spouse=women, married=wed)
    people.put(women, spouse=men, married=wed)
    young = people["generation"][men] >= 2
    town = np.where(
        young & (rng.random(len(men)) < 0.35), weighted(rng, villages.weights, len(men)), people["village"][men]
    )
    people.put(men, village=town)
    people.put(women, village=town)
    ends = wed + rng.integers(700, 8000, len(men))
    parted = (rng.random(len(men)) < 0.13) & (ends < LAST_DAY)
    people.put(men[parted], divorced=ends[parted])
    people.put(women[parted], divorced=ends[parted])


def _deaths(people: Table, rng: np.random.Generator) -> None:
    """Draw the day of death of everyone alive in 2014 by age (Gompertz), and how late it was registered."""
    age = np.maximum(-people["birth"] / _YEAR, 0)
    slope = 0.088
    hazard = 0.00035 * np.exp(slope * np.maximum(age - 30, 0))
    years = np.log1p(slope * rng.exponential(1, len(people)) / hazard) / slope
    born = np.maximum(people["birth"], 0)
    day = np.minimum(born + years * _YEAR, 99_999).astype(np.int64)
    lag = np.minimum(rng.exponential(18, len(people)) + 1, 60).astype(np.int64)
    late = rng.random(len(people)) < _REPORT_LATE
    lag = np.where(late, rng.integers(60, 200, len(people)), lag)
    dead = day + lag < LAST_DAY
    people.extend("death", np.where(dead, day, NEVER))
    people.extend("death_hidden", np.zeros(len(people), dtype=bool))
    people.extend("death_registered", np.where(dead, day + lag, NEVER))


def _given_names(people: Table, knobs: Knobs, rng: np.random.Generator) -> None:
    table, count = words(), len(people)
    surname = np.array(list(table["surnames"]))[people["surname"]]
    parts = np.empty((2, count), dtype="<U1")
    for sex, word in ((0, "male"), (1, "female")):
        old, new = np.array(list(table[f"{word}_old"])), np.array(list(table[f"{word}_new"]))
        modern = rng.random(count) < np.clip((people["birth"] / _YEAR + 44) / 40, 0.03, 0.97)
        mine = people["sex"] == sex
        for place in range(2):
            drawn = np.where(modern, new[rng.integers(0, len(new), count)], old[rng.integers(0, len(old), count)])
            parts[place] = np.where(mine, drawn, parts[place])
    single = rng.random(count) < np.clip((people["birth"] / _YEAR + 50) / 120, 0.05, 0.3)
    given = np.where(single, parts[0], np.char.add(parts[0], parts[1]))
    # A popular name spreads: some bear that of another person of their surname.
    order = np.lexsort((rng.random(count), people["sex"], people["surname"]))
    borrowed = given.copy()
    borrowed[order[1:]] = given[order[:-1]]
    given = np.where(rng.random(count) < knobs.collisions, borrowed, given)
    people.extend("name", texts(np.char.add(surname, given).tolist()))


def make_people(preset: Preset, knobs: Knobs, villages: Villages, streams: Streams) -> Table:
    """Return the persons of a city, with parents, spouses and deaths; in no order that tells anything."""
    rng = streams("people")
    couples = max(8, int(preset.people / _FOUNDERS_SHARE))
    people, first = _founders(couples, villages, rng), 0
    for number, mean in enumerate(_CHILDREN):
        made = _children(people, first, mean, rng)
        first = len(people)
        people = join([people, made])
        if number < len(_CHILDREN) - 1:
            _marry(people, first, villages, rng)
    # The youngest generation has no children: leaving some of them out breaks nothing.
    people = Table(**{name: people[name][: preset.people] for name in people.names})
    _deaths(people, rng)
    _given_names(people, knobs, rng)
    return people
