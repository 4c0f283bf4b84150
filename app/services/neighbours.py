"""What hangs on an entity: ties counted by relation, a few of them at a time, and the ties among some entities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import duckdb
import orjson

from app.services.naming import Named, named
from graph.model import model
from graph.store.base import View

# An expansion adds no more than this; the rest is counted, not shown.
MOST_ADDED = 25
# A limited reader's ties are counted one by one, up to here.
MOST_COUNTED = 5_000
MOST_AMONG = 3_000
TIMEOUT_MS = 10_000

# Types come from the model, never from the user.
_COUNT_ALL = "MATCH (n:`{type}`)-[r]-(m) WHERE n.id IN $ids RETURN n.id AS id, type(r) AS relation, count(r) AS ties"
_COUNT_SEEN = """MATCH (n:`{type}`)-[r]-(m) WHERE n.id IN $ids
RETURN n.id AS id, type(r) AS relation, r.eid AS eid ORDER BY eid, id LIMIT $max_rows"""
_EXPAND = """MATCH (n:`{type}`)-[r:{relation}]-(m) WHERE n.id IN $ids
RETURN r.eid AS eid, m.id AS other, m.degree AS degree ORDER BY degree, other, eid LIMIT $max_rows"""
_AMONG = """MATCH (n:`{type}`)-[r]->(m) WHERE n.id IN $ids AND m.id IN $others
RETURN r.eid AS eid ORDER BY eid LIMIT $max_rows"""


@dataclass(frozen=True)
class Counted:
    """How many ties of one relation an entity has."""

    relation: str
    count: int


@dataclass(frozen=True)
class Expanded:
    """Entities that one expansion adds, and how many it left out.

    Attributes:
        ids: Entities not yet shown, at most `MOST_ADDED`; the rarest (lowest degree) first.
        left_out: How many more there are, as far as was looked.
        elsewhere: Ties were withheld because only another case's files tell of them.
    """

    ids: tuple[str, ...]
    left_out: int
    elsewhere: bool


def _by_type(entities: Sequence[Named]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in entities:
        if one.type in model().nodes:
            found.setdefault(one.type, []).append(one.id)
    return {type_: sorted(set(ids)) for type_, ids in sorted(found.items())}


def count_ties(view: View, entities: Sequence[Named]) -> dict[str, list[Counted]]:
    """Count the ties of some entities by relation, most first; what is out of scope is not counted."""
    counted: dict[str, dict[str, int]] = {}
    for type_, ids in _by_type(entities).items():
        if view.scope.everything:
            rows = view.run(
                _COUNT_ALL.format(type=type_), {"ids": ids}, ["id", "relation", "ties"], timeout_ms=TIMEOUT_MS
            ).rows
            for row in rows:
                counted.setdefault(str(row["id"]), {})[str(row["relation"])] = int(str(row["ties"]))
            continue
        seen = view.run(
            _COUNT_SEEN.format(type=type_),
            {"ids": ids, "max_rows": MOST_COUNTED},
            ["id", "relation", "eid"],
            evidence=["eid"],
            timeout_ms=TIMEOUT_MS,
            row_cap=MOST_COUNTED,
        )
        for row in seen.rows:
            mine = counted.setdefault(str(row["id"]), {})
            mine[str(row["relation"])] = mine.get(str(row["relation"]), 0) + 1
    return {
        id_: [Counted(*pair) for pair in sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))]
        for id_, found in counted.items()
    }


def expand(view: View, entity: Named, relation: str, shown: set[str]) -> Expanded:
    """Return the entities that one relation of an entity leads to and that are not shown yet."""
    if relation not in model().relations or entity.type not in model().nodes:
        return Expanded((), 0, False)
    found = view.run(
        _EXPAND.format(type=entity.type, relation=relation),
        {"ids": [entity.id], "max_rows": MOST_COUNTED},
        ["eid", "other", "degree"],
        evidence=["eid"],
        timeout_ms=TIMEOUT_MS,
        row_cap=MOST_COUNTED,
    )
    fresh = list(dict.fromkeys(str(row["other"]) for row in found.rows if str(row["other"]) not in shown))
    return Expanded(tuple(fresh[:MOST_ADDED]), max(0, len(fresh) - MOST_ADDED), found.hidden > 0)


def ties_among(view: View, entities: Sequence[Named]) -> list[str]:
    """Return the eids of the ties whose two ends are both among some entities."""
    everyone = sorted({one.id for one in entities})
    found: list[str] = []
    for type_, ids in _by_type(entities).items():
        rows = view.run(
            _AMONG.format(type=type_),
            {"ids": ids, "others": everyone, "max_rows": MOST_AMONG},
            ["eid"],
            evidence=["eid"],
            timeout_ms=TIMEOUT_MS,
            row_cap=MOST_AMONG,
        ).rows
        found += [str(row["eid"]) for row in rows]
    return sorted(set(found))


_EDGES = """
SELECT eid, type, source, target, valid_from, valid_to, claim, inferred, disputed, confidence, props
FROM seen_edges WHERE eid IN (SELECT unnest($ids::VARCHAR[])) ORDER BY eid
"""
# Keys outlive merges: a key leads to the entity that it belongs to now.
_NOW = "SELECT entity_key, id FROM members WHERE entity_key IN (SELECT unnest($keys::VARCHAR[]))"
_NODES = """
SELECT id, degree, coalesce(CAST(props ->> '$.is_official' AS BOOLEAN), false)
FROM seen_nodes WHERE id IN (SELECT unnest($ids::VARCHAR[]))
"""


@dataclass(frozen=True)
class Tie:
    """One edge as it is shown."""

    eid: str
    type: str
    source: str
    target: str
    valid_from: str | None
    valid_to: str | None
    claim: str
    inferred: bool
    disputed: bool
    confidence: float
    props: Mapping[str, object]


def ties(connection: duckdb.DuckDBPyConnection, eids: Sequence[str]) -> list[Tie]:
    """Return edges by eid, from the tables of `open_tables`."""
    found = []
    for eid, type_, source, target, start, end, claim, inferred, disputed, confidence, props in connection.execute(
        _EDGES, {"ids": sorted(set(eids))}
    ).fetchall():
        first, last = (None if day is None else day.isoformat() for day in (start, end))
        found.append(
            Tie(eid, type_, source, target, first, last, claim, inferred, disputed, confidence, orjson.loads(props))
        )
    return found


@dataclass(frozen=True)
class Met:
    """An entity as the canvas shows it."""

    named: Named
    degree: int
    official: bool


def now_known_as(connection: duckdb.DuckDBPyConnection, keys: Sequence[str]) -> list[str]:
    """Return the ids under which entity keys are known now, in order, each once."""
    moved = dict(connection.execute(_NOW, {"keys": list(keys)}).fetchall())
    return list(dict.fromkeys(moved.get(key, key) for key in keys))


def meet(connection: duckdb.DuckDBPyConnection, ids: Sequence[str]) -> list[Met]:
    """Return entities that may be seen, in the order given."""
    wanted = list(dict.fromkeys(ids))
    people = named(connection, set(wanted))
    rows = connection.execute(_NODES, {"ids": wanted}).fetchall()
    extra = {id_: (degree, official) for id_, degree, official in rows}
    return [Met(people[id_], int(extra[id_][0]), bool(extra[id_][1])) for id_ in wanted if id_ in people]
