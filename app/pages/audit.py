"""合同审计: from a contract to officials, hop by hop, with what counts and what does not kept apart."""

from collections.abc import Iterable
from datetime import date

import streamlit as st

from app.services.audit.auditing import Audit, Official, audit
from app.services.audit.choosing import Choice, contracts_of
from app.services.audit.rows import STANDINGS
from app.services.audit.sheet import workbook
from app.services.naming import Named
from app.services.ties import Tie
from app.services.trail import record
from app.ui.guard import guarded
from app.ui.links import link
from app.ui.panel import sources
from app.ui.safe import markdown, plain
from app.ui.session import Session
from app.ui.tables import pick

_SUMMED = "in"


def _hop(now: Session, tie: Tie) -> None:
    """One hop: who, what, whom, when, and where it stands."""
    a, b = tie.read_from()
    start, end = (tie.start.isoformat() if tie.start else "?"), (tie.end.isoformat() if tie.end else "…")
    when = f" · {start} — {end}" if tie.start or tie.end else ""
    st.markdown(f"**{markdown(a.name)}** — {markdown(tie.label(now.lang))} → **{markdown(b.name)}**{when}")
    sources(now, tie.sources, 3)


def _hops(now: Session, found: Audit, eids: Iterable[str]) -> None:
    for eid in dict.fromkeys(eids):
        if eid in found.ties:
            _hop(now, found.ties[eid])


def _day(now: Session, day: date | None) -> str:
    return day.isoformat() if day else now.words("common.unknown")


def _rows(now: Session, found: Audit, official: Official) -> None:
    words = now.words
    mine = [row for row in found.rows if row.person == official.person.id]
    for standing in STANDINGS:
        chosen = [row for row in mine if row.standing == standing]
        if not chosen:
            continue
        st.markdown(f"**{words(f'audit.{standing}')}**")
        table = [
            {
                words("audit.contract"): row.contract.code,
                words("common.name"): plain(row.contract.name),
                words("audit.signed"): _day(now, row.contract.first),
                words("audit.amount"): row.contract.amount,
                words("audit.reach"): words(f"audit.{row.reach}"),
                words("audit.power"): f"P{row.grade}",
                words("audit.identity"): words(f"audit.{row.identity}"),
            }
            for row in chosen
        ]
        key = f"audit-{official.person.id}-{standing}"
        for at in pick(table, key, [words("audit.amount")]):
            with st.container(border=True):
                _hops(now, found, chosen[at].eids)
        if standing == _SUMMED:
            for total in (one for one in found.totals if one.person == official.person.id):
                st.markdown(
                    words(
                        "audit.total",
                        reach=words(f"audit.{total.reach}"),
                        power=f"P{total.grade}",
                        contracts=total.contracts,
                        amount=f"{total.amount:,.2f}",
                        unknown=total.unknown_amounts,
                    )
                )


def _official(now: Session, found: Audit, official: Official) -> None:
    words = now.words
    link("entity", f"{markdown(official.person.name)} {markdown(official.person.code)}", id=official.person.id)
    with st.expander(words("audit.ways")):
        for way in official.ways:
            _hops(now, found, way)
        _hops(now, found, official.powers)
    _rows(now, found, official)


def _audited(now: Session, found: Audit) -> None:
    words = now.words
    contract = found.contract
    st.subheader(f"{markdown(contract.code)} {markdown(contract.name)}")
    signed = _day(now, contract.first)
    money = words("common.unknown") if contract.amount is None else f"{contract.amount:,.2f}"
    st.caption(f"{words('audit.signed')}:{signed} · {words('audit.amount')}:{money}")
    _hops(now, found, [*found.signatures, *(eid for eids in contract.buyers.values() for eid in eids)])
    for firm in found.firms:
        link("entity", f"{words('audit.firm')}:{markdown(firm.name)} {markdown(firm.code)}", id=firm.id)
    with st.expander(words("audit.owners")):
        _hops(now, found, found.owners)
        for way in found.controls:
            _hops(now, found, way)
    if found.cut:
        st.warning(words("audit.cut"))
    st.markdown(f"### {words('audit.officials')}")
    if not found.officials:
        st.info(words("audit.nobody"))
    for official in found.officials:
        with st.container(border=True):
            _official(now, found, official)
    sheet = workbook(found, now.words.group("audit"), now.lang)
    name = f"{contract.code or contract.id}.xlsx"
    st.download_button(
        words("audit.export"),
        sheet,
        name,
        on_click=lambda: record(now.context, now.who.name, "export", name, contract=contract.id),
    )
    st.caption(words("common.footer"))


def _pick(now: Session, one: Named, choices: list[Choice]) -> str | None:
    """Let the reader choose among the contracts of a unit, an official or a firm."""
    words = now.words
    st.markdown(words("audit.of", name=markdown(one.name), count=len(choices)))
    rows = [
        {
            words("audit.contract"): choice.code,
            words("common.name"): plain(choice.name),
            words("audit.signed"): choice.signed or "",
            words("audit.amount"): choice.amount,
            words("audit.firm"): plain(choice.firms),
        }
        for choice in choices
    ]
    return next((choices[at].id for at in pick(rows, "audit_choice", [words("audit.amount")])), None)


def _page(now: Session) -> None:
    words = now.words
    st.title(words("common.audit"))
    st.caption(words("audit.what"))
    with st.form("audit_form", border=False):
        left, right = st.columns([6, 1], vertical_alignment="bottom")
        asked = left.text_input(words("audit.label"), value=st.query_params.get("of", ""))
        if right.form_submit_button(words("audit.go"), width="stretch", type="primary"):
            st.query_params["of"] = asked.strip()
    text = st.query_params.get("of", "")
    if not text:
        return
    opened = now.opened()
    with opened.tables() as connection:
        one, choices = contracts_of(connection, text)
    chosen: str | None = one.id
    if one.type != "Contract":
        chosen = _pick(now, one, choices)
    if chosen is not None:
        with st.spinner(words("common.working")):
            found = audit(now.context, opened.reading, chosen)
        _audited(now, found)


guarded(_page)
