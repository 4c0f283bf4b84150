"""Several programs on one casebook at once: opening it new, deciding, confirming."""

from pathlib import Path

from sqlalchemy import URL

from graph.casebook.casebook import Casebook
from tests.support.casebook_processes import start, together


def test_programs_that_open_a_new_casebook_at_once_all_succeed(casebook_place: Path | URL) -> None:
    assert together(*(start(casebook_place, "open") for _ in range(3))) == ["opened"] * 3
    again = Casebook.open(casebook_place)
    assert again.latest_hits() == []
    again.close()


def test_two_people_who_decide_at_once_are_both_kept_in_an_order(casebook_place: Path | URL) -> None:
    casebook = Casebook.open(casebook_place)
    first, second = start(casebook_place, "take", "dismissed", "甲"), start(casebook_place, "take", "parked", "乙")
    ids = [int(one) for one in together(first, second)]
    steps = casebook.decisions.steps(["ff"])["ff"]
    assert sorted(ids) == [step.id for step in steps]
    assert {step.actor: step.state for step in steps} == {"甲": "dismissed", "乙": "parked"}
    casebook.close()


def test_of_two_people_who_confirm_at_once_one_is_told_that_it_is_done(casebook_place: Path | URL) -> None:
    casebook = Casebook.open(casebook_place)
    step = casebook.decisions.take(("ff", "d1", "q"), "dismissed", "甲", reason="bad_data")
    answers = together(*(start(casebook_place, "confirm", str(step), name) for name in ("乙", "丙")))
    assert sorted(answers) == ["BadDecision", "confirmed"]
    stands = casebook.decisions.standing("ff", "d1")
    assert (stands.state, len(stands.steps)) == ("dismissed", 2)
    casebook.close()
