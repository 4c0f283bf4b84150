"""Recognising the lines of a picture with rapidocr, when the extra `ocr` is installed; it works offline."""

import importlib.util
from functools import cache
from pathlib import Path
from typing import Any

from ingest.readers.guards import check_content
from ingest.readers.textual import Box, ReaderText
from ingest.readers.unreadable import Unreadable

READER_ID = "picture"
VERSION = "1"

_SAME_LINE = 0.6  # two boxes whose middles differ by less than this share of their height stand side by side


@cache
def available() -> bool:
    """Say whether the extra is installed."""
    return all(importlib.util.find_spec(name) is not None for name in ("rapidocr", "onnxruntime"))


@cache
def _engine() -> Any:
    import rapidocr

    return rapidocr.RapidOCR(params={"Global.log_level": "critical"})


def _in_order(found: list[tuple[Any, str, float]]) -> list[list[tuple[Any, str, float]]]:
    """Return recognised pieces as lines from top to bottom, each from left to right."""
    lines: list[list[tuple[Any, str, float]]] = []
    for piece in sorted(found, key=lambda one: float(one[0][:, 1].mean())):
        middle, height = float(piece[0][:, 1].mean()), float(piece[0][:, 1].max() - piece[0][:, 1].min())
        if lines and middle - float(lines[-1][0][0][:, 1].mean()) < _SAME_LINE * height:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=lambda one: float(one[0][:, 0].min())) for line in lines]


def recognise(image: Any, page: int, at: int) -> tuple[str, list[Box]]:
    """Read a picture.

    Args:
        image: Rows, columns, channels of 8 bits; or a path.
        page: Its number, from 1.
        at: Where its text will begin in the whole.

    Returns:
        The text, lines parted by `\\n`, and a box for each piece; empty when there is nothing to read.
    """
    answer = _engine()(image)
    if answer.txts is None:
        return "", []
    height, width = answer.img.shape[:2]
    pieces = list(zip(answer.boxes, answer.txts, answer.scores, strict=True))
    text, boxes = "", []
    for line in _in_order(pieces):
        for place, (corners, words, score) in enumerate(line):
            text += " " if place else ""
            shares = tuple(
                round(float(c) / (height if odd else width), 4) for xy in corners for odd, c in enumerate(xy)
            )
            boxes.append(Box(at + len(text), at + len(text) + len(words), page, shares, round(float(score), 4)))
            text += words
        text += "\n"
    return text.rstrip("\n"), boxes


def read_picture(path: Path, encoding: str | None = None) -> ReaderText:
    """Read a scan that is a picture.

    Args:
        path: The file.
        encoding: Not used; every text reader takes it.

    Raises:
        Unreadable: Missing, empty, no picture, nothing on it, or no recogniser installed.
    """
    check_content(path, frozenset({"png", "jpeg", "text"}))
    if not available():
        raise Unreadable("file.scan", path)
    try:
        text, boxes = recognise(str(path), 1, 0)
    except Exception as error:  # decoders of pictures raise whatever they like
        raise Unreadable("file.damaged", path, detail=type(error).__name__) from error
    if not text.strip():
        raise Unreadable("file.no_text", path)
    return ReaderText(text + "\n", (0,), READER_ID, VERSION, [], boxes, verified=False)
