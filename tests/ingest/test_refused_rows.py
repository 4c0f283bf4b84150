"""What an import says about rows that it refused, doubted or noted: the lines that people read, code by code."""

import json
import re
from pathlib import Path

import pytest

from ingest.readers.table import Refusal
from ingest.readers.wording import describe, wordings
from tests.support.registers import Ground, credit_code, person_id, write_csv, write_rows
from tests.support.statements import HAN, LUO, own

POSTS = ("姓名", "身份证号", "单位", "职务", "任职日期")
GOOD = ("韩冬生", person_id(1), "示例县水务局", "副局长", "2021-03-05")


def lines(report, lang="zh"):
    """Return the report of every file as the command line shows it."""
    found = []
    for file in report.files:
        for fault in file.faults:
            place = (fault["sheet"], fault["row"], fault["sheet_row"], fault["column"])
            found.append(describe(Refusal(fault["code"], "noted", *place, json.loads(fault["facts"])), file.path, lang))
    return found


@pytest.fixture
def take(tmp_path):
    """Import one file and return the report."""

    def taken(path, **options):
        return Ground(tmp_path / "ground").take(path, **options)

    (tmp_path / "ground").mkdir()
    return taken


def test_too_few_columns(tmp_path, take):
    path = write_csv(tmp_path / "任职.csv", POSTS, [GOOD, GOOD[:3]])
    report = take(path)
    assert lines(report) == ["任职.csv 第2行(表中第3行):列数不足:应有 5 列,实有 3 列[row.too_short]"]
    assert report.files[0].faults[0]["raw"] == ",".join(GOOD[:3])


def test_too_few_columns_in_english(tmp_path, take):
    path = write_csv(tmp_path / "任职.csv", POSTS, [GOOD, GOOD[:3]])
    assert lines(take(path), "en") == [
        "任职.csv, row 2 (row 3 of the sheet): too few columns: 5 expected, 3 found [row.too_short]"
    ]


def test_a_required_cell_is_empty(tmp_path, take):
    path = write_csv(tmp_path / "任职.csv", POSTS, [(None, *GOOD[1:]), GOOD])
    report = take(path)
    assert lines(report) == ["任职.csv 第1行(表中第2行) 「姓名」列:必填列为空[row.required_empty]"]
    assert report.refused_rows == 1


def test_data_rows_count_from_one_below_title_rows(tmp_path, take):
    path = tmp_path / "任职.csv"
    write_csv(path, ("示例县干部任职情况表",), [("制表:组织部",), POSTS, GOOD, (*GOOD[:4], "2021-02-30")])
    assert lines(take(path)) == [
        "任职.csv 第2行(表中第5行) 「任职日期」列:日期不存在或无法识别:2021-02-30[row.bad_date]"
    ]


@pytest.mark.parametrize(
    ("column", "value", "line"),
    [
        ("任职日期", "2021-02-30", "「任职日期」列:日期不存在或无法识别:2021-02-30[row.bad_date]"),
        (
            "身份证号",
            person_id(1)[:-1],
            f"「身份证号」列:身份证号位数不对:{person_id(1)[:-1]};不作为识别依据[id.length]",
        ),
        ("姓名", "韩" * 400, "「姓名」列:单元格有 400 个字符,超过 300 个,此行未读[cell.too_long]"),
        ("姓名", "韩" * 10_000, "「姓名」列:单元格有 10000 个字符,超过 5000 个,此行未读[cell.too_long]"),
    ],
)
def test_lines_of_single_cells(tmp_path, take, column, value, line):
    row = dict(zip(POSTS, GOOD, strict=True)) | {column: value}
    assert lines(take(write_rows(tmp_path / "任职.csv", [row]))) == [f"任职.csv 第1行(表中第2行) {line}"]


def test_an_unreadable_amount(tmp_path, take):
    row = {"合同编号": "HT-1", "采购单位": "示例县水务局", "供应商": "示例甲建设有限公司", "合同金额": "约十万"}
    assert lines(take(write_rows(tmp_path / "合同.csv", [row]))) == [
        "合同.csv 第1行(表中第2行) 「合同金额」列:金额或数字无法识别:约十万[row.bad_amount]"
    ]


def test_a_credit_code_with_a_wrong_check_character(tmp_path, take):
    bad = credit_code(1)[:-1] + ("A" if credit_code(1)[-1] != "A" else "B")
    row = {"企业名称": "示例甲建设有限公司", "统一社会信用代码": bad, "法定代表人": "罗大勇"}
    assert lines(take(write_rows(tmp_path / "企业登记.csv", [row]))) == [
        "企业登记.csv 第1行(表中第2行) 「统一社会信用代码」列:"
        f"统一社会信用代码校验码不符:{bad};不作为识别依据[code.check_digit]"
    ]


def test_an_unknown_way_to_say_in_or_out(tmp_path, take):
    report = take(write_rows(tmp_path / "流水.csv", [own(HAN, "横", LUO, "2020-05-06 10:11:12", "1")]), warrant="文1")
    assert lines(report) == ["流水.csv 第1行(表中第2行) 「收付标志」列:认不出的写法:横[row.bad_choice]"]


def test_an_open_quotation_mark_costs_its_own_row_only(tmp_path, take):
    path = tmp_path / "任职.csv"
    good = ",".join(GOOD)
    path.write_text(
        "\n".join([",".join(POSTS), f'"{good}', good, good.replace("韩冬生", "罗大勇"), ""]), encoding="utf-8"
    )
    report = take(path)
    assert lines(report) == ["任职.csv 第1行(表中第2行):引号没有配对,会把后面的行并进来,此行未读[row.open_quote]"]
    assert report.files[0].rows == 2


