"""The rows of an audit: an official, a contract of the firm, and whether power and tie held when it was signed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import Literal

from app.services.audit.closeness import Closeness
from app.services.audit.control import Chain
from app.services.audit.reach import REACHES, Reach, Reaches
from app.services.audit.windows import When, best, held, together
from app.services.citing import IDENTITIES
from app.services.ties import Tie

Standing = Literal["in", "before", "after", "undated", "recused", "name_only"]
# Grades from here on are posts; those below are what the post lets one do.
_POST = 3
STANDINGS: tuple[Standing, ...] = ("in", "undated", "name_only", "recused", "before", "after")


@dataclass(frozen=True)
class ContractFacts:
    """A contract of the firm; `first` and `last` are the earliest and latest day it can have been signed."""

    id: str
    code: str
    name: str
    amount: float | None
    first: date | None
    last: date | None
    firms: frozenset[str]
    buyers: Mapping[str, tuple[str, ...]]
    matters: frozenset[str]

    def to_json(self) -> dict[str, object]:
        """Return it as a JSON object."""
        signed = self.first and self.first.isoformat()
        return {"id": self.id, "code": self.code, "name": self.name, "amount": self.amount, "signed": signed}


@dataclass(frozen=True)
class Row:
    """How one official stands to one contract, by the ties that say most.

    Attributes:
        person: The official.
        contract: The contract.
        standing: `in`: power and ties surely held when it was signed; `before` or `after`: surely not;
            `undated`: a date is missing; `recused`: the official stepped aside; `name_only`: somebody on the way is
            known by a bare name. Only `in` is summed.
        reach: How far the official's unit reaches to the buyer.
        grade: Of power, 1 to 4.
        identity: The weakest join on the way.
        eids: From the official to the contract: power, supervision, buyer, kin, control, signature is by the firm.
    """

    person: str
    contract: ContractFacts
    standing: Standing
    reach: Reach
    grade: int
    identity: str
    eids: tuple[str, ...]


@dataclass(frozen=True)
class Total:
    """Contracts signed while power and tie held, of one official, reach and grade; equal to the rows."""

    person: str
    reach: Reach
    grade: int
    contracts: int
    amount: float
    unknown_amounts: int


def _grade(tie: Tie) -> int:
    return int(str(tie.props["grade"]))


class Ground:
    """What rows are made from."""

    def __init__(self, ties: Mapping[str, Tie], reaches: Reaches) -> None:
        self.ties = ties
        self.reaches = reaches
        self.powers: dict[str, list[str]] = {}
        self.recusals: dict[str, list[str]] = {}
        self.ways: dict[str, list[tuple[Closeness, Chain]]] = {}

    def _recused(self, person: str, contract: ContractFacts) -> str | None:
        for eid in self.recusals.get(person, ()):
            tie = self.ties[eid]
            stepped = tie.start
            in_time = stepped is None or contract.last is None or stepped <= contract.last
            if tie.target.id in contract.matters and in_time:
                return eid
        return None

    def _power(self, person: str, eid: str, contract: ContractFacts) -> tuple[When, tuple[str, ...]] | None:
        """Tell whether a power held, and by which edges; None when it is over another matter.

        One over a single matter holds for that matter, on whatever day it was handled. A charge (分管) whose end nobody
        wrote down ends with the last post in the unit.
        """
        tie = self.ties[eid]
        item = tie.props.get("item")
        if item is not None:
            return ("in", (eid,)) if item in contract.matters else None
        ruled = held(tie, contract.first, contract.last)
        posts = [
            (held(self.ties[post], contract.first, contract.last), post)
            for post in self.powers[person]
            if _grade(self.ties[post]) >= _POST and self.ties[post].target.id == tie.target.id
        ]
        if _grade(tie) >= _POST or not posts:
            return ruled, (eid,)
        by_post = best(standing for standing, _ in posts)
        post = min(post for standing, post in posts if standing == by_post)
        return together((ruled, by_post)), (eid, post)

    def _candidates(self, person: str, contract: ContractFacts) -> Iterator[Row]:
        recusal = self._recused(person, contract)
        for close, chain in self.ways[person]:
            if chain.firm not in contract.firms:
                continue
            joined = (*close.eids[::-1], *chain.eids[::-1])
            tied = together(held(self.ties[eid], contract.first, contract.last) for eid in joined)
            for power in self.powers[person]:
                ruled = self._power(person, power, contract)
                if ruled is None:
                    continue
                standing_power, held_by = ruled
                for buyer, bought in sorted(contract.buyers.items()):
                    reach, way = self.reaches.between(self.ties[power].target.id, buyer)
                    eids = (*held_by, *way[::-1], *bought, *joined, *((recusal,) if recusal else ()))
                    identity = max((self.ties[eid].identity for eid in eids), key=IDENTITIES.index)
                    standing: Standing = together((tied, standing_power))
                    if standing == "in" and identity == "name":
                        standing = "name_only"
                    if recusal is not None:
                        standing = "recused"
                    yield Row(person, contract, standing, reach, _grade(self.ties[power]), identity, eids)

    def rows(self, contracts: Iterable[ContractFacts], asked: str) -> list[Row]:
        """Return one row for every official and contract within reach; beyond reach only for the contract asked about.

        Args:
            contracts: Of the firms.
            asked: Id of the contract that the audit is about.
        """
        found = []
        for person in sorted(self.ways):
            for contract in contracts:
                best = min(self._candidates(person, contract), key=_says_most, default=None)
                if best is not None and (best.reach != "none" or contract.id == asked):
                    found.append(best)
        return found


def _says_most(row: Row) -> tuple[object, ...]:
    beyond = row.reach == "none"
    return (beyond, STANDINGS.index(row.standing), REACHES.index(row.reach), row.grade, len(row.eids), row.eids)


def totals(rows: Iterable[Row]) -> list[Total]:
    """Sum the rows that stand, by official, reach and grade; what is beyond reach is never summed."""
    groups: dict[tuple[str, int, int], list[Row]] = {}
    for row in rows:
        if row.standing == "in" and row.reach != "none":
            groups.setdefault((row.person, REACHES.index(row.reach), row.grade), []).append(row)
    found = []
    for (person, reach, grade), mine in sorted(groups.items()):
        amounts = [row.contract.amount for row in mine if row.contract.amount is not None]
        amount = round(fsum(amounts), 2)
        found.append(Total(person, REACHES[reach], grade, len(mine), amount, len(mine) - len(amounts)))
    return found
