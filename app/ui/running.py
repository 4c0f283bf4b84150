"""Running detection from a page: started, watched, stopped."""

from collections.abc import Mapping

import streamlit as st

from app.services.detecting import DetectionResult, detect
from app.services.trail import record
from app.ui.guard import fragment
from app.ui.session import Session, explain
from app.ui.work import Work
from queries.saved import ParameterValue

_WORK, _OWN, _OWN_PARAMETERS = "detect_work", "own_hits", "own_parameters"
Results = list[DetectionResult]


def _cases(now: Session) -> str | list[str]:
    return "all" if now.scope.cases == "all" else sorted(now.scope.cases)


def start(now: Session, names: list[str], given: Mapping[str, Mapping[str, str]]) -> None:
    """Start a detection in the background; one at a time for a session."""
    context, scope = now.context, now.scope

    def run(work: Work[Results]) -> Results:
        return detect(context, names, given, scope=scope, progress=work.told, cancel=work.stopped)

    record(context, now.who.name, "detect", " ".join(names), given=given, cases=_cases(now))
    work: Work[Results] = Work()
    st.session_state[_WORK] = work.start(run)


def _watching(now: Session, work: Work[Results]) -> None:
    words = now.words
    if work.finished:
        st.rerun()
    share = work.done / work.total if work.total else 0.0
    st.progress(min(1.0, share), words("detect.progress", label=work.label or "…", done=work.done, total=work.total))
    if st.button(words("detect.cancel"), key="detect_cancel"):
        work.stop()


_watch = fragment(_watching, run_every=0.5)


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
        if not now.scope.everything:  # kept for this session only: others see more, or less
            own = st.session_state.setdefault(_OWN, {})
            own[result.saved.id] = [hit.to_json(now.lang) for hit in result.hits]
            st.session_state.setdefault(_OWN_PARAMETERS, {})[result.saved.id] = result.parameters
        if result.truncated:
            st.warning(f"{result.saved.title.text(now.lang)}:{words('detect.truncated', count=result.truncated)}")
        if result.faults:
            st.warning(f"{result.saved.title.text(now.lang)}:{words('detect.faults', count=len(result.faults))}")
        if result.hidden:
            st.caption(words("common.other_case"))
    return False


def own_hits(query: str) -> list[dict[str, object]] | None:
    """Return what this session's own run of a query found within a limited scope; None when there was none."""
    found: dict[str, list[dict[str, object]]] = st.session_state.get(_OWN, {})
    return found.get(query)


def own_parameters(query: str) -> dict[str, ParameterValue] | None:
    """Return with what this session's own run of a query within a limited scope was made; None without such a run."""
    found: dict[str, dict[str, ParameterValue]] = st.session_state.get(_OWN_PARAMETERS, {})
    return found.get(query)
