"""Taking facts back and making the graph anew; each leaves a line in the casebook.

Each of these acts has halves (ledger, casebook, graph) and may be killed between them: done again, it finishes.
"""

import getpass
import shutil

from app.services.canonical import APPLIED_TO_NEO4J, POINTER
from app.services.context import Context
from app.services.refreshing import is_current, refresh
from graph.errors import BadUse
from graph.ledger import withdraw as ledger_withdraw
from graph.ledger.ledger import Ledger
from graph.store.base import Version


def actor() -> str:
    """Return who sits at the keyboard, as the system knows them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name, as in some containers
        return "?"


def _half_done(context: Context, ledger: Ledger, verb: str, target: str) -> bool:
    """Tell whether the ledger has the act already but its line in the casebook or the graph is still missing."""
    if not any(row["target"] == target for row in ledger.rows("retractions", ("target",))):
        return False
    with context.casebook() as casebook:
        mine = [done for done, about, _ in casebook.acts() if about == target and done.startswith("retract")]
    if not mine or mine[-1] != verb:
        return True
    with context.store() as store:
        return not is_current(context, store)


def _note(context: Context, verb: str, target: str, reason: str) -> None:
    with context.casebook() as casebook:
        mine = [(done, why) for done, about, why in casebook.acts() if about == target]
        if not mine or mine[-1] != (verb, reason):
            casebook.note_act(actor(), verb, target, reason)


def withdraw(context: Context, target: str, reason: str, *, undo: bool = False) -> str:
    """Retract a document or a run, or undo that, and bring the graph up to date.

    Returns:
        `doc` or `run`.

    Raises:
        NothingToWithdraw: The target is unknown or already in that state.
    """
    context.need_data()
    verb = "retract --undo" if undo else "retract"
    with context.writing("retract") as ledger:
        kind = ledger_withdraw.kind_of(ledger, target)
        try:
            ledger_withdraw.retract(ledger, target, reason, undo=undo)
        except ledger_withdraw.NothingToWithdraw:
            if not _half_done(context, ledger, verb, target):
                raise
        _note(context, verb, target, reason)
        refresh(context, ledger)
    return kind


def _forget_graphs(context: Context) -> None:
    """Delete every stored graph but the one that readers see now: what was purged is in them."""
    graph = context.workspace.graph
    with context.store() as store:
        current = store.version()
    if context.settings.graph:
        kept = {APPLIED_TO_NEO4J}
        (graph / POINTER).unlink(missing_ok=True)
    else:
        kept = set() if current is None else {POINTER, f"gen-{current.generation}", f"gen-{current.generation}.kgl"}
    for path in graph.iterdir() if graph.is_dir() else ():
        if path.name in kept:
            continue
        if path.is_dir():
            shutil.rmtree(path)
        else:
            path.unlink()


def purge_document(context: Context, doc: str, reason: str) -> None:
    """Destroy a document and everything stated from it, stored hits and older graphs among it.

    Raises:
        NothingToWithdraw: The document is unknown.
    """
    context.need_data()
    with context.writing("purge") as ledger:
        ledger_withdraw.purge(ledger, doc, reason, context.workspace.originals, context.workspace.cache)
        with context.casebook() as casebook:
            casebook.forget_document(doc)
        _note(context, "purge", doc, reason)
        # Always: a purge killed after its record may have been followed by a refresh that still saw the facts.
        _start_anew(context)
        refresh(context, ledger, force=True)
        _forget_graphs(context)


def _start_anew(context: Context, *, foreign: bool = False) -> None:
    """Make the next refresh load everything, whatever the engine holds: a difference would keep what is damaged there.

    Raises:
        ForeignDatabase: The database is not this workspace's, and `foreign` does not allow that.
    """
    if not context.settings.graph:
        (context.workspace.graph / POINTER).unlink(missing_ok=True)
        return
    from graph.store.neo4j import Neo4jStore

    with context.store() as store:
        assert isinstance(store, Neo4jStore)
        if not foreign:
            store.version()
        store.take_over()


def rebuild_graph(context: Context) -> Version:
    """Make the graph anew from the ledger, whatever state it is in.

    Raises:
        ForeignDatabase: The Neo4j database belongs to something else.
    """
    context.need_data()
    with context.writing("rebuild") as ledger:
        _start_anew(context)
        return refresh(context, ledger, force=True).version


def take_over_database(context: Context) -> None:
    """Replace the content of a Neo4j database that is not this workspace's by this workspace's graph.

    Raises:
        BadUse: No Neo4j database is set.
    """
    if not context.settings.graph:
        zh = "没有设置 SHENWA_GRAPH;文件图库不需要接管"
        raise BadUse(zh=zh, en="SHENWA_GRAPH is not set; the embedded graph needs no taking over")
    with context.writing("take-over") as ledger:
        _start_anew(context, foreign=True)
        with context.casebook() as casebook:
            casebook.note_act(actor(), "take-over", context.settings.graph, "doctor --take-over")
        refresh(context, ledger, force=True)
