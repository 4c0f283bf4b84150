"""Pronouns and roles: whom 我, 你, 他, 其, 该公司, 该局, 被告人 stand for; what is not sure stays unresolved."""

import re
from collections.abc import Callable

from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.parties import own_bodies, parties_of
from nlp.extraction import MentionType
from nlp.spans import Anaphor, Found, Sentence, Taken
from nlp.speaking import Voices, voices
from nlp.words import any_of, table

_ROLES = "被审查调查人|被调查人|被审查人|被反映人|被举报人|被检举人|被控告人|被处分人|被告人|上诉人|犯罪嫌疑人|当事人"
_ANAPHOR = re.compile(
    rf"""(?P<own>本人|我(?!们|国|县|局|市|院|省|镇|乡|村|区|委|方|单位|公司|校|厂|厅|党|所|行|部|处|站|科|办|自己))
    | (?P<you>(?:你|您)(?!们|单位|公司|局|院|好|厂|校|县|镇|村))
    | (?P<he>(?<!其)(?:他|她)(?!们|人|乡|日))
    | (?P<his>(?<!尤|与|极|更|任)其(?!中|他|它|余|实|间|次|后|所|一|二|三|时))
    | (?P<that>(?<!无)(?:该人|此人))
    | (?P<role>{_ROLES})
    | (?:该|上述|此|这家|那家)(?P<firm>公司|企业|集团|厂|合作社|经营部|商行|银行)
    | 该(?P<body>局|院|校|村|镇|乡|县|委|厅|所|中心|站|医院|学校|单位|街道|部门)(?!长|里)
    | (?:该|上述|此|这个)(?P<project>项目|工程|标段)
    | (?:该|上述|此|这份)(?P<deal>合同|协议)
    """,
    re.VERBOSE,
)
_ENDS: dict[str, str] = {"学校": "校学", "医院": "院", "单位": "", "部门": "", "街道": "道街处"}
_BESIDE = re.compile(rf"(?:其|他|她|我|你)的?{any_of([*table('kin')['words'], *table('associates')['words']])}叫?$")
_KIN_NEXT = re.compile(rf"(?:其|他|她)的?{any_of([*table('kin')['words'], *table('associates')['words']])}")
_CLAUSE = re.compile("[,;:。!?\n]")


