"""关系图谱: the network on a canvas that holds still."""

import streamlit as st

from app.services.canvas import SOFT_CAP, Board, around, drawn, grow
from app.services.following import follow
from app.services.naming import NobodyFound, SeveralFound, find, named
from app.services.neighbours import now_known_as
from app.ui.canvas import canvas
from app.ui.guard import fragment, guarded
from app.ui.links import go
from app.ui.panel import panel
from app.ui.safe import markdown
from app.ui.session import Opened, Session, explain
from graph.casebook.canvases import Place

PATH_SECONDS = 8.0
_BOARD, _NUMBER = "board", "board_number"


def _load(now: Session, opened: Opened) -> tuple[int, Board]:
    """Return the canvas that the address names: a saved one, or a new one around some entities."""
    number = st.query_params.get("canvas", "")
    seeds = [one for one in st.query_params.get("ids", "").split(",") if one]
    with now.context.casebook() as casebook, opened.tables() as connection:
        saved = casebook.canvases.load(int(number), now.actor) if number.isdecimal() else None
        if saved is not None:
            members = now_known_as(connection, saved.members)
            return saved.id, Board(members, dict(saved.places), total=len(members))
        people = list(named(connection, set(now_known_as(connection, seeds))).values())
        members = around(opened.reading.view, connection, people) if people else []
        board = Board(members, total=len(members))
        name = people[0].name if people else now.words("graph.new")
        return casebook.canvases.create(now.actor, name, members), board


def _current(now: Session, opened: Opened) -> tuple[int, Board]:
    number = st.query_params.get("canvas", "")
    if str(st.session_state.get(_NUMBER)) != number or "ids" in st.query_params:
        st.session_state[_NUMBER], st.session_state[_BOARD] = _load(now, opened)
        st.query_params["canvas"] = str(st.session_state[_NUMBER])
        st.query_params.pop("ids", None)
    return st.session_state[_NUMBER], st.session_state[_BOARD]


def _save_members(now: Session, number: int, board: Board) -> None:
    with now.context.casebook() as casebook:
        casebook.canvases.save_members(number, now.actor, board.members)


def _save_places(now: Session, number: int, places: dict[str, Place]) -> None:
    with now.context.casebook() as casebook:
        casebook.canvases.save_places(number, now.actor, places)


def _act(now: Session, opened: Opened, number: int, board: Board, event: dict[str, object]) -> None:
    """Do what was asked for on the canvas."""
    kind = event.get("kind")
    given = event.get("ids")
    ids = [str(one) for one in given] if isinstance(given, list) else []
    if kind == "moved" and isinstance(event.get("positions"), dict):
        _save_places(now, number, board.move(event["positions"]))  # type: ignore[arg-type]
    elif kind == "pin":
        _save_places(now, number, board.pin(ids, bool(event.get("pinned"))))
    elif kind == "open":
        go("entity", id=str(event.get("id")))
    else:
        _change_members(now, opened, board, event, ids)
        _save_members(now, number, board)


def _change_members(now: Session, opened: Opened, board: Board, event: dict[str, object], ids: list[str]) -> None:
    kind = event.get("kind")
    if kind == "undo":
        board.undo()
    elif kind == "hide":
        board.hide(ids)
    elif kind == "keep":
        board.keep(ids)
    elif kind == "path":
        _join(now, opened, board, str(event.get("a")), str(event.get("b")))
    elif kind == "expand":
        with opened.tables() as connection:
            people = named(connection, {str(event.get("id"))})
        for one in people.values():
            left_out, elsewhere = grow(board, opened.reading.view, one, str(event.get("relation")))
            if left_out:
                st.toast(now.words("graph.left_out", count=left_out, cap=SOFT_CAP))
            if elsewhere:
                st.toast(now.words("common.other_case"))


def _join(now: Session, opened: Opened, board: Board, start: str, goal: str) -> None:
    """Put the shortest ways between two entities on the canvas."""
    found = follow(opened.reading.view, start, goal, seconds=PATH_SECONDS)
    if not found.paths:
        st.toast(now.words("graph.no_path"))
        return
    rejected = board.add([id_ for path in found.paths for id_ in path.nodes])
    if rejected:
        st.toast(now.words("graph.left_out", count=rejected, cap=SOFT_CAP))
    st.toast(now.words("graph.paths", count=len(found.paths), steps=len(found.paths[0].hops)))


def _add(now: Session, opened: Opened, number: int, board: Board) -> None:
    """A search box that puts one entity with its neighbours on the canvas."""
    with st.form("add", border=False):
        left, right = st.columns([5, 1], vertical_alignment="bottom")
        text = left.text_input(now.words("graph.add_label"), placeholder=now.words("graph.add_hint"))
        wanted = right.form_submit_button(now.words("graph.add"), width="stretch")
    if not (wanted and text.strip()):
        return
    try:
        with opened.tables() as connection:
            one = find(connection, text)
            found = around(opened.reading.view, connection, [one])
    except (NobodyFound, SeveralFound) as error:
        explain(error, now.lang)
        return
    board.add(found)
    _save_members(now, number, board)
    st.rerun()


@fragment
def _canvas(now: Session, opened: Opened, number: int, board: Board) -> None:
    """The canvas and the panel beside it; a click reruns only this."""
    handled = st.session_state.get("canvas_nonce")

    def show() -> dict[str, object]:
        with opened.tables() as connection:
            picture = drawn(board, opened.reading.view, connection, now.words)
        return canvas(picture, now.words, key=f"canvas-{number}")

    left, right = st.columns([7, 3])
    with left:
        result = show()
    event = result["event"]
    if isinstance(event, dict) and event.get("nonce") != handled:
        st.session_state["canvas_nonce"] = event.get("nonce")
        _act(now, opened, number, board, event)
        if event.get("kind") not in ("moved",):
            st.rerun(scope="fragment")
    with right:
        selection = result["selection"]
        panel(now, opened, selection if isinstance(selection, dict) else {})


def _page(now: Session) -> None:
    st.title(now.words("common.network"))
    opened = now.opened()
    number, board = _current(now, opened)
    with now.context.casebook() as casebook:
        names = dict(casebook.canvases.listed(now.actor))
    st.caption(now.words("graph.saved_as", name=markdown(names.get(number, "")), number=number))
    _add(now, opened, number, board)
    _canvas(now, opened, number, board)


guarded(_page)
