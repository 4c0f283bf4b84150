"""The explorer: `streamlit run` starts this file; it sets the frame and hands over to one page a file."""

import streamlit as st

from app.ui.frame import frame
from app.ui.session import explain, language, session
from graph.errors import ShenwaError


def main() -> None:
    """Show the page that the address names, or the sentence that says why not."""
    st.set_page_config(page_title="深挖 shenwa", layout="wide", initial_sidebar_state="expanded")
    try:
        page = frame(session())
    except ShenwaError as error:
        explain(error, language())
        return
    page.run()


main()
