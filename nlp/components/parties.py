"""The parties of a document: 甲方 and 乙方 of a contract, 我公司 and 我局 of who writes."""

import re
from bisect import bisect_left

from nlp.extraction import MentionType
from nlp.spans import Anaphor, Found
from nlp.speaking import Voices

_ROLES = (
    "甲方|乙方|丙方|发包人|发包方|承包人|承包方|采购人|采购方|供应商|供货方|委托人|受托人|出租人|承租人|出租方|承租方"
    "|委托方|受托方|建设单位|施工单位"
)
_STATED = re.compile(
    rf"(?P<role>{_ROLES})(?:\((?P<also>{_ROLES})\))?(?:名称|全称)?(?:\((?:盖章|签字|签章|全称|公章)\))?:[ ]?"
)
_AGAIN = re.compile(r"甲方|乙方|丙方")
_MINE = re.compile(
    r"(?:我们|我|本)(?P<firm>公司|司(?!机|法)|厂|企业|行(?!为|业|政|动|程))|(?:我们|我)(?P<body>局|院|校|村|镇|乡|所|站|中心|单位|学校|医院|社区)"
)
_HEAD = 60  # how far from his name the firm of who writes may stand


def _at(ones: list[Found], starts: list[int], place: int) -> Found | None:
    found = bisect_left(starts, place)
    return ones[found] if found < len(ones) and ones[found].start == place else None


def parties_of(text: str, ones: list[Found]) -> list[Anaphor]:
    """Return every 甲方 and 乙方 whose name a line of the text gives."""
    starts = [one.start for one in ones]
    named: dict[str, Found] = {}
    for match in _STATED.finditer(text):
        one = _at(ones, starts, match.end())
        if one is not None and one.type in ("Person", "Agency", "Company"):
            for role in (match["role"], match["also"]):
                if role and named.setdefault(role, one.entity) is not one.entity:
                    return []  # two deals in one text
    found = []
    for match in _AGAIN.finditer(text):
        who = named.get(match.group())
        stated = text[match.end() : match.end() + 1] in (":", ")") or _STATED.match(text, match.start()) is not None
        if who is not None and not stated:
            found.append(Anaphor(match.start(), match.end(), who.type, who, "rule:party"))
    return found


def own_bodies(text: str, ones: list[Found], frame: Voices) -> list[Anaphor]:
    """Return every 我公司 and 我局 of a text whose writer names one firm or body beside himself."""
    if frame.speaker is None:
        return []
    found = []
    homes: dict[MentionType, Found | None] = {}
    for match in _MINE.finditer(text):
        type_: MentionType = "Company" if match["firm"] else "Agency"
        if type_ not in homes:
            homes[type_] = _home(text, ones, frame.speaker, type_)
        home = homes[type_]
        if home is not None:
            found.append(Anaphor(match.start(), match.end(), type_, home, "rule:own_body"))
    return found


def _home(text: str, ones: list[Found], speaker: Found, type_: MentionType) -> Found | None:
    for who in ones:
        if who.entity is not speaker:
            continue
        end = text.find("\n", who.end)
        stop = min(len(text) if end < 0 else end, who.end + _HEAD)
        near = [one for one in ones if who.end <= one.start < stop and one.type in ("Company", "Agency")]
        if near:
            return near[0].entity if near[0].type == type_ else None
    return None
