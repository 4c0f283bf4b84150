"""Ordinary money: wages, gifts at weddings and funerals, shopping, loans, trade, cash, contributions."""

import numpy as np
from numpy.typing import NDArray

from bench.city.accounts import POWER_GRID, TAX, WATER, Accounts
from bench.city.offices import HEAD
from bench.city.preset import Preset
from bench.city.streams import Streams, weighted
from bench.city.table import LAST_DAY, NEVER, NONE, Table
from bench.city.welfare import MONTHS, day_of, month_of

Ints = NDArray[np.int64]
CASH, UNKNOWN = -1, -2
SUMMARIES = (
    "工资",
    "消费",
    "转账",
    "礼金",
    "货款",
    "还款",
    "借款",
    "往来款",
    "代缴医保",
    "税款",
    "电费",
    "水费",
    "房租",
    "现金存入",
    "ATM取款",
    "报销",
    "分红",
    "财政直接支付",
    "冲正",
    "购车款",
    "购房款",
    "劳务费",
    "工程款",
    "",
)
CODE = {text: at for at, text in enumerate(SUMMARIES)}
NORMAL, FAILED = 0, 1


def _rows(payer: Ints, payee: Ints, day: Ints, amount: Ints, summary: str, rng: np.random.Generator) -> Table:
    count = len(payer)
    second = np.clip(rng.normal(50_000, 15_000, count), 0, 86_399).astype(np.int64)
    return Table(
        payer=payer,
        payee=payee,
        day=day,
        second=second,
        amount=amount.astype(np.int64),
        summary=np.full(count, CODE[summary], dtype=np.int64),
    )


def pleasant(amount: NDArray[np.float64], rng: np.random.Generator) -> Ints:
    """Round yuan as people do when they send money to each other; returns fen."""
    step = np.where(amount > 20_000, 1000, np.where(amount > 2000, 100, 50))
    rounded = np.maximum(np.round(amount / step), 1) * step
    exact = np.round(amount, 2)
    return np.round(np.where(rng.random(len(amount)) < 0.75, rounded, exact) * 100).astype(np.int64)


