"""The canvas component as a Streamlit call."""

from typing import Any

import streamlit as st

from app.ui.words import Words

HEIGHT = 620
_COMMANDS = (
    "expand",
    "open",
    "path_from_selected",
    "dim_others",
    "pin",
    "unpin",
    "hide",
    "keep_only",
    "undo",
    "fit",
    "show_all",
    "png",
    "svg",
    "csv",
    "as_of",
    "confidence",
    "showing",
    "showing_of",
    "nothing",
)


def _words(words: Words) -> dict[str, str]:
    found = {name: words(f"canvas.{name}") for name in _COMMANDS}
    for prefix in ("type", "relation", "claim"):
        found |= {f"{prefix}.{key}": text for key, text in words.group(prefix).items()}
    return found


def canvas(drawn: dict[str, object], words: Words, key: str, height: int = HEIGHT) -> dict[str, Any]:
    """Show a network; return `event` (what was asked for since the last run, or None) and `selection`.

    Args:
        drawn: From `app.services.canvas.drawn`.
        words: Of the reader's language.
        key: Stable for one canvas, so that the live instance stays.
        height: In CSS pixels.
    """
    component = st.components.v2.component("shenwa.canvas", js="canvas.js")
    result = component(
        key=key,
        data={**drawn, "words": _words(words), "height": height},
        default={"selection": {"nodes": [], "edges": []}},
        on_event_change=lambda: None,
        on_selection_change=lambda: None,
    )
    return {"event": result.get("event"), "selection": result.get("selection") or {"nodes": [], "edges": []}}
