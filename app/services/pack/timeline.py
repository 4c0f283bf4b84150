"""What happened when, from the dates of the ties and things that a hit cites; long rows of one kind as one line."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from app.services.pack.deriving import Derived
from app.services.pack.plain import shown
from app.services.pack.subgraph import edges_of, name_of
from graph.errors import Lang
from graph.model import model
from queries.facts import Edge, Node
from queries.hit import Hit
from queries.wording import clause

# More of one kind than this are told as one line: from the first day to the last, and how many.
_MOST_OF_A_KIND = 4
# When somebody was born explains nothing; until when at the latest is a matter of computation.
_NEVER = ("birth", "deadline")
_COMPUTED = "_latest"
# Where there is room for a few lines only, what frames the story comes last.
_LESSER = ("Account-opened", "OWNS-from", "OWNS-to", "Company-founded", "EMPLOYED_BY-from")


@dataclass(frozen=True)
class Event:
    """Something on a day (or from one day to another); `kind` tells like from unlike."""

    day: str
    until: str
    kind: str
    text: str


def _of_edge(edge: Edge, nodes: dict[str, Node], lang: Lang) -> Iterator[Event]:
    bare = replace(edge, valid_from=None, valid_to=None)
    time = edge.props.get("time")
    text = shown(clause(bare, nodes, lang))
    if time:
        # The clause of a transfer begins with its day.
        told = text.removeprefix(str(time)[:10]).lstrip(": ")
        yield Event(str(time)[:10], "", edge.type, told)
        return
    if edge.valid_from is not None:
        both = edge.valid_from == edge.valid_to
        start = "" if both else "(起)" if lang == "zh" else " (from)"
        if edge.props.get("presumed"):
            start = "(起,推定)" if lang == "zh" else " (from, presumed)"
        yield Event(edge.valid_from.isoformat(), "", f"{edge.type}-from", f"{text}{start}")
        if both:
            return
    if edge.valid_to is not None:
        end = "(止)" if lang == "zh" else " (until)"
        yield Event(edge.valid_to.isoformat(), "", f"{edge.type}-to", f"{text}{end}")


def _of_node(node: Node, nodes: dict[str, Node], lang: Lang) -> Iterator[Event]:
    kind = model().nodes[node.type]
    for name, one in kind.properties.items():
        value = node.props.get(name)
        if one.type != "date" or not value or name in _NEVER or name.endswith(_COMPUTED):
            continue
        label = one.zh if lang == "zh" else one.en
        mark = ":" if lang == "zh" else ": "
        yield Event(str(value)[:10], "", f"{node.type}-{name}", f"{label}{mark}{name_of(nodes, node.id, lang)}")


def _folded(events: Sequence[Event], lang: Lang) -> list[Event]:
    kinds: dict[str, list[Event]] = {}
    for event in events:
        kinds.setdefault(event.kind, []).append(event)
    found = []
    for same in kinds.values():
        if len(same) <= _MOST_OF_A_KIND:
            found += same
            continue
        first, last = same[0], same[-1]
        count = f"等 {len(same)} 项" if lang == "zh" else f" and so on, {len(same)} in all"
        found.append(Event(first.day, last.day if last.day != first.day else "", first.kind, first.text + count))
    return sorted(found, key=lambda one: (one.day, one.until, one.kind, one.text))


def events_of(derived: Derived, hit: Hit, lang: Lang) -> list[Event]:
    """Return what is dated among everything that a hit cites, in order of days."""
    cited = {one.eid for one in hit.evidence}
    edges = [edge for edge in edges_of(derived, hit) if edge.eid in cited]
    ends = dict.fromkeys(end for edge in edges for end in (edge.source, edge.target))
    found = [one for edge in edges for one in _of_edge(edge, derived.nodes, lang)]
    found += [one for id_ in ends if id_ in derived.nodes for one in _of_node(derived.nodes[id_], derived.nodes, lang)]
    ordered = sorted(dict.fromkeys(found), key=lambda one: (one.day, one.kind, one.text))
    return _folded(ordered, lang)


def telling(events: Sequence[Event], most: int) -> list[Event]:
    """Return the events that tell most, no more than so many, in order of days."""
    ranked = sorted(range(len(events)), key=lambda at: (events[at].kind in _LESSER, at))
    return [events[at] for at in sorted(ranked[:most])]
