"""Who and what a text names: one entity a chain of mentions, with the key that its words allow."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from graph.keys import entity_key, fold
from ingest.texts.hiding import Hiding
from ingest.texts.people import units_of
from nlp.extraction import Extraction, Mention
from nlp.identifiers import OLD_PERSON_ID_LENGTH, credit_code_fault, person_id_fault, upgrade_person_id

_KEPT = ("Person", "Agency", "Company", "Contract", "Tender", "Account")
# Ties that say where somebody works, or whose firm it is.
_PLACING = ("HOLDS_POST", "LEGAL_REP", "OFFICER", "SHARE", "EMPLOYED_BY", "IN_CHARGE_OF")
_NOT_A_NAME = ("nickname", "titled", "alias")
_MASKED = re.compile(r"[某×*＊○〇?？]")
_WHOLE_FIRM = re.compile(
    r".{2,}(?:有限公司|有限责任公司|股份公司|集团公司|合作社|厂|经营部|事务所|商行|门市部)"
    r"(?:[((].{1,12}[))]|.{2,10}分公司)?$"
)
# A body is told from its namesakes by its county, city or province; 县教育局 alone may be any county's.
_PLACE = r"^(?:中共)?(?![县区市省本该我全])([\u4e00-\u9fff]{2,5}?(?:省|自治区|市|州|县|旗|(?<![社小园校厂])区))"
_WHOLE_BODY = re.compile(_PLACE)
_COUNTY = re.compile(r"^(?:中共)?(?![县区市省本该我全])([\u4e00-\u9fff]{2,5}?(?:县|市|旗|(?<![社小园校厂])区))")


@dataclass(frozen=True)
class Entity:
    """Somebody or something that a text names.

    Attributes:
        key: Entity key.
        type: Node type.
        kind: One of `graph.keys.KEY_KINDS`; `name` when only the words of this text say who it is, `name_unit` when
            they also say where the person works. Both keep a key of their own until a rule or a person joins them.
        name: As the text names it most fully.
        start: First code point of the first mention.
        end: One past its last.
        method: What read it.
        confidence: 0 to 1.
        props: Properties of the node.
        contexts: Folded names that narrow a bare name down: units of a person, the whole name of a body.
    """

    key: str
    type: str
    kind: str
    name: str
    start: int
    end: int
    method: str
    confidence: float
    props: dict[str, object] = field(default_factory=dict)
    contexts: tuple[str, ...] = ()


def word_of(one: Mention) -> str:
    """Return a mention's name without the breaks that stand in it."""
    return one.value if isinstance(one.value, str) else one.text


def _best(chain: list[Mention]) -> Mention:
    """Return the mention that names the entity most fully: no nickname, the longest name of a body or firm."""
    if chain[0].type in ("Agency", "Company"):
        return max(chain, key=lambda one: (len(word_of(one)), -one.index))
    return next((one for one in chain if one.kind not in _NOT_A_NAME), chain[0])


