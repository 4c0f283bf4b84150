"""The states of a 疑点: what a person may decide, what needs a second person, and what stands now."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from graph.casebook.clock import now
from graph.casebook.tables import Decision
from graph.errors import ShenwaError
from graph.keys import fold

# 新增 is a hit without any step. `gone` (不再命中) and `reopened` (证据有变) are the system's, never chosen.
STATES = ("reviewing", "waiting", "parked", "led", "merged", "dismissed")
NEW, GONE = "new", "gone"
# Whoever is wronged by a careless click is wronged by one person; two have to look.
NEEDS_SECOND = frozenset({"led", "dismissed"})
NEEDS_NUMBER = frozenset({"led", "merged"})
REASONS = (
    "same_name",
    "bad_data",
    "outside_term",
    "no_power",
    "recused",
    "normal_trade",
    "normal_gifts",
    "collected_for_others",
    "checked_and_closed",
    "other",
)
NEEDS_NOTE = "other"


class BadDecision(ShenwaError):
    """A step that the rules of the casebook do not allow."""

    zh = "不能这样处理:{zh}"
    en = "not possible: {en}"


@dataclass(frozen=True)
class Step:
    """One step as it was taken."""

    id: int
    state: str
    reason: str
    number: str
    note: str
    actor: str
    at: datetime
    digest: str
    confirms: int | None


@dataclass(frozen=True)
class Standing:
    """What is decided about a hit now.

    Attributes:
        state: `new` or one of `STATES`: the newest step that is in force.
        pending: A step that waits for a second person, if it is newer.
        reopened: The evidence is not the one that was decided on.
        steps: All steps, oldest first.
    """

    state: str
    pending: Step | None
    reopened: bool
    steps: tuple[Step, ...]

    @property
    def decided(self) -> Step | None:
        """The step in force; None for a new hit."""
        confirmed = {step.confirms for step in self.steps}
        in_force = [
            step
            for step in self.steps
            if step.confirms is None and (step.state not in NEEDS_SECOND or step.id in confirmed)
        ]
        return in_force[-1] if in_force else None


def _check(state: str, reason: str, number: str, note: str) -> None:
    if state not in STATES:
        raise BadDecision(zh=f"没有这种状态:{state}", en=f"no such state: {state}")
    if state in NEEDS_NUMBER and not number.strip():
        raise BadDecision(zh="须填写线索编号或并入的编号", en="the number of the lead is needed")
    if state == "dismissed":
        if reason not in REASONS:
            raise BadDecision(zh="排除须选择原因", en="a reason is needed to dismiss a hit")
        if reason == NEEDS_NOTE and not note.strip():
            raise BadDecision(zh="原因为「其他」时须写明理由", en="write down what the other reason is")


class Decisions:
    """Steps of people over one casebook database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def steps(self, fingerprints: Sequence[str]) -> dict[str, list[Step]]:
        """Return the steps of some hits, oldest first."""
        found: dict[str, list[Step]] = {one: [] for one in fingerprints}
        chosen = select(Decision).where(Decision.fingerprint.in_(list(found))).order_by(Decision.id)
        with Session(self._engine) as session:
            for row in session.scalars(chosen):
                found[row.fingerprint].append(_step(row))
        return found

    def standing(self, fingerprint: str, digest: str | None) -> Standing:
        """Return what stands for a hit whose evidence now has a digest (None: it is no longer found)."""
        return standing(self.steps([fingerprint])[fingerprint], digest)

    def take(
        self, hit: tuple[str, str, str], state: str, actor: str, *, reason: str = "", number: str = "", note: str = ""
    ) -> int:
        """Take a step with a hit.

        Args:
            hit: Fingerprint, evidence digest, query.
            state: One of `STATES`.
            actor: Who decides.
            reason: One of `REASONS`, for `dismissed`.
            number: Of the lead or case, for `led` and `merged`.
            note: Free text.

        Returns:
            The number of the step.

        Raises:
            BadDecision: The state does not exist, or a reason, number or note is missing.
        """
        _check(state, reason, number, note)
        fingerprint, digest, query = hit
        row = Decision(
            fingerprint=fingerprint,
            evidence_digest=digest,
            query=query,
            state=state,
            reason=reason if state == "dismissed" else "",
            number=number.strip(),
            note=note.strip(),
            actor=actor,
            at=now(),
            confirms=None,
        )
        with Session(self._engine) as session, session.begin():
            session.add(row)
            session.flush()
            return row.id

    def confirm(self, step: int, actor: str, note: str = "") -> None:
        """Confirm the step of another person, which then is in force.

        Raises:
            BadDecision: The step needs no confirmation, is the actor's own, is confirmed already or was overtaken.
        """
        with Session(self._engine) as session, session.begin():
            row = session.get(Decision, step, with_for_update=True)
            if row is None or row.state not in NEEDS_SECOND or row.confirms is not None:
                raise BadDecision(zh="没有待确认的处理", en="there is nothing to confirm")
            if not actor.strip() or _same_name(row.actor, actor):
                raise BadDecision(zh="须由另一人确认", en="another person has to confirm")
            later = select(Decision).where(Decision.fingerprint == row.fingerprint, Decision.id > row.id)
            if session.scalars(later).first() is not None:
                raise BadDecision(zh="此后已有新的处理", en="a newer step was taken since")
            copied = ("fingerprint", "evidence_digest", "query", "state", "reason", "number")
            values = {name: getattr(row, name) for name in copied}
            session.add(Decision(**values, note=note.strip(), actor=actor, at=now(), confirms=row.id))

    def reasons(self, query: str | None = None, among: Collection[str] | None = None) -> dict[tuple[str, str], int]:
        """Count the dismissals in force by query and reason, so that a misfiring query is seen.

        Args:
            query: Of one query only.
            among: Fingerprints of the hits that may be counted; all when None.
        """
        chosen = select(Decision).order_by(Decision.id)
        if query is not None:
            chosen = chosen.where(Decision.query == query)
        steps: dict[tuple[str, str], list[Step]] = {}
        with Session(self._engine) as session:
            for row in session.scalars(chosen):
                steps.setdefault((row.query, row.fingerprint), []).append(_step(row))
        counted: dict[tuple[str, str], int] = {}
        for (name, fingerprint), taken in steps.items():
            if among is not None and fingerprint not in among:
                continue
            decided = standing(taken, None).decided
            if decided is not None and decided.state == "dismissed":
                counted[(name, decided.reason)] = counted.get((name, decided.reason), 0) + 1
        return dict(sorted(counted.items()))

    def fingerprints(self, query: str) -> list[str]:
        """Return the hits of a query with which anybody ever did something."""
        chosen = select(Decision.fingerprint).where(Decision.query == query).distinct().order_by(Decision.fingerprint)
        with Session(self._engine) as session:
            return list(session.scalars(chosen))


def _same_name(one: str, other: str) -> bool:
    """Tell whether two names are one person's, however they were typed: wide letters, case, spaces."""
    return fold(one) == fold(other)


def _step(row: Decision) -> Step:
    return Step(
        row.id, row.state, row.reason, row.number, row.note, row.actor, row.at, row.evidence_digest, row.confirms
    )


def standing(steps: Sequence[Step], digest: str | None) -> Standing:
    """Return what stands after some steps, for a hit whose evidence now has a digest."""
    made = Standing(NEW, None, False, tuple(steps))
    decided = made.decided
    proposals = [step for step in steps if step.confirms is None]
    last = proposals[-1] if proposals else None
    pending = last if last is not None and (decided is None or last.id > decided.id) else None
    reopened = decided is not None and digest is not None and decided.digest != digest
    return Standing(decided.state if decided else NEW, pending, reopened, tuple(steps))
