"""Deciding about a hit: states, reasons, a second person, and what changed since."""

from collections.abc import Mapping
from typing import Any

import streamlit as st

from app.services.accounts import DECIDE
from app.services.deciding import Change, confirm, decide, what_changed
from app.ui.safe import markdown
from app.ui.session import Session, explain
from graph.casebook.decisions import NEEDS_NUMBER, NEEDS_SECOND, REASONS, STATES, Standing
from graph.errors import ShenwaError

Hit = Mapping[str, Any]


def _changes(now: Session, change: Change | None) -> None:
    words = now.words
    st.warning(words("decide.reopened"))
    if change is None:
        return
    for name, places in (("added", change.added), ("removed", change.removed)):
        for place in places:
            st.markdown(f"- {words(f'decide.{name}')}:{markdown(place)}")
    for figure, (then, value) in change.values.items():
        st.markdown(f"- {markdown(figure)}:{markdown(then)} → {markdown(value)}")


def _history(now: Session, stands: Standing) -> None:
    words = now.words
    for step in stands.steps:
        told = [words(f"decide.state_{step.state}")]
        told += [words(f"decide.reason_{step.reason}")] if step.reason else []
        told += [markdown(step.number)] if step.number else []
        told += [markdown(step.note, 500)] if step.note else []
        said = words("decide.confirmed") if step.confirms else words("decide.took")
        st.markdown(f"- {step.at:%Y-%m-%d %H:%M} {markdown(step.actor)} {said}:{' · '.join(told)}")


def _confirm(now: Session, hit: Hit, stands: Standing) -> None:
    """A second person confirms: the account at work; without accounts, who that is has to be said."""
    pending = stands.pending
    if pending is None:
        return
    words = now.words
    st.info(words("decide.pending", state=words(f"decide.state_{pending.state}"), actor=markdown(pending.actor)))
    if not now.who.may(DECIDE) or (now.who.role is not None and pending.actor == now.actor):
        return
    with st.form(f"confirm-{pending.id}", border=False):
        second = st.text_input(words("decide.second")) if now.who.role is None else ""
        if st.form_submit_button(words("decide.confirm")):
            try:
                with now.opened().tables() as connection:
                    confirm(now.context, connection, now.who, hit, pending.id, second)
            except ShenwaError as error:
                explain(error, now.lang)
                return
            st.rerun()


def _take(now: Session, hit: Hit) -> None:
    words = now.words
    state = st.radio(
        words("decide.what"),
        STATES,
        format_func=lambda one: words(f"decide.state_{one}"),
        horizontal=True,
        key=f"state-{hit['fingerprint']}",
    )
    with st.form(f"decide-{hit['fingerprint']}", border=False):
        reason = ""
        if state == "dismissed":
            reason = st.selectbox(
                words("decide.reason"), REASONS, format_func=lambda one: words(f"decide.reason_{one}")
            )
        number = st.text_input(words("decide.number")) if state in NEEDS_NUMBER else ""
        note = st.text_area(words("decide.note"), height=80)
        if state in NEEDS_SECOND:
            st.caption(words("decide.needs_second"))
        if st.form_submit_button(words("decide.keep"), type="primary"):
            try:
                with now.opened().tables() as connection:
                    decide(now.context, connection, now.who, hit, state, reason=reason, number=number, note=note)
            except ShenwaError as error:
                explain(error, now.lang)
                return
            st.rerun()


def deciding(now: Session, hit: Hit, stands: Standing) -> None:
    """Show what stands about a hit, and let a person take the next step."""
    words = now.words
    st.markdown(f"**{words('decide.stands')}:{words(f'decide.state_{stands.state}')}**")
    if stands.reopened:
        with now.opened().tables() as connection, now.context.casebook() as casebook:
            change = what_changed(casebook, connection, now.scope, hit, stands)
        _changes(now, change)
    _confirm(now, hit, stands)
    if now.who.may(DECIDE):
        _take(now, hit)
    else:
        st.caption(words("decide.only_reads"))
    if stands.steps:
        st.caption(words("decide.history"))
        _history(now, stands)
