"""Taking facts back and making the graph anew; each leaves a line in the casebook."""

import getpass

from app.services.context import Context
from app.services.refreshing import refresh
from graph.ledger import withdraw as ledger_withdraw
from graph.store.base import Version


def _actor() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name, as in some containers
        return "?"


def withdraw(context: Context, target: str, reason: str, *, undo: bool = False) -> str:
    """Retract a document or a run, or undo that, and bring the graph up to date.

    Returns:
        `doc` or `run`.

    Raises:
        NothingToWithdraw: The target is unknown or already in that state.
    """
    context.need_data()
    with context.writing("retract") as ledger:
        kind = ledger_withdraw.retract(ledger, target, reason, undo=undo)
        with context.casebook() as casebook:
            casebook.note_act(_actor(), "retract --undo" if undo else "retract", target, reason)
        refresh(context, ledger)
    return kind


def purge_document(context: Context, doc: str, reason: str) -> None:
    """Destroy a document and everything stated from it, and bring the graph up to date.

    Raises:
        NothingToWithdraw: The document is unknown.
    """
    context.need_data()
    with context.writing("purge") as ledger:
        ledger_withdraw.purge(ledger, doc, reason, context.workspace.originals, context.workspace.cache)
        with context.casebook() as casebook:
            casebook.note_act(_actor(), "purge", doc, reason)
        refresh(context, ledger)


def rebuild_graph(context: Context) -> Version:
    """Make the graph anew from the ledger, whatever state it is in."""
    context.need_data()
    with context.writing("rebuild") as ledger:
        return refresh(context, ledger, force=True).version
