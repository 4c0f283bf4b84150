"""What of a hit is drawn: at most so many entities, and between two of them one line that says every tie."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from app.services.pack.deriving import Derived, cited_by
from app.services.pack.plain import shown
from graph.errors import Lang
from graph.model import model
from queries.facts import Edge, Node
from queries.hit import Hit, Holder

_SAID = ("word", "role", "post", "matter")
_MOST_SAID = 2
_LAST_DIGITS = 6


@dataclass(frozen=True)
class Box:
    """One entity of the picture; `held` when it holds a role of the hit."""

    id: str
    type: str
    name: str
    held: bool


@dataclass(frozen=True)
class Line:
    """All ties between two entities.

    Attributes:
        a: Where the arrow starts.
        b: Where it ends.
        label: What the ties are.
        arrow: `b` when all run from a to b; empty when they run both ways, or direction means nothing.
        inferred: None of them is stated by a source.
    """

    a: str
    b: str
    label: str
    arrow: bool
    inferred: bool


@dataclass(frozen=True)
class Picture:
    """What is drawn, and how many cited entities are not."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    left_out: int


def holders(hit: Hit) -> list[tuple[str, Holder]]:
    """Return who holds the roles, with the role, in the order of the roles."""
    found = []
    for role, held in hit.roles.items():
        found += [(role, one) for one in (held if isinstance(held, list) else [held]) if one is not None]
    return found


def name_of(nodes: Mapping[str, Node], id_: str, lang: Lang) -> str:
    """Return what an entity is called: its name, else its kind and number."""
    node = nodes.get(id_)
    if node is None:
        return id_
    if node.name and node.name != node.id and node.name != node.code:
        return shown(node.name)
    kind = model().nodes[node.type]
    if node.type == "Account" and node.code:
        last = node.code[-_LAST_DIGITS:]
        return shown(f"{kind.zh}(尾号{last})" if lang == "zh" else f"{kind.en} …{last}")
    return shown(f"{kind.zh if lang == 'zh' else kind.en} {node.code or node.id}")


def told(edge: Edge, lang: Lang) -> str:
    """Return what a tie is, in a few characters."""
    relation = model().relations[edge.type]
    said = next((str(edge.props[key]) for key in _SAID if edge.props.get(key)), "")
    # What a register mentions somebody for is kept as a word of the model, not of a person.
    said = "" if edge.type == "MENTIONS" else said
    text = said or (relation.zh if lang == "zh" else relation.en)
    ratio = edge.props.get("ratio")
    return shown(text if ratio is None else f"{text} {float(str(ratio)):.0%}")


def _symmetric(edge: Edge) -> bool:
    relation = model().relations[edge.type]
    return relation.symmetric or str(edge.props.get("kind")) in relation.symmetric_kinds


def _line(edges: Sequence[Edge], lang: Lang) -> Line:
    # Of a relative the word names one side: the arrow then runs from whom the word names.
    turned = [edge.type == "KIN" and edge.props.get("named") == edge.target for edge in edges]
    ends = [
        (edge.target, edge.source) if turn else (edge.source, edge.target)
        for edge, turn in zip(edges, turned, strict=True)
    ]
    counted = Counter(told(edge, lang) for edge in edges)
    parts = [f"{text}×{count}" if count > 1 else text for text, count in counted.most_common()]
    label = "、".join(parts[:_MOST_SAID]) + ("…" if len(parts) > _MOST_SAID else "")
    one_way = len(set(ends)) == 1 and not all(map(_symmetric, edges))
    return Line(*ends[0], label, one_way, all(edge.inferred for edge in edges))


def _between(edges: Iterable[Edge], kept: frozenset[str]) -> list[list[Edge]]:
    pairs: dict[frozenset[str], list[Edge]] = {}
    for edge in edges:
        pair = frozenset((edge.source, edge.target))
        if pair <= kept and len(pair) == 2:
            pairs.setdefault(pair, []).append(edge)
    return list(pairs.values())


def edges_of(derived: Derived, hit: Hit) -> list[Edge]:
    """Return the ties that a hit cites, in order, those that would clear last."""
    eids = dict.fromkeys(one.eid for one in cited_by(hit))
    return [derived.edges[eid] for eid in eids if eid in derived.edges]


def _near(edges: Iterable[Edge]) -> dict[str, set[str]]:
    near: dict[str, set[str]] = {}
    for edge in edges:
        near.setdefault(edge.source, set()).add(edge.target)
        near.setdefault(edge.target, set()).add(edge.source)
    return near


def _twins(near: Mapping[str, set[str]], nodes: Mapping[str, Node], held: Sequence[str], most: int) -> dict[str, str]:
    """Return for entities that hang on the same others as another of their kind the one that stands for them.

    Twenty monthly payments to one person are one box; the largest such group is put together first, and only as long
    as there are too many boxes.
    """
    groups: dict[tuple[str, frozenset[str]], list[str]] = {}
    for id_ in sorted(set(near) - set(held)):
        groups.setdefault((nodes[id_].type if id_ in nodes else "", frozenset(near[id_])), []).append(id_)
    stands: dict[str, str] = {}
    for group in sorted(groups.values(), key=lambda ids: (-len(ids), ids[0])):
        if len(set(near) | set(held)) - len(stands) + len(set(stands.values())) <= most or len(group) == 1:
            break
        stands |= dict.fromkeys(group, group[0])
    return stands


def picture(derived: Derived, hit: Hit, most: int, lang: Lang) -> Picture:
    """Choose what to draw of a hit: who holds the roles, then whatever ties most of what is cited together.

    Args:
        derived: Holds nodes and edges.
        hit: Which.
        most: Boxes.
        lang: Of the labels.
    """
    cited = dict.fromkeys(one.eid for one in hit.evidence)
    edges = [derived.edges[eid] for eid in cited if eid in derived.edges]
    held = list(dict.fromkeys(holder.id for _, holder in holders(hit)))
    stands = _twins(_near(edges), derived.nodes, held, most)
    size = Counter(stands.values())
    ends = [
        replace(one, source=stands.get(one.source, one.source), target=stands.get(one.target, one.target))
        for one in edges
    ]
    near = _near(ends)
    others = sorted(set(near) - set(held), key=lambda id_: (-len(near[id_]), id_))
    chosen = (held + others)[:most]

    def box(id_: str) -> Box:
        type_ = derived.nodes[id_].type if id_ in derived.nodes else ""
        name = name_of(derived.nodes, id_, lang)
        if id_ in size:
            kind = model().nodes[type_]
            name = f"{kind.zh} ×{size[id_]}" if lang == "zh" else f"{kind.en} ×{size[id_]}"
        return Box(id_, type_, name, id_ in held)

    lines = [_line(some, lang) for some in _between(ends, frozenset(chosen))]
    left_out = sum(size.get(id_, 1) for id_ in others if id_ not in chosen) + len(set(held) - set(chosen))
    return Picture(tuple(map(box, chosen)), tuple(lines), left_out)
