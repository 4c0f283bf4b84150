"""What one line of thought would rank: the heuristic that a query has to beat, for each typology.

Each uses what the registers show and nothing of the truth; a row names the same roles as the query's hits.
"""

from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from bench.city.render.numbering import number_facts
from bench.city.table import Table
from bench.city.world import World
from graph.duck import connect

MOST_ROWS = 200
_STILL = 'p."end" < -9000'

RULES = {
    "shadow_company": (
        "heads and deputies with the supplier that their agency paid most while they were in office",
        """SELECT p.person AS official, c.company AS company, sum(c.amount) AS score
        FROM posts p JOIN contracts c ON c.agency = p.agency AND c.signed >= p.start
             AND ({still} OR c.signed <= p."end")
        WHERE p.role < 2 GROUP BY ALL ORDER BY score DESC, 1, 2 LIMIT {most}""",
    ),
    "benefit_chain": (
        "officials and the supplier of their agency that paid most to any one of their declared relatives",
        """SELECT p.person AS official, k.relative AS recipient, c.company AS company, sum(t.amount) AS score
        FROM posts p JOIN kin k ON k.person = p.person
        JOIN (SELECT DISTINCT agency, company FROM contracts) c ON c.agency = p.agency
        JOIN transfers t ON t.payer_owner = c.company AND t.payer_kind = 1 AND t.payee_owner = k.relative
             AND t.payee_kind = 0
        WHERE p.role < 2 GROUP BY ALL ORDER BY score DESC, 1, 2, 3 LIMIT {most}""",
    ),
    "common_control_bids": (
        "pairs of companies that bid against each other most often",
        """SELECT a.company AS companies, b.company AS companies_2, list(DISTINCT a.tender) AS tenders,
               count(*) AS score
        FROM bids a JOIN bids b ON a.tender = b.tender AND a.company < b.company GROUP BY a.company, b.company
        ORDER BY score DESC, 1, 2 LIMIT {most}""",
    ),
    "dead_or_double_benefit": (
        "the eldest beneficiaries with the most payments",
        """SELECT b.person AS beneficiary, mode(b.certifier) AS certifier,
               count(*) - any_value(p.birth) / 365.0 AS score
        FROM benefits b JOIN people p ON p.at = b.person GROUP BY b.person ORDER BY score DESC, 1 LIMIT {most}""",
    ),
    "revolving_door": (
        "officials who became officers of a company, by what their agency had bought from it",
        """SELECT p.person AS official, o.company AS company, coalesce(sum(c.amount), 0) AS score
        FROM posts p JOIN officers o ON o.person = p.person
        LEFT JOIN contracts c ON c.agency = p.agency AND c.company = o.company
        GROUP BY ALL ORDER BY score DESC, 1, 2 LIMIT {most}""",
    ),
    "split_below_threshold": (
        "heads with the supplier from whom their agency bought most often within a quarter",
        """SELECT p.person AS official, c.agency AS buyer, c.company AS companies, count(*) AS score
        FROM contracts c JOIN posts p ON p.agency = c.agency AND c.signed >= p.start
             AND ({still} OR c.signed <= p."end")
        WHERE p.role < 2 GROUP BY p.person, c.agency, c.company, c.signed // 90
        ORDER BY score DESC, 1, 2, 3 LIMIT {most}""",
    ),
    "pooled_claims": (
        "accounts that receive the benefits of most people",
        """SELECT mode(b.certifier) AS official, any_value(a.owner) AS collector, b.account AS account,
               count(DISTINCT b.person) AS score
        FROM benefits b JOIN accounts a ON a.at = b.account WHERE a.owner_kind = 0
        GROUP BY b.account ORDER BY score DESC, 3 LIMIT {most}""",
    ),
    "kin_on_rolls": (
        "cadres and declared relatives who draw minimum support, by its amount",
        """SELECT k.person AS official, k.relative AS beneficiary, sum(b.amount) AS score
        FROM kin k JOIN benefits b ON b.person = k.relative AND b.programme = 2
        GROUP BY ALL ORDER BY score DESC, 1, 2 LIMIT {most}""",
    ),
}  # fmt: skip
_TYPES = {
    "official": "Person",
    "recipient": "Person",
    "beneficiary": "Person",
    "certifier": "Person",
    "collector": "Person",
    "company": "Company",
    "companies": "Company",
    "companies_2": "Company",
    "tenders": "Tender",
    "buyer": "Agency",
    "account": "Account",
}


def _shown(table: Table, *columns: str) -> pa.Table:
    rows = np.flatnonzero(~table["hidden"]) if "hidden" in table.names else np.arange(len(table))
    return pa.table({name: table[name][rows] for name in columns} | {"at": rows})


def _register(connection: duckdb.DuckDBPyConnection, world: World) -> None:
    accounts, moved = world.accounts.table, world.transfers
    seen = np.flatnonzero(~moved["hidden"] & (moved["payer"] >= 0) & (moved["payee"] >= 0))
    payer, payee = moved["payer"][seen], moved["payee"][seen]
    known = accounts["queried"][payer] | accounts["queried"][payee]
    payer, payee, seen = payer[known], payee[known], seen[known]
    owned = {
        "payer_owner": accounts["owner"][payer],
        "payer_kind": accounts["owner_kind"][payer],
        "payee_owner": accounts["owner"][payee],
        "payee_kind": accounts["owner_kind"][payee],
        "amount": moved["amount"][seen],
    }
    tables = {
        "people": _shown(world.people, "birth"),
        "posts": _shown(world.posts, "person", "agency", "role", "start", "end"),
        "contracts": _shown(world.contracts, "agency", "company", "amount", "signed"),
        "bids": _shown(world.bids, "tender", "company"),
        "officers": _shown(world.officers, "person", "company"),
        "kin": _shown(world.kin_records, "person", "relative"),
        "benefits": _shown(world.benefits, "person", "programme", "amount", "account", "certifier"),
        "accounts": _shown(accounts, "owner", "owner_kind"),
        "transfers": pa.table(owned),
    }
    for name, table in tables.items():
        connection.register(name, table)


def _codes(world: World) -> dict[str, Any]:
    return {
        "Person": world.people["id"],
        "Company": world.companies["code"],
        "Agency": world.agencies["name"],
        "Account": world.accounts.table["number"],
        "Tender": number_facts(world).tender,
    }


def rank_by_rule(world: World) -> list[dict[str, Any]]:
    """Return the rows of every rule in the form of hits, without evidence."""
    found: list[dict[str, Any]] = []
    codes = _codes(world)
    with connect() as connection:
        _register(connection, world)
        for query, (_, rule) in RULES.items():
            answer = connection.execute(rule.format(most=MOST_ROWS, still=_STILL))
            names = [column[0] for column in answer.description]
            for rank, row in enumerate(answer.fetchall(), start=1):
                roles: dict[str, list[dict[str, str]]] = {}
                for name, value in zip(names, row, strict=True):
                    for one in value if isinstance(value, list) else [value]:
                        if name != "score" and one is not None and one >= 0:
                            code = str(codes[_TYPES[name]][one])
                            roles.setdefault(name, []).append({"type": _TYPES[name], "code": code, "name": code})
                found.append(
                    {
                        "query": query,
                        "rank": rank,
                        "score": float(row[names.index("score")]),
                        "state": "open",
                        "roles": roles,
                        "evidence": [],
                    }
                )
    return found
