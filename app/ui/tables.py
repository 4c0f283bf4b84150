"""A table of which the reader picks one row; columns of money have their thousands apart."""

from collections.abc import Mapping, Sequence

import streamlit as st

# The values stay numbers, so that they sort.
_YUAN = "localized"


def pick(rows: Sequence[Mapping[str, object]], key: str, money: Sequence[str] = ()) -> list[int]:
    """Show rows and return the place of the one that is picked, as a list of one or none.

    Args:
        rows: Column -> value.
        key: Stable for one table.
        money: Columns in yuan.
    """
    config = {column: st.column_config.NumberColumn(format=_YUAN) for column in money}
    chosen = st.dataframe(
        rows, hide_index=True, on_select="rerun", selection_mode="single-row", key=key, column_config=config
    )
    return list(chosen["selection"]["rows"])
