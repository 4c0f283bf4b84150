"""Dates and times in register cells."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.dates import OPEN_ENDED, PartialDate, parse_date, parse_time

days = st.dates(date(1900, 1, 1), date(2100, 12, 31))
moments = st.datetimes(datetime(1900, 1, 1), datetime(2100, 12, 31)).map(lambda value: value.replace(microsecond=0))

DAY_FORMS = ["{0:%Y-%m-%d}", "{0:%Y/%m/%d}", "{0:%Y.%m.%d}", "{0:%Y%m%d}", "{0:%Y年%m月%d日}", "{0:%Y-%m-%d} 00:00:00"]
DAY_FORMS += ["{0.year}/{0.month}/{0.day}", "{0.year}年{0.month}月{0.day}日", "{0.year} 年 {0.month} 月 {0.day} 号"]
MONTH_FORMS = [
    "{0:%Y-%m}",
    "{0:%Y/%m}",
    "{0:%Y.%m}",
    "{0:%Y%m}",
    "{0:%Y年%m月}",
    "{0.year}年{0.month}月",
    "{0.year}-{0.month}",
]
TIME_FORMS = ["%Y-%m-%d %H:%M:%S", "%Y%m%d%H%M%S", "%Y/%m/%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S.0"]
TIME_FORMS += ["%Y-%m-%d %H:%M:%S.123", "%Y年%m月%d日 %H:%M:%S", "%Y年%m月%d日%H时%M分%S秒", "%Y%m%d %H:%M:%S"]
TIME_FORMS += ["%Y-%m-%d-%H.%M.%S.000000", "%Y%m%d %H%M%S", "%Y-%m-%dT%H:%M:%S+08:00"]
FULL_WIDTH = {ord(char): ord(char) + 0xFEE0 for char in "0123456789-/.:"}


@given(days, st.sampled_from(DAY_FORMS), st.booleans())
def test_days_are_read_back(day: date, form: str, wide: bool) -> None:
    text = form.format(day)
    assert parse_date(text.translate(FULL_WIDTH) if wide else text) == PartialDate(day, day, "day")


@given(days, st.sampled_from(MONTH_FORMS))
def test_months_are_read_back(day: date, form: str) -> None:
    found = parse_date(form.format(day))
    assert found is not None
    assert found.precision == "month"
    assert found.earliest == day.replace(day=1)
    assert (found.latest.year, found.latest.month) == (day.year, day.month)
    assert (found.latest.toordinal() + 1) == (date(day.year + day.month // 12, day.month % 12 + 1, 1)).toordinal()


@pytest.mark.parametrize("text", ["2021", "2021年", "２０２１", "二〇二一年", " 2021 ", "2021.1"])
def test_years(text: str) -> None:
    assert parse_date(text) == PartialDate(date(2021, 1, 1), date(2021, 12, 31), "year")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("二〇二一年三月五日", date(2021, 3, 5)),
        ("二零二一年十二月三十一日", date(2021, 12, 31)),
        ("二〇二一年元月廿三日", date(2021, 1, 23)),
        ("二○二〇年二月二十九日", date(2020, 2, 29)),
        ("'2021-03-05", date(2021, 3, 5)),
        ("20210305140211", date(2021, 3, 5)),
    ],
)
def test_days_in_other_words(text: str, day: date) -> None:
    assert parse_date(text) == PartialDate(day, day, "day")


@pytest.mark.parametrize(
    "text",
    [
        "2021-02-30",
        "2021-13",
        "2021-00",
        "2021-13-01",
        "20210230",
        "202113",
        "1899-12-31",
        "2101-01-01",
        "1900-01-00",
        "44260",
        "210305",
        "21-03-05",
        "03/05/2021",
        "2021-3.5",
        "2021年3",
        "三月五日",
        "2021年十三月",
        "2021年3月上旬",
        "约2021年",
        "2021-2022",
        "2021-03-05至2021-04-05",
        "0000-00-00",
        "2021-03-05 25:00",
        "2021-03-05T00:00:00Z",
        "二〇二一",
    ],
)
def test_impossible_or_unsure_is_none(text: str) -> None:
    assert parse_date(text) is None
    assert parse_time(text) is None


@pytest.mark.parametrize("text", sorted(OPEN_ENDED))
def test_words_for_still_holding_are_no_dates(text: str) -> None:
    assert parse_date(text) is None
    assert parse_time(text) is None


@given(moments, st.sampled_from(TIME_FORMS))
def test_times_are_read_back(moment: datetime, form: str) -> None:
    assert parse_time(moment.strftime(form)) == (moment, False)
    assert parse_date(moment.strftime(form)) == PartialDate(moment.date(), moment.date(), "day")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("2021/3/5 14:02", (datetime(2021, 3, 5, 14, 2), False)),
        ("202103051402", (datetime(2021, 3, 5, 14, 2), False)),
        ("2021-03-05", (datetime(2021, 3, 5), True)),
        ("20210305", (datetime(2021, 3, 5), True)),
        ("2021-03-05 00:00:00", (datetime(2021, 3, 5), False)),
        ("2021-03", None),
        ("2021-03-05 24:00:00", None),
        ("2021-03-05 14:60", None),
        ("14:02:11", None),
        ("20210305146011", None),
    ],
)
def test_times(text: str, found: tuple[datetime, bool] | None) -> None:
    assert parse_time(text) == found


@given(st.text() | st.text(alphabet="0123456789-/.: T年月日时分秒二〇一十廿元", max_size=20))
def test_no_text_raises(text: str) -> None:
    day, moment = parse_date(text), parse_time(text)
    assert day is None or date(1900, 1, 1) <= day.earliest <= day.latest <= date(2100, 12, 31)
    assert moment is None or day is not None
