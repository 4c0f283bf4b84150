"""Destroying what the casebook copied from a document: the stored hits that quote it."""

from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from graph.casebook.tables import StoredHit


def _cites(hit: dict[str, object], doc: str) -> bool:
    sources = [hit.get("evidence")]
    clears = hit.get("clears")
    if isinstance(clears, list):
        sources += [clear.get("evidence") for clear in clears]
    return any(one.get("doc") == doc for group in sources if isinstance(group, list) for one in group)


def forget_document(engine: Engine, doc: str) -> int:
    """Delete every stored hit that cites a document; the next detection finds what still holds without it.

    Args:
        engine: Of the casebook.
        doc: The document, 12 hex.

    Returns:
        How many stored hits went.
    """
    with Session(engine) as session, session.begin():
        chosen = select(StoredHit.id, StoredHit.json).where(StoredHit.json.is_not(None))
        ids = [id_ for id_, hit in session.execute(chosen) if _cites(hit, doc)]
        for id_ in ids:
            session.execute(delete(StoredHit).where(StoredHit.id == id_))
    if ids and engine.dialect.name == "sqlite":
        _overwrite(engine)
    return len(ids)


def _overwrite(engine: Engine) -> None:
    """Make SQLite write its file anew, so that deleted rows do not linger in free pages or in the WAL."""
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            cursor.execute(statement)
            cursor.fetchall()
        cursor.close()
    finally:
        raw.close()
