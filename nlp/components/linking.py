"""One entity, several mentions: equal names, short names of organisations, aliases, 老王 and 王局长."""

import re

from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.short_names import find_short_names
from nlp.extraction import MentionType
from nlp.firm_names import FORM, brand, industry
from nlp.spans import Found, Taken
from nlp.words import any_of, surname_of

_SHORT_STATED = re.compile(
    r"\((?:以下|下)?(?:统?简称|下称)(?:为)?[:“\"]{0,2}(?P<name>[^“”\"()]{2,16}?)[”\"]?\)|,?(?:以下|下)简称(?:为)?[“\"](?P<name2>[^“”\"]{2,16})[”\"]"
)
_FORMER = re.compile(r"\((?:原|曾用名|原名)[:为]?(?P<name>[^()]{4,24})\)")


_NUMBERED = re.compile(r"[》”]?(?:招标|采购)?[(,]?(?:项目|招标|采购|合同)?(?:编号|号)?[:为是]?")


def _join(one: Found, to: Found) -> None:
    head, other = to.entity, one.entity
    if head is other:
        return
    if other.start < head.start:
        head, other = other, head
    other.first = head


def _stated(text: str, taken: Taken) -> None:
    """Take short names that the text states, tie them to the name before, and find them everywhere."""
    stated: dict[str, Found] = {}
    for match in [*_SHORT_STATED.finditer(text), *_FORMER.finditer(text)]:
        group = "name" if match["name"] else "name2"
        start, end = match.span(group)
        before = [
            one
            for one in taken.sorted()
            if one.end <= match.start() and one.type in ("Company", "Agency", "Tender", "Contract")
        ]
        if not before or match.start() - before[-1].end > 2:
            continue
        inside = [one for one in taken.found if start <= one.start and one.end <= end]
        taken.remove(inside)
        one = Found(start, end, text[start:end], before[-1].type, "rule:stated_short_name", 0.95, None, before[-1].kind)
        if taken.add(one):
            one.first = before[-1].entity
            stated[one.text] = before[-1].entity
    if not stated:
        return
    for match in re.finditer(any_of(stated), text):
        head = stated[match.group()]
        start, end = match.span()
        held = [one for one in taken.found if one.start < end and start < one.end]
        if held and all(start <= one.start and one.end <= end and one.entity is not head for one in held):
            taken.remove(held)
        if taken.free(start, end):
            again = Found(start, end, match.group(), head.type, "rule:stated_short_name", 0.9, None, head.kind, head)
            taken.add(again)


def _link_equal(ones: list[Found]) -> None:
    first: dict[tuple[str, str], Found] = {}
    for one in ones:
        if one.type in ("Money", "Date"):
            continue
        name = (
            str(one.value)
            if one.value is not None and one.type in ("Identifier", "Account", "Contract", "Tender")
            else one.text
        )
        key = (one.type, re.sub(r"\s", "", name))
        if key in first:
            if one.first is None:
                _join(one, first[key])
        else:
            first[key] = one


def _link_firms(ones: list[Found]) -> None:
    """Tie 华信公司 to the one full name with that brand; two full names with it leave it alone."""
    firms = [one for one in ones if one.type == "Company"]
    full = {one.entity: brand(one.text) for one in firms if re.search(r"有限|股份|集团|合作社|事务所", one.text)}
    for one in firms:
        if one.entity in full or one.first is not None:
            continue
        core = FORM.sub("", one.text)
        heads = [head for head, name in full.items() if _short_of(core, head.text, name)]
        if len(heads) == 1:
            _join(one, heads[0])


def _short_of(core: str, full: str, name: str) -> bool:
    """Say whether a firm's short name, without its form, can be this full name's: its brand, or a part with a brand."""
    place = full.find(core)
    after = full[place + len(core) :][:1]
    if len(core) < 2 or place < 0 or industry().fullmatch(core) or (after and after in "省市县区镇乡"):
        return False
    return core.startswith(name) or name.endswith(core) or name in core or core[:2] in name


def _link_projects(text: str, ones: list[Found], type_: MentionType) -> None:
    """Tie a project's or contract's number to the name right before it, or both when the text has one of each."""
    projects = [one for one in ones if one.type == type_]
    numbers = {one.entity for one in projects if one.kind in ("number", "lot")}
    names = {one.entity for one in projects if one.kind == "name"}
    for one in sorted(numbers, key=lambda one: one.start):
        before = [name for name in projects if name.kind == "name" and name.end <= one.start]
        if len(numbers) == 1 and len(names) == 1:
            _join(one, next(iter(names)))
        elif before and one.start - before[-1].end < 12 and _NUMBERED.fullmatch(text, before[-1].end, one.start):
            _join(one, before[-1])


def _link_agencies(ones: list[Found]) -> None:
    """Tie 教育局 and 县教育局 to the one longer name of the text that ends so."""
    agencies = [one for one in ones if one.type == "Agency"]
    for one in agencies:
        if one.first is not None or len(one.text) < 2:
            continue
        ends = (
            (one.text, f"{one.text[0]}人民政府")
            if one.text in ("镇政府", "乡政府", "县政府", "区政府", "市政府")
            else (one.text,)
        )
        longer = {other.entity for other in agencies if len(other.text) > len(one.text) and other.text.endswith(ends)}
        if len(longer) == 1:
            _join(one, longer.pop())


def _link_people(ones: list[Found]) -> None:
    """Tie an alias to the name before it, 老王 and 王局长 to the one person so named."""
    people = [one for one in ones if one.type == "Person"]
    named = {one.entity for one in people if one.kind == ""}
    for place, one in enumerate(people):
        if one.kind == "alias" and one.first is None and place and one.start - people[place - 1].end < 24:
            _join(one, people[place - 1])
        elif one.kind in ("nickname", "titled") and one.first is None:
            surname = one.text[1:] if one.kind == "nickname" else surname_of(one.text)
            heads = {head for head in named if head.text.startswith(surname)}
            if len(heads) == 1:
                _join(one, heads.pop())


@Language.component("shenwa_linking", requires=["doc._.taken", "doc._.tokens"], assigns=["doc._.taken"])
def link(doc: Doc) -> Doc:
    """Say which mentions name the same entity."""
    taken: Taken = doc._.taken
    _stated(doc._.mapped.text, taken)
    find_short_names(doc._.mapped.text, doc._.tokens, taken)
    ones = taken.sorted()
    _link_equal(ones)
    _link_firms(ones)
    _link_projects(doc._.mapped.text, ones, "Tender")
    _link_projects(doc._.mapped.text, ones, "Contract")
    _link_agencies(ones)
    _link_people(ones)
    _flatten(ones)
    return doc


def _flatten(ones: list[Found]) -> None:
    """Point every mention at the first of its entity."""
    for one in ones:
        head = one
        while head.first is not None:
            head = head.first
        one.first = None if head is one else head
    for one in ones:
        if one.protected:
            one.entity.protected = True
    for one in ones:
        one.protected = one.entity.protected
