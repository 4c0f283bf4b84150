"""Names that the tagger misses: after words of kinship, posts and labels, and what a text repeats like a name."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from nlp.lac.segment import lexicon
from nlp.spans import Found, Taken
from nlp.words import any_of, surname_pattern, table

_HAN = "[\u3400-\u9fff\U00020000-\U0003ffff]"
_CLOSED = frozenset(
    "的之等在于向与和将为对被从把系任让给说称所由同及以因是未没不也都就又还曾经现时了着过其他她我你名个人家户"
)
_LEFT = frozenset(",。;:、(“\n 由向给与和对被让将把经的为是系同跟及叫问答")
_LEAST = 3  # times that a text has to repeat what looks like a name
_NOT = frozenset(table("names")["not_names"])
_PLURAL = frozenset("们县市区镇乡村局院校厂路街县")


@cache
def _cues() -> re.Pattern[str]:
    lists = table("posts")
    kin = [word for word in table("kin")["words"] if len(word) > 1]
    words = any_of(
        [
            *kin,
            *table("associates")["words"],
            *lists["titles"],
            *lists["whole"],
            "村民",
            "业务员",
            "理事长",
            "老板",
            "监理",
            "村医",
        ]
    )
    own = "其[父母妻夫兄弟姐妹哥子女侄]"
    verbs = "(?:收受|收了|请托人|转给|汇给|交给|送给|给了|交予|汇至|转至|找到|宴请|结识|认识|伙同|通过|委托|证人|老板)"
    right = "(?=所送|送|给予|给|的钱|名下|账户|处|贿赂|现金|人民币|证言|介绍|二人|等人|[0-9])"
    named = "(?:户主|户名|股东|法人|老板|开户人|收款人|经办人|负责人)(?:为|是|系|叫)"
    name = f"{surname_pattern(common=True)}{_HAN}"
    return re.compile(rf"(?:{named}|{words}|{own})(?P<name>{name}{{1,2}})|{verbs}(?P<object>{name}{{2}}){right}")


@cache
def _shape() -> re.Pattern[str]:
    return re.compile(rf"(?=(?P<name>{surname_pattern(common=True)}{_HAN}{{1,2}}))")


def _word(text: str) -> bool:
    return lexicon()[0].get(text) is not None


def cued_names(text: str, bounds: frozenset[int], taken: Taken) -> Iterator[Found]:
    """Yield names right after a word that a name follows; how long they are, the words around them say."""
    for match in _cues().finditer(text):
        if match["object"]:
            start, end = match.span("object")
            if taken.free(start, end) and not _word(match["object"][:2]):
                yield Found(start, end, match["object"], "Person", "rule:name_by_verb", 0.8)
            continue
        start, end = match.span("name")
        name = match["name"]
        if not taken.free(start, end) and not taken.free(start, end := end - 1):
            continue
        size = end - start
        if size == 3 and (name[2] in _CLOSED or (end not in bounds and _word(text[start + 2 : start + 4]))):
            end, size = end - 1, 2
        name = text[start:end]
        if size < 2 or name in _NOT or _word(name) or name[1] in _CLOSED or text[end : end + 1] in _PLURAL:
            continue
        if size == 2 and end not in bounds:
            continue
        yield Found(start, end, name, "Person", "rule:name_by_cue", 0.8)


def listed_names(text: str, taken: Taken) -> Iterator[Found]:
    """Yield names that begin a line and are followed by their posts: 母灵芝(党委委员、副局长)."""
    for match in _listed().finditer(text):
        start, end = match.span("name")
        if taken.free(start, end) and match["name"] not in _NOT and not _word(match["name"]):
            yield Found(start, end, match["name"], "Person", "rule:name_before_posts", 0.85)


@cache
def _listed() -> re.Pattern[str]:
    lists = table("posts")
    posts = any_of([*lists["titles"], *lists["whole"]])
    return re.compile(
        rf"^(?:[0-9一二三四五六七八九十]{{1,2}}[、.] ?)?(?P<name>{surname_pattern(common=False)}{_HAN}{{1,2}})"
        rf"(?: |同志|[(])[^)\n。:]{{0,20}}?{posts}",
        re.MULTILINE,
    )


def repeated_names(text: str, taken: Taken) -> Iterator[Found]:
    """Yield what a text repeats like a name: after boundaries, before different words, and no word itself."""
    places: dict[str, list[int]] = defaultdict(list)
    for match in _shape().finditer(text):
        name = match["name"]
        if len(name) == 3 and not _CLOSED & set(name[1:]) and taken.free(match.start(), match.start() + 3):
            places[name].append(match.start())
    for name, starts in places.items():
        if len(starts) < _LEAST or name in _NOT or any(_word(name[at : at + 2]) for at in (0, 1)) or _word(name):
            continue
        left = sum(start == 0 or text[start - 1] in _LEFT for start in starts)
        right = {text[start + 3 : start + 4] for start in starts}
        if left * 2 >= len(starts) and left >= 2 and len(right) >= 2 and not right & _PLURAL:
            for start in starts:
                yield Found(start, start + 3, name, "Person", "rule:repeated_name", 0.75)
