"""A hit on a page: six sentences, the path in words, what was looked for, and what would still be needed."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import streamlit as st

from app.ui.links import link
from app.ui.safe import markdown, plain
from app.ui.session import Session
from queries.wording import place

Hit = Mapping[str, Any]
STATES = ("open", "undetermined", "incomplete", "cleared")
MOST_EVIDENCE = 60


def state_badge(now: Session, state: str) -> str:
    """Return the HTML of a state."""
    return f'<span class="sw-state sw-{escape(state)}">{escape(now.words(f"hit.{state}"))}</span>'


def people(hit: Hit) -> str:
    """Return who and what the hit names, as one line of plain text."""
    names = []
    for holder in hit["roles"].values():
        for one in holder if isinstance(holder, list) else [holder]:
            if one:
                names.append(plain(one["name"], 40))
    return "、".join(dict.fromkeys(names))


def sentences(now: Session, hit: Hit) -> None:
    """Show the six sentences and the footer."""
    *lines, foot = str(hit["explanation"][now.lang]).split("\n")
    colon = ":" if now.lang == "zh" else ": "
    rows = []
    for line in lines:
        heading, _, body = line.partition(colon)
        rows.append(f"<div><b>{escape(plain(heading))}</b>{escape(plain(body, 4000))}</div>")
    st.html(f'<div class="sw-six">{"".join(rows)}</div><div class="sw-foot">{escape(foot)}</div>')


def roles(now: Session, hit: Hit) -> None:
    """Show each role with links to who holds it."""
    for role, holder in hit["roles"].items():
        for one in holder if isinstance(holder, list) else [holder]:
            if one:
                name = f"{now.words(f'role.{role}')}:{markdown(one['name'])} {markdown(one['code'])}"
                link("entity", name, id=one["id"])


def path(now: Session, evidence: Sequence[Mapping[str, Any]]) -> None:
    """Show the sources hop by hop in the order of the path; a place that bears out two hops is quoted once."""
    numbers: dict[tuple[str, str], int] = {}
    role = None
    for one in evidence[:MOST_EVIDENCE]:
        if one["role"] != role:
            role = one["role"]
            st.markdown(f"**{now.words(f'hop.{role}')}**")
        where = (str(one["doc"]), str(one["locator"]))
        again = where in numbers
        number = numbers.setdefault(where, len(numbers) + 1)
        speaker = f" · {markdown(one['speaker'])}" if one["speaker"] else ""
        where_said = markdown(place(one["file"], one["locator"], now.lang))
        claim = now.words(f"claim.{one['claim']}")
        link("evidence", f"〔{number}〕{where_said} · {claim}{speaker}", doc=one["doc"], at=one["locator"])
        if not again:
            st.html(f'<div class="sw-quote">{escape(plain(one["quote"], 2000))}</div>')
    if len(evidence) > MOST_EVIDENCE:
        st.caption(now.words("hit.more_evidence", count=len(evidence) - MOST_EVIDENCE))


def clears(now: Session, hit: Hit) -> None:
    """Show for each circumstance that would clear the person whether it was found, and how a person checks it."""
    words = now.words
    rows = [
        {
            words("hit.circumstance"): plain(one["when"]),
            words("hit.looked"): words(f"hit.clear_{one['state']}"),
            words("hit.how_to_check"): plain(one["check"]),
        }
        for one in hit["clears"]
    ]
    if rows:
        st.dataframe(rows, hide_index=True)


def missing(now: Session, hit: Hit) -> None:
    """Show what is not known."""
    for one in hit["missing"]:
        st.markdown(f"- {markdown(one)}")
    if not hit["missing"]:
        st.caption(now.words("common.none"))
