"""The casebook: opening its database at the newest form, storing detection runs, finding hits again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Engine, create_engine, event, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from graph.casebook.canvases import Canvases
from graph.casebook.clock import now
from graph.casebook.decisions import Decisions
from graph.casebook.forgetting import forget_document
from graph.casebook.notes import Notes
from graph.casebook.tables import Act, DetectionRun, StoredHit
from graph.errors import ShenwaError

BUSY_TIMEOUT_MS = 30_000
# Two programs that open an old casebook at once must not both bring it up to date; any fixed number will do.
_MIGRATION_LOCK = 7_319_551


class CasebookUnreachable(ShenwaError):
    """The database of the casebook does not answer or does not accept the login."""

    zh = "工作记录数据库连接不上:{address};请检查服务是否启动、地址和口令是否正确"
    en = "the casebook's database cannot be reached: {address}; check that it runs, its address and the password"


def _prepare_sqlite(engine: Engine) -> None:
    """WAL, a busy timeout, and transactions that take the write lock when they begin."""

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # SQLAlchemy's own BEGIN below, not the driver's
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        connection.execute("PRAGMA foreign_keys=ON")

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


@dataclass(frozen=True)
class RunRecord:
    """What a detection run leaves behind.

    Attributes:
        query: Id of the saved query.
        query_version: Its version.
        parameters: As used.
        data_version: Version of the graph it ran on.
        started: Naive UTC.
        truncated: Batches in which the row limit was reached.
        faults: Why hits were dropped by the re-read check.
        hits: The JSON of each hit, ranked.
    """

    query: str
    query_version: int
    parameters: dict[str, object]
    data_version: str
    started: datetime
    truncated: int
    faults: Sequence[str]
    hits: Sequence[dict[str, Any]]


def _migrate(engine: Engine) -> None:
    with as_file(files("graph.casebook.migrations")) as scripts, engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({_MIGRATION_LOCK})"))
        config = Config()
        config.set_main_option("script_location", str(scripts))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


class Casebook:
    """Decisions and hits of one workspace in a SQL database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, location: Path | URL) -> "Casebook":
        """Open a SQLite file, created when absent, or a PostgreSQL database, and bring it to the newest form.

        Raises:
            CasebookUnreachable: The server does not answer or refuses the login.
        """
        if isinstance(location, Path):
            engine = create_engine(f"sqlite:///{location}")
            _prepare_sqlite(engine)
        else:
            engine = create_engine(location, pool_pre_ping=True)
        try:
            _migrate(engine)
        except OperationalError as error:
            engine.dispose()
            address = str(location) if isinstance(location, Path) else location.render_as_string(hide_password=True)
            raise CasebookUnreachable(address=address) from error
        return cls(engine)

    @property
    def decisions(self) -> Decisions:
        """What people decided about hits."""
        return Decisions(self._engine)

    @property
    def canvases(self) -> Canvases:
        """Saved network views."""
        return Canvases(self._engine)

    @property
    def notes(self) -> Notes:
        """Notes beside entities and hits."""
        return Notes(self._engine)

    def forget_document(self, doc: str) -> int:
        """Delete every stored hit that cites a document; return how many."""
        return forget_document(self._engine, doc)

    def close(self) -> None:
        """Release the connections."""
        self._engine.dispose()

    def store_run(self, record: RunRecord) -> int:
        """Store a detection run and its hits in one transaction; return the run's number."""
        run = DetectionRun(
            query=record.query,
            query_version=record.query_version,
            parameters=record.parameters,
            data_version=record.data_version,
            started=record.started,
            finished=now(),
            truncated=record.truncated,
            faults=list(record.faults),
        )
        with Session(self._engine) as session, session.begin():
            session.add(run)
            session.flush()
            for hit in record.hits:
                session.add(
                    StoredHit(
                        run_id=run.id,
                        query=record.query,
                        query_version=record.query_version,
                        fingerprint=hit["fingerprint"],
                        evidence_digest=hit["evidence_digest"],
                        place=hit["rank"],
                        state=hit["state"],
                        score=hit["score"],
                        json=hit,
                    )
                )
            return run.id

    def latest_hits(self, query: str | None = None) -> list[dict[str, Any]]:
        """Return the hits of each query's newest run, by query and rank; of one query when named."""
        newest = select(DetectionRun.id).order_by(DetectionRun.id.desc())
        found: list[dict[str, Any]] = []
        with Session(self._engine) as session:
            names = [query] if query else sorted(set(session.scalars(select(DetectionRun.query))))
            for name in names:
                run = session.scalar(newest.where(DetectionRun.query == name).limit(1))
                chosen = select(StoredHit.json).where(StoredHit.run_id == run).order_by(StoredHit.id)
                found.extend(session.scalars(chosen))
        return found

    def has_run(self, query: str) -> bool:
        """Tell whether a query was ever run."""
        with Session(self._engine) as session:
            return session.scalar(select(DetectionRun.id).where(DetectionRun.query == query).limit(1)) is not None

    def find_hits(self, start: str) -> list[dict[str, Any]]:
        """Return the newest stored form of every hit whose fingerprint starts with a text."""
        starts = StoredHit.fingerprint.startswith(start, autoescape=True)
        chosen = select(StoredHit.json).where(starts).order_by(StoredHit.id)
        with Session(self._engine) as session:
            return list({hit["fingerprint"]: hit for hit in session.scalars(chosen)}.values())

    def hit_with_digest(self, fingerprint: str, digest: str) -> dict[str, Any] | None:
        """Return the newest form of a hit that had a certain evidence; None when none is kept."""
        chosen = (
            select(StoredHit.json)
            .where(StoredHit.fingerprint == fingerprint, StoredHit.evidence_digest == digest)
            .order_by(StoredHit.id.desc())
            .limit(1)
        )
        with Session(self._engine) as session:
            return session.scalar(chosen)

    def note_act(self, actor: str, verb: str, target: str, reason: str) -> None:
        """Keep a line about an act that cannot be undone, or that hides or shows facts."""
        with Session(self._engine) as session, session.begin():
            session.add(Act(at=now(), actor=actor, verb=verb, target=target, reason=reason))

    def acts(self) -> list[tuple[str, str, str]]:
        """Return verb, target and reason of every act, oldest first."""
        with Session(self._engine) as session:
            rows = session.execute(select(Act.verb, Act.target, Act.reason).order_by(Act.id))
            return [(verb, target, reason) for verb, target, reason in rows]
