"""Running the rules over the sentences of a document."""

import re
from bisect import bisect_left
from dataclasses import replace

from nlp.extraction import Value
from nlp.relating.attaching import attached
from nlp.relating.claims import Claims
from nlp.relating.coding import CODES, Coded, code, slots_of
from nlp.relating.rules import Rule, rules
from nlp.relating.views import views
from nlp.spans import Anaphor, Found, Sentence, Taken, Tie
from nlp.speaking import Voices
from nlp.structure import Form

ACTORS = CODES["Person"] + CODES["Company"] + CODES["Agency"]
_REFERENCE_COST = 0.9  # a tie whose end is a resolved pronoun is less sure by this factor


def _members(coded: Coded, span: tuple[int, int]) -> list[tuple[Found, bool]]:
    places = range(*span)
    return [(coded.slots[place].names, coded.slots[place].reference) for place in places if place in coded.slots]


_SUBJECT = re.compile(rf"(?:^|[,;:。])[^,;:。{ACTORS}]{{0,12}}({CODES['Person']})(?![的之、和与名所])")


class Topics:
    """Whom a clause is about that names nobody: whoever began the last clause of the paragraph that named somebody."""

    def __init__(self, subject: Found | None) -> None:
        self._subject = subject
        self._carried: Found | None = None
        self._line = -1

    def enter(self, sentence: Sentence) -> None:
        """Forget the topic at a new paragraph, and at every turn of a conversation."""
        if sentence.line != self._line:
            self._line, self._carried = sentence.line, None

    def at(self, coded: Coded, place: int) -> Found | None:
        """Return the topic at a place of the sentence; None when nobody is."""
        found = [match.start(1) for match in _SUBJECT.finditer(coded.text, 0, place)]
        return coded.at(found[-1]) if found else self._carried or self._subject

    def leave(self, coded: Coded) -> None:
        """Keep the topic for the next sentence; one that names people without a subject leaves none."""
        found = [match.start(1) for match in _SUBJECT.finditer(coded.text)]
        if found:
            self._carried = coded.at(found[0])


def _ends(coded: Coded, span: tuple[int, int], topics: Topics) -> list[tuple[Found, float]]:
    """Return the mentions of an end of a tie, each with what it takes from the confidence."""
    if span[0] == span[1]:
        topic = topics.at(coded, span[0])
        return [] if topic is None else [(topic, 1.0)]
    return [(one, _REFERENCE_COST if referred else 1.0) for one, referred in _members(coded, span)]


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
            values: list[Value] = [one.value if one.value is not None else one.text for one in named]
        else:
            values = [coded.text[slice(*span)]]
        rows = [{**row, name: value} for row in rows for value in values]
    return rows


def _ties(rule: Rule, coded: Coded, sentence: Sentence, claims: Claims, topics: Topics) -> list[Tie]:
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
        for source, surely in _ends(coded, groups[rule.source], topics):
            for target, surely_too in _ends(coded, groups[rule.target], topics):
                if source.entity is target.entity:
                    continue
                stated = claims.stated(sentence, coded, start, end, (source, target))
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


def _refuted(before: list[Tie], sentence: Sentence, coded: Coded) -> list[Tie]:
    """State again, as refuted, what the paragraph alleged before a sentence that denies it."""
    start, end = coded.starts[0], coded.ends[-1]
    return [
        replace(tie, start=start, end=end, claim="refuted", speaker=None)
        for tie in before
        if tie.claim in ("alleged", "hearsay", "witness")
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
    topics = Topics(frame.subject)
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
        topics.enter(sentence)
        present = set(coded.text)
        seen = views(coded)
        ties = [
            tie
            for rule in rules()
            if rule.needs <= present
            for tie in _ties(rule, getattr(seen, rule.view), sentence, claims, topics)
        ]
        if not ties and claims.refutes_before(coded):
            ties = _refuted(found[paragraph:], sentence, coded)
        topics.leave(coded)
        found += _unlike(ties)
    return found
