"""One transfer is one edge, whoever's statement tells of it: properties over random statements, and named cases."""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.registers import Ground, write_folder
from tests.support.statements import HAN, LUO, ZHOU, both, own, reversed_times, stamp, totals, transfers

START = datetime(2020, 5, 6, 9, 0, 0)
PEOPLE = (HAN, LUO, ZHOU)

# Amounts and times from few values, so that equal transfers and near mirrors occur all the time.
events = st.lists(
    st.tuples(
        st.sampled_from([(HAN, LUO), (LUO, HAN), (HAN, ZHOU)]),
        st.sampled_from([100, 20000]),
        st.integers(0, 40),
        st.integers(0, 3600),
    ),
    min_size=3,
    max_size=20,
)
# An import takes a good part of a second: few examples, each with many transfers.
few = settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def statements(happened):
    """Return what each holder's bank says, every transfer numbered by each bank for itself."""
    tables = {f"流水{account[-1]}": [] for account in PEOPLE}
    for number, ((payer, payee), amount, hours, delay) in enumerate(happened):
        paid = START + timedelta(hours=hours * 7)
        out = own(payer, "出", payee, stamp(paid), amount, 交易流水号=f"P{number}")
        come = own(payee, "进", payer, stamp(paid + timedelta(seconds=delay)), amount, 交易流水号=f"R{number}")
        tables[f"流水{payer[-1]}"].append(out)
        tables[f"流水{payee[-1]}"].append(come)
    return tables


def expected(happened):
    sums = Counter()
    for ends, amount, _, _ in happened:
        sums[ends] += amount * 100
    return sums


def imported(folder, tables, order=sorted):
    ground = Ground(folder)
    paths = {name: write_folder(folder / "in" / name, {name: rows}) for name, rows in tables.items() if rows}
    for name in order(paths):
        ground.take(paths[name], warrant="文书1号")
    return ground.project()


@few
@given(events)
def test_all_statements_count_each_transfer_once_also_beside_a_table_of_both_sides(tmp_path_factory, happened):
    folder, tables = tmp_path_factory.mktemp("all"), statements(happened)
    ground = Ground(folder)
    ground.take(write_folder(folder / "in", tables), warrant="文书1号")
    made = ground.project("first")
    assert totals(made) == expected(happened)
    assert len(made.edges("TRANSFER")) == len(happened)
    told = [
        both(f"B{number}", payer, payee, stamp(START + timedelta(hours=hours * 7)), amount)
        for number, ((payer, payee), amount, hours, _) in enumerate(happened)
    ]
    ground.take(write_folder(folder / "more", {"双边": told}), warrant="文书1号")
    beside = ground.project("second")
    assert transfers(beside) == transfers(made)


@few
@given(events)
def test_one_side_or_the_other_gives_the_same_totals_as_both(tmp_path_factory, happened):
    between = [event for event in happened if ZHOU not in event[0]]
    tables = statements(between)
    mine, theirs = tables[f"流水{HAN[-1]}"], tables[f"流水{LUO[-1]}"]
    one = imported(tmp_path_factory.mktemp("one"), {"甲": mine})
    other = imported(tmp_path_factory.mktemp("other"), {"乙": theirs})
    assert totals(one) == totals(other) == expected(between)


@few
@given(events, st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_of_imports_matters(tmp_path_factory, happened, random):
    tables = statements(happened)

    def shuffled(names):
        again = [*names, random.choice(list(names))]
        random.shuffle(again)
        return again

    plain = imported(tmp_path_factory.mktemp("plain"), tables)
    mixed = imported(tmp_path_factory.mktemp("mixed"), tables, shuffled)
    # Which of several equal sources is named first may follow the age of a delivery; nothing else may.
    shown = [[{**edge, "origin": None, "hash": None} for edge in made.edges()] for made in (plain, mixed)]
    assert shown[0] == shown[1]
    assert plain.evidence() == mixed.evidence()
    assert plain.bytes()["nodes.parquet"] == mixed.bytes()["nodes.parquet"]


def project(folder, **tables):
    return imported(folder, tables)


REVERSALS = [
    own(HAN, "出", LUO, "2020-05-07 10:00:00", "-5000", 摘要说明="冲正", 交易流水号="A2"),
    own(HAN, "进", LUO, "2020-05-07 10:00:00", "5000", 摘要说明="退汇", 交易流水号="A2"),
]


@pytest.mark.parametrize("back", REVERSALS, ids=["negative_amount", "returned_payment"])
def test_a_reversed_payment_nets_to_nothing_and_both_rows_stay_marked(tmp_path, back):
    paid = own(HAN, "出", LUO, "2020-05-06 10:00:00", "5000", 交易流水号="A1")
    kept = own(HAN, "出", LUO, "2020-05-06 11:00:00", "700", 交易流水号="A0")
    made = project(tmp_path, 甲=[paid, back, kept])
    assert totals(made) == {(HAN, LUO): 70000}
    assert reversed_times(made) == ["2020-05-06T10:00:00", "2020-05-07T10:00:00"]


def test_a_reversal_takes_one_of_two_equal_payments(tmp_path):
    rows = [own(HAN, "出", LUO, f"2020-05-06 {hour}:00:00", "5000", 交易流水号=f"A{hour}") for hour in (10, 11)]
    back = own(HAN, "出", LUO, "2020-05-06 11:30:00", "-5000", 摘要说明="冲正", 交易流水号="A9")
    made = project(tmp_path, 甲=[*rows, back])
    assert totals(made) == {(HAN, LUO): 500000}


def test_a_reversal_seen_from_both_sides_is_one(tmp_path):
    made = project(
        tmp_path,
        甲=[
            own(HAN, "出", LUO, "2020-05-06 10:00:00", "5000", 交易流水号="A1"),
            own(HAN, "进", LUO, "2020-05-07 10:00:00", "5000", 摘要说明="退汇", 交易流水号="A2"),
        ],
        乙=[
            own(LUO, "进", HAN, "2020-05-06 10:00:02", "5000", 交易流水号="B1"),
            own(LUO, "出", HAN, "2020-05-07 10:00:03", "5000", 摘要说明="退汇", 交易流水号="B2"),
        ],
    )
    assert totals(made) == {}
    assert len(made.edges("TRANSFER")) == 2


def test_an_account_may_pay_itself(tmp_path):
    made = project(tmp_path, 甲=[own(HAN, "出", HAN, "2020-05-06 10:00:00", "5000", 交易流水号="A1")])
    assert totals(made) == {(HAN, HAN): 500000}


def test_a_payment_from_an_unstated_counterpart_is_not_folded_with_another(tmp_path):
    made = project(
        tmp_path,
        甲=[own(HAN, "出", None, "2020-05-06 10:00:00", "5000", 交易流水号="A1")],
        乙=[own(LUO, "进", None, "2020-05-06 10:00:00", "5000", 交易流水号="B1")],
    )
    assert len(made.edges("TRANSFER")) == 2
