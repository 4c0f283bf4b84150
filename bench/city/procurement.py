"""Public buying: projects, bids from a market with regulars, contracts, payments, thresholds."""

import numpy as np
from numpy.typing import NDArray

from bench.city.offices import CLERK, DEPARTMENT, HOSPITAL, SCHOOL, TOWN, VILLAGE
from bench.city.preset import Preset
from bench.city.streams import Streams, weighted
from bench.city.table import LAST_DAY, NEVER, NONE, Table, texts
from bench.city.words import sectors

Ints = NDArray[np.int64]
MOST_BIDDERS = 8
# From this amount on a buy is put out to bidders (yuan), by class, before and from 2019-07-01.
CHANGE_DAY = 2007
CLASSES = ("货物", "服务", "工程")
LIMITS = {"货物": (300_000, 500_000), "服务": (300_000, 500_000), "工程": (400_000, 600_000)}
OPEN_LIMITS = {"货物": (1_200_000, 2_000_000), "服务": (1_200_000, 2_000_000), "工程": (2_000_000, 4_000_000)}
SMALL_BUYS = 0.8  # buys below the threshold for each project
_METHODS = ("公开招标", "竞争性磋商", "询价")
OWN_BUY = "自行采购"


def limit_of(class_: str, day: int) -> int:
    """Return the amount from which bidders have to be invited, in yuan."""
    return LIMITS[class_][int(day >= CHANGE_DAY)]


def _weights(agencies: Table) -> NDArray[np.float64]:
    """Return how much each agency buys: departments and hospitals most, villages least."""
    share = {DEPARTMENT: 4.0, TOWN: 2.5, VILLAGE: 0.35, SCHOOL: 1.0, HOSPITAL: 3.0}
    return np.array([share[kind] for kind in agencies["kind"].tolist()])


def _days(count: int, rng: np.random.Generator) -> Ints:
    """Draw days of the ten years; a third more of them in the last quarter."""
    month = weighted(rng, np.array([5, 4, 8, 8, 8, 8, 8, 8, 9, 12, 13, 11.0]), count)
    return np.minimum(
        rng.integers(0, 10, count) * 365.25 + month * 30.4 + rng.integers(0, 30, count), LAST_DAY - 60
    ).astype(np.int64)


def _limits(sector: Ints, day: Ints) -> Ints:
    classes = np.array([CLASSES.index(one.class_) for one in sectors()])
    both = np.array([LIMITS[name] for name in CLASSES])
    return np.asarray(both[classes[sector], (day >= CHANGE_DAY).astype(int)])


def make_tenders(preset: Preset, agencies: Table, streams: Streams) -> Table:
    """Return buys: agency, sector, need, budget in yuan, announced, opened, method, whether put out to bidders."""
    rng = streams("tenders")
    small = int(preset.tenders * SMALL_BUYS)
    count = preset.tenders + small
    agency = weighted(rng, _weights(agencies), count)
    line = rng.integers(0, len(sectors()), count)
    opened = _days(count, rng)
    mean = np.array([one.mean for one in sectors()])
    amount = np.exp(rng.normal(mean[line], 0.75, count))
    limit = _limits(line, opened)
    bid_out = np.arange(count) < preset.tenders
    amount = np.where(bid_out, np.maximum(amount, limit * rng.uniform(1.0, 1.6, count)), amount)
    # Budgets of small buys often stop just under the threshold, for no other reason than the threshold.
    capped = limit * np.where(rng.random(count) < 0.15, rng.uniform(0.9, 0.998, count), rng.uniform(0.05, 0.9, count))
    amount = np.where(bid_out, amount, np.minimum(amount, capped))
    amount = np.round(amount, -2)
    method = np.where(amount > limit * 4, 0, rng.integers(1, 3, count))
    names = np.array([*_METHODS, OWN_BUY], dtype=object)
    return Table(
        agency=agency,
        sector=line,
        need=rng.integers(0, 4, count),
        budget=amount.astype(np.int64),
        opened=opened,
        announced=opened - rng.integers(8, 32, count),
        method=names[np.where(bid_out, method, 3)],
        bid_out=bid_out,
        agent=np.where(bid_out, rng.integers(0, 12, count), NONE),
    )


