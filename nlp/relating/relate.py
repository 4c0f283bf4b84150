"""Running the rules over the sentences of a document."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from nlp.extraction import Value
from nlp.relating.attaching import attached
from nlp.relating.claims import Claims
from nlp.relating.coding import Coded, code, slots_of
from nlp.relating.context import Context
from nlp.relating.rules import Rule, rules
from nlp.relating.views import Views, views
from nlp.spans import Anaphor, Found, Sentence, Taken, Tie
from nlp.speaking import Voices
from nlp.structure import Form

# What a denial of an allegation leaves alone: who somebody is, unless the denial names it.
_STANDING = frozenset(("HOLDS_POST", "OFFICER", "LEGAL_REP"))
_REFERENCE_COST = 0.9  # a tie whose end is a resolved pronoun is less sure by this factor


def _members(coded: Coded, span: tuple[int, int]) -> list[tuple[Found, bool]]:
    places = range(*span)
    return [(coded.slots[place].names, coded.slots[place].reference) for place in places if place in coded.slots]


_OF_DOCUMENT = frozenset(("Owner", "Deal", "Only", "Supplier", "Number", "Speaker", "Subject"))
_PAYMENT = re.compile("付款|拨付|支付|工程款|报销|付讫|款项")


def _left_out(what: str, rule: Rule, coded: Coded, match: re.Match[str], context: Context) -> Found | None:
    """Return what a clause leaves out; a Matter falls back on the unit later, when its source is known."""
    at = coded.starts[match.start()]
    if what in _OF_DOCUMENT:
        found: Found | None = getattr(context, what.lower())
        return found
    if what == "Charge":
        return None
    if what == "Topic":
        return context.topic(at)
    if what == "Host":
        hosts = [who for place, who in coded.hosts if place < coded.ends[match.end() - 1]]
        return hosts[-1] if hosts else None
    if what == "FirmAbove":
        return context.firm(at, above=True)
    if what == "Project":
        return context.project(at, coded.ends[-1])
    if what == "Sum":
        return context.sum(at, coded.ends[-1])
    if what == "Firm":
        return context.firm(at)
    if what == "Own":
        return context.own("Company" if rule.type == "OFFICER" else "Agency")
    if what == "Holder":
        return context.holder(at)
    if what == "Matter":
        paid = _PAYMENT.search(coded.text) is not None
        return context.matter(at, coded.ends[-1], paid=paid)
    places = range(*match.span(rule.attributes["post"]))
    posts = [coded.slots[place] for place in places if place in coded.slots]
    return context.unit(posts[0].names.text, posts[0].start) if posts else None


def _ends(
    group: str, rule: Rule, coded: Coded, match: re.Match[str], context: Context
) -> list[tuple[Found | None, float]]:
    """Return the mentions of an end of a tie, each with what it takes from the confidence."""
    if group in rule.elided:
        what = rule.elided[group]
        found = _left_out(what, rule, coded, match, context)
        return [] if found is None and what not in ("Matter", "Charge") else [(found, 1.0)]
    return [(one, _REFERENCE_COST if referred else 1.0) for one, referred in _members(coded, match.span(group))]


def _matters(text: str) -> Iterator[str]:
    """Yield the matters of a list: 农村公路建设、桥梁养护和招标管理工作."""
    for one in re.split("、|以及|和(?!谐)|及|与", text):
        matter = re.sub("(?:等|等方面)?(?:的)?(?:工作|事务|业务)?$", "", one.strip())
        if len(matter) >= 2:
            yield matter


def _attributes(rule: Rule, coded: Coded, groups: dict[str, tuple[int, int]]) -> list[dict[str, Value]]:
    """Return the attributes of each tie of a match; a list of posts or amounts gives one tie each."""
    rows: list[dict[str, Value]] = [{}]
    for name, group in rule.attributes.items():
        if group[:1] == "=":
            rows = [{**row, name: group[1:]} for row in rows]
            continue
        span = groups[group]
        if span[0] < 0:
            continue
        named = [one for one, _ in _members(coded, span)]
        if named:
            kept = [one for one in named if one.text not in rule.without]
            values: list[Value] = [one.value if one.value is not None else one.text for one in kept]
        else:
            values = [*_matters(coded.text[slice(*span)])] if name == "matter" else [coded.text[slice(*span)]]
        rows = [{**row, name: value} for row in rows for value in values]
    return rows


def _ties(rule: Rule, coded: Coded, sentence: Sentence, claims: Claims, context: Context) -> list[Tie]:
    found: list[Tie] = []
    for match in rule.pattern.finditer(coded.text):
        start, end = match.span()
        if start == end or (rule.but_not is not None and rule.but_not.search(match.group())):
            continue
        if claims.unreal(sentence, coded, start, end):
            continue
        groups = {name: match.span(name) for name in match.groupdict()}
        if not all(
            any(one.text in words for one, _ in _members(coded, groups[name])) for name, words in rule.wordings.items()
        ):
            continue
        extra = attached(rule.attach, coded, start, end)
        for source, surely in _ends(rule.source, rule, coded, match, context):
            for named, surely_too in _ends(rule.target, rule, coded, match, context):
                target = named if named is not None or source is None else context.home(source)
                if source is None or target is None or source.entity is target.entity:
                    continue
                stated = claims.stated(sentence, coded, start, end, (source, target), standing=rule.type in _STANDING)
                if rule.only and stated.claim not in rule.only and not (stated.negated and "refuted" in rule.only):
                    continue
                sure = rule.confidence * surely * surely_too
                for own in _attributes(rule, coded, groups):
                    found.append(
                        Tie(
                            rule.type,
                            source,
                            target,
                            coded.starts[start],
                            coded.ends[end - 1],
                            {**extra, **own},
                            stated.claim,
                            stated.speaker,
                            stated.negated,
                            sure,
                            f"rule:{rule.id}",
                        )
                    )
    return found


def _unlike(ties: list[Tie]) -> list[Tie]:
    """Keep the first of ties of one sentence that say the same of the same two."""
    seen: set[tuple[object, ...]] = set()
    kept = []
    for tie in ties:
        told = tuple(
            sorted((key, str(value)) for key, value in tie.attributes.items() if key not in ("date", "via", "period"))
        )
        keys = {
            (tie.type, id(tie.source.entity), id(tie.target.entity), told),
            (tie.type, id(tie.source.entity), id(tie.target.entity), tie.start, tie.end, told),
        }
        if tie.type in ("ASSOC",):
            keys.add((tie.type, id(tie.target.entity), id(tie.source.entity), told))
        if not keys & seen:
            kept.append(tie)
        seen |= keys
    return kept


def _refuted(before: list[Tie], coded: Coded) -> list[Tie]:
    """Turn what the paragraph alleged before a sentence that denies it into refuted statements; both are quoted."""
    return [
        replace(tie, end=max(tie.end, coded.ends[-1]), claim="refuted", speaker=None)
        if tie.claim in ("alleged", "hearsay", "witness") and tie.type not in _STANDING
        else tie
        for tie in before
    ]


def relate(
    text: str, form: Form, frame: Voices, sentences: list[Sentence], taken: Taken, anaphors: list[Anaphor]
) -> list[Tie]:
    """Find the relations of a document.

    Args:
        text: In normal form.
        form: How it is built.
        frame: Speaker and subject.
        sentences: In order.
        taken: The mentions, linked.
        anaphors: The references, resolved or not.
    """
    slots = slots_of(taken.sorted(), anaphors)
    places = [slot.start for slot in slots]
    claims = Claims(form, frame)
    context = Context(taken.sorted(), frame, form.lines)
    kinds = [rule for rule in rules() if not rule.genres or form.genre.id in rule.genres]
    kinds.sort(key=lambda rule: rule.type not in ("HOLDS_POST", "OFFICER"))  # other rules ask where people work
    found: list[Tie] = []
    line, paragraph = -1, 0
    for sentence in sentences:
        if sentence.line != line:
            line, paragraph = sentence.line, len(found)
        inside = slots[bisect_left(places, sentence.start) : bisect_left(places, sentence.end)]
        coded = code(text, sentence.start, sentence.end, inside)
        if not coded.text:
            continue
        claims.enter(sentence, coded)
        context.enter(sentence)
        seen = views(coded)
        context.see(seen.actors)
        ties = _unlike(_of_sentence(kinds, seen, sentence, claims, context))
        if claims.refutes_before(coded):
            found[paragraph:] = _refuted(found[paragraph:], coded)
        context.leave(ties)
        found += ties
    return found


def _possible(rule: Rule, text: str) -> bool:
    """Say whether a sentence holds what a rule requires."""
    for words in rule.needs:
        if not any(word in text for word in words):
            return False
    return rule.unless is None or rule.unless.search(text) is None


def _of_sentence(kinds: list[Rule], seen: Views, sentence: Sentence, claims: Claims, context: Context) -> list[Tie]:
    """Return the ties of one sentence, by the rules in their order."""
    text = seen.whole.text
    found: list[Tie] = []
    for rule in kinds:
        if _possible(rule, text):
            ties = _ties(rule, getattr(seen, rule.view), sentence, claims, context)
            context.note(ties)
            found += ties
    return found
