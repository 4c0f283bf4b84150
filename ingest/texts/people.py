"""What stands beside a person's name and says who it is: the ID number, and the unit (with the post)."""

import re
from collections import defaultdict

from nlp.extraction import Extraction, Mention
from nlp.identifiers import OLD_PERSON_ID_LENGTH, upgrade_person_id

_REACH = 90  # between a name and the number that is given with it, as in the head of a record
_UNITS = ("Agency", "Company")
# Another person's number: 韩某,其妻子身份证号….
_OTHERS = re.compile(r"(?:其|的)(?:妻|夫|父|母|儿|女|兄|弟|姐|妹|爱人|配偶|司机|丈夫|老婆|老公)")
_BREAK = re.compile(r"[。;;]|[问答][::]|谈话人|记录人|调查人员|询问人|讯问人")
_BESIDE = re.compile(
    r"(?:原|时任|现任|的|兼|、|,|,|\s|老板|股东|员工|职工|工作人员|会计|出纳|负责人|实际控制人|村民|居民|村|组|干部)*"
)
_LEADS = re.compile(
    r"(?:现任|原任|时任|曾任|任|系|在|工作单位|工作单位及职务|单位及职务|单位|职务|住址|现住址|户籍所在地|住|现住)[^。\n]{0,6}[::]?\s*$"
)


def _people(found: Extraction) -> list[Mention]:
    return [one for one in found.mentions if one.type == "Person"]


def _last_before(people: list[Mention], place: int) -> Mention | None:
    return next((one for one in reversed(people) if one.end <= place), None)


def numbers_of(text: str, found: Extraction) -> dict[int, str]:
    """Return the ID number that stands with a person, by the index of the entity.

    A number that stands with two people, or a person with whom two numbers stand, gives nothing.
    """
    people = _people(found)
    given: dict[int, set[str]] = defaultdict(set)
    bearers: dict[str, set[int]] = defaultdict(set)
    for one in found.mentions:
        if one.kind != "id_card" or not isinstance(one.value, str):
            continue
        person = _last_before(people, one.start)
        between = text[person.end : one.start] if person is not None else ""
        if person is None or len(between) > _REACH or _BREAK.search(between) or _OTHERS.search(between):
            continue
        number = upgrade_person_id(one.value) if len(one.value) == OLD_PERSON_ID_LENGTH else one.value
        given[person.refers_to].add(number)
        bearers[number].add(person.refers_to)
    return {
        entity: next(iter(values))
        for entity, values in given.items()
        if len(values) == 1 and len(bearers[next(iter(values))]) == 1
    }


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
    if after is None or after.start - unit.end > 30:
        return None
    return after if _BESIDE.fullmatch(_without_posts(text, found, unit.end, after.start)) else None


def _behind(text: str, found: Extraction, unit: Mention, people: list[Mention]) -> Mention | None:
    """Return the person whose card names the unit: 韩冬生,男,1972年3月生,现任青石县教育局副局长."""
    before = _last_before(people, unit.start)
    if before is None:
        return None
    between = text[before.end : unit.start]
    if len(between) > 2 * _REACH or _BREAK.search(between) or _OTHERS.search(between):
        return None
    carded = between[:1] in ",,((" or "\n" in between
    led = _LEADS.search(between) is not None
    return before if carded and (led or (_post_after(found, unit.end) and between[-1:] in ",, ")) else None


def units_of(text: str, found: Extraction) -> dict[int, set[int]]:
    """Return the units that stand with a person: entity -> entities of agencies and companies.

    Two ways of writing count: the unit (and post) right before the name, and the card after it, the unit led by 现任,
    系, 单位: or followed by a post. Units tied to a person by a relation are added by `ingest.texts.entities`.
    """
    people = _people(found)
    units: dict[int, set[int]] = defaultdict(set)
    for one in found.mentions:
        if one.type not in _UNITS:
            continue
        person = _in_front(text, found, one, people) or _behind(text, found, one, people)
        if person is not None:
            units[person.refers_to].add(one.refers_to)
    return units
