"""Running a page so that whatever goes wrong is one clear sentence, never a traceback."""

import logging
from collections.abc import Callable

import streamlit as st
from streamlit.runtime.scriptrunner_utils.exceptions import RerunException, StopException

from app.ui.session import Session, explain, session
from graph.errors import ShenwaError

_LOG = logging.getLogger(__name__)


def guarded(page: Callable[[Session], None]) -> None:
    """Run a page.

    An error that a sentence explains is shown as that sentence. Anything else is our fault: it goes to the log of the
    server, and the reader is told that this page cannot be shown.
    """
    now = session()
    try:
        page(now)
    except ShenwaError as error:
        explain(error, now.lang)
    except (RerunException, StopException):  # how Streamlit moves on; no error
        raise
    except Exception:
        _LOG.exception("page failed")
        st.error(now.words("common.error"))
