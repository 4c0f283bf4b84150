"""Who and what a text names: one entity a chain of mentions, with the key that its words allow."""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from graph.keys import entity_key, fold
from ingest.texts.people import numbers_of, units_of
from nlp.extraction import Extraction, Mention

_KEPT = ("Person", "Agency", "Company", "Contract", "Tender", "Account")
# Ties that say where somebody works, or whose firm it is.
_PLACING = ("HOLDS_POST", "LEGAL_REP", "OFFICER", "SHARE", "EMPLOYED_BY", "IN_CHARGE_OF")
_NOT_A_NAME = ("nickname", "titled", "alias")
_MASKED = re.compile(r"[某×*＊○〇?？]")
_WHOLE_FIRM = re.compile(r".{2,}(?:有限公司|有限责任公司|股份公司|集团公司|合作社|厂|经营部|事务所|商行|门市部)(?:[((].{1,12}[))]|.{2,10}分公司)?$")  # fmt: skip  # noqa: E501
_WHOLE_BODY = re.compile(r"^(?:中共)?[\u4e00-\u9fff]{2,}?(?:省|自治区|市|州|县|区|旗|镇|乡|街道|村|社区)")
_COUNTY = re.compile(r"^(?:中共)?([\u4e00-\u9fff]{2,5}?[县区市])")
_REACH = 40  # between a firm's name and the credit code given with it


