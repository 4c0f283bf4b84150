"""T05: after an agency pays a supplier, a part of each payment reaches the people of whoever decided there."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from bench.city.plant.acts import contracts_between, payments_of, send
from bench.city.plant.cast import Cast
from bench.city.plant.model import Actor, CannotPlant, Fact, Need, Scheme
from bench.city.table import LAST_DAY, NEVER

QUERY, TYPOLOGY = "benefit_chain", "T05"
REASONS = ("wage", "loan_repaid", "through_platform", "no_power")
_MOST_PAYMENTS = 6
# In yuan; of less the part that comes back would be below anybody's notice.
_LEAST_PAYMENT, _LEAST_PAID = 80_000, 300_000


@dataclass(frozen=True)
class _Deal:
    company: int
    payments: list[int]


def _deals(cast: Cast, post: int) -> list[_Deal]:
    """Return suppliers with at least two payments for contracts of a tenure."""
    world, agency, (start, end) = cast.world, cast.agency(post), cast.tenure(post)
    found = []
    rows = cast.buys(agency, start, end)
    for company in sorted(set(world.contracts["company"][rows].tolist()) - cast.companies):
        contracts = contracts_between(cast, agency, company, start, end)
        paid = np.concatenate([payments_of(cast, row) for row in contracts])
        paid = paid[world.payments["day"][paid] < min(end, LAST_DAY - 200)]
        paid = paid[world.payments["amount"][paid] >= _LEAST_PAYMENT * 100]
        if len(paid) >= 2 and world.payments["amount"][paid].sum() >= _LEAST_PAID * 100:
            order = paid[np.argsort(world.payments["day"][paid], kind="stable")]
            found.append(_Deal(company, [int(row) for row in order[:_MOST_PAYMENTS]]))
    return found


def _chain(cast: Cast, accounts: list[int], day: int, yuan: float) -> tuple[list[list[int]], float]:
    """Send money along accounts, a few days each; returns the transfers by hop and what arrived."""
    rng, world = cast.rng, cast.world
    hops: list[list[int]] = []
    for payer, payee in pairwise(accounts):
        pieces = 1 if rng.random() >= world.knobs.structuring else int(rng.integers(2, 4))
        words = ("往来款", "转账", "劳务费", "借款") if len(hops) == 0 else ("转账", "转账", "还款", "借款")
        word = words[int(rng.integers(0, 4))]
        rows = [send(cast, payer, payee, day + nth, yuan / pieces, word) for nth in range(pieces)]
        hops.append(rows)
        day += int(rng.integers(1, 5)) + pieces - 1
        yuan *= float(rng.uniform(0.92, 1.0))
    return hops, yuan


def _recipient(cast: Cast, official: int, reason: str) -> int:
    if not reason and cast.rng.random() < 0.2:
        return official
    return cast.relative(official).person


def plant(cast: Cast, reason: str = "") -> Scheme:
    """Plant one; with a reason, the look-alike that this circumstance clears."""
    world, rng = cast.world, cast.rng
    post = cast.decider(lambda one: bool(_deals(cast, one)))
    deals = _deals(cast, post)
    deal = deals[int(rng.integers(0, len(deals)))]
    if reason == "no_power":
        # The very same payments reach the people of somebody who decides elsewhere.
        agency = cast.agency(post)
        post = cast.decider(lambda one: cast.agency(one) != agency and not _sells_to(cast, deal.company, one))
    official = cast.official(post)
    recipient = _recipient(cast, official, reason)
    least, most = world.knobs.layers
    between = [cast.stranger() for _ in range(int(rng.integers(least, most + 1)) - 1)]
    accounts = [
        int(world.accounts.company[deal.company]),
        *(int(world.accounts.person[one]) for one in between),
        int(world.accounts.person[recipient]),
    ]
    if min(accounts) < 0:
        raise CannotPlant("somebody has no account")
    hops = _money(cast, reason, deal, accounts, recipient)
    days = world.payments["day"][deal.payments]
    needs = []
    for nth, row in enumerate(deal.payments):
        needs.append(Need("payment", [("财政支付", row), _bank(int(world.payments["transfer"][row]))], group=nth))
    needs += [Need("transfer", [_bank(row)], group=group) for row, group in hops.items()]
    if recipient != official:
        needs.append(Need("kin", cast.kin_facts(official, recipient), joint=True))
    needs.append(Need("power", cast.power_facts(post)))
    core = [
        Actor("official", "Person", official, True),
        Actor("recipient", "Person", recipient),
        Actor("company", "Company", deal.company, True),
    ]
    amount = float(world.transfers["amount"][list(hops)].sum()) / 100
    return Scheme(TYPOLOGY, QUERY, core, needs, int(days[0]), int(days[-1]) + 60, amount, reason=reason, post=post)


def _bank(row: int) -> Fact:
    return ("银行流水", row)


def _sells_to(cast: Cast, company: int, post: int) -> bool:
    return bool(contracts_between(cast, cast.agency(post), company, -10_000, LAST_DAY + 10_000))


def _money(cast: Cast, reason: str, deal: _Deal, accounts: list[int], recipient: int) -> dict[int, int]:
    """Add the transfers and what explains them; returns those of the chain with the payment that each belongs to."""
    world, rng = cast.world, cast.rng
    share, lag = float(rng.uniform(0.05, 0.15)), int(rng.integers(6, 45))
    company, last = accounts[0], accounts[-1]
    made: dict[int, int] = {}
    if reason == "wage":
        first = int(world.payments["day"][deal.payments[0]])
        world.staff.add(person=recipient, company=deal.company, start=first - 400, end=NEVER, hidden=False)
        months = range(first - 380, min(first + 700, LAST_DAY - 40), 30)
        pay = float(rng.integers(36, 62) * 100)
        return dict.fromkeys([send(cast, company, last, day, pay, "工资") for day in months], -1)
    for nth, payment in enumerate(deal.payments):
        day = int(world.payments["day"][payment]) + lag + int(rng.integers(-3, 4))
        yuan = int(world.payments["amount"][payment]) / 100 * share
        if reason == "loan_repaid":
            send(cast, last, company, day - int(rng.integers(60, 200)), yuan, "借款")
            made[send(cast, company, last, day, yuan, "还款")] = nth
        elif reason == "through_platform":
            hub = int(world.accounts.hub[0])
            made[send(cast, company, hub, day, yuan, "消费")] = nth
            made[send(cast, hub, last, day + 1, yuan, "转账")] = nth
        else:
            hops, _ = _chain(cast, accounts, day, yuan)
            made |= dict.fromkeys([row for hop in hops for row in hop], nth)
    return made
