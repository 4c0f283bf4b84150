"""Workbooks as they come: title rows, several sheets, hidden ones, numbers that lost their end, formulas."""

from datetime import date, datetime, time

import openpyxl
import pytest

from ingest.readers.registry import read_table_again
from ingest.readers.unreadable import Unreadable
from ingest.readers.workbook import read_workbook
from tests.support.registers import Ground, credit_code, person_id, state

POSTS = ["姓名", "身份证号", "单位", "职务", "任职日期"]
GOOD = ["韩冬生", person_id(1), "示例县水务局", "副局长", "2021-03-05"]


def book(path, sheets, hidden=()):
    """Write a workbook: sheet name -> rows."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if name in hidden:
            sheet.sheet_state = "hidden"
    made.save(path)
    return path


def rows(table):
    return [[row[f"c{at}"] for at in range(len(table.header))] for row in table.rows.to_pylist()]


def test_title_rows_are_skipped_and_several_sheets_are_several_registers(tmp_path):
    path = book(
        tmp_path / "材料.xlsx",
        {
            "任职": [["示例县干部任职情况表"], ["制表:组织部"], [], POSTS, GOOD],
            "股东": [["统一社会信用代码", "企业名称", "股东名称"], [credit_code(1), "示例甲建设有限公司", "罗大勇"]],
            "说明": [["本表仅供参考"]],
        },
    )
    ground = Ground(tmp_path)
    (file,) = ground.take(path).files
    assert file.registers == ["post", "share"]
    locators = {row["type"]: row["locator"] for row in ground.live("relations")}
    assert locators == {"HOLDS_POST": "r:任职!1", "SHARE": "r:股东!1"}
    told = [(fault["sheet"], fault["code"]) for fault in file.faults]
    assert told == [("说明", "table.unknown")]


def test_the_row_of_the_sheet_is_told_beside_the_data_row(tmp_path):
    bad = [*GOOD[:4], "2021-02-30"]
    path = book(tmp_path / "任职.xlsx", {"表一": [["标题"], POSTS, GOOD, bad]})
    (fault,) = Ground(tmp_path).take(path).files[0].faults
    told = (fault["code"], fault["sheet"], fault["row"], fault["sheet_row"], fault["column"])
    assert told == ("row.bad_date", "表一", 2, 4, "任职日期")


def test_a_hidden_sheet_is_not_read_and_said_so(tmp_path):
    path = book(tmp_path / "a.xlsx", {"任职": [POSTS, GOOD], "底稿": [POSTS, GOOD]}, hidden=["底稿"])
    (table,) = read_workbook(path)
    assert [(refusal.code, refusal.sheet) for refusal in table.refusals] == [("sheet.hidden", "底稿")]


def test_cells_are_text_as_people_see_them(tmp_path):
    values = [
        1280000,
        1280000.5,
        0.1,
        True,
        date(2021, 3, 5),
        datetime(2021, 3, 5, 14, 2, 11),
        time(8, 30),
        "  x ",
        20210305,
    ]
    path = book(tmp_path / "a.xlsx", {"表": [[f"列{at}" for at in range(9)], values]})
    (table,) = read_workbook(path)
    assert rows(table) == [
        ["1280000", "1280000.5", "0.1", "TRUE", "2021-03-05", "2021-03-05 14:02:11", "08:30:00", "  x ", "20210305"]
    ]


def test_dates_of_a_sheet_become_days(tmp_path):
    path = book(tmp_path / "任职.xlsx", {"表": [POSTS, [*GOOD[:4], datetime(2021, 3, 5)]]})
    (tie,) = state(path).ties
    assert tie["valid_from"] == date(2021, 3, 5)


def test_a_number_over_fifteen_digits_is_noted_as_damaged_and_is_no_key(tmp_path):
    path = book(tmp_path / "任职.xlsx", {"表": [POSTS, ["韩冬生", int(person_id(5)[:17] + "0"), *GOOD[2:]]]})
    ground = Ground(tmp_path)
    (file,) = ground.take(path).files
    codes = [(fault["code"], fault["level"], fault["row"], fault["column"]) for fault in file.faults]
    assert ("sheet.damaged_number", "noted", 1, "身份证号") in codes
    (person,) = [row for row in ground.live("assertions") if row["type"] == "Person"]
    assert person["key_kind"] == "name_unit"


def test_an_account_stored_as_a_damaged_number_is_noted(tmp_path):
    header = ["交易账号", "交易户名", "交易时间", "交易金额", "收付标志", "对手账号", "对手户名"]
    row = [6200990100000001234, "韩冬生", datetime(2020, 5, 6, 10), 100, "出", "6200990100000002", "罗大勇"]
    (table,) = read_workbook(book(tmp_path / "流水.xlsx", {"表": [header, row]}))
    assert [(refusal.code, refusal.column) for refusal in table.refusals] == [("sheet.damaged_number", "交易账号")]


def test_a_formula_without_a_saved_result_refuses_its_row(tmp_path):
    path = book(
        tmp_path / "任职.xlsx", {"表": [POSTS, ['="韩"&"冬生"', *GOOD[1:]], ["罗大勇", person_id(2), *GOOD[2:]]]}
    )
    stated_rows = read_workbook(path)[0]
    assert [(refusal.code, refusal.level, refusal.row, refusal.column) for refusal in stated_rows.refusals] == [
        ("cell.formula", "refused", 1, "姓名")
    ]
    assert rows(stated_rows)[0][0] == "罗大勇"


def test_blank_rows_count_and_are_skipped(tmp_path):
    (table,) = read_workbook(book(tmp_path / "a.xlsx", {"表": [POSTS, GOOD, [], [None] * 5, GOOD]}))
    assert table.rows["n"].to_pylist() == [1, 4]


def test_a_table_that_does_not_start_in_the_corner(tmp_path):
    shifted = [[None, None], [None, None, *POSTS], [None, None, *GOOD]]
    (table,) = read_workbook(book(tmp_path / "a.xlsx", {"表": shifted}))
    assert [cell for cell in rows(table)[0] if cell] == GOOD


def test_a_sheet_is_read_again_the_same_way(tmp_path):
    path = book(tmp_path / "a.xlsx", {"甲": [["标题"], POSTS, GOOD], "乙": [POSTS, GOOD, GOOD]})
    again = read_table_again(path, "甲", None, 2)
    assert (again.sheet, rows(again)) == ("甲", [GOOD])


def test_a_sheet_that_is_gone_is_one_sentence(tmp_path):
    with pytest.raises(Unreadable) as caught:
        read_workbook(book(tmp_path / "a.xlsx", {"甲": [POSTS, GOOD]}), sheet="丙")
    assert caught.value.code == "file.no_sheet"
