"""The picture of a pack, whatever is in it: nothing overlaps, everything is on the sheet, the same each time."""

import math
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.services.pack.drawing import WIDTH, Drawing, Rect, draw
from app.services.pack.plain import em, fit, shown, wrap
from app.services.pack.shapes import shapes
from app.services.pack.subgraph import Box, Line, Picture
from app.services.pack.svg import svg

NAMES = st.text(alphabet="青石县路桥养护有限公司甲乙丙AbC 12&<>\u202e\n", min_size=0, max_size=40)


@st.composite
def pictures(draw_: st.DrawFn) -> Picture:
    count = draw_(st.integers(1, 12))
    boxes = tuple(Box(f"n{at}", "Person", draw_(NAMES), at == 0) for at in range(count))
    pairs = draw_(st.sets(st.tuples(st.integers(0, count - 1), st.integers(0, count - 1)), max_size=18))
    ties = sorted({(min(a, b), max(a, b)) for a, b in pairs if a != b})
    flags = st.booleans()
    lines = tuple(Line(f"n{a}", f"n{b}", draw_(NAMES) or "-", draw_(flags), draw_(flags)) for a, b in ties)
    return Picture(boxes, lines, 0)


def inside(rect: Rect, drawing: Drawing) -> bool:
    across = rect.x >= 0 and rect.x + rect.w <= drawing.width + 0.01
    return across and rect.y >= -0.01 and rect.y + rect.h <= drawing.height + 0.01


@settings(max_examples=25, deadline=None)
@given(pictures())
def test_no_box_covers_another_and_no_label_a_box(picture: Picture) -> None:
    drawing = draw(picture)
    assert drawing.width == WIDTH
    rects = [box.rect for box in drawing.boxes]
    assert len(rects) == len(picture.boxes)
    assert all(inside(rect, drawing) for rect in rects)
    assert not any(a.meets(b) for at, a in enumerate(rects) for b in rects[:at])
    written = [label for label in drawing.labels if not label.text[0].startswith("(")]
    assert not any(label.rect.meets(rect) for label in written for rect in rects)
    assert not any(a.rect.meets(b.rect) for at, a in enumerate(written) for b in written[:at])
    assert len(drawing.labels) == len(drawing.lines) == len(picture.lines)
    numbers = {number for number, _ in drawing.notes}
    assert numbers == set(range(1, len(numbers) + 1))
    assert draw(picture) == drawing


@settings(max_examples=25, deadline=None)
@given(pictures())
def test_both_forms_are_well_formed_and_hold_every_box(picture: Picture) -> None:
    drawing = draw(picture)
    drawn = ElementTree.fromstring(svg(drawing, "x"))
    rects = [one for one in drawn if one.tag.endswith("rect") and one.get("rx")]
    assert len(rects) == len(picture.boxes)
    word = ElementTree.fromstring(shapes(drawing, 'a "b" <c>'))
    mark = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}wsp"
    assert len(list(word.iter(mark))) == len(drawing.boxes) + len(drawing.lines) + len(drawing.labels)


def line(a: int, b: int) -> Line:
    return Line(f"n{a}", f"n{b}", "签订", True, False)


@pytest.mark.parametrize(
    "ties",
    [
        [(0, 1), (1, 2), (2, 0)],
        [(0, 1), (1, 2), (2, 3), (3, 4), (4, 0), (2, 5), (4, 5), (2, 6), (4, 6)],
        [(0, at) for at in range(1, 8)],
    ],
)
def test_where_it_can_be_avoided_no_line_runs_through_a_box(ties: list[tuple[int, int]]) -> None:
    count = 1 + max(max(pair) for pair in ties)
    boxes = tuple(Box(f"n{at}", "Company", f"企业{at}", False) for at in range(count))
    drawing = draw(Picture(boxes, tuple(line(a, b) for a, b in ties), 0))
    for one in drawing.lines:
        steps = max(1, int(math.hypot(one.x2 - one.x1, one.y2 - one.y1)))
        points = [
            (one.x1 + (one.x2 - one.x1) * at / steps, one.y1 + (one.y2 - one.y1) * at / steps)
            for at in range(steps + 1)
        ]
        for box in drawing.boxes:
            rect = box.rect
            hit = [p for p in points if rect.x < p[0] < rect.x + rect.w and rect.y < p[1] < rect.y + rect.h]
            assert hit == [], (one, box)


@given(st.text(max_size=80), st.integers(2, 30), st.integers(1, 3))
def test_text_is_no_wider_than_asked_and_says_where_it_is_cut(text: str, width: int, most: int) -> None:
    lines = wrap(text, width, most)
    assert 1 <= len(lines) <= most
    assert all(em(one) <= width + 0.001 for one in lines)
    assert em(fit(text, width)) <= width + 0.001
    flat = shown(text).replace(" ", "")
    kept = "".join(lines).replace(" ", "")
    assert kept == flat or kept.endswith("…")


def test_hidden_signs_are_not_printed() -> None:
    assert shown("甲\u202e乙\u200b丙\x00丁\n戊\ud800") == "甲乙丙丁 戊"


def test_no_line_begins_with_a_closing_sign_or_ends_with_an_opening_one() -> None:
    assert wrap("苏平德(未载明账号)", 8, 2) == ["苏平德(未载明账", "号)"]
    assert wrap("案件青监立〔2023〕2号", 6, 3) == ["案件青监立", "〔2023〕2号"]
