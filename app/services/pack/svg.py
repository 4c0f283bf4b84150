"""A drawing as SVG inside HTML; the reader's browser supplies the font."""

from html import escape

from app.services.pack.drawing import LABEL, LINE_HEIGHT, NAME, Drawing, DrawnBox, DrawnLabel

FILLS = {
    "Person": "#fdf3e1",
    "Agency": "#e6eef8",
    "Company": "#e8f4ea",
    "Contract": "#f4f0f9",
    "Tender": "#f4f0f9",
    "Account": "#f1f1f1",
    "Payment": "#f1f1f1",
    "Benefit": "#f9efef",
}
OTHER_FILL = "#f6f6f6"
_BOLD, _DASHED = ' font-weight="bold"', ' stroke-dasharray="3 2"'
RIM, HELD_RIM, LINE = "#8a8f98", "#1f3b63", "#5b6370"


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _box(box: DrawnBox) -> str:
    rect, rim, width = box.rect, (HELD_RIM if box.held else RIM), ("1.4" if box.held else "0.8")
    x, y = rect.middle
    first = y + NAME * 0.36 - (len(box.text) - 1) * NAME * 0.6
    texts = "".join(
        f'<text x="{_number(x)}" y="{_number(first + at * NAME * 1.2)}" font-size="{NAME}"'
        f"{_BOLD if box.held else ''}>{escape(line)}</text>"
        for at, line in enumerate(box.text)
    )
    return (
        f'<rect x="{_number(rect.x)}" y="{_number(rect.y)}" width="{_number(rect.w)}" height="{_number(rect.h)}" rx="3"'
        f' fill="{FILLS.get(box.type, OTHER_FILL)}" stroke="{rim}" stroke-width="{width}"/>{texts}'
    )


def _label(one: DrawnLabel) -> str:
    x, y = one.rect.middle
    first = y + LABEL * 0.36 - (len(one.text) - 1) * LINE_HEIGHT / 2
    texts = "".join(
        f'<text x="{_number(x)}" y="{_number(first + at * LINE_HEIGHT)}" font-size="{LABEL}" fill="#333">'
        f"{escape(line)}</text>"
        for at, line in enumerate(one.text)
    )
    rect = f'x="{_number(one.rect.x)}" y="{_number(one.rect.y)}" width="{_number(one.rect.w)}"'
    return f'<rect {rect} height="{_number(one.rect.h)}" fill="#fff"/>{texts}'


def svg(drawing: Drawing, name: str) -> str:
    """Return the SVG of a drawing.

    Args:
        drawing: What to draw.
        name: Unique in the page, of the arrow head; also read out instead of the picture.
    """
    marker = f"arrow-{escape(name)}"
    pointed = f' marker-end="url(#{marker})"'
    lines = "".join(
        f'<line x1="{_number(one.x1)}" y1="{_number(one.y1)}" x2="{_number(one.x2)}" y2="{_number(one.y2)}"'
        f' stroke="{LINE}" stroke-width="0.9"{_DASHED if one.dashed else ""}'
        f"{pointed if one.arrow else ''}/>"
        for one in drawing.lines
    )
    labels = "".join(map(_label, drawing.labels))
    head = (
        f'<defs><marker id="{marker}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="6" markerHeight="6"'
        f' orient="auto-start-reverse"><path d="M0 0 8 4 0 8z" fill="{LINE}"/></marker></defs>'
    )
    size = f'viewBox="0 0 {_number(drawing.width)} {_number(drawing.height)}"'
    boxes = "".join(map(_box, drawing.boxes))
    return f'<svg {size} role="img" text-anchor="middle">{head}{lines}{labels}{boxes}</svg>'
