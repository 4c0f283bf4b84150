"""The gold itself: its marks are consistent, it is large enough, and nobody in it can exist."""

from collections import Counter

import pytest

from bench.text.consistency import faults
from bench.text.gold_types import GoldDocument, GoldError
from bench.text.markup import HALVES, parse, read_gold

GOLD = read_gold()
HEAD = "=== X-1 | 通报 | 试\nclaim: found\nspeaker: -\n\n"


def one(body: str) -> GoldDocument:
    """Parse a document of the body's paragraphs."""
    return next(parse(HEAD + body))


@pytest.mark.parametrize("document", GOLD, ids=lambda document: f"{document.half}-{document.name}")
def test_every_document_is_consistent(document: GoldDocument) -> None:
    assert faults(document) == []


def test_names_are_unique() -> None:
    assert [name for name, count in Counter(document.name for document in GOLD).items() if count > 1] == []


def test_the_gold_is_as_large_as_the_bars_need() -> None:
    assert sum(len(document.paragraphs) for document in GOLD) >= 200
    assert len({document.genre for document in GOLD}) >= 12
    for half in HALVES:
        share = sum(len(document.text) for document in GOLD if document.half == half)
        assert 0.4 <= share / sum(len(document.text) for document in GOLD) <= 0.6


def test_whole_manners_are_sealed() -> None:
    manners = {half: {document.manner for document in GOLD if document.half == half} for half in HALVES}
    assert manners["open"] & manners["sealed"] == set()


def test_text_spans_and_values_are_what_was_marked() -> None:
    document = one("[韩冬生|P1]送给[魏某|P2][5万元|M1=50000],[其|p1]认账。\n> TRANSFER P1>P2 amount=M1")
    assert document.text == "韩冬生送给魏某5万元,其认账。"
    shown = [(m.start, m.end, m.text, m.type, m.entity, m.named, m.value) for m in document.mentions]
    assert shown == [
        (0, 3, "韩冬生", "Person", "P1", True, None),
        (5, 7, "魏某", "Person", "P2", True, None),
        (7, 10, "5万元", "Money", "M1", True, "50000"),
        (11, 12, "其", "Person", "P1", False, None),
    ]
    (tie,) = document.relations
    assert (tie.source, tie.target, tie.attributes, tie.claims) == ("P1", "P2", {"amount": "M1"}, ("found",))


def test_a_second_paragraph_starts_after_a_line_end() -> None:
    document = one("[甲乙|P1]到案。\n\n[甲乙|P1]认账。")
    assert document.text == "甲乙到案。\n甲乙认账。"
    assert [document.text[m.start : m.end] for m in document.mentions] == ["甲乙", "甲乙"]


@pytest.mark.parametrize(
    ("body", "word"),
    [
        ("[韩冬生|P1]到案。\n> KIN P1>P2 kin=妻", "P2 is marked nowhere"),
        ("[韩冬生|P1]到[某局|A1]。\n> KIN P1>A1", "ends of the wrong type"),
        ("[韩冬生|P1]之妻[魏某|P2]\n> KIN P1>P2 kin=女婿", "does not stand in the paragraph"),
        ("[其|p1]到案。", "never named"),
        ("[十元|M1=10]和[九元|M1=9]", "two values"),
        ("[十元|M1=ten]", "no value of Money"),
        ("身份证号[990101198001010019|I1]", "no ID number of nobody"),
        ("身份证号[110101198001010010|I1]", "no invented credit code"),
        ("卡号[6217990001000000000|K1]", "Luhn"),
        ("电话[13800000000|I1]", "somebody's phone"),
    ],
)
def test_a_faulty_mark_is_found(body: str, word: str) -> None:
    assert any(word in fault for fault in faults(one(body))), faults(one(body))


@pytest.mark.parametrize("body", ["[韩冬生|X1]", "[5万元|M1]", "[韩冬生]", "甲\n> KNOWS P1>P2", "> KIN P1>P2"])
def test_an_unreadable_mark_is_an_error(body: str) -> None:
    with pytest.raises(GoldError):
        one(body)
