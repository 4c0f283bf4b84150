"""T01: a relative's company wins contracts from the agency where the official decides."""

import numpy as np

from bench.city.kin import Relative
from bench.city.plant.acts import hand_contract, part, rename, take_over
from bench.city.plant.cast import Cast
from bench.city.plant.model import Actor, CannotPlant, Need, Scheme
from bench.city.table import NEVER, NONE

QUERY, TYPOLOGY = "shadow_company", "T01"
REASONS = ("recused", "before_post", "divorced_before", "other_agency", "not_in_control", "same_name")
_FEWEST, _MOST = 2, 5


def _same_line(cast: Cast, agency: int, start: int, end: int) -> list[int]:
    """Return contracts of the line of business in which an agency buys most, in order of signing."""
    contracts, tenders = cast.world.contracts, cast.world.tenders
    rows = cast.unused(agency, start, end)
    if not rows:
        return []
    lines = tenders["sector"][contracts["tender"][rows]]
    best = int(np.bincount(lines).argmax())
    mine = [row for row, line in zip(rows, lines.tolist(), strict=True) if line == best]
    return sorted(mine, key=lambda row: int(contracts["signed"][row]))


def _amount(cast: Cast, rows: list[int]) -> float:
    return float(cast.world.contracts["amount"][rows].sum())


def _enough(cast: Cast, post: int, before: bool) -> bool:
    start, end = cast.tenure(post)
    rows = _same_line(cast, cast.agency(post), start, end)
    if len(rows) < _FEWEST or _amount(cast, rows[:_MOST]) < 150_000:
        return False
    if not before:
        return True
    earlier = cast.unused(cast.agency(post), 0, start)
    posts = cast.world.posts
    same = [row for row in cast.posts_of[cast.official(post)] if posts["agency"][row] == posts["agency"][post]]
    first = all(posts["start"][row] >= posts["start"][post] for row in same)
    return first and start > 700 and len(earlier) >= _MOST


def _by_marriage(one: Relative) -> bool:
    return one.through != NONE and one.steps == 1


def _owner(cast: Cast, relative: int, reason: str) -> int:
    if reason not in ("same_name", "not_in_control"):
        return relative
    sex = cast.world.people["sex"]
    owner = cast.stranger(lambda one: bool(one != relative and sex[one] == sex[relative]))
    if reason == "same_name":
        rename(cast, owner, relative)
    return owner


def plant(cast: Cast, reason: str = "") -> Scheme:
    """Plant one; with a reason, the look-alike that this circumstance clears."""
    world, rng = cast.world, cast.rng
    post = cast.decider(lambda one: _enough(cast, one, reason == "before_post"))
    official, agency, (start, end) = cast.official(post), cast.agency(post), cast.tenure(post)
    wanted = _by_marriage if reason == "divorced_before" else (lambda one: True)
    relative = cast.relative(official, wanted)
    bought = _same_line(cast, agency, start, end)[: int(rng.integers(_FEWEST + 1, _MOST + 1))]
    if reason == "other_agency":
        other = cast.decider(lambda one: cast.agency(one) != agency and _enough(cast, one, False))
        bought = _same_line(cast, cast.agency(other), *cast.tenure(other))[:_MOST]
    first, last = (int(world.contracts["signed"][row]) for row in (bought[0], bought[-1]))
    line = int(world.tenders["sector"][world.contracts["tender"][bought[0]]])
    company = cast.company(
        lambda one: bool(world.companies["sector"][one] == line) and cast.alive(one, first - 60, last + 60)
    )
    owner = _owner(cast, relative.person, reason)
    earlier: list[int] = []
    if reason == "before_post":
        earlier = cast.unused(agency, 0, start)[: len(bought)]
        if len(earlier) < len(bought):
            raise CannotPlant("too few earlier contracts")
        begin = int(world.contracts["signed"][earlier].min()) - 100
    else:
        begin = min(int(world.posts["start"][post]) + int(rng.integers(-90, 300)), first - 40)
    take_over(cast, company, owner, begin)
    _clear_other_sales(cast, company, agency, begin, set(bought))
    for contract in [*bought, *earlier]:
        hand_contract(cast, contract, company)
    _circumstance(cast, reason, official, relative, company, bought, first)
    who = relative.person
    needs = [
        Need("kin", cast.kin_facts(official, who), joint=True),
        Need("control", cast.control_facts(owner, company)),
        Need("power", cast.power_facts(post)),
        *(Need("contract", [("合同", row)]) for row in bought),
    ]
    core = [
        Actor("official", "Person", official, True),
        Actor("relative", "Person", who),
        Actor("company", "Company", company, True),
    ]
    return Scheme(TYPOLOGY, QUERY, core, needs, first, last, _amount(cast, bought), reason=reason, post=post)


def _clear_other_sales(cast: Cast, company: int, agency: int, begin: int, bought: set[int]) -> None:
    """Most of what the company sells to the public goes to this agency: most of its other contracts fall to others."""
    contracts, companies = cast.world.contracts, cast.world.companies
    rows = np.flatnonzero((contracts["company"] == company) & (contracts["signed"] > begin))
    for row in rows.tolist():
        if row in bought or row in cast.contracts or (contracts["agency"][row] != agency and cast.rng.random() < 0.3):
            continue
        day = int(contracts["signed"][row])
        rivals = np.flatnonzero(companies["sector"] == companies["sector"][company])
        others = {int(one) for one in rivals if one != company and cast.alive(int(one), day, day)}
        other = cast.company(others.__contains__)
        hand_contract(cast, row, other)


def _circumstance(
    cast: Cast, reason: str, official: int, relative: Relative, company: int, bought: list[int], first: int
) -> None:
    world = cast.world
    if reason == "recused":
        for row in bought:
            day = int(world.contracts["signed"][row]) - int(cast.rng.integers(5, 25))
            note = "供应商系本人亲属控制,申请回避"
            world.recusals.add(person=official, contract=row, benefit=NONE, day=day, note=note, hidden=False)
    elif reason == "divorced_before":
        part(cast, official, relative.person, first - int(cast.rng.integers(60, 400)))
    elif reason == "not_in_control":
        world.officers.add(
            company=company, person=relative.person, role="监事", start=first - 300, end=NEVER, hidden=False
        )
