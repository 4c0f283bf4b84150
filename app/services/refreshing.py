"""Bringing the graph to the state of the ledger: resolve, project, apply the difference."""

import shutil
from dataclasses import dataclass
from uuid import uuid4

from app.services.context import Context
from app.services.judged import judged_version, sayings
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


def _wanted(ledger: Ledger, store: Store, judgements: int) -> Version:
    current = store.version()
    generation = current.generation if current is not None else 0
    engine = current.engine if current is not None else ""
    return Version(
        generation=generation, ledger=ledger.version(), casebook=judgements, projection=VERSION, engine=engine
    )


def wanted_version(context: Context, store: Store) -> Version:
    """Return the version that the graph has to have for what ledger and casebook hold now."""
    return _wanted(context.ledger, store, judged_version(context))


def is_current(context: Context, store: Store) -> bool:
    """Tell whether readers see what the ledger holds and what people said of who is who."""
    current = store.version()
    return current is not None and current == wanted_version(context, store)


def refresh(context: Context, ledger: Ledger, *, force: bool = False, again: bool = False) -> Refreshed:
    """Resolve and project everything visible, and apply it to the graph; the caller holds the lock.

    Identities are resolved again only when the ledger has changed: a judgement is no matter for the machine.

    Args:
        context: Names the store.
        ledger: The facts.
        force: Do it even when the graph is current (rebuild).
        again: Resolve identities anew even when the ledger has not changed.
    """
    with context.store() as store:
        judged = sayings(context)
        version, current = _wanted(ledger, store, judged.version), store.version()
        if not (force or again) and current == version:
            return Refreshed(None, None, version)
        context.say(context.text("正在核对身份并生成图谱…", "resolving identities and making the graph ..."))
        temp = context.workspace.cache / "duckdb"
        temp.mkdir(parents=True, exist_ok=True)
        resolved = None
        known = current is not None and current.ledger == version.ledger and current.projection == version.projection
        if force or again or not known:
            with connect(temp) as connection:
                attach_live(connection, ledger)
                resolved = resolve(connection, ledger)
        folder = context.workspace.cache / f"projection-{uuid4().hex[:8]}"
        try:
            tables = project(ledger, folder, temp, judged.said)
            with store.writer() as writer:
                applied = writer.apply(tables, version)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        return Refreshed(resolved, applied, store.version() or version)
