"""Joining records into entities: what people said stands before what machines found, and contradictions join nothing.

1. Everything that people called the same is one group, through any number of steps.
2. A group in which two records were also called different contradicts itself: none of its records is joined to another,
   by people or machine, until one of the sayings is taken back.
3. Machine links follow, the most probable first; a link that would bring together what people called different, or
   could not tell apart, is left out.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from graph.casebook.verdict import Verdict

Pair = tuple[str, str]
Said = tuple[str, str, Verdict]


class Groups:
    """Union-find over keys, some of which must stay apart."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}
        self._apart: dict[str, set[str]] = {}

    def root(self, key: str) -> str:
        """Return what stands for a key's group."""
        parent = self._parent.setdefault(key, key)
        while parent != self._parent[parent]:
            self._parent[key] = parent = self._parent[parent]
        return parent

    def apart(self, one: str, other: str) -> bool:
        """Tell whether two groups must not become one."""
        return self.root(other) in {self.root(key) for key in self._apart.get(self.root(one), ())}

    def part(self, one: str, other: str) -> None:
        """Keep two groups apart from now on."""
        first, second = self.root(one), self.root(other)
        self._apart.setdefault(first, set()).add(second)
        self._apart.setdefault(second, set()).add(first)

    def join(self, one: str, other: str) -> bool:
        """Make two groups one; False when they must stay apart."""
        first, second = sorted((self.root(one), self.root(other)))
        if first == second:
            return True
        if self.apart(first, second):
            return False
        self._parent[second] = first
        moved = self._apart.pop(second, set())
        if moved:
            self._apart.setdefault(first, set()).update(moved)
        return True

    def members(self) -> dict[str, list[str]]:
        """Return the groups: root -> sorted keys."""
        found: dict[str, list[str]] = {}
        for key in sorted(self._parent):
            found.setdefault(self.root(key), []).append(key)
        return found


@dataclass(frozen=True)
class Contradiction:
    """People called two records different that others (or they) called the same.

    Attributes:
        pair: The two that were called different.
        chain: The pairs called the same that lead from one to the other.
        keys: Every key of the group, none of which is joined.
    """

    pair: Pair
    chain: tuple[Pair, ...]
    keys: tuple[str, ...]


@dataclass(frozen=True)
class Sayings:
    """What people said, worked out.

    Attributes:
        groups: Only what people joined, with what must stay apart; machine links may be added.
        joined: Keys of groups of two or more without a contradiction.
        contradictions: By pair.
    """

    groups: Groups
    joined: frozenset[str]
    contradictions: tuple[Contradiction, ...] = field(default=())


def chain(pairs: Iterable[Pair], start: str, goal: str) -> tuple[Pair, ...]:
    """Return the shortest chain of pairs from one key to another; empty when there is none."""
    near: dict[str, list[tuple[str, Pair]]] = {}
    for pair in sorted(pairs):
        near.setdefault(pair[0], []).append((pair[1], pair))
        near.setdefault(pair[1], []).append((pair[0], pair))
    back: dict[str, tuple[str, Pair] | None] = {start: None}
    front = [start]
    while front and goal not in back:
        reached = []
        for key in front:
            for there, pair in near.get(key, ()):
                if there not in back:
                    back[there] = (key, pair)
                    reached.append(there)
        front = reached
    found: list[Pair] = []
    at = goal
    while (step := back.get(at)) is not None:
        found.append(step[1])
        at = step[0]
    return tuple(reversed(found))


def _contradictions(same: list[Pair], different: list[Pair]) -> Iterator[Contradiction]:
    naive = Groups()
    for one, other in same:
        naive.join(one, other)
    members = naive.members()
    for one, other in different:
        if naive.root(one) == naive.root(other):
            yield Contradiction((one, other), chain(same, one, other), tuple(members[naive.root(one)]))


def weigh(said: Sequence[Said]) -> Sayings:
    """Work out what people said.

    Args:
        said: Two keys and a verdict, in force; in any order.
    """
    ordered = sorted(said)
    same = [(a, b) for a, b, verdict in ordered if verdict.joins]
    different = [(a, b) for a, b, verdict in ordered if verdict.parts]
    found = tuple(_contradictions(same, different))
    broken = {key for one in found for key in one.keys}
    groups = Groups()
    for a, b in same:
        if a not in broken:
            groups.join(a, b)
    joined = frozenset(key for keys in groups.members().values() if len(keys) > 1 for key in keys)
    for keys in sorted({one.keys for one in found}):
        for one, other in combinations(keys, 2):
            groups.part(one, other)
    for a, b, verdict in ordered:
        # A doubt about two that others joined through a third does not undo that; it only stops machines.
        if verdict.stops_machine and groups.root(a) != groups.root(b):
            groups.part(a, b)
    return Sayings(groups, joined, found)
