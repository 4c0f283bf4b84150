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
_BRACKET = re.compile(rf"\([^()\ue001\ue003]*\)|[“”《》]|(?<=[{ANY_CODE}])\(\ue003\)")


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
    """

    text: str
    starts: list[int]
    ends: list[int]
    slots: dict[int, Slot]

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
    for found in reversed([*_BRACKET.finditer(whole)]):
        del kept[found.start() : found.end()]
    return Coded(
        "".join(letters[place] for place in kept),
        [starts[place] for place in kept],
        [ends[place] for place in kept],
        {new: slot for new, place in enumerate(kept) if (slot := placed[place]) is not None},
    )
