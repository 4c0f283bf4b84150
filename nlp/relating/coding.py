"""A sentence as the rules see it: every mention is one character that says its type."""

import re
from dataclasses import dataclass

from nlp.extraction import MentionType
from nlp.spans import Anaphor, Found

CODES: dict[MentionType, str] = {
    "Person": "\ue001",
    "Agency": "\ue002",
    "Company": "\ue003",
    "Post": "\ue004",
    "Money": "\ue005",
    "Date": "\ue006",
    "Account": "\ue007",
    "Identifier": "\ue008",
    "Contract": "\ue009",
    "Tender": "\ue00a",
    "Place": "\ue00b",
}
ANY_CODE = "\ue001-\ue00b"
_P = "\ue001"
# Who asked for it, where it was done, and through whom it went do not part a subject from its verb.
_ASIDE = re.compile(
    rf",?(?:按照|按|根据|应|(?<![接收])受|在|经)(?:\ue002|\ue003)?\ue004?{_P}的?(?:要求|安排|授意|指使|指示|介绍|帮助|委托|请托|同意|陪同)(?:下)?,?"
    rf"|在\ue003(?:营业部|支行)?(?:开立|开设|开户|办理)?的(?=账户|个人账户|\ue007|[(]\ue007)"
    rf"|(?:先后|分别|多次)?(?:在|于|到|来到|前往|去)(?P<host>{_P})的?(?:位于[^,。;]{{1,12}}的)?(?:办公室|家中|家里|家|住处|车上|楼下|宿舍|单位|别墅|老家)(?:内|里|中|附近|楼下|门口)?"
)
_VIA = re.compile(
    rf"(?:通过|经由|经|借助|委托|利用)(?P<via>(?:{_P}的?|其)?(?:[^,。;:{_P}\ue003]{{0,6}}?)[{_P}\ue003](?:的(?:银行)?(?:账户|卡|银行卡))?)(?:之手)?,?(?=向|给|将|把|转|从|送|汇|存|收受|收取|索取|索要|先后|多次|非法)"
)
_BRACKET = re.compile(
    rf"\([^(){ANY_CODE}%成]*\)|[“”《》]|(?<=[{ANY_CODE}])\((?:以下|下)?(?:简?称)?\ue003\)|\([^()]*(?:另案|已故|去世|死亡)[^()]*\)"
)


@dataclass(frozen=True)
class Slot:
    """One mention or resolved reference inside a coded sentence: where it stands, and what it names."""

    start: int
    end: int
    names: Found
    reference: bool = False


@dataclass(frozen=True)
class Coded:
    """A coded sentence.

    Attributes:
        text: One code for each mention, the other characters as they are; brackets without a person or firm left out.
        starts: Place in the normalised text of each character of `text`.
        ends: One past that place.
        slots: What the code at a place of `text` stands for.
        hosts: In whose home or office something was done (在韩冬生办公室), with its place; left out of `text`.
        vias: Through whom something went (通过其妻弟周启明), with its place in the normalised text; left out of `text`.
    """

    text: str
    starts: list[int]
    ends: list[int]
    slots: dict[int, Slot]
    vias: list[tuple[int, str]]
    hosts: list[tuple[int, Found]]

    def without(self, spans: list[tuple[int, int]]) -> "Coded":
        """Return the sentence without some spans."""
        if not spans:
            return self
        dropped = {place for start, end in spans for place in range(start, end)}
        kept = [place for place in range(len(self.text)) if place not in dropped]
        return Coded(
            "".join(self.text[place] for place in kept),
            [self.starts[place] for place in kept],
            [self.ends[place] for place in kept],
            {new: self.slots[place] for new, place in enumerate(kept) if place in self.slots},
            self.vias,
            self.hosts,
        )

    def at(self, place: int) -> Found:
        """Return the mention that the code at a place stands for."""
        return self.slots[place].names


def slots_of(ones: list[Found], anaphors: list[Anaphor]) -> list[Slot]:
    """Return the places that name something, in the order of the text; unresolved references are left as words."""
    slots = [Slot(one.start, one.end, one) for one in ones]
    slots += [Slot(one.start, one.end, one.to, True) for one in anaphors if one.to is not None]
    return sorted(slots, key=lambda slot: (slot.start, -slot.end))


def code(text: str, start: int, end: int, slots: list[Slot]) -> Coded:
    """Code one sentence.

    Args:
        text: The normalised text.
        start: First character of the sentence.
        end: One past its last.
        slots: Those inside the sentence, in order.
    """
    letters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    placed: list[Slot | None] = []
    at = start
    for slot in [*slots, None]:
        stop = slot.start if slot else end
        if stop < at:
            continue  # a reference inside a name
        letters += text[at:stop]
        starts += range(at, stop)
        ends += range(at + 1, stop + 1)
        placed += [None] * (stop - at)
        if slot is not None:
            letters.append(CODES[slot.names.type])
            starts.append(slot.start)
            ends.append(slot.end)
            placed.append(slot)
            at = slot.end
    whole = "".join(letters)
    kept = list(range(len(whole)))
    vias: list[tuple[int, str]] = []
    hosts: list[tuple[int, Found]] = []
    dropped = bytearray(len(whole))
    for pattern in (_BRACKET, _ASIDE, _VIA):
        for found in pattern.finditer(whole):
            dropped[found.start() : found.end()] = b"\1" * (found.end() - found.start())
            if pattern is _ASIDE and found.lastgroup == "host":
                place = found.start("host")
                hosts.append((starts[place], placed[place].names))  # type: ignore[union-attr]
            if pattern is _VIA:
                vias.append((starts[found.start()], text[starts[found.start("via")] : ends[found.end("via") - 1]]))
    kept = [place for place in kept if not dropped[place]]
    return Coded(
        "".join(letters[place] for place in kept),
        [starts[place] for place in kept],
        [ends[place] for place in kept],
        {new: slot for new, place in enumerate(kept) if (slot := placed[place]) is not None},
        vias,
        hosts,
    )
