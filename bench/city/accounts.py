"""Bank accounts: of people, companies and agencies, and of the hubs through which everybody's money goes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.city.numbers import account_numbers
from bench.city.preset import Knobs, Preset
from bench.city.streams import Streams
from bench.city.table import NONE, Table, texts
from bench.city.words import words

Ints = NDArray[np.int64]
PERSON, COMPANY, AGENCY, HUB = 0, 1, 2, 3
TAX, POWER_GRID, WATER, TRANSIT = 2, 3, 4, 5
HUBS = (*words()["platforms"], "国家金库岚泓市中心支库", "岚泓供电有限公司", "岚泓自来水有限公司", "待清算过渡户")
ADULT_BIRTH = -12 * 365  # of age before the ten years are over, with a bank card


@dataclass(frozen=True)
class Accounts:
    """Accounts and the usual one of everybody.

    Attributes:
        table: owner_kind, owner, bank, opened, number, queried.
        person: Usual account of each person, -1 for children.
        company: Usual account of each company.
        agency: Account of each agency.
        hub: Accounts of `HUBS`.
    """

    table: Table
    person: Ints
    company: Ints
    agency: Ints
    hub: Ints


def make_accounts(
    preset: Preset, knobs: Knobs, people: Table, companies: Table, agencies: Table, officials: Ints, streams: Streams
) -> Accounts:
    """Return the accounts; `queried` marks those whose statements were obtained, decided by kind of owner alone."""
    rng = streams("accounts")
    adults = np.flatnonzero(people["birth"] < ADULT_BIRTH)
    fixed = len(adults) + len(companies) + len(agencies) + len(HUBS)
    second = rng.choice(adults, size=max(0, preset.accounts - fixed), replace=True)
    kinds = [PERSON] * len(adults) + [COMPANY] * len(companies) + [AGENCY] * len(agencies) + [HUB] * len(HUBS)
    kind = np.array(kinds + [PERSON] * len(second))
    owner = np.concatenate(
        [adults, np.arange(len(companies)), np.arange(len(agencies)), np.arange(len(HUBS)), second]
    ).astype(np.int64)
    count = len(kind)
    bank = rng.integers(0, len(words()["banks"]), count)
    opened = rng.integers(-3000, -30, count)
    is_company = kind == COMPANY
    opened[is_company] = companies["founded"][owner[is_company]] + rng.integers(3, 40, int(is_company.sum()))
    share = np.select(
        [kind == COMPANY, kind == AGENCY, kind == HUB], [min(1.0, knobs.queried + 0.25), 1.0, 0.0], knobs.queried
    )
    share = np.where((kind == PERSON) & np.isin(owner, officials), min(1.0, knobs.queried + 0.3), share)
    table = Table(
        owner_kind=kind,
        owner=owner,
        bank=bank,
        opened=opened,
        number=account_numbers(bank, rng),
        queried=rng.random(count) < share,
    )
    person = np.full(len(people), NONE, dtype=np.int64)
    person[adults] = np.arange(len(adults))
    start = len(adults)
    company = np.arange(start, start + len(companies))
    agency = company[-1] + 1 + np.arange(len(agencies))
    return Accounts(table, person, company, agency, agency[-1] + 1 + np.arange(len(HUBS)))


def holder_names(
    accounts: Table, people: Table, companies: Table, agencies: Table
) -> tuple[Table, NDArray[np.object_]]:
    """Return names and identifiers of the holders as a table, and the names alone."""
    kind, owner = accounts["owner_kind"], accounts["owner"]
    names, codes = np.empty(len(kind), dtype=object), np.full(len(kind), None, dtype=object)
    for which, source, code in ((PERSON, people, "id"), (COMPANY, companies, "code"), (AGENCY, agencies, "")):
        mine = kind == which
        names[mine] = source["name"][owner[mine]]
        if code:
            codes[mine] = source[code][owner[mine]]
    mine = kind == HUB
    names[mine] = texts(HUBS)[owner[mine]]
    return Table(name=names, code=codes), names
