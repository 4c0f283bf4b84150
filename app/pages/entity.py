"""实体: one person, company or matter with every fact, its ties, timeline and documents."""

from typing import Any

import streamlit as st

from app.services.accounts import DECIDE
from app.services.canvas import edge_label
from app.services.citing import cite
from app.services.entity import Profile, documents, page_of_ties, profile
from app.services.naming import find
from app.services.neighbours import Tie
from app.services.noting import add_note, notes_about
from app.ui.guard import guarded
from app.ui.links import go, link
from app.ui.panel import sources
from app.ui.safe import markdown, plain
from app.ui.session import Opened, Session
from app.ui.tables import pick
from app.ui.timeline import timeline

PAGE = 100
MOST_EVENTS = 300


def _rows(now: Session, found: list[Tie], ends: dict[str, Any], me: str) -> list[dict[str, str]]:
    words = now.words
    rows = []
    for tie in found:
        other = tie.target if tie.source == me else tie.source
        rows.append(
            {
                words("entity.relation"): words(f"relation.{tie.type}"),
                words("entity.what"): plain(edge_label(tie, words)),
                words("entity.other"): plain(ends[other].name) if other in ends else "…",
                words("common.from"): tie.valid_from or str(tie.props.get("time", ""))[:10],
                words("common.to"): tie.valid_to or "",
                words("graph.claim"): words(f"claim.{tie.claim}"),
            }
        )
    return rows


def _relations(now: Session, opened: Opened, found: Profile) -> None:
    words = now.words
    if not found.counts:
        st.caption(words("common.none"))
        return
    relation = st.pills(
        words("entity.relation"),
        list(found.counts),
        format_func=lambda kind: f"{words(f'relation.{kind}')} {found.counts[kind]}",
        key="entity_relation",
    )
    count = found.counts[relation] if relation else sum(found.counts.values())
    pages = max(1, -(-count // PAGE))
    at = st.number_input(words("entity.page", pages=pages), 1, pages, 1) if pages > 1 else 1
    with opened.tables() as connection:
        shown, ends = page_of_ties(connection, found.named, relation or "", PAGE, (int(at) - 1) * PAGE)
    rows = _rows(now, shown, ends, found.named.id)
    for at_row in pick(rows, "entity_ties"):
        tie = shown[at_row]
        other = tie.target if tie.source == found.named.id else tie.source
        if other in ends:
            link("entity", f"{words('common.open_entity')}:{markdown(ends[other].name)}", id=other)
        with opened.tables() as connection:
            sources(now, cite(now.context, connection, [tie.eid]).get(tie.eid, []))


def _timeline(now: Session, opened: Opened, found: Profile) -> None:
    with opened.tables() as connection:
        shown, ends = page_of_ties(connection, found.named, "", MOST_EVENTS)
    events = []
    for tie in shown:
        other = tie.target if tie.source == found.named.id else tie.source
        start = tie.valid_from or str(tie.props.get("time") or "")[:10]
        if start and other in ends:
            text = f"{edge_label(tie, now.words)} {ends[other].name}"
            event = {"id": tie.eid, "lane": tie.type, "text": plain(text, 60), "start": start, "end": tie.valid_to}
            events.append(event)
    if not events:
        st.caption(now.words("entity.no_dates"))
        return
    timeline(events, now.words, key=f"timeline-{found.named.id}")


def _notes(now: Session, opened: Opened, found: Profile) -> None:
    with opened.tables() as connection:
        written = notes_about(now.context, connection, now.who, found.named, found.keys)
    for one in written:
        st.markdown(f"- {markdown(one.text, 2000)} — {markdown(one.actor)} {one.at:%Y-%m-%d}")
    if not now.who.may(DECIDE):
        return
    with st.form("note", clear_on_submit=True, border=False):
        text = st.text_area(now.words("entity.note"))
        if st.form_submit_button(now.words("entity.keep_note")) and text.strip():
            with opened.tables() as connection:
                add_note(now.context, connection, now.who, found.named, text)
            st.rerun()


def _page(now: Session) -> None:
    words = now.words
    asked = st.query_params.get("id", "")
    heading = st.empty()
    heading.title(words("common.entity"))
    if not asked:
        st.info(words("entity.which"))
        return
    opened = now.opened()
    with opened.tables() as connection:
        one = find(connection, asked)
        found = profile(connection, one, now.lang)
        files = documents(connection, one)
        cited = cite(now.context, connection, [one.id]).get(one.id, [])
    heading.title(markdown(one.name) or markdown(one.code))
    seen = (words("entity.in_cases", count=found.cases), words("entity.degree", count=found.degree))
    st.caption(" · ".join((words(f"type.{one.type}"), *seen)))
    left, right = st.columns([2, 3])
    with left:
        st.markdown("\n".join(f"- {markdown(fact.name)}:{markdown(fact.value)}" for fact in found.facts) or "—")
        if st.button(words("common.open_graph"), type="primary"):
            go("network", ids=one.id)
    with right:
        st.caption(words("entity.sources"))
        sources(now, cited)
    names = ("relations", "timeline", "documents", "notes")
    tabs = st.tabs([words(f"entity.{name}") for name in names])
    with tabs[0]:
        _relations(now, opened, found)
    with tabs[1]:
        _timeline(now, opened, found)
    with tabs[2]:
        for doc, path in files:
            link("evidence", markdown(path), doc=doc)
    with tabs[3]:
        _notes(now, opened, found)


guarded(_page)
