"""搜索: names by Han, pinyin and initials, and numbers; narrowed by type and by case."""

from contextlib import nullcontext

import streamlit as st

from app.services.search.building import takes_a_while
from app.services.searching import Found, answer
from app.ui.guard import guarded
from app.ui.links import go
from app.ui.safe import markdown, plain
from app.ui.session import Session

MOST = 200


def _table(now: Session, lines: list[Found], key: str) -> None:
    """Show the lines; choosing one opens the entity, several open together in the network.

    Other lines need another key: what was ticked among the old ones must not open what now stands in its place.
    """
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
    chosen = st.dataframe(rows, hide_index=True, on_select="rerun", selection_mode="multi-row", key=key)
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
    _answered(now, text)


def _answered(now: Session, text: str) -> None:
    """Show what a text finds. Counts are of everything found, not only of the lines shown."""
    words = now.words
    reading = now.opened().reading
    with st.spinner(words("search.indexing")) if takes_a_while(reading.tables) else nullcontext():
        whole = answer(reading, text, 1)
    if not whole.total:
        st.info(words("search.nothing", text=markdown(text, 60)))
        return
    left, right = st.columns([4, 1], vertical_alignment="bottom")
    with left:
        types = st.pills(
            words("common.kind"),
            list(whole.types),
            selection_mode="multi",
            format_func=lambda kind: f"{words(f'type.{kind}')} {whole.types[kind]}",
            key=f"search_types {text}",
        )
    case = ""
    if whole.cases:
        case = right.selectbox(
            words("search.case"),
            ["", *whole.cases],
            format_func=lambda name: f"{plain(name)} {whole.cases[name]}" if name else words("search.case_any"),
            key=f"search_case {text}",
        )
    found = answer(reading, text, MOST, types, [case] if case else [])
    if found.total > len(found.lines):
        st.caption(words("search.found_more", count=found.total, shown=len(found.lines)))
    else:
        st.caption(words("search.found", count=found.total))
    if found.lines:
        _table(now, list(found.lines), f"search_table {text} {types} {case}")


guarded(_page)
