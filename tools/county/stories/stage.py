"""What every story needs: the county, its people, and who pays from which account into which."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from county.purchases import pay
from county.world import County, Firm, Person, at


@dataclass
class Stage:
    """Shared by the stories.

    Attributes:
        treasuries: Buyer -> its account.
        accounts: Company -> its account.
        cards: Person's name -> their account.
        firms: Firms that a later story takes up again.
        payments: Contract -> account and day of its latest payment.
    """

    county: County
    people: dict[str, Person]
    treasuries: dict[str, str]
    accounts: dict[str, str] = field(default_factory=dict)
    cards: dict[str, str] = field(default_factory=dict)
    firms: dict[str, Firm] = field(default_factory=dict)
    rng: random.Random = field(default_factory=lambda: random.Random("stories"))

    def account(self, firm: Firm, queried: bool = False) -> str:
        """Return a company's account, opened when it has none."""
        found = self.accounts.get(firm.name) or self.accounts.setdefault(firm.name, self.county.account(firm))
        if queried and found not in self.county.queried:
            self.county.queried.append(found)
        return found

    def card(self, name: str, queried: bool = True) -> str:
        """Return a person's account, opened when they have none."""
        found = self.cards.get(name) or self.cards.setdefault(name, self.county.account(self.people[name]))
        if queried and found not in self.county.queried:
            self.county.queried.append(found)
        return found

    def paid(self, number: str | None, buyer: str, firm: Firm, amount: float, since: date, days: int, use: str) -> date:
        """Pay a company some days after a date and return the day."""
        when = since + timedelta(days=days)
        pay(self.county, number, buyer, self.treasuries[buyer], firm.name, self.account(firm), amount, when, use)
        return when

    def give(self, when: date, source: str, target: str, amount: float, summary: str, *flags: str) -> None:
        """Move money at some hour of a day."""
        moment = at(when, 9 + self.rng.randrange(8), self.rng.randrange(60), self.rng.randrange(60))
        self.county.move(moment, source, target, amount, summary, *flags)
