"""What scripts do to a city: change owners, hand over contracts, send money, end marriages, rename."""

import numpy as np

from bench.city.money import CODE, NORMAL, pleasant
from bench.city.plant.cast import Cast
from bench.city.table import LAST_DAY, NEVER, NONE


def take_over(cast: Cast, company: int, person: int, day: int) -> None:
    """Make a person the owner and head of a company from a day on; from its founding when that is later."""
    world = cast.world
    shares, officers, founded = world.shares, world.officers, int(world.companies["founded"][company])
    world.companies.put(company, rep=person)
    mine = np.flatnonzero((shares["company"] == company) & (shares["end"] == NEVER))
    main = int(mine[np.argmax(shares["ratio"][mine])])
    ruling = np.flatnonzero((officers["company"] == company) & np.isin(officers["role"], ("执行董事", "经理")))
    last = int(ruling[np.argmax(officers["start"][ruling])])
    if day <= max(founded, int(shares["start"][main])) + 5:
        shares.put(main, person=person, parent=NONE)
        officers.put(last, person=person)
        return
    ratio, role = float(shares["ratio"][main]), officers["role"][last]
    shares.put(main, end=day)
    officers.put(last, end=day)
    shares.add(company=company, person=person, parent=NONE, ratio=ratio, start=day, end=NEVER, hidden=False)
    officers.add(
        company=company, person=person, role=role, start=day, end=world.companies["dissolved"][company], hidden=False
    )


def hand_contract(cast: Cast, contract: int, company: int) -> None:
    """Let another company have won a contract: the bids change places, the payments go to its account."""
    world = cast.world
    contracts, bids = world.contracts, world.bids
    former, tender = int(contracts["company"][contract]), int(contracts["tender"][contract])
    if former == company:
        return
    rows = bids_of(cast, tender)
    won = [row for row in rows if bids["won"][row]]
    lost = [row for row in rows if bids["company"][row] == company]
    if won:
        bids.put(won[0], company=company)
    if lost:
        bids.put(lost[0], company=former)
    contracts.put(contract, company=company)
    payments = payments_of(cast, contract)
    world.transfers.put(world.payments["transfer"][payments], payee=world.accounts.company[company])


def bids_of(cast: Cast, tender: int) -> list[int]:
    """Return the bids for a tender."""
    return [int(row) for row in np.flatnonzero(cast.world.bids["tender"] == tender)]


def payments_of(cast: Cast, contract: int) -> np.ndarray:
    """Return the payments for a contract."""
    return np.flatnonzero(cast.world.payments["contract"] == contract)


def contracts_between(cast: Cast, agency: int, company: int, start: int, end: int) -> list[int]:
    """Return the contracts of an agency with a company between two days, in order of signing."""
    contracts = cast.world.contracts
    found = [row for row in cast.buys(agency, start, end) if contracts["company"][row] == company]
    return sorted(found, key=lambda row: int(contracts["signed"][row]))


def send(cast: Cast, payer: int, payee: int, day: int, yuan: float, summary: str) -> int:
    """Add a transfer between two accounts; the amount is rounded as people round. Returns its row."""
    second = int(np.clip(cast.rng.normal(50_000, 15_000), 0, 86_399))
    amount = int(pleasant(np.array([yuan]), cast.rng)[0])
    row = cast.world.transfers.add(
        payer=payer,
        payee=payee,
        day=min(max(day, 0), LAST_DAY),
        second=second,
        amount=amount,
        summary=CODE[summary],
        state=NORMAL,
    )
    return int(row[0])


def part(cast: Cast, person: int, spouse: int, day: int) -> None:
    """End a marriage on a day, in every register that shows it."""
    world = cast.world
    people, records = world.people, world.kin_records
    people.put([person, spouse], divorced=day)
    through = np.flatnonzero(np.isin(records["through"], (person, spouse)))
    couple = [row for row in through if people["spouse"][records["through"][row]] in (person, spouse)]
    records.put(np.array(couple, dtype=np.int64), end=day)
    woman = person if people["sex"][person] == 1 else spouse
    man = spouse if woman == person else person
    if world.head[woman] == man:
        world.head[woman], world.head_word[woman] = woman, "户主"
    wed = np.flatnonzero((world.marriages["husband"] == man) & ~world.marriages["divorce"])
    hidden = bool(world.marriages["hidden"][wed[0]]) if len(wed) else False
    world.marriages.add(husband=man, wife=woman, day=day, divorce=True, hidden=hidden)


def rename(cast: Cast, person: int, like: int) -> None:
    """Give a person the name of another one."""
    people = cast.world.people
    people.put(person, name=people["name"][like])


def bid_apart(cast: Cast, one: int, other: int, tenders: set[int]) -> None:
    """Take back the losing bids of one where both bid for other projects: what is planted is all there is."""
    bids = cast.world.bids
    of_one, of_other = (np.flatnonzero((bids["company"] == firm) & ~bids["hidden"]) for firm in (one, other))
    both = set(bids["tender"][of_one].tolist()) & set(bids["tender"][of_other].tolist()) - tenders
    for rows in (of_one, of_other):
        for row in rows[np.isin(bids["tender"][rows], sorted(both)) & ~bids["won"][rows]].tolist():
            tender = int(bids["tender"][row])
            if tender in both:
                bids.put(row, hidden=True)
                both.discard(tender)
