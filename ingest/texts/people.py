"""The unit that stands beside a person's name and says who it is: 青石县教育局副局长韩冬生."""

import re
from collections import defaultdict

from nlp.extraction import Extraction, Mention

_REACH = 180  # between a name and the unit on its card, as in the head of a record
_NEAR = 30
_UNITS = ("Agency", "Company")
# Another person's unit: 韩某,其妻子在某局工作.
_OTHERS = re.compile(r"(?:其|的)(?:妻|夫|父|母|儿|女|兄|弟|姐|妹|爱人|配偶|司机|丈夫|老婆|老公)")
_BREAK = re.compile(r"[。;;]|[问答][::]|谈话人|记录人|调查人员|询问人|讯问人")
_BESIDE = re.compile(
    r"(?:原|时任|现任|的|兼|、|,|,|\s|老板|股东|员工|职工|工作人员|会计|出纳|负责人|实际控制人|村民|居民|村|组|干部)*"
)
_LEADS = re.compile(
    r"(?:现任|原任|时任|曾任|工作单位|工作单位及职务|单位及职务|单位|职务|住址|现住址|户籍所在地|住|现住)[^。\n]{0,6}[::]?\s*$"
)
# 在教育局 is where somebody was; 在教育局工作 is where somebody belongs.
_IN = re.compile(r"(?:任|系|在)\s*$")
_WORKS = re.compile(r"(?:工作|任职|上班|就职|供职|任教|的?(?:职工|员工|干部|教师|医生|护士|会计|出纳|司机|工作人员))")
_LISTED = ("、", ",", ",")


def _without_posts(text: str, found: Extraction, start: int, end: int) -> str:
    kept, at = [], start
    for one in found.mentions:
        if one.type == "Post" and start <= one.start and one.end <= end:
            kept.append(text[at : one.start])
            at = one.end
    return "".join([*kept, text[at:end]])


def _post_after(found: Extraction, place: int) -> bool:
    return any(one.type == "Post" and one.start == place for one in found.mentions)


def _in_front(text: str, found: Extraction, unit: Mention, people: list[Mention]) -> Mention | None:
    """Return the person whom a unit is put before: 青石县教育局副局长韩冬生."""
    after = next((one for one in people if one.start >= unit.end), None)
    # 由教育局、韩某分别…: a list, not somebody's unit.
    if after is None or after.start - unit.end > _NEAR or text[after.start - 1] in _LISTED:
        return None
    return after if _BESIDE.fullmatch(_without_posts(text, found, unit.end, after.start)) else None


def _behind(text: str, found: Extraction, unit: Mention, people: list[Mention]) -> Mention | None:
    """Return the person whose card names the unit: 韩冬生,男,1972年3月生,现任青石县教育局副局长."""
    before = next((one for one in reversed(people) if one.end <= unit.start), None)
    if before is None:
        return None
    between = text[before.end : unit.start]
    if len(between) > _REACH or _BREAK.search(between) or _OTHERS.search(between):
        return None
    carded = between[:1] in ",,((" or "\n" in between
    works = _post_after(found, unit.end) or _WORKS.match(text, unit.end) is not None
    led = _LEADS.search(between) is not None or (works and _IN.search(between) is not None)
    return before if carded and (led or (_post_after(found, unit.end) and between[-1:] in ",, ")) else None


def units_of(text: str, found: Extraction) -> dict[int, set[int]]:
    """Return the units that stand with a person: entity -> entities of agencies and companies.

    Two ways of writing count: the unit (and post) right before the name, and the card after it, the unit led by 现任,
    系, 单位: or followed by a post. Units tied to a person by a relation are added by `ingest.texts.entities`.
    """
    people = [one for one in found.mentions if one.type == "Person"]
    units: dict[int, set[int]] = defaultdict(set)
    for one in found.mentions:
        if one.type not in _UNITS:
            continue
        person = _in_front(text, found, one, people) or _behind(text, found, one, people)
        if person is not None:
            units[person.refers_to].add(one.refers_to)
    return units
