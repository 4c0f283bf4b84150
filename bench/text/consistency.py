"""Finds what is wrong in the gold itself: missing ends, overlapping spans, identifiers that could be somebody's."""

import re
from collections.abc import Iterator

from bench.text.gold_types import GoldDocument
from nlp.identifiers import credit_code_fault, luhn_ok, person_id_fault

_ENDS = {
    "KIN": ("P", "P"),
    "ASSOC": ("P", "P"),
    "HOLDS_POST": ("P", "A"),
    "IN_CHARGE_OF": ("P", "A"),
    "DECIDED": ("P", "ATH"),
    "SHARE": ("PCA", "C"),
    "LEGAL_REP": ("P", "C"),
    "OFFICER": ("P", "C"),
    "NOMINEE_FOR": ("P", "P"),
    "WON": ("C", "T"),
    "BID": ("C", "T"),
    "BUYER": ("A", "TH"),
    "SIGNED": ("C", "H"),
    "TRANSFER": ("PCAK", "PCAK"),
    "OWNS": ("PCA", "K"),
    "RECEIVED": ("P", "M"),
    "CERTIFIED": ("P", "M"),
    "PARTY_TO": ("PC", "HI"),
    "SUBCONTRACTS": ("C", "CP"),
}
_REFERENCE = re.compile(r"[PACZMDKIHTL][0-9]+")
_ISO = r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?"
_VALUES = {
    "Date": re.compile(rf"\?|(?:{_ISO})?/(?:{_ISO})?|{_ISO}"),
    "Money": re.compile(r"\?|[0-9]+(?:\.[0-9]{1,2})?(?: [A-Z]{3})?"),
}
_REGION = re.compile(r"9901(?:0[1-9]|[1-9][0-9])")
_INVENTED_CODE = re.compile(r"91990101|12990101|11990101|93990101|92990101")


def _mention_faults(document: GoldDocument) -> Iterator[str]:
    end = 0
    types: dict[str, str] = {}
    values: dict[str, str | None] = {}
    for mention in sorted(document.mentions, key=lambda one: one.start):
        if document.text[mention.start : mention.end] != mention.text:
            yield f"the span of {mention.text} is not its text"
        if mention.start < end:
            yield f"{mention.text} overlaps the mark before it"
        end = mention.end
        if mention.text != mention.text.strip():
            yield f"{mention.text!r} begins or ends with a blank"
        if types.setdefault(mention.entity, mention.type) != mention.type:
            yield f"{mention.entity} has two types"
        if values.setdefault(mention.entity, mention.value) != mention.value:
            yield f"{mention.entity} has two values"
        pattern = _VALUES.get(mention.type)
        if pattern is not None and mention.value is not None and pattern.fullmatch(mention.value) is None:
            yield f"{mention.value} of {mention.text} is no value of {mention.type}"


def _relation_faults(document: GoldDocument) -> Iterator[str]:
    entities = {mention.entity for mention in document.mentions}
    here = {(mention.paragraph, mention.entity) for mention in document.mentions}
    for one in document.relations:
        shown = f"{one.type} {one.source}>{one.target} in paragraph {one.paragraph + 1}"
        allowed = _ENDS[one.type]
        if one.source[0] not in allowed[0] or one.target[0] not in allowed[1]:
            yield f"{shown}: ends of the wrong type"
        references = [value for value in one.attributes.values() if _REFERENCE.fullmatch(value)]
        for end in (one.source, one.target, *references, *([one.speaker] if one.speaker else [])):
            if end not in entities:
                yield f"{shown}: {end} is marked nowhere"
        if one.source == one.target:
            yield f"{shown}: both ends are one entity"
        for name in ("amount", "date"):
            value = one.attributes.get(name)
            if value is not None and (one.paragraph, value) not in here:
                yield f"{shown}: {name} {value} is not marked in the paragraph"
        start, end_ = document.paragraphs[one.paragraph]
        for name in ("post", "kin", "matter", "role", "kind", "programme", "ratio"):
            value = one.attributes.get(name)
            if value is None or value in references:
                continue
            if value not in document.text[start:end_]:
                yield f"{shown}: {name} {value} does not stand in the paragraph"
    keys = [
        (one.paragraph, one.type, one.source, one.target, one.claims, one.speaker, *sorted(one.attributes.items()))
        for one in document.relations
    ]
    for key in {key for key in keys if keys.count(key) > 1}:
        yield f"{key[1]} {key[2]}>{key[3]} stands twice in one paragraph"


def _identifier_faults(document: GoldDocument) -> Iterator[str]:
    for found in re.finditer(r"(?<![0-9A-Z])[0-9]{17}[0-9Xx](?![0-9A-Z])", document.text):
        number = found.group()
        if number.startswith(("91", "92", "93", "11", "12")):
            if credit_code_fault(number) or not _INVENTED_CODE.match(number):
                yield f"{number} is no invented credit code"
        elif person_id_fault(number) or not _REGION.match(number):
            yield f"{number} is no ID number of nobody"
    for found in re.finditer(r"(?<![0-9A-Z])9[123][0-9A-Z]{16}(?![0-9A-Z])", document.text):
        if credit_code_fault(found.group()) or not _INVENTED_CODE.match(found.group()):
            yield f"{found.group()} is no invented credit code"
    for found in re.finditer(r"(?<![0-9A-Z])62[0-9]{14,17}(?![0-9A-Z])", document.text):
        if not luhn_ok(found.group()):
            yield f"{found.group()} fails the Luhn check"
    for found in re.finditer(r"(?<![0-9A-Z])1[3-9][0-9]{9}(?![0-9A-Z])", document.text):
        if not found.group().startswith("1990000"):
            yield f"{found.group()} could be somebody's phone"


def faults(document: GoldDocument) -> list[str]:
    """Return what is wrong with a document of the gold, each as a sentence; empty when it may be scored against."""
    checks = (_mention_faults, _relation_faults, _identifier_faults)
    found = [fault for check in checks for fault in check(document)]
    named = {mention.entity for mention in document.mentions if mention.named}
    found += [
        f"{one.entity} ({one.text}) is never named and not optional"
        for one in document.mentions
        if one.entity not in named and not one.optional
    ]
    return [f"{document.name}: {one}" for one in found]
