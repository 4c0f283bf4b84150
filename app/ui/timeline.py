"""The timeline component as a Streamlit call."""

from collections.abc import Mapping, Sequence

import streamlit as st

from app.ui.words import Words

HEIGHT = 380


def timeline(events: Sequence[Mapping[str, object]], words: Words, key: str, height: int = HEIGHT) -> str | None:
    """Show dated events in lanes, one a relation; return the id of the event that was picked, if any.

    Args:
        events: Each with `id`, `lane` (a relation), `text`, `start` and `end` (ISO days; no end is a moment).
        words: Of the reader's language.
        key: Stable for one timeline.
        height: In CSS pixels.
    """
    named = dict.fromkeys(str(one["lane"]) for one in events)
    lanes = [{"id": lane, "text": words(f"relation.{lane}")} for lane in named]
    component = st.components.v2.component("shenwa.timeline", js="timeline.js")
    data = {"events": [dict(one) for one in events], "lanes": lanes, "height": height}
    picked = component(key=key, data=data, on_picked_change=lambda: None).get("picked")
    return str(picked) if picked else None
