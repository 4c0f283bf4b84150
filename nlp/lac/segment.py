"""The first cut of a text into words, by the most probable path through a word list; LAC reads these words."""

import re
from functools import cache
from math import log

from nlp.lac.weights import checked

_LATIN = re.compile(r"[a-zA-Z0-9]")


@cache
def lexicon() -> tuple[dict[str, float | None], float]:
    """Return word -> log probability (None for a mere beginning of words), and that of an unknown character."""
    # The model was trained on words cut with their length, not their count, as weight; the total is that of the counts.
    lines = [line.split(" ") for line in checked()["small_seg.dic"].decode("utf-8").splitlines() if " " in line.strip()]
    total = log(sum(int(count) for _, count in lines))
    scores: dict[str, float | None] = {word: log(len(word)) - total for word, _ in lines}
    for word, _ in lines:
        for end in range(1, len(word)):
            scores.setdefault(word[:end], None)
    return scores, -total


def _route(text: str) -> list[int]:
    """Return for each place the end of the best word that begins there; of equals the longer one."""
    scores, unknown = lexicon()
    size = len(text)
    best = [0.0] * (size + 1)
    ends = [0] * size
    for at in range(size - 1, -1, -1):
        end = at + 1
        chosen, score = end, unknown + best[end]
        word = text[at]
        while word in scores:
            own = scores[word]
            if own is not None and own + best[end] >= score:
                chosen, score = end, own + best[end]
            end += 1
            if end > size:
                break
            word = text[at:end]
        best[at], ends[at] = score, chosen
    return ends


def first_cut(text: str) -> list[str]:
    """Cut a text; single Latin letters and digits that follow each other stay together."""
    ends = _route(text)
    words: list[str] = []
    at, size, joining = 0, len(text), False
    while at < size:
        end = ends[at]
        word = text[at:end]
        latin = end - at == 1 and _LATIN.match(word) is not None
        if latin and joining:
            words[-1] += word
        else:
            words.append(word)
        joining = latin
        at = end
    return words
