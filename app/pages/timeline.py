"""时间线: dated ties of some entities side by side, each leading to its source."""

from typing import Any

import streamlit as st

from app.services.canvas import edge_label
from app.services.citing import cite
from app.services.entity import page_of_ties
from app.services.naming import Named, find
from app.services.neighbours import Tie
from app.ui.guard import guarded
from app.ui.panel import sources
from app.ui.safe import markdown, plain
from app.ui.session import Session
from app.ui.tables import pick
from app.ui.timeline import timeline

MOST = 400
HEIGHT = 520


def _events(now: Session, found: list[Tie], ends: dict[str, Named], me: str) -> list[dict[str, Any]]:
    events = []
    for tie in found:
        other = tie.target if tie.source == me else tie.source
        start = tie.valid_from or str(tie.props.get("time") or "")[:10]
        if start and other in ends and me in ends:
            text = f"{ends[me].name} · {edge_label(tie, now.words)} · {ends[other].name}"
            events.append(
                {"id": tie.eid, "lane": tie.type, "text": plain(text, 60), "start": start, "end": tie.valid_to}
            )
    return events


def _page(now: Session) -> None:
    words = now.words
    st.title(words("common.timeline"))
    st.caption(words("timeline.what"))
    with st.form("timeline_form", border=False):
        left, right = st.columns([6, 1], vertical_alignment="bottom")
        asked = left.text_input(words("timeline.label"), value=st.query_params.get("of", ""))
        if right.form_submit_button(words("timeline.go"), type="primary", width="stretch"):
            st.query_params["of"] = asked.strip()
    parts = [part.strip() for part in st.query_params.get("of", "").replace(";", ";").split(";") if part.strip()]
    if not parts:
        return
    opened = now.opened()
    events: dict[str, dict[str, Any]] = {}
    with opened.tables() as connection:
        for one in (find(connection, part) for part in parts):
            found, ends = page_of_ties(connection, one, "", MOST)
            events |= {event["id"]: event for event in _events(now, found, ends, one.id)}
    if not events:
        st.info(words("entity.no_dates"))
        return
    ordered = sorted(events.values(), key=lambda event: (event["start"], event["id"]))
    picked = timeline(ordered, words, "timeline-page", HEIGHT)
    rows = [{words("timeline.day"): one["start"], words("timeline.event"): one["text"]} for one in ordered]
    eids = [ordered[at]["id"] for at in pick(rows, "timeline_table")] or ([picked] if picked else [])
    for eid in eids:
        st.markdown(f"**{markdown(events[eid]['text'])}**")
        with opened.tables() as connection:
            sources(now, cite(now.context, connection, [eid]).get(eid, []))


guarded(_page)
