"""Small PDF files: lines of Chinese text in the reader's own Song type, or one picture a page."""

import zlib
from collections.abc import Sequence

WIDTH, HEIGHT = 595, 842  # A4 in points
COLUMNS, ROWS = 38, 42
_FONT = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 [500] 814 939 500]"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor 5 0 R >>",
    b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0"
    b" /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
)


def _width(text: str) -> int:
    return sum(1 if ord(letter) < 0x100 else 2 for letter in text)


def folded(lines: Sequence[str]) -> list[str]:
    """Break lines where the paper ends, as a printer does: in the middle of words."""
    out = []
    for line in lines:
        rest = line
        while _width(rest) > 2 * COLUMNS:
            cut = next(n for n in range(len(rest), 0, -1) if _width(rest[:n]) <= 2 * COLUMNS)
            out.append(rest[:cut])
            rest = rest[cut:]
        out.append(rest)
    return out


def _packed(objects: Sequence[bytes]) -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def _stream(head: bytes, body: bytes) -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head, len(body), body)


def _document(first: Sequence[bytes], pages: Sequence[tuple[bytes, bytes]]) -> bytes:
    """Pack pages of (resources, content stream) behind the objects that they share, which begin at number 3."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", *first]
    kids = []
    for resources, content in pages:
        objects.append(_stream(b"", content))
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Resources << %s >> /Contents %d 0 R >>"
        objects.append(page % (WIDTH, HEIGHT, resources, len(objects)))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return _packed(objects)


def text_pdf(lines: Sequence[str]) -> bytes:
    """Return a PDF that holds lines as text."""
    whole = folded(lines)
    pages = []
    for start in range(0, len(whole), ROWS):
        shown = b"".join(b"<%s> Tj T*\n" % line.encode("utf-16-be").hex().encode() for line in whole[start:][:ROWS])
        pages.append((b"/Font << /F1 3 0 R >>", b"BT /F1 11.5 Tf 17.4 TL 76 776 Td\n" + shown + b"ET"))
    return _document(_FONT, pages)


def picture_pdf(width: int, height: int, bits: bytes) -> bytes:
    """Return a PDF of one page that is nothing but a picture.

    Args:
        width: Pixels a row.
        height: Rows.
        bits: One bit a pixel, rows padded to whole bytes, 1 is white.
    """
    head = b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray" % (width, height)
    picture = _stream(head + b" /BitsPerComponent 1 /Filter /FlateDecode", zlib.compress(bits, 9))
    content = b"q %d 0 0 %d 0 0 cm /I1 Do Q" % (WIDTH, HEIGHT)
    return _document([picture], [(b"/XObject << /I1 3 0 R >>", content)])
