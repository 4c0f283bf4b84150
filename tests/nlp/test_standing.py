"""Numbers that stand with a name belong to it."""

import pytest

from nlp.pipeline import extract

CARD = "990101197003070016"


@pytest.mark.parametrize(
    ("text", "pairs"),
    [
        (f"韩冬生(身份证号{CARD})到案。", [("韩冬生", CARD)]),
        (f"韩冬生,男,1970年3月7日出生,公民身份号码{CARD},汉族。", [("韩冬生", CARD)]),
        (f"姓名 韩冬生 身份证号 {CARD}", [("韩冬生", CARD)]),
        (f"韩冬生和周启明到案。身份证号{CARD}。", []),
        ("云岭文具有限公司(统一社会信用代码:91990101MA0000014X)中标。", [("云岭文具有限公司", "91990101MA0000014X")]),
    ],
)
def test_a_number_belongs_to_the_name_it_stands_with(text: str, pairs: list[tuple[str, str]]) -> None:
    found = extract(text)
    assert [(found.mentions[a].text, found.mentions[b].text) for a, b in found.identifiers.items()] == pairs
