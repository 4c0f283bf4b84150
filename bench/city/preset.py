"""How large a city is, and how hard its schemes are to see."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Preset:
    """Sizes of a city; the numbers of people and what follows from them are reached within a few per cent.

    Attributes:
        people: Persons, living and dead.
        officials: Officials and village cadres over the ten years.
        agencies: Agencies, schools, hospitals, village committees.
        companies: Companies.
        tenders: Projects put out to bidders; smaller buys without them come on top.
        accounts: Bank accounts.
        transfers: Transfers in ten years.
        benefits: Benefit payments.
        leases: Village leases.
        leads: Complaints and other leads.
        cases: Opened cases.
        schemes: Planted schemes of each typology.
        typologies: Most typologies planted in one city; they rotate over the seeds.
        decoys: Look-alikes of each scheme.
        difficulty: Usual difficulty.
    """

    people: int
    officials: int
    agencies: int
    companies: int
    tenders: int
    accounts: int
    transfers: int
    benefits: int
    leases: int
    leads: int
    cases: int
    schemes: int
    typologies: int
    decoys: int
    difficulty: str


PRESETS = {
    "small": Preset(2_000, 80, 40, 150, 400, 3_000, 60_000, 20_000, 100, 60, 20, 1, 30, 3, "easy"),
    "medium": Preset(30_000, 900, 350, 2_500, 8_000, 45_000, 1_500_000, 600_000, 2_500, 900, 150, 6, 10, 3, "medium"),
    "large": Preset(
        300_000, 6_000, 2_000, 20_000, 60_000, 450_000, 20_000_000, 6_000_000, 20_000, 8_000, 1_200, 40, 10, 3, "medium"
    ),
}


@dataclass(frozen=True)
class Knobs:
    """How much of a scheme the registers show; the same for ordinary life, so that a gap gives nobody away.

    Attributes:
        missing: Share of a scheme's repeated facts that no register holds.
        missing_joint: Share of schemes whose joining fact no register holds.
        kin: Share of kin and marriage records that are there.
        collisions: How often a given name is taken over from somebody of the same surname.
        precision: Shares of dates given to the day, month, year, and not at all, in registers that people fill in.
        identifiers: Share of ID numbers and credit codes filled in, in registers that people fill in.
        layers: Least and most persons between company and official in a benefit chain.
        structuring: Share of chains whose amounts are split.
        queried: Share of ordinary accounts whose statements were obtained.
    """

    missing: float
    missing_joint: float
    kin: float
    collisions: float
    precision: tuple[float, float, float, float]
    identifiers: float
    layers: tuple[int, int]
    structuring: float
    queried: float


DIFFICULTIES = {
    "easy": Knobs(0.0, 0.0, 1.0, 0.0, (1.0, 0.0, 0.0, 0.0), 1.0, (1, 1), 0.0, 1.0),
    "medium": Knobs(0.15, 0.25, 0.7, 0.1, (0.7, 0.2, 0.1, 0.0), 0.6, (1, 2), 0.3, 0.6),
    "hard": Knobs(0.35, 0.5, 0.4, 0.3, (0.3, 0.3, 0.25, 0.15), 0.2, (2, 4), 0.7, 0.5),
}
