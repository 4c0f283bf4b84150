"""Chinese numerals: what is written by the rules is read, what could mean two things is not."""

from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.numerals import parse_numeral, positional_digits


@given(st.integers(0, 10**14 - 1), st.sampled_from(["low", "up"]))
def test_written_numbers_are_read_back(number: int, style: str) -> None:
    assert parse_numeral(cn2an.an2cn(number, style)) == number


@given(st.decimals(0, 10**12, places=2))
def test_digits_are_read_back(number: Decimal) -> None:
    assert parse_numeral(f"{number:,}") == number
    assert parse_numeral(str(number)) == number
    assert parse_numeral(str(number).translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)})) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("壹佰贰拾捌万", 1280000),
        ("十五", 15),
        ("一十五", 15),
        ("廿三", 23),
        ("卅", 30),
        ("两百", 200),
        ("两万两千", 22000),
        ("一万〇五", 10005),
        ("壹佰万零伍仟", 1005000),
        ("壹佰万伍仟", 1005000),
        ("壹佰萬", 1000000),
        ("一万亿", 10**12),
        ("五百万亿", 5 * 10**14),
        ("一亿零五百万", 105000000),
        ("负五", -5),
        ("一点五", Decimal("1.5")),
        ("二〇二一", 2021),
        ("零", 0),
        ("3万", 30000),
        ("1.28亿", 128000000),
        ("1亿2000万", 120000000),
        ("3万5000", 35000),
        ("－１２．５", Decimal("-12.5")),
        ("+3", 3),
    ],
)
def test_numbers(text: str, number: int | Decimal) -> None:
    assert parse_numeral(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "",
        "万",
        "百",
        "百二",
        "三千五",
        "一万一",
        "三四",
        "一二三",
        "一十百",
        "亿万",
        "一亿亿",
        "点五",
        "一点",
        "一点十",
        "3万5",
        "1,28",
        "12,80,000",
        "1.2.3",
        "012",
        "1e5",
        "十几",
        "数万",
        "约十",
        "负负五",
        "-",
        "1 2",
        "٣",
        "½",
    ],
)
def test_unsure_is_none(text: str) -> None:
    assert parse_numeral(text) is None


def test_digits_read_out() -> None:
    assert positional_digits("二〇二一") == "2021"
    assert positional_digits("二十") is None
    assert positional_digits("") is None


@given(st.text() | st.text(alphabet="零一二两十百千万亿点负廿壹佰仟0123.,-+ ", max_size=12))
def test_no_text_raises(text: str) -> None:
    found = parse_numeral(text)
    assert found is None or found.is_finite()
