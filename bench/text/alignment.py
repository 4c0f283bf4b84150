"""Lays what was found beside what was marked, one to one: exact spans first, then any overlap of the same type."""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from bench.text.gold_types import GoldDocument, GoldMention
from bench.text.prediction import PredictedMention, Prediction

# Words that the guidelines leave outside a span, or inside; both are read as the same span.
_BEFORE = {
    "Money": re.compile(r"(?:共计|合计|折合|人民币|现金|美元|约|近|每人|各|[(:]|¥)+"),
    "Date": re.compile(r"[自从于在]"),
    "Post": re.compile(r"(?:原|时任|现任|任)"),
    "Person": re.compile(r"[“\"]"),
    "Account": re.compile(r"(?:尾号|账号|卡号)[::]?"),
}
_AFTER = {
    "Money": re.compile(r"(?:人民币|左右|许|整)+"),
    "Date": re.compile(
        r"(?:的一天|以来|左右|前后|期间|起|初|底|末|中旬|上午|下午|晚上|晚|[0-9]{1,2}[时::][0-9]{1,2}分?)+"
    ),
    "Person": re.compile(r"[”\"]"),
}
# Longer names that may hold other names, which the guidelines leave unmarked.
_NESTED = frozenset({"Place", "Agency"})
_HOLDERS = {
    "Person": frozenset({"Post"}),
    **dict.fromkeys(("Agency", "Company", "Tender", "Contract"), _NESTED),
}
LOOSE: dict[str, frozenset[str]] = {
    kind: frozenset(words)
    for kind, words in tomllib.loads((Path(__file__).parent / "loose.toml").read_text(encoding="utf-8")).items()
}


@dataclass
class Alignment:
    """Which found mention stands for which marked one.

    Attributes:
        exact: Marked mention (by place in the document's list) -> found mention, same type and span.
        overlapping: Likewise, same type and any overlap; holds the exact ones too.
        ignored: Found mentions that are neither right nor wrong.
    """

    exact: dict[int, int] = field(default_factory=dict)
    overlapping: dict[int, int] = field(default_factory=dict)
    ignored: set[int] = field(default_factory=set)

    def marked(self, found: int) -> int | None:
        """Return the marked mention that a found one stands for."""
        return next((gold for gold, other in self.overlapping.items() if other == found), None)


def _starts(mentions: list[GoldMention], place: int) -> set[int]:
    """Return where a span may begin: a place or an optional department that touches it may be read into it."""
    starts = {mentions[place].start}
    for before in reversed(mentions[:place]):
        touching = before.end == min(starts)
        swallowed = before.type == "Place" or (before.type == "Agency" and before.optional)
        if not touching or not swallowed:
            break
        starts.add(before.start)
    return starts


def _inner_starts(gold: GoldMention, prediction: Prediction) -> set[int]:
    """Return where an agency's span may begin when the places in front of it were found by themselves."""
    starts = {gold.start}
    for found in prediction.mentions if gold.type == "Agency" else ():
        if found.type == "Place" and found.start in starts and found.end < gold.end:
            starts.add(found.end)
    return starts


def _trimmed(kind: str, text: str) -> tuple[int, int]:
    """Return how many characters at either end of a span are a matter of taste."""
    before = _BEFORE[kind].match(text) if kind in _BEFORE else None
    left = before.end() if before is not None and before.end() < len(text) else 0
    right = 0
    if kind in _AFTER:
        tails = (len(text) - at for at in range(left + 1, len(text)) if _AFTER[kind].fullmatch(text, at))
        right = max(tails, default=0)
    return left, right


def _core(one: GoldMention | PredictedMention) -> tuple[int, int]:
    left, right = _trimmed(one.type, one.text)
    return one.start + left, one.end - right


def _same_span(mentions: list[GoldMention], place: int, found: PredictedMention, prediction: Prediction) -> bool:
    gold = mentions[place]
    if gold.type != found.type:
        return False
    if (gold.start, gold.end) == (found.start, found.end) or _core(gold) == _core(found):
        return True
    if gold.end == found.end and found.start in _starts(mentions, place):
        return True
    if gold.end == found.end and found.start in _inner_starts(gold, prediction):
        return True
    after = mentions[place + 1] if place + 1 < len(mentions) else None
    inside = after is not None and after.optional and after.type == "Agency" == gold.type and after.start == gold.end
    return inside and after is not None and (gold.start, after.end) == (found.start, found.end)


def _overlap(one: GoldMention, other: PredictedMention) -> int:
    return min(one.end, other.end) - max(one.start, other.start)


def align(document: GoldDocument, prediction: Prediction) -> Alignment:
    """Match the named mentions of a document; pronouns and roles are scored as references."""
    result = Alignment()
    mentions = sorted(document.mentions, key=lambda one: one.start)
    places = {id(one): place for place, one in enumerate(document.mentions)}
    free = set(range(len(prediction.mentions)))
    for place, gold in enumerate(mentions):
        same = [index for index in sorted(free) if _same_span(mentions, place, prediction.mentions[index], prediction)]
        if gold.named and same:
            result.exact[places[id(gold)]] = result.overlapping[places[id(gold)]] = same[0]
            free.discard(same[0])
    for gold in mentions:
        if not gold.named or places[id(gold)] in result.overlapping:
            continue
        near = [
            (_overlap(gold, prediction.mentions[index]), -index)
            for index in free
            if prediction.mentions[index].type == gold.type and _overlap(gold, prediction.mentions[index]) > 0
        ]
        if near:
            index = -max(near)[1]
            result.overlapping[places[id(gold)]] = index
            free.discard(index)
    for index in free:
        found = prediction.mentions[index]
        touched = [gold for gold in mentions if _overlap(gold, found) > 0]
        held = any(
            gold.start <= found.start and found.end <= gold.end and found.type in _HOLDERS.get(gold.type, ())
            for gold in touched
            if gold.type != found.type
        )
        loose = not touched and found.text in LOOSE.get(found.type, ())
        if held or loose or any(gold.optional or not gold.named for gold in touched):
            result.ignored.add(index)
    return result


def swallowed(document: GoldDocument, prediction: Prediction, alignment: Alignment) -> set[int]:
    """Return the marked places that were read into the name behind them, which is not a miss."""
    spans = [
        (found.start, found.end)
        for gold, index in alignment.exact.items()
        for found in (prediction.mentions[index],)
        if found.start < document.mentions[gold].start
    ]
    return {
        place
        for place, gold in enumerate(document.mentions)
        if gold.type == "Place" and any(start <= gold.start and gold.end <= end for start, end in spans)
    }