def test_too_many_columns(tmp_path, take):
    path = write_csv(tmp_path / "任职.csv", POSTS, [GOOD, (*GOOD, "多出")])
    assert lines(take(path)) == ["任职.csv 第2行(表中第3行):列数过多:应有 5 列,实有 6 列[row.too_long]"]


def test_a_repeated_row_and_unknown_columns_are_noted(tmp_path, take):
    row = own(HAN, "出", LUO, "2020-05-06 10:11:12", "100", 交易流水号="A1", 网点="城关")
    report = take(write_rows(tmp_path / "流水.csv", [row, row]), warrant="文书1号")
    assert lines(report) == [
        "流水.csv:未识别列,按原样保留:网点[table.unknown_columns]",
        "流水.csv 第2行(表中第3行):与前面的行重复[row.duplicate]",
    ]
    assert report.refused_rows == 0


def test_bank_data_without_a_warrant_is_warned_of(tmp_path, take):
    report = take(write_rows(tmp_path / "流水.csv", [own(HAN, "出", LUO, "2020-05-06 10:11:12", "1")]))
    assert lines(report) == ["流水.csv:银行数据没有调取文书号;请用 --warrant 补上[bank.no_warrant]"]
    assert report.files[0].faults[0]["level"] == "warned"
    assert lines(report, "en") == [
        "流水.csv: bank data without the number of its warrant; give it with --warrant [bank.no_warrant]"
    ]


def test_a_balance_that_breaks_off_names_the_row_where_a_page_may_be_missing(tmp_path, take):
    rows = [
        own(HAN, "进", LUO, "2020-05-06 10:00:00", "100", 交易余额="1100"),
        own(HAN, "出", LUO, "2020-05-07 10:00:00", "200", 交易余额="900"),
        own(HAN, "出", LUO, "2020-05-09 10:00:00", "50", 交易余额="350"),
        own(HAN, "出", LUO, "2020-05-10 10:00:00", "50", 交易余额="300"),
    ]
    report = take(write_rows(tmp_path / "流水.csv", rows), warrant="文书1号")
    assert lines(report) == [
        "流水.csv 第3行(表中第4行) 「交易余额」列:余额不连续:上一笔余额 900.00,本笔 -50.00,应为 850.00,实为 350.00;"
        "可能缺页[bank.balance_gap]"
    ]


def test_a_balance_may_run_backward_in_time(tmp_path, take):
    rows = [
        own(HAN, "出", LUO, "2020-05-10", "50", 交易余额="800"),
        own(HAN, "出", LUO, "2020-05-07", "50", 交易余额="850"),
        own(HAN, "出", LUO, "2020-05-07", "200", 交易余额="900"),
        own(HAN, "进", LUO, "2020-05-06", "100", 交易余额="1100"),
    ]
    assert lines(take(write_rows(tmp_path / "流水.csv", rows), warrant="文书1号")) == []


def test_a_column_that_is_no_running_balance_is_said_once(tmp_path, take):
    rows = [own(HAN, "进", LUO, f"2020-05-06 10:{n:02}:00", "100", 交易余额=str(n * 7)) for n in range(60)]
    assert lines(take(write_rows(tmp_path / "流水.csv", rows), warrant="文书1号")) == [
        "流水.csv 「交易余额」列:余额列共 59 处不连续,不能用来核对是否缺页[bank.balance_unusable]"
    ]


def test_every_refused_row_is_kept_raw_in_the_ledger(tmp_path):
    ground = Ground(tmp_path)
    path = write_csv(tmp_path / "任职.csv", POSTS, [GOOD, GOOD[:3], (*GOOD[:4], "2021-02-30")])
    ground.take(path)
    kept = ground.ledger.rows("refusals", ("row", "code", "level", "raw"))
    assert sorted((row["row"], row["code"], row["level"], row["raw"]) for row in kept) == [
        (2, "row.too_short", "refused", ",".join(GOOD[:3])),
        (3, "row.bad_date", "refused", ",".join((*GOOD[:4], "2021-02-30"))),
    ]


def test_the_columns_of_a_report_line_stand_in_one_order():
    refusal = Refusal("row.bad_date", "refused", "表1", 12, 14, "日期", {"value": "2021-02-30"})
    assert describe(refusal, "登记/职责.xlsx") == (
        "登记/职责.xlsx 工作表「表1」 第12行(表中第14行) 「日期」列:日期不存在或无法识别:2021-02-30[row.bad_date]"
    )
    assert describe(refusal, "登记/职责.xlsx", "en") == (
        "登记/职责.xlsx, sheet '表1', row 12 (row 14 of the sheet), column '日期': "
        "the date does not exist or cannot be read: 2021-02-30 [row.bad_date]"
    )


@pytest.mark.parametrize("code", sorted(wordings()))
def test_every_code_has_a_sentence_in_both_languages_and_a_test(code):
    assert wordings()[code]["zh"]
    assert wordings()[code]["en"]
    tests = "".join(path.read_text(encoding="utf-8") for path in Path(__file__).parents[1].rglob("test_*.py"))
    assert re.search(rf"[\[\"']{re.escape(code)}[\]\"']", tests), f"no test names {code}"


def test_every_code_that_the_program_gives_has_a_sentence():
    given = set()
    for path in (Path(__file__).parents[2] / "ingest").rglob("*.[pt][yo]*"):
        text = path.read_text(encoding="utf-8")
        given |= set(re.findall(r"\"((?:file|sheet|row|cell|table|bank)\.[a-z_0-9]+)\"", text))
    assert given - set(wordings()) == set()
