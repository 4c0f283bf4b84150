"""From the relations of a text to rows of the ledger: ends and properties as the model has them."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from graph.keys import digest, entity_key
from graph.model import model
from ingest.texts.entities import Entities, Entity
from ingest.texts.values import Period, stated_amount, stated_day, stated_period, stated_share
from nlp.extraction import Relation, Value

# A denial by a body that finds is a refutation; one by a person is kept beside as what it is.
_FINDS = ("found", "adjudicated", "registry", "refuted")
DENIED = "denied"
PARTIES = ("Person", "Company", "Agency", "Account")
Attributes = dict[str, Value]


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
        claim: Rank, or `denied`.
        speaker: Name of who says it.
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
    speaker: str | None

    def row(self, doc: str) -> dict[str, object]:
        """Return the row; the same passage saying the same always has the same key."""
        props = {name: value for name, value in self.props.items() if value is not None}
        if self.period.start_latest is not None:
            props["from_latest"] = self.period.start_latest.isoformat()
        if self.period.end_earliest is not None:
            props["to_earliest"] = self.period.end_earliest.isoformat()
        said = json.dumps(props, ensure_ascii=False, sort_keys=True)
        place = f"c:{self.start}-{self.end}"
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


def _text(value: Value) -> str | None:
    return value if isinstance(value, str) and value else None


def _since(attributes: Attributes) -> Period:
    return stated_period(attributes.get("period") or attributes.get("date"))


def _on(attributes: Attributes) -> Period:
    """Return the day of an event as a period: it lay within the month or year stated."""
    day = stated_day(attributes.get("date"))
    if day is None:
        return Period()
    exact = day.precision == "day"
    return Period(day.earliest, None if exact else day.latest, day.latest, None if exact else day.earliest)


def _properties(tie: Relation, target: Entity) -> tuple[dict[str, object], Period]:
    """Return properties and period of a tie, by its type."""
    said = tie.attributes
    if tie.type == "KIN":
        return {"word": _text(said.get("kin"))}, Period()
    if tie.type == "ASSOC":
        return {"kind": _text(said.get("kind"))}, Period()
    if tie.type == "HOLDS_POST":
        return {"post": _text(said.get("post"))}, _since(said)
    if tie.type in ("LEGAL_REP", "OFFICER", "EMPLOYED_BY"):
        return {"role": _text(said.get("role"))}, _since(said)
    if tie.type == "SHARE":
        return {"ratio": stated_share(said.get("ratio"))}, _since(said)
    if tie.type == "IN_CHARGE_OF":
        return {"matter": _text(said.get("matter"))}, _since(said)
    if tie.type in ("DECIDED", "RECUSED"):
        day = stated_day(said.get("date"))
        exact = day.earliest.isoformat() if day is not None and day.precision == "day" else None
        return {"matter": _text(said.get("matter")), "step": _text(said.get("step")), "date": exact}, _on(said)
    if tie.type == "NOMINEE_FOR":
        return {"company": _text(said.get("company"))}, _since(said)
    if tie.type in ("WON", "BID"):
        return {"price": stated_amount(said.get("amount"))}, Period()
    if tie.type in ("SIGNED", "SUBCONTRACTS", "FROM"):
        return {"contract": target.props.get("code")}, Period()
    return {}, Period()


class _Reader:
    """Turns the relations of one document into ties."""

    def __init__(self, doc: str, entities: Entities) -> None:
        self.doc = doc
        self.entities = entities
        self.told = Told()

    def read(self, tie: Relation) -> None:
        """Add what one relation states."""
        source, target = self.entities.of(tie.source), self.entities.of(tie.target)
        if source is None or target is None:  # a reporter, or a date or a sum of money
            return
        claim: str = tie.claim
        if tie.negated:
            claim = "refuted" if tie.claim in _FINDS else DENIED
        speaker = self.entities.of(tie.speaker)
        said = None if speaker is None else speaker.name
        if tie.type == "TRANSFER":
            if source.type in PARTIES and target.type in PARTIES:
                self._transfer(tie, source, target, claim, said)
            else:
                self.told.unfit += 1
            return
        ends = model().ends(tie.type) if tie.type in model().relations else ((), ())
        if source.type not in ends[0] or target.type not in ends[1]:
            self.told.unfit += 1
            return
        props, period = _properties(tie, target)
        self._add(tie, (source.key, target.key), props, period, claim, said)
        if tie.type in ("SIGNED", "BUYER") and target.type == "Contract" and claim not in ("refuted", DENIED):
            self._contract(tie, target)

    def _add(
        self,
        tie: Relation,
        ends: tuple[str, str],
        props: dict[str, object],
        period: Period,
        claim: str,
        speaker: str | None,
        type_: str | None = None,
    ) -> None:
        source, target = ends
        made = Tie(
            type_ or tie.type,
            source,
            target,
            props,
            period,
            tie.start,
            tie.end,
            tie.method,
            tie.confidence,
            claim,
            speaker,
        )
        self.told.ties.append(made)

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

    def _account(self, tie: Relation, party: Entity, side: str, claim: str, speaker: str | None) -> str:
        """Return the account of a party; one of its own, owned by it, when the text names none."""
        if party.type == "Account":
            return party.key
        place = f"{tie.start}-{tie.end}"
        about = json.dumps(tie.attributes, ensure_ascii=False, sort_keys=True)
        key = entity_key("Account", "row", self.doc, place, side, party.key, about)
        made = Entity(
            key, "Account", "row", "未载明账号", tie.start, tie.end, tie.method, tie.confidence, {"unstated": True}
        )
        self.told.made.append(made)
        self._add(tie, (party.key, key), {}, Period(), claim, speaker, "OWNS")
        return key

    def _transfer(self, tie: Relation, source: Entity, target: Entity, claim: str, speaker: str | None) -> None:
        payer = self._account(tie, source, "out", claim, speaker)
        payee = self._account(tie, target, "in", claim, speaker)
        day = stated_day(tie.attributes.get("date"))
        exact = f"{day.earliest.isoformat()}T00:00:00" if day is not None and day.precision == "day" else None
        props: dict[str, object] = {
            "amount": stated_amount(tie.attributes.get("amount")),
            "time": exact,
            "summary": _text(tie.attributes.get("via")),
        }
        period = _on(tie.attributes)
        self._add(tie, (payer, payee), props, replace(period, end_earliest=None, start_latest=None), claim, speaker)


def ties_of(doc: str, relations: list[Relation], entities: Entities) -> Told:
    """Return what the relations of a document come to.

    Args:
        doc: The document.
        relations: As read; ends that are protected, or that the model does not join, give nothing.
        entities: Of the document.
    """
    reader = _Reader(doc, entities)
    for tie in relations:
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
