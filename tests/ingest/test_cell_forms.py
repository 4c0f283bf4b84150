"""The forms in which offices write dates, amounts, accounts and identifiers, read from a file into typed facts."""

from datetime import date

import pytest

from tests.support.registers import credit_code, old_person_id, person_id, state, write_rows
from tests.support.statements import HAN, LUO, own

DAY = "2021-03-05"


def post(**more):
    return {
        "姓名": "韩冬生",
        "身份证号": person_id(1),
        "单位": "示例县水务局",
        "职务": "副局长",
        "任职日期": DAY,
    } | more


def stated_post(tmp_path, **more):
    stated = state(write_rows(tmp_path / "任职.csv", [post(**more)]))
    (tie,) = stated.ties
    return stated, tie


@pytest.mark.parametrize(
    ("written", "first", "latest"),
    [
        ("2021-03-05", date(2021, 3, 5), None),
        ("2021/3/5", date(2021, 3, 5), None),
        ("2021.3.5", date(2021, 3, 5), None),
        ("2021年3月5日", date(2021, 3, 5), None),
        ("20210305", date(2021, 3, 5), None),
        ("２０２１－０３－０５", date(2021, 3, 5), None),
        ("'2021-03-05", date(2021, 3, 5), None),
        ("\t2021-03-05 ", date(2021, 3, 5), None),
        ("2021-03-05 00:00:00", date(2021, 3, 5), None),
        ("二〇二一年三月五日", date(2021, 3, 5), None),
        ("2021-03", date(2021, 3, 1), "2021-03-31"),
        ("2021年3月", date(2021, 3, 1), "2021-03-31"),
        ("2021", date(2021, 1, 1), "2021-12-31"),
        ("", None, None),
        ("至今", None, None),
        ("—", None, None),
    ],
)
def test_dates_keep_the_precision_they_have(tmp_path, written, first, latest):
    stated, tie = stated_post(tmp_path, 任职日期=written)
    assert tie["valid_from"] == first
    assert tie["props"].get("from_latest") == latest
    assert stated.faults == []


def test_an_end_that_is_only_a_month_is_its_last_day_and_says_so(tmp_path):
    _, tie = stated_post(tmp_path, 免职日期="2022-06")
    assert (tie["valid_to"], tie["props"]["to_earliest"]) == (date(2022, 6, 30), "2022-06-01")


@pytest.mark.parametrize("written", ["2021-02-30", "2021-13-01", "20210230", "0000-00-00", "上个月", "2021-03-05至今"])
def test_an_impossible_date_refuses_the_row(tmp_path, written):
    stated = state(write_rows(tmp_path / "任职.csv", [post(任职日期=written), post(姓名="罗大勇")]))
    assert stated.codes() == [("row.bad_date", 1, "任职日期")]
    assert stated.faults[0]["level"] == "refused"
    assert stated.faults[0]["facts"] == {"value": written}
    assert written in stated.faults[0]["raw"]
    assert [row["locator"] for row in stated.ties] == ["r:2"]


def contract(**more):
    row = {"合同编号": "HT-1", "合同名称": "水渠", "采购单位": "示例县水务局", "供应商": "示例甲建设有限公司"}
    return row | {"统一社会信用代码": credit_code(1), "合同金额": "1280000", "签订日期": DAY} | more


def stated_amount(tmp_path, written):
    stated = state(write_rows(tmp_path / "合同.csv", [contract(合同金额=written)]))
    (node,) = [row for row in stated.nodes if row["type"] == "Contract"]
    return stated, node["props"]["amount"]


