"""A page as a scanner sees it: drawn with a font of this machine, a little askew, with specks.

The picture depends on the font, so it is drawn only when somebody asks for it with `--font`; the committed scan stays.
"""

import random
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from county.pdf import picture_pdf

_DPI = 150
_WIDTH, _HEIGHT = 1240, 1754  # A4 at 150 dots an inch


def scanned_pdf(lines: Sequence[str], font: Path) -> bytes:
    """Return a PDF with the picture of a written page."""
    page = Image.new("L", (_WIDTH, _HEIGHT), 255)
    pen = ImageDraw.Draw(page)
    letters = ImageFont.truetype(str(font), 38)
    for number, line in enumerate(lines):
        pen.text((150, 180 + number * 74), line.replace(" ", "\u3000"), font=letters, fill=20)
    rng = random.Random("specks")
    for _ in range(260):
        x, y = rng.randrange(_WIDTH), rng.randrange(_HEIGHT)
        pen.ellipse((x, y, x + 1, y + 1), fill=90)
    askew = page.rotate(0.6, resample=Image.Resampling.BICUBIC, fillcolor=255)
    flat = askew.point(lambda grey: 255 if grey > 150 else 0).convert("1")
    return picture_pdf(_WIDTH, _HEIGHT, flat.tobytes())
