"""From the relations of a text to rows of the ledger: ends and properties as the model has them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from graph.keys import digest, entity_key, fold
from graph.model import model
from ingest.texts.entities import Entities, Entity, word_of
from ingest.texts.hiding import Hiding
from ingest.texts.passages import locator, passage_of
from ingest.texts.values import Period, properties_of, stated_amount, stated_day, stated_exactly, stated_on
from nlp.extraction import Extraction, Mention, Relation

# A denial by a body that finds is a refutation (查否); one by a person is only that: a denial (否认).
_FINDS = ("found", "adjudicated", "registry", "refuted")
REFUTED, DENIED = "refuted", "denied"
AGAINST = (REFUTED, DENIED)
PARTIES = ("Person", "Company", "Agency", "Account")
_NUMBERED = {"case": "Case", "lead": "Lead"}


@dataclass(frozen=True)
class Tie:
    """A row of the ledger's `relations`, before the columns that all rows of a document share.

    Attributes:
        type: Relation type of the model.
        source_key: Entity key.
        target_key: Entity key.
        props: Without nulls.
        period: `from` and `to`.
        start: First code point of the passage.
        end: One past its last.
        method: Rule.
        confidence: 0 to 1.
        claim: Rank, `refuted` or `denied`.
        speaker: Name of who says it.
        passage: Stands for the sentence, see `passage_of`.
    """

    type: str
    source_key: str
    target_key: str
    props: dict[str, object]
    period: Period
    start: int
    end: int
    method: str
    confidence: float
    claim: str
    speaker: str | None = None
    passage: str | None = None

    def row(self, doc: str) -> dict[str, object]:
        """Return the row; the same passage saying the same always has the same key."""
        props = {name: value for name, value in self.props.items() if value is not None}
        if self.period.start_latest is not None:
            props["from_latest"] = self.period.start_latest.isoformat()
        if self.period.end_earliest is not None:
            props["to_earliest"] = self.period.end_earliest.isoformat()
        if self.passage is not None:
            props["passage"] = self.passage
        said = json.dumps(props, ensure_ascii=False, sort_keys=True)
        place = locator(self.start, self.end)
        return {
            "relation_key": digest(doc, place, self.type, self.source_key, self.target_key, said, self.claim),
            "type": self.type,
            "source_key": self.source_key,
            "target_key": self.target_key,
            "props": said,
            "doc": doc,
            "locator": place,
            "method": self.method,
            "confidence": self.confidence,
            "claim": self.claim,
            "speaker": self.speaker,
            "valid_from": self.period.start,
            "valid_to": self.period.end,
        }


@dataclass
class Told:
    """What the relations of a document come to.

    Attributes:
        ties: Rows of `relations`.
        made: Entities that stand for what the text does not name: accounts of a transfer, a payment of a benefit.
        more: Properties that a relation states of its target: amount and day of a contract.
        unfit: Relations whose ends the model does not join.
    """

    ties: list[Tie] = field(default_factory=list)
    made: list[Entity] = field(default_factory=list)
    more: dict[str, dict[str, object]] = field(default_factory=dict)
    unfit: int = 0


class _Reader:
    """Turns the relations of one document into ties."""

    def __init__(self, doc: str, text: str, found: Extraction, entities: Entities, hiding: Hiding) -> None:
        self.doc = doc
        self.shown = hiding.text(text)
        self.found = found
        self.entities = entities
        self.hiding = hiding
        self.told = Told()

    def _end(self, index: int, tie: Relation) -> Entity | None:
        """Return what stands at one end; a sum that somebody received is a benefit, a number may be a case's."""
        one = self.found.mentions[index]
        if one.type == "Money" and tie.type in ("RECEIVED", "CERTIFIED"):
            return self._benefit(one, tie)
        if one.type == "Identifier" and one.kind in _NUMBERED and isinstance(one.value, str):
            type_, number = _NUMBERED[one.kind], fold(one.value)
            made = self._made(entity_key(type_, "code", number), type_, "code", number, one, {"code": number})
            self.told.made.append(made)
            return made
        return self.entities.of(index)

    def _made(
        self, key: str, type_: str, kind: str, name: str, at: Mention | Relation, props: dict[str, object]
    ) -> Entity:
        return Entity(key, type_, kind, name, at.start, at.end, at.method, at.confidence, self.hiding.values(props))

    def read(self, tie: Relation) -> None:
        """Add what one relation states."""
        source, target = self._end(tie.source, tie), self._end(tie.target, tie)
        if source is None or target is None or source.key == target.key:  # a reporter, a date, a sum of money
            return
        claim: str = tie.claim
        if tie.negated:
            claim = REFUTED if tie.claim in _FINDS else DENIED
        if tie.type == "TRANSFER" and source.type in PARTIES and target.type in PARTIES:
            self._transfer(tie, source, target, claim)
            return
        ends = model().ends(tie.type) if tie.type in model().relations else ((), ())
        if source.type not in ends[0] or target.type not in ends[1]:
            self.told.unfit += 1
            return
        props, period = properties_of(tie)
        if tie.type in ("SIGNED", "SUBCONTRACTS", "FROM"):
            props["contract"] = target.props.get("code")
        if tie.type == "NOMINEE_FOR":
            props["company"] = self._company(props.get("company"))
        self._add(tie, tie.type, (source.key, target.key), props, period, claim)
        if tie.type in ("SIGNED", "BUYER") and target.type == "Contract" and claim not in AGAINST:
            self._contract(tie, target)

    def _add(
        self,
        tie: Relation,
        type_: str,
        ends: tuple[str, str],
        props: dict[str, object],
        period: Period,
        claim: str,
    ) -> None:
        speaker = self.entities.of(tie.speaker)
        said = None if speaker is None else speaker.name
        place = (tie.start, tie.end, tie.method, tie.confidence, claim)
        passage = passage_of(self.shown, tie.start, tie.end)
        source, target = ends
        self.told.ties.append(
            Tie(type_, source, target, self.hiding.values(props), period, *place, speaker=said, passage=passage)
        )

    def _company(self, name: object) -> str | None:
        """Return the key of the firm in which a share is held for another."""
        known = self.entities.named(name) if isinstance(name, str) else None
        return known.key if known is not None and known.type == "Company" else None

    def _benefit(self, sum_: Mention, tie: Relation) -> Entity:
        day = stated_day(tie.attributes.get("date"))
        programme = tie.attributes.get("programme")
        name = programme if isinstance(programme, str) else word_of(sum_)
        props: dict[str, object] = {"amount": stated_amount(sum_.value), "programme": programme}
        if day is not None:
            props["month"] = day.earliest.isoformat()
            props["month_latest"] = None if day.precision == "day" else day.latest.isoformat()
        props = {key: value for key, value in props.items() if value is not None}
        key = entity_key("Benefit", "row", self.doc, locator(sum_.start, sum_.end))
        made = self._made(key, "Benefit", "row", self.hiding.word(str(name)), sum_, props)
        if all(one.key != key for one in self.told.made):
            self.told.made.append(made)
        return made

    def _contract(self, tie: Relation, contract: Entity) -> None:
        """Keep amount and day of signing that a sentence states of a contract."""
        more = self.told.more.setdefault(contract.key, {})
        amount, day = stated_amount(tie.attributes.get("amount")), stated_day(tie.attributes.get("date"))
        if amount is not None:
            more.setdefault("amount", amount)
        if day is not None:
            more.setdefault("signed", day.earliest.isoformat())
            if day.precision != "day":
                more.setdefault("signed_latest", day.latest.isoformat())

    def _account(self, tie: Relation, party: Entity, side: str, claim: str) -> str:
        """Return the account of a party; one of its own, owned by it, when the text names none."""
        if party.type == "Account":
            return party.key
        key = entity_key("Account", "row", self.doc, locator(tie.start, tie.end), side, party.key)
        name = f"{party.name}(未载明账号)"
        self.told.made.append(self._made(key, "Account", "row", name, tie, {"unstated": True}))
        self._add(tie, "OWNS", (party.key, key), {}, Period(), claim)
        return key

    def _transfer(self, tie: Relation, source: Entity, target: Entity, claim: str) -> None:
        """Add a transfer; what was only denied happened on no account, so its ends stay the parties themselves."""
        ends = source.key, target.key
        if claim not in AGAINST:
            ends = self._account(tie, source, "out", claim), self._account(tie, target, "in", claim)
        day, via = stated_exactly(tie.attributes.get("date")), tie.attributes.get("via")
        exact = None if day is None else f"{day.isoformat()}T00:00:00"
        props: dict[str, object] = {
            "amount": stated_amount(tie.attributes.get("amount")),
            "time": exact,
            "summary": via if isinstance(via, str) and via else None,
        }
        self._add(tie, "TRANSFER", ends, props, stated_on(tie.attributes.get("date")), claim)


def ties_of(doc: str, text: str, found: Extraction, entities: Entities, hiding: Hiding) -> Told:
    """Return what the relations of a document come to.

    Args:
        doc: The document.
        text: The reader's text.
        found: As read; ends that are protected, or that the model does not join, give nothing.
        entities: Of the document.
        hiding: What must not be kept.
    """
    reader = _Reader(doc, text, found, entities, hiding)
    for tie in found.relations:
        reader.read(tie)
    return reader.told


def ledger_rows(doc: str, ties: list[Tie]) -> Iterator[dict[str, object]]:
    """Yield the rows of ties, each once."""
    seen = set()
    for tie in ties:
        row = tie.row(doc)
        if row["relation_key"] not in seen:
            seen.add(row["relation_key"])
            yield row
