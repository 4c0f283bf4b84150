"""Who is whose relative, derived from parents and spouses; never stored as labels."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bench.city.table import NEVER, NONE, Table

Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Relative:
    """A relative of somebody.

    Attributes:
        person: Who.
        word: What they are to the one asked about, as forms write it (妻弟 = the wife's younger brother).
        through: The spouse by whom they are related, or -1: the tie begins and ends with that marriage.
        steps: Steps of spouse, parent, child, sibling.
    """

    person: int
    word: str
    through: int
    steps: int


class Kin:
    """Answers who the relatives of a person are."""

    def __init__(self, people: Table) -> None:
        self._sex, self._birth = people["sex"], people["birth"]
        self._father, self._mother, self._spouse = people["father"], people["mother"], people["spouse"]
        self.married, self.divorced, self.death = people["married"], people["divorced"], people["death"]
        self._by_father = np.argsort(self._father, kind="stable")
        self._by_mother = np.argsort(self._mother, kind="stable")
        self._fathers, self._mothers = self._father[self._by_father], self._mother[self._by_mother]

    def children(self, person: int) -> list[int]:
        """Return the children of a person, eldest first."""
        keys, order = (self._fathers, self._by_father) if self._sex[person] == 0 else (self._mothers, self._by_mother)
        low, high = np.searchsorted(keys, [person, person + 1])
        return sorted(order[low:high].tolist(), key=lambda child: int(self._birth[child]))

    def siblings(self, person: int) -> list[int]:
        """Return the brothers and sisters of a person."""
        father = int(self._father[person])
        return [one for one in self.children(father) if one != person] if father != NONE else []

    def spouse(self, person: int) -> int:
        """Return the spouse, also a former one; -1 when there is none."""
        return int(self._spouse[person])

    def _male(self, person: int) -> bool:
        return bool(self._sex[person] == 0)

    def _older(self, one: int, other: int) -> bool:
        return bool(self._birth[one] < self._birth[other])

    def _sibling_word(self, one: int, person: int) -> str:
        if self._male(one):
            return "哥哥" if self._older(one, person) else "弟弟"
        return "姐姐" if self._older(one, person) else "妹妹"

    def _spouse_side(self, person: int, spouse: int) -> list[Relative]:
        found = []
        for one in self.siblings(spouse):
            older = self._older(one, spouse)
            if self._male(person):
                word = ("妻兄" if older else "妻弟") if self._male(one) else ("妻姐" if older else "妻妹")
            else:
                word = ("大伯子" if older else "小叔子") if self._male(one) else "小姑子"
            found.append(Relative(one, word, spouse, 2))
        for parent in (int(self._father[spouse]), int(self._mother[spouse])):
            if parent != NONE:
                words = ("岳父", "岳母") if self._male(person) else ("公公", "婆婆")
                found.append(Relative(parent, words[int(self._sex[parent])], spouse, 2))
        return found

    def _own_side(self, person: int) -> list[Relative]:
        found = []
        for parent in (int(self._father[person]), int(self._mother[person])):
            if parent != NONE:
                found.append(Relative(parent, "父亲" if self._male(parent) else "母亲", NONE, 1))
        for child in self.children(person):
            found.append(Relative(child, "儿子" if self._male(child) else "女儿", NONE, 1))
            if (wed := self.spouse(child)) != NONE:
                found.append(Relative(wed, "女婿" if self._male(wed) else "儿媳", child, 2))
        for one in self.siblings(person):
            word = self._sibling_word(one, person)
            found.append(Relative(one, word, NONE, 1))
            if (wed := self.spouse(one)) != NONE:
                words = {"哥哥": "嫂子", "弟弟": "弟媳", "姐姐": "姐夫", "妹妹": "妹夫"}
                found.append(Relative(wed, words[word], one, 2))
        return found

    def relatives(self, person: int) -> list[Relative]:
        """Return the relatives of a person by at most two steps, nearest first; former spouses too."""
        found = self._own_side(person)
        if (spouse := self.spouse(person)) != NONE:
            found.append(Relative(spouse, "妻子" if self._male(person) else "丈夫", spouse, 1))
            found += self._spouse_side(person, spouse)
        return sorted(found, key=lambda one: (one.steps, one.person))

    def ends(self, relative: Relative) -> int:
        """Return the day on which a marriage that makes the tie was divorced, or NEVER."""
        return int(self.divorced[relative.through]) if relative.through != NONE else NEVER

    def lasting(self, relative: Relative) -> bool:
        """Tell whether the tie holds through all ten years and the relative outlives them, from a full age in 2014."""
        wed = int(self.married[relative.through]) if relative.through != NONE else NEVER
        alive = self.death[relative.person] == NEVER
        grown = self._birth[relative.person] < -22 * 365
        return bool(alive and grown and self.ends(relative) == NEVER and wed < 0)


def household_of(people: Table, rng: np.random.Generator) -> tuple[Ints, NDArray[np.object_]]:
    """Return the head of each person's household, and what each is to the head (户主, 妻, 子, …).

    Couples have a household of their own with their unmarried children; most of the eldest live with a son.
    """
    count = len(people)
    here = np.arange(count)
    spouse, together = people["spouse"], people["divorced"] == NEVER
    wed = (spouse != NONE) & together
    head = here.copy()
    head[wed & (people["sex"] == 1)] = spouse[wed & (people["sex"] == 1)]
    word = np.full(count, "户主", dtype=object)
    word[wed & (people["sex"] == 1)] = "妻"
    single = (spouse == NONE) & (people["father"] != NONE)
    young = single & ((people["birth"] > -30 * 365) | (rng.random(count) < 0.4))
    head[young] = people["father"][young]
    word[young] = np.where(people["sex"][young] == 0, "子", "女")
    _move_in_with_sons(people, head, word, rng)
    while (lost := np.flatnonzero(head[head] != head)).size:
        head[lost], word[lost] = lost, "户主"
    return head, word


def _move_in_with_sons(people: Table, head: Ints, word: NDArray[np.object_], rng: np.random.Generator) -> None:
    sons = np.flatnonzero((people["sex"] == 0) & (people["spouse"] != NONE) & (people["father"] != NONE))
    father = people["father"][sons]
    first = np.unique(father, return_index=True)[1]
    sons, father = sons[first], father[first]
    old = (people["birth"][father] < -62 * 365) & (head[father] == father) & (rng.random(len(father)) < 0.65)
    alone = ~np.isin(father, head[np.setdiff1d(np.arange(len(head)), np.concatenate([father, people["mother"][sons]]))])
    sons, father = sons[old & alone], father[old & alone]
    mother = people["spouse"][father]
    head[father], word[father] = sons, "父"
    mine = head[mother] == father
    head[mother[mine]], word[mother[mine]] = sons[mine], "母"
