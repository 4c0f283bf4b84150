"""Running a page so that whatever goes wrong is one clear sentence, never a traceback."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit

import streamlit as st
from streamlit.runtime.scriptrunner_utils.exceptions import RerunException, StopException

from app.services.accounts import READ, NotAllowed
from app.services.trail import record
from app.ui.session import Session, check, explain, session
from graph.errors import ShenwaError

P = ParamSpec("P")
_LOG = logging.getLogger(__name__)
_SHOWN = "trail_shown"


def _address() -> str:
    """Return which page is shown."""
    return urlsplit(str(st.context.url or "")).path


def _log_view(now: Session) -> None:
    """Write to the audit log what is looked at: once for an address, not for every click on its page."""
    asked = {name: value for name, value in st.query_params.to_dict().items() if name != "lang"}
    shown = (_address(), sorted(asked.items()))
    if st.session_state.get(_SHOWN) != shown:
        record(now.context, now.who.name, "view", _address(), asked=asked)
        st.session_state[_SHOWN] = shown


def guarded(page: Callable[[Session], None], *, right: str = READ) -> None:
    """Run a page for whoever may see it.

    Args:
        page: Draws it.
        right: What a role has to allow, so that the page opens at all (see `app.services.accounts`); nothing when the
            page asks for itself.

    An error that a sentence explains is shown as that sentence. Anything else is our fault: it goes to the log of the
    server, and the reader is told that this page cannot be shown.
    """
    now = session()
    try:
        if right:
            now.who.need(right)
        _log_view(now)
        page(now)
    except NotAllowed as error:
        record(now.context, now.who.name, "refused", _address())
        explain(error, now.lang)
    except ShenwaError as error:
        explain(error, now.lang)
    except (RerunException, StopException):  # how Streamlit moves on; no error
        raise
    except Exception:
        _LOG.exception("page failed")
        st.error(now.words("common.error"))


def fragment(
    part: Callable[Concatenate[Session, P], None], *, run_every: float | None = None
) -> Callable[Concatenate[Session, P], None]:
    """Make a part of a page run by itself, as `st.fragment` does, but never for somebody who is logged out by now."""

    @wraps(part)
    def run(now: Session, *args: P.args, **kwargs: P.kwargs) -> None:
        try:
            check(now)
            part(now, *args, **kwargs)
        except ShenwaError as error:
            explain(error, now.lang)

    made: Callable[Concatenate[Session, P], None] = st.fragment(run, run_every=run_every)  # type: ignore[assignment]
    return made
