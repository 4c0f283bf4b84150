"""`audit`: from one contract to the officials who may stand behind its supplier."""

from dataclasses import dataclass, field

import duckdb

from app.services.audit.closeness import circle
from app.services.audit.control import controllers, owners
from app.services.audit.reach import Reaches
from app.services.audit.rows import ContractFacts, Ground, Row, Total, totals
from app.services.audit.steps import Steps
from app.services.audit.texts import BUYERS, CONTRACTS, POWERS, RECUSALS, SIGNED, TENDER_BUYERS, TENDERS
from app.services.context import Context
from app.services.naming import Named, find, named
from app.services.reading import Reading
from app.services.tables import open_tables
from app.services.ties import Tie, read_ties

_CONTRACTS = """
SELECT id, coalesce(props ->> '$.code', ''), name, CAST(props ->> '$.amount' AS DOUBLE),
       CAST(props ->> '$.signed' AS DATE), CAST(coalesce(props ->> '$.signed_latest', props ->> '$.signed') AS DATE)
FROM seen_nodes WHERE id IN (SELECT unnest($ids::VARCHAR[])) ORDER BY 5 NULLS LAST, 2, 1
"""


@dataclass
class Official:
    """Somebody with power who controls the firm or stands close to somebody who does.

    Attributes:
        person: Who.
        powers: Eids of HAS_POWER.
        ways: Eids of each way to the firm: kin or associates first, then control downwards.
    """

    person: Named
    powers: list[str]
    ways: list[tuple[str, ...]]


@dataclass
class Audit:
    """Everything that an audit found; `ties` holds every edge that is named, with its sources."""

    contract: ContractFacts
    firms: list[Named]
    signatures: list[str]
    owners: list[str]
    controls: list[tuple[str, ...]]
    officials: list[Official]
    rows: list[Row]
    totals: list[Total]
    cut: bool
    ties: dict[str, Tie] = field(default_factory=dict)


def _grouped(steps: list[tuple[str, str, str]]) -> dict[str, dict[str, list[str]]]:
    found: dict[str, dict[str, list[str]]] = {}
    for here, there, eid in steps:
        found.setdefault(here, {}).setdefault(there, []).append(eid)
    return found


def _contracts(steps: Steps, connection: duckdb.DuckDBPyConnection, firms: set[str]) -> list[ContractFacts]:
    """Read every contract of the firms: who bought, directly or through the tender, and what matters it belongs to."""
    signed = _grouped([(there, here, eid) for here, there, eid in steps.take(CONTRACTS, firms)])
    bought = _grouped(steps.take(BUYERS, signed))
    tenders = _grouped(steps.take(TENDERS, signed))
    sought = {tender for id_, found in tenders.items() if id_ not in bought for tender in found}
    by_tender = _grouped(steps.take(TENDER_BUYERS, sought))
    found = []
    for id_, code, name, amount, first, last in connection.execute(_CONTRACTS, {"ids": sorted(signed)}).fetchall():
        buyers = {buyer: tuple(eids) for buyer, eids in bought.get(id_, {}).items()}
        mine = tenders.get(id_, {})
        for tender, link in mine.items():
            for buyer, eids in by_tender.get(tender, {}).items():
                buyers.setdefault(buyer, (*link, *eids))
        matters = frozenset({id_, *mine})
        found.append(ContractFacts(id_, code, name, amount, first, last, frozenset(signed[id_]), buyers, matters))
    return found


def audit(context: Context, reading: Reading, text: str) -> Audit:
    """Go from a contract to its firm, the firm's owners and controllers, their kin, and the power these hold.

    Args:
        context: Names the originals, for quotes.
        reading: The graph within a scope.
        text: The contract's number, id or unique name.

    Raises:
        NobodyFound: There is no such contract.
        SeveralFound: The name is that of several contracts.
        StoreError: The engine failed.
    """
    with open_tables(reading.tables, reading.scope) as connection:
        contract = find(connection, text, "Contract")
        steps = Steps(context, connection, reading.view)
        signatures = steps.take(SIGNED, [contract.id])
        firms = {firm for _, firm, _ in signatures}
        contracts = _contracts(steps, connection, firms)
        held_by = owners(steps, firms)
        chains = controllers(steps, firms)
        people = circle(steps, {chain.holder for chain in chains})
        powers = _grouped(steps.take(POWERS, {one.person for one in people}))
        reaches = Reaches(steps, connection, {buyer for one in contracts for buyer in one.buyers})
        reaches.learn_places({agency for found in powers.values() for agency in found})
        ground = Ground(steps.ties, reaches)
        ground.powers = {person: [e for eids in found.values() for e in eids] for person, found in powers.items()}
        recused = _grouped(steps.take(RECUSALS, powers))
        ground.recusals = {person: [e for eids in found.values() for e in eids] for person, found in recused.items()}
        for close in people:
            if close.person in powers:
                mine = [(close, chain) for chain in chains if chain.holder == close.controller]
                ground.ways.setdefault(close.person, []).extend(mine)
        rows = ground.rows(contracts, contract.id)
        seen = named(connection, {*firms, *ground.ways})
        officials = [
            Official(
                seen[person],
                ground.powers[person],
                [(*close.eids[::-1], *chain.eids[::-1]) for close, chain in ways],
            )
            for person, ways in sorted(ground.ways.items())
            if person in seen
        ]
        facts = next((one for one in contracts if one.id == contract.id), None)
        if facts is None:
            facts = _alone(connection, contract.id)
        controls = [chain.eids[::-1] for chain in chains]
        found = Audit(
            facts,
            [seen[firm] for firm in sorted(firms) if firm in seen],
            [eid for *_, eid in signatures],
            held_by,
            controls,
            officials,
            rows,
            totals(rows),
            steps.cut,
        )
        found.ties = read_ties(context, connection, _named_ties(found))
        return found


def _alone(connection: duckdb.DuckDBPyConnection, id_: str) -> ContractFacts:
    """Return a contract that nobody is known to have signed."""
    [(_, code, name, amount, first, last)] = connection.execute(_CONTRACTS, {"ids": [id_]}).fetchall()
    return ContractFacts(id_, code, name, amount, first, last, frozenset(), {}, frozenset({id_}))


def _named_ties(found: Audit) -> set[str]:
    eids = {*found.signatures, *found.owners}
    eids.update(eid for bought in found.contract.buyers.values() for eid in bought)
    for way in found.controls:
        eids.update(way)
    for official in found.officials:
        eids.update(official.powers)
        for way in official.ways:
            eids.update(way)
    for row in found.rows:
        eids.update(row.eids)
    return eids
