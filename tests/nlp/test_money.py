"""Amounts in register cells, in yuan."""

from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.money import parse_amount

cents = st.integers(0, 10**15).map(lambda value: Decimal(value).scaleb(-2))


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("1280000", "1280000"),
        ("1,280,000.00", "1280000"),
        ("1,280,000", "1280000"),
        ("1，280，000．50", "1280000.5"),
        ("128万元", "1280000"),
        ("128 万", "1280000"),
        ("1.28亿元", "128000000"),
        ("1.5千元", "1500"),
        ("1.234567万元", "12345.67"),
        ("12万3456.78元", "123456.78"),
        ("壹佰贰拾捌万元整", "1280000"),
        ("壹佰贰拾捌万圆正", "1280000"),
        ("一万五千元", "15000"),
        ("人民币壹拾万元整", "100000"),
        ("叁佰元伍角", "300.5"),
        ("叁佰元零伍分", "300.05"),
        ("3元5角2分", "3.52"),
        ("￥1280000", "1280000"),
        ("¥1,280", "1280"),
        ("人民币：128万元", "1280000"),
        ("RMB 1,280.00", "1280"),
        ("1280元人民币", "1280"),
        ("１２８００", "12800"),
        ("'500", "500"),
        ("-500", "-500"),
        ("－¥500", "-500"),
        ("¥-500", "-500"),
        ("(500)", "-500"),
        ("（¥1,500.20）", "-1500.2"),
        ("+500", "500"),
        ("1.28E+06", "1280000"),
        ("5e3", "5000"),
        ("0", "0"),
        ("-0.00", "0"),
        ("1.500", "1.5"),
    ],
)
def test_amounts(text: str, amount: str) -> None:
    found = parse_amount(text)
    assert found == Decimal(amount)
    assert not (found == 0 and found.is_signed())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "约10万",
        "10-20万",
        "10万-20万",
        "若干",
        "10万余元",
        "近10万",
        "100美元",
        "$5",
        "€5",
        "5港元",
        "HK$5",
        "5000元/月",
        "1.005",
        "1.28E-03",
        "1.2345678E+02",
        "0123",
        "1 280",
        "1,28",
        "1.280.000,00",
        "(-5)",
        "--5",
        "500-",
        "128.",
        "万元",
        "三千五元",
        "990101197001010011",
        "1E+30",
        "3元12角",
        "3.5元5角",
        "128w",
        "元",
        "¥",
        "()",
        "10%",
        "10元/20元",
    ],
)
def test_unsure_is_none(text: str) -> None:
    assert parse_amount(text) is None


@given(
    cents.filter(lambda value: value < 10**13), st.sampled_from(["{}", "{:,}", "¥{:,}", "{}元", "人民币{}元整", " {} "])
)
def test_what_is_written_in_digits_is_read_back_exactly(amount: Decimal, form: str) -> None:
    assert parse_amount(form.format(amount)) == amount


@given(st.integers(1, 10**13 - 1))
def test_what_is_written_for_banks_is_read_back(yuan: int) -> None:
    assert parse_amount(cn2an.an2cn(yuan, "up") + "元整") == yuan


@given(st.text() | st.text(alphabet="0123456789.,-+()eE¥元万亿壹佰角分整 人民币", max_size=12))
def test_no_text_raises_and_never_more_than_cents(text: str) -> None:
    found = parse_amount(text)
    assert found is None or (found == round(found, 2) and abs(found) < 10**14)
