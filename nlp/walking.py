"""Walking left from the end of a name over the tagger's words, to where the name can begin."""

import re
from bisect import bisect_right
from functools import cache

from nlp.spans import Token
from nlp.words import any_of, table

_NAME_TAGS = frozenset({"LOC", "ORG", "ns", "nt", "nz", "n", "nw", "vn", "an", "a", "s", "f", "j"})
_NUMBER = re.compile(r"第?[一二三四五六七八九十0-9]{1,4}")
_FIRM_END = re.compile(r"有限(?:责任)?公司(?![\u4e00-\u9fff]{0,8}(?:分公司|子公司|项目部|支行|分行|办事处))")
_MASK = re.compile(r"(?:某某?|×{1,3}|X{1,3}|[A-Z])[省市县区镇乡村]?")
_NO_START = frozenset("的了着过和与及或在由被把将对为以从向因而并但其此等之第号年月日")


@cache
def _inside() -> re.Pattern[str]:
    return re.compile(any_of(table("organisations")["inside"]["words"]))


@cache
def _industry() -> re.Pattern[str]:
    return re.compile(any_of(table("organisations")["industry"]["words"]))


@cache
def _labels() -> frozenset[str]:
    return frozenset(table("organisations")["labels"]["words"])


@cache
def _label_first() -> re.Pattern[str]:
    return re.compile(any_of(_labels()))


class Walk:
    """The words of one text, and where names ending in them can begin."""

    def __init__(self, text: str, tokens: list[Token], also: re.Pattern[str] | None = None) -> None:
        self.text = text
        self.also = also
        self.tokens = tokens
        self.starts = [token.start for token in tokens]
        self.bound = frozenset(self.starts)
        self.inside = frozenset(at for found in _inside().finditer(text) for at in range(*found.span()))

    def at(self, place: int) -> int:
        """Return the number of the word that holds a character; -1 before the first."""
        return bisect_right(self.starts, place) - 1

    def _joins(self, token: Token, *, first: bool) -> bool:
        word = self.text[token.start : token.end]
        if token.start in self.inside or _MASK.fullmatch(word):
            return True
        if word in _labels() or not word.strip():
            return False
        if self.also is not None and self.also.fullmatch(word):
            return True
        if token.tag in _NAME_TAGS:
            return word[-1] not in ",。;:、“”()《》!?\n"
        if token.tag == "m":
            return _NUMBER.fullmatch(word) is not None and (not word.isdigit() or word.startswith("第"))
        if token.tag == "PER":
            return not first and len(word) <= 2
        return token.tag in ("v", "nr", "xc", "ad", "vd", "b") and _industry().fullmatch(word) is not None

    def back(self, start: int, *, most: int = 26) -> int:
        """Return where a name can begin whose ending begins at `start`.

        Args:
            start: First character of the ending (有限公司, 局).
            most: Characters that a name may have before it.
        """
        number = self.at(start)
        if number < 0:
            return start
        begin = min(start, self.tokens[number].start)
        first = True
        while number > 0 and start - begin < most:
            token = self.tokens[number - 1]
            if token.end != begin:
                break
            if token.tag == "w" and self.text[token.start : token.end] == ")":
                opened = self.text.rfind("(", max(0, token.start - 8), token.start)
                if opened > 0 and "," not in self.text[opened : token.start] and self.at(opened) > 0:
                    number, begin = self.at(opened), opened
                    continue
                break
            if not self._joins(token, first=first):
                break
            begin, number, first = token.start, number - 1, False
        return self.trim(self._after_firm(begin, start), start)

    def _after_firm(self, begin: int, start: int) -> int:
        """Begin after a firm that the tagger ran together with what follows, unless its branch is meant."""
        ends = [found.end() for found in _FIRM_END.finditer(self.text, begin, start)]
        return ends[-1] if ends else begin

    def trim(self, begin: int, start: int) -> int:
        """Take off what cannot begin a name: labels, particles, a place inside the run that the name begins with."""
        while begin < start:
            token = self.tokens[self.at(begin)]
            word = self.text[begin : min(token.end, start)]
            glued = _label_first().match(self.text, begin, start)
            if glued is not None and glued.end() < start and (begin not in self.bound or glued.end() - begin > 2):
                begin = glued.end()
                continue
            if word in _labels() or (word[0] in _NO_START and begin not in self.inside):
                begin += max(1, len(word) if word in _labels() else 1)
                continue
            break
        return begin

    def person(self, begin: int, end: int) -> bool:
        """Say whether a run is what the tagger calls a person, or a person and a title."""
        first = self.tokens[self.at(begin)]
        title = self.text[first.end : end]
        return first.tag in ("PER", "nr") or title in ("校长", "局长", "书记", "主任", "院长", "镇长", "所长", "老板")

    def industry_only(self, name: str) -> bool:
        """Say whether a name is made of nothing but what firms do."""
        return _industry().sub("", name) == ""
