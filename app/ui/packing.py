"""The button that makes an assessment pack of a hit: made beside the page, watched, stopped, saved as one file."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from app.services.pack.deriving import Asked, ask, holder_ids
from app.services.pack.making import make, note, zipped
from app.ui.guard import fragment
from app.ui.running import own_parameters
from app.ui.session import Session, explain
from app.ui.work import Work

_WORK = "pack_work"
Hit = Mapping[str, Any]


@dataclass(frozen=True)
class _Made:
    """A pack that can be saved: the bytes of a ZIP file, and the digest of the evidence that it holds."""

    name: str
    body: bytes
    evidence: str


@dataclass(frozen=True)
class _Making:
    """Which hit a pack is being made of, in the form that was shown, and in which language."""

    fingerprint: str
    evidence: str
    lang: str
    work: Work[_Made]


def _asked(now: Session, hit: Hit) -> Asked:
    """Return the hit as it was found: by this session's own run where there was one, else by the newest kept run."""
    own = own_parameters(str(hit["query"]))
    if own is None:
        return ask(now.context, str(hit["fingerprint"]))
    return Asked(str(hit["fingerprint"]), str(hit["query"]), own, int(hit["rank"]), holder_ids(hit))


def _start(now: Session, hit: Hit) -> None:
    context, who, words = now.context, now.who, now.words
    asked = _asked(now, hit)

    def run(work: Work[_Made]) -> _Made:
        pack = make(context, who, [asked], words, cancel=work.stopped)
        note(context, who, pack)
        name = f"shenwa-pack-{asked.fingerprint[:8]}"
        return _Made(f"{name}.zip", zipped(pack, name), pack.hits[0].evidence_digest)

    work: Work[_Made] = Work()
    shown = (str(hit["fingerprint"]), str(hit["evidence_digest"]), now.lang)
    st.session_state[_WORK] = _Making(*shown, work.start(run))


def _watching(now: Session, work: Work[_Made]) -> None:
    if work.finished:
        st.rerun()
    left, right = st.columns([3, 1])
    left.caption(now.words("pack.making"))
    if right.button(now.words("detect.cancel"), key="pack_cancel"):
        work.stop()


_watch = fragment(_watching, run_every=0.5)


def packing(now: Session, hit: Hit) -> None:
    """Show the button; while a pack is made, that it is; then, where to save it."""
    words = now.words
    making: _Making | None = st.session_state.get(_WORK)
    shown = (str(hit["fingerprint"]), str(hit["evidence_digest"]), now.lang)
    if making is None or (making.fingerprint, making.evidence, making.lang) != shown:
        making = None
    elif not making.work.finished:
        _watch(now, making.work)
        return
    made = making.work.result if making is not None else None
    if making is not None and making.work.error is not None:
        explain(making.work.error, now.lang)
    if made is None:
        if st.button(words("pack.make"), key="pack_make"):
            _start(now, hit)
            st.rerun()
        return
    st.download_button(words("pack.save"), made.body, made.name, "application/zip", type="primary", key="pack_save")
    st.caption(words("pack.made_of"))
    if made.evidence != hit["evidence_digest"]:
        st.warning(words("pack.moved"))
