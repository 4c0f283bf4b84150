"""The ties between two entities: shortest paths over the graph, step by step, without crossing hubs."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from math import log

from graph.model import model
from graph.store.base import View
from graph.store.errors import QueryTimeout

# One step from some entities of one type. Labels and types come from the model, values only as parameters.
STEP = """
MATCH (a:{label})-[r:{types}]-(b)
WHERE a.id IN $ids
RETURN a.id AS here, r.eid AS eid, b.id AS there, b.degree AS degree, r.from AS since, r.to AS until
ORDER BY here, there, eid
LIMIT $max_rows
"""
COLUMNS = ("here", "eid", "there", "degree", "since", "until")

# An entity with more ties than this joins people who have nothing to do with each other.
HUB_DEGREE = 200
# Types that are shared by design: a register's own node, a programme, a statutory limit.
HUB_TYPES = frozenset({"Document", "Programme", "Threshold"})
LONGEST = 6
BATCH = 200
ROWS = 200_000
# More shortest paths than this are not even compared.
_COMPARED = 2_000


@dataclass(frozen=True)
class Hop:
    """One step of a path: two entities and every tie between them that counts."""

    source: str
    target: str
    eids: tuple[str, ...]


@dataclass(frozen=True)
class Path:
    """A way from one entity to another."""

    nodes: tuple[str, ...]
    hops: tuple[Hop, ...]


@dataclass
class Followed:
    """What was found.

    Attributes:
        paths: The shortest ones, those through the least connected entities first.
        more: There are more shortest paths of the same length.
        hubs: Entities that were not crossed, because too many ties meet there.
        cut: Entities with so many ties that not all of them were read.
    """

    paths: list[Path] = field(default_factory=list)
    more: bool = False
    hubs: int = 0
    cut: bool = False


@dataclass
class _Side:
    """One end's search: how far each entity is, and by which ties it was reached from which."""

    depth: dict[str, int]
    back: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    front: list[str] = field(default_factory=list)


def stated_types() -> tuple[str, ...]:
    """Return the relation types that a path may follow: all that were stated, none that was inferred."""
    return tuple(name for name, relation in sorted(model().relations.items()) if not relation.inferred)


def type_of(id_: str) -> str:
    """Return the node type that an id names."""
    return id_.rpartition("-")[0]


