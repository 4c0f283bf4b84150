"""Files that come again: cumulative deliveries, changed rows, the same content in two places, retraction and purge."""

from datetime import date

import pytest

from graph.ledger import withdraw
from tests.support.registers import Ground, credit_code, person_id, write_rows
from tests.support.statements import HAN, LUO, own, totals

COMPANY = {"统一社会信用代码": credit_code(1), "供应商": "示例甲建设有限公司"}


def contract(number, amount, **more):
    return {
        "合同编号": number,
        "采购单位": "示例县水务局",
        **COMPANY,
        "合同金额": amount,
        "合同名称": f"工程{number}",
    } | more


def amounts(ground):
    return {node["name"]: node["props"]["amount"] for node in ground.project().nodes("Contract")}


@pytest.fixture
def ground(tmp_path):
    (tmp_path / "ground").mkdir()
    return Ground(tmp_path / "ground")


def test_a_cumulative_delivery_adds_only_what_is_new(ground, tmp_path):
    months = [own(HAN, "出", LUO, f"2020-0{month}-06 10:00:00", "100", 交易流水号=f"A{month}") for month in (1, 2, 3)]
    for at in (1, 2, 3):
        ground.take(write_rows(tmp_path / f"{at}月.csv", months[:at]), warrant="文书1号")
    made = ground.project()
    assert totals(made) == {(HAN, LUO): 30000}
    sources = [
        len(made.sources(edge["eid"])) for edge in sorted(made.edges("TRANSFER"), key=lambda e: e["props"]["time"])
    ]
    assert sources == [3, 2, 1]


def test_a_cumulative_delivery_without_numbers_of_its_own_adds_only_what_is_new(ground, tmp_path):
    rows = [
        {"姓名": "韩冬生", "身份证号": person_id(1), "单位": f"示例县{name}", "职务": "副局长"}
        for name in ("甲局", "乙局")
    ]
    ground.take(write_rows(tmp_path / "a.csv", rows[:1]))
    ground.take(write_rows(tmp_path / "b.csv", rows))
    made = ground.project()
    assert len(made.edges("HOLDS_POST")) == 2
    keys = {row["relation_key"] for row in ground.live("relations")}
    assert len(keys) == 2


def test_a_changed_row_with_the_same_key_supersedes_the_older_and_both_can_be_seen(ground, tmp_path):
    ground.take(write_rows(tmp_path / "a.csv", [contract("HT-1", 100), contract("HT-2", 200)]))
    ground.take(write_rows(tmp_path / "b.csv", [contract("HT-1", 150), contract("HT-2", 200)]))
    assert amounts(ground) == {"工程HT-1": 150.0, "工程HT-2": 200.0}
    stated = [row["props"]["amount"] for row in ground.live("assertions") if row["type"] == "Contract"]
    assert sorted(stated) == [100.0, 150.0, 200.0, 200.0]


def test_a_changed_transfer_with_the_same_key_counts_once_with_the_newer_content(ground, tmp_path):
    first = own(HAN, "出", LUO, "2020-05-06 10:00:00", "100", 交易流水号="A1", 摘要说明="往来")
    ground.take(write_rows(tmp_path / "a.csv", [first]), warrant="文书1号")
    ground.take(write_rows(tmp_path / "b.csv", [{**first, "摘要说明": "还款"}]), warrant="文书1号")
    (edge,) = ground.project().edges("TRANSFER")
    assert edge["props"]["summary"] == "还款"
    kept = [row["props"]["summary"] for row in ground.ledger_rows("relations") if row["type"] == "TRANSFER"]
    assert sorted(kept) == ["往来", "还款"]


def test_data_obtained_later_win_whatever_was_imported_last(ground, tmp_path):
    ground.take(write_rows(tmp_path / "new.csv", [contract("HT-1", 150)]), obtained=date(2026, 5, 1))
    ground.take(write_rows(tmp_path / "old.csv", [contract("HT-1", 100)]), obtained=date(2026, 1, 1))
    assert amounts(ground) == {"工程HT-1": 150.0}


def test_the_same_file_again_is_known_and_changes_nothing(ground, tmp_path):
    path = write_rows(tmp_path / "a.csv", [contract("HT-1", 100)])
    ground.take(path)
    before = ground.project("before").bytes()
    (file,) = ground.take(path).files
    assert file.state == "known"
    assert ground.project("after").bytes() == before


