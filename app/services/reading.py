"""Opening the graph for a reader: made anew when it is missing or unreadable, with one sentence; never half of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from app.services.canonical import tables_of
from app.services.context import Context
from app.services.refreshing import is_current, refresh
from graph.projection.tables import Canonical
from graph.store.base import EVERYTHING, Scope, Store, View
from graph.store.errors import NothingApplied


@dataclass(frozen=True)
class Reading:
    """One version of the graph, as a view and as the tables that it was made from."""

    view: View
    tables: Canonical
    scope: Scope


def make_readable(context: Context, store: Store) -> None:
    """See to it that the store holds a graph.

    A graph that is missing, foreign or unreadable is made anew from the ledger, under the workspace lock. One that is
    older than the ledger (an import that was stopped, or told not to project) is read as it is, and said so.
    """
    if store.version() is None:
        zh, en = "图谱缺失或不能读取,正在由账本重新生成…", "no readable graph, making it anew from the ledger ..."
        context.say(context.text(zh, en))
        with context.writing("rebuild") as ledger:
            if store.version() is None:  # another process may have made it meanwhile
                refresh(context, ledger, force=True)
    elif not is_current(context, store):
        zh, en = "图谱尚未包含最近的导入;rebuild 可更新", "the latest imports are not in the graph yet; run rebuild"
        context.say(context.text(zh, en))


def _view(context: Context, store: Store, scope: Scope) -> View:
    try:
        return store.view(scope)
    except NothingApplied:  # damaged in a way that shows only when it is opened
        make_readable(context, store)
        return store.view(scope)


@contextmanager
def reading(context: Context, scope: Scope = EVERYTHING) -> Iterator[Reading]:
    """Open the graph within a scope.

    Raises:
        BadWorkspace: The workspace is missing, foreign or damaged.
        BadUse: Nothing was imported yet.
        StoreError: The engine cannot be reached, or its content is not this workspace's.
    """
    context.need_data()
    with context.store() as store:
        make_readable(context, store)
        with _view(context, store, scope) as view:
            yield Reading(view, tables_of(context, view.version), scope)
