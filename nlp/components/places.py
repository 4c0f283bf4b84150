"""Places: what the tagger calls one, and names of divisions, that no other mention holds."""

import re
from bisect import bisect_left
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from nlp.lac.weights import MODEL_ID
from nlp.spans import Found, Taken, Token
from nlp.words import any_of, divisions, surnames, table

_DIVISION = re.compile(r"[\u4e00-\u9fff]{1,6}(?:省|自治区|市|自治州|州|县|区|镇|乡|街道|村|组|路|街|巷|小区|大道)")
_NO_PLACE = re.compile(r"[,。:;、0-9\n]")
_SEAT = re.compile(r"[\u4e00-\u9fff]{1,8}(?:[省市县区镇乡旗州村]|街道|社区)$")
_FARTHEST = 10
_FREQUENT = 20  # surnames that may also begin what the tagger calls a place
_PLACE_ENDS = frozenset("省市县区镇乡村路街山河湖江桥岭坪沟湾庄屯寨堡店园城州岛港口")
_ACTS = re.compile(
    rf"(?:之|的)?{any_of(table('kin')['words'])}|收受|收取|索要|送给|送去|利用|身为|主持|签|审批|同志|供述|交代|承认|否认|证实|称|说|涉嫌|违反|违规|先后|多次|分管|负责|担任|任|授意|指使|安排|接受|向|将|把|给|与\ue001?"
)


def _seats(text: str, tokens: list[Token], taken: Taken) -> None:
    """Find divisions right before a post: 石桥镇镇长 holds a post in the township's government."""
    starts = [token.start for token in tokens]
    for post in [one for one in taken.found if one.type == "Post"]:
        stop = post.start
        while text[stop - 1 : stop] in ("原", "的") or text[stop - 2 : stop] in ("时任", "现任"):
            stop -= 1 if text[stop - 1] in "原的" else 2  # 石桥镇原镇长
        seat = _SEAT.search(text, max(0, stop - _FARTHEST), stop)
        if seat is None or not taken.free(stop - 1, stop):
            continue
        begin = stop
        for at in range(bisect_left(starts, stop) - 1, -1, -1):
            token = tokens[at]
            if token.start < seat.start():
                break
            joined = token.tag in ("LOC", "ns", "ORG", "n", "nz", "nt") and taken.free(token.start, stop)
            if not joined or min(token.end, stop) != begin:
                break
            begin = token.start
        if stop - begin >= 2:
            name = text[begin:stop]
            kind = "village" if name.endswith(("村", "社区")) else "government"
            taken.add(Found(begin, stop, name, "Agency", "rule:seat_of_a_post", 0.85, None, kind))


def _rather_person(text: str, start: int, end: int) -> bool:
    """Say whether what the tagger calls a place acts like a person: 马国梁收受, 马国梁之妻."""
    name = text[start:end]
    if len(name) != 3 or name in divisions() or name[-1] in _PLACE_ENDS or name[0] not in _common():
        return False
    return _ACTS.match(text, end) is not None


@cache
def _common() -> frozenset[str]:
    return frozenset(name for name, count in surnames().items() if len(name) == 1 and count >= _FREQUENT)


@Language.component("shenwa_places", requires=["doc._.tokens", "doc._.taken"], assigns=["doc._.taken"])
def find_places(doc: Doc) -> Doc:
    """Find places."""
    taken: Taken = doc._.taken
    text: str = doc._.mapped.text
    _seats(text, doc._.tokens, taken)
    for token in doc._.tokens:
        if token.tag not in ("LOC", "ns"):
            continue
        name = text[token.start : token.end]
        if _rather_person(text, token.start, token.end):
            surely = Found(token.start, token.end, name, "Person", "rule:person_not_place", 0.7)
            if taken.add(surely):
                continue
        if len(name) < 2 or _NO_PLACE.search(name) or not taken.free(token.start, token.end):
            continue
        sure = 0.95 if name in divisions() or _DIVISION.fullmatch(name) else 0.7
        taken.add(Found(token.start, token.end, name, "Place", MODEL_ID, sure))
    return doc
