"""Agencies and who held which post in them: heads, deputies with matters in their charge, clerks without power."""

from dataclasses import dataclass

import numpy as np

from bench.city.preset import Preset
from bench.city.streams import Streams
from bench.city.table import LAST_DAY, NEVER, NONE, Table, texts
from bench.city.words import words

HEAD, DEPUTY, CLERK = 0, 1, 2
DEPARTMENT, TOWN, VILLAGE, SCHOOL, HOSPITAL = 0, 1, 2, 3, 4
KINDS = ("党政机关", "乡镇政府", "村民委员会", "学校", "医院")
_SHARES = (0.24, 0.09, 0.45, 0.17, 0.05)
_POSTS = {
    DEPARTMENT: ("局长", "副局长", "科员"),
    TOWN: ("镇长", "副镇长", "科员"),
    VILLAGE: ("村党支部书记", "村委会副主任", "村委会委员"),
    SCHOOL: ("校长", "副校长", "教务员"),
    HOSPITAL: ("院长", "副院长", "采购员"),
}
_LEVELS = {HEAD: "正科级", DEPUTY: "副科级", CLERK: "科员"}
_DOCUMENT = "岚任〔{year}〕{number}号"


def place_names(count: int, rng: np.random.Generator) -> list[str]:
    """Return names of places, each once."""
    table = words()
    firsts, seconds = list(table["place_first"]), list(table["place_second"])
    every = [first + second for first in firsts for second in seconds]
    order = rng.permutation(len(every))
    return [
        every[at % len(every)] + ("" if at < len(every) else str(at // len(every)))
        for at in [int(order[n]) if n < len(order) else n for n in range(count)]
    ]


def make_agencies(preset: Preset, streams: Streams) -> Table:
    """Return agencies with name, kind, parent, district, and the village number of village committees."""
    rng = streams("agencies")
    counts = [max(2, round(preset.agencies * share)) for share in _SHARES]
    places = place_names(sum(counts[1:]), rng)
    names, kinds, parents, districts, villages = [], [], [], [], []
    table = words()
    zones = [table["city"], *table["districts"]]
    for number in range(counts[DEPARTMENT]):
        kind, zone = number % len(table["departments"]), number // len(table["departments"])
        suffix = "" if zone < len(zones) else f"第{zone - len(zones) + 1}分局"
        names.append(zones[min(zone, len(zones) - 1)] + table["departments"][kind] + suffix)
        kinds.append(DEPARTMENT)
        parents.append(NONE if zone == 0 else kind)
        districts.append(max(0, min(zone, len(zones) - 1) - 1))
        villages.append(NONE)
    first_town, at = counts[DEPARTMENT], 0
    for kind in (TOWN, VILLAGE, SCHOOL, HOSPITAL):
        for number in range(counts[kind]):
            district = number % len(table["districts"])
            where = table["districts"][district]
            place = places[at]
            at += 1
            name = {
                TOWN: f"{where}{place}镇人民政府",
                VILLAGE: f"{place}村",
                SCHOOL: f"{where}{place}{('中心小学', '初级中学')[number % 2]}",
                HOSPITAL: f"{where}{place}{('人民医院', '中心卫生院')[number % 2]}",
            }[kind]
            names.append(name)
            kinds.append(kind)
            if kind == VILLAGE:
                parents.append(first_town + number % counts[TOWN])
            else:
                parents.append({SCHOOL: 1, HOSPITAL: 2}.get(kind, NONE))
            districts.append(district)
            villages.append(number if kind == VILLAGE else NONE)
    return Table(
        name=texts(names),
        kind=np.array(kinds),
        parent=np.array(parents),
        district=np.array(districts),
        village=np.array(villages),
    )


@dataclass
class _Slot:
    agency: int
    role: int
    free_from: int


class _Staff:
    """Hands out officials: those who have just left a post of the same role, else somebody new."""

    def __init__(self, people: Table, agencies: Table, rng: np.random.Generator) -> None:
        self.rng, self.agencies = rng, agencies
        births, fit = people["birth"], people["death"] == NEVER
        self.births = births
        grown = np.flatnonzero(fit & (births < -24 * 365) & (births > -52 * 365))
        self.fresh = rng.permutation(grown).tolist()
        village = people["village"]
        self.villagers: dict[int, list[int]] = {}
        for person in self.fresh:
            self.villagers.setdefault(int(village[person]), []).append(person)
        self.taken: set[int] = set()
        self.waiting: dict[int, list[int]] = {HEAD: [], DEPUTY: [], CLERK: []}

    def next(self, slot: _Slot) -> int:
        village = int(self.agencies["village"][slot.agency])
        pool = self.waiting[slot.role]
        if village == NONE and pool and self.rng.random() < 0.8:
            return pool.pop(0)
        own = self.villagers.get(village, []) if village != NONE else []
        for source in (own, self.fresh):
            while source:
                person = source.pop()
                if person not in self.taken:
                    self.taken.add(person)
                    return person
        return NONE


def _slots(preset: Preset, agencies: Table, rng: np.random.Generator) -> list[_Slot]:
    count = len(agencies)
    slots = [_Slot(agency, HEAD, 0) for agency in range(count)]
    wanted = max(count + 4, int(preset.officials * 0.62))
    more = rng.permutation(np.tile(np.arange(count), 6))[: wanted - count]
    for number, agency in enumerate(more.tolist()):
        slots.append(_Slot(agency, DEPUTY if number % 2 == 0 else CLERK, 0))
    return slots


def make_posts(preset: Preset, people: Table, agencies: Table, streams: Streams) -> Table:
    """Return posts: person, agency, role, post, from, to (NEVER = still held), how it ended."""
    rng = streams("posts")
    staff = _Staff(people, agencies, rng)
    made: dict[str, list[object]] = {name: [] for name in ("person", "agency", "role", "start", "end", "ended")}
    open_slots = _slots(preset, agencies, rng)
    for slot in open_slots:
        slot.free_from = -int(rng.integers(1, 1500))
    while open_slots:
        open_slots.sort(key=lambda one: (one.free_from, one.agency, one.role))
        slot = open_slots.pop(0)
        if slot.free_from >= LAST_DAY - 400:
            continue
        person = staff.next(slot)
        if person == NONE:
            continue
        length = int(rng.integers(730, 1825)) * (2 if rng.random() < 0.4 else 1)
        retires = int(staff.births[person]) + 60 * 365
        end = min(slot.free_from + length, max(retires, slot.free_from + 400))
        how = "retired" if end == retires else ("moved" if rng.random() < 0.62 else "left")
        still = end >= LAST_DAY
        for name, value in zip(
            made,
            (person, slot.agency, slot.role, slot.free_from, NEVER if still else end, "" if still else how),
            strict=True,
        ):
            made[name].append(value)
        if not still:
            if how == "moved":
                staff.waiting[slot.role].append(person)
            open_slots.append(_Slot(slot.agency, slot.role, end + int(rng.integers(0, 60))))
    posts = Table(**{name: (texts(values) if name == "ended" else np.array(values)) for name, values in made.items()})
    kinds, roles = agencies["kind"][posts["agency"]].tolist(), posts["role"].tolist()
    posts.extend("post", texts([_POSTS[kind][role] for kind, role in zip(kinds, roles, strict=True)]))
    posts.extend("level", texts([_LEVELS[role] for role in roles]))
    return posts


def make_charges(agencies: Table, posts: Table, streams: Streams) -> Table:
    """Return what deputies are in charge of: post, person, agency, matter, from, to."""
    rng = streams("charges")
    deputies = np.flatnonzero(posts["role"] == DEPUTY)
    each = rng.integers(1, 4, len(deputies))
    rows = np.repeat(deputies, each)
    matters = words()["matters"]
    nth = np.arange(len(rows)) - np.repeat(np.cumsum(each) - each, each)
    first = rng.integers(0, len(matters), len(deputies))
    # Buying is in somebody's charge in most units.
    first = np.where(rng.random(len(deputies)) < 0.5, 0, first)
    matter = (np.repeat(first, each) + nth * 5) % len(matters)
    return Table(
        post=rows,
        person=posts["person"][rows],
        agency=posts["agency"][rows],
        matter=texts([matters[at] for at in matter.tolist()]),
        start=posts["start"][rows],
        end=posts["end"][rows],
    )


def document_number(start: int, number: int) -> str:
    """Return the number of an appointment document."""
    return _DOCUMENT.format(year=2014 + start // 365, number=number % 400 + 1)
