"""What people decided about hits, held against the evidence of today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from app.services.accounts import DECIDE, Actor
from app.services.context import Context
from app.services.seen_hits import seen_hits
from app.services.trail import record
from graph.casebook.casebook import Casebook
from graph.casebook.decisions import GONE, Standing, standing
from graph.errors import ShenwaError
from graph.store.base import Scope

Hit = Mapping[str, Any]


class NoSuchHit(ShenwaError):
    """The hit is unknown, or not within what the person may see."""

    exit_code = 1
    zh = "没有这个疑点,或它不在可查看的范围内:{hit}"
    en = "no such hit, or it is not within what may be seen: {hit}"


@dataclass(frozen=True)
class Change:
    """How the evidence of a hit differs from the evidence that was decided on.

    Attributes:
        added: Places (file and locator) that were not there.
        removed: Places that are no longer there.
        values: Figure -> (then, now).
    """

    added: tuple[str, ...]
    removed: tuple[str, ...]
    values: dict[str, tuple[object, object]]


def _places(hit: Hit) -> set[str]:
    return {f"{one['file']} {one['locator']}" for one in hit["evidence"]}


def changed(then: Hit, now: Hit) -> Change:
    """Return what differs between two forms of one hit."""
    before, after = _places(then), _places(now)
    figures = sorted(set(then["values"]) | set(now["values"]))
    differing = {name: (then["values"].get(name), now["values"].get(name)) for name in figures}
    return Change(
        tuple(sorted(after - before)),
        tuple(sorted(before - after)),
        {name: pair for name, pair in differing.items() if pair[0] != pair[1]},
    )


def standings(casebook: Casebook, hits: Sequence[Hit]) -> dict[str, Standing]:
    """Return for each hit, by fingerprint, what stands."""
    digests = {str(hit["fingerprint"]): str(hit["evidence_digest"]) for hit in hits}
    steps = casebook.decisions.steps(list(digests))
    return {fingerprint: standing(steps[fingerprint], digest) for fingerprint, digest in digests.items()}


def what_changed(
    casebook: Casebook, connection: duckdb.DuckDBPyConnection, scope: Scope, hit: Hit, stands: Standing
) -> Change | None:
    """Return how a reopened hit differs from the form that was decided on.

    None when that form is no longer kept, or cited what is out of scope.
    """
    decided = stands.decided
    if decided is None or not stands.reopened:
        return None
    then = casebook.hit_with_digest(str(hit["fingerprint"]), decided.digest)
    if then is None:
        return None
    shown = seen_hits(connection, scope, [then]).hits
    return changed(shown[0], hit) if shown else None


@dataclass(frozen=True)
class Worklist:
    """The hits of a query with what people decided, as far as a scope lets them be seen.

    Attributes:
        ran: The query was run at all.
        hits: Of its newest run, by rank.
        stands: What stands for each, by fingerprint.
        gone: Hits that somebody worked on and that are no longer found.
        reasons: Why hits were dismissed, and how often.
        elsewhere: Hits were withheld.
    """

    ran: bool
    hits: tuple[Hit, ...]
    stands: Mapping[str, Standing]
    gone: tuple[tuple[Hit, Standing], ...]
    reasons: Mapping[str, int]
    elsewhere: bool


def worklist(
    context: Context, connection: duckdb.DuckDBPyConnection, scope: Scope, query: str, own: Sequence[Hit] | None = None
) -> Worklist:
    """Return what there is to work on for a query.

    Args:
        context: Names the casebook.
        connection: From `open_tables`, with the same scope.
        scope: What the person may see.
        query: Id of the saved query.
        own: What a run within a limited scope found, which is not kept for others: it stands before the kept hits.
    """
    with context.casebook() as casebook:
        kept = casebook.latest_hits(query)
        seen = seen_hits(connection, scope, kept if own is None else own)
        stands = standings(casebook, seen.hits)
        gone = no_longer_found(casebook, query, kept)
        old = seen_hits(connection, scope, [hit for hit, _ in gone])
        known = {str(hit["fingerprint"]) for hit in (*seen.hits, *old.hits)}
        counted = casebook.decisions.reasons(query, None if scope.everything else known)
        ran = casebook.has_run(query) or own is not None
    by_fingerprint = {str(hit["fingerprint"]): stands for hit, stands in gone}
    return Worklist(
        ran,
        seen.hits,
        stands,
        tuple((hit, by_fingerprint[str(hit["fingerprint"])]) for hit in old.hits),
        {reason: count for (_, reason), count in counted.items()},
        seen.elsewhere and own is None,
    )


def _see(connection: duckdb.DuckDBPyConnection, actor: Actor, hit: Hit) -> None:
    actor.need(DECIDE)
    if not seen_hits(connection, actor.scope, [hit]).hits:
        raise NoSuchHit(hit=hit["fingerprint"])


def decide(
    context: Context,
    connection: duckdb.DuckDBPyConnection,
    actor: Actor,
    hit: Hit,
    state: str,
    *,
    reason: str = "",
    number: str = "",
    note: str = "",
) -> int:
    """Take a step with a hit in a person's name; see `graph.casebook.decisions.Decisions.take`.

    Args:
        context: Names the casebook.
        connection: From `open_tables`, within the actor's scope.
        actor: Who decides.
        hit: The JSON of the hit as it was shown.
        state: One of `graph.casebook.decisions.STATES`.
        reason: For a dismissal.
        number: Of the lead or case.
        note: Free text.

    Returns:
        The number of the step.

    Raises:
        NotAllowed: The role decides nothing.
        NoSuchHit: The hit is out of scope.
        BadDecision: A reason, number or note is missing.
    """
    _see(connection, actor, hit)
    about = (str(hit["fingerprint"]), str(hit["evidence_digest"]), str(hit["query"]))
    with context.casebook() as casebook:
        step = casebook.decisions.take(about, state, actor.name, reason=reason, number=number, note=note)
    record(context, actor.name, "decide", about[0], step=step, state=state, reason=reason, number=number)
    return step


def confirm(
    context: Context, connection: duckdb.DuckDBPyConnection, actor: Actor, hit: Hit, step: int, second: str = ""
) -> None:
    """Confirm another person's step, which then is in force.

    Args:
        context: Names the casebook.
        connection: From `open_tables`, within the actor's scope.
        actor: Who confirms: the account. Where there are no accounts, `second` says who it is.
        hit: The hit that the step is about.
        step: Its number.
        second: Name as typed; ignored where there are accounts.

    Raises:
        NotAllowed: The role decides nothing.
        NoSuchHit: The hit is out of scope, or the step is about another one.
        BadDecision: There is nothing to confirm, or it is the actor's own step.
    """
    _see(connection, actor, hit)
    fingerprint = str(hit["fingerprint"])
    with context.casebook() as casebook:
        if step not in {one.id for one in casebook.decisions.steps([fingerprint])[fingerprint]}:
            raise NoSuchHit(hit=fingerprint)
        person = second if actor.role is None else actor.name
        casebook.decisions.confirm(step, person)
    record(context, person, "confirm", fingerprint, step=step)


def no_longer_found(casebook: Casebook, query: str, hits: Sequence[Hit]) -> list[tuple[Hit, Standing]]:
    """Return the hits of a query that somebody worked on and that its newest run no longer finds (不再命中)."""
    now = {str(hit["fingerprint"]) for hit in hits}
    found: list[tuple[Hit, Standing]] = []
    for fingerprint in casebook.decisions.fingerprints(query):
        if fingerprint not in now:
            stored = casebook.find_hits(fingerprint)
            stands = casebook.decisions.standing(fingerprint, None)
            if stored:
                found.append(({**stored[-1], "state": GONE}, stands))
    return found
