"""One person's session over one workspace: language, actor, scope, and the graph of the newest version."""

import getpass
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import duckdb
import streamlit as st

from app.services.canonical import tables_of
from app.services.context import Context
from app.services.reading import Reading
from app.services.tables import open_tables
from app.ui.words import Words
from graph.errors import Lang, ShenwaError
from graph.settings import read_settings
from graph.store.base import EVERYTHING, Scope, Version
from graph.store.errors import NothingApplied
from graph.workspace import Workspace

_CONTEXT, _LANG = "context", "lang"


class Opened:
    """One version of the graph within a scope, shared by all sessions that may see it.

    The tables' connection serves one at a time; the view serves all at once.
    """

    def __init__(self, context: Context, version: Version, scope: Scope) -> None:
        self._stack = ExitStack()
        store = self._stack.enter_context(context.store())
        view = self._stack.enter_context(store.view(scope))
        self.reading = Reading(view, tables_of(context, version), scope)
        self._connection = self._stack.enter_context(open_tables(self.reading.tables, scope))
        self._turn = threading.RLock()

    @contextmanager
    def tables(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Yield the connection of `app.services.tables.open_tables`, alone."""
        with self._turn:
            yield self._connection


@st.cache_resource(max_entries=6, show_spinner=False)
def _opened(_context: Context, workspace: str, version: str, scope: str) -> Opened:
    seen = EVERYTHING if scope == "all" else Scope(frozenset(scope.split("\x1f")))
    return Opened(_context, Version.model_validate_json(version), seen)


@dataclass
class Session:
    """What a page gets to work with."""

    context: Context
    words: Words
    actor: str
    scope: Scope

    @property
    def lang(self) -> Lang:
        """The reader's language."""
        return self.words.lang

    def opened(self) -> Opened:
        """Return the graph of the newest version within this person's scope.

        Raises:
            NothingApplied: There is no readable graph.
            ShenwaError: Whatever else stands in the way, as one sentence.
        """
        with self.context.store() as store:
            version = store.version()
        if version is None:
            raise NothingApplied
        scope = "all" if self.scope.cases == "all" else "\x1f".join(sorted(self.scope.cases))
        return _opened(self.context, str(self.context.workspace.path), version.model_dump_json(), scope)


def _actor() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # an account without a name, as in some containers
        return "?"


def _lang() -> Lang:
    asked = st.query_params.get("lang")
    if asked in ("zh", "en"):
        st.session_state[_LANG] = asked
    return "en" if st.session_state.get(_LANG, read_settings().lang) == "en" else "zh"


def session() -> Session:
    """Return the session of the person at the page.

    Raises:
        ShenwaError: The settings or the workspace cannot be used.
    """
    lang = _lang()
    if _CONTEXT not in st.session_state:
        settings = read_settings()
        st.session_state[_CONTEXT] = Context(Workspace(settings.home), settings, lang, wait=False)
    context: Context = st.session_state[_CONTEXT]
    context.lang = lang
    return Session(context, Words(lang), _actor(), EVERYTHING)


def explain(error: ShenwaError, lang: Lang) -> None:
    """Show an error as the one sentence that it is."""
    st.error(error.sentence(lang))
