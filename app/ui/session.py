"""One person's session over one workspace: language, actor, scope, and the graph of the newest version."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from html import escape

import duckdb
import streamlit as st

from app.services.accounts import Actor, LoginNeeded, who
from app.services.canonical import tables_of
from app.services.context import Context
from app.services.reading import Reading
from app.services.tables import open_tables
from app.ui.gate import LOGIN, cookie_name
from app.ui.words import Words
from graph.errors import Lang, ShenwaError
from graph.settings import read_settings
from graph.store.base import EVERYTHING, Scope, Version
from graph.store.errors import NothingApplied
from graph.workspace import Workspace

_PERSON, _LANG = "person", "lang"


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
    seen = EVERYTHING if scope == "all" else Scope(frozenset(one for one in scope.split("\x1f") if one))
    return Opened(_context, Version.model_validate_json(version), seen)


@dataclass
class Session:
    """What a page gets to work with.

    Attributes:
        context: Workspace and settings.
        words: In the reader's language.
        who: The person at the page, with the rights of the role.
    """

    context: Context
    words: Words
    who: Actor

    @property
    def actor(self) -> str:
        """Name under which the person's steps are kept."""
        return self.who.name

    @property
    def scope(self) -> Scope:
        """What the person may see.

        Raises:
            NotAllowed: Nothing at all.
        """
        return self.who.scope

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


def token(context: Context) -> str | None:
    """Return the secret of the login that the browser sent; None when it sent none."""
    return st.context.cookies.get(cookie_name(context)) if context.workspace.path.exists() else None


def check(now: Session) -> None:
    """See that the person at the page is still logged in: for what runs again without its page.

    Raises:
        LoginNeeded: No longer.
    """
    person = who(now.context, token(now.context))
    if person.name != now.who.name:
        raise LoginNeeded
    if person != now.who:  # another role, or other cases: the whole page has to be drawn anew
        st.rerun()


def _person(context: Context) -> Actor:
    """Return who is at the page; what another person left in this session is dropped first."""
    person = who(context, token(context))
    if st.session_state.get(_PERSON, person.name) != person.name:
        st.session_state.clear()
    st.session_state[_PERSON] = person.name
    return person


def language() -> Lang:
    """Return the language that the address, an earlier choice or the settings name."""
    asked = st.query_params.get("lang")
    if asked in ("zh", "en"):
        st.session_state[_LANG] = asked
    chosen = st.session_state.get(_LANG)
    if chosen is None:
        with suppress(ShenwaError):  # settings that cannot be read are told elsewhere
            chosen = read_settings().lang
    return "en" if chosen == "en" else "zh"


def session() -> Session:
    """Return the session of the person at the page.

    Raises:
        LoginNeeded: There are accounts, and nobody is logged in.
        ShenwaError: The settings or the workspace cannot be used.
    """
    lang = language()
    settings = read_settings()
    context = Context(Workspace(settings.home), settings, lang, wait=False)
    return Session(context, Words(lang), _person(context))


def explain(error: ShenwaError, lang: Lang) -> None:
    """Show an error as the one sentence that it is; where a login is needed, the way to it."""
    st.error(error.sentence(lang))
    if isinstance(error, LoginNeeded):
        st.html(f'<a href="{LOGIN}" target="_self" class="sw-login">{escape(Words(lang)("login.again"))}</a>')
