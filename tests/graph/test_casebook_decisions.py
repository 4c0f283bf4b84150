"""The states of a 疑点: what a step needs, what a second person makes of it, and what stands after any of them."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import URL

from graph.casebook.casebook import Casebook, RunRecord
from graph.casebook.decisions import REASONS, STATES, BadDecision

HIT = ("ff", "d1", "q")


@pytest.fixture
def casebook(casebook_place: Path | URL) -> Iterator[Casebook]:
    """An empty casebook."""
    opened = Casebook.open(casebook_place)
    yield opened
    opened.close()


def state(casebook: Casebook, digest: str | None = "d1") -> tuple[str, str | None, bool]:
    """Return what stands, what is pending, and whether the evidence changed."""
    stands = casebook.decisions.standing("ff", digest)
    return stands.state, stands.pending and stands.pending.state, stands.reopened


@pytest.mark.parametrize("wanted", [one for one in STATES if one not in ("led", "dismissed")])
def test_a_plain_step_stands_at_once(casebook: Casebook, wanted: str) -> None:
    assert state(casebook) == ("new", None, False)
    casebook.decisions.take(HIT, wanted, "甲", number=" L-7 ", note=" 说明 ")
    assert state(casebook) == (wanted, None, False)
    [step] = casebook.decisions.steps(["ff"])["ff"]
    assert (step.number, step.note, step.actor, step.digest) == ("L-7", "说明", "甲", "d1")


@pytest.mark.parametrize(
    ("wanted", "more"), [("led", {"number": "XS-1"}), ("dismissed", {"reason": "bad_data"})]
)
def test_what_wrongs_somebody_waits_for_a_second_person(
    casebook: Casebook, wanted: str, more: dict[str, str]
) -> None:
    casebook.decisions.take(HIT, "reviewing", "甲")
    step = casebook.decisions.take(HIT, wanted, "甲", **more)
    assert state(casebook) == ("reviewing", wanted, False)
    for same in ("甲", " 甲 ", ""):
        with pytest.raises(BadDecision):
            casebook.decisions.confirm(step, same)
    assert state(casebook) == ("reviewing", wanted, False)
    casebook.decisions.confirm(step, "乙", "同意")
    assert state(casebook) == (wanted, None, False)
    assert casebook.decisions.standing("ff", "d1").steps[-1].note == "同意"
    with pytest.raises(BadDecision):
        casebook.decisions.confirm(step, "丙")


def test_a_name_in_other_letters_is_no_second_person(casebook: Casebook) -> None:
    step = casebook.decisions.take(HIT, "dismissed", "Clerk1", reason="bad_data")
    with pytest.raises(BadDecision):
        casebook.decisions.confirm(step, "clerk1")
    with pytest.raises(BadDecision):
        casebook.decisions.confirm(step, "Clerk1")


@pytest.mark.parametrize(
    ("wanted", "more"),
    [
        ("guilty", {}),
        ("new", {}),
        ("gone", {}),
        ("led", {}),
        ("led", {"number": "  "}),
        ("merged", {}),
        ("dismissed", {}),
        ("dismissed", {"reason": "because"}),
        ("dismissed", {"reason": "other"}),
        ("dismissed", {"reason": "other", "note": " "}),
    ],
)
def test_a_step_that_lacks_what_it_needs_leaves_no_trace(
    casebook: Casebook, wanted: str, more: dict[str, str]
) -> None:
    with pytest.raises(BadDecision):
        casebook.decisions.take(HIT, wanted, "甲", **more)
    assert casebook.decisions.steps(["ff"])["ff"] == []


def test_a_proposal_that_was_overtaken_can_no_longer_be_confirmed(casebook: Casebook) -> None:
    step = casebook.decisions.take(HIT, "dismissed", "甲", reason="same_name")
    casebook.decisions.take(HIT, "waiting", "丙")
    with pytest.raises(BadDecision):
        casebook.decisions.confirm(step, "乙")
    assert state(casebook) == ("waiting", None, False)


def test_a_plain_step_or_a_confirmation_cannot_be_confirmed(casebook: Casebook) -> None:
    plain = casebook.decisions.take(HIT, "parked", "甲")
    step = casebook.decisions.take(HIT, "led", "甲", number="XS-1")
    casebook.decisions.confirm(step, "乙")
    confirmation = casebook.decisions.steps(["ff"])["ff"][-1].id
    for wrong in (plain, confirmation, confirmation + 1_000):
        with pytest.raises(BadDecision):
            casebook.decisions.confirm(wrong, "丙")


def test_a_confirmed_dismissal_can_be_taken_up_again(casebook: Casebook) -> None:
    casebook.decisions.confirm(casebook.decisions.take(HIT, "dismissed", "甲", reason="bad_data"), "乙")
    casebook.decisions.take(HIT, "reviewing", "丙")
    assert state(casebook) == ("reviewing", None, False)
    again = casebook.decisions.take(HIT, "dismissed", "丙", reason="recused")
    assert state(casebook) == ("reviewing", "dismissed", False)
    casebook.decisions.confirm(again, "甲")
    assert state(casebook) == ("dismissed", None, False)
    assert [step.state for step in casebook.decisions.standing("ff", "d1").steps] == [
        *("dismissed", "dismissed", "reviewing", "dismissed", "dismissed")
    ]


def test_changed_evidence_reopens_until_somebody_decides_on_it(casebook: Casebook) -> None:
    casebook.decisions.confirm(casebook.decisions.take(HIT, "dismissed", "甲", reason="bad_data"), "乙")
    assert state(casebook, "d2") == ("dismissed", None, True)
    assert state(casebook, None) == ("dismissed", None, False)  # no longer found: nothing to hold it against
    casebook.decisions.take(("ff", "d2", "q"), "reviewing", "甲")
    assert state(casebook, "d2") == ("reviewing", None, False)
    assert state(casebook, "d1") == ("reviewing", None, True)


def test_reasons_are_counted_for_dismissals_in_force_only(casebook: Casebook) -> None:
    def dismiss(fingerprint: str, query: str, reason: str, *, confirmed: bool = True) -> None:
        step = casebook.decisions.take((fingerprint, "d", query), "dismissed", "甲", reason=reason, note="因")
        if confirmed:
            casebook.decisions.confirm(step, "乙")

    dismiss("a", "q", "same_name")
    dismiss("b", "q", "same_name")
    dismiss("c", "q", "other")
    dismiss("d", "q", "bad_data", confirmed=False)
    dismiss("e", "q", "recused")
    casebook.decisions.take(("e", "d", "q"), "reviewing", "甲")
    dismiss("f", "p", "same_name")
    assert casebook.decisions.reasons("q") == {("q", "other"): 1, ("q", "same_name"): 2}
    assert casebook.decisions.reasons() == {("p", "same_name"): 1, ("q", "other"): 1, ("q", "same_name"): 2}
    assert casebook.decisions.reasons("q", among={"a", "f"}) == {("q", "same_name"): 1}
    assert casebook.decisions.fingerprints("q") == ["a", "b", "c", "d", "e"]


def test_every_reason_may_dismiss(casebook: Casebook) -> None:
    for reason in REASONS:
        casebook.decisions.take((reason, "d", "q"), "dismissed", "甲", reason=reason, note="因")
    assert sorted(casebook.decisions.fingerprints("q")) == sorted(REASONS)


def test_a_reason_is_kept_with_a_dismissal_only(casebook: Casebook) -> None:
    casebook.decisions.take(HIT, "parked", "甲", reason="bad_data")
    assert casebook.decisions.steps(["ff"])["ff"][0].reason == ""


def test_hostile_words_are_kept_as_they_are(casebook: Casebook) -> None:
    hostile = "'; DROP TABLE decisions; --<script>\u202e𠮷" + "长" * 10_000
    casebook.decisions.take(HIT, "parked", "甲", note=hostile)
    casebook.notes.add("Person-1", hostile, "甲")
    assert casebook.decisions.steps(["ff"])["ff"][0].note == hostile
    assert casebook.notes.about(["Person-1"])[0].text == hostile


def test_the_form_of_a_hit_that_was_decided_on_is_still_there(casebook: Casebook) -> None:
    def run(digest: str, rank: int) -> None:
        hit = {"fingerprint": "ff", "evidence_digest": digest, "rank": rank, "state": "open", "score": 0.5}
        casebook.store_run(RunRecord("q", 1, {}, "7", datetime(2026, 1, 2), 0, [], [hit]))

    run("d1", 1)
    run("d2", 2)
    run("d1", 3)
    kept = casebook.hit_with_digest("ff", "d1")
    assert kept is not None
    assert kept["rank"] == 3
    assert casebook.hit_with_digest("ff", "d9") is None
