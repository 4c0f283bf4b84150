"""A rank is never raised, a denial never lost: who says it, how strongly, and whether it is said to be so at all."""

import pytest

from nlp.pipeline import extract

TALK = "谈话笔录\n被谈话人:罗建平\n问:说说情况?\n答:{}\n"
VERDICT = "云岭县人民法院\n刑事判决书\n{}\n"


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("经查,韩冬生的妻弟周启明经营该公司。", ["found"]),
        ("据群众反映,韩冬生的妻弟周启明经营该公司。", ["alleged"]),
        ("听说韩冬生的妻弟周启明经营该公司。", ["hearsay"]),
        ("李大勇证实,韩冬生的妻弟周启明经营该公司。", ["witness"]),
        ("周启明交代,韩冬生的妻子周启兰是其姐姐。", ["witness"]),
        ("经核实,反映韩冬生的妻弟周启明经营该公司的问题不属实。", ["refuted"]),
        ("经查,未发现周启明送给韩冬生5万元。", ["refuted"]),
        ("群众反映周启明送给韩冬生5万元。经核实,上述问题不属实。", ["refuted"]),
        (VERDICT.format("公诉机关指控,周启明送给韩冬生5万元。"), ["alleged"]),
        (VERDICT.format("经审理查明,周启明送给韩冬生5万元。"), ["adjudicated"]),
        (VERDICT.format("公诉机关指控如下。2019年8月,周启明送给韩冬生5万元。"), ["alleged"]),
        (TALK.format("韩冬生的妻弟是周启明。"), ["witness"]),
        (TALK.format("我送给韩冬生5万元。"), ["self"]),
        (TALK.format("我听说韩冬生的妻弟周启明在那里。"), ["hearsay"]),
        (TALK.format("法院认定韩冬生的妻弟周启明有股份。"), ["witness"]),
        ("举报信\n经查,韩冬生的妻弟周启明经营该公司。\n举报人:郭成林\n", ["alleged"]),
    ],
)
def test_rank(text: str, claims: list[str]) -> None:
    found = extract(text)
    assert [tie.claim for tie in found.relations if tie.type in ("KIN", "TRANSFER")][: len(claims)] == claims


@pytest.mark.parametrize(
    "text",
    [
        "周启明并非韩冬生的妻弟。",
        "周启明没有替韩冬生代持股份。",
        "周启明不是云岭文具有限公司法定代表人。",
        "华信建设工程有限公司未中标青石县实验小学教学楼改造工程。",
        "周启明否认向韩冬生转账5万元。",
    ],
)
def test_a_denial_is_never_a_stated_fact(text: str) -> None:
    assert all(tie.negated or tie.claim == "refuted" for tie in extract(text).relations)


@pytest.mark.parametrize(
    "text",
    [
        "周启明是否送给韩冬生5万元?",
        "周启明打算送给韩冬生5万元。",
        "周启明答应送给韩冬生5万元。",
        "如果周启明送给韩冬生5万元。",
        "周启明可能是韩冬生的妻弟。",
        TALK.format("不清楚。") + "问:韩冬生的妻弟周启明送给你5万元?\n",
    ],
)
def test_what_is_only_asked_planned_or_supposed_states_nothing(text: str) -> None:
    assert extract(text).relations == []


def test_what_was_given_to_an_unnamed_wife_is_not_told_of_him() -> None:
    assert extract("2018年9月,贺志强转给韩冬生的妻子5万元。").relations == []
