"""An entity's own facts, as a short list."""

import streamlit as st

from app.services.entity import profile
from app.services.naming import Named
from app.ui.safe import markdown
from app.ui.session import Opened, Session


def facts(now: Session, opened: Opened, one: Named) -> None:
    """Show name, type and properties of an entity."""
    with opened.tables() as connection:
        found = profile(connection, one, now.lang)
    st.markdown(f"### {markdown(one.name)}")
    st.caption(now.words(f"type.{one.type}"))
    rows = [f"- {markdown(fact.name)}:{markdown(fact.value)}" for fact in found.facts]
    if rows:
        st.markdown("\n".join(rows))
