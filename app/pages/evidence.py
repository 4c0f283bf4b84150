"""出处: the register row in its table, or the passage in its text."""

import unicodedata
from html import escape

import streamlit as st

from app.services.passages import TablePlace, TextPlace, is_text, table_place, text_place
from app.ui.guard import guarded
from app.ui.safe import markdown, plain
from app.ui.session import Session


def _table(now: Session, place: TablePlace) -> None:
    """Show the rows; the marked one stands out by colour and by a sign, for those who see no colour."""
    words = now.words
    number = words("evidence.row")
    rows = [
        {number: f"▶ {n}" if n == place.marked else str(n), **dict(zip(place.header, map(plain, cells), strict=False))}
        for n, cells in sorted(place.rows.items())
    ]
    if place.marked in place.rows:
        cells = place.rows[place.marked] if place.marked is not None else ()
        said = [f"- {markdown(name)}:{markdown(cell)}" for name, cell in zip(place.header, cells, strict=False) if cell]
        st.markdown("\n".join(said))
    st.caption(words("evidence.around"))
    st.dataframe(rows, hide_index=True)


def _lines(text: str) -> str:
    """Return text as HTML that shows it as it stands: no markup, no marks that turn the direction of reading."""
    kept = "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cf"))
    return escape(kept, quote=True)


def _text(now: Session, place: TextPlace, doc: str) -> None:
    """Show the passage in its text, marked; everything from the file is escaped."""
    words = now.words
    for path in place.files:
        st.subheader(markdown(path))
    page = f"{words('evidence.page', page=place.page)} · " if place.page is not None else ""
    st.caption(f"{page}{words('evidence.document')} {doc}")
    if not place.verified:
        st.warning(words("evidence.unverified"))
    for one in place.readings:
        said = words("evidence.speaker", speaker=markdown(one.speaker)) if one.speaker else ""
        sure = words("evidence.confidence", value=f"{one.confidence:.2f}")
        claim = words(f"claim.{one.claim}")
        st.markdown(f"- {markdown(one.label(now.lang))} · {claim}{said} · {markdown(one.method)} · {sure}")
    marked = f"<mark>{_lines(place.marked)}</mark>" if place.marked else ""
    text = f'<div class="sw-quote">{_lines(place.before)}{marked}{_lines(place.after)}</div>'
    if place.picture is None:
        st.html(text)
        return
    left, right = st.columns(2)
    with left:
        st.html(text)
    right.image(place.picture, caption=words("evidence.picture"))


def _page(now: Session) -> None:
    words = now.words
    st.title(words("common.evidence"))
    doc, locator = st.query_params.get("doc", ""), st.query_params.get("at", "")
    if not doc:
        st.info(words("evidence.which"))
        return
    opened = now.opened()
    with opened.tables() as connection:
        if is_text(now.context, doc):
            _text(now, text_place(now.context, connection, doc, locator), doc)
            return
        place = table_place(now.context, connection, doc, locator)
    for path in place.files:
        st.subheader(markdown(path))
    where = f"{markdown(place.sheet)} · " if place.sheet else ""
    row = words("evidence.at", row=place.marked) if place.marked else ""
    st.caption(f"{where}{row} · {words('evidence.document')} {doc}")
    _table(now, place)


guarded(_page)
