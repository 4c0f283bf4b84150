"""What registers hold of kin: declarations of officials, marriages; and acquaintances named in files."""

import numpy as np
from numpy.typing import NDArray

from bench.city.kin import Kin
from bench.city.preset import Knobs
from bench.city.streams import Streams
from bench.city.table import LAST_DAY, NEVER, NONE, Table, texts

Ints = NDArray[np.int64]
_BASES = ("个人有关事项报告", "干部人事档案", "干部任免审批表")
_ACQUAINTANCES = ("同学", "战友", "老同事", "司机", "同乡")


def make_kin_records(people: Table, officials: Ints, knobs: Knobs, streams: Streams) -> Table:
    """Return the relatives that officials declared: person, relative, word, from, to, basis; some left out."""
    rng, kin = streams("kin_records"), Kin(people)
    made: dict[str, list[object]] = {name: [] for name in ("person", "relative", "word", "start", "end", "through")}
    for person in officials.tolist():
        for one in kin.relatives(person):
            start = int(kin.married[one.through]) if one.through != NONE else NEVER
            for name, value in zip(
                made, (person, one.person, one.word, start, kin.ends(one), one.through), strict=True
            ):
                made[name].append(value)
    count = len(made["person"])
    table = Table(**{name: texts(values) if name == "word" else np.array(values) for name, values in made.items()})
    table.extend("basis", texts([_BASES[at] for at in rng.integers(0, 3, count).tolist()]))
    table.extend("hidden", rng.random(count) >= knobs.kin)
    return table


def make_marriages(people: Table, knobs: Knobs, streams: Streams) -> Table:
    """Return marriages and divorces that a civil office keeps since 1990: husband, wife, day, kind."""
    rng = streams("marriages")
    men = np.flatnonzero((people["sex"] == 0) & (people["spouse"] != NONE) & (people["married"] > -24 * 365))
    parted = men[people["divorced"][men] != NEVER]
    husband = np.concatenate([men, parted])
    day = np.concatenate([people["married"][men], people["divorced"][parted]])
    table = Table(husband=husband, wife=people["spouse"][husband], day=day, divorce=np.arange(len(husband)) >= len(men))
    table.extend("hidden", (rng.random(len(husband)) >= knobs.kin) | (day > LAST_DAY))
    return table


def make_acquaintances(people: Table, officials: Ints, streams: Streams) -> Table:
    """Return acquaintances that files name: person, other, kind, from."""
    rng = streams("acquaintances")
    person = np.repeat(officials, rng.integers(0, 3, len(officials)))
    adults = np.flatnonzero((people["birth"] < -22 * 365) & (people["death"] == NEVER))
    other = adults[rng.integers(0, len(adults), len(person))]
    apart = other != person
    kinds = texts([_ACQUAINTANCES[at] for at in rng.integers(0, len(_ACQUAINTANCES), int(apart.sum())).tolist()])
    return Table(person=person[apart], other=other[apart], kind=kinds, start=rng.integers(-5000, 0, int(apart.sum())))


def kin_owned(
    people: Table, posts: Table, shares: Table, officers: Table, companies: Table, deciders: Ints
) -> set[tuple[int, int]]:
    """Return (agency, company) pairs where relatives of a head or deputy of the agency own or direct the company."""
    owned: dict[int, set[int]] = {}
    for table, column in ((companies, "rep"), (shares, "person"), (officers, "person")):
        company = table["company"] if column == "person" else np.arange(len(companies))
        for person, firm in zip(table[column].tolist(), company.tolist(), strict=True):
            if person != NONE:
                owned.setdefault(person, set()).add(firm)
    kin, found = Kin(people), set()
    for row in deciders.tolist():
        person, agency = int(posts["person"][row]), int(posts["agency"][row])
        near = {one.person for one in kin.relatives(person)}
        near |= {two.person for one in list(near) for two in kin.relatives(one) if two.steps == 1}
        for relative in near:
            found |= {(agency, firm) for firm in owned.get(relative, ())}
    return found
