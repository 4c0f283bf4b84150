"""The facts of one city, before anything is written down."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from bench.city.accounts import Accounts, make_accounts
from bench.city.companies import make_companies, make_staff
from bench.city.holdings import make_flats, make_leases, make_sentences, make_vehicles
from bench.city.kin import Kin, household_of
from bench.city.money import make_transfers
from bench.city.numbers import person_ids
from bench.city.offices import CLERK, VILLAGE, make_agencies, make_charges, make_posts
from bench.city.people import make_people, make_villages
from bench.city.preset import DIFFICULTIES, PRESETS, Knobs, Preset
from bench.city.procurement import (
    Allowed,
    make_bids,
    make_contracts,
    make_payments,
    make_tenders,
    without_rivals_of_one_hand,
)
from bench.city.streams import Streams
from bench.city.table import NONE, Table, texts
from bench.city.ties import kin_owned, make_acquaintances, make_kin_records, make_marriages
from bench.city.welfare import DESTITUTE, LAND, MINIMUM, Cadres, make_benefits, make_cadres, make_land

Ints = NDArray[np.int64]
Objects = NDArray[np.object_]


@dataclass
class World:
    """Everything that is true in a city; registers are renderings of it.

    Persons, companies, agencies and accounts are named by their row. A fact with `hidden` set is in no register.
    Days count from 2014-01-01.
    """

    seed: int
    preset: Preset
    preset_name: str
    difficulty: str
    knobs: Knobs
    streams: Streams
    people: Table
    head: Ints
    head_word: Objects
    agencies: Table
    posts: Table
    charges: Table
    officials: Ints
    companies: Table
    shares: Table
    officers: Table
    staff: Table
    tenders: Table
    bids: Table
    contracts: Table
    payments: Table
    accounts: Accounts
    land: Table
    cadres: Cadres
    benefits: Table
    vehicles: Table
    flats: Table
    sentences: Table
    leases: Table
    kin_records: Table
    marriages: Table
    acquaintances: Table
    transfers: Table
    recusals: Table = field(
        default_factory=lambda: Table(
            person=np.zeros(0, np.int64),
            contract=np.zeros(0, np.int64),
            benefit=np.zeros(0, np.int64),
            day=np.zeros(0, np.int64),
            note=texts([]),
            hidden=np.zeros(0, bool),
        )
    )
    duties: Table = field(
        default_factory=lambda: Table(
            person=np.zeros(0, np.int64),
            contract=np.zeros(0, np.int64),
            step=texts([]),
            day=np.zeros(0, np.int64),
            hidden=np.zeros(0, bool),
        )
    )

    def kin(self) -> Kin:
        """Return the answerer of who is whose relative."""
        return Kin(self.people)


def _visible(*tables: Table) -> None:
    for table in tables:
        if "hidden" not in table.names:
            table.extend("hidden", np.zeros(len(table), dtype=bool))


def build_world(seed: int, preset_name: str, difficulty: str, blocked: frozenset[str] = frozenset()) -> World:
    """Build a city in which nothing is planted yet.

    Args:
        seed: Of all random streams.
        preset_name: A key of `PRESETS`.
        difficulty: A key of `DIFFICULTIES`.
        blocked: Names that no company may bear.
    """
    preset, knobs, streams = PRESETS[preset_name], DIFFICULTIES[difficulty], Streams(seed)
    agencies = make_agencies(preset, streams)
    villages = make_villages(int((agencies["kind"] == VILLAGE).sum()), streams("villages"))
    people = make_people(preset, knobs, villages, streams)
    people.extend("id", person_ids(people["birth"], people["sex"], people["village"] % 99 + 1, streams("ids")))
    head, head_word = household_of(people, streams("households"))
    posts = make_posts(preset, people, agencies, streams)
    officials = np.unique(posts["person"])
    companies, shares, officers = make_companies(preset, people, officials, blocked, streams)
    staff = make_staff(companies, people, officials, streams)
    deciders = np.flatnonzero(posts["role"] != CLERK)
    allowed = Allowed(kin_owned(people, posts, shares, officers, companies, deciders), len(companies))
    tenders = make_tenders(preset, agencies, streams)
    bids = without_rivals_of_one_hand(make_bids(tenders, companies, allowed, streams), companies, shares, officers)
    kin_firms = kin_owned(people, posts, shares, officers, companies, np.flatnonzero(posts["role"] == CLERK))
    contracts = make_contracts(tenders, bids, posts, kin_firms, streams)
    payments = make_payments(contracts, streams)
    accounts = make_accounts(preset, knobs, people, companies, agencies, officials, streams)
    land, cadres = make_land(people, head, streams), make_cadres(agencies, posts)
    owners = np.setdiff1d(np.concatenate([companies["rep"], shares["person"], officers["person"]]), [NONE])
    benefits = make_benefits(preset, people, head, land, cadres, accounts.person, officials, owners, streams)
    poor = np.unique(benefits["person"][np.isin(benefits["programme"], (MINIMUM, DESTITUTE))])
    world = World(
        seed,
        preset,
        preset_name,
        difficulty,
        knobs,
        streams,
        people,
        head,
        head_word,
        agencies,
        posts,
        make_charges(agencies, posts, streams),
        officials,
        companies,
        shares,
        officers,
        staff,
        tenders,
        bids,
        contracts,
        payments,
        accounts,
        land,
        cadres,
        benefits,
        make_vehicles(people, poor, streams),
        make_flats(people, poor, streams),
        make_sentences(people, np.unique(benefits["person"][benefits["programme"] != LAND]), streams),
        make_leases(preset, people, agencies, streams),
        make_kin_records(people, officials, knobs, streams),
        make_marriages(people, knobs, streams),
        make_acquaintances(people, officials, streams),
        make_transfers(
            preset, people, agencies, posts, companies, shares, staff, contracts, payments, accounts, streams
        ),
    )
    _visible(world.posts, world.charges, companies, shares, officers, staff, tenders, bids, contracts, payments, people)
    return world
