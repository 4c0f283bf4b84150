"""The property panel: what is selected, its facts, and the places they come from."""

from collections.abc import Mapping, Sequence

import streamlit as st

from app.services.canvas import edge_label
from app.services.citing import Cited, cite
from app.services.naming import Named, named
from app.services.neighbours import Tie, ties
from app.ui.facts import facts
from app.ui.links import link
from app.ui.safe import markdown
from app.ui.session import Opened, Session

MOST_SOURCES = 8


def sources(now: Session, cited: Sequence[Cited], most: int = MOST_SOURCES) -> None:
    """Show where something stands, each with its words and a way to the source."""
    for one in cited[:most]:
        speaker = f" · {markdown(one.speaker)}" if one.speaker else ""
        label = f"{markdown(one.place(now.lang))} · {now.words(f'claim.{one.claim}')}{speaker}"
        link("evidence", label, doc=one.doc, at=one.locator)
        if one.quote:
            st.caption(markdown(one.quote))
    if len(cited) > most:
        st.caption(f"… {len(cited) - most}")


def _tie(now: Session, tie: Tie, ends: Mapping[str, Named], cited: Sequence[Cited]) -> None:
    words = now.words
    a, b = (ends[id_].name if id_ in ends else "…" for id_ in (tie.source, tie.target))
    st.markdown(f"**{markdown(a)}** — {markdown(edge_label(tie, words))} → **{markdown(b)}**")
    start, end = (tie.valid_from or words("common.unknown"), tie.valid_to or "…")
    st.caption(f"{words('graph.period')}:{start} — {end} · {words('graph.claim')}:{words(f'claim.{tie.claim}')}")
    for flag in ("inferred", "disputed"):
        if getattr(tie, flag):
            st.caption(words(f"graph.{flag}"))
    sources(now, cited)


def _ids(selection: Mapping[str, object], key: str) -> list[str]:
    found = selection.get(key)
    return [str(one) for one in found] if isinstance(found, list) else []


def panel(now: Session, opened: Opened, selection: Mapping[str, object]) -> None:
    """Show what is selected on the canvas."""
    nodes, edges = _ids(selection, "nodes"), _ids(selection, "edges")
    if not nodes and not edges:
        st.info(now.words("graph.panel_empty"))
        return
    if len(nodes) + len(edges) > 1:
        st.caption(now.words("graph.several", nodes=len(nodes), edges=len(edges)))
    with opened.tables() as connection:
        people = named(connection, set(nodes[:3]))
        found = ties(connection, edges[:5])
        ends = named(connection, {id_ for tie in found for id_ in (tie.source, tie.target)})
        cited = cite(now.context, connection, [*edges[:5]])
    for one in people.values():
        facts(now, opened, one)
        link("entity", now.words("common.open_entity"), id=one.id)
    for tie in found:
        _tie(now, tie, ends, cited.get(tie.eid, []))