@pytest.mark.parametrize(
    ("written", "yuan"),
    [
        ("1280000", 1280000),
        ("1,280,000.00", 1280000),
        ("１，２８０，０００．００", 1280000),
        ("128万元", 1280000),
        ("128万", 1280000),
        ("1.28亿元", 128000000),
        ("壹佰贰拾捌万元整", 1280000),
        ("人民币壹佰贰拾捌万元整", 1280000),
        ("¥1,280,000", 1280000),
        (" 1280000 ", 1280000),
        ("'1280000", 1280000),
        ("1280000.5元", 1280000.5),
        ("0", 0),
    ],
)
def test_amounts_are_yuan(tmp_path, written, yuan):
    stated, amount = stated_amount(tmp_path, written)
    assert amount == yuan
    assert stated.faults == []


@pytest.mark.parametrize("written", ["约10万", "10-20万", "1.2.3", "abc", "100美元", "详见附件", "1,28"])
def test_an_unreadable_amount_in_a_required_column_refuses_the_row(tmp_path, written):
    stated = state(write_rows(tmp_path / "合同.csv", [contract(合同金额=written)]))
    assert stated.codes() == [("row.bad_amount", 1, "合同金额")]
    assert (stated.nodes, stated.ties) == ([], [])


def test_an_unreadable_amount_in_an_optional_column_is_doubted_and_left_out(tmp_path):
    stated = state(write_rows(tmp_path / "合同.csv", [contract(结算金额="约10万")]))
    assert stated.codes() == [("row.bad_amount", 1, "结算金额")]
    assert stated.faults[0]["level"] == "warned"
    (node,) = [row for row in stated.nodes if row["type"] == "Contract"]
    assert node["props"]["amount"] == 1280000
    assert node["props"].get("settled") is None


@pytest.mark.parametrize(
    "written",
    [
        "6200990100000001",
        "６２００９９０１０００００００１",
        "6200 9901 0000 0001",
        "6200990100000001\t",
        "'6200990100000001",
        "\t6200990100000001",
        "6200\t990100000001",
        "\u30006200990100000001\u3000",
        "\ufeff6200990100000001",
        "’6200990100000001",
    ],
)
def test_an_account_is_its_number_however_it_is_written(tmp_path, written):
    plain = state(write_rows(tmp_path / "a.csv", [own(HAN, "出", LUO, "2020-05-06 10:11:12", "1", 交易流水号="A1")]))
    odd = state(write_rows(tmp_path / "b.csv", [own(written, "出", LUO, "2020-05-06 10:11:12", "1", 交易流水号="A1")]))
    keys = [{row["entity_key"] for row in stated.nodes if row["type"] == "Account"} for stated in (plain, odd)]
    assert keys[0] == keys[1]
    assert plain.ties[-1]["relation_key"] == odd.ties[-1]["relation_key"]


def test_fifteen_digit_numbers_are_the_person_of_the_eighteen_digit_ones(tmp_path):
    old = old_person_id(7, "700203")
    new = person_id(7, "19700203")
    rows = [post(身份证号=old), post(身份证号=new, 职务="局长")]
    stated = state(write_rows(tmp_path / "任职.csv", rows))
    assert len({row["entity_key"] for row in stated.nodes if row["type"] == "Person"}) == 1
    assert stated.faults == []