class Entities:
    """The entities of one document.

    Args:
        doc: The document.
        text: The reader's text.
        found: What was read from it.
        hiding: What must not be kept; whoever is named by it is no entity.

    Attributes:
        by_index: Index of an entity's first mention -> the entity; protected people are not among them.
    """

    def __init__(self, doc: str, text: str, found: Extraction, hiding: Hiding) -> None:
        self._doc = doc
        self._found = found
        chains: dict[int, list[Mention]] = defaultdict(list)
        for one in found.mentions:
            if one.type in _KEPT:
                chains[one.refers_to].append(one)
        best = {head: _best(chain) for head, chain in chains.items()}
        # A reporter's chain is left out whole, and so is a firm that bears a reporter's name.
        kept = {
            head
            for head, chain in chains.items()
            if not any(one.protected for one in chain) and hiding.word(word_of(best[head])) == word_of(best[head])
        }
        self._hiding = hiding
        self._chains = {head: chain for head, chain in chains.items() if head in kept}
        self._best = {head: one for head, one in best.items() if head in kept}
        self._numbers = self._identified()
        self._units = self._placed(text)
        self._county = self._one_county()
        self.by_index = {head: self._entity(head) for head in sorted(self._chains)}

    def of(self, index: int | None) -> Entity | None:
        """Return the entity of a mention; None for what is no entity or protected."""
        return None if index is None else self.by_index.get(self._found.mentions[index].refers_to)

    def named(self, name: str) -> Entity | None:
        """Return the one entity of the document that bears a name in full or in short."""
        folded = fold(name)
        heads = {one.refers_to for one in self._found.mentions if fold(word_of(one)) == folded}
        return self.by_index.get(heads.pop()) if len(heads) == 1 else None

    def _identified(self) -> dict[int, str]:
        """Return the valid ID number or credit code that stands with an entity; one given to two is nobody's."""
        given: dict[int, set[str]] = defaultdict(set)
        bearers: dict[str, set[int]] = defaultdict(set)
        for index, number in self._found.identifiers.items():
            holder, one = self._found.mentions[index], self._found.mentions[number]
            value = one.value
            if not isinstance(value, str):
                continue
            if holder.type == "Person" and one.kind == "id_card" and person_id_fault(value) is None:
                value = upgrade_person_id(value) if len(value) == OLD_PERSON_ID_LENGTH else value.upper()
            elif holder.type != "Company" or one.kind != "credit_code" or credit_code_fault(value) is not None:
                continue
            given[holder.refers_to].add(value)
            bearers[value].add(holder.refers_to)
        single = {head: next(iter(values)) for head, values in given.items() if len(values) == 1}
        return {head: value for head, value in single.items() if len(bearers[value]) == 1}

    def _placed(self, text: str) -> dict[int, set[int]]:
        units = units_of(text, self._found)
        for tie in self._found.relations:
            if tie.type in _PLACING and not tie.negated and tie.claim != "refuted":
                person, unit = self._found.mentions[tie.source], self._found.mentions[tie.target]
                if person.type == "Person" and unit.type in ("Agency", "Company"):
                    units[person.refers_to].add(unit.refers_to)
        return units

    def _one_county(self) -> str | None:
        """Return the one county whose bodies the text names in full."""
        named = [one for head, one in self._best.items() if self._chains[head][0].type == "Agency"]
        counties = {match[1] for one in named if (match := _COUNTY.match(word_of(one)))}
        return counties.pop() if len(counties) == 1 else None

    def _entity(self, head: int) -> Entity:
        best = self._best[head]
        make = {"Person": self._person, "Company": self._company, "Agency": self._agency}.get(best.type, self._numbered)
        return make(head, best)

    def _made(
        self,
        head: int,
        kind: str,
        values: tuple[str, ...],
        props: dict[str, object] | None = None,
        contexts: tuple[str, ...] = (),
    ) -> Entity:
        best, first = self._best[head], self._chains[head][0]
        key = entity_key(best.type, kind, *values)
        place = (first.start, first.end, first.method, first.confidence)
        return Entity(key, best.type, kind, word_of(best), *place, self._hiding.values(props or {}), contexts)

    def _alone(self, head: int) -> tuple[str, ...]:
        """Return what makes the key of something known from this place only."""
        first = self._chains[head][0]
        return fold(word_of(self._best[head])), self._doc, f"{first.start}-{first.end}"

    def _person(self, head: int, best: Mention) -> Entity:
        name = word_of(best)
        masked = best.kind == "masked" or _MASKED.search(name) is not None
        number = self._numbers.get(head)
        aliases = {word_of(one) for one in self._chains[head] if one.kind == "alias"} - {name}
        props: dict[str, object] = {"aliases": "、".join(sorted(aliases))} if aliases else {}
        if masked:
            return self._made(head, "name", self._alone(head), {**props, "masked": True})
        if best.kind in _NOT_A_NAME:
            return self._made(head, "name", self._alone(head), props)
        contexts = tuple(sorted(self._unit_names(head)))
        if number is not None:
            return self._made(head, "id", (number, fold(name)), {**props, "code": number}, contexts)
        return self._made(head, "name_unit" if contexts else "name", self._alone(head), props, contexts)

    def _unit_names(self, head: int) -> set[str]:
        """Return the names of somebody's units as the text has them, and with their county where that is sure."""
        units = (self._best.get(unit) for unit in self._units.get(head, ()))
        return {fold(name) for best in units if best is not None for name in (word_of(best), self._full(best))}

    def _full(self, best: Mention) -> str:
        """Return a body's name with its county where the text leaves no doubt which one it is."""
        name = word_of(best)
        if best.type != "Agency" or self._county is None or _WHOLE_BODY.match(name):
            return name
        if name[:1] in "省市县区旗":  # 市教育局 is not the county's
            return self._county + name[1:] if name[0] == self._county[-1] else name
        return self._county + name

    def _company(self, head: int, best: Mention) -> Entity:
        code = self._numbers.get(head)
        if code is not None:
            return self._made(head, "code", (code,), {"code": code})
        name = word_of(best)
        if _WHOLE_FIRM.fullmatch(name) and not _MASKED.search(name):
            return self._made(head, "company_name", (fold(name),))
        return self._made(head, "name", self._alone(head))

    def _agency(self, head: int, best: Mention) -> Entity:
        name = word_of(best)
        if _MASKED.search(name):
            return self._made(head, "name", self._alone(head))
        if _WHOLE_BODY.match(name):
            return self._made(head, "value", (fold(name),))
        # 下湾村 or 县教育局 is its own body until it is found that just one registered body is called so.
        return self._made(head, "name", self._alone(head), {}, tuple(sorted({fold(name), fold(self._full(best))})))

    def _numbered(self, head: int, best: Mention) -> Entity:
        kinds = ("account", "card") if best.type == "Account" else ("number",)
        number = next((word_of(one) for one in self._chains[head] if one.kind in kinds), None)
        if number is not None:
            clean = fold(number)
            return self._made(head, "account" if best.type == "Account" else "code", (clean,), {"code": clean})
        return self._made(head, "name", self._alone(head))
