"""A post held again is two edges with two powers; starts that overlap stay one edge in dispute."""

from datetime import date
from pathlib import Path

import pytest

from tests.support.county import BUREAU, HAN_ID
from tests.support.registers import Ground, Projected, Row, write_folder

PERSON = {"姓名": "韩冬生", "身份证号": HAN_ID, "单位": BUREAU}
Term = tuple[date | None, date | None, bool]


def posts(*terms: tuple[str | None, str | None]) -> list[Row]:
    return [{**PERSON, "职务": "局长", "任职日期": start, "免职日期": end} for start, end in terms]


def made_of(folder: Path, *deliveries: dict[str, list[Row]]) -> Projected:
    ground = Ground(folder)
    for at, tables in enumerate(deliveries):
        ground.take(write_folder(folder / f"in-{at}", tables))
    return ground.project()


def held(made: Projected, relation: str = "HOLDS_POST") -> list[Term]:
    rows = [(edge["valid_from"], edge["valid_to"], edge["disputed"]) for edge in made.edges(relation)]
    return sorted(rows, key=str)


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        # elected again on the day the first term ended, and once more after years elsewhere
        (
            [("2012-01-05", "2015-01-05"), ("2015-01-05", "2018-01-05"), ("2021-03-01", None)],
            [
                (date(2012, 1, 5), date(2015, 1, 5), False),
                (date(2015, 1, 5), date(2018, 1, 5), False),
                (date(2021, 3, 1), None, False),
            ],
        ),
        # ends and begins in one month, the days unknown
        (
            [("2012年1月", "2015年1月"), ("2015年1月", "2018年1月")],
            [(date(2012, 1, 1), date(2015, 1, 31), False), (date(2015, 1, 1), date(2018, 1, 31), False)],
        ),
        # two registers give one term different starts: that is a contradiction
        ([("2012-01-05", "2018-01-05"), ("2014-01-05", "2018-01-05")], [(date(2012, 1, 5), date(2018, 1, 5), True)]),
        # nobody wrote down whether the first term ended
        ([("2012-01-05", None), ("2015-01-05", "2018-01-05")], [(date(2012, 1, 5), date(2018, 1, 5), True)]),
        ([("2012-01-05", "2015-01-05")], [(date(2012, 1, 5), date(2015, 1, 5), False)]),
        ([(None, None)], [(None, None, False)]),
    ],
)
def test_terms_of_one_post(tmp_path: Path, terms: list[tuple[str | None, str | None]], expected: list[Term]) -> None:
    made = made_of(tmp_path, {"任职": posts(*terms)})
    assert held(made) == expected
    assert held(made, "HAS_POWER") == expected
    assert all(made.sources(edge["eid"]) for edge in made.edges("HOLDS_POST"))


def test_a_post_that_is_over_in_a_later_delivery_is_the_same_term(tmp_path: Path) -> None:
    before, after = posts(("2012-01-05", None)), posts(("2012-01-05", "2015-01-05"), ("2016-02-01", None))
    made = made_of(tmp_path, {"任职": before}, {"任职": after})
    assert held(made) == [(date(2012, 1, 5), date(2015, 1, 5), False), (date(2016, 2, 1), None, False)]


def test_which_delivery_came_first_does_not_matter(tmp_path: Path) -> None:
    first, second = posts(("2012-01-05", "2015-01-05")), posts(("2015-03-01", "2018-01-05"))
    one = made_of(tmp_path / "one", {"任职": first}, {"任职": second})
    other = made_of(tmp_path / "other", {"任职": second}, {"任职": first})
    both = [sorted(edge["eid"] for edge in made.edges()) for made in (one, other)]
    assert both[0] == both[1] and len(held(one)) == 2


def test_what_a_text_says_of_a_term_goes_to_that_term(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write_folder(folder, {"任职": posts(("2012-01-05", "2015-01-05"), ("2017-03-01", "2020-03-01"))})
    told = f"情况说明\n韩冬生,身份证号{HAN_ID},2017年3月至2020年3月任{BUREAU}局长。\n"
    (folder / "情况说明.txt").write_text(told, encoding="utf-8")
    ground = Ground(tmp_path)
    ground.take(folder)
    made = ground.project()
    sources = {edge["valid_from"]: len(made.sources(edge["eid"])) for edge in made.edges("HOLDS_POST")}
    assert sources == {date(2012, 1, 5): 1, date(2017, 3, 1): 2}
