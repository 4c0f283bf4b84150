"""How a column of money is shown in a table: thousands apart, as every account book has it."""

import streamlit as st
from streamlit.elements.lib.column_types import ColumnConfig

FORM = "localized"


def in_yuan(*columns: str) -> dict[str, ColumnConfig]:
    """Return the configuration of a table's columns of money; the values stay numbers, so that they sort."""
    return {column: st.column_config.NumberColumn(format=FORM) for column in columns}
