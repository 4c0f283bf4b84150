"""Words and their tags: PER, LOC, ORG, TIME and parts of speech (n, v, p, w, …)."""

from collections.abc import Sequence

from nlp.lac.forward import tag_ids
from nlp.lac.segment import first_cut
from nlp.lac.threads import one_thread
from nlp.lac.weights import Weights, weights

Tagged = list[tuple[str, str]]
_ROWS = 160  # sentences a pass: large enough for fast products, small enough for the cache


def _encode(model: Weights, text: str) -> tuple[list[int], list[int]]:
    """Return word ids and their lengths; a word without an id is read character by character."""
    words, narrow = model.words, model.narrow
    unknown = words["OOV"]
    ids: list[int] = []
    lengths: list[int] = []
    for word in first_cut(text):
        if word in words:
            ids.append(words.get(narrow.get(word, word), unknown))
            lengths.append(len(word))
        else:
            ids += [words.get(narrow.get(char, char), unknown) for char in word]
            lengths += [1] * len(word)
    return ids, lengths


def _join(model: Weights, text: str, lengths: Sequence[int], tags: Sequence[int]) -> Tagged:
    found: Tagged = []
    at = 0
    for length, number in zip(lengths, tags, strict=True):
        tag = model.tags[number]
        word = text[at : at + length]
        at += length
        if found and not tag.endswith("B"):
            found[-1] = (found[-1][0] + word, tag[:-2])
        else:
            found.append((word, tag[:-2]))
    return found


def tag(texts: Sequence[str]) -> list[Tagged]:
    """Tag sentences.

    Args:
        texts: Sentences without line ends, best under 200 characters; an empty one gives no words.

    Returns:
        Words with tags, in the order given; the words of a sentence joined are the sentence.
    """
    model = weights()
    coded = [_encode(model, text) for text in texts]
    order = sorted((at for at in range(len(texts)) if texts[at]), key=lambda at: -len(coded[at][0]))
    found: list[Tagged] = [[] for _ in texts]
    with one_thread():
        for start in range(0, len(order), _ROWS):
            batch = order[start : start + _ROWS]
            for at, tags in zip(batch, tag_ids(model, [coded[at][0] for at in batch]), strict=True):
                found[at] = _join(model, texts[at], coded[at][1], tags)
    return found
