"""Judgements of people: their algebra, what is in force, taking back; nothing is overwritten."""

import itertools
from pathlib import Path

import pytest
from sqlalchemy import URL

from graph.casebook.casebook import Casebook
from graph.casebook.judgements import BadJudgement, Judgements, in_force
from graph.casebook.verdict import Verdict

SAME, DIFFERENT, UNSURE, POSTPONED = Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE, Verdict.POSTPONED


def test_same_carries_over_what_the_other_says_and_nothing_else_does() -> None:
    assert SAME.then(SAME) is SAME
    assert SAME.then(DIFFERENT) is DIFFERENT
    assert DIFFERENT.then(DIFFERENT) is UNSURE
    for one, other in itertools.product(Verdict, repeat=2):
        assert one.then(other) is other.then(one)
        if SAME not in (one, other):
            assert one.then(other) is UNSURE
    for one, two, three in itertools.product(Verdict, repeat=3):
        if POSTPONED not in (one, two, three):
            assert one.then(two).then(three) is one.then(two.then(three))


def test_the_newest_judgement_of_a_pair_counts_and_taking_it_back_brings_the_older_one_back(
    casebook_place: Path | URL,
) -> None:
    casebook = Casebook.open(casebook_place)
    judgements = Judgements(casebook.engine)
    assert judgements.version() == 0
    judgements.take("Person-b", "Person-a", SAME, "同一身份证复印件", "甲")
    second = judgements.take("Person-a", "Person-b", DIFFERENT, "出生地不同", "乙")
    assert [(one.pair, one.verdict) for one in in_force(judgements.all())] == [(("Person-a", "Person-b"), DIFFERENT)]
    undone = judgements.undo(second.id, "看错了", "乙")
    assert [one.verdict for one in in_force(judgements.all())] == [SAME]
    assert [one.verdict for one in in_force(judgements.all(), upto=second.id)] == [DIFFERENT]
    assert [(one.id, one.undoes) for one in judgements.all()] == [(1, None), (2, None), (3, 2)]
    assert (undone.actor, judgements.version()) == ("乙", 3)
    casebook.close()
    again = Casebook.open(casebook_place)
    assert len(Judgements(again.engine).all()) == 3
    again.close()


def test_what_cannot_be_kept_is_refused(casebook_place: Path | URL) -> None:
    casebook = Casebook.open(casebook_place)
    judgements = Judgements(casebook.engine)
    made = judgements.take("Person-a", "Person-b", UNSURE, "看不清", "甲")
    for wrong in (
        lambda: judgements.take("Person-a", "Person-a", SAME, "理由", "甲"),
        lambda: judgements.take("Person-a", "Person-b", SAME, "  ", "甲"),
        lambda: judgements.undo(99, "理由", "甲"),
        lambda: judgements.undo(made.id, "", "甲"),
    ):
        with pytest.raises(BadJudgement):
            wrong()
    taken_back = judgements.undo(made.id, "理由", "甲")
    for number in (made.id, taken_back.id):
        with pytest.raises(BadJudgement):
            judgements.undo(number, "再来", "乙")
    assert judgements.version() == 2
    casebook.close()
