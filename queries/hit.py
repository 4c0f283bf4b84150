"""A hit as data: a 疑点 that a query found, with everything that explains it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import orjson

from queries.facts import Edge

State = Literal["open", "undetermined", "incomplete", "cleared"]
STATE_ORDER: tuple[State, ...] = ("open", "undetermined", "incomplete", "cleared")
SCHEMA = 1


@dataclass(frozen=True)
class Holder:
    """Who or what holds a role."""

    id: str
    type: str
    name: str
    code: str

    def to_json(self) -> dict[str, str]:
        """Return the JSON of a role's holder."""
        return {"id": self.id, "type": self.type, "name": self.name, "code": self.code}


@dataclass(frozen=True)
class Evidence:
    """One source of one edge of the path."""

    role: str
    eid: str
    doc: str
    file: str
    locator: str
    page: str | None
    quote: str
    claim: str
    speaker: str | None
    method: str

    def to_json(self) -> dict[str, object]:
        """Return the JSON of a piece of evidence."""
        names = ("role", "doc", "file", "locator", "page", "quote", "claim", "speaker", "method")
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True)
class Cleared:
    """Whether a circumstance that would clear the person was found."""

    when: dict[str, str]
    check: dict[str, str]
    state: Literal["found", "searched_none", "no_data"]
    evidence: tuple[Evidence, ...] = ()


@dataclass
class Hit:
    """One hit; see the JSON of a hit in the architecture."""

    query: str
    version: int
    roles: dict[str, Holder | list[Holder] | None]
    values: dict[str, float | int]
    score: float
    state: State
    power: str | None
    identity: str
    fingerprint: str
    evidence_digest: str
    evidence: list[Evidence]
    missing: list[dict[str, str]] = field(default_factory=list)
    clears: list[Cleared] = field(default_factory=list)
    explanation: dict[str, str] = field(default_factory=dict)
    rank: int = 0

    def to_json(self, lang: str = "zh") -> dict[str, object]:
        """Return the JSON of the hit, one line, versioned; `lang` chooses the words of `missing` and `clears`."""
        roles: dict[str, object] = {}
        for role, holder in self.roles.items():
            roles[role] = [one.to_json() for one in holder] if isinstance(holder, list) else holder and holder.to_json()
        clears = [
            {
                "when": item.when[lang],
                "check": item.check[lang],
                "state": item.state,
                "evidence": [one.to_json() for one in item.evidence],
            }
            for item in self.clears
        ]
        return {
            "schema": SCHEMA,
            "query": self.query,
            "version": self.version,
            "rank": self.rank,
            "score": round(self.score, 4),
            "state": self.state,
            "fingerprint": self.fingerprint,
            "evidence_digest": self.evidence_digest,
            "roles": roles,
            "power": self.power,
            "identity": self.identity,
            "values": self.values,
            "explanation": self.explanation,
            "evidence": [one.to_json() for one in self.evidence],
            "missing": [item[lang] for item in self.missing],
            "clears": clears,
        }


def _hash(parts: object) -> str:
    return hashlib.sha256(orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]


def fingerprint(query: str, keys: dict[str, list[str]]) -> str:
    """Return what makes this the same hit tomorrow: the query, and each role's holders by their smallest key."""
    return _hash([query, sorted((role, sorted(found)) for role, found in keys.items())])


def evidence_digest(edges: Iterable[Edge]) -> str:
    """Return what changes when the evidence does: eids with dates, claims and amounts; not their number of sources."""
    return _hash(
        sorted(
            [edge.eid, str(edge.valid_from), str(edge.valid_to), edge.claim, str(edge.props.get("amount"))]
            for edge in edges
        )
    )
