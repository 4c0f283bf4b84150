"""Lines, turns of questions and answers, and sentences of a text in normal form."""

import re
from dataclasses import dataclass

from nlp.genres import Genre, recognise
from nlp.spans import Sentence

_TURN = re.compile(r"^[ \u3000]*(?P<who>[问答])[ ]?:", re.MULTILINE)
_END = re.compile(r"[。!?;\n]+[”’)》」]*")
_LONG = 160
_COMMA = re.compile(r"[,:]")
_RECORDED = ("talk_record", "inquiry_record", "interrogation_record")


@dataclass(frozen=True)
class Form:
    """How a text is built.

    Attributes:
        genre: What kind of document it is.
        head: End of its head: before the first turn, or the first lines.
        tail: Start of its last lines, where it is signed.
        lines: Start of every line.
    """

    genre: Genre
    head: int
    tail: int
    lines: list[int]


def _tail(text: str, filled: list[int]) -> int:
    """Return where the last lines begin: four of a page, two of a short text."""
    return filled[-4] if len(filled) >= 6 else filled[-2] if len(filled) >= 4 else len(text)


def form_of(text: str) -> Form:
    """Return how a text is built."""
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    genre = recognise(text)
    turn = _TURN.search(text)
    head = turn.start() if turn else starts[min(12, len(starts) - 1)] if len(starts) > 12 else len(text)
    filled = [start for at, start in enumerate(starts) if text[start : [*starts, len(text)][at + 1]].strip()]
    return Form(genre, head, _tail(text, filled), starts)


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a run that is too long for one pass at its commas."""
    pieces = []
    while end - start > _LONG:
        cuts = [found.end() for found in _COMMA.finditer(text, start + _LONG // 2, start + _LONG)]
        cut = cuts[-1] if cuts else start + _LONG
        pieces.append((start, cut))
        start = cut
    return [*pieces, (start, end)]


def sentences_of(text: str) -> list[Sentence]:
    """Cut a text into sentences that hold something, each with its line and turn."""
    found: list[Sentence] = []
    turns = {match.start("who"): "qa"["问答".index(match["who"])] for match in _TURN.finditer(text)}
    turn, at, line = "", 0, 0
    for match in [*_END.finditer(text), None]:
        end = match.end() if match else len(text)
        start = at
        while start < end and text[start] in " \n\u3000":
            start += 1
        at = end
        if start < end:
            turn = turns.get(start, turn)
            found.append(Sentence(start, end, line, turn))
        line += match.group().count("\n") if match else 0
    return found


def passes(text: str, sentences: list[Sentence]) -> list[tuple[int, int]]:
    """Return the spans that the tagger reads one by one: sentences without their line end, long ones cut."""
    spans: list[tuple[int, int]] = []
    for one in sentences:
        end = one.end
        while end > one.start and text[end - 1] in "\n ":
            end -= 1
        if end > one.start:
            spans += _pieces(text, one.start, end)
    return spans