def _monthly_pay(payer: Ints, payee: Ints, start: Ints, end: Ints, base: Ints, rng: np.random.Generator) -> Table:
    """Return one payment a month of each spell, with a rise each year."""
    first = np.maximum(month_of(start), 0)
    last = np.minimum(np.where(end == NEVER, MONTHS - 1, month_of(end)), MONTHS - 1)
    length = np.maximum(last - first + 1, 0)
    spell = np.repeat(np.arange(len(payer)), length)
    month = first[spell] + np.arange(len(spell)) - np.repeat(np.cumsum(length) - length, length)
    payday = rng.integers(4, 25, len(payer))
    amount = base[spell] * (1 + month // 12 * 0.05) * 100 + rng.integers(0, 20_000, len(spell))
    return _rows(payer[spell], payee[spell], day_of(month) + payday[spell], amount, "工资", rng)


def _wages(accounts: Accounts, staff: Table, posts: Table, rng: np.random.Generator) -> Table:
    company = _monthly_pay(
        accounts.company[staff["company"]],
        accounts.person[staff["person"]],
        staff["start"],
        staff["end"],
        rng.integers(26, 75, len(staff)) * 100,
        rng,
    )
    public = _monthly_pay(
        accounts.agency[posts["agency"]],
        accounts.person[posts["person"]],
        posts["start"],
        posts["end"],
        rng.integers(30, 65, len(posts)) * 100,
        rng,
    )
    return _together([company, public])


def _together(parts: list[Table]) -> Table:
    return Table(**{name: np.concatenate([part[name] for part in parts]) for name in parts[0].names})


def _gifts(people: Table, accounts: Accounts, count: int, rng: np.random.Generator) -> Table:
    """Return gifts of villagers and relatives to the families of weddings and funerals of these years."""
    wed = np.flatnonzero((people["married"] > 0) & (people["sex"] == 0))
    dead = np.flatnonzero(people["death"] > 0)
    hosts = np.concatenate([wed, np.where(people["father"][dead] != NONE, people["father"][dead], dead)])
    days = np.concatenate([people["married"][wed], people["death"][dead] + 2])
    event = rng.integers(0, len(hosts), count)
    guest = _neighbours(people, people["village"][hosts[event]], rng)
    amount = rng.choice([200, 200, 300, 500, 500, 600, 800, 1000, 2000], count) * 100
    day = np.clip(days[event] + rng.integers(-2, 4, count), 0, LAST_DAY)
    return _rows(accounts.person[guest], accounts.person[hosts[event]], day, amount, "礼金", rng)


def _neighbours(people: Table, village: Ints, rng: np.random.Generator) -> Ints:
    order = np.argsort(people["village"], kind="stable")
    starts = np.searchsorted(people["village"][order], village)
    ends = np.searchsorted(people["village"][order], village, side="right")
    return np.asarray(order[starts + (rng.random(len(village)) * np.maximum(ends - starts, 1)).astype(np.int64)])


def _between_people(people: Table, accounts: Accounts, count: int, rng: np.random.Generator) -> Table:
    """Return what relatives and friends send each other, and loans with their repayment."""
    giver = rng.integers(0, len(people), count)
    friend = np.where(
        rng.random(count) < 0.6, _neighbours(people, people["village"][giver], rng), rng.integers(0, len(people), count)
    )
    family = np.where(people["father"][giver] != NONE, people["father"][giver], people["spouse"][giver])
    taker = np.where((rng.random(count) < 0.35) & (family != NONE), family, friend)
    amount = pleasant(np.exp(rng.normal(6.9, 1.25, count)), rng)
    day = rng.integers(0, LAST_DAY, count)
    sent = _rows(accounts.person[giver], accounts.person[taker], day, amount, "转账", rng)
    loan = (rng.random(count) < 0.12) & (amount > 200_000)
    sent.put(loan, summary=CODE["借款"])
    back = np.flatnonzero(loan & (rng.random(count) < 0.8))
    back_day = np.minimum(day[back] + rng.integers(20, 700, len(back)), LAST_DAY)
    returned = _rows(accounts.person[taker[back]], accounts.person[giver[back]], back_day, amount[back], "还款", rng)
    return _together([sent, returned])


def _trade(companies: Table, shares: Table, accounts: Accounts, count: int, rng: np.random.Generator) -> Table:
    """Return what companies pay each other, their owners and people who work or sell to them now and then."""
    # Firms trade mostly with a few others.
    payer = weighted(rng, companies["size"], count)
    partner = (payer * 31 + rng.integers(0, 12, count) * 97 + 1) % len(companies)
    payee = np.where(rng.random(count) < 0.85, partner, rng.integers(0, len(companies), count))
    amount = pleasant(np.exp(rng.normal(9.6, 1.3, count)), rng)
    goods = _rows(
        accounts.company[payer], accounts.company[payee], rng.integers(0, LAST_DAY, count), amount, "货款", rng
    )
    some = count // 4
    holder = np.flatnonzero(shares["person"] != NONE)
    holder = holder[rng.integers(0, len(holder), some)]
    paid = pleasant(np.exp(rng.normal(9.4, 1.1, some)), rng)
    dividends = _rows(
        accounts.company[shares["company"][holder]],
        accounts.person[shares["person"][holder]],
        rng.integers(0, LAST_DAY, some),
        paid,
        "分红",
        rng,
    )
    adults = np.flatnonzero(accounts.person != NONE)
    worker = adults[rng.integers(0, len(adults), some)]
    firm = weighted(rng, companies["size"], some)
    fee = pleasant(np.exp(rng.normal(8.3, 1.1, some)), rng)
    odd_jobs = _rows(
        accounts.company[firm], accounts.person[worker], rng.integers(0, LAST_DAY, some), fee, "劳务费", rng
    )
    odd_jobs.put(rng.random(some) < 0.4, summary=CODE["往来款"])
    made = _together([goods, dividends, odd_jobs])
    return Table(**{name: made[name][made["payer"] != made["payee"]] for name in made.names})


def _collected(
    people: Table, posts: Table, agencies: Table, accounts: Accounts, share: float, rng: np.random.Generator
) -> Table:
    """Return the autumn money for health insurance: villagers to a cadre, who pays it on."""
    rows = np.flatnonzero((posts["role"] == HEAD) & (agencies["village"][posts["agency"]] != NONE))
    parts = []
    order = np.argsort(people["village"], kind="stable")
    sorted_village = people["village"][order]
    for row in rows.tolist():
        low, high = np.searchsorted(sorted_village, [agencies["village"][posts["agency"][row]]] * 2 + np.array([0, 1]))
        villagers = order[low:high]
        villagers = villagers[(villagers % 3 == 0) & (accounts.person[villagers] != NONE)]
        for year in range(10):
            autumn = year * 365 + 265
            end = int(posts["end"][row])
            if not posts["start"][row] < autumn or not (end == NEVER or autumn + 60 < end) or rng.random() > share:
                continue
            payers = villagers[rng.random(len(villagers)) < 0.4]
            if not len(payers):
                continue
            fee = (120 + year * 28) * 100
            cadre = int(accounts.person[posts["person"][row]])
            parts.append(
                _rows(
                    accounts.person[payers],
                    np.full(len(payers), cadre),
                    autumn + rng.integers(0, 40, len(payers)),
                    np.full(len(payers), fee) * rng.integers(1, 4, len(payers)),
                    "代缴医保",
                    rng,
                )
            )
            total = int(parts[-1]["amount"].sum())
            parts.append(
                _rows(
                    np.array([cadre]), accounts.hub[[TAX]], np.array([autumn + 45]), np.array([total]), "代缴医保", rng
                )
            )
    nothing = np.zeros(0, np.int64)
    return _together(parts) if parts else _rows(nothing, nothing, nothing, nothing, "代缴医保", rng)


def _hubs(accounts: Accounts, count: int, rng: np.random.Generator) -> Table:
    """Return shopping, bills and cash: the bulk of everybody's statement."""
    adults = accounts.person[accounts.person != NONE]
    payer = adults[weighted(rng, rng.lognormal(0, 0.8, len(adults)), count)]
    day = rng.integers(0, LAST_DAY, count)
    sort = rng.random(count)
    amount = np.round(np.exp(rng.normal(4.3, 1.2, count)) * 100)
    shop = _rows(payer, accounts.hub[rng.integers(0, 2, count)], day, amount, "消费", rng)
    bill = (sort > 0.72) & (sort < 0.8)
    power = rng.random(count) < 0.6
    shop.put(
        bill,
        payee=np.where(power, accounts.hub[POWER_GRID], accounts.hub[WATER])[bill],
        summary=np.where(power, CODE["电费"], CODE["水费"])[bill],
    )
    out, back = (sort >= 0.8) & (sort < 0.91), sort >= 0.91
    notes = rng.integers(1, 60, count) * 10_000
    shop.put(out, payee=CASH, summary=CODE["ATM取款"], amount=notes[out])
    shop.put(back, payer=CASH, payee=payer[back], summary=CODE["现金存入"], amount=notes[back])
    unknown = (sort < 0.72) & (rng.random(count) < 0.02)
    shop.put(unknown, payee=UNKNOWN, summary=CODE[""])
    return shop


def make_transfers(
    preset: Preset,
    people: Table,
    agencies: Table,
    posts: Table,
    companies: Table,
    shares: Table,
    staff: Table,
    contracts: Table,
    payments: Table,
    accounts: Accounts,
    streams: Streams,
) -> Table:
    """Return transfers: payer, payee (accounts, or cash or unknown), day, second, amount in fen, summary, state.

    The first rows are the public payments, in their order; the column `transfer` of the payments says so.
    """
    rng, total = streams("transfers"), preset.transfers
    public = _rows(
        accounts.agency[contracts["agency"][payments["contract"]]],
        accounts.company[contracts["company"][payments["contract"]]],
        payments["day"],
        payments["amount"],
        "财政直接支付",
        rng,
    )
    parts = [
        public,
        _wages(accounts, staff, posts, rng),
        _gifts(people, accounts, total // 14, rng),
        _between_people(people, accounts, total // 9, rng),
        _trade(companies, shares, accounts, total // 14, rng),
        _collected(people, posts, agencies, accounts, 0.7, rng),
    ]
    parts.append(_hubs(accounts, max(1000, total - sum(len(part) for part in parts)), rng))
    made = _together(parts)
    count = len(made)
    keep = np.ones(count, dtype=bool)
    keep[len(public) :] = ((made["payer"] != NONE) | (made["summary"] == CODE["现金存入"]))[len(public) :]
    keep &= made["payer"] != made["payee"]
    keep &= (made["payee"] != NONE) | (made["summary"] == CODE["ATM取款"])
    keep &= (made["day"] >= 0) & (made["day"] <= LAST_DAY)
    keep[: len(public)] = True
    made = Table(**{name: made[name][keep] for name in made.names})
    made.extend("state", np.where(rng.random(len(made)) < 0.001, FAILED, NORMAL))
    made.put(np.arange(len(public)), state=NORMAL)
    payments.extend("transfer", np.arange(len(public)))
    made.extend("hidden", np.zeros(len(made), dtype=bool))
    back = np.flatnonzero((rng.random(len(made)) < 0.0008) & (made["payer"] >= 0) & (made["payee"] >= 0))
    back = back[back >= len(public)]
    made.add(
        payer=made["payee"][back],
        payee=made["payer"][back],
        day=made["day"][back],
        second=np.minimum(made["second"][back] + 600, 86_399),
        amount=made["amount"][back],
        summary=CODE["冲正"],
        state=NORMAL,
    )
    return made
