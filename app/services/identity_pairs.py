"""Pairs of records that wait for a person: what the machine noticed, without what was settled, the likeliest first."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import duckdb

from app.services.context import Context
from app.services.identity_words import explain
from app.services.naming import Named, named
from graph.casebook.judgements import Judgement
from graph.errors import Lang
from graph.store.base import Scope

_PAIRS = """
SELECT DISTINCT q.a, q.b, coalesce(m.id, q.a) AS one, coalesce(n.id, q.b) AS other, q.reason, q.facts
FROM ledger_queue q LEFT JOIN members m ON m.entity_key = q.a LEFT JOIN members n ON n.entity_key = q.b
WHERE one <> other AND one IN (SELECT id FROM seen_nodes) AND other IN (SELECT id FROM seen_nodes)
ORDER BY q.a, q.b, q.reason
"""


@dataclass(frozen=True)
class Waiting:
    """One pair of the queue.

    Attributes:
        a: Entity key of one record.
        b: Entity key of the other.
        one: The entity that `a` belongs to now.
        other: The entity that `b` belongs to now.
        reason: Why it waits, a key of the queue.
        probability: Of being the same, 0 to 1; None where a rule put it here.
        facts: What the machine compared; empty for a reader who may not see everything.
        postponed: Somebody put it off.
    """

    a: str
    b: str
    one: Named
    other: Named
    reason: str
    probability: float | None
    facts: dict[str, Any]
    postponed: bool = False

    def why(self, lang: Lang) -> list[str]:
        """Return the reasons in words, the weightiest first."""
        return explain(self.reason, self.facts, lang)

    def to_json(self, lang: Lang) -> dict[str, object]:
        """Return the pair as JSON."""
        head = {"a": self.a, "b": self.b, "one": self.one.to_json(), "other": self.other.to_json()}
        tail = {"reason": self.reason, "probability": self.probability, "why": self.why(lang)}
        return {**head, **tail, "postponed": self.postponed}


def waiting(
    context: Context, connection: duckdb.DuckDBPyConnection, scope: Scope, judged: Iterable[Judgement]
) -> list[Waiting]:
    """Return the pairs that wait: open ones by probability, then those that were put off.

    Args:
        context: Names the ledger.
        connection: From `open_tables`, within the scope.
        scope: Of the reader; what the machine compared is shown only to those who may see everything.
        judged: Judgements in force.
    """
    said = {one.pair: one.verdict for one in judged}
    context.ledger.attach(connection, "queue")
    rows = connection.execute(_PAIRS).fetchall()
    people = named(connection, {id_ for row in rows for id_ in row[2:4]})
    found = []
    for a, b, one, other, reason, facts in rows:
        verdict = said.get((min(a, b), max(a, b))) or said.get((min(one, other), max(one, other)))
        if verdict is not None and verdict.settles:
            continue
        known = json.loads(facts) if facts and scope.everything else {}
        likely = json.loads(facts).get("probability") if facts else None
        found.append(
            Waiting(a, b, people[one], people[other], str(reason), likely, known, postponed=verdict is not None)
        )
    return sorted(found, key=lambda pair: (pair.postponed, -(pair.probability or 0.5), pair.a, pair.b, pair.reason))
