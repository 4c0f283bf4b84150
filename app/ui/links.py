"""Moving between pages with an address that opens the same again."""

import streamlit as st
from streamlit.navigation.page import StreamlitPage


def go(page: str, **query: str) -> None:
    """Open another page of the explorer at once."""
    pages: dict[str, StreamlitPage] = st.session_state["pages"]
    st.switch_page(pages[page], query_params=query)


def link(page: str, label: str, **query: str) -> None:
    """Show a link to another page; the label is Markdown (see `app.ui.safe`)."""
    pages: dict[str, StreamlitPage] = st.session_state["pages"]
    st.page_link(pages[page], label=label, query_params=query)
