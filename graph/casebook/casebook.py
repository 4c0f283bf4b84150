"""The casebook: opening its database at the newest form, storing detection runs, finding hits again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, select
from sqlalchemy.orm import Session

from graph.casebook.canvases import Canvases
from graph.casebook.clock import now
from graph.casebook.decisions import Decisions
from graph.casebook.forgetting import forget_document
from graph.casebook.logins import Logins
from graph.casebook.notes import Notes
from graph.casebook.opening import make_engine, migrate
from graph.casebook.owner import claim
from graph.casebook.tables import Act, DetectionRun, StoredHit
from graph.casebook.users import Users


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


class Casebook:
    """Decisions and hits of one workspace in a SQL database."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    @classmethod
    def open(cls, location: Path | URL, workspace: str = "") -> "Casebook":
        """Open a SQLite file, created when absent, or a PostgreSQL database, and bring it to the newest form.

        Args:
            location: From `graph.casebook.opening.location`.
            workspace: Id of the workspace; a server's database belongs to the first that uses it.

        Raises:
            CasebookUnreachable: The server does not answer or refuses the login.
            CasebookDamaged: The file is no database.
            ForeignCasebook: The database belongs to another workspace.
        """
        engine = make_engine(location)
        try:
            migrate(engine)
            if not isinstance(location, Path) and workspace:
                claim(engine, workspace)
        except BaseException:
            engine.dispose()
            raise
        return cls(engine)

    @property
    def engine(self) -> Engine:
        """The database, for what has a module of its own."""
        return self._engine

    @property
    def decisions(self) -> Decisions:
        """What people decided about hits."""
        return Decisions(self._engine)

    @property
    def canvases(self) -> Canvases:
        """Saved network views."""
        return Canvases(self._engine)

    @property
    def users(self) -> Users:
        """Local accounts."""
        return Users(self._engine)

    @property
    def logins(self) -> Logins:
        """Who is logged in."""
        return Logins(self._engine)

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
