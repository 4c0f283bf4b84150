"""One event is one: a transfer told of is the one on record, another text's, one of its own, or none that is sure."""

import random
from calendar import monthrange
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.projection.agreeing import Side, which, words_agree
from graph.projection.telling import Event, Outcome, Telling, place

MARCH = (date(2020, 3, 1), date(2020, 3, 31))
NONE = Outcome(())


def told(ref, amount=None, first=None, last=None, **more):
    return Telling(ref, "s", "t", True, True, amount, first, last or first, **more)


def on_record(eid, amount, day):
    return Event((eid,), f"{eid}-s", f"{eid}-t", False, False, amount, day, day, recorded=True)


FIVE, SEVEN = on_record("e5", 50000.0, date(2020, 3, 5)), on_record("e7", 70000.0, date(2020, 3, 20))


@pytest.mark.parametrize(
    ("telling", "outcome"),
    [
        (told("r", 50000.0, date(2020, 3, 5)), Outcome(("e5",))),
        (told("r", 50000.0, *MARCH), Outcome(("e5",))),
        (told("r", 50000.0), Outcome(("e5",))),
        (told("r", None, date(2020, 3, 5)), Outcome(("e5",))),
        (told("r", None, *MARCH), NONE),  # two of that month
        (told("r"), NONE),  # may be either
        (told("r", 50000.0, date(2021, 9, 1)), NONE),  # the sum agrees, the day does not
        (told("r", 120000.0), NONE),  # the two together
        (told("r", None, date(2021, 9, 1)), "new"),
        (told("r", 90000.0, date(2020, 3, 5)), "new"),
    ],
)
def test_a_telling_beside_two_transfers_on_record(telling, outcome):
    found = place([telling], [FIVE, SEVEN])["r"]
    assert found.new if outcome == "new" else found == outcome


def test_an_account_that_is_named_must_be_that_account():
    named = Telling("r", "e5-s", "e5-t", False, False, 50000.0, None, None)
    assert place([named], [FIVE])["r"] == Outcome(("e5",))
    other = Telling("r", "x", "y", False, False, 50000.0, None, None)
    assert place([other], [FIVE])["r"].new


def test_two_texts_of_one_gift_make_one_edge():
    exact, month, vague = told("a", 50000.0, date(2020, 3, 5)), told("b", 50000.0, *MARCH), told("c")
    found = place([vague, month, exact], [])
    assert found["a"].new and found["b"] == Outcome(found["a"].eids)
    assert found["c"] == NONE
    assert place([vague], [])["c"].new


def test_what_adds_up_what_is_told_elsewhere_counts_once():
    parts = [told(str(n), 10000.0 * n, date(2020, n, 1)) for n in (1, 2, 3)]
    year = told("sum", 60000.0, date(2020, 1, 1), date(2020, 12, 31))
    found = place([year, *parts], [])
    assert found["sum"] == NONE
    assert sum(one.new for one in found.values()) == 3


def test_a_payment_on_record_is_what_a_text_calls_a_transfer():
    paid = Event(("paid", "to"), "", "", False, False, 50000.0, date(2020, 3, 5), date(2020, 3, 5), recorded=True)
    assert place([told("r", 50000.0)], [paid])["r"] == Outcome(("paid", "to"))
    assert place([told("r", 50000.0)], [paid, FIVE])["r"] == Outcome(("e5",))


days = st.dates(date(2019, 1, 1), date(2021, 12, 31))
amounts = st.sampled_from([10000.0, 20000.0, 50000.0])
records = st.lists(st.tuples(amounts, days), max_size=6, unique=True)


def _again(recorded, dice):
    """Tell of some transfers on record, each as exactly or as loosely as people do."""
    for at, (amount, day) in enumerate(recorded):
        month = date(day.year, day.month, 1), date(day.year, day.month, monthrange(day.year, day.month)[1])
        span = dice.choice([(day, day), month, (None, None)])
        said = dice.choice([amount, amount, None])
        yield Telling(f"r{at}", "s", "t", True, True, said, *span)


@given(records, st.integers(0, 1000))
def test_telling_again_what_is_on_record_counts_nothing_new(recorded, seed):
    events = [on_record(f"e{at}", amount, day) for at, (amount, day) in enumerate(recorded)]
    found = place([*_again(recorded, random.Random(seed))], events)
    assert not any(one.new for one in found.values())


@given(records, records, st.integers(0, 1000))
def test_the_order_of_imports_changes_nothing(recorded, more, seed):
    dice = random.Random(seed)
    events = [on_record(f"e{at}", amount, day) for at, (amount, day) in enumerate(recorded)]
    tellings = [*_again([*recorded, *more], dice)]
    wanted = place(tellings, events)
    dice.shuffle(tellings)
    dice.shuffle(events)
    assert place(tellings, events) == wanted


@pytest.mark.parametrize(
    ("said", "recorded", "agree"),
    [
        ("局长", "党组书记、局长", True),
        ("局长", "教育局局长", True),
        ("局长", "副局长", False),
        ("副局长", "局长", False),
        ("党组书记、局长", "局长", False),
        ("时任局长", "局长", True),
    ],
)
def test_a_post_is_never_raised(said, recorded, agree):
    assert words_agree(said, recorded, "青石县教育局") is agree


def test_a_tie_that_may_be_one_of_several_is_none():
    one, other = Side("a", {"ratio": None}, date(2015, 1, 1), date(2016, 1, 1)), Side("b", {}, date(2018, 1, 1))
    assert which("SHARE", Side("t", {}), [one, other], "") == ["a", "b"]
    assert which("SHARE", Side("t", {}, date(2019, 1, 1)), [one, other], "") == ["b"]
