"""Everything the ledger keeps of one text: entities and ties, a pure function of the text."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.keys import entity_key
from graph.ledger.visible import FOLDER
from ingest.texts.deaths import deaths_of
from ingest.texts.entities import Entities, Entity
from ingest.texts.hiding import Hiding, hiding_of
from ingest.texts.passages import locator
from ingest.texts.ties import Tie, ledger_rows, ties_of
from ingest.texts.values import Period
from nlp.extraction import Extraction
from nlp.genres import UNKNOWN, Genre, genres


@dataclass(frozen=True)
class Facts:
    """What one text states.

    Attributes:
        assertions: Rows of the ledger without `unit`.
        relations: Rows of the ledger without `unit`.
        hiding: What must not be kept.
        unfit: Relations that the model has no place for.
    """

    assertions: list[dict[str, object]]
    relations: list[dict[str, object]]
    hiding: Hiding
    unfit: int


def genre_of(found: Extraction) -> Genre:
    """Return the kind of document that an extraction recognised."""
    return next((one for one in genres() if one.id == found.genre), UNKNOWN)


def _assertions(
    doc: str, entities: Iterable[Entity], claim: str, more: dict[str, dict[str, object]]
) -> Iterator[dict[str, object]]:
    for one in entities:
        props = {**more.get(one.key, {}), **one.props}
        for context in one.contexts or (None,):
            yield {
                "entity_key": one.key,
                "type": one.type,
                "name": one.name,
                "key_kind": one.kind,
                "context": context,
                "props": json.dumps(props, ensure_ascii=False, sort_keys=True),
                "doc": doc,
                "locator": locator(one.start, one.end),
                "method": one.method,
                "confidence": one.confidence,
                "claim": claim,
                "speaker": None,
                "valid_from": None,
                "valid_to": None,
            }


def _document(doc: str, genre: Genre) -> Entity:
    """Return the document itself, named by its kind: its path may belong to a case that a reader may not see."""
    key = entity_key("Document", "value", "file", doc)
    props: dict[str, object] = {"kind": genre.zh} if genre.zh else {}
    return Entity(key, "Document", "value", f"{genre.zh or '材料'} {doc}", 0, 1, "reader", 1.0, props)


def _naming(document: Entity, entities: Iterable[Entity], claim: str) -> Iterator[Tie]:
    """Yield that the document lies in its folder and names each entity, at the first place where it does."""
    yield Tie("MENTIONS", document.key, FOLDER, {"role": "filed"}, Period(), 0, 1, "reader", 1.0, claim)
    for one in entities:
        place = (one.start, one.end, one.method, one.confidence, claim)
        yield Tie("MENTIONS", document.key, one.key, {"role": "text"}, Period(), *place)


def facts_of(doc: str, text: str, found: Extraction) -> Facts:
    """Return what a text states, for the ledger and for reading it again.

    Args:
        doc: The document.
        text: The reader's text.
        found: What was read from it; spans in that text.
    """
    genre, hiding = genre_of(found), hiding_of(text, found)
    entities = Entities(doc, text, found, hiding)
    told = ties_of(doc, text, found, entities, hiding)
    named = list({one.key: one for one in reversed(entities.by_index.values())}.values())[::-1]
    document = _document(doc, genre)
    ties = [*told.ties, *_naming(document, named, genre.claim)]
    ties += deaths_of(text, found, entities, document, genre.claim)
    subject = entities.of(found.subject)
    if subject is not None and subject.type == "Person":
        place = (subject.start, subject.end, "rule:subject", subject.confidence, genre.claim)
        ties.append(Tie("PARTY_TO", subject.key, FOLDER, {}, Period(), *place))
    assertions = [*_assertions(doc, [*entities.by_index.values(), *told.made, document], genre.claim, told.more)]
    unique = {json.dumps(row, ensure_ascii=False, sort_keys=True): row for row in assertions}
    return Facts(list(unique.values()), list(ledger_rows(doc, ties)), hiding, told.unfit)