class Reader:
    """Resolves the references of one text in their order."""

    def __init__(self, text: str, sentences: list[Sentence], taken: Taken, frame: Voices) -> None:
        self.text = text
        self.sentences = sentences
        self.ones = taken.sorted()
        self.frame = frame
        self.last: dict[str, tuple[int, int, Found]] = {}  # 其 or 他: sentence, end, whom it meant

    def within(self, type_: MentionType, start: int, end: int) -> list[Found]:
        """Return the entities of a type mentioned in a span, each once, in the order of their last mention there."""
        seen: dict[int, Found] = {}
        for one in self.ones:
            if one.type == type_ and start <= one.start < end and not self.beside(one):
                seen.pop(id(one.entity), None)
                seen[id(one.entity)] = one
        return list(seen.values())

    def beside(self, one: Found) -> bool:
        """Say whether a person was only named beside another: 其妻子何桂花 does not become whom 其 means."""
        before = self.text[max(0, one.start - 7) : one.start]
        return one.type == "Person" and _BESIDE.search(before) is not None

    def again(self, kind: str, number: int, at: int) -> Found | None:
        """Return whom the last 其 or 他 of the sentence meant, when nobody else was named since."""
        sentence, end, who = self.last.get(kind, (-1, 0, None))
        if who is None or sentence != number or self.within("Person", end, at):
            return None
        return who

    def _back(
        self, number: int, type_: MentionType, at: int, keep: Callable[[Found], bool], reach: int
    ) -> Found | None:
        """Return the one fitting entity of the nearest sentence that has any; None when it has several."""
        line = self.sentences[number].line
        for step in range(reach + 1):
            if number - step < 0 or line - self.sentences[number - step].line > 1:
                return None
            sentence = self.sentences[number - step]
            found = [one for one in self.within(type_, sentence.start, min(at, sentence.end)) if keep(one)]
            if found:
                return found[0] if len(found) == 1 else None
        return None

    def person(self, number: int, at: int) -> tuple[Found | None, str]:
        """Resolve 其: the only person before it in its clause, else in its sentence, else in the sentence before."""
        sentence = self.sentences[number]
        cuts = [found.end() for found in _CLAUSE.finditer(self.text, sentence.start, at)]
        begin = cuts[-1] if cuts else sentence.start
        clause = self.within("Person", begin, at)
        if clause:
            return (clause[0], "rule:same_clause") if len(clause) == 1 else (None, "rule:ambiguous")
        before = self.within("Person", sentence.start, at)
        if before:
            return (before[0], "rule:same_sentence") if len(before) == 1 else (None, "rule:ambiguous")
        found = self._back(number, "Person", at, lambda one: True, 1)
        if found is None and begin == sentence.start and _KIN_NEXT.match(self.text, at):
            return self._owner(number, at)
        return found, "rule:sentence_before" if found else "rule:unresolved"

    def _owner(self, number: int, at: int) -> tuple[Found | None, str]:
        """Resolve the 其 of 其妻 that begins a clause: the one person of the paragraph who is nobody's relative."""
        first = number
        while first > 0 and self.sentences[first - 1].line == self.sentences[number].line:
            first -= 1
        people = self.within("Person", self.sentences[first].start, at)
        return (people[0], "rule:same_paragraph") if len(people) == 1 else (None, "rule:ambiguous")

    def receiver(self, number: int, at: int) -> tuple[Found | None, str]:
        """Resolve the 其 of 送给其: the other one of the two people of the sentence, or of the clause before."""
        sentence = self.sentences[number]
        people = self.within("Person", sentence.start, at)
        if len(people) == 2:
            first = min(
                (
                    one
                    for one in self.ones
                    if one.entity in {p.entity for p in people} and sentence.start <= one.start < at
                ),
                key=lambda one: one.start,
            )
            others = [one for one in people if one.entity is not first.entity]
            return (others[0], "rule:receiver") if len(others) == 1 else (None, "rule:ambiguous")
        if len(people) == 1 and number and self.sentences[number - 1].line == sentence.line:
            before = self.sentences[number - 1]
            others = [
                one for one in self.within("Person", before.start, before.end) if one.entity is not people[0].entity
            ]
            return (others[0], "rule:receiver") if len(others) == 1 else (None, "rule:ambiguous")
        return None, "rule:ambiguous"

    def other(self, number: int, at: int) -> tuple[Found | None, str]:
        """Resolve 他: the one person lately named who is not the speaker."""
        speaker = self.frame.speaker
        found = self._back(number, "Person", at, lambda one: speaker is None or one.entity is not speaker.entity, 2)
        return found, "rule:not_the_speaker" if found else "rule:unresolved"

    def read(self, match: re.Match[str], number: int) -> Anaphor | None:
        """Resolve one reference."""
        kind, at = str(match.lastgroup), match.start()
        start, end = match.span()
        turn = self.sentences[number].turn
        quoted = self.text.rfind("“", self.sentences[number].start, at) > self.text.rfind(
            "”", self.sentences[number].start, at
        )
        if kind in ("own", "you"):
            mine = (turn != "q") if kind == "own" else (turn == "q")
            who = self.frame.speaker if mine and not quoted else None
            return Anaphor(start, end, "Person", who, "rule:speaker" if who else "rule:unresolved")
        if kind == "role":
            if self._named_next(end):
                return None
            return Anaphor(
                start, end, "Person", self.frame.subject, "rule:role" if self.frame.subject else "rule:unresolved"
            )
        if kind in ("his", "he", "that"):
            same = self.again(kind, number, at)
            how = "rule:as_before"
            if (
                kind == "his"
                and self.text[max(0, at - 1) : at] in ("给", "送", "向", "受", "取")
                and not _KIN_NEXT.match(self.text, at)
            ):
                who, how = self.receiver(number, at)
                return Anaphor(start, end, "Person", who, how)
            if same is None:
                who, how = self.person(number, at) if kind == "his" else self.other(number, at)
            else:
                who = same
            if who is not None:
                self.last[kind] = (number, end, who)
            return Anaphor(start, end, "Person", who, how)
        types: dict[str, MentionType] = {"firm": "Company", "body": "Agency", "project": "Tender", "deal": "Contract"}
        return self._thing(match, types[kind], kind, number)

    def _thing(self, match: re.Match[str], type_: MentionType, kind: str, number: int) -> Anaphor:
        endings = _ENDS.get(match["body"], match["body"]) if kind == "body" else ""

        def fits(one: Found) -> bool:
            return not endings or one.text[-1] in endings or (endings == "委" and "委" in one.text)

        found = self._back(number, type_, match.start(), fits, 3)
        method = f"rule:nearest_{type_.lower()}" if found else "rule:unresolved"
        return Anaphor(match.start(), match.end(), type_, found, method)

    def _named_next(self, end: int) -> bool:
        return any(one.start - end in (0, 1) and one.type == "Person" for one in self.ones)


@Language.component(
    "shenwa_references",
    requires=["doc._.taken", "doc._.form", "doc._.sentences"],
    assigns=["doc._.references", "doc._.voices"],
)
def find_references(doc: Doc) -> Doc:
    """Resolve pronouns and roles."""
    taken: Taken = doc._.taken
    text: str = doc._.mapped.text
    frame = voices(text, doc._.form, taken)
    reader = Reader(text, doc._.sentences, taken, frame)
    found: list[Anaphor] = []
    for number, sentence in enumerate(doc._.sentences):
        for match in _ANAPHOR.finditer(text, sentence.start, sentence.end):
            if taken.free(*match.span()):
                one = reader.read(match, number)
                if one is not None:
                    found.append(one)
    ones = taken.sorted()
    for one in [*parties_of(text, ones), *own_bodies(text, ones, frame)]:
        if taken.free(one.start, one.end) and not any(a.start < one.end and one.start < a.end for a in found):
            found.append(one)
    doc._.references = sorted(found, key=lambda one: one.start)
    doc._.voices = frame
    return doc
