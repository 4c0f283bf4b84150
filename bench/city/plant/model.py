"""A scheme or a look-alike as data."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["scheme", "decoy", "unscored"]
Fact = tuple[str, int]


class CannotPlant(Exception):
    """The city has no actors for this script now; another draw may."""


@dataclass(frozen=True)
class Actor:
    """Somebody or something that a hit has to name.

    Attributes:
        role: As in the contract of queries.
        type: Person, Company, Agency, Account or Tender.
        row: Row of its table.
        anchor: A hit without it is no match.
    """

    role: str
    type: str
    row: int
    anchor: bool = False


@dataclass
class Need:
    """One thing that has to be shown.

    Attributes:
        role: What it proves: kin, control, power, contract, transfer, …
        options: Register and fact; any one of them is enough.
        joint: It joins the two halves of the scheme.
        lost: No register holds it.
        group: Needs of one group prove something only together (both bids of a pair, all hops of a chain); -1 alone.
    """

    role: str
    options: list[Fact]
    joint: bool = False
    lost: bool = False
    group: int = -1


@dataclass
class Scheme:
    """Planted facts.

    Attributes:
        typology: T01 and so on.
        query: Id of the saved query that looks for it.
        core: Actors.
        needs: What proves it.
        start: First day.
        end: Last day.
        amount: In yuan.
        kind: Scheme, decoy, or unscored background.
        reason: For a decoy: the one circumstance that clears it.
        number: Running number in the city.
        model: For a decoy: the number of the scheme it looks like.
        shares: Numbers of schemes with which it shares an actor.
        post: The post that gives the official power, -1 without.
    """

    typology: str
    query: str
    core: list[Actor]
    needs: list[Need]
    start: int
    end: int
    amount: float
    kind: Kind = "scheme"
    reason: str = ""
    number: int = -1
    model: int = -1
    shares: list[int] = field(default_factory=list)
    post: int = -1

    def rows(self, type_: str) -> list[int]:
        """Return the rows of the actors of one type."""
        return [one.row for one in self.core if one.type == type_]