@dataclass(frozen=True)
class Entity:
    """Somebody or something that a text names.

    Attributes:
        key: Entity key.
        type: Node type.
        kind: One of `graph.keys.KEY_KINDS`; `name` when only the words of this text say who it is.
        name: As the text names it most fully.
        start: First code point of the first mention.
        end: One past its last.
        method: What read it.
        confidence: 0 to 1.
        props: Properties of the node.
        contexts: Names of units that narrow a bare name down, folded.
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


def _word(one: Mention) -> str:
    return one.value if isinstance(one.value, str) else one.text


def _best(chain: list[Mention]) -> Mention:
    """Return the mention that names the entity most fully: no nickname, the longest name of a body or firm."""
    if chain[0].type in ("Agency", "Company"):
        return max(chain, key=lambda one: (len(_word(one)), -one.index))
    return next((one for one in chain if one.kind not in _NOT_A_NAME), chain[0])


class Entities:
    """The entities of one document.

    Args:
        doc: The document.
        text: The reader's text.
        found: What was read from it.

    Attributes:
        by_index: Index of an entity's first mention -> the entity; protected people are not among them.
    """

    def __init__(self, doc: str, text: str, found: Extraction) -> None:
        self._doc = doc
        self._text = text
        self._found = found
        chains: dict[int, list[Mention]] = defaultdict(list)
        for one in found.mentions:
            if one.type in _KEPT:
                chains[one.refers_to].append(one)
        # A reporter's chain is left out whole; nothing of it goes on from here.
        self._chains = {head: chain for head, chain in chains.items() if not any(one.protected for one in chain)}
        self._best = {head: _best(chain) for head, chain in self._chains.items()}
        self._numbers = numbers_of(text, found)
        self._units = self._placed()
        self._county = self._one_county()
        self.by_index = {head: self._entity(head) for head in sorted(self._chains)}

    def of(self, index: int | None) -> Entity | None:
        """Return the entity of a mention; None for what is no entity or protected."""
        return None if index is None else self.by_index.get(self._found.mentions[index].refers_to)

    def _placed(self) -> dict[int, set[int]]:
        units = units_of(self._text, self._found)
        for tie in self._found.relations:
            if tie.type in _PLACING and not tie.negated and tie.claim != "refuted":
                person, unit = self._found.mentions[tie.source], self._found.mentions[tie.target]
                if person.type == "Person" and unit.type in ("Agency", "Company"):
                    units[person.refers_to].add(unit.refers_to)
        return units

    def _one_county(self) -> str | None:
        """Return the one county whose bodies the text names in full."""
        named = [one for head, one in self._best.items() if self._chains[head][0].type == "Agency"]
        counties = {match[1] for one in named if (match := _COUNTY.match(_word(one)))}
        return counties.pop() if len(counties) == 1 else None

    def _entity(self, head: int) -> Entity:
        best = self._best[head]
        make = {
            "Person": self._person,
            "Company": self._company,
            "Agency": self._agency,
            "Account": self._numbered,
            "Contract": self._numbered,
            "Tender": self._numbered,
        }[best.type]
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
        return Entity(key, best.type, kind, _word(best), *place, props or {}, contexts)

    def _alone(self, head: int) -> tuple[str, ...]:
        """Return what makes the key of something known from this place only."""
        first = self._chains[head][0]
        return fold(_word(self._best[head])), self._doc, f"{first.start}-{first.end}"

    def _person(self, head: int, best: Mention) -> Entity:
        name = _word(best)
        masked = best.kind == "masked" or _MASKED.search(name) is not None
        number = self._numbers.get(head)
        aliases = {_word(one) for one in self._chains[head] if one.kind == "alias"} - {name}
        props: dict[str, object] = {"aliases": "、".join(sorted(aliases))} if aliases else {}
        named = best.kind not in _NOT_A_NAME and not masked
        contexts = tuple(sorted(self._unit_names(head))) if named else ()
        if masked:
            props["masked"] = True
        if number is not None and named:
            return self._made(head, "id", (number, fold(name)), {**props, "code": number}, contexts)
        return self._made(head, "name", self._alone(head), props, contexts)

    def _unit_names(self, head: int) -> set[str]:
        names = set()
        for unit in self._units.get(head, ()):
            best = self._best.get(unit)
            if best is not None:
                names.add(fold(self._full(best)))
        return names

    def _full(self, best: Mention) -> str:
        """Return a body's name with its county where the text leaves no doubt which one it is."""
        name = _word(best)
        if best.type != "Agency" or self._county is None or _WHOLE_BODY.match(name):
            return name
        return self._county + (name[1:] if name[:1] in "县区市" else name)

    def _company(self, head: int, best: Mention) -> Entity:
        code = self._code(head)
        if code is not None:
            return self._made(head, "code", (code,), {"code": code})
        name = _word(best)
        if _WHOLE_FIRM.fullmatch(name) and not _MASKED.search(name):
            return self._made(head, "company_name", (fold(name),))
        return self._made(head, "name", self._alone(head))

    def _code(self, head: int) -> str | None:
        """Return the credit code that stands with a firm."""
        firms = sorted(
            (one for one in self._found.mentions if one.type == "Company"), key=lambda one: one.start, reverse=True
        )
        codes = set()
        for one in self._found.mentions:
            if one.kind == "credit_code" and isinstance(one.value, str):
                before = next((firm for firm in firms if firm.end <= one.start), None)
                near = before is not None and one.start - before.end <= _REACH
                if before is not None and near and before.refers_to == head:
                    codes.add(one.value)
        return codes.pop() if len(codes) == 1 else None

    def _agency(self, head: int, best: Mention) -> Entity:
        name = _word(best)
        props: dict[str, object] = {}
        if _WHOLE_BODY.match(name) and not _MASKED.search(name):
            return self._made(head, "value", (fold(name),), props)
        full = self._full(best)
        return self._made(head, "name", self._alone(head), props, (fold(full),) if full != name else ())

    def _numbered(self, head: int, best: Mention) -> Entity:
        number = next((one.value for one in self._chains[head] if one.kind in ("number", "account", "card")), None)
        if best.type == "Account" and isinstance(best.value, str):
            number = best.value
        if isinstance(number, str):
            clean = fold(number)
            kind = "account" if best.type == "Account" else "code"
            return self._made(head, kind, (clean,), {"code": clean})
        return self._made(head, "name", self._alone(head))
