"""T17: benefits of several villagers are collected in the account of a cadre's household."""

import numpy as np

from bench.city.plant.cast import Cast
from bench.city.plant.model import Actor, CannotPlant, Need, Scheme
from bench.city.table import NEVER, NONE
from bench.city.welfare import LAND, PAID, RETURNED, day_of

QUERY, TYPOLOGY = "pooled_claims", "T17"
REASONS = ("relatives_card", "village_account", "cooperative", "returned")
_LEAST, _MOST_EACH = 3, 8


def _spells(cast: Cast, village: int, certifier: int) -> dict[int, list[int]]:
    """Return for each villager the monthly payments that a cadre certified, in order."""
    rows, people = cast.world.benefits, cast.world.people
    mine = np.flatnonzero(
        (rows["certifier"] == certifier) & (rows["programme"] <= LAND) & (rows["status"] == PAID) & ~rows["hidden"]
    )
    mine = mine[(people["village"][rows["person"][mine]] == village) & (people["death"][rows["person"][mine]] == NEVER)]
    found: dict[int, list[int]] = {}
    for row in mine[np.argsort(rows["month"][mine], kind="stable")].tolist():
        found.setdefault(int(rows["person"][row]), []).append(row)
    return {person: spell for person, spell in found.items() if len(spell) >= 3 and person not in cast.people}


def _village(cast: Cast, post: int) -> int:
    return int(cast.world.agencies["village"][cast.agency(post)])


def _chosen(cast: Cast, spells: dict[int, list[int]], count: int, apart: int) -> list[list[int]]:
    """Return payments of villagers of different households who were paid in the same months."""
    rows, world = cast.world.benefits, cast.world
    start = int(cast.rng.choice(np.array([int(rows["month"][spell[0]]) for spell in spells.values()])))
    found, homes = [], {int(world.head[apart])}
    for person in cast.rng.permutation(np.array(sorted(spells))).tolist():
        later = [row for row in spells[person] if rows["month"][row] >= start][:_MOST_EACH]
        home = int(world.head[person])
        if len(later) >= 3 and home not in homes:
            homes.add(home)
            found.append(later)
        if len(found) == count:
            return found
    raise CannotPlant("too few villagers")


def _family(cast: Cast, spells: dict[int, list[int]]) -> tuple[int, list[list[int]]]:
    """Return a grown child and the payments of two or more parents and parents-in-law."""
    for person in cast.rng.permutation(np.array(sorted(spells))).tolist():
        for child in cast.kin.children(person):
            old = [
                one.person
                for one in cast.kin.relatives(child)
                if one.word in ("父亲", "母亲", "岳父", "岳母", "公公", "婆婆")
            ]
            paid = [spells[one][:_MOST_EACH] for one in old if one in spells]
            if len(paid) >= 2 and cast.world.accounts.person[child] >= 0 and child not in cast.officials:
                return child, paid
    raise CannotPlant("no family")


def plant(cast: Cast, reason: str = "") -> Scheme:
    """Plant one; with a reason, the look-alike that this circumstance clears."""
    world, rng = cast.world, cast.rng
    post = cast.decider(
        lambda one: _village(cast, one) != NONE and len(_spells(cast, _village(cast, one), cast.official(one))) >= 8
    )
    official = cast.official(post)
    spells = _spells(cast, _village(cast, post), official)
    collector, actor = official, Actor("collector", "Person", official)
    accounts = world.accounts
    if reason == "relatives_card":
        collector, paid = _family(cast, spells)
        account = int(accounts.person[collector])
    else:
        paid = _chosen(cast, spells, int(rng.integers(_LEAST + 1, 8)), official)
        if not reason and rng.random() < 0.5:
            collector = cast.relative(official, lambda one: accounts.person[one.person] >= 0).person
        account = int(accounts.person[collector])
    if reason == "village_account":
        account, actor = int(accounts.agency[cast.agency(post)]), Actor("collector", "Agency", cast.agency(post))
    elif reason == "cooperative":
        line = int(world.companies["sector"].max())
        firm = cast.company(lambda one: bool(world.companies["sector"][one] == line))
        account, actor = int(accounts.company[firm]), Actor("collector", "Company", firm)
    else:
        actor = Actor("collector", "Person", collector)
    rows = [row for spell in paid for row in spell]
    world.benefits.put(rows, account=account)
    if reason == "returned":
        world.benefits.put(rows, status=RETURNED)
    core = [Actor("official", "Person", official, True), actor, Actor("account", "Account", account, True)]
    needs = [Need("benefit", [("补贴发放", row)]) for row in rows]
    needs.append(Need("account", [("账户", account)], joint=True))
    if collector != official and not reason:
        needs.append(Need("kin", cast.kin_facts(official, collector)))
    months = world.benefits["month"][rows]
    amount = float(world.benefits["amount"][rows].sum()) / 100
    return Scheme(
        TYPOLOGY,
        QUERY,
        core,
        needs,
        int(day_of(months.min())),
        int(day_of(months.max())),
        amount,
        reason=reason,
        post=post,
    )
