"""Judgements of people about who is who: records that are never changed; taking one back is a record of its own."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from graph.casebook.clock import now
from graph.casebook.tables import JudgementRow
from graph.casebook.verdict import Verdict
from graph.errors import ShenwaError


class BadJudgement(ShenwaError):
    """A judgement that cannot be kept as given."""

    zh = "身份判断未予记录:{zh}"
    en = "the judgement was not kept: {en}"


@dataclass(frozen=True)
class Judgement:
    """One record of the casebook.

    Attributes:
        id: Counts up; also the version of the judgements once this one was made.
        a: Entity key, the smaller one.
        b: Entity key.
        verdict: What was said.
        reason: In the person's words.
        actor: Who said it.
        at: Naive UTC.
        undoes: The judgement that this record takes back; None for a judgement.
    """

    id: int
    a: str
    b: str
    verdict: Verdict
    reason: str
    actor: str
    at: datetime
    undoes: int | None = None

    @property
    def pair(self) -> tuple[str, str]:
        """The two entity keys in order."""
        return self.a, self.b


def in_force(records: Iterable[Judgement], upto: int | None = None) -> list[Judgement]:
    """Return what counts: the newest judgement of each pair that was not taken back, by pair.

    Args:
        records: Of `Judgements.all`.
        upto: As it stood when this number was the newest.
    """
    seen = [one for one in records if upto is None or one.id <= upto]
    gone = {one.undoes for one in seen if one.undoes is not None}
    newest: dict[tuple[str, str], Judgement] = {}
    for one in sorted(seen, key=lambda record: record.id):
        if one.undoes is None and one.id not in gone:
            newest[one.pair] = one
    return [newest[pair] for pair in sorted(newest)]


class Judgements:
    """Judgements of one casebook database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def version(self) -> int:
        """Return how many records there are: what a projection names as its casebook version."""
        with Session(self._engine) as session:
            return session.scalar(select(func.coalesce(func.max(JudgementRow.id), 0))) or 0

    def all(self) -> list[Judgement]:
        """Return every record, oldest first."""
        with Session(self._engine) as session:
            return [_judgement(row) for row in session.scalars(select(JudgementRow).order_by(JudgementRow.id))]

    def take(self, a: str, b: str, verdict: Verdict, reason: str, actor: str) -> Judgement:
        """Keep what a person says of two entity keys.

        Raises:
            BadJudgement: The two are one key, or there is no reason.
        """
        if a == b:
            raise BadJudgement(zh="两条记录是同一条", en="both records are the same one")
        if not reason.strip():
            raise BadJudgement(zh="须写明理由", en="a reason is needed")
        first, second = sorted((a, b))
        row = JudgementRow(
            a=first, b=second, verdict=verdict.value, reason=reason.strip(), actor=actor, at=now(), undoes=None
        )
        with Session(self._engine) as session, session.begin():
            session.add(row)
            session.flush()
            return _judgement(row)

    def undo(self, number: int, reason: str, actor: str) -> Judgement:
        """Take a judgement back; an older one about the same pair counts again.

        Raises:
            BadJudgement: There is no such judgement, or it was taken back already, or there is no reason.
        """
        if not reason.strip():
            raise BadJudgement(zh="须写明理由", en="a reason is needed")
        again = BadJudgement(zh=f"第 {number} 号判断已经撤销", en=f"judgement {number} was taken back already")
        try:
            with Session(self._engine) as session, session.begin():
                target = session.get(JudgementRow, number)
                if target is None or target.undoes is not None:
                    raise BadJudgement(zh=f"没有第 {number} 号判断", en=f"there is no judgement {number}")
                if session.scalar(select(JudgementRow.id).where(JudgementRow.undoes == number)) is not None:
                    raise again
                values = {"a": target.a, "b": target.b, "verdict": target.verdict}
                row = JudgementRow(**values, reason=reason.strip(), actor=actor, at=now(), undoes=number)
                session.add(row)
                session.flush()
                return _judgement(row)
        except IntegrityError as error:  # another person was quicker
            raise again from error


def _judgement(row: JudgementRow) -> Judgement:
    return Judgement(row.id, row.a, row.b, Verdict(row.verdict), row.reason, row.actor, row.at, row.undoes)