def _invited(tenders: Table, companies: Table, allowed: "Allowed", rng: np.random.Generator) -> NDArray[np.int64]:
    """Return for each buy up to eight companies of its line, alive on the day; -1 fills up."""
    count = len(tenders)
    found = np.full((count, MOST_BIDDERS), NONE, dtype=np.int64)
    for line in range(len(sectors())):
        rows = np.flatnonzero(tenders["sector"] == line)
        market = np.flatnonzero(companies["sector"] == line)
        if not len(rows) or not len(market):
            continue
        drawn = weighted(rng, companies["size"][market], (len(rows), MOST_BIDDERS))
        # Half of the places go to firms that this buyer knows.
        agency = tenders["agency"][rows]
        known = (agency[:, None] * 7 + rng.integers(0, 5, (len(rows), MOST_BIDDERS)) * 13) % len(market)
        drawn = np.where(rng.random((len(rows), MOST_BIDDERS)) < 0.5, known, drawn)
        found[rows] = market[drawn]
    day = tenders["opened"][:, None]
    alive = (companies["founded"][found] + 40 < day) & (
        (companies["dissolved"][found] == NEVER) | (companies["dissolved"][found] > day)
    )
    found[~alive | (found == NONE)] = NONE
    found[~allowed.pairs(np.broadcast_to(tenders["agency"][:, None], found.shape), found)] = NONE
    ordered = np.sort(found, axis=1)
    found[:, 1:] = np.where(ordered[:, 1:] == ordered[:, :-1], NONE, ordered[:, 1:])
    found[:, 0] = ordered[:, 0]
    return found


class Allowed:
    """Which companies may not sell to which agency: a decider's relative owns them, and the law is kept."""

    def __init__(self, forbidden: set[tuple[int, int]], companies: int) -> None:
        self.companies = companies
        self.forbidden = forbidden
        self.keys = np.array(sorted(agency * companies + company for agency, company in forbidden), dtype=np.int64)

    def pairs(self, agency: Ints, company: Ints) -> NDArray[np.bool_]:
        """Tell for each pair whether the company may sell to the agency."""
        return ~np.isin(agency * self.companies + company, self.keys)


def make_bids(tenders: Table, companies: Table, allowed: Allowed, streams: Streams) -> Table:
    """Return bids: tender, company, price in yuan, won, reason for rejection; small buys have one offer."""
    rng = streams("bids")
    invited = _invited(tenders, companies, allowed, rng)
    wanted = np.where(tenders["bid_out"], rng.integers(3, MOST_BIDDERS, len(tenders)), 1)
    order = np.argsort(np.where(invited == NONE, 2.0, rng.random(invited.shape)), axis=1)
    invited = np.take_along_axis(invited, order, axis=1)
    taken = (np.arange(MOST_BIDDERS) < wanted[:, None]) & (invited != NONE)
    tender, place = np.nonzero(taken)
    company = invited[tender, place]
    cost = tenders["budget"] * rng.uniform(0.72, 0.9, len(tenders))
    price = cost[tender] * (1 + rng.normal(0.09, 0.05, len(tender)))
    price = np.minimum(price, tenders["budget"][tender] * rng.uniform(0.955, 0.9995, len(tender)))
    # Some estimate in thousands, some to the yuan.
    price = np.where(rng.random(len(tender)) < 0.4, np.round(price, -3), np.round(price))
    price = np.maximum(price, 500)
    rejected = (rng.random(len(tender)) < 0.04) & tenders["bid_out"][tender]
    first = np.lexsort((price, rejected, tender))
    wins = np.zeros(len(tender), dtype=bool)
    best = first[np.concatenate([[True], tender[first][1:] != tender[first][:-1]])]
    wins[best[~rejected[best]]] = True
    reasons = np.array([None, "未按要求签章", "资格证明不全", "报价超过最高限价", "未响应实质性条款"], dtype=object)
    return Table(
        tender=tender,
        company=company,
        price=price.astype(np.int64),
        won=wins,
        reason=reasons[np.where(rejected, rng.integers(1, 5, len(tender)), 0)],
        device=np.full(len(tender), NONE),
        deposit=np.full(len(tender), NONE),
        lot=np.zeros(len(tender), np.int64),
    )


