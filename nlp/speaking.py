"""Who says 我 in a text, and whom it is about: read from its head and its signature."""

import re
from dataclasses import dataclass

from nlp.genres import Genre
from nlp.spans import Found, Taken
from nlp.structure import Form

_SELF = re.compile(r"(?:我叫|我是|本人|我|本人叫|本人是)[,:]?$")
_LINE = re.compile("[^\n]+")
_TITLE_END = re.compile("(?:报告|决定|通报|通知|意见|举报|说明|审查调查)(?:书)?(?:\\([^()]*\\))?$")
_AFTER_SELF = re.compile(r"[^。\n]{0,12}$")


@dataclass(frozen=True)
class Voices:
    """The people of a document's frame.

    Attributes:
        speaker: Who says 我; None when nobody is named.
        subject: Whom it is about; None when nobody, or more than one, is named.
    """

    speaker: Found | None
    subject: Found | None


def _labelled(text: str, people: list[Found], labels: tuple[str, ...], end: int) -> list[Found]:
    if not labels:
        return []
    after = r"(?:姓名|签名|签字)?(?:\([^()]*\))?(?:的?(?:基本)?情况)?[ ]?:?[ ]?(?:姓名)?[ ]?:?[ ]?$"
    pattern = re.compile(rf"(?:^|[^被])(?:{'|'.join(labels)}){after}")
    return [one for one in people if one.start < end and pattern.search(text[max(0, one.start - 20) : one.start])]


def _signed(text: str, people: list[Found], form: Form) -> Found | None:
    """Return the one person who stands alone on one of the last lines."""
    found: dict[int, Found] = {}
    for one in people:
        if one.start < form.tail:
            continue
        line = text[text.rfind("\n", 0, one.start) + 1 : (text.find("\n", one.end) + 1 or len(text) + 1) - 1]
        rest = line.replace(text[one.start : one.end], "").strip()
        if re.fullmatch(r"(?:[\u4e00-\u9fff]{0,8}(?:人|签名|签字|员))?[::]?[ ]?(?:[0-9年月日 ]*)?", rest):
            found[id(one.entity)] = one.entity
    return next(iter(found.values())) if len(found) == 1 else None


def _titled(text: str, people: list[Found]) -> Found | None:
    """Return the one person whom the title names: 关于反映韩冬生有关问题的初核报告."""
    for line in list(_LINE.finditer(text))[:4]:
        if line.group().startswith("关于") and _TITLE_END.search(line.group()):
            named = {id(one.entity): one.entity for one in people if line.start() <= one.start < line.end()}
            return next(iter(named.values())) if len(named) == 1 else None
    return None


def _says_self(text: str, people: list[Found]) -> Found | None:
    for one in people:
        if _SELF.search(text[max(0, one.start - 4) : one.start]):
            return one.entity
    return None


def voices(text: str, form: Form, taken: Taken) -> Voices:
    """Find speaker and subject.

    Args:
        text: In normal form.
        form: How it is built.
        taken: Its mentions, linked.
    """
    people = [one for one in taken.sorted() if one.type == "Person" and one.kind != "titled"]
    genre: Genre = form.genre
    speaker: Found | None = None
    if genre.speaker:
        named = _labelled(text, people, genre.speaker, form.head)
        speaker = named[0].entity if len({id(one.entity) for one in named}) == 1 else None
        if speaker is None and not named:
            own = [one for one in people if one.start < max(form.head, 400)]
            speaker = _says_self(text, own) or (_signed(text, people, form) if genre.signed else None)
    subject: Found | None = None
    about = _labelled(text, people, genre.subject, len(text))
    if len({id(one.entity) for one in about}) == 1:
        subject = about[0].entity
    elif not about and genre.id in (
        "investigation_report",
        "trial_report",
        "sanction",
        "prosecution_opinion",
        "notice",
    ):
        first = [one for one in people if re.match(r"[,(、 ]{0,2}(?:男|女)[,、)]", text[one.end : one.end + 4])]
        subject = first[0].entity if len({id(one.entity) for one in first}) == 1 else None
    if subject is None and not about:
        subject = _titled(text, people)
    if genre.reporter and speaker is not None:
        for one in people:
            if one.entity is speaker:
                one.protected = True
    return Voices(speaker, subject)
