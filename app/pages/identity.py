"""身份核对: two records side by side with why the machine noticed them, what hangs on it, and what people said."""

from collections.abc import Sequence

import streamlit as st

from app.services.accounts import DECIDE
from app.services.citing import cite
from app.services.entity import profile
from app.services.identity import history
from app.services.identity_deciding import decide_pair, stakes, take_back
from app.services.identity_pairs import Waiting, waiting
from app.services.identity_review import ToReview, machine_links, to_review
from app.services.naming import Named, find
from app.ui.frame import child
from app.ui.guard import guarded
from app.ui.hits import people
from app.ui.links import link
from app.ui.panel import sources
from app.ui.safe import markdown, plain
from app.ui.session import Opened, Session
from app.ui.tables import pick
from graph.casebook.judgements import Judgements, in_force
from graph.casebook.verdict import Verdict

MOST_PAIRS, MOST_SOURCES, MOST_HITS = 200, 4, 10
_SAID = "identity_said"


def _choose(now: Session, found: Sequence[Waiting]) -> None:
    """Let the reader take a pair from the queue, or name any two; the address tells which."""
    words = now.words
    with st.form("identity_two", border=False):
        left, middle, right = st.columns([3, 3, 1], vertical_alignment="bottom")
        a = left.text_input(words("identity.one"), value=st.query_params.get("a", ""))
        b = middle.text_input(words("identity.other"), value=st.query_params.get("b", ""))
        if right.form_submit_button(words("identity.compare"), width="stretch") and a.strip() and b.strip():
            st.query_params.update({"a": a.strip(), "b": b.strip()})
    st.subheader(words("identity.queue", count=len(found)))
    if not found:
        st.caption(words("identity.nothing_waits"))
        return
    rows = [
        {
            words("identity.one"): plain(pair.one.name),
            words("identity.other"): plain(pair.other.name),
            words("common.kind"): words(f"type.{pair.one.type}"),
            words("identity.why"): plain(";".join(pair.why(now.lang)), 200),
            **({words("identity.likely"): pair.probability} if any(one.probability for one in found) else {}),
            words("identity.state"): words("identity.postponed") if pair.postponed else "",
        }
        for pair in found[:MOST_PAIRS]
    ]
    key = f"identity_queue_{len(found)}"
    for at in pick(rows, key):
        st.query_params.update({"a": found[at].a, "b": found[at].b})


def _record(now: Session, opened: Opened, one: Named) -> None:
    """Show one of the two with everything that is known of it and where that stands."""
    with opened.tables() as connection:
        found = profile(connection, one, now.lang)
        cited = cite(now.context, connection, [one.id]).get(one.id, [])
    link("entity", f"**{markdown(one.name)}** {markdown(one.code)}", id=one.id)
    facts = [f"- {markdown(fact.name)}:{markdown(fact.value)}" for fact in found.facts]
    ties = "、".join(f"{now.words(f'relation.{kind}')} {count}" for kind, count in found.counts.items())
    st.markdown("\n".join([*facts, f"- {now.words('identity.ties')}:{ties or now.words('common.none')}"]))
    sources(now, cited, MOST_SOURCES)


def _judge(now: Session, opened: Opened, pair: tuple[str, str]) -> None:
    words = now.words
    with st.form("identity_judge", border=True):
        verdict = st.radio(
            words("identity.verdict"),
            list(Verdict),
            format_func=lambda one: words(f"identity.{one.value}"),
            horizontal=True,
            index=None,
        )
        reason = st.text_area(words("identity.reason"), max_chars=2000)
        asked = st.form_submit_button(words("identity.keep"), type="primary")
    if not asked:
        return
    if verdict is None or not reason.strip():
        st.warning(words("identity.needs"))
        return
    with opened.tables() as connection:
        told = decide_pair(now.context, connection, now.who, pair, verdict, reason)
    _follow(now, [words("identity.kept", number=told.judgement.id), *_contradicted(now, len(told.contradictions))])


def _contradicted(now: Session, count: int) -> list[str]:
    return [now.words("identity.contradiction", count=count)] if count else []


