"""The network on the canvas: members, budgets, expansion, undo; what is drawn is made anew from the graph each time."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from app.services.naming import Named, named
from app.services.neighbours import Counted, Met, Tie, count_ties, expand, meet, ties, ties_among
from graph.casebook.canvases import Place
from graph.model import model
from graph.store.base import View

# Default view, where it says "showing N of M", and where it refuses: 300 nodes still move smoothly, 1,500 do not.
DEFAULT_NODES, SOFT_CAP, HARD_CAP = 80, 300, 1_500
# A view smaller than this is widened by one more ring.
SECOND_RING = 30
_OPENED_BESIDE = ("Person", "Company")
# Phones, devices and addresses are many and say little until somebody asks for them.
_ASKED_FOR = frozenset({"HAS_MEDIUM", "LOCATED", "MENTIONS"})
MOST_UNDO = 50
Word = Callable[[str], str]


@dataclass
class Board:
    """Who is on a canvas, where each stands, and how to go back.

    Attributes:
        members: Ids in the order in which they came.
        places: Id -> where it stands.
        revision: Raised when places are set from here (undo), so that the canvas takes them.
        total: How many the last thing asked for would have shown.
        past: Earlier (members, places), the newest last.
    """

    members: list[str] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    revision: int = 0
    total: int = 0
    past: list[tuple[list[str], dict[str, Place]]] = field(default_factory=list)

    def remember(self) -> None:
        """Keep the present state for `undo`."""
        self.past = [*self.past[-MOST_UNDO + 1 :], (list(self.members), dict(self.places))]

    def undo(self) -> bool:
        """Go back one step; False when there is none."""
        if not self.past:
            return False
        self.members, self.places = self.past.pop()
        self.revision += 1
        self.total = len(self.members)
        return True

    def add(self, ids: Sequence[str], cap: int = SOFT_CAP) -> int:
        """Add entities up to a cap; return how many did not fit."""
        fresh = [one for one in dict.fromkeys(ids) if one not in set(self.members)]
        room = max(0, min(cap, HARD_CAP) - len(self.members))
        self.remember()
        self.members += fresh[:room]
        self.total = len(self.members) + len(fresh[room:])
        return len(fresh[room:])

    def hide(self, ids: Sequence[str]) -> None:
        """Take entities off the canvas; their places are kept."""
        gone = set(ids)
        self.remember()
        self.members = [one for one in self.members if one not in gone]
        self.total = len(self.members)

    def keep(self, ids: Sequence[str]) -> None:
        """Take everything else off the canvas."""
        wanted = set(ids)
        self.hide([one for one in self.members if one not in wanted])

    def move(self, positions: Mapping[str, Mapping[str, float]]) -> dict[str, Place]:
        """Take over where a person put some entities; return their places."""
        known = set(self.members)
        changed = {}
        for id_, point in positions.items():
            if id_ in known:
                pinned = self.places[id_].pinned if id_ in self.places else False
                changed[id_] = Place(float(point["x"]), float(point["y"]), pinned)
        if any(id_ in self.places for id_ in changed):  # first places are not a step that anybody took
            self.remember()
        self.places.update(changed)
        return changed

    def pin(self, ids: Sequence[str], pinned: bool) -> dict[str, Place]:
        """Pin entities where they stand, or free them; return their places."""
        changed = {id_: Place(self.places[id_].x, self.places[id_].y, pinned) for id_ in ids if id_ in self.places}
        self.places.update(changed)
        return changed


def around(view: View, connection: duckdb.DuckDBPyConnection, seeds: Sequence[Named]) -> list[str]:
    """Return some entities with what hangs on them, rarest relations first, up to the default view.

    Where that is little, people and companies met on the way are opened as well, so that a relative's company is seen
    at first sight; units and other hubs are not.
    """
    members = list(dict.fromkeys(one.id for one in seeds))
    opened: set[str] = set()
    ring = list(seeds)
    for room in (DEFAULT_NODES, SECOND_RING):
        counted = count_ties(view, ring)
        for one in ring:
            opened.add(one.id)
            telling = [item for item in counted.get(one.id, []) if item.relation not in _ASKED_FOR]
            for relation in sorted(telling, key=lambda item: (item.count, item.relation)):
                left = room - len(members)
                if left <= 0:
                    return members
                members += expand(view, one, relation.relation, set(members)).ids[:left]
        people = named(connection, set(members) - opened)
        ring = [people[id_] for id_ in members if id_ in people and people[id_].type in _OPENED_BESIDE]
    return members


def grow(board: Board, view: View, entity: Named, relation: str) -> tuple[int, bool]:
    """Expand one relation of an entity on the board.

    Returns:
        How many neighbours were left out, and whether ties in another case were withheld.
    """
    found = expand(view, entity, relation, set(board.members))
    if not found.ids:
        return found.left_out, found.elsewhere
    rejected = board.add(found.ids)
    return found.left_out + rejected, found.elsewhere


def _amount(value: object) -> str:
    return f"{float(str(value)):,.2f}".removesuffix(".00")


def edge_label(tie: Tie, word: Word) -> str:
    """Return what stands on an edge: the relation, or the word, role, post, share or amount that says more."""
    props = tie.props
    said = next((str(props[key]) for key in ("word", "post", "role", "matter") if props.get(key)), "")
    if tie.type == "ASSOC" and props.get("kind"):
        said = str(props["kind"])
    label = said or word(f"relation.{tie.type}")
    if props.get("ratio") is not None:
        label += f" {float(str(props['ratio'])):.0%}"
    if props.get("amount") is not None:
        label += f" {_amount(props['amount'])}"
    if tie.type == "TRANSFER" and props.get("time"):
        label += f" {str(props['time'])[:10]}"
    return label


def _node(met: Met, more: Sequence[Counted], place: Place | None) -> dict[str, object]:
    one = met.named
    return {
        "id": one.id,
        "type": one.type,
        "name": one.name,
        "code": one.code,
        "degree": met.degree,
        "official": met.official,
        "pinned": place is not None and place.pinned,
        "more": [{"relation": item.relation, "count": item.count} for item in more],
    }


def _symmetric(tie: Tie) -> bool:
    relation = model().relations[tie.type]
    return relation.symmetric or str(tie.props.get("kind")) in relation.symmetric_kinds


def _edge(tie: Tie, word: Word) -> dict[str, object]:
    return {
        "id": tie.eid,
        "type": tie.type,
        "source": tie.source,
        "target": tie.target,
        "label": edge_label(tie, word),
        "symmetric": _symmetric(tie),
        "inferred": tie.inferred,
        "claim": tie.claim,
        "confidence": tie.confidence,
        "from": tie.valid_from,
        "to": tie.valid_to,
    }


def drawn(board: Board, view: View, connection: duckdb.DuckDBPyConnection, word: Word) -> dict[str, object]:
    """Return nodes, edges and places of a board as the canvas takes them.

    Members that are no longer in the graph, or out of scope, are left out.
    """
    people = meet(connection, board.members)
    entities = [one.named for one in people]
    among = ties(connection, ties_among(view, entities))
    shown: dict[str, dict[str, int]] = {}
    for tie in among:
        for end in {tie.source, tie.target}:
            mine = shown.setdefault(end, {})
            mine[tie.type] = mine.get(tie.type, 0) + 1
    counted = count_ties(view, entities)
    nodes = []
    for met in people:
        mine = shown.get(met.named.id, {})
        rest = [Counted(one.relation, one.count - mine.get(one.relation, 0)) for one in counted.get(met.named.id, [])]
        nodes.append(_node(met, [one for one in rest if one.count > 0], board.places.get(met.named.id)))
    return {
        "nodes": nodes,
        "edges": [_edge(tie, word) for tie in among],
        "positions": {id_: {"x": place.x, "y": place.y} for id_, place in board.places.items()},
        "revision": board.revision,
        "total": max(board.total, len(nodes)),
        "canUndo": bool(board.past),
    }
