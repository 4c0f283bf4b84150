"""Bringing the graph to the state of the ledger: resolve, project, apply the difference."""

import shutil
from dataclasses import dataclass
from uuid import uuid4

from app.services.context import Context
from graph.duck import connect
from graph.ledger.ledger import Ledger
from graph.ledger.visible import attach_live
from graph.projection.project import VERSION, project
from graph.store.base import Applied, Store, Version
from ingest.resolve.resolving import Resolved, resolve


@dataclass(frozen=True)
class Refreshed:
    """What a refresh did; `applied` is None when the graph was up to date already."""

    resolved: Resolved | None
    applied: Applied | None
    version: Version


def wanted_version(ledger: Ledger, store: Store) -> Version:
    """Return the version that the graph has to have for what the ledger holds now."""
    current = store.version()
    generation = current.generation if current is not None else 0
    engine = current.engine if current is not None else ""
    return Version(generation=generation, ledger=ledger.version(), casebook=0, projection=VERSION, engine=engine)


def is_current(ledger: Ledger, store: Store) -> bool:
    """Tell whether readers see what the ledger holds."""
    current = store.version()
    return current is not None and current == wanted_version(ledger, store)


def refresh(context: Context, ledger: Ledger, *, force: bool = False) -> Refreshed:
    """Resolve and project everything visible, and apply it to the graph; the caller holds the lock.

    Args:
        context: Names the store.
        ledger: The facts.
        force: Do it even when the graph is current (rebuild).
    """
    with context.store() as store:
        version = wanted_version(ledger, store)
        if not force and is_current(ledger, store):
            return Refreshed(None, None, version)
        context.say(context.text("正在核对身份并生成图谱…", "resolving identities and making the graph ..."))
        temp = context.workspace.cache / "duckdb"
        temp.mkdir(parents=True, exist_ok=True)
        with connect(temp) as connection:
            attach_live(connection, ledger)
            resolved = resolve(connection, ledger)
        folder = context.workspace.cache / f"projection-{uuid4().hex[:8]}"
        try:
            tables = project(ledger, folder, temp)
            with store.writer() as writer:
                applied = writer.apply(tables, version)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return Refreshed(resolved, applied, store.version() or version)
