"""A drawing as DrawingML shapes inside a Word document: Word supplies the font, nothing is rendered here."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from app.services.pack.drawing import LABEL, LINE_HEIGHT, NAME, Drawing, DrawnBox, DrawnLabel, DrawnLine, Rect
from app.services.pack.svg import FILLS, HELD_RIM, LINE, OTHER_FILL, RIM

EMU = 12_700
_FONTS = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="SimSun"/>'
_DASH, _HEAD = '<a:prstDash val="dash"/>', '<a:tailEnd type="triangle" w="med" len="med"/>'
_NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
_GROUP = "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"


def _emu(points: float) -> int:
    return round(points * EMU)


def _frame(rect: Rect, flip: str = "") -> str:
    return (
        f'<a:xfrm{flip}><a:off x="{_emu(rect.x)}" y="{_emu(rect.y)}"/>'
        f'<a:ext cx="{_emu(rect.w)}" cy="{_emu(rect.h)}"/></a:xfrm>'
    )


def _paragraphs(texts: tuple[str, ...], size: float, bold: bool) -> str:
    spacing = f'<w:spacing w:before="0" w:after="0" w:line="{round(size * 1.2 * 20)}" w:lineRule="exact"/>'
    run = f'<w:rPr>{_FONTS}{"<w:b/>" if bold else ""}<w:sz w:val="{round(size * 2)}"/></w:rPr>'
    return "".join(
        f'<w:p><w:pPr>{spacing}<w:jc w:val="center"/></w:pPr>'
        f'<w:r>{run}<w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'
        for text in texts
    )


def _text_box(texts: tuple[str, ...], size: float, bold: bool) -> str:
    return (
        f"<wps:txbx><w:txbxContent>{_paragraphs(texts, size, bold)}</w:txbxContent></wps:txbx>"
        '<wps:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"><a:noAutofit/></wps:bodyPr>'
    )


def _box(number: int, box: DrawnBox) -> str:
    fill, rim = FILLS.get(box.type, OTHER_FILL)[1:], (HELD_RIM if box.held else RIM)[1:]
    return (
        f'<wps:wsp><wps:cNvPr id="{number}" name="box {number}"/><wps:cNvSpPr/><wps:spPr>{_frame(box.rect)}'
        f'<a:prstGeom prst="roundRect"><a:avLst/></a:prstGeom><a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>'
        f'<a:ln w="{_emu(1.4 if box.held else 0.8)}"><a:solidFill><a:srgbClr val="{rim}"/></a:solidFill></a:ln>'
        f"</wps:spPr>{_text_box(box.text, NAME, box.held)}</wps:wsp>"
    )


def _label(number: int, label: DrawnLabel) -> str:
    return (
        f'<wps:wsp><wps:cNvPr id="{number}" name="label {number}"/><wps:cNvSpPr txBox="1"/><wps:spPr>'
        f'{_frame(label.rect)}<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
        '<a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill><a:ln><a:noFill/></a:ln></wps:spPr>'
        f"{_text_box(label.text, LINE_HEIGHT / 1.2 if len(label.text) > 1 else LABEL, False)}</wps:wsp>"
    )


def _line(number: int, line: DrawnLine) -> str:
    rect = Rect(min(line.x1, line.x2), min(line.y1, line.y2), abs(line.x2 - line.x1), abs(line.y2 - line.y1))
    flip = (' flipH="1"' if line.x2 < line.x1 else "") + (' flipV="1"' if line.y2 < line.y1 else "")
    return (
        f'<wps:wsp><wps:cNvPr id="{number}" name="line {number}"/><wps:cNvCnPr/><wps:spPr>{_frame(rect, flip)}'
        f'<a:prstGeom prst="line"><a:avLst/></a:prstGeom><a:ln w="{_emu(0.9)}"><a:solidFill>'
        f'<a:srgbClr val="{LINE[1:]}"/></a:solidFill>{_DASH if line.dashed else ""}'
        f"{_HEAD if line.arrow else ''}</a:ln></wps:spPr>"
        "<wps:bodyPr/></wps:wsp>"
    )


def _shapes(drawing: Drawing) -> Iterator[str]:
    number = 10
    for line in drawing.lines:
        yield _line(number := number + 1, line)
    for label in drawing.labels:
        yield _label(number := number + 1, label)
    for box in drawing.boxes:
        yield _box(number := number + 1, box)


def shapes(drawing: Drawing, title: str) -> str:
    """Return the XML of a run that holds the drawing in line with the text.

    Args:
        drawing: What to draw.
        title: Read out instead of the picture.
    """
    size = f'cx="{_emu(drawing.width)}" cy="{_emu(drawing.height)}"'
    name = escape(title, {'"': "&quot;"})
    whole = f'<a:off x="0" y="0"/><a:ext {size}/><a:chOff x="0" y="0"/><a:chExt {size}/>'
    return (
        f'<w:r {_NAMESPACES}><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="1" name="{name}" descr="{name}"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_GROUP}"><wpg:wgp><wpg:cNvGrpSpPr/>'
        f"<wpg:grpSpPr><a:xfrm>{whole}</a:xfrm></wpg:grpSpPr>{''.join(_shapes(drawing))}</wpg:wgp>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
