"""The frame of every page: navigation, language, data version, and what to do when there is no graph."""

import subprocess
import sys
from pathlib import Path

import streamlit as st
from streamlit.navigation.page import StreamlitPage

from app.services.context import Context
from app.services.refreshing import is_current
from app.ui.session import Session
from app.ui.style import STYLE

# File below app/pages, address, and whether the page stands in the menu. No file is named like a package of ours.
PAGES = (
    ("home", "", True),
    ("search", "search", True),
    ("network", "graph", True),
    ("detect", "detect", True),
    ("audit", "audit", True),
    ("flow", "flow", True),
    ("timeline", "timeline", True),
    ("entity", "entity", False),
    ("evidence", "evidence", False),
)
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


def rebuild(context: Context) -> str | None:
    """Make the graph anew in a child process, which takes the workspace lock; return why it failed, or None."""
    command = [sys.executable, "-m", "shenwa", "--workspace", str(context.workspace.path), "--no-wait", "rebuild"]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    return None if done.returncode == 0 else (done.stderr.strip().splitlines() or ["?"])[-1]


def _offer_rebuild(session: Session, sentence: str) -> None:
    words = session.words
    with st.sidebar:
        st.warning(words(sentence))
        if st.button(words("common.rebuild")):
            with st.spinner(words("common.working")):
                failure = rebuild(session.context)
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


def frame(session: Session) -> StreamlitPage:
    """Draw the frame and return the page to run."""
    words = session.words
    st.html(STYLE)
    pages = {
        name: st.Page(
            _FOLDER / f"{name}.py",
            title=words(f"common.{name}"),
            url_path=path,
            default=not path,
            visibility="visible" if menu else "hidden",
        )
        for name, path, menu in PAGES
    }
    st.session_state["pages"] = pages
    page = st.navigation(list(pages.values()))
    _language(session)
    _freshness(session)
    st.sidebar.caption(words("common.one_user"))
    return page
