"""The graph as FollowTheMoney entities, one JSON object a line: schemata from the model, ends and properties from here.

What FollowTheMoney has no property for goes into `notes` (or `description`) under its label, so that nothing is lost;
inferred edges are left out, since what they were inferred from is there.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import orjson

from app.services.export.records import Edge, Node
from graph.keys import digest
from graph.model import Property, model

# Schema -> the properties that hold the two ends of an edge, and what each end must be; anything else is a plain link.
_ENDS: dict[str, tuple[str, frozenset[str], str, frozenset[str]]] = {}
_PARTY = frozenset({"Person", "Company", "PublicBody"})
_BODY = frozenset({"Company", "PublicBody"})
_PERSON = frozenset({"Person"})


def _ends(schema: str, source: str, sources: frozenset[str], target: str, targets: frozenset[str]) -> None:
    _ENDS[schema] = (source, sources, target, targets)


_ends("Ownership", "owner", _PARTY, "asset", frozenset({"Company", "BankAccount", "Asset"}))
_ends("Directorship", "director", _PARTY, "organization", _BODY)
_ends("Employment", "employee", _PERSON, "employer", _BODY)
_ends("Family", "person", _PERSON, "relative", _PERSON)
_ends("Associate", "person", _PERSON, "associate", _PERSON)
_ends("Representation", "agent", _PARTY, "client", _PARTY)
_ends("ContractAward", "supplier", _PARTY, "contract", frozenset({"Contract"}))
_ends("CourtCaseParty", "party", _PARTY, "case", frozenset({"CourtCase"}))
# Edges that are properties of a node there: relation, type of the node -> (the node is the source, property).
_FOLDED = {
    ("PAID", "Payment"): (False, "payer"),
    ("RECEIVED", "Benefit"): (False, "beneficiary"),
    ("TO", "Payment"): (True, "beneficiaryAccount"),
    ("BUYER", "Tender"): (False, "authority"),
    ("BUYER", "Contract"): (False, "authority"),
}
_RENAMED: dict[str, dict[str, str]] = {
    "Person": {"code": "idNumber", "birth": "birthDate", "died": "deathDate", "aliases": "alias"},
    "Company": {
        "code": "registrationNumber",
        "former": "previousName",
        "founded": "incorporationDate",
        "dissolved": "dissolutionDate",
        "capital": "capital",
        "address": "address",
        "phone": "phone",
        "scope": "sector",
        "kind": "legalForm",
        "status": "status",
    },
    "Agency": {"code": "registrationNumber", "kind": "legalForm"},
    "Account": {"code": "accountNumber", "bank": "bankName", "opened": "openingDate", "kind": "accountType"},
    "Contract": {"code": "procedureNumber", "amount": "amount", "signed": "contractDate"},
    "Lease": {"code": "procedureNumber", "rent": "amount"},
    "Permit": {"code": "procedureNumber", "decided": "contractDate", "result": "status"},
    "Tender": {"code": "uid", "announced": "pubDate", "opened": "submitDeadline", "method": "procedure"},
    "Payment": {"code": "transactionNumber", "amount": "amount", "paid": "date", "purpose": "purpose"},
    "Benefit": {"code": "transactionNumber", "amount": "amount", "month": "date", "programme": "programme"},
    "Case": {"code": "caseNumber", "filed": "fileDate", "status": "status", "cause": "category"},
    "Lead": {"code": "recordId", "received": "date", "summary": "summary"},
    "Asset": {"amount": "amount", "place": "address"},
}
_ROLES = ("role", "post", "matter", "step", "reason")
_INTEREST = frozenset(
    {"Ownership", "Directorship", "Employment", "Representation", "ContractAward", "CourtCaseParty", "UnknownLink"}
)
_MARKS = ("claim", "inferred", "disputed", "confidence")


def folded(edge: Edge) -> tuple[str, str, str] | None:
    """Return (node, property, value) for an edge that is a property of a node in FollowTheMoney."""
    for node, other, at_source in ((edge.target, edge.source, False), (edge.source, edge.target, True)):
        found = _FOLDED.get((edge.type, node.rpartition("-")[0]))
        if found is not None and found[0] == at_source:
            return node, found[1], other
    return None


def _text(value: object) -> list[str]:
    if isinstance(value, list):
        return [text for one in value for text in _text(one)]
    if isinstance(value, bool):
        return [str(value).lower()]
    return [f"{value:g}" if isinstance(value, float) and value.is_integer() and abs(value) < 1e6 else str(value)]


def _line(id_: str, schema: str, properties: dict[str, list[str]]) -> bytes:
    kept = {name: list(dict.fromkeys(found)) for name, found in properties.items() if found}
    record: dict[str, Any] = {"id": id_, "schema": schema, "properties": kept}
    return orjson.dumps(record, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


def _labelled(left: dict[str, Any], known: dict[str, Property]) -> list[str]:
    return [
        f"{known[name].zh if name in known else name}: {text}"
        for name, value in sorted(left.items())
        if value is not None
        for text in _text(value)
    ]


def _published(sources: list[dict[str, Any]]) -> list[str]:
    return [f"{one['file'] or one['doc']} {one['locator']}" for one in sources]


def _node(node: Node, more: dict[str, list[str]]) -> bytes:
    kind = model().nodes[node.type]
    renamed = _RENAMED.get(node.type, {})
    own = node.properties
    found: dict[str, list[str]] = {new: _text(own[old]) for old, new in renamed.items() if old in own}
    left = {name: value for name, value in own.items() if name not in (*renamed, "degree", "cases")}
    is_thing = kind.ftm != "Payment"
    found["name" if is_thing else "summary"] = [node.name]
    if kind.ftm in ("CallForTenders", "Contract", "License"):
        found["title"] = [node.name]
    found["notes" if is_thing else "description"] = _labelled(left, kind.properties)
    found["publisher"] = _published(node.sources)
    for name, values in more.items():
        found.setdefault(name, []).extend(sorted(values))
    return _line(node.id, kind.ftm, found)


def _position(edge: Edge, names: dict[str, str]) -> tuple[str, str]:
    """Return id and name of the post that an edge is about; FollowTheMoney makes it an entity."""
    what = str(edge.properties.get("post") or edge.properties.get("matter") or "")
    return f"Position-{digest(edge.target, edge.type, what)}", f"{names.get(edge.target, '')}{what}"


def _edge_ends(edge: Edge, schema: str) -> tuple[str, dict[str, list[str]]]:
    def is_a(id_: str) -> str:
        type_ = id_.rpartition("-")[0]
        return model().nodes[type_].ftm if type_ in model().nodes else ""

    if edge.type == "TRANSFER":
        return "Payment", {"payerAccount": [edge.source], "beneficiaryAccount": [edge.target]}
    if edge.type in ("SALARY", "INVOICED"):  # the model's edge runs from whoever is paid
        return "Payment", {"payer": [edge.target], "beneficiary": [edge.source]}
    if edge.type == "WON":
        return "ContractAward", {"supplier": [edge.source], "callForTenders": [edge.target]}
    if edge.type == "KIN" and edge.properties.get("named") == edge.source:  # there the word names the relative
        return schema, {"person": [edge.target], "relative": [edge.source]}
    if schema in _ENDS:
        source, sources, target, targets = _ENDS[schema]
        if is_a(edge.source) in sources and is_a(edge.target) in targets:
            return schema, {source: [edge.source], target: [edge.target]}
    return "UnknownLink", {"subject": [edge.source], "object": [edge.target]}


def _edge(edge: Edge, names: dict[str, str]) -> bytes:
    kind = model().relations[edge.type]
    left = {name: value for name, value in edge.properties.items() if value not in (None, False)}
    if kind.ftm == "Occupancy":
        schema, found = "Occupancy", {"holder": [edge.source], "post": [_position(edge, names)[0]]}
    else:
        schema, found = _edge_ends(edge, kind.ftm)
    found |= {"startDate": _text(left.pop("from", [])), "endDate": _text(left.pop("to", []))}
    if schema in _INTEREST:
        roles = [str(left.pop(name)) for name in _ROLES if name in left]
        found["role"] = roles or [kind.zh]
    if schema in ("Family", "Associate"):
        found["relationship"] = [str(left.get("word") or left.get("kind") or kind.zh)]
    if schema == "Ownership" and "ratio" in left:
        found["percentage"] = [f"{float(left.pop('ratio')) * 100:g}"]
    if schema in ("Payment", "ContractAward"):
        found["amount"] = _text(left.pop("amount", left.pop("price", [])))
    for name in ("time", "date", "month"):
        if name in left:
            found["date"] = _text(left.pop(name))
    rest = {name: value for name, value in left.items() if name not in _MARKS}
    found["description"] = _labelled(rest, kind.properties)
    found["summary"] = [f"{name}: {left[name]}" for name in _MARKS if name in left]
    found["publisher"] = _published(edge.sources)
    return _line(edge.eid, schema, found)


def write_ftm(nodes: Iterable[Node], edges: Iterable[Edge], edges_again: Iterable[Edge]) -> Iterator[bytes]:
    """Yield the file: nodes, then the posts that people held, then the edges.

    Args:
        nodes: By id.
        edges: By eid, read once to learn what belongs to nodes.
        edges_again: The same, to be written.
    """
    more: dict[str, dict[str, list[str]]] = {}
    posted: list[Edge] = []
    for edge in edges:
        found = folded(edge)
        if found is not None:
            owner, name, value = found
            more.setdefault(owner, {}).setdefault(name, []).append(value)
        elif model().relations[edge.type].ftm == "Occupancy" and not model().relations[edge.type].inferred:
            posted.append(edge)
    units = {edge.target for edge in posted}
    names: dict[str, str] = {}
    for node in nodes:
        if node.id in units:
            names[node.id] = node.name
        yield _node(node, more.get(node.id, {}))
    posts = {_position(edge, names): edge.target for edge in posted}
    for (id_, name), unit in sorted(posts.items()):
        yield _line(id_, "Position", {"name": [name], "organization": [unit]})
    for edge in edges_again:
        if folded(edge) is None and not model().relations[edge.type].inferred:
            yield _edge(edge, names)