@pytest.mark.parametrize("form", ["{0}", "{0} ", "'{0}", "\t{0}", "{0}\u200b", "{low}", "{wide}"])
def test_an_id_number_is_the_same_however_it_is_written(tmp_path, form):
    number = next(person_id(n) for n in range(200) if person_id(n).endswith("X"))
    wide = "".join(chr(ord(char) + 0xFEE0) for char in number)
    stated, tie = stated_post(tmp_path, 身份证号=form.format(number, low=number.lower(), wide=wide))
    _, plain = stated_post(tmp_path, 身份证号=number)
    assert tie["source_key"] == plain["source_key"]
    assert stated.faults == []


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (person_id(1)[:-1] + ("0" if person_id(1)[-1] != "0" else "1"), "id.check_digit"),
        (person_id(1)[:-1], "id.length"),
        ("9901011980010A0011", "id.characters"),
        ("990101198013010017", "id.date"),
        ("990101********0011", "id.masked"),
    ],
)
def test_a_doubtful_id_number_is_no_key_and_the_row_stays(tmp_path, number, code):
    stated, tie = stated_post(tmp_path, 身份证号=number)
    assert stated.codes() == [(code, 1, "身份证号")]
    assert stated.faults[0]["level"] == "warned"
    (person,) = [row for row in stated.nodes if row["type"] == "Person"]
    assert person["key_kind"] == "name_unit"
    assert person["props"].get("code") is None
    assert tie["type"] == "HOLDS_POST"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (credit_code(1)[:-1] + ("A" if credit_code(1)[-1] != "A" else "B"), "code.check_digit"),
        (credit_code(1)[:-1], "code.length"),
        ("I" + credit_code(1)[1:], "code.characters"),
        (credit_code(1)[:8] + "******" + credit_code(1)[14:], "code.masked"),
    ],
)
def test_a_doubtful_credit_code_is_no_key_and_the_row_stays(tmp_path, number, code):
    stated = state(write_rows(tmp_path / "合同.csv", [contract(统一社会信用代码=number)]))
    assert stated.codes() == [(code, 1, "统一社会信用代码")]
    (company,) = [row for row in stated.nodes if row["type"] == "Company"]
    assert company["key_kind"] == "company_name"


@pytest.mark.parametrize(
    ("written", "ratio"),
    [("60%", 0.6), ("60", 0.6), ("0.6", 0.6), ("６０％", 0.6), ("33.34%", 0.3334), ("1", 1), ("100%", 1)],
)
def test_shares_are_fractions(tmp_path, written, ratio):
    row = {
        "统一社会信用代码": credit_code(1),
        "企业名称": "示例甲建设有限公司",
        "股东名称": "罗大勇",
        "持股比例": written,
    }
    (tie,) = state(write_rows(tmp_path / "股东.csv", [row])).ties
    assert tie["props"]["ratio"] == pytest.approx(ratio)


@pytest.mark.parametrize(
    "written",
    [
        "2020-05-06 10:11:12",
        "2020/5/6 10:11:12",
        "20200506101112",
        "2020年5月6日 10:11:12",
        "2020-05-06T10:11:12",
        "2020-05-06 10:11:12.0",
        "２０２０-05-06 10:11:12",
        "2020-05-06-10.11.12.000000",
        "2020-05-06T10:11:12+08:00",
    ],
)
def test_times_of_statements(tmp_path, written):
    stated = state(write_rows(tmp_path / "a.csv", [own(HAN, "出", LUO, written, "1")]))
    assert [row["props"]["time"][:19].replace("T", " ") for row in stated.ties if row["type"] == "TRANSFER"] == [
        "2020-05-06 10:11:12"
    ]


@pytest.mark.parametrize("name", ["韩冬生", "韩 冬生", "韩　冬　生", " 韩冬生\t", "韩\u200b冬生"])
def test_a_name_is_the_same_however_it_is_spaced(tmp_path, name):
    _, tie = stated_post(tmp_path, 姓名=name, 身份证号="")
    _, plain = stated_post(tmp_path, 身份证号="")
    assert tie["source_key"] == plain["source_key"]


@pytest.mark.parametrize("unit", ["示例县水务局", "示例县 水务局", "示例县水务局　"])
def test_a_unit_is_the_same_however_it_is_spaced(tmp_path, unit):
    _, tie = stated_post(tmp_path, 单位=unit)
    _, plain = stated_post(tmp_path)
    assert tie["target_key"] == plain["target_key"]


@pytest.mark.parametrize("written", ["不详", "无", "/", "-", "null"])
def test_words_for_nothing_are_an_empty_cell(tmp_path, written):
    stated, tie = stated_post(tmp_path, 身份证号=written, 免职日期=written if written != "不详" else "")
    assert stated.faults == []
    assert tie["valid_to"] is None
    (person,) = [row for row in stated.nodes if row["type"] == "Person"]
    assert person["key_kind"] == "name_unit"