class _Search:
    def __init__(self, view: View, start: str, goal: str, *, with_hubs: bool, day: date | None, seconds: float) -> None:
        self.view = view
        self.ends = (start, goal)
        self.with_hubs = with_hubs
        self.day = day
        self.seconds = seconds
        self.deadline = time.monotonic() + seconds
        self.degrees: dict[str, int] = {}
        self.hubs: set[str] = set()
        self.cut = False

    def _left_ms(self) -> int:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise QueryTimeout(seconds=self.seconds)
        return max(1, int(left * 1000))

    def _holds(self, since: object, until: object) -> bool:
        if self.day is None:
            return True
        started = not isinstance(since, date) or since <= self.day
        return started and (not isinstance(until, date) or until >= self.day)

    def _is_hub(self, id_: str, degree: int) -> bool:
        return id_ not in self.ends and (degree > HUB_DEGREE or type_of(id_) in HUB_TYPES)

    def _ties(self, ids: list[str]) -> Iterator[tuple[str, str, str]]:
        """Yield (here, eid, there) of every usable tie of some entities."""
        types = "|".join(stated_types())
        for label in sorted({type_of(id_) for id_ in ids}):
            query = STEP.format(label=label, types=types)
            mine = [id_ for id_ in ids if type_of(id_) == label]
            for batch in self.view.batches(mine, BATCH):
                given = {"ids": list(batch), "max_rows": ROWS}
                found = self.view.run(
                    query, given, COLUMNS, evidence=("eid",), timeout_ms=self._left_ms(), row_cap=ROWS
                )
                self.cut = self.cut or found.truncated or len(found.rows) >= ROWS
                for row in found.rows:
                    here, there, degree = str(row["here"]), str(row["there"]), int(str(row["degree"] or 0))
                    if here == there or not self._holds(row["since"], row["until"]):
                        continue
                    if not self.with_hubs and self._is_hub(there, degree):
                        self.hubs.add(there)
                        continue
                    self.degrees[there] = degree
                    yield here, str(row["eid"]), there

    def _expand(self, side: _Side) -> None:
        level = side.depth[side.front[0]] + 1
        reached: list[str] = []
        for here, eid, there in self._ties(side.front):
            if side.depth.get(there, level) < level:
                continue
            if there not in side.depth:
                side.depth[there] = level
                reached.append(there)
            eids = side.back.setdefault(there, {}).setdefault(here, [])
            if eid not in eids:
                eids.append(eid)
        side.front = sorted(reached)

    def meet(self, longest: int) -> tuple[_Side, _Side, list[str]]:
        """Search from both ends, the smaller front first, until they meet; return where."""
        start, goal = self.ends
        near, far = _Side({start: 0}, front=[start]), _Side({goal: 0}, front=[goal])
        for _ in range(longest):
            if not near.front or not far.front:
                break
            side, other = (near, far) if len(near.front) <= len(far.front) else (far, near)
            self._expand(side)
            met = [id_ for id_ in side.front if id_ in other.depth]
            if met:
                # Only the meetings at the other side's own front are shortest.
                least = min(other.depth[id_] for id_ in met)
                return near, far, [id_ for id_ in met if other.depth[id_] == least]
        return near, far, []

    def weight(self, path: Path) -> float:
        """Return how connected the entities between are; rare ones say more."""
        return sum(log(1 + self.degrees.get(id_, 0)) for id_ in path.nodes[1:-1])


def _ways(side: _Side, id_: str) -> Iterator[list[tuple[str, list[str]]]]:
    """Yield every way from an entity back to the end that a side started from, as (previous, eids)."""
    if side.depth[id_] == 0:
        yield []
        return
    for before, eids in sorted(side.back[id_].items()):
        for rest in _ways(side, before):
            yield [(before, eids), *rest]


def _paths(near: _Side, far: _Side, met: list[str]) -> Iterator[Path]:
    for middle in met:
        for left in _ways(near, middle):
            for right in _ways(far, middle):
                nodes = [before for before, _ in reversed(left)] + [middle] + [after for after, _ in right]
                eids = [ties for _, ties in reversed(left)] + [ties for _, ties in right]
                hops = tuple(Hop(nodes[at], nodes[at + 1], tuple(sorted(ties))) for at, ties in enumerate(eids))
                yield Path(tuple(nodes), hops)


def follow(
    view: View,
    start: str,
    goal: str,
    *,
    longest: int = 4,
    most: int = 10,
    with_hubs: bool = False,
    day: date | None = None,
    seconds: float = 30.0,
) -> Followed:
    """Find the shortest paths between two entities.

    Args:
        view: The graph within a scope; ties out of scope are never followed.
        start: Canonical id of one entity.
        goal: Of the other.
        longest: No path of more steps than this, at most 6.
        most: Return no more paths than this.
        with_hubs: Cross entities with more than `HUB_DEGREE` ties, and register nodes, too.
        day: Only ties that held on this day; undated ones are taken to hold.
        seconds: The whole search ends after this time.

    Raises:
        QueryTimeout: The time was up.
        StoreError: The engine failed.
    """
    search = _Search(view, start, goal, with_hubs=with_hubs, day=day, seconds=seconds)
    near, far, met = search.meet(min(longest, LONGEST))
    found = list(islice(_paths(near, far, met), _COMPARED))
    found.sort(key=lambda path: (search.weight(path), path.nodes))
    return Followed(found[:most], len(found) > most, len(search.hubs), search.cut)
