"""Bank statements as banks send them: what becomes one transfer, and what stays apart."""

import pytest

from tests.support.registers import Ground, state, write_folder, write_rows
from tests.support.statements import HAN, LUO, NAMES, ZHOU, both, own, source_files, totals, transfers


@pytest.fixture
def imported(tmp_path):
    """Import tables by file name and return what is projected."""

    def take(**tables):
        made = Ground(tmp_path)
        made.take(write_folder(tmp_path / "in", tables), warrant="文书1号")
        return made.project()

    return take


def test_a_two_sided_row_is_one_transfer_between_owned_accounts(imported):
    made = imported(银行流水=[both("F1", HAN, LUO, "2020-05-06 10:11:12", "50,000.00", 摘要="借款")])
    assert transfers(made) == [(HAN, LUO, 50000.0, "2020-05-06T10:11:12")]
    assert {(edge["source_name"], edge["target_name"]) for edge in made.edges("OWNS")} == {
        (NAMES[HAN], HAN),
        (NAMES[LUO], LUO),
    }
    assert made.edges("TRANSFER")[0]["props"] == {"amount": 50000.0, "summary": "借款", "time": "2020-05-06T10:11:12"}


@pytest.mark.parametrize("flag", ["出", "借", "付", "D"])
def test_flags_of_money_going_out(imported, flag):
    made = imported(流水=[own(HAN, flag, LUO, "2020-05-06 10:11:12", "100")])
    assert transfers(made) == [(HAN, LUO, 100.0, "2020-05-06T10:11:12")]


@pytest.mark.parametrize("flag", ["进", "贷", "收", "C"])
def test_flags_of_money_coming_in(imported, flag):
    made = imported(流水=[own(HAN, flag, LUO, "2020-05-06 10:11:12", "100")])
    assert transfers(made) == [(LUO, HAN, 100.0, "2020-05-06T10:11:12")]


@pytest.mark.parametrize("later", ["2020-05-06 10:11:15", "2020-05-06 23:00:00", "2020-05-07 10:11:11"])
@pytest.mark.parametrize("files", [("甲方", "乙方"), ("一册", "一册")])
def test_both_sides_of_one_transfer_are_one_edge_with_two_sources(imported, later, files):
    tables = {name: [] for name in files}
    tables[files[0]].append(own(HAN, "出", LUO, "2020-05-06 10:11:12", "50000", 交易流水号="A9"))
    tables[files[1]].append(own(LUO, "进", HAN, later, "50000", 交易流水号="B4"))
    made = imported(**tables)
    assert transfers(made) == [(HAN, LUO, 50000.0, "2020-05-06T10:11:12")]
    assert len(source_files(made, made.edges("TRANSFER")[0])) == 2


@pytest.mark.parametrize(
    "other",
    [
        own(LUO, "进", HAN, "2020-05-07 10:11:13", "50000"),
        own(LUO, "进", HAN, "2020-05-06 10:11:13", "50000.01"),
        own(LUO, "进", ZHOU, "2020-05-06 10:11:13", "50000"),
        own(LUO, "出", HAN, "2020-05-06 10:11:13", "50000"),
    ],
    ids=["more_than_a_day", "other_amount", "other_party", "other_way"],
)
def test_rows_that_tell_of_different_transfers_stay_two(imported, other):
    made = imported(流水=[own(HAN, "出", LUO, "2020-05-06 10:11:12", "50000"), other])
    assert len(transfers(made)) == 2


def test_each_row_is_used_once_and_the_nearest_first(imported):
    made = imported(
        甲=[own(HAN, "出", LUO, f"2020-05-06 {hour}:00:00", "100", 交易流水号=f"A{hour}") for hour in (10, 12, 14)],
        乙=[own(LUO, "进", HAN, f"2020-05-06 {hour}:00:05", "100", 交易流水号=f"B{hour}") for hour in (12, 14)],
    )
    assert [time for *_, time in transfers(made)] == [f"2020-05-06T{hour}:00:00" for hour in (10, 12, 14)]
    sources = {edge["props"]["time"][11:13]: len(source_files(made, edge)) for edge in made.edges("TRANSFER")}
    assert sources == {"10": 1, "12": 2, "14": 2}


def test_a_two_sided_table_and_both_statements_count_a_transfer_once(imported):
    made = imported(
        双边=[both("F1", HAN, LUO, "2020-05-06 10:11:12", "50000")],
        甲=[own(HAN, "出", LUO, "2020-05-06 10:11:13", "50000", 交易流水号="A9")],
        乙=[own(LUO, "进", HAN, "2020-05-06 10:11:15", "50000", 交易流水号="B4")],
    )
    assert totals(made) == {(HAN, LUO): 5000000}
    (edge,) = made.edges("TRANSFER")
    assert len(source_files(made, edge)) == 3


