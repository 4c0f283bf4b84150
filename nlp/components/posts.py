"""Posts: 局长, 党组成员, 财务科科长, 村党支部书记, 四级调研员."""

import re
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from nlp.spans import Found, Taken
from nlp.words import any_of, table

_NOT_AFTER = {
    "书记": "员处",
    "教师": "节资证编宿职队培",
    "段长": "期",
    "法人": "单资代股格独机治财人身",
    "主任": "科医",
    "会计": "师事凭核账报科准年处信学部制法",
    "经理": "人层",
    "组长": "单",
    "局长": "办",
    "董事": "长会",
    "监事": "会",
    "文书": "号送内材",
    "主席": "台团",
    "出纳": "账",
    "科员": "级",
    "常委": "会",
    "主管": "部机单的领工业",
    "总监": "理",
    "处长": "期",
    "队长": "期",
    "站长": "期",
    "部长": "级",
    "省长": "期",
    "村长": "期",
    "市长": "期",
}
_INNER = re.compile(r"(?:[\u4e00-\u9fff]{2,5}(?:科|股|室|处|部|组|办)|[\u4e00-\u9fff]{0,4}办公室)$")


_NO_FIRST = frozenset("由让找了指使我给把对向经被叫请和与及的在是系任为将从以据受按,、您你他她其该本")


@cache
def _post() -> re.Pattern[str]:
    lists = table("posts")
    titled = rf"(?:{any_of(lists['before'])}){{0,2}}原?(?:常务|第一)?副?{any_of(lists['titles'])}(?:助理)?"
    return re.compile(rf"(?:{any_of(lists['whole'])}|{titled})")


def _ends(text: str, name: str, end: int) -> bool:
    after = text[end : end + 1]
    return not any(name.endswith(title) and after and after in refused for title, refused in _NOT_AFTER.items())


@Language.component("shenwa_posts", requires=["doc._.tokens", "doc._.taken"], assigns=["doc._.taken"])
def find_posts(doc: Doc) -> Doc:
    """Find posts; a section inside the unit (财务科) belongs to the post."""
    text: str = doc._.mapped.text
    taken: Taken = doc._.taken
    bounds = frozenset(token.start for token in doc._.tokens)
    for match in _post().finditer(text):
        start, end = match.span()
        while start < end and not taken.free(start, end):
            start += 1  # 县纪委 of 县纪委书记 is the agency's
        if text[start : start + 1] == "原":
            start += 1
        name = text[start:end]
        if len(name) < 2 or not _ends(text, name, end) or text[max(0, start - 1) : start] in ("被", "位"):
            continue
        inner = _INNER.search(text, max(0, start - 8), start)
        if inner is not None and name[-1] in "长任理记人":
            begin = next(
                (
                    at
                    for at in range(inner.start(), start - 1)
                    if at in bounds and taken.free(at, start) and text[at] not in _NO_FIRST
                ),
                start,
            )
            if start - begin >= 2 and text[begin:start] not in ("某某科", "该科", "本科"):
                start = begin
        former = text[start:end].replace("原", "", 1) if "原" in text[start:end] else None
        taken.add(Found(start, end, text[start:end], "Post", "rule:post", 0.93, former, ""))
    return doc
