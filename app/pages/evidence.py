"""出处: the register row in its table, or the passage in its text."""

import streamlit as st

from app.services.passages import TablePlace, table_place
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


def _page(now: Session) -> None:
    words = now.words
    st.title(words("common.evidence"))
    doc, locator = st.query_params.get("doc", ""), st.query_params.get("at", "")
    if not doc:
        st.info(words("evidence.which"))
        return
    opened = now.opened()
    with opened.tables() as connection:
        place = table_place(now.context, connection, doc, locator)
    for path in place.files:
        st.subheader(markdown(path))
    where = f"{markdown(place.sheet)} · " if place.sheet else ""
    row = words("evidence.at", row=place.marked) if place.marked else ""
    st.caption(f"{where}{row} · {words('evidence.document')} {doc}")
    _table(now, place)


guarded(_page)