def test_two_transfers_of_one_second_with_numbers_of_their_own_are_two(imported):
    made = imported(
        甲=[own(HAN, "出", LUO, "2020-05-06 10:11:12", "100", 交易流水号=number) for number in ("A1", "A2")],
        乙=[own(LUO, "进", HAN, "2020-05-06 10:11:12", "100", 交易流水号=number) for number in ("B1", "B2")],
    )
    assert totals(made) == {(HAN, LUO): 20000}
    assert [len(source_files(made, edge)) for edge in made.edges("TRANSFER")] == [2, 2]


def test_two_transfers_of_one_day_told_apart_by_the_balance_are_two(imported):
    rows = [own(HAN, "出", LUO, "2020-05-06", "20000", 交易余额=balance) for balance in ("80000", "60000")]
    made = imported(甲=rows, 重调=[{**row, "币种": "人民币"} for row in rows])
    assert totals(made) == {(HAN, LUO): 4000000}


def test_cash_is_an_account_of_its_own_for_each_account(imported):
    made = imported(
        甲=[
            own(HAN, "出", None, "2020-05-06 10:00:00", "20000", 摘要说明="ATM取现"),
            own(HAN, "进", None, "2020-05-07 10:00:00", "3000", 现金标志="现金"),
        ],
        乙=[own(LUO, "出", None, "2020-05-06 10:00:00", "20000", 摘要说明="现金支取")],
    )
    assert len(made.edges("TRANSFER")) == 3
    cash = [node for node in made.nodes("Account") if node["props"].get("kind") == "cash"]
    assert len(cash) == 2
    assert {node["name"] for node in cash} == {"现金"}
    assert not {edge["target"] for edge in made.edges("OWNS")} & {node["id"] for node in cash}


def test_unknown_counterparts_are_never_one(imported):
    made = imported(
        甲=[own(HAN, "出", None, f"2020-05-0{day} 10:00:00", "5000") for day in (1, 2)],
        乙=[own(LUO, "出", None, "2020-05-01 10:00:00", "5000", 对手户名="周立民")],
        丙=[own(ZHOU, "出", None, "2020-05-01 10:00:00", "5000", 对手户名="周立民")],
    )
    unstated = [node for node in made.nodes("Account") if node["props"].get("unstated")]
    assert len(unstated) == 4
    named = [edge for edge in made.edges("OWNS") if edge["target"] in {node["id"] for node in unstated}]
    assert len(named) == 2
    assert len({edge["source"] for edge in named}) == 2


def test_failed_rows_are_noted_and_give_nothing(tmp_path):
    rows = [own(HAN, "出", LUO, "2020-05-06 10:00:00", "1", 交易是否成功=word) for word in ("成功", "失败", "否", "02")]
    stated = state(write_rows(tmp_path / "流水.csv", [{**row, "交易流水号": at} for at, row in enumerate(rows)]))
    assert [row["locator"] for row in stated.ties if row["type"] == "TRANSFER"] == ["r:1"]
    assert stated.codes() == [("bank.failed_row", row, "交易是否成功") for row in (2, 3, 4)]


def test_platforms_and_transit_accounts_are_marked(tmp_path):
    rows = [
        own(HAN, "出", "990101P1", "2020-05-06 10:00:00", "1", 对手户名="财付通支付科技有限公司"),
        own(HAN, "出", "990101P2", "2020-05-06 10:00:00", "1", 对手户名="待清算过渡户"),
    ]
    kinds = {row["name"]: row["props"]["kind"] for row in state(write_rows(tmp_path / "流水.csv", rows)).nodes
             if row["type"] == "Account"}
    assert kinds == {HAN: None, "990101P1": "platform", "990101P2": "transit"}


def test_a_row_given_twice_is_noted_and_counted_once(imported, tmp_path):
    row = own(HAN, "出", LUO, "2020-05-06 10:11:12", "100", 交易流水号="A1")
    made = imported(甲=[row, row], 乙=[row])
    assert totals(made) == {(HAN, LUO): 10000}
    assert state(tmp_path / "in" / "甲.csv").codes() == [("row.duplicate", 2, None)]


def test_amounts_of_a_payment_platform_in_fen(imported):
    made = imported(
        第三方支付=[
            {"用户ID": "U1", "实名": "韩冬生", "交易单号": "D1", "借贷类型": "出", "交易时间": "2020-05-06 10:11:12",
             "金额": "500000", "单位": "分", "对方ID": "U2", "对方实名": "罗大勇"},
            {"用户ID": "U2", "实名": "罗大勇", "交易单号": "D1", "借贷类型": "入", "交易时间": "2020-05-06 10:11:12",
             "金额": "5000", "单位": "元", "对方ID": "U1", "对方实名": "韩冬生"},
        ]
    )
    assert transfers(made) == [("U1", "U2", 5000.0, "2020-05-06T10:11:12")]
