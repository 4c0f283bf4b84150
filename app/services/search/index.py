"""The index as arrays: all names one after the other, where each character stands, and what each entity is.

A name, a former name or an alias is an *entry*; an entity has one or more. Characters are numbered in the order of
their code points; 0 separates entries. A pattern is found by the places of its rarest character.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.workspace import disk_full_told

Ints = NDArray[np.int32]
NAME, FORMER, ALIAS = 0, 1, 2
# Patterns are no longer than this; so much empty room follows the last entry.
LONGEST = 64
_PASSPORT = {"lv": "lyu", "nv": "nyu", "lve": "lyue", "nve": "nyue"}


@dataclass(frozen=True)
class Texts:
    """Strings as one run of bytes with the offset of each."""

    body: NDArray[np.uint8]
    offsets: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, at: int) -> str:
        """Return one string."""
        return self.body[self.offsets[at] : self.offsets[at + 1]].tobytes().decode()

    def all(self) -> list[str]:
        """Return every string."""
        return [self[at] for at in range(len(self))]

    @classmethod
    def of(cls, strings: Iterable[str]) -> "Texts":
        """Return some strings in this form."""
        encoded = [one.encode() for one in strings]
        offsets = np.zeros(len(encoded) + 1, np.int64)
        np.cumsum([len(one) for one in encoded], out=offsets[1:])
        return cls(np.frombuffer(b"".join(encoded), np.uint8), offsets)


@dataclass(frozen=True)
class Index:
    """Everything that a search needs; one object serves all threads.

    Attributes:
        stamp: What it was made from.
        characters: Code points; the first is the separator.
        text: Number of the character at each place.
        order: Places, character by character.
        begins: Where the places of each character begin in `order`; one more than there are characters.
        starts: First place of each entry.
        ends: Place after the last of each entry.
        entity: Of each entry, as a row of the entities below.
        kind: Of each entry: `NAME`, `FORMER`, `ALIAS`.
        given: How many characters of the entry are the surname; 0 where it is no person's name.
        syllables: Every reading of any character.
        sounds: Numbers of the characters with that reading, reading by reading.
        sound_begins: Where those of each reading begin.
        ids: Of the entities, in order.
        types: Names of node types.
        type: Of each entity, as a row of `types`.
        names: As shown.
        lengths: Of the names as shown, in characters.
        codes: Own numbers as shown; empty where there is none.
        cases: In how many cases an entity is named, over all.
        open: Something open to every reader tells of the entity.
        case_names: Numbers of cases.
        case_begins: Where the cases of each entity begin in `case_of`.
        case_of: Cases of the entities, as rows of `case_names`.
        forward: Numbers in the form in which they are compared, sorted.
        forward_of: Entity of each of them.
        backward: The same numbers written backwards, sorted.
        backward_of: Entity of each of them.
    """

    stamp: Texts
    characters: NDArray[np.uint32]
    text: NDArray[np.uint32]
    order: Ints
    begins: NDArray[np.int64]
    starts: Ints
    ends: Ints
    entity: Ints
    kind: NDArray[np.uint8]
    given: NDArray[np.uint8]
    syllables: Texts
    sounds: NDArray[np.uint32]
    sound_begins: NDArray[np.int64]
    ids: Texts
    types: Texts
    type: NDArray[np.uint8]
    names: Texts
    lengths: Ints
    codes: Texts
    cases: Ints
    open: NDArray[np.bool_]
    case_names: Texts
    case_begins: NDArray[np.int64]
    case_of: Ints
    forward: NDArray[np.bytes_]
    forward_of: Ints
    backward: NDArray[np.bytes_]
    backward_of: Ints

    @cached_property
    def type_names(self) -> list[str]:
        """Node types, by row."""
        return self.types.all()

    @cached_property
    def cases_by_name(self) -> dict[str, int]:
        """Number of a case -> its row."""
        return {name: at for at, name in enumerate(self.case_names.all())}

    @cached_property
    def readings(self) -> dict[str, NDArray[np.uint32]]:
        """Reading -> numbers of the characters that may be read so."""
        names = self.syllables.all()
        begins = self.sound_begins
        found = {name: self.sounds[begins[at] : begins[at + 1]] for at, name in enumerate(names)}
        # 吕 is `lv` on a keyboard and `lyu` in a passport.
        return found | {passport: found[typed] for typed, passport in _PASSPORT.items() if typed in found}

    @cached_property
    def beginnings(self) -> dict[str, NDArray[np.uint32]]:
        """Beginning of a reading (`z`, `zh`, … `zhang`) -> numbers of the characters whose reading begins so."""
        found: dict[str, list[NDArray[np.uint32]]] = {}
        for name, numbers in self.readings.items():
            for end in range(1, len(name) + 1):
                found.setdefault(name[:end], []).append(numbers)
        return {name: np.unique(np.concatenate(numbers)) for name, numbers in found.items()}

    @cached_property
    def everybody(self) -> NDArray[np.bool_]:
        """Every entity may be known of."""
        return np.ones(len(self.ids), np.bool_)

    @cached_property
    def seen(self) -> dict[frozenset[str], NDArray[np.bool_]]:
        """Cases that a reader may see -> the entities that this reader may know of, as worked out so far."""
        return {}

    @cached_property
    def number_text(self) -> tuple[bytes, NDArray[np.int64]]:
        """All numbers in the order of `forward`, a line each, and where each begins."""
        lines = self.forward.tolist()
        begins = np.zeros(len(lines) + 1, np.int64)
        np.cumsum([len(line) + 1 for line in lines], out=begins[1:])
        return b"\n".join(lines) + b"\n", begins

    def number_of(self, character: str) -> int:
        """Return the number of a character; -1 when no name has it."""
        at = int(np.searchsorted(self.characters, ord(character)))
        return at if at < len(self.characters) and self.characters[at] == ord(character) else -1

    def row_of(self, id_: str) -> int | None:
        """Return the row of an entity; None when there is none of that id."""
        low, high = 0, len(self.ids)
        while low < high:
            middle = (low + high) // 2
            low, high = (middle + 1, high) if self.ids[middle] < id_ else (low, middle)
        return low if low < len(self.ids) and self.ids[low] == id_ else None

    def save(self, path: Path) -> None:
        """Write it to a file, whole or not at all.

        Raises:
            DiskFull: No room.
        """
        arrays: dict[str, Any] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, Texts):
                arrays[f"{field.name}.body"], arrays[f"{field.name}.offsets"] = value.body, value.offsets
            else:
                arrays[field.name] = value
        with disk_full_told(path), path.open("wb") as stream:
            np.savez(stream, **arrays)

    @classmethod
    def load(cls, path: Path) -> "Index":
        """Read it from a file.

        Raises:
            OSError: There is none.
            ValueError: It is damaged, or of another form.
        """
        with path.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            names = set(arrays.files)
            found: dict[str, Any] = {}
            for field in fields(cls):
                if f"{field.name}.body" in names:
                    found[field.name] = Texts(arrays[f"{field.name}.body"], arrays[f"{field.name}.offsets"])
                elif field.name in names:
                    found[field.name] = arrays[field.name]
                else:
                    raise ValueError(field.name)
        return cls(**found)
