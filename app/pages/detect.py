"""模型筛查: saved queries, their hits, how each is known, and what a person decides."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from app.services.canvas import Board, drawn
from app.services.deciding import Worklist, worklist
from app.services.detecting import queries_of
from app.services.picture import ON_SCREEN, picture
from app.ui import hits as shown
from app.ui import running
from app.ui.canvas import canvas
from app.ui.deciding import deciding
from app.ui.guard import guarded
from app.ui.packing import packing
from app.ui.parameters import parameter_form
from app.ui.safe import markdown, plain
from app.ui.session import Session
from app.ui.tables import pick
from graph.casebook.decisions import Standing
from queries.saved import SavedQuery

Hit = Mapping[str, Any]


def _choose(now: Session, catalogue: Mapping[str, SavedQuery]) -> SavedQuery:
    names = list(catalogue)
    asked = st.query_params.get("query", "")
    index = names.index(asked) if asked in names else 0

    def title(name: str) -> str:
        saved = catalogue[name]
        return f"{saved.typology} {saved.title.text(now.lang)}"

    chosen = st.selectbox(now.words("detect.choose"), names, index=index, format_func=title)
    if chosen != asked:
        st.query_params["query"] = chosen
        st.query_params.pop("hit", None)
    return catalogue[chosen]


def _run(now: Session, saved: SavedQuery) -> None:
    words = now.words
    st.markdown(f"**{words('detect.meaning')}**:{markdown(saved.description.text(now.lang), 1000)}")
    left, right, _ = st.columns([1, 1, 4])
    if left.button(words("detect.run"), type="primary", width="stretch"):
        running.start(now, [saved.id], {})
        st.rerun()
    if right.button(words("detect.run_all"), width="stretch"):
        running.start(now, [], {})
        st.rerun()
    with st.expander(words("detect.parameters")):
        given = parameter_form(now, saved)
    if given is not None:
        running.start(now, [saved.id], {saved.id: given})
        st.rerun()


def _table(now: Session, found: Sequence[Hit], stands: Mapping[str, Standing]) -> Hit | None:
    words = now.words
    rows = []
    for hit in found:
        standing = stands[str(hit["fingerprint"])]
        decision = words(f"decide.state_{standing.state}") + (" !" if standing.reopened else "")
        rows.append(
            {
                words("detect.rank"): hit["rank"],
                words("detect.state"): words(f"hit.{hit['state']}"),
                words("detect.who"): shown.people(hit),
                words("detect.power"): hit["power"] or "",
                words("detect.score"): hit["score"],
                words("detect.decision"): decision,
                words("detect.hit"): str(hit["fingerprint"])[:8],
            }
        )
    picked = [found[at] for at in pick(rows, "hit_table")]
    if picked:
        st.query_params["hit"] = str(picked[0]["fingerprint"])
        return picked[0]
    asked = st.query_params.get("hit", "")
    return next((hit for hit in found if asked and str(hit["fingerprint"]).startswith(asked)), None)


def _drawn(now: Session, hit: Hit) -> None:
    opened = now.opened()
    with opened.tables() as connection:
        members, _ = picture(connection, hit, ON_SCREEN)
        board = Board(members, total=len(members))
        canvas(drawn(board, opened.reading.view, connection, now.words), now.words, f"hit-{hit['fingerprint']}", 440)


def _one(now: Session, hit: Hit, stands: Standing, saved: SavedQuery) -> None:
    words = now.words
    st.html(shown.state_badge(now, str(hit["state"])) + f" <small>{hit['fingerprint']}</small>")
    st.caption(words(f"hit.{hit['state']}_help") if hit["state"] in shown.STATES else words("hit.gone"))
    shown.sentences(now, hit)
    packing(now, hit)
    names = ("drawn", "path", "clears", "missing", "decide", "query")
    tabs = dict(zip(names, st.tabs([words(f"detect.{name}") for name in names]), strict=True))
    with tabs["drawn"]:
        shown.roles(now, hit)
        _drawn(now, hit)
    with tabs["path"]:
        shown.path(now, hit["evidence"])
    with tabs["clears"]:
        shown.clears(now, hit)
    with tabs["missing"]:
        shown.missing(now, hit)
    with tabs["decide"]:
        deciding(now, hit, stands)
    with tabs["query"]:
        st.code(saved.query, language="cypher")
        st.json({name: parameter.default for name, parameter in saved.parameters.items()})


def _gone(now: Session, work: Worklist) -> None:
    words = now.words
    if work.gone:
        st.subheader(words("detect.gone"))
        for hit, stands in work.gone:
            state = words(f"decide.state_{stands.state}")
            st.markdown(f"- {markdown(shown.people(hit))} · {state} · {str(hit['fingerprint'])[:8]}")
    if work.reasons:
        st.subheader(words("detect.reasons"))
        for reason, count in work.reasons.items():
            st.markdown(f"- {words(f'decide.reason_{reason}')} {count}")


def _page(now: Session) -> None:
    words = now.words
    st.title(words("common.detect"))
    st.caption(words("detect.what"))
    catalogue = queries_of(now.context)
    saved = _choose(now, catalogue)
    if running.watch(now):
        return
    _run(now, saved)
    with now.opened().tables() as connection:
        work = worklist(now.context, connection, now.scope, saved.id, running.own_hits(saved.id))
    st.subheader(words("detect.list"))
    if work.elsewhere:
        st.caption(words("common.other_case"))
    if not work.ran:
        st.info(words("detect.never"))
        return
    counted = Counter(str(hit["state"]) for hit in work.hits)
    st.markdown(words("detect.counts", **{state: counted[state] for state in shown.STATES}))
    if not work.hits:
        st.info(words("detect.nothing"))
    else:
        hit = _table(now, work.hits, work.stands)
        if hit is None:
            st.caption(plain(words("detect.pick")))
        else:
            _one(now, hit, work.stands[str(hit["fingerprint"])], saved)
    _gone(now, work)


guarded(_page)
