"""Companies: births and deaths, owners and their changes, staff, addresses in parks, phones of bookkeepers, groups."""

import numpy as np
from numpy.typing import NDArray

from bench.city.kin import Kin
from bench.city.numbers import credit_codes, phones
from bench.city.preset import Preset
from bench.city.streams import Streams, weighted
from bench.city.table import LAST_DAY, NEVER, NONE, Table, texts
from bench.city.words import sectors, words

_PARK_SHARE, _BOOKKEEPER_SHARE, _GROUP_SHARE = 0.35, 0.3, 0.05
OFFICERS = ("执行董事", "经理", "监事", "财务负责人")
Ints = NDArray[np.int64]


def company_names(sector: Ints, blocked: frozenset[str], rng: np.random.Generator) -> list[str]:
    """Return names of companies, each once and none on the block list."""
    table, taken = words(), set(blocked)
    chars, lines = list(table["company_first"]), sectors()
    zones = [table["city"][:2], *(name[:2] for name in table["districts"])]
    found = []
    for line in sector.tolist():
        while True:
            count = 2 if rng.random() < 0.7 else 3
            own = "".join(chars[at] for at in rng.integers(0, len(chars), count))
            name = f"{zones[int(rng.integers(0, len(zones)))]}{own}{lines[line].word}有限公司"
            if name not in taken:
                break
        taken.add(name)
        found.append(name)
    return found


def _places(count: int, rng: np.random.Generator) -> tuple[list[str], list[str]]:
    """Return an address and a phone for each company; some are shared, as in parks and by bookkeepers."""
    table = words()
    zones = table["districts"]
    own = [
        f"{zones[at % len(zones)]}{table['place_first'][at % 40]}{table['place_second'][at % 20]}路{at % 380 + 1}号"
        for at in rng.permutation(count * 3)[:count].tolist()
    ]
    parks = max(1, int(count * _PARK_SHARE / 28))
    park = np.where(rng.random(count) < _PARK_SHARE, weighted(rng, rng.lognormal(0, 1, parks), count), NONE)
    address = [
        f"{zones[at % len(zones)]}产业园{at // len(zones) + 1}号楼" if at != NONE else own[n]
        for n, at in enumerate(park.tolist())
    ]
    numbers = phones(count * 2, rng)
    keepers = max(1, int(count * _BOOKKEEPER_SHARE / 14))
    keeper = np.where(rng.random(count) < _BOOKKEEPER_SHARE, weighted(rng, rng.lognormal(0, 0.7, keepers), count), NONE)
    phone = [numbers[count + at] if at != NONE else numbers[n] for n, at in enumerate(keeper.tolist())]
    return address, phone


