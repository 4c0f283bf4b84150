"""Notes that people keep beside entities and hits."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from graph.casebook.clock import now
from graph.casebook.tables import Note


@dataclass(frozen=True)
class Written:
    """One note."""

    text: str
    actor: str
    at: datetime


class Notes:
    """Notes of one casebook database; the subject is an entity key or a fingerprint."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def add(self, subject: str, text: str, actor: str) -> None:
        """Keep a note; an empty one is ignored."""
        if not text.strip():
            return
        with Session(self._engine) as session, session.begin():
            session.add(Note(subject=subject, text=text.strip(), actor=actor, at=now()))

    def about(self, subjects: list[str]) -> list[Written]:
        """Return the notes about some subjects, oldest first."""
        chosen = select(Note).where(Note.subject.in_(subjects)).order_by(Note.id)
        with Session(self._engine) as session:
            return [Written(one.text, one.actor, one.at) for one in session.scalars(chosen)]