def _follow(now: Session, said: list[str]) -> None:
    """Bring the graph after the judgement, in a child that takes the workspace lock, and draw the page anew."""
    with st.spinner(now.words("common.working")):
        failure = child(now.context, "resolve")
    st.session_state[_SAID] = [*said, *([now.words("common.failed", reason=failure)] if failure else [])]
    st.rerun()


def _side_by_side(now: Session, opened: Opened, found: Sequence[Waiting], a: str, b: str) -> None:
    words = now.words
    with opened.tables() as connection:
        pair = (find(connection, a), find(connection, b))
        hanging = stakes(now.context, connection, now.scope, pair)
    if pair[0].id == pair[1].id:
        st.info(words("identity.one_already"))
        return
    for column, one in zip(st.columns(2), pair, strict=True):
        with column, st.container(border=True):
            _record(now, opened, one)
    for waits in found:
        if {waits.one.id, waits.other.id} == {one.id for one in pair}:
            st.markdown(f"**{words('identity.why')}**")
            st.markdown("\n".join(f"- {markdown(why)}" for why in waits.why(now.lang)))
    st.markdown(f"**{words('identity.stakes')}**")
    st.markdown(words("identity.would_join", ties=hanging.ties, hits=len(hanging.hits)))
    for hit in hanging.hits[:MOST_HITS]:
        state = words(f"hit.{hit['state']}")
        label = f"{markdown(str(hit['query']))} · {markdown(people(hit))} · {state}"
        link("detect", label, query=str(hit["query"]), hit=str(hit["fingerprint"]))
    if now.who.may(DECIDE):
        _judge(now, opened, (a, b))


def _history(now: Session) -> None:
    words = now.words
    st.subheader(words("identity.history"))
    with now.context.casebook() as casebook:
        lines = history(casebook)
        # What the machine joined is a whole table of the ledger: read only where something was taken back.
        looked = now.scope.everything and any(gone for _, gone in lines)
        review = to_review(casebook, machine_links(now.context)) if looked else ToReview()
    for fingerprint in sorted(review.hits):
        st.warning(words("identity.review", hit=fingerprint[:8]))
    if not now.scope.everything:  # judgements name records that a limited reader may not see
        st.caption(words("identity.history_limited"))
        return
    if not lines:
        st.caption(words("common.none"))
        return
    rows = [
        {
            words("common.number"): one.id,
            words("identity.at"): f"{one.at:%Y-%m-%d %H:%M}",
            words("identity.by"): plain(one.actor),
            words("identity.one"): one.a,
            words("identity.other"): one.b,
            words("identity.verdict"): words(f"identity.{one.verdict.value}"),
            words("identity.reason"): plain(one.reason, 200),
            words("identity.state"): words("identity.taken_back") if gone else "",
        }
        for one, gone in lines
    ]
    st.dataframe(rows, hide_index=True)
    standing = [one.id for one, gone in lines if not gone]
    if not (standing and now.who.may(DECIDE)):
        return
    with st.form("identity_undo", border=False, clear_on_submit=True):
        left, middle, right = st.columns([1, 4, 1], vertical_alignment="bottom")
        number = left.selectbox(words("identity.which"), standing)
        reason = middle.text_input(words("identity.undo_reason"))
        asked = right.form_submit_button(words("identity.undo"), width="stretch")
    if asked and number and reason.strip():
        take_back(now.context, now.who, number, reason)
        _follow(now, [words("identity.undone", number=number)])


def _page(now: Session) -> None:
    words = now.words
    st.title(words("common.identity"))
    st.caption(words("identity.what"))
    for line in st.session_state.pop(_SAID, []):
        st.success(line)
    opened = now.opened()
    with now.context.casebook() as casebook:
        judged = in_force(Judgements(casebook.engine).all())
    with opened.tables() as connection:
        found = waiting(now.context, connection, now.scope, judged)
    _choose(now, found)
    a, b = st.query_params.get("a", ""), st.query_params.get("b", "")
    if a and b:
        _side_by_side(now, opened, found, a, b)
    _history(now)
    st.caption(words("common.footer"))


guarded(_page)