def make_companies(
    preset: Preset, people: Table, officials: Ints, blocked: frozenset[str], streams: Streams
) -> tuple[Table, Table, Table]:
    """Return companies, shares and officers.

    Officials own no companies; their relatives do, as often as other people.
    """
    rng = streams("companies")
    count = preset.companies
    sector = rng.integers(0, len(sectors()), count)
    address, phone = _places(count, rng)
    founded = np.where(rng.random(count) < 0.55, rng.integers(-4500, 0, count), rng.integers(0, LAST_DAY - 300, count))
    life = (rng.exponential(9000, count) + 700).astype(np.int64)
    dissolved = np.where(founded + life < LAST_DAY, np.maximum(founded + life, 30), NEVER)
    grown = (people["birth"] < -24 * 365) & (people["birth"] > -68 * 365) & (people["death"] == NEVER)
    grown[officials] = False
    owners = rng.choice(np.flatnonzero(grown), size=count, replace=count > grown.sum() // 2)
    companies = Table(
        name=texts(company_names(sector, blocked, rng)),
        code=credit_codes(count, rng),
        founded=founded,
        dissolved=dissolved,
        capital=rng.choice([50, 100, 200, 300, 500, 1000, 2000], count) * 10_000,
        rep=owners,
        sector=sector,
        address=texts(address),
        phone=texts(phone),
        size=rng.lognormal(0, 1, count),
        insured=np.zeros(count, np.int64),
    )
    shares, officers = _owners(companies, people, np.flatnonzero(grown), rng)
    return companies, shares, officers


def _second_holder(kin: Kin, owner: int, adults: Ints, allowed: set[int], rng: np.random.Generator) -> int:
    if rng.random() < 0.5:
        near = [one.person for one in kin.relatives(owner) if kin.lasting(one) and one.person in allowed]
        if near:
            return near[int(rng.integers(0, len(near)))]
    return int(adults[int(rng.integers(0, len(adults)))])


def _owners(companies: Table, people: Table, adults: Ints, rng: np.random.Generator) -> tuple[Table, Table]:
    kin, allowed = Kin(people), set(adults.tolist())
    share: dict[str, list[int | float]] = {
        name: [] for name in ("company", "person", "parent", "ratio", "start", "end")
    }
    office: dict[str, list[object]] = {name: [] for name in ("company", "person", "role", "start", "end")}

    def hold(company: int, person: int, parent: int, ratio: float, start: int, end: int) -> None:
        for name, value in zip(share, (company, person, parent, ratio, start, end), strict=True):
            share[name].append(value)

    def serve(company: int, person: int, role: str, start: int, end: int) -> None:
        for name, value in zip(office, (company, person, role, start, end), strict=True):
            office[name].append(value)

    for company in range(len(companies)):
        owner, start = int(companies["rep"][company]), int(companies["founded"][company])
        end = int(companies["dissolved"][company])
        begin = start
        if rng.random() < 0.15 and start < LAST_DAY - 900:
            # Taken over from somebody else on a day in between.
            begin = int(rng.integers(max(start + 200, 0), LAST_DAY - 200))
            former = int(adults[int(rng.integers(0, len(adults)))])
            hold(company, former, NONE, 1.0, start, begin)
            serve(company, former, OFFICERS[0], start, begin)
        if rng.random() < _GROUP_SHARE and company > 0:
            hold(company, NONE, int(rng.integers(0, company)), 0.51, begin, NEVER)
            hold(company, owner, NONE, 0.49, begin, NEVER)
        elif rng.random() < 0.6:
            ratio = int(rng.integers(51, 91)) / 100
            hold(company, owner, NONE, ratio, begin, NEVER)
            hold(company, _second_holder(kin, owner, adults, allowed, rng), NONE, round(1 - ratio, 2), begin, NEVER)
        else:
            hold(company, owner, NONE, 1.0, begin, NEVER)
        serve(company, owner, OFFICERS[0] if rng.random() < 0.7 else OFFICERS[1], begin, end)
        other = _second_holder(kin, owner, adults, allowed, rng)
        serve(company, other, OFFICERS[2] if rng.random() < 0.7 else OFFICERS[3], begin, end)
    shares = Table(**{name: np.array(values) for name, values in share.items()})
    officers = Table(**{name: texts(values) if name == "role" else np.array(values) for name, values in office.items()})
    return shares, officers


def make_staff(companies: Table, people: Table, officials: Ints, streams: Streams) -> Table:
    """Return insured employees: person, company, from, to; also fills in how many each company insures."""
    rng = streams("staff")
    grown = (people["birth"] < -20 * 365) & (people["birth"] > -58 * 365) & (people["death"] == NEVER)
    grown[officials] = False
    workers = rng.permutation(np.flatnonzero(grown))
    workers = workers[: int(len(workers) * 0.45)]
    company = weighted(rng, companies["size"], len(workers))
    founded, dissolved = companies["founded"][company], companies["dissolved"][company]
    start = np.maximum(founded + 20, rng.integers(-1500, LAST_DAY - 400, len(workers)))
    end = start + (rng.exponential(1800, len(workers)) + 200).astype(np.int64)
    end = np.where((dissolved != NEVER) & (end > dissolved), dissolved, end)
    fits = (start < LAST_DAY - 60) & (end > start + 60)
    staff = Table(
        person=workers[fits],
        company=company[fits],
        start=start[fits],
        end=np.where(end[fits] >= LAST_DAY, NEVER, end[fits]),
    )
    now = staff["company"][staff["end"] == NEVER]
    companies.put(np.arange(len(companies)), insured=np.bincount(now, minlength=len(companies)))
    return staff
