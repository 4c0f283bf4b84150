"""The parameters of a saved query as a form, within their bounds."""

import streamlit as st

from app.ui.session import Session
from queries.saved import Parameter, SavedQuery


def _field(now: Session, name: str, parameter: Parameter) -> str:
    label, why = parameter.label.text(now.lang), parameter.why.text(now.lang)
    if parameter.type == "boolean":
        return "true" if st.checkbox(label, value=bool(parameter.default), help=why, key=f"p-{name}") else "false"
    if parameter.type == "string":
        return st.text_input(label, value=str(parameter.default), help=why, key=f"p-{name}")
    kind = int if parameter.type == "integer" else float
    low, high = (None if one is None else kind(one) for one in (parameter.minimum, parameter.maximum))
    value = st.number_input(label, low, high, kind(parameter.default), help=why, key=f"p-{name}")
    return str(value)


def parameter_form(now: Session, saved: SavedQuery) -> dict[str, str] | None:
    """Show the form; return name -> text when it was sent, else None."""
    with st.form(f"run-{saved.id}", border=False):
        columns = st.columns(3)
        given = {}
        for at, (name, parameter) in enumerate(saved.parameters.items()):
            with columns[at % 3]:
                given[name] = _field(now, name, parameter)
        return given if st.form_submit_button(now.words("detect.run_with")) else None
