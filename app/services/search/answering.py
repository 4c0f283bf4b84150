"""From a typed text to entities, best first: what fits, why, and how well; within a scope, by type and by case."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.services.search.forms import is_han, plain
from app.services.search.index import ALIAS, FORMER, NAME, Index, Ints
from app.services.search.matching import Flags, Matches, find, in_order, one_off
from app.services.search.patterns import by_sound, homophones, literal
from graph.keys import fold
from graph.store.base import Scope

# Why an entity was found -> how good that is; best first.
WHYS = {
    "id": 1.0,
    "code": 1.0,
    "name": 0.98,
    "former": 0.95,
    "alias": 0.95,
    "pinyin": 0.85,
    "given": 0.83,
    "name_start": 0.8,
    "code_start": 0.78,
    "code_end": 0.77,
    "initials": 0.75,
    "name_part": 0.7,
    "former_part": 0.65,
    "code_part": 0.6,
    "short": 0.55,
    "pinyin_part": 0.5,
    "near": 0.38,
    "sound": 0.36,
}
REASONS = tuple(WHYS)
_BASE = np.array(list(WHYS.values()))
_RANK = {why: at for at, why in enumerate(REASONS)}
# A whole word counts fully; a part counts by how much of the name it is.
_WHOLE = 0.84
# A shorter part of a number says too little; a shorter text is near to too many names.
_LEAST_NUMBER, _LEAST_NEAR, _LEAST_SHORT = 4, 3, 3
_MOST_NUMBERS, _MOST_NEAR, _MOST_SOUND = 3_000, 40, 4
_MOST_READERS = 32
_SHORT_TYPES = ("Company", "Agency")
_FORMS = ("股份有限公司", "有限责任公司", "有限公司", "公司", "集团")


@dataclass
class Hits:
    """Rows of what was found: entity, reason (a row of `REASONS`) and score."""

    entity: list[Ints] = field(default_factory=list)
    why: list[NDArray[np.uint8]] = field(default_factory=list)
    score: list[NDArray[np.float64]] = field(default_factory=list)

    def add(self, index: Index, entity: Ints, why: NDArray[np.uint8] | str, asked: int) -> None:
        """Add entities that were found for a reason, by a text of so many characters."""
        if not len(entity):
            return
        reasons = np.full(len(entity), _RANK[why], np.uint8) if isinstance(why, str) else why
        base = _BASE[reasons]
        share = np.minimum(1.0, asked / np.maximum(index.lengths[entity], 1))
        self.entity.append(entity)
        self.why.append(reasons)
        self.score.append(np.where(base > _WHOLE, base, base - 0.1 * (1 - share)))

    def best(self) -> tuple[Ints, NDArray[np.uint8], NDArray[np.float64]]:
        """Return each entity once, for its best reason, in rising order."""
        if not self.entity:
            return np.zeros(0, np.int32), np.zeros(0, np.uint8), np.zeros(0)
        entity, why = np.concatenate(self.entity), np.concatenate(self.why)
        score = np.concatenate(self.score)
        order = np.lexsort((why, -score, entity))
        entity, why, score = entity[order], why[order], score[order]
        first = np.ones(len(entity), np.bool_)
        first[1:] = entity[1:] != entity[:-1]
        return entity[first], why[first], score[first]


def _by_text(index: Index, hits: Hits, text: str, seen: Flags) -> tuple[bool, bool]:
    """Add what holds the text as it stands; tell whether it is somebody's whole name, and whether it stands anywhere.

    Only names that the reader may know of decide that.
    """
    pattern = literal(index, text)
    if pattern is None:
        return False, False
    found = find(index, pattern)
    kind, whole = index.kind[found.entry], found.first & found.last
    why = np.full(len(found.entry), _RANK["former_part"], np.uint8)
    named = kind == NAME
    why[named] = _RANK["name_part"]
    why[named & found.first] = _RANK["name_start"]
    why[named & found.given] = _RANK["given"]
    for what, reason in ((NAME, "name"), (FORMER, "former"), (ALIAS, "alias")):
        why[whole & (kind == what)] = _RANK[reason]
    hits.add(index, index.entity[found.entry], why, len(pattern.elements))
    known = seen[index.entity[found.entry]]
    return bool((whole & known).any()), bool(known.any())


def _telling(found: Matches, length: int) -> Flags:
    """Return which matches by initials say anything: three letters anywhere, fewer only where a name begins."""
    return found.first if length < 3 else np.ones(len(found.entry), np.bool_)


def _by_sound(index: Index, hits: Hits, text: str) -> None:
    letters = sum(character.isalnum() for character in text)
    for pattern in by_sound(index, text):
        found = find(index, pattern)
        why = np.full(len(found.entry), _RANK["pinyin_part"], np.uint8)
        if pattern.manner in ("pinyin", "initials"):
            why[found.first & found.last] = _RANK[pattern.manner]
        length = len(pattern.elements)
        kept = _telling(found, length) if pattern.manner == "initials" else np.ones(len(why), np.bool_)
        hits.add(index, index.entity[found.entry[kept]], why[kept], length if length > 1 else min(letters, 2))


def _range(numbers: NDArray[np.bytes_], start: bytes) -> slice:
    low = int(np.searchsorted(numbers, np.bytes_(start), "left"))
    high = int(np.searchsorted(numbers, np.bytes_(start + b"\xff"), "left"))
    return slice(low, high)


def _by_number(index: Index, hits: Hits, text: str) -> None:
    number = fold(text).encode()
    if not number or b"\n" in number:
        return
    starts = _range(index.forward, number)
    exact = index.forward[starts] == number
    hits.add(index, index.forward_of[starts][exact], "code", len(number))
    if len(number) < _LEAST_NUMBER:
        return
    hits.add(index, index.forward_of[starts], "code_start", len(number))
    ends = _range(index.backward, number[::-1])
    hits.add(index, index.backward_of[ends], "code_end", len(number))
    # The middle of a number is thought of only where none begins or ends so; letters alone are in the middle of none.
    if starts.stop > starts.start or ends.stop > ends.start or not any(48 <= sign < 58 for sign in number):
        return
    body, begins = index.number_text
    found: list[int] = []
    at = body.find(number)
    while at >= 0 and len(found) < _MOST_NUMBERS:
        found.append(at)
        at = body.find(number, at + 1)
    rows = np.searchsorted(begins, np.array(found, np.int64), "right") - 1
    hits.add(index, index.forward_of[rows], "code_part", len(number))


def _nearly(index: Index, hits: Hits, text: str, seen: Flags) -> None:
    """Add names with one wrong character, and short names of people that sound alike."""
    folded = plain(text)
    numbers = [index.number_of(character) for character in folded]
    if len(numbers) >= _LEAST_NEAR:
        entry = one_off(index, numbers)
        entry = entry[seen[index.entity[entry]]]
        closest = np.argsort(np.abs(index.ends[entry] - index.starts[entry] - len(numbers)), kind="stable")
        hits.add(index, index.entity[entry[closest[:_MOST_NEAR]]], "near", len(numbers))
    if 2 <= len(folded) <= _MOST_SOUND:
        pattern = homophones(index, folded)
        found = find(index, pattern) if pattern is not None else None
        if found is not None:
            kept = found.entry[found.first & found.last & (index.given[found.entry] > 0)]
            kept = kept[seen[index.entity[kept]]]
            hits.add(index, index.entity[kept][:_MOST_NEAR], "sound", len(folded))


def _abbreviated(index: Index, hits: Hits, text: str, seen: Flags) -> None:
    """Add firms and units of which the text is a short form: its characters in order, others left out."""
    folded = plain(text)
    kernel = next((folded.removesuffix(form) for form in _FORMS if folded.endswith(form)), folded)
    if len(kernel) < _LEAST_SHORT:
        return
    types = [at for at, name in enumerate(index.type_names) if name in _SHORT_TYPES]
    numbers = [index.number_of(character) for character in kernel]
    entry = in_order(index, numbers, seen & np.isin(index.type, types))
    shortest = np.argsort(index.ends[entry] - index.starts[entry], kind="stable")[:_MOST_NEAR]
    hits.add(index, index.entity[entry[shortest]], "short", len(kernel))


def seen_by(index: Index, scope: Scope) -> Flags:
    """Return which entities a reader may know of; kept for the readers that come again."""
    if scope.cases == "all":
        return index.everybody
    found = index.seen.get(scope.cases)
    if found is None:
        rows = [index.cases_by_name[case] for case in scope.cases if case in index.cases_by_name]
        owner = np.repeat(np.arange(len(index.ids)), np.diff(index.case_begins))
        found = index.open.copy()
        found[owner[np.isin(index.case_of, rows)]] = True
        if len(index.seen) >= _MOST_READERS:
            index.seen.clear()
        index.seen[scope.cases] = found
    return found


def ranked(
    index: Index, text: str, seen: Flags, extra: Iterable[int] = ()
) -> tuple[Ints, NDArray[np.uint8], NDArray[np.float64]]:
    """Return the entities that a text finds among those that a reader may know of: rows in rising order, why, scores.

    Args:
        index: The index.
        text: As typed.
        seen: From `seen_by`.
        extra: Entities found by their id.
    """
    hits = Hits()
    hits.add(index, np.array(list(extra), np.int32), "id", 1)
    _by_number(index, hits, text)
    whole, anywhere = _by_text(index, hits, text, seen)
    _by_sound(index, hits, text)
    # Somebody's whole name is what was meant; only where it is nobody's is a slip of the hand thought of.
    if any(map(is_han, text)) and not whole:
        _nearly(index, hits, text, seen)
    if any(map(is_han, text)) and not anywhere:
        _abbreviated(index, hits, text, seen)
    entity, why, score = hits.best()
    kept = seen[entity]
    return entity[kept], why[kept], score[kept]
