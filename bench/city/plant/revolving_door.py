"""T10: an official leaves and turns up in a company for which they had decided, or in its affiliate."""

import numpy as np

from bench.city.offices import CLERK, DEPUTY, HEAD
from bench.city.plant.acts import bid_apart, contracts_between
from bench.city.plant.cast import Cast
from bench.city.plant.model import Actor, CannotPlant, Need, Scheme
from bench.city.table import LAST_DAY, NEVER, NONE

QUERY, TYPOLOGY = "revolving_door", "T10"
REASONS = ("other_company", "after_cooling_off", "no_decision", "dealings_before")
_LOOK_BACK = 5 * 365
_COOLING_OFF = 3 * 365
_AFFILIATE_SHARE = 0.3


def _left(cast: Cast, post: int, reason: str) -> bool:
    """Tell whether a post was the last of somebody who left it early enough to turn up elsewhere."""
    end = int(cast.world.posts["end"][post])
    later = _COOLING_OFF + 200 if reason == "after_cooling_off" else 300
    if end == NEVER or end < 500 or end > LAST_DAY - later:
        return False
    ends = [int(cast.world.posts["end"][row]) for row in cast.posts_of[cast.official(post)]]
    # Who still sits elsewhere has not left.
    return NEVER not in ends and max(ends) == end and bool(_suppliers(cast, post, reason))


def _suppliers(cast: Cast, post: int, reason: str) -> list[int]:
    """Return suppliers with two contracts in the tenure, or for `dealings_before` with two before it and none in it."""
    world, agency = cast.world, cast.agency(post)
    start, end = cast.tenure(post)
    start = max(start, end - _LOOK_BACK)
    rows = cast.buys(agency, start, end) if reason != "dealings_before" else cast.buys(agency, 0, start)
    companies, counts = np.unique(world.contracts["company"][rows], return_counts=True)
    found = [
        int(one)
        for one in companies[counts >= 2]
        if int(one) not in cast.companies and cast.alive(int(one), end, end + 250)
    ]
    if reason == "dealings_before":
        found = [one for one in found if not contracts_between(cast, agency, one, start - 40, end + 40)]
    return found


def plant(cast: Cast, reason: str = "") -> Scheme:
    """Plant one; with a reason, the look-alike that this circumstance clears."""
    world, rng = cast.world, cast.rng
    roles = (CLERK,) if reason == "no_decision" else (HEAD, DEPUTY)
    post = cast.decider(lambda one: _left(cast, one, reason), roles)
    official, agency, (start, end) = cast.official(post), cast.agency(post), cast.tenure(post)
    supplier = int(rng.choice(np.array(_suppliers(cast, post, reason))))
    joins = supplier
    if reason == "other_company":
        joins = cast.company(
            lambda one: cast.alive(one, end, end + 250) and not contracts_between(cast, agency, one, 0, LAST_DAY)
        )
    world.posts.put(post, ended="left")
    wait = (
        int(rng.integers(_COOLING_OFF + 30, _COOLING_OFF + 150))
        if reason == "after_cooling_off"
        else int(rng.integers(20, min(700, LAST_DAY - end - 60)))
    )
    needs = [Need("power", cast.power_facts(post))]
    core = [Actor("official", "Person", official, True), Actor("company", "Company", supplier, True)]
    if not reason and rng.random() < _AFFILIATE_SHARE:
        joins = cast.company(lambda one: one != supplier and cast.alive(one, end, end + 250))
        bid_apart(cast, supplier, joins, set())
        needs.append(Need("control", [("股东", _own(cast, supplier, joins, end))]))
        core.append(Actor("affiliate", "Company", joins))
    role = ("经理", "副总经理", "董事")[int(rng.integers(0, 3))]
    begins = min(end + wait, LAST_DAY - 20)
    row = world.officers.add(company=joins, person=official, role=role, start=begins, end=NEVER, hidden=False)
    staff = world.staff.add(person=official, company=joins, start=begins, end=NEVER, hidden=False)
    needs.append(Need("joining", [("主要人员", int(row[0])), ("参保", int(staff[0]))], joint=True))
    first = end - _LOOK_BACK if reason != "dealings_before" else 0
    bought = contracts_between(cast, agency, supplier, max(first, start) if first else 0, end if first else start)
    if not bought:
        raise CannotPlant("no contracts")
    if reason == "no_decision":
        # A clerk who had no part in these contracts.
        world.contracts.put(bought, handler=NONE)
    needs += [Need("contract", [("合同", one)]) for one in bought]
    if reason == "other_company":
        core[1] = Actor("company", "Company", joins, True)
    amount = float(world.contracts["amount"][bought].sum())
    return Scheme(TYPOLOGY, QUERY, core, needs, start, begins, amount, reason=reason, post=post)


def _own(cast: Cast, parent: int, company: int, end: int) -> int:
    """Let a company hold most of another one; returns the row of the share."""
    shares = cast.world.shares
    mine = np.flatnonzero((shares["company"] == company) & (shares["end"] == NEVER))
    main = int(mine[np.argmax(shares["ratio"][mine])])
    shares.put(main, ratio=0.49)
    start = max(int(shares["start"][main]), end - 900)
    row = shares.add(company=company, person=NONE, parent=parent, ratio=0.51, start=start, end=NEVER, hidden=False)
    return int(row[0])
