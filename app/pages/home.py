"""首页: what lies in the workspace, how fresh it is, and what was found last."""

import streamlit as st

from app.services.detecting import queries_of
from app.services.overview import overview
from app.services.seen_hits import Hit
from app.ui.guard import guarded
from app.ui.hits import people
from app.ui.links import go, link
from app.ui.safe import markdown
from app.ui.session import Session

MOST_HITS = 8


def _figures(now: Session, figures: dict[str, int]) -> None:
    for column, (name, value) in zip(st.columns(len(figures)), figures.items(), strict=True):
        column.metric(now.words(f"home.{name}"), f"{value:,}")


def _hit(now: Session, hit: Hit, label: str) -> None:
    """Show what kind of doubt it is and whom it names, and its first sentence below."""
    names = f"**{markdown(label)}** {markdown(people(hit), 60)}"
    link("detect", names, query=str(hit["query"]), hit=str(hit["fingerprint"]))
    first = str(hit["explanation"][now.lang]).split("\n", 1)[0]
    st.caption(markdown(first.partition(":" if now.lang == "zh" else ": ")[2], 200))


def _page(now: Session) -> None:
    words = now.words
    st.title(words("home.title"))
    st.caption(words("home.what"))
    if not (now.context.workspace.path.exists() and now.context.ledger.exists()):
        st.info(words("common.no_data"))
        return
    with st.form("home_search", border=False):
        left, right = st.columns([6, 1], vertical_alignment="bottom")
        text = left.text_input(words("search.label"), placeholder=words("search.hint"))
        if right.form_submit_button(words("common.search"), width="stretch", type="primary") and text.strip():
            go("search", q=text.strip())
    opened = now.opened()
    with opened.tables() as connection, now.context.casebook() as casebook:
        found = overview(connection, casebook, now.scope)
    _figures(now, found.counts)
    left, right = st.columns([3, 2])
    with left:
        st.subheader(words("home.hits"))
        if not found.hits:
            st.info(words("home.no_hits"))
        labels = {saved.id: saved.title.text(now.lang) for saved in queries_of(now.context).values()}
        for hit in found.hits[:MOST_HITS]:
            _hit(now, hit, labels.get(str(hit["query"]), str(hit["query"])))
    with right:
        st.subheader(words("home.cases"))
        if not found.cases:
            st.caption(words("common.none"))
        for one in found.cases:
            code = f" {markdown(one.code)}" if one.code and one.code != one.name else ""
            link("entity", f"{markdown(one.name)}{code}", id=one.id)
        st.subheader(words("home.types"))
        st.dataframe(
            [{words("common.kind"): words(f"type.{kind}"), words("home.number"): count} for kind, count in found.types],
            hide_index=True,
        )


guarded(_page)
