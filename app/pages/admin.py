"""管理: accounts for whoever looks after them, and who may see which case for whoever hands cases out."""

import streamlit as st

from app.services import accounts
from app.services.accounts import ACCOUNTS, ASSIGN, ROLE_NAMES
from app.ui.guard import guarded
from app.ui.safe import plain
from app.ui.session import Session, explain
from graph.casebook.users import ROLES, Account
from graph.errors import ShenwaError


def _role(now: Session, role: str) -> str:
    zh, en = ROLE_NAMES[role]
    return zh if now.lang == "zh" else en


def _list(now: Session, found: list[Account]) -> None:
    words = now.words
    rows = [
        {
            words("login.name"): plain(one.name),
            words("admin.role"): _role(now, one.role),
            words("admin.state"): words("admin.disabled") if one.disabled else words("admin.open"),
            **({words("admin.cases"): plain("、".join(sorted(one.cases)))} if now.who.may(ASSIGN) else {}),
        }
        for one in found
    ]
    st.dataframe(rows, hide_index=True)


def _done(now: Session, sentence: str) -> None:
    st.session_state["admin_done"] = now.words(sentence)
    st.rerun()


def _add(now: Session) -> None:
    words = now.words
    st.subheader(words("admin.add"))
    with st.form("add", clear_on_submit=True, border=False):
        name = st.text_input(words("login.name"), max_chars=120)
        role = st.selectbox(words("admin.role"), ROLES, format_func=lambda one: _role(now, one))
        password = st.text_input(words("login.password"), type="password")
        if st.form_submit_button(words("admin.add"), type="primary"):
            accounts.add(now.context, now.who, name, role, password)
            _done(now, "admin.added")


def _change(now: Session, found: list[Account]) -> None:
    words = now.words
    st.subheader(words("admin.change"))
    name = st.selectbox(words("admin.whom"), [one.name for one in found], format_func=plain)
    chosen = next(one for one in found if one.name == name)
    closing = words("admin.enable") if chosen.disabled else words("admin.disable")
    if st.button(closing):
        accounts.disable(now.context, now.who, name, not chosen.disabled)
        _done(now, "admin.changed")
    with st.form("password", clear_on_submit=True, border=False):
        password = st.text_input(words("admin.new_password"), type="password")
        if st.form_submit_button(words("admin.set_password")):
            accounts.set_password(now.context, now.who, name, password)
            _done(now, "admin.changed")


def _assign(now: Session, found: list[Account]) -> None:
    words = now.words
    st.subheader(words("admin.assign"))
    st.caption(words("admin.assign_what"))
    handlers = [one for one in found if one.role == "handler"]
    if not handlers:
        st.info(words("admin.no_handler"))
        return
    name = st.selectbox(words("admin.to_whom"), [one.name for one in handlers], format_func=plain)
    chosen = next(one for one in handlers if one.name == name)
    with st.form("assign", clear_on_submit=True, border=False):
        case = st.text_input(words("admin.case"), max_chars=120)
        if st.form_submit_button(words("admin.give")):
            accounts.assign(now.context, now.who, name, [case])
            _done(now, "admin.changed")
    if chosen.cases:
        with st.form("withdraw", border=False):
            taken = st.multiselect(words("admin.cases"), sorted(chosen.cases), format_func=plain)
            if st.form_submit_button(words("admin.take")) and taken:
                accounts.assign(now.context, now.who, name, taken, withdraw=True)
                _done(now, "admin.changed")


def _page(now: Session) -> None:
    words = now.words
    st.title(words("common.admin"))
    if now.who.role is None:
        st.info(words("admin.no_accounts"))
        return
    found = accounts.listed(now.context, now.who)
    if "admin_done" in st.session_state:
        st.success(st.session_state.pop("admin_done"))
    _list(now, found)
    try:
        if now.who.may(ACCOUNTS):
            _add(now)
            _change(now, found)
        if now.who.may(ASSIGN):
            _assign(now, found)
    except ShenwaError as error:
        explain(error, now.lang)


guarded(_page, right="")
