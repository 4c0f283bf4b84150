"""A laid-out picture as shapes in points: boxes, lines cut off at the boxes, and labels that cover nothing.

A label for which there is no room is replaced by a number, and said in a note under the picture.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.services.pack.layout import Cell, Grid, place
from app.services.pack.plain import em, fit, wrap
from app.services.pack.subgraph import Line, Picture

WIDTH, ROW = 425.0, 47.0
NAME, LABEL = 7.5, 6.5
LINE_HEIGHT = 1.15 * LABEL
_BOX_HEIGHT, _PAD, _EDGE = 25.0, 3.0, 2.0
_LONGEST_LABEL = 17.0
# Fonts differ a little in how wide they are.
_SLACK = 0.94
_SLIDES = (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82)


@dataclass(frozen=True)
class Rect:
    """A rectangle: left, top, width, height."""

    x: float
    y: float
    w: float
    h: float

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle."""
        return self.x + self.w / 2, self.y + self.h / 2

    def meets(self, other: "Rect", margin: float = 0.0) -> bool:
        """Tell whether two rectangles overlap, or come nearer than a margin."""
        across = self.x < other.x + other.w + margin and other.x < self.x + self.w + margin
        return across and self.y < other.y + other.h + margin and other.y < self.y + self.h + margin


@dataclass(frozen=True)
class DrawnBox:
    """A box with its name in one or two lines."""

    rect: Rect
    text: tuple[str, ...]
    type: str
    held: bool


@dataclass(frozen=True)
class DrawnLine:
    """A straight line between the rims of two boxes."""

    x1: float
    y1: float
    x2: float
    y2: float
    arrow: bool
    dashed: bool


@dataclass(frozen=True)
class DrawnLabel:
    """A text on a line, in one or two lines."""

    rect: Rect
    text: tuple[str, ...]


@dataclass(frozen=True)
class Drawing:
    """Everything, in points; `notes` are the numbered labels: number and text."""

    width: float
    height: float
    boxes: tuple[DrawnBox, ...]
    lines: tuple[DrawnLine, ...]
    labels: tuple[DrawnLabel, ...]
    notes: tuple[tuple[int, str], ...]


def _rect(cell: Cell, grid: Grid) -> Rect:
    wide = WIDTH / grid.columns
    box = {1: 150.0, 2: 125.0, 3: 92.0}.get(grid.columns, 0.71 * wide)
    return Rect(cell[0] * wide + (wide - box) / 2, cell[1] * ROW + (ROW - _BOX_HEIGHT) / 2, box, _BOX_HEIGHT)


def _rim(rect: Rect, towards: tuple[float, float], gap: float) -> tuple[float, float]:
    """Return where a line from the middle of a box leaves it."""
    x, y = rect.middle
    dx, dy = towards[0] - x, towards[1] - y
    across = (rect.w / 2 + gap) / abs(dx) if dx else math.inf
    down = (rect.h / 2 + gap) / abs(dy) if dy else math.inf
    share = min(across, down)
    return x + dx * share, y + dy * share


def _meets_line(rect: Rect, line: DrawnLine) -> bool:
    steps = 24
    return any(
        rect.x < line.x1 + (line.x2 - line.x1) * at / steps < rect.x + rect.w
        and rect.y < line.y1 + (line.y2 - line.y1) * at / steps < rect.y + rect.h
        for at in range(steps + 1)
    )


def _room(line: DrawnLine, size: tuple[float, float], taken: Sequence[Rect], lines: Iterable[DrawnLine]) -> Rect | None:
    """Return where on a line a text finds room, with as few other lines under it as can be; None when nowhere."""
    w, h = size
    others = [one for one in lines if one != line]
    best: tuple[int, float] | None = None
    chosen = None
    for slide in _SLIDES:
        x, y = line.x1 + (line.x2 - line.x1) * slide, line.y1 + (line.y2 - line.y1) * slide
        rect = Rect(x - w / 2, y - h / 2, w, h)
        if rect.x < 0 or rect.x + w > WIDTH or any(rect.meets(one, 0.8) for one in taken):
            continue
        worth = (sum(_meets_line(rect, one) for one in others), abs(slide - 0.5))
        if best is None or worth < best:
            best, chosen = worth, rect
    return chosen


def _forms(label: str) -> list[tuple[str, ...]]:
    """Return how a label may be written: in one line, in two of about the same length."""
    wide = em(label)
    forms: list[tuple[str, ...]] = []
    if wide <= _LONGEST_LABEL:
        forms.append((label,))
    if 3 < wide <= 1.7 * _LONGEST_LABEL:
        two = min((wrap(label, wide * share, 3) for share in (0.5, 0.55, 0.6, 0.7)), key=len)
        if len(two) == 2:
            forms.append(tuple(two))
    return forms


def _size(text: Sequence[str]) -> tuple[float, float]:
    return max(map(em, text)) * LABEL / _SLACK + 2, LINE_HEIGHT * len(text) + 1.0


def _labelled(
    lines: Sequence[tuple[Line, DrawnLine]], boxes: Sequence[DrawnBox]
) -> tuple[list[DrawnLabel], list[tuple[int, str]]]:
    taken = [box.rect for box in boxes]
    drawn = [one for _, one in lines]
    labels: list[DrawnLabel] = []
    notes: list[tuple[int, str]] = []
    waiting: list[tuple[Line, DrawnLine]] = []
    # The shortest lines have the least room and come first.
    for line, one in sorted(lines, key=lambda pair: math.hypot(pair[1].x2 - pair[1].x1, pair[1].y2 - pair[1].y1)):
        for text in _forms(line.label):
            found = _room(one, _size(text), taken, drawn)
            if found is not None:
                taken.append(found)
                labels.append(DrawnLabel(found, text))
                break
        else:
            waiting.append((line, one))
    for line, one in waiting:
        number = len(notes) + 1
        text = (f"({number})",)
        size = _size(text)
        middle = Rect((one.x1 + one.x2 - size[0]) / 2, (one.y1 + one.y2 - size[1]) / 2, *size)
        found = _room(one, size, taken, drawn) or middle
        taken.append(found)
        labels.append(DrawnLabel(found, text))
        notes.append((number, line.label))
    return labels, notes


def draw(picture: Picture) -> Drawing:
    """Lay a picture out."""
    grid, cells = place(picture)
    boxes = {}
    for box in picture.boxes:
        rect = _rect(cells[box.id], grid)
        text = tuple(wrap(box.name, _SLACK * (rect.w - 2 * _PAD) / NAME, 2))
        boxes[box.id] = DrawnBox(rect, text, box.type, box.held)
    lines = []
    for line in picture.lines:
        a, b = boxes[line.a].rect, boxes[line.b].rect
        start, end = _rim(a, b.middle, _EDGE), _rim(b, a.middle, _EDGE)
        lines.append((line, DrawnLine(*start, *end, line.arrow, line.inferred)))
    labels, notes = _labelled(lines, list(boxes.values()))
    drawn = tuple(one for _, one in lines)
    return Drawing(WIDTH, grid.rows * ROW, tuple(boxes.values()), drawn, tuple(labels), tuple(notes))


def note_lines(drawing: Drawing, width: float) -> list[str]:
    """Return the notes as one text line, no wider than `width` Han characters; empty when there are none."""
    text = "  ".join(f"({number}) {label}" for number, label in drawing.notes)
    return [fit(text, width)] if text else []
