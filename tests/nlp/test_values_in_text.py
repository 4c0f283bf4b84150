"""Dates, money and identifiers in running text, with values that are right or absent."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.extraction import Extraction, Value
from nlp.identifiers import credit_code_check_char, luhn_ok, person_id_check_char
from nlp.normalise.normalising import normalised
from nlp.pipeline import extract

BODY = "99010119790612001"
ID = BODY + person_id_check_char(BODY)
WRONG_ID = BODY + ("1" if ID[-1] != "1" else "2")
CODE = "91990101000000012" + credit_code_check_char("91990101000000012")
CARD = next(f"622202000000000000{digit}" for digit in range(10) if luhn_ok(f"622202000000000000{digit}"))


def values(text: str, *types: str) -> list[tuple[str, Value]]:
    """Return text and value of the mentions of some types."""
    found: Extraction = extract(text)
    return [(one.text, one.value) for one in found.mentions if one.type in types]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2012年5月至2019年8月任局长,同年9月调离,次年初退休", ["2012-05/2019-08", "2019-09", "2020"]),
        ("2019年3月至8月施工", ["2019-03/2019-08"]),
        ("2019年8月12日至15日", ["2019-08-12/2019-08-15"]),
        ("2019年中秋节前", ["2019"]),
        ("二〇二一年三月五日", ["2021-03-05"]),
        ("2015年3月至今任局长", ["2015-03/"]),
        ("2012.05—2019.08 局长", ["2012-05/2019-08"]),
        ("2019年上半年", ["2019-01/2019-06"]),
        ("2019年8月收受,10月又收受", ["2019-08", "2019-10"]),
        ("2019年8月收受,3月又收受", ["2019-08", None]),
        ("1.2014年8月收受", ["2014-08"]),
        ("2019年2月30日", [None]),
        ("当年9月", [None]),
        ("2012年5月至2019年8月任局长。任职期间收受财物", ["2012-05/2019-08", "2012-05/2019-08"]),
        ("十二个月后", []),
        ("每月5日发放", []),
    ],
)
def test_dates(text: str, wanted: list[str | None]) -> None:
    assert [value for _, value in values(text, "Date")] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("收受人民币50万元。", [("人民币50万元", 500000)]),
        ("收受50余万元。", [("50余万元", 500000)]),
        ("约三五万元。", [("三五万元", [30000.0, 50000.0])]),
        ("三、四万元。", [("三、四万元", [30000.0, 40000.0])]),
        ("30至50万元。", [("30至50万元", [300000.0, 500000.0])]),
        ("300元、500元。", [("300元", 300), ("500元", 500)]),
        ("壹佰贰拾捌万元整。", [("壹佰贰拾捌万元整", 1280000)]),
        ("1,280,000.00元。", [("1,280,000.00元", 1280000)]),
        ("2万美元。", [("2万美元", "USD 20000")]),
        ("十几万元。", [("十几万元", None)]),
        ("送给他5万,走了。", [("5万", 50000)]),
        ("土地5万亩,3万人。", []),
    ],
)
def test_money(text: str, wanted: list[tuple[str, Value]]) -> None:
    assert values(text, "Money") == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (f"身份证号{ID}。", [(ID, ID)]),
        (f"身份证号{WRONG_ID}。", [(WRONG_ID, None)]),
        (f"统一社会信用代码:{CODE}", [(CODE, CODE)]),
        (f"转入{CARD}。", [(CARD, CARD)]),
        ("账号990100120034567,", [("990100120034567", "990100120034567")]),
        ("电话19900001234。", [("19900001234", "19900001234")]),
        ("根据青纪〔2021〕17号文件", [("青纪〔2021〕17号", "青纪〔2021〕17号")]),
        ("合同编号:HT-2016-031,", [("HT-2016-031", "HT-2016-031")]),
        ("项目编号为QSZB2016-012。", [("QSZB2016-012", "QSZB2016-012")]),
    ],
)
def test_identifiers(text: str, wanted: list[tuple[str, Value]]) -> None:
    assert values(text, "Identifier", "Account", "Contract", "Tender") == wanted


@settings(deadline=None)
@given(st.integers(1950, 2049), st.integers(1, 12), st.integers(1, 28))
def test_a_written_day_is_read_back(year: int, month: int, day: int) -> None:
    assert values(f"于{year}年{month}月{day}日到案。", "Date") == [
        (f"{year}年{month}月{day}日", f"{year}-{month:02d}-{day:02d}")
    ]


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("紀(jì)委監委對其立案審查調查", "纪委监委对其立案审查调查"),
        ("第一页的话\n- 3 -\n第二页的话", "第一页的话\n第二页的话"),
        ("浏览量:123 次\n正文", "正文"),
        ("本 院 认 为", "本院认为"),
        ("审判长 石 磊", "审判长 石磊"),
        ("收受 12 万元", "收受12万元"),
        ("\uff08２０２１\uff09\uff0c\uff1a", "(2021),:"),
        ("王乾坤和李昇", "王乾坤和李昇"),
        ("⼈⻋⻰", "人车龙"),
    ],
)
def test_normal_form(raw: str, clean: str) -> None:
    assert normalised(raw).text == clean


@given(st.text(max_size=200))
def test_every_character_of_the_normal_form_knows_its_place(raw: str) -> None:
    mapped = normalised(raw)
    assert len(mapped.at) == len(mapped.text)
    assert list(mapped.at) == sorted(set(mapped.at)) and (not mapped.at or mapped.at[-1] < len(raw))
