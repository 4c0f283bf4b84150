"""Finding patterns in the index: places of the rarest element first, everything else by whole arrays."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.services.search.index import Index, Ints
from app.services.search.patterns import Numbers, Pattern

# More entries than this are not looked through for what is only nearly right.
_MOST_NEAR = 20_000
_MOST_APART = 5_000
_WIDEST = 48
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Matches:
    """Where a pattern was found: the entry, whether it begins there, ends there, and is the given name there."""

    entry: Ints
    first: Flags
    last: Flags
    given: Flags


def _count(index: Index, element: Numbers) -> int:
    return int((index.begins[element.astype(np.int64) + 1] - index.begins[element]).sum())


def _places(index: Index, element: Numbers) -> Ints:
    runs = [index.order[index.begins[one] : index.begins[one + 1]] for one in element.astype(np.int64)]
    return np.concatenate(runs) if runs else np.zeros(0, np.int32)


def _mask(index: Index, element: Numbers) -> Flags:
    mask = np.zeros(len(index.characters), np.bool_)
    mask[element] = True
    return mask


def places(index: Index, pattern: Pattern) -> Ints:
    """Return where a pattern begins, in no order."""
    elements = pattern.elements
    rarest = min(range(len(elements)), key=lambda at: _count(index, elements[at]))
    found = _places(index, elements[rarest]) - rarest
    found = found[found >= 0]
    others = sorted((at for at in range(len(elements)) if at != rarest), key=lambda at: len(elements[at]))
    for at in others:
        if not len(found):
            break
        element = elements[at]
        there = index.text[found + at]
        found = found[there == element[0]] if len(element) == 1 else found[_mask(index, element)[there]]
    return found


def entries_at(index: Index, where: Ints) -> Ints:
    """Return the entry of each place."""
    at = np.searchsorted(index.starts, where, "right") - 1
    return at.astype(np.int32)


def find(index: Index, pattern: Pattern) -> Matches:
    """Return every place of a pattern."""
    where = places(index, pattern)
    entry = entries_at(index, where)
    start, end = index.starts[entry], index.ends[entry]
    first, last = where == start, where + len(pattern.elements) == end
    given = last & (index.given[entry] > 0) & (where - start == index.given[entry])
    return Matches(entry, first, last, given)


def _window(index: Index, entry: Ints, width: int) -> tuple[NDArray[np.uint32], Flags]:
    """Return the characters of some entries side by side, and which of them belong to the entry."""
    at = index.starts[entry].astype(np.int64)[:, None] + np.arange(width)
    inside = at < index.ends[entry][:, None]
    text: NDArray[np.uint32] = index.text[np.minimum(at, len(index.text) - 1)]
    shown: NDArray[np.uint32] = np.where(inside, text, np.uint32(0))
    return shown, inside


def one_off(index: Index, numbers: list[int]) -> Ints:
    """Return the entries that differ from a text by one character: another one, one too many, or one too few.

    Args:
        index: The index.
        numbers: Of the text's characters; -1 for one that no name has.
    """
    length = len(numbers)
    half = length // 2
    found: list[Ints] = []
    for part, at_start in ((numbers[:half], True), (numbers[half:], False)):
        if -1 in part or not part:
            continue
        hits = find(index, Pattern(tuple(np.array([one], np.uint32) for one in part), "text"))
        found.append(hits.entry[hits.first if at_start else hits.last])
    if not found:
        return np.zeros(0, np.int32)
    entry: Ints = np.unique(np.concatenate(found))
    sizes = index.ends[entry] - index.starts[entry]
    entry = entry[np.abs(sizes - length) <= 1][:_MOST_NEAR]
    if not len(entry):
        return entry
    sizes = index.ends[entry] - index.starts[entry]
    text, _ = _window(index, entry, length + 1)
    wanted = np.array([*numbers, 0], np.int64)
    from_left = np.cumprod(text[:, :length] == wanted[:length], axis=1).sum(axis=1)
    # The same from the right: the window is turned so that the last characters stand together.
    back = (sizes[:, None] - 1 - np.arange(length)).clip(0)
    turned = np.take_along_axis(text, back, axis=1)
    valid = np.arange(length) < sizes[:, None]
    from_right = np.cumprod((turned == wanted[:length][::-1]) & valid, axis=1).sum(axis=1)
    longest = np.maximum(sizes, length)
    near: Ints = entry[(from_left + from_right >= longest - 1) & ((sizes != length) | (from_left < length))]
    return near


def in_order(index: Index, numbers: list[int], allowed: Flags) -> Ints:
    """Return the entries in which all characters of a text occur in its order, with others between them.

    Args:
        index: The index.
        numbers: Of the text's characters; one that no name has makes the answer empty.
        allowed: By entity.
    """
    if -1 in numbers:
        return np.zeros(0, np.int32)
    elements = [np.array([one], np.uint32) for one in numbers]
    rarest = min(elements, key=lambda one: _count(index, one))
    entry = np.unique(entries_at(index, _places(index, rarest)))
    entry = entry[allowed[index.entity[entry]]][:_MOST_APART]
    if not len(entry):
        return entry
    text, _ = _window(index, entry, _WIDEST)
    column = np.arange(_WIDEST)
    behind = np.zeros(len(entry), np.int64)
    kept = np.ones(len(entry), np.bool_)
    for one in numbers:
        there = (text == one) & (column >= behind[:, None])
        kept &= there.any(axis=1)
        behind = there.argmax(axis=1) + 1
    found: Ints = entry[kept]
    return found
