"""From a read Doc to plain data: spans back in the reader's text, mentions numbered in its order."""

from spacy.tokens import Doc

from nlp.extraction import Extraction, Mention, Reference, Relation
from nlp.normalise.mapped import Mapped
from nlp.spans import Found, Taken, Tie
from nlp.standing import standing


def _mention(mapped: Mapped, one: Found, numbers: dict[int, int]) -> Mention:
    start, end = mapped.span(one.start, one.end)
    text = mapped.raw[start:end]
    value = one.value
    if value is None and one.type not in ("Money", "Date", "Identifier", "Account") and text != one.text:
        value = one.text
    return Mention(
        numbers[id(one)],
        start,
        end,
        text,
        one.type,
        numbers.get(id(one.entity), numbers[id(one)]),
        value,
        round(one.confidence, 3),
        one.method,
        one.kind,
        one.protected,
    )


def finish(doc: Doc) -> Extraction:
    """Return what a Doc that went through the whole pipeline holds."""
    mapped: Mapped = doc._.mapped
    taken: Taken = doc._.taken
    ones = taken.sorted()
    best = _best(ones)
    numbers = {id(one): place for place, one in enumerate(ones)}
    mentions = [_mention(mapped, one, numbers) for one in ones]
    references, relations = [], []
    for anaphor in doc._.references or []:
        start, end = mapped.span(anaphor.start, anaphor.end)
        head = None if anaphor.to is None else numbers[id(anaphor.to.entity)]
        references.append(Reference(start, end, mapped.raw[start:end], anaphor.type, head, anaphor.method))
    for tie in doc._.relations or []:
        start, end = mapped.span(tie.start, tie.end)
        relations.append(_relation(mapped, tie, numbers, best, start, end))
    relations.sort(key=lambda tie: (tie.start, tie.end, tie.type, tie.source, tie.target))
    voices = doc._.voices
    about = None if voices is None or voices.subject is None else numbers[id(best[id(voices.subject.entity)])]
    owned = {numbers[id(one)]: numbers[id(number)] for one, number in standing(mapped.text, ones)}
    return Extraction(doc._.form.genre.id, mentions, references, relations, about, owned)


def _best(ones: list[Found]) -> dict[int, Found]:
    """Return for each entity the mention that names it most fully: no nickname, the longest name of a body or firm."""
    best: dict[int, Found] = {}
    for one in ones:
        head = id(one.entity)
        now = best.get(head)
        fuller = now is None or (one.kind == "" and now.kind in ("titled", "nickname", "alias"))
        longer = now is not None and one.type in ("Agency", "Company") and len(one.text) > len(now.text)
        if fuller or longer:
            best[head] = one
    return best


def _relation(
    mapped: Mapped, tie: Tie, numbers: dict[int, int], best: dict[int, Found], start: int, end: int
) -> Relation:
    speaker = None if tie.speaker is None else numbers[id(best[id(tie.speaker.entity)])]
    return Relation(
        tie.type,
        numbers[id(best[id(tie.source.entity)])],
        numbers[id(best[id(tie.target.entity)])],
        start,
        end,
        mapped.raw[start:end],
        tie.attributes,
        tie.claim,
        speaker,
        tie.negated,
        round(tie.confidence, 3),
        tie.method,
    )
