"""What a sentence must hold for a rule to match it: read from the pattern, so that most rules are never tried."""

import re

from nlp.relating.coding import CODES
from nlp.relating.fields import ELIDED, FIELD, lists, raw

_HAN = re.compile("[\u4e00-\u9fff]+")
_PLAIN = re.compile("[\u4e00-\u9fff|:]+")
_CODES = frozenset(CODES.values())
_OPTIONAL = ("?", "*", "{0", "{,")


def _group(pattern: str, at: int) -> int:
    """Return one past the bracket that closes the one at `at`."""
    depth = 0
    while at < len(pattern):
        if pattern[at] == "\\":
            at += 2
            continue
        depth += {"(": 1, ")": -1}.get(pattern[at], 0)
        at += 1
        if depth == 0:
            return at
    return at


def _field(match: re.Match[str]) -> tuple[str, ...]:
    what = match["what"]
    if match["gap"] or match["wide"] or what in ELIDED or what in raw():
        return ()
    if match["kind"] == "@":
        return tuple(lists()[what])
    return tuple(CODES[one] for one in what.split("|"))  # type: ignore[index]


def required(pattern: str) -> tuple[tuple[str, ...], ...]:
    """Return sets of words and codes: a text that matches holds one of each set.

    Args:
        pattern: A rule's pattern; what is optional, or stands in one branch of several, requires nothing.
    """
    needs: list[tuple[str, ...]] = []
    at = 0
    if "|" in re.sub(r"\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|\{[^{}]*\}|\[[^\]]*\]", "", pattern):
        return ()  # branches at the top
    while at < len(pattern):
        field, han = FIELD.match(pattern, at), _HAN.match(pattern, at)
        words: tuple[str, ...] = ()
        if field is not None:
            words, end = _field(field), field.end()
        elif pattern[at] == "(":
            end = _group(pattern, at)
            inner = re.sub(r"^\((?:\?:|\?P<\w+>)?|\)$", "", pattern[at:end])
            inside = FIELD.fullmatch(inner)
            if _PLAIN.fullmatch(inner) and not inner.startswith("?"):
                words = tuple(inner.split("|")) if all(inner.split("|")) else ()
            elif inside is not None:
                words = _field(inside)
        elif pattern[at] == "[":
            end = pattern.index("]", at) + 1
        elif pattern[at] in _CODES:
            words, end = (pattern[at],), at + 1
        elif han is not None:
            end = han.end()
            if pattern.startswith(_OPTIONAL, end):
                words, end = ((han.group()[:-1],) if len(han.group()) > 1 else ()), end
            else:
                words = (han.group(),)
            needs += [words] if words else []
            at = end
            continue
        else:
            end = at + (2 if pattern[at] == "\\" else 1)
        if words and not pattern.startswith(_OPTIONAL, end):
            needs.append(words)
        at = end
    return tuple(sorted(set(needs), key=len))
