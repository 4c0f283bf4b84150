"""Running detection from a page: started, watched, stopped."""

from collections.abc import Mapping

import streamlit as st

from app.services.detecting import DetectionResult, detect
from app.ui.session import Session, explain
from app.ui.work import Work

_WORK = "detect_work"
Results = list[DetectionResult]


def start(now: Session, names: list[str], given: Mapping[str, Mapping[str, str]]) -> None:
    """Start a detection in the background; one at a time for a session."""
    context, scope = now.context, now.scope

    def run(work: Work[Results]) -> Results:
        return detect(context, names, given, scope=scope, progress=work.told, cancel=work.stopped)

    work: Work[Results] = Work()
    st.session_state[_WORK] = work.start(run)


@st.fragment(run_every=0.5)
def _watch(now: Session, work: Work[Results]) -> None:
    words = now.words
    if work.finished:
        st.rerun()
    share = work.done / work.total if work.total else 0.0
    st.progress(min(1.0, share), words("detect.progress", label=work.label or "…", done=work.done, total=work.total))
    if st.button(words("detect.cancel"), key="detect_cancel"):
        work.stop()


def watch(now: Session) -> bool:
    """Show a running detection; True while it runs."""
    work: Work[Results] | None = st.session_state.get(_WORK)
    if work is None:
        return False
    if not work.finished:
        _watch(now, work)
        return True
    del st.session_state[_WORK]
    words = now.words
    if work.cancelled:
        st.info(words("detect.stopped"))
    elif work.error is not None:
        explain(work.error, now.lang)
    for result in work.result or []:
        if result.truncated:
            st.warning(f"{result.saved.title.text(now.lang)}:{words('detect.truncated', count=result.truncated)}")
        if result.faults:
            st.warning(f"{result.saved.title.text(now.lang)}:{words('detect.faults', count=len(result.faults))}")
        if result.hidden:
            st.caption(words("common.other_case"))
    return False
