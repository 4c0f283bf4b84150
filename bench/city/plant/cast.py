"""Finds actors for a script, by chance among all who could be in it, and the registers' rows that tie them."""

from collections.abc import Callable

import numpy as np

from bench.city.kin import Kin, Relative
from bench.city.offices import CLERK, DEPUTY, HEAD
from bench.city.plant.model import CannotPlant, Fact, Scheme
from bench.city.table import LAST_DAY, NEVER, NONE
from bench.city.welfare import LAND
from bench.city.world import World

_TRIES = 400
LEAST_TENURE = 500


class Cast:
    """Draws actors; each takes part in one scheme, unless schemes share one on purpose.

    Attributes:
        world: The city; scripts change it.
        rng: Of planting.
        schemes: What was planted so far.
        share_with: Posts of earlier schemes, when the next one is to share its official; else empty.
        contracts: Contracts on which something planted rests; no later script may hand them to another company.
        hidden: Facts that the registers were made to lack.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.rng = world.streams("planting")
        self.kin: Kin = world.kin()
        self.schemes: list[Scheme] = []
        self.share_with: list[int] = []
        self.people: set[int] = set()
        self.companies: set[int] = set()
        self.contracts: set[int] = set()
        self.hidden: set[Fact] = set()
        self.contracts_of = _grouped(world.contracts["agency"])
        self.records_of = _grouped(world.kin_records["person"])
        self.officials = set(world.officials.tolist())
        ties = (world.companies["rep"], world.shares["person"], world.officers["person"])
        self.owners = set(np.concatenate(ties).tolist())
        drawn = world.benefits["person"][world.benefits["programme"] != LAND]
        self.drawing = set(drawn.tolist())
        posts = world.posts
        self.posts_of = _grouped(posts["person"])
        long = np.minimum(np.where(posts["end"] == NEVER, LAST_DAY, posts["end"]), LAST_DAY) - np.maximum(
            posts["start"], 0
        )
        self._posts = {
            role: np.flatnonzero((posts["role"] == role) & (long > LEAST_TENURE)) for role in (HEAD, DEPUTY, CLERK)
        }

    def tenure(self, post: int) -> tuple[int, int]:
        """Return first and last day of a post within the ten years."""
        start, end = int(self.world.posts["start"][post]), int(self.world.posts["end"][post])
        return max(start, 0), LAST_DAY if end == NEVER else min(end, LAST_DAY)

    def official(self, post: int) -> int:
        """Return who holds a post."""
        return int(self.world.posts["person"][post])

    def agency(self, post: int) -> int:
        """Return the agency of a post."""
        return int(self.world.posts["agency"][post])

    def decider(self, fits: Callable[[int], bool], roles: tuple[int, ...] = (HEAD, DEPUTY)) -> int:
        """Return a post with power for which `fits` is true, of somebody not yet in a scheme.

        Raises:
            CannotPlant: None was found.
        """
        for post in self.rng.permutation(np.array(self.share_with, dtype=np.int64)).tolist():
            if fits(post):
                return int(post)
        pool = np.concatenate([self._posts[role] for role in roles])
        for post in self.rng.permutation(pool)[:_TRIES].tolist():
            if self.official(post) not in self.people and fits(post):
                return int(post)
        raise CannotPlant("no decider")

    def buys(self, agency: int, start: int, end: int) -> list[int]:
        """Return the contracts that an agency signed between two days."""
        rows = np.array(self.contracts_of.get(agency, []), dtype=np.int64)
        signed = self.world.contracts["signed"][rows]
        return [int(row) for row in rows[(signed > start + 20) & (signed < end - 20)].tolist()]

    def unused(self, agency: int, start: int, end: int) -> list[int]:
        """Return those of an agency's contracts on which nothing rests that was planted before."""
        return [row for row in self.buys(agency, start, end) if row not in self.contracts]

    def free(self, person: int) -> bool:
        """Tell whether somebody is no official, in no company and not yet in a scheme."""
        return not (person in self.officials or person in self.people or person in self.owners)

    def relative(self, person: int, fits: Callable[[Relative], bool] = lambda one: True) -> Relative:
        """Return a relative of somebody who is of age and free.

        Raises:
            CannotPlant: None was found.
        """
        found = [
            one for one in self.kin.relatives(person) if self.kin.lasting(one) and self.free(one.person) and fits(one)
        ]
        if not found:
            raise CannotPlant("no relative")
        # Nearer kin is likelier, as it is in the files.
        weights = np.array([2.0 if one.steps == 1 else 1.0 for one in found])
        return found[int(self.rng.choice(len(found), p=weights / weights.sum()))]

    def stranger(self, fits: Callable[[int], bool] = lambda one: True) -> int:
        """Return a living adult who is free."""
        people = self.world.people
        for person in self.rng.integers(0, len(people), _TRIES).tolist():
            adult = people["birth"][person] < -24 * 365 and people["birth"][person] > -66 * 365
            if adult and self.free(person) and people["death"][person] == NEVER and fits(person):
                return int(person)
        raise CannotPlant("no stranger")

    def company(self, fits: Callable[[int], bool]) -> int:
        """Return a company not yet in a scheme for which `fits` is true, as likely as its size makes it."""
        size = self.world.companies["size"]
        drawn = (
            self.rng.permutation(len(size))
            if len(size) < _TRIES
            else self.rng.choice(len(size), size=_TRIES, p=size / size.sum())
        )
        for company in drawn.tolist():
            if company not in self.companies and fits(company):
                return int(company)
        raise CannotPlant("no company")

    def alive(self, company: int, start: int, end: int) -> bool:
        """Tell whether a company exists between two days."""
        companies = self.world.companies
        gone = int(companies["dissolved"][company])
        return bool(companies["founded"][company] + 60 < start and (gone == NEVER or gone > end))

    def kin_facts(self, person: int, relative: int) -> list[Fact]:
        """Return the rows that show two people to be kin: declarations of either, the household, the marriage."""
        world, found = self.world, []
        for one, other in ((person, relative), (relative, person)):
            rows = self.records_of.get(one, [])
            found += [("亲属关系", row) for row in rows if world.kin_records["relative"][row] == other]
            if world.head[one] == other and one != other:
                found.append(("户籍", one))
        weddings = world.marriages
        for man, woman in ((person, relative), (relative, person)):
            wed = np.flatnonzero((weddings["husband"] == man) & (weddings["wife"] == woman) & ~weddings["divorce"])
            found += [("婚姻登记", int(row)) for row in wed]
        return found

    def power_facts(self, post: int) -> list[Fact]:
        """Return the rows that show the power of a post."""
        charges = np.flatnonzero(self.world.charges["post"] == post)
        return [("任职", post), *(("分管", int(row)) for row in charges)]

    def control_facts(self, person: int, company: int) -> list[Fact]:
        """Return the rows that show who controls a company."""
        world = self.world
        found: list[Fact] = [("企业登记", company)] if world.companies["rep"][company] == person else []
        shares, officers = world.shares, world.officers
        rows = np.flatnonzero((shares["company"] == company) & (shares["person"] == person) & (shares["ratio"] >= 0.1))
        found += [("股东", int(row)) for row in rows]
        served = np.flatnonzero((officers["company"] == company) & (officers["person"] == person))
        found += [("主要人员", int(row)) for row in served if officers["role"][row] in ("执行董事", "经理")]
        return found

    def enter(self, scheme: Scheme) -> None:
        """Note that the actors of a scheme are taken, and the contracts that it tells of."""
        self.people.update(scheme.rows("Person"))
        self.companies.update(scheme.rows("Company"))
        world = self.world
        told: dict[str, set[int]] = {}
        for need in scheme.needs:
            for register, row in need.options:
                told.setdefault(register, set()).add(row)
        bids = sorted(told.get("投标", ()))
        tenders = np.unique(world.bids["tender"][np.array(bids, dtype=np.int64)])
        self.contracts |= told.get("合同", set())
        self.contracts |= set(world.payments["contract"][sorted(told.get("财政支付", ()))].tolist())
        self.contracts |= set(np.flatnonzero(np.isin(world.contracts["tender"], tenders)).tolist())


def _grouped(keys: np.ndarray) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for row, key in enumerate(keys.tolist()):
        if key != NONE:
            found.setdefault(key, []).append(row)
    return found