def test_the_same_content_in_two_case_folders_is_one_document_with_two_filings(ground, tmp_path):
    for case in ("2026-001", "2026-002"):
        ground.take(write_rows(tmp_path / case / "a.csv", [contract("HT-1", 100)]), case=case)
    assert len(ground.live("documents")) == 1
    assert [row["case"] for row in ground.live("filings")] == ["2026-001", "2026-002"]
    assert [node["cases"] for node in ground.project().nodes("Contract")] == [2]


def test_rows_that_repeat_in_a_register_without_a_key_of_its_own_are_numbered(ground, tmp_path):
    row = {
        "学校": "示例中心校",
        "月份": "2021-03",
        "供应商": "示例食品有限公司",
        "品名": "大米",
        "数量": "10",
        "单价": "5",
    }
    ground.take(write_rows(tmp_path / "食材采购.csv", [row, row]))
    assert len({item["relation_key"] for item in ground.live("relations")}) == len(ground.live("relations"))


def test_a_retracted_file_is_not_taken_in_again_until_that_is_undone(ground, tmp_path):
    path = write_rows(tmp_path / "a.csv", [contract("HT-1", 100)])
    doc = ground.take(path).files[0].doc
    withdraw.retract(ground.ledger, doc, "提供有误")
    assert ground.project("gone").nodes() == []
    assert ground.take(path).files[0].state == "withdrawn"
    withdraw.retract(ground.ledger, doc, "核实无误", undo=True)
    assert amounts(ground) == {"工程HT-1": 100.0}


def test_a_purged_file_is_gone_and_not_taken_in_again(ground, tmp_path):
    path = write_rows(tmp_path / "a.csv", [contract("HT-1", 100)])
    other = write_rows(tmp_path / "b.csv", [contract("HT-2", 200)])
    doc = ground.take(path).files[0].doc
    ground.take(other)
    withdraw.purge(ground.ledger, doc, "依法销毁", ground.originals, tmp_path / "cache")
    assert ground.take(path).files[0].state == "purged"
    assert amounts(ground) == {"工程HT-2": 200.0}
    left = [part for part in ground.folder.rglob("*") if part.is_file() and b"HT-1" in part.read_bytes()]
    assert left == []


def test_the_order_of_columns_and_the_way_of_writing_do_not_make_a_new_row(ground, tmp_path):
    row = {
        "姓名": "韩冬生",
        "身份证号": person_id(1),
        "单位": "示例县水务局",
        "职务": "副局长",
        "任职日期": "2021-03-05",
    }
    other = dict(reversed(row.items())) | {"任职日期": "2021年3月5日", "姓名": "韩 冬生"}
    ground.take(write_rows(tmp_path / "a.csv", [row]))
    ground.take(write_rows(tmp_path / "b.csv", [other]))
    (edge,) = ground.project().edges("HOLDS_POST")
    assert edge["disputed"] is False


@pytest.mark.parametrize("form", ["ht-1a", "HT-1A", " ht-1A", "ＨＴ－１Ａ"])
def test_a_number_is_the_same_key_in_small_letters_and_capitals(ground, tmp_path, form):
    ground.take(write_rows(tmp_path / "a.csv", [contract("HT-1A", 100)]))
    ground.take(write_rows(tmp_path / "b.csv", [contract(form, 150), contract("bz-2", 1)]))
    assert sorted(node["props"]["amount"] for node in ground.project().nodes("Contract")) == [1.0, 150.0]
    signed = [row["relation_key"] for row in ground.live("relations") if row["type"] == "SIGNED"]
    assert len(set(signed)) == 2


def test_a_statement_row_keeps_its_key_whatever_else_the_file_holds(ground, tmp_path):
    row = own(HAN, "出", LUO, "2020-05-06 10:00:00", "100", 交易流水号="A1")
    ground.take(write_rows(tmp_path / "a.csv", [row]), warrant="文书1号")
    ground.take(write_rows(tmp_path / "b.csv", [row, {**row, "交易流水号": "b7 "}]), warrant="文书1号")
    keys = [item["relation_key"] for item in ground.ledger_rows("relations") if item["type"] == "TRANSFER"]
    assert len(keys) == 3
    assert len(set(keys)) == 2