def make_contracts(
    tenders: Table, bids: Table, posts: Table, kin_firms: set[tuple[int, int]], streams: Streams
) -> Table:
    """Return contracts: tender, agency, company, amount in yuan, signed, handler (a clerk or nobody), accepted.

    Nobody handles what a clerk's relatives sell to the agency (`kin_firms`): whoever should, stands aside.
    """
    rng = streams("contracts")
    won = np.flatnonzero(bids["won"])
    tender = bids["tender"][won]
    signed = tenders["opened"][tender] + rng.integers(3, 30, len(won))
    handler = np.full(len(won), NONE, dtype=np.int64)
    clerks: dict[int, list[int]] = {}
    for row in np.flatnonzero(posts["role"] == CLERK).tolist():
        clerks.setdefault(int(posts["agency"][row]), []).append(row)
    chance = rng.random(len(won))
    for at, (agency, day) in enumerate(zip(tenders["agency"][tender].tolist(), signed.tolist(), strict=True)):
        aside = chance[at] >= 0.6 or (agency, int(bids["company"][won[at]])) in kin_firms
        for row in () if aside else clerks.get(agency, ()):
            end = int(posts["end"][row])
            if posts["start"][row] <= day and (end == NEVER or day <= end):
                handler[at] = posts["person"][row]
    return Table(
        tender=tender,
        agency=tenders["agency"][tender],
        company=bids["company"][won],
        amount=bids["price"][won],
        signed=signed,
        handler=handler,
        accepted=np.minimum(signed + rng.integers(20, 240, len(won)), LAST_DAY),
        note=texts([""] * len(won)),
    )


def make_payments(contracts: Table, streams: Streams) -> Table:
    """Return public payments: contract, amount in fen, day, which of how many."""
    rng = streams("payments")
    count = len(contracts)
    parts = np.where(contracts["amount"] > 200_000, rng.integers(1, 4, count), 1)
    contract = np.repeat(np.arange(count), parts)
    nth = np.arange(len(contract)) - np.repeat(np.cumsum(parts) - parts, parts)
    of = parts[contract]
    amount = contracts["amount"][contract] * 100 / of
    share = np.where(of == 1, 1.0, np.where(of == 2, np.where(nth == 0, 0.6, 1.4), np.array([0.9, 1.5, 0.6])[nth % 3]))
    amount = np.round(amount * share, -2).astype(np.int64)
    gap = (contracts["accepted"] - contracts["signed"])[contract]
    day = contracts["signed"][contract] + 10 + gap * (nth + 1) // of + rng.integers(0, 25, len(contract))
    day = np.minimum(day, LAST_DAY)
    return Table(contract=contract, amount=amount, day=day, part=nth, time=rng.integers(32_000, 61_000, len(contract)))


def _hands(companies: Table, shares: Table, officers: Table) -> tuple[Ints, Ints]:
    """Return who directs which company, as pairs; a parent company counts under a number of its own."""
    count = len(companies)
    big, runs = shares["ratio"] >= 0.1, np.isin(officers["role"], ("执行董事", "经理"))
    parent = shares["parent"] != NONE
    hand = np.concatenate(
        [
            companies["rep"],
            np.where(parent, -2 - shares["parent"], shares["person"])[big],
            officers["person"][runs],
            -2 - np.arange(count),
        ]
    )
    firm = np.concatenate([np.arange(count), shares["company"][big], officers["company"][runs], np.arange(count)])
    pairs = np.unique(np.stack([firm, hand]), axis=1)
    for _ in range(2):
        # Who directs the company that holds another directs that one too.
        above = pairs[1] <= -2
        held, holder = pairs[0][above], -2 - pairs[1][above]
        starts = np.searchsorted(pairs[0], holder)
        each = np.searchsorted(pairs[0], holder, side="right") - starts
        place = np.arange(each.sum()) - np.repeat(np.cumsum(each) - each, each)
        more = np.stack([np.repeat(held, each), pairs[1][np.repeat(starts, each) + place]])
        pairs = np.unique(np.concatenate([pairs, more], axis=1), axis=1)
    return pairs[0], pairs[1]


def without_rivals_of_one_hand(bids: Table, companies: Table, shares: Table, officers: Table) -> Table:
    """Return the bids without losing ones of a company whose owner directs another bidder: honest owners bid once."""
    firm, hand = _hands(companies, shares, officers)
    starts = np.searchsorted(firm, np.arange(len(companies) + 1))
    each = (starts[1:] - starts[:-1])[bids["company"]]
    bid = np.repeat(np.arange(len(bids)), each)
    place = np.arange(len(bid)) - np.repeat(np.cumsum(each) - each, each)
    hands = hand[starts[bids["company"][bid]] + place]
    order = np.lexsort((bid, ~bids["won"][bid], hands, bids["tender"][bid]))
    tender, hands = bids["tender"][bid][order], hands[order]
    again = np.concatenate([[False], (tender[1:] == tender[:-1]) & (hands[1:] == hands[:-1])])
    keep = np.ones(len(bids), dtype=bool)
    keep[bid[order][again]] = False
    keep |= bids["won"]
    return Table(**{name: bids[name][keep] for name in bids.names})
