"""Telling registers by their headers; what is unknown is listed, what names a reporter is refused."""

import json

import pytest

from ingest.registers.catalogue import catalogue
from ingest.registers.recognise import recognise, reporter_columns
from tests.support.registers import Ground, credit_code, person_id, state, write_csv, write_rows

REPORTERS = [
    "举报人",
    "举报人姓名",
    "举报人电话",
    "实名举报人",
    "信访人",
    "举报人(必填)",
    "举 报 人",
    "检举人住址",
    "控告人",
    "反映人",
]


def test_an_unknown_table_is_listed_with_the_nearest_register_and_what_it_lacks(tmp_path):
    path = write_csv(
        tmp_path / "会议签到.csv",
        ("姓名", "身份证号", "单位", "签到时间"),
        [("韩冬生", person_id(1), "示例县", "9:00")],
    )
    ground = Ground(tmp_path)
    (file,) = ground.take(path).files
    assert file.state == "unknown"
    (fault,) = file.faults
    assert (fault["code"], fault["level"]) == ("table.unknown", "refused")
    facts = json.loads(fault["facts"])
    nearest = next(mapping for mapping in catalogue().values() if mapping.zh == facts["nearest"])
    assert facts["missing"]
    assert set(facts["missing"].split("、")) < set(nearest.anchors)
    assert ground.live("assertions") == []


def test_a_table_like_no_other_is_listed_without_a_nearest_register(tmp_path):
    path = write_csv(tmp_path / "x.csv", ("甲栏", "乙栏"), [("1", "2")])
    (fault,) = Ground(tmp_path).take(path).files[0].faults
    assert json.loads(fault["facts"])["nearest"] == ""


def test_a_table_is_read_as_the_register_that_the_user_names(tmp_path):
    path = write_csv(tmp_path / "x.csv", ("姓名", "单位", "职务", "工号"), [("韩冬生", "示例县水务局", "副局长", "7")])
    (file,) = Ground(tmp_path).take(path, register="post").files
    assert (file.state, file.registers) == ("read", ["post"])


@pytest.mark.parametrize("column", REPORTERS)
def test_a_column_about_reporters_refuses_the_table(tmp_path, column):
    row = {
        "线索编号": "XS-1",
        "被反映人": "韩冬生",
        "被反映人单位": "示例县水务局",
        "反映内容": "水渠工程",
        column: "不应留存",
    }
    ground = Ground(tmp_path)
    (file,) = ground.take(write_rows(tmp_path / "线索.csv", [row])).files
    (fault,) = file.faults
    assert (fault["code"], fault["level"]) == ("table.reporter_column", "refused")
    assert file.state == "unknown"
    assert ground.live("assertions") == []
    for part in tmp_path.rglob("*"):
        if part.is_file() and part.name != "线索.csv":
            assert "不应留存".encode() not in part.read_bytes()


@pytest.mark.parametrize(
    "column", ["被举报人", "被反映人", "被反映人单位", "被控告人", "举报方式", "来源渠道", "反映内容"]
)
def test_a_column_about_those_who_were_reported_is_no_reporter_column(column):
    assert reporter_columns([column]) == []


def test_a_reporter_column_refuses_its_sheet_and_no_other(tmp_path):
    import openpyxl

    made = openpyxl.Workbook()
    made.active.title = "线索"
    for row in (("线索编号", "被反映人", "举报人"), ("XS-1", "韩冬生", "不应留存")):
        made.active.append(row)
    posts = made.create_sheet("任职")
    for row in (("姓名", "单位", "职务"), ("韩冬生", "示例县水务局", "副局长")):
        posts.append(row)
    made.save(tmp_path / "材料.xlsx")
    (file,) = Ground(tmp_path).take(tmp_path / "材料.xlsx").files
    assert file.registers == ["post"]
    assert [fault["code"] for fault in file.faults] == ["table.reporter_column"]


@pytest.mark.parametrize(
    "header",
    [
        ("姓名*", "单位(必填)", "职务", "任职日期"),
        (" 姓 名 ", "单 位", "职　务", "任职日期"),
        ("\ufeff姓名", "单位:", "职务", "任职日期"),
        ("任职日期", "职务", "单位", "姓名"),
    ],
)
def test_marks_and_white_space_in_headers_do_not_matter(header):
    found = recognise(catalogue().values(), header)
    assert found is not None
    assert found.mapping.id == "post"
    assert found.unknown == ()


def test_the_file_s_name_decides_between_registers_with_the_same_columns(tmp_path):
    row = {"姓名": "韩冬生", "身份证号": person_id(1), "死亡日期": "2020-01-01", "登记日期": "2020-01-05"}
    assert state(write_rows(tmp_path / "死亡登记.csv", [row])).register == "death"


def test_provider_warrant_day_and_case_are_kept_with_the_filing(tmp_path):
    from datetime import date

    ground = Ground(tmp_path)
    row = {"姓名": "韩冬生", "单位": "示例县水务局", "职务": "副局长"}
    path = write_rows(tmp_path / "任职.csv", [row])
    ground.take(path, provided_by="组织部", warrant="调取〔2026〕1号", obtained=date(2026, 3, 1), case="2026-001")
    (filing,) = ground.live("filings")
    kept = {name: filing[name] for name in ("path", "case", "provided_by", "warrant", "obtained")}
    assert kept == {
        "path": "任职.csv",
        "case": "2026-001",
        "provided_by": "组织部",
        "warrant": "调取〔2026〕1号",
        "obtained": date(2026, 3, 1),
    }


def test_a_company_and_its_shareholders_in_one_folder(tmp_path):
    rows = [
        {"统一社会信用代码": credit_code(1), "企业名称": "示例甲建设有限公司", "股东名称": "罗大勇", "持股比例": "60%"}
    ]
    ground = Ground(tmp_path)
    report = ground.take(write_rows(tmp_path / "工商" / "股东.csv", rows).parent.parent / "工商")
    assert [file.path for file in report.files] == ["股东.csv"]
