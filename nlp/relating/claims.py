"""How strongly a passage states something, who says it, and whether it denies it."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, cast

from nlp.extraction import Claim
from nlp.relating.coding import CODES, Coded
from nlp.spans import Found, Sentence
from nlp.speaking import Voices
from nlp.structure import Form
from nlp.words import any_of

_FILE = Path(__file__).parents[1] / "data" / "claims.toml"
_STRENGTH: dict[Claim, int] = {
    "hearsay": 0,
    "alleged": 1,
    "witness": 2,
    "self": 2,
    "registry": 3,
    "found": 4,
    "adjudicated": 5,
}
# In these nobody finds anything: a cue of a finding in them is the writer's word.
_CAPPED = frozenset({"alleged", "witness", "self"})
_PERSON = CODES["Person"]
_HEARD = re.compile("听[^,。;:]{1,8}(?:说|讲|议论)|(?:告诉|跟|对)\ue001(?:说|讲)|有人(?:讲|说|议论)")
_LOOKED = re.compile("经[^,。;]{0,16}?(?:查证|核查|核实|了解|初核|调查|查)")
# Right after a gift: it was not taken.
_REFUSED = re.compile(
    "[^。;\ue001]{0,8}[,,]?(?:但)?(?:当场)?(?:被)?\ue001?(?:当场|坚决|并)?(?:被)?(?:拒收|拒绝|没要|没收|没有要|没有收|未收|不要|退回|退还)"
)
_NOT_SO = re.compile("并非|并不是|不是|未发现|没有|不存在|不属实|失实|并无|无此事|无亲属关系|不成立")


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(_FILE.read_text(encoding="utf-8"))


@cache
def _cues() -> tuple[re.Pattern[str], dict[str, tuple[Claim, bool]]]:
    cues = {
        word: (cast("Claim", one["claim"]), bool(one.get("speaker")))
        for one in _table()["cue"]
        for word in one["words"]
    }
    return re.compile(any_of(cues)), cues


@cache
def _words(part: str, key: str = "words") -> re.Pattern[str]:
    return re.compile(any_of(_table()[part][key]))


@cache
def _sections() -> tuple[re.Pattern[str], dict[str, str]]:
    found = {word: one["claim"] for one in _table()["section"] for word in one["words"]}
    return re.compile(any_of(found)), found


@dataclass(frozen=True)
class Stated:
    """How a passage is stated."""

    claim: Claim
    speaker: Found | None
    negated: bool


class Claims:
    """Follows the rank of statements through one document."""

    def __init__(self, form: Form, frame: Voices) -> None:
        self.base: Claim = form.genre.claim
        self.section: Claim = self.base
        self.frame = frame

    def enter(self, sentence: Sentence, coded: Coded) -> None:
        """Note a sentence that sets the rank of what follows."""
        pattern, sections = _sections()
        found = pattern.search(coded.text[:40])
        if found is not None and not sentence.turn:
            claim = sections[found.group()]
            self.section = self.base if claim == "base" else cast("Claim", claim)

    def refutes_before(self, coded: Coded) -> bool:
        """Say whether a sentence denies what the paragraph said before it."""
        return (
            _words("refuted").search(coded.text) is not None
            and _words("refuted", "back").search(coded.text) is not None
        )

    def stated(
        self,
        sentence: Sentence,
        coded: Coded,
        start: int,
        end: int,
        ends: tuple[Found, Found],
        *,
        standing: bool = False,
    ) -> Stated:
        """Say how the passage from `start` to `end` of a coded sentence is stated.

        Args:
            sentence: The sentence.
            coded: It, coded.
            start: First character of the match in the coded text.
            end: One past its last.
            ends: Source and target of the tie, to tell 本人陈述 from 他人陈述.
            standing: It says who somebody is, which the denial of an allegation about him leaves alone.
        """
        claim, speaker = self._ranked(coded, start, end)
        if (speaker is None and sentence.turn == "a") or (
            speaker is None and self.base in ("self", "alleged") and claim != "refuted"
        ):
            speaker = self.frame.speaker
        if speaker is None and claim == "witness" and self.frame.speaker is not None and not sentence.turn:
            speaker = next((self.frame.speaker for one in ends if one.entity is self.frame.speaker.entity), None)
        if claim in ("witness", "self"):
            own = speaker is not None and any(one.entity is speaker.entity for one in ends)
            claim = "self" if own else "witness"
        if not sentence.turn and not standing and self._refuted(coded, end, claim):
            claim = "refuted"
        return Stated(claim, speaker, self._denied(coded, start, end))

    def _refuted(self, coded: Coded, end: int, claim: Claim) -> bool:
        """Say whether the sentence itself says that somebody looked into it and did not find it so."""
        looked = _LOOKED.search(coded.text)
        if _words("refuted").search(coded.text) and (self.base not in _CAPPED or looked is not None):
            return True
        return (
            claim in ("alleged", "hearsay")
            and looked is not None
            and looked.start() >= end
            and _NOT_SO.search(coded.text, looked.end()) is not None
        )

    def _ranked(self, coded: Coded, start: int, end: int) -> tuple[Claim, Found | None]:
        claim: Claim = self.section
        speaker: Found | None = None
        heard = _HEARD.search(coded.text, 0, start + 1)
        if heard is not None:
            who = coded.text.find(_PERSON, heard.start(), heard.end())
            return "hearsay", coded.at(who) if who >= 0 else None
        pattern, cues = _cues()
        for found in pattern.finditer(coded.text, 0, end):
            said, personal = cues[found.group()]
            if found.start() > start and not personal:
                continue
            if personal:
                before = self._person_before(coded, found.start())
                if before is None:
                    continue
                speaker = before
            if self.base in _CAPPED and said not in ("hearsay",):
                continue
            if _STRENGTH[said] < _STRENGTH[claim] or (said in ("found", "adjudicated") and self.base not in _CAPPED):
                claim = min((said, self.base), key=lambda one: _STRENGTH[one]) if said != "hearsay" else said
        if self.base not in _CAPPED and _words("affirmed").search(coded.text) and claim == "alleged":
            claim = self.base
        return claim, speaker

    def _person_before(self, coded: Coded, at: int) -> Found | None:
        """Return the person that stands right before a verb of saying; words such as 的证言 may be between."""
        for place in range(at - 1, max(-1, at - 5), -1):
            if coded.text[place] == _PERSON:
                return coded.at(place)
            if coded.text[place] in ",。;:":
                return None
        return None

    def _denied(self, coded: Coded, start: int, end: int) -> bool:
        clause = max(coded.text.rfind(mark, 0, start) for mark in ",。;:") + 1
        passage = _words("negation", "not_after").sub("", coded.text[clause:end])
        return _words("negation").search(passage) is not None or _REFUSED.match(coded.text, end) is not None

    def unreal(self, sentence: Sentence, coded: Coded, start: int, end: int) -> bool:
        """Say whether the passage asks, supposes, plans or forbids instead of stating."""
        if sentence.turn == "q" or coded.text.rstrip("”』 \n").endswith("?"):
            return True
        clause = max(coded.text.rfind(mark, 0, start) for mark in ",。;:") + 1
        return _words("unreal").search(coded.text, clause, end) is not None
