"""The casebook's tables, first form: detection runs, the hits they stored, and a log of irreversible acts."""

from datetime import datetime

from sqlalchemy import JSON, DateTime, Float, ForeignKey, Index, Integer, String, Text
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
