"""The casebook's tables: detection runs and hits, what people decided, canvases, notes, accounts, and a log of acts."""

from datetime import datetime

from sqlalchemy import JSON, Boolean, DateTime, Float, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Root of the casebook's tables."""


class DetectionRun(Base):
    """One run of one saved query."""

    __tablename__ = "detection_runs"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    query: Mapped[str] = mapped_column(String(80), index=True)
    query_version: Mapped[int] = mapped_column(Integer)
    parameters: Mapped[dict[str, object]] = mapped_column(JSON)
    data_version: Mapped[str] = mapped_column(String(80))
    started: Mapped[datetime] = mapped_column(DateTime)
    finished: Mapped[datetime] = mapped_column(DateTime)
    truncated: Mapped[int] = mapped_column(Integer)
    faults: Mapped[list[str]] = mapped_column(JSON)


class StoredHit(Base):
    """A hit as it was shown, with what identifies it and what its evidence was."""

    __tablename__ = "hits"
    __table_args__ = (Index("hits_by_fingerprint", "fingerprint"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("detection_runs.id"), index=True)
    query: Mapped[str] = mapped_column(String(80))
    query_version: Mapped[int] = mapped_column(Integer)
    fingerprint: Mapped[str] = mapped_column(String(64))
    evidence_digest: Mapped[str] = mapped_column(String(64))
    place: Mapped[int] = mapped_column(Integer)
    state: Mapped[str] = mapped_column(String(20))
    score: Mapped[float] = mapped_column(Float)
    json: Mapped[dict[str, object]] = mapped_column(JSON)


class Act(Base):
    """An act that changes what others see: retract, purge, take-over. Never holds what was destroyed."""

    __tablename__ = "acts"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    at: Mapped[datetime] = mapped_column(DateTime)
    actor: Mapped[str] = mapped_column(String(120))
    verb: Mapped[str] = mapped_column(String(40))
    target: Mapped[str] = mapped_column(String(200))
    reason: Mapped[str] = mapped_column(Text)


class Canvas(Base):
    """A saved network view: who is on it. `members` are entity keys, which outlive merges."""

    __tablename__ = "canvases"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    owner: Mapped[str] = mapped_column(String(120), index=True)
    name: Mapped[str] = mapped_column(String(200))
    members: Mapped[list[str]] = mapped_column(JSON)
    updated: Mapped[datetime] = mapped_column(DateTime)


class CanvasPlace(Base):
    """Where an entity stands on a canvas, in the canvas's own units."""

    __tablename__ = "canvas_places"

    canvas_id: Mapped[int] = mapped_column(ForeignKey("canvases.id", ondelete="CASCADE"), primary_key=True)
    entity_key: Mapped[str] = mapped_column(String(80), primary_key=True)
    x: Mapped[float] = mapped_column(Float)
    y: Mapped[float] = mapped_column(Float)
    pinned: Mapped[bool] = mapped_column(Boolean)


class Decision(Base):
    """One step that a person took with a hit, never changed afterwards: a newer step stands before it.

    `confirms` names the step of another person that this one confirms.
    """

    __tablename__ = "decisions"
    __table_args__ = (Index("decisions_by_fingerprint", "fingerprint"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    evidence_digest: Mapped[str] = mapped_column(String(64))
    query: Mapped[str] = mapped_column(String(80), index=True)
    state: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(String(40))
    number: Mapped[str] = mapped_column(String(80))
    note: Mapped[str] = mapped_column(Text)
    actor: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(DateTime)
    confirms: Mapped[int | None] = mapped_column(ForeignKey("decisions.id"))


class Note(Base):
    """What a person wrote beside an entity or a hit."""

    __tablename__ = "notes"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    subject: Mapped[str] = mapped_column(String(80), index=True)
    text: Mapped[str] = mapped_column(Text)
    actor: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(DateTime)


class User(Base):
    """A local account; the password is kept as an argon2 hash only.

    `failed` counts wrong passwords since the last right one; none is tried before `not_before`.
    """

    __tablename__ = "users"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    name: Mapped[str] = mapped_column(String(120), unique=True)
    role: Mapped[str] = mapped_column(String(20))
    password: Mapped[str] = mapped_column(String(200))
    disabled: Mapped[bool] = mapped_column(Boolean)
    created: Mapped[datetime] = mapped_column(DateTime)
    failed: Mapped[int] = mapped_column(Integer, default=0)
    not_before: Mapped[datetime | None] = mapped_column(DateTime)


class Assignment(Base):
    """A case that an account may see."""

    __tablename__ = "assignments"

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    case: Mapped[str] = mapped_column(String(120), primary_key=True)


class Login(Base):
    """A browser that somebody logged in from. Only a hash of what its cookie holds is kept."""

    __tablename__ = "logins"

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    created: Mapped[datetime] = mapped_column(DateTime)
    seen: Mapped[datetime] = mapped_column(DateTime)


class Owner(Base):
    """The workspace that a casebook on a server belongs to; one row."""

    __tablename__ = "owner"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    workspace: Mapped[str] = mapped_column(String(40))


class JudgementRow(Base):
    """What a person said of two entity keys, never changed afterwards; `undoes` names the record it takes back."""

    __tablename__ = "judgements"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    a: Mapped[str] = mapped_column(String(80), index=True)
    b: Mapped[str] = mapped_column(String(80), index=True)
    verdict: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    actor: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(DateTime)
    undoes: Mapped[int | None] = mapped_column(ForeignKey("judgements.id"), unique=True)


class TrailLine(Base):
    """One line of the audit log; all but its number is text, so that every database gives back what was chained."""

    __tablename__ = "trail"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    at: Mapped[str] = mapped_column(String(32))
    actor: Mapped[str] = mapped_column(String(120))
    action: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(200))
    details: Mapped[str] = mapped_column(Text)
    mac: Mapped[str] = mapped_column(String(64))
