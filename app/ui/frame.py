"""The frame of every page: navigation, language, data version, and what to do when there is no graph."""

import subprocess
import sys
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from app.services.accounts import ACCOUNTS, ASSIGN, READ, leave
from app.services.context import Context
from app.services.refreshing import is_current
from app.ui.safe import markdown
from app.ui.session import Session, token
from app.ui.style import STYLE

# File below app/pages, address, and whether the page stands in the menu. No file is named like a package of ours.
PAGES = (
    ("home", "", True),
    ("search", "search", True),
    ("network", "graph", True),
    ("detect", "detect", True),
    ("audit", "audit", True),
    ("related", "related", True),
    ("flow", "flow", True),
    ("timeline", "timeline", True),
    ("identity", "identity", True),
    ("entity", "entity", False),
    ("evidence", "evidence", False),
    ("admin", "admin", True),
)
ADMIN = "admin"
LANGUAGES = {"zh": "中文", "en": "English"}


_FOLDER = Path(__file__).parents[1] / "pages"


def _language(session: Session) -> None:
    chosen = st.sidebar.segmented_control(
        session.words("common.language"),
        list(LANGUAGES),
        default=session.lang,
        format_func=lambda one: LANGUAGES[one],
        key="lang_choice",
    )
    if chosen and chosen != session.lang:
        st.query_params["lang"] = chosen
        st.session_state["lang"] = chosen
        st.rerun()


def child(context: Context, verb: str) -> str | None:
    """Run a verb in a child process, which takes the workspace lock; return why it failed, or None."""
    command = [sys.executable, "-m", "shenwa", "--workspace", str(context.workspace.path), "--no-wait", verb]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    return None if done.returncode == 0 else (done.stderr.strip().splitlines() or ["?"])[-1]


def _offer_rebuild(session: Session, sentence: str) -> None:
    words = session.words
    with st.sidebar:
        st.warning(words(sentence))
        if st.button(words("common.rebuild")):
            with st.spinner(words("common.working")):
                failure = child(session.context, "rebuild")
            if failure is None:
                st.rerun()
            st.error(words("common.failed", reason=failure))


def _freshness(session: Session) -> None:
    context = session.context
    if not (context.workspace.path.exists() and context.ledger.exists()):
        return
    with context.store() as store:
        version = store.version()
        if version is None:
            _offer_rebuild(session, "common.no_graph")
        elif not is_current(context, store):
            _offer_rebuild(session, "common.stale")
        if version is not None:
            st.sidebar.caption(f"{session.words('common.version')} {version.ledger} · {version.engine}")


def _menu(session: Session) -> set[str]:
    """Return the pages in a person's menu. That is courtesy: every page asks for itself (`app.ui.guard`)."""
    if session.who.role is None:
        return {name for name, _, menu in PAGES if menu} - {ADMIN}
    if not session.who.may(READ):
        return {ADMIN}
    looks_after = session.who.may(ACCOUNTS) or session.who.may(ASSIGN)
    return {name for name, _, menu in PAGES if menu and (name != ADMIN or looks_after)}


def _person(session: Session) -> None:
    """Say who is at work, and let that person leave."""
    words = session.words
    if session.who.role is None:
        st.sidebar.caption(words("common.one_user"))
        return
    st.sidebar.caption(markdown(session.who.title(session.lang)))
    if st.sidebar.button(words("login.leave")):
        leave(session.context, token(session.context) or "")
        st.session_state.clear()
        st.rerun()


def frame(session: Session) -> StreamlitPage:
    """Draw the frame and return the page to run."""
    words = session.words
    st.html(STYLE)
    menu = _menu(session)
    first = PAGES[0][0] if session.who.may(READ) else ADMIN
    pages = {
        name: st.Page(
            _FOLDER / f"{name}.py",
            title=words(f"common.{name}"),
            url_path="" if name == first else path or name,
            default=name == first,
            visibility="visible" if name in menu else "hidden",
        )
        for name, path, _ in PAGES
    }
    st.session_state["pages"] = pages
    page = st.navigation(list(pages.values()))
    _language(session)
    if session.who.may(READ):
        _freshness(session)
    _person(session)
    return page
