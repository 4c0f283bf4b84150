"""Judging who is who from a page: what hangs on it, the judgement in a person's name, and taking one back."""

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from app.services.accounts import DECIDE, Actor
from app.services.context import Context
from app.services.identity import Told, judge, name_pair, undo
from app.services.naming import Named
from app.services.picture import role_ids
from app.services.seen_hits import Hit, seen_hits
from app.services.trail import record
from graph.casebook.verdict import Verdict
from graph.store.base import Scope

_TIES = """
SELECT count(*) FROM seen_edges WHERE source IN (SELECT unnest($ids::VARCHAR[]))
                                   OR target IN (SELECT unnest($ids::VARCHAR[]))
"""


@dataclass(frozen=True)
class Stakes:
    """What would change with a judgement about two entities.

    Attributes:
        ties: How many ties the two have, which would hang on one.
        hits: Hits of the newest runs that name one of them: found again or not, with other evidence.
    """

    ties: int
    hits: tuple[Hit, ...]


def stakes(context: Context, connection: duckdb.DuckDBPyConnection, scope: Scope, pair: Sequence[Named]) -> Stakes:
    """Return what hangs on two entities, as far as a scope lets it be seen."""
    ids = {one.id for one in pair}
    row = connection.execute(_TIES, {"ids": sorted(ids)}).fetchone()
    with context.casebook() as casebook:
        kept = [hit for hit in casebook.latest_hits() if ids & set(role_ids(hit))]
    return Stakes(int(row[0]) if row else 0, seen_hits(connection, scope, kept).hits)


def decide_pair(
    context: Context,
    connection: duckdb.DuckDBPyConnection,
    actor: Actor,
    pair: tuple[str, str],
    verdict: Verdict,
    reason: str,
) -> Told:
    """Keep what a person says of two records; the graph follows with the next `resolve`.

    Args:
        context: Names the casebook.
        connection: From `open_tables`, within the actor's scope: what is out of scope cannot be judged.
        actor: Who judges.
        pair: Keys, ids, codes or unique names.
        verdict: What is said.
        reason: Why, in the person's words.

    Raises:
        NotAllowed: The role decides nothing.
        NobodyFound: One is unknown or out of scope.
        BadJudgement: The two are one, of different types, or there is no reason.
    """
    actor.need(DECIDE)
    keys = name_pair(connection, *pair)
    with context.casebook() as casebook:
        told = judge(casebook, keys, verdict, reason, actor.name)
    record(context, actor.name, "judge", " ".join(keys), verdict=verdict.value, number=told.judgement.id)
    return told


def take_back(context: Context, actor: Actor, number: int, reason: str) -> None:
    """Take a judgement back in a person's name.

    Raises:
        NotAllowed: The role decides nothing.
        BadJudgement: There is none of that number, it was taken back already, or there is no reason.
    """
    actor.need(DECIDE)
    with context.casebook() as casebook:
        undo(casebook, number, reason, actor.name)
    record(context, actor.name, "judge undo", str(number))
