"""T15: one need is cut into contracts that each stay just under the threshold."""

import numpy as np

from bench.city.money import CODE, NORMAL
from bench.city.plant.acts import bid_apart, take_over
from bench.city.plant.cast import Cast
from bench.city.plant.model import Actor, CannotPlant, Fact, Need, Scheme
from bench.city.procurement import CHANGE_DAY, CLASSES, OWN_BUY, limit_of
from bench.city.table import LAST_DAY, NONE
from bench.city.words import sectors

QUERY, TYPOLOGY = "split_below_threshold", "T15"
REASONS = ("monthly_need", "framework", "different_sites", "spread_out", "higher_limit")
_WINDOW = 85
_GROUP_SHARE = 0.3


def _days(cast: Cast, post: int, count: int, reason: str) -> list[int]:
    start, end = cast.tenure(post)
    length = {"monthly_need": 31 * count, "spread_out": 130 * count}.get(reason, _WINDOW)
    low, high = max(start + 30, 100), min(end, LAST_DAY - 120) - length
    if reason == "higher_limit":
        low = max(low, CHANGE_DAY + 10)
    if not reason and low < CHANGE_DAY < high + length:
        # All of them under one threshold.
        low, high = (
            (low, CHANGE_DAY - length - 5) if CHANGE_DAY - low > high + length - CHANGE_DAY else (CHANGE_DAY + 5, high)
        )
    if low >= high:
        raise CannotPlant("the tenure is too short")
    first = int(cast.rng.integers(low, high))
    if reason in ("monthly_need", "spread_out"):
        return [first + nth * (31 if reason == "monthly_need" else 130) for nth in range(count)]
    return sorted(first + int(day) for day in cast.rng.integers(0, _WINDOW - 15, count))


def plant(cast: Cast, reason: str = "") -> Scheme:
    """Plant one; with a reason, the look-alike that this circumstance clears."""
    world, rng = cast.world, cast.rng

    def fits(post: int) -> bool:
        start, end = cast.tenure(post)
        return end - start > 900 and len(cast.buys(cast.agency(post), start, end)) >= 4

    post = cast.decider(fits)
    official, agency = cast.official(post), cast.agency(post)
    count = int(rng.integers(3, 6)) if reason not in ("monthly_need", "spread_out") else int(rng.integers(4, 7))
    days = _days(cast, post, count, reason)
    food = next(at for at, one in enumerate(sectors()) if one.item == "食材配送")
    line = food if reason == "monthly_need" else int(rng.integers(0, len(sectors())))
    companies = world.companies

    def sells(one: int) -> bool:
        return bool(companies["sector"][one] == line) and cast.alive(one, days[0] - 60, days[-1] + 60)

    firms = [cast.company(sells)]
    core = [
        Actor("official", "Person", official, True),
        Actor("buyer", "Agency", agency, True),
        Actor("companies", "Company", firms[0], True),
    ]
    needs = [Need("power", cast.power_facts(post))]
    if not reason and rng.random() < _GROUP_SHARE:
        firms.append(cast.company(lambda one: sells(one) and one != firms[0]))
        owner = cast.stranger()
        bid_apart(cast, firms[0], firms[1], set())
        for firm in firms:
            take_over(cast, firm, owner, days[0] - int(rng.integers(200, 700)))
            needs.append(Need("control", cast.control_facts(owner, firm), joint=firm == firms[1]))
        core += [Actor("companies", "Company", firms[1], True), Actor("controller", "Person", owner)]
    rows = _contracts(cast, agency, line, firms, days, reason)
    limits = sorted({int(day >= CHANGE_DAY) for day in days})
    needs += [Need("limit", [limit_fact(sectors()[line].class_, later)]) for later in limits]
    needs += [Need("contract", [("合同", row)]) for row in rows]
    amount = float(world.contracts["amount"][rows].sum())
    return Scheme(TYPOLOGY, QUERY, core, needs, days[0], days[-1], amount, reason=reason, post=post)


def limit_fact(class_: str, later: int) -> Fact:
    """Return the row of the threshold below which no bidders need to be invited."""
    return ("采购限额", CLASSES.index(class_) * 2 + later)


def _contracts(cast: Cast, agency: int, line: int, firms: list[int], days: list[int], reason: str) -> list[int]:
    world, rng, made = cast.world, cast.rng, []
    need = int(rng.integers(0, 4))
    handler = _usual_handler(cast, agency, days[0])
    for nth, day in enumerate(days):
        limit = limit_of(sectors()[line].class_, day if reason != "higher_limit" else 0)
        amount = int(np.round(limit * rng.uniform(0.905, 0.998), -3 if rng.random() < 0.4 else 0))
        budget = min(int(amount * rng.uniform(1.0, 1.02)), limit - 100)
        opened = day - int(rng.integers(3, 12))
        firm = firms[nth % len(firms)]
        tender = world.tenders.add(
            agency=agency,
            sector=line,
            need=need,
            budget=int(np.round(budget, -2)),
            opened=opened,
            announced=opened - int(rng.integers(8, 32)),
            method=OWN_BUY,
            bid_out=False,
            agent=NONE,
            hidden=False,
        )
        world.bids.add(tender=tender[0], company=firm, price=amount, won=True, lot=0, hidden=False)
        note = {"framework": f"(框架协议项下第{nth + 1}次订货)", "different_sites": f"({nth + 1}号校区)"}.get(
            reason, ""
        )
        accepted = min(day + int(rng.integers(20, 120)), LAST_DAY)
        row = world.contracts.add(
            tender=tender[0],
            agency=agency,
            company=firm,
            amount=amount,
            signed=day,
            handler=handler,
            accepted=accepted,
            note=note,
            hidden=False,
        )
        made.append(int(row[0]))
        _pay(cast, int(row[0]), agency, firm, amount, accepted)
    return made


def _usual_handler(cast: Cast, agency: int, day: int) -> int:
    contracts = cast.world.contracts
    near = [row for row in cast.contracts_of.get(agency, []) if abs(int(contracts["signed"][row]) - day) < 200]
    return int(contracts["handler"][near[0]]) if near else NONE


def _pay(cast: Cast, contract: int, agency: int, firm: int, amount: int, day: int) -> None:
    world = cast.world
    paid = min(day + int(cast.rng.integers(5, 30)), LAST_DAY)
    second = int(cast.rng.integers(32_000, 61_000))
    transfer = world.transfers.add(
        payer=world.accounts.agency[agency],
        payee=world.accounts.company[firm],
        day=paid,
        second=second,
        amount=amount * 100,
        summary=CODE["财政直接支付"],
        state=NORMAL,
    )
    world.payments.add(
        contract=contract, amount=amount * 100, day=paid, part=0, time=second, transfer=transfer[0], hidden=False
    )
