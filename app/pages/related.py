"""案中案: who and what of one case or lead is in another, both ways, with what it rests on."""

from collections.abc import Sequence

import streamlit as st

from app.services.naming import Named, find
from app.services.related import KINDS, Joint, Related, files_of, grounds, label_of, related, says_more
from app.services.related_sheet import as_csv, role_of, workbook
from app.ui.guard import guarded
from app.ui.links import go, link
from app.ui.panel import sources
from app.ui.safe import markdown, plain
from app.ui.session import Opened, Session
from app.ui.tables import pick

_MOST_SOURCES = 3


def _choose(now: Session, files: Sequence[Named]) -> Named | None:
    """Let the reader choose a case or lead; the address tells which."""
    words = now.words
    by_id = {one.id: one for one in files}
    asked = st.query_params.get("of", "")
    known = next((one.id for one in files if asked in (one.id, one.code, one.name)), None)
    if asked and known is None:
        with now.opened().tables() as connection:
            known = find(connection, asked).id
    chosen = st.selectbox(
        words("related.label"),
        list(by_id),
        index=list(by_id).index(known) if known in by_id else None,
        format_func=lambda id_: f"{plain(by_id[id_].name)} · {words(f'type.{by_id[id_].type}')}",
        key=f"related_of_{known}",
        placeholder=words("related.choose"),
    )
    if chosen and chosen != known:
        st.query_params["of"] = by_id[chosen].name
    return by_id.get(chosen or "")


def _filtered(now: Session, found: Related) -> list[Joint]:
    words = now.words
    kinds = [kind for kind in KINDS if any(one.tie == kind for one in found.joints)]
    left, right = st.columns(2)
    ties = left.pills(
        words("related.how"),
        kinds,
        selection_mode="multi",
        format_func=lambda kind: f"{words(f'related.tie_{kind}')} {sum(one.tie == kind for one in found.joints)}",
        key="related_ties",
    )
    states = right.pills(
        words("related.standing"),
        ["charged_any", "uncharged"],
        selection_mode="multi",
        format_func=lambda state: words(f"related.{state}"),
        key="related_states",
    )
    return [
        one
        for one in found.joints
        if (not ties or one.tie in ties) and (not states or ("charged_any" if one.charged else "uncharged") in states)
    ]


def _rows(now: Session, shown: Sequence[Joint]) -> list[dict[str, object]]:
    words, texts = now.words, now.words.group("related")
    return [
        {
            words("related.other"): plain(one.other.name),
            words("related.how"): words(f"related.tie_{one.tie}"),
            words("related.here"): plain(one.here.who.name),
            words("related.role_here"): plain(role_of(one.here, texts)),
            words("related.there"): plain(one.there.who.name),
            words("related.role_there"): plain(role_of(one.there, texts)),
            words("related.via"): plain(one.via.name) if one.via else "",
            words("related.seen_in"): one.seen_in,
            words("related.standing"): _standing(now, one),
            words("related.score"): one.score,
        }
        for one in shown
    ]


def _standing(now: Session, one: Joint) -> str:
    if not one.charged:
        return now.words("related.uncharged")
    return plain(now.words("related.charged", cases="、".join(one.charged)))


def _detail(now: Session, opened: Opened, found: Related, one: Joint) -> None:
    """Show what one joint rests on, and the ways onward."""
    words = now.words
    st.markdown(f"**{words('related.grounds')}**")
    for tie in grounds(now.context, opened.reading, [one]).values():
        if says_more(tie):
            a, b = tie.read_from()
            span = f" · {markdown(tie.span(now.lang))}" if tie.span(now.lang) else ""
            what = markdown(label_of(tie, now.lang))
            st.markdown(f"**{markdown(a.name)}** — {what} → **{markdown(b.name)}**{span}")
            sources(now, tie.sources, _MOST_SOURCES)
    ends = {end.id: end for end in (one.here.who, one.there.who, one.via, one.other) if end is not None}
    for end in ends.values():
        link("entity", f"{words('common.open_entity')}:{markdown(end.name)}", id=end.id)
    left, right, _ = st.columns([1, 1, 2])
    if left.button(words("related.turn", name=markdown(one.other.name)), key="related_turn"):
        st.query_params["of"] = one.other.name  # a link to the page that is open already would do nothing
        st.rerun()
    if right.button(words("common.open_graph"), type="primary", key="related_graph"):
        go("network", ids=",".join([found.file.id, *ends]))


def _export(now: Session, opened: Opened, found: Related, shown: Sequence[Joint]) -> None:
    """Offer exactly the rows that are shown; what they rest on is read only when it is asked for."""
    words, texts = now.words, now.words.group("related")
    name = f"{words('common.related')}-{found.file.name}"
    left, right, _ = st.columns([1, 1, 2])
    left.download_button(words("related.csv"), as_csv(found, shown, texts, now.lang), f"{name}.csv", "text/csv")
    right.download_button(
        words("related.xlsx"),
        lambda: workbook(found, shown, grounds(now.context, opened.reading, shown), texts, now.lang),
        f"{name}.xlsx",
    )


def _found(opened: Opened, chosen: Named) -> Related:
    """Return what was found for a case or lead, kept while the reader walks through its rows."""
    key = (chosen.id, str(opened.reading.tables.folder), opened.reading.scope)
    kept = st.session_state.get("related_found")
    if kept is None or kept[0] != key:
        kept = (key, related(opened.reading, chosen.id))
        st.session_state["related_found"] = kept
    found: Related = kept[1]
    return found


def _page(now: Session) -> None:
    words = now.words
    st.title(words("common.related"))
    st.caption(words("related.what"))
    opened = now.opened()
    with opened.tables() as connection:
        files = files_of(connection)
    if not files:
        st.info(words("related.no_files"))
        return
    chosen = _choose(now, files)
    if chosen is None:
        return
    found = _found(opened, chosen)
    link("entity", f"{words('common.open_entity')}:{markdown(chosen.name)}", id=chosen.id)
    if found.elsewhere:
        st.warning(words("related.hidden"))
    if not found.joints:
        if not found.elsewhere:
            st.info(words("related.nothing"))
        return
    shown = _filtered(now, found)
    st.caption(words("related.found", count=len(shown), files=len({one.other.id for one in shown})))
    if shown:
        key = f"related_rows_{chosen.id}_{len(shown)}"
        for at in pick(_rows(now, shown), key):
            with st.container(border=True):
                _detail(now, opened, found, shown[at])
        _export(now, opened, found, shown)
    st.caption(words("common.footer"))


guarded(_page)
