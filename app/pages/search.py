"""搜索: names by Han, pinyin and initials, and numbers; narrowed by type."""

import streamlit as st

from app.services.searching import Found, search
from app.ui.guard import guarded
from app.ui.links import go
from app.ui.safe import markdown, plain
from app.ui.session import Session

MOST = 200


def _table(now: Session, lines: list[Found]) -> None:
    """Show the lines; choosing one opens the entity, several open together in the network."""
    words = now.words
    rows = [
        {
            words("common.name"): plain(one.name),
            words("common.kind"): words(f"type.{one.type}"),
            words("common.number"): one.code,
            words("search.cases"): one.cases,
            words("search.why"): words(f"search.{one.why}"),
        }
        for one in lines
    ]
    chosen = st.dataframe(rows, hide_index=True, on_select="rerun", selection_mode="multi-row", key="search_table")
    picked = [lines[at].id for at in chosen["selection"]["rows"]]
    left, right, _ = st.columns([1, 1, 4])
    first = picked or [lines[0].id]
    if left.button(words("common.open_entity"), type="primary", width="stretch"):
        go("entity", id=first[0])
    if right.button(words("common.open_graph"), width="stretch"):
        go("network", ids=",".join(first))


def _page(now: Session) -> None:
    words = now.words
    st.title(words("common.search"))
    with st.form("search_form", border=False):
        left, right = st.columns([6, 1], vertical_alignment="bottom")
        asked = left.text_input(
            words("search.label"), value=st.query_params.get("q", ""), placeholder=words("search.hint")
        )
        if right.form_submit_button(words("common.search"), width="stretch", type="primary"):
            st.query_params["q"] = asked.strip()
    text = st.query_params.get("q", "").strip()
    if not text:
        return
    found = search(now.context, now.opened().reading, text, MOST)
    if not found:
        st.info(words("search.nothing", text=markdown(text, 60)))
        return
    types = sorted({one.type for one in found})
    chosen = st.pills(
        words("common.kind"),
        types,
        selection_mode="multi",
        format_func=lambda kind: f"{words(f'type.{kind}')} {sum(one.type == kind for one in found)}",
        key="search_types",
    )
    shown = [one for one in found if not chosen or one.type in chosen]
    st.caption(words("search.found", count=len(shown)))
    if shown:
        _table(now, shown)


guarded(_page)
