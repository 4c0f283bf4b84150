"""T12: rivals for the same projects that one hand directs."""

import numpy as np

from bench.city.plant.acts import bid_apart, bids_of, hand_contract, take_over
from bench.city.plant.cast import Cast
from bench.city.plant.model import Actor, CannotPlant, Need, Scheme
from bench.city.table import NEVER, NONE

QUERY, TYPOLOGY = "common_control_bids", "T12"
REASONS = ("separate_lots", "supervisor_only", "left_before", "shared_park", "agent_prepared")
_MEDIA_SHARE = 0.3


def _projects(cast: Cast, line: int) -> list[int]:
    """Return two to four projects of a line of business with at least three bids, some days apart."""
    world = cast.world
    tenders = world.tenders
    rows = np.flatnonzero((tenders["sector"] == line) & tenders["bid_out"] & (tenders["opened"] > 400))
    bidders = np.bincount(world.bids["tender"], minlength=len(tenders))
    told = world.contracts["tender"][sorted(cast.contracts)]
    fit = rows[(bidders[rows] >= 3) & (bidders[rows] <= 7) & ~np.isin(rows, told)]
    if len(fit) < 4:
        raise CannotPlant("too few projects")
    centre = int(cast.rng.choice(fit))
    near = fit[np.argsort(abs(tenders["opened"][fit] - tenders["opened"][centre]), kind="stable")][:12]
    chosen = cast.rng.choice(near, size=int(cast.rng.integers(2, 5)), replace=False)
    return sorted((int(one) for one in chosen), key=lambda one: int(tenders["opened"][one]))


def _seat(cast: Cast, tender: int, company: int, taken: set[int]) -> int:
    """Let a company bid in place of another one, not of those in `taken`; returns the bid."""
    bids = cast.world.bids
    rows = bids_of(cast, tender)
    mine = [row for row in rows if bids["company"][row] == company]
    if mine:
        return mine[0]
    free = [row for row in rows if bids["company"][row] not in taken]
    row = free[int(cast.rng.integers(0, len(free)))]
    if bids["won"][row]:
        contract = np.flatnonzero(cast.world.contracts["tender"] == tender)
        if len(contract):
            hand_contract(cast, int(contract[0]), company)
    bids.put(row, company=company)
    return row


def plant(cast: Cast, reason: str = "") -> Scheme:
    """Plant one; with a reason, the look-alike that this circumstance clears."""
    world, rng = cast.world, cast.rng
    companies, bids = world.companies, world.bids
    line = int(rng.integers(0, int(companies["sector"].max()) + 1))
    tenders = _projects(cast, line)
    first, last = int(world.tenders["opened"][tenders[0]]), int(world.tenders["opened"][tenders[-1]])

    def fits(one: int) -> bool:
        return bool(companies["sector"][one] == line) and cast.alive(one, first - 200, last + 30)

    one = cast.company(fits)
    other = cast.company(lambda two: fits(two) and two != one and companies["rep"][two] != companies["rep"][one])
    media = reason == "agent_prepared" or (not reason and rng.random() < _MEDIA_SHARE)
    owner = int(companies["rep"][one]) if media or reason == "shared_park" else cast.stranger()
    pairs = []
    for tender in tenders:
        taken = {one, other}
        pairs.append((_seat(cast, tender, one, taken), _seat(cast, tender, other, taken)))
    if not media and reason != "shared_park":
        take_over(cast, one, owner, first - int(rng.integers(200, 900)))
    core = [Actor("companies", "Company", row, True) for row in (one, other)]
    core += [Actor("tenders", "Tender", row) for row in tenders]
    bid_apart(cast, one, other, set(tenders))
    needs = [Need("bid", [("投标", row)], group=nth) for nth, pair in enumerate(pairs) for row in pair]
    if media:
        _share_media(cast, pairs, one, everybody=reason == "agent_prepared")
        for need in needs:
            need.joint = need is needs[0]
    else:
        row = _tie(cast, reason, other, owner, first)
        if reason != "shared_park":
            needs.append(Need("control", cast.control_facts(owner, one)))
            core.append(Actor("controller", "Person", owner))
        if row is not None:
            needs.append(Need("control", [("股东", row)], joint=True))
    if reason == "separate_lots":
        for pair in pairs:
            bids.put(list(pair), lot=np.array([1, 2]))
    if reason == "shared_park":
        companies.put(other, address=companies["address"][one], phone=companies["phone"][one])
    won = [row for pair in pairs for row in pair if bids["won"][row]]
    amount = (
        float(bids["price"][won].sum()) if won else float(bids["price"][[row for pair in pairs for row in pair]].mean())
    )
    return Scheme(TYPOLOGY, QUERY, core, needs, first, last, amount, reason=reason)


def _share_media(cast: Cast, pairs: list[tuple[int, int]], one: int, *, everybody: bool) -> None:
    """Let both bids come from one machine, with the deposit from one account; an agent's machine serves all bidders."""
    bids = cast.world.bids
    for pair in pairs:
        tender = int(bids["tender"][pair[0]])
        if everybody:
            bids.put(bids_of(cast, tender), device=one)
        else:
            bids.put(list(pair), device=one, deposit=cast.world.accounts.company[one])


def _tie(cast: Cast, reason: str, other: int, owner: int, first: int) -> int | None:
    """Tie the owner of one company to the other one; returns the row of the share that does it."""
    world, rng = cast.world, cast.rng
    shares = world.shares
    start = first - int(rng.integers(120, 800))
    if reason == "shared_park":
        return None
    if reason == "supervisor_only":
        world.officers.add(company=other, person=owner, role="监事", start=start, end=NEVER, hidden=False)
        return None
    ends = first - int(rng.integers(30, 110)) if reason == "left_before" else NEVER
    # The share comes out of the main holder's.
    mine = np.flatnonzero((shares["company"] == other) & (shares["end"] == NEVER))
    main = int(mine[np.argmax(shares["ratio"][mine])])
    ratio = round(float(rng.uniform(0.3, 0.49)), 2)
    keep = max(0.05, round(float(shares["ratio"][main]) - ratio, 2))
    if ends == NEVER:
        shares.put(main, ratio=keep)
    row = shares.add(company=other, person=owner, parent=NONE, ratio=ratio, start=start, end=ends, hidden=False)
    return int(row[0])
