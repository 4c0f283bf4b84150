"""Everything the hits of a run cite, fetched at once: edges, nodes, sources, quotes, and what a second reading says."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from queries.facts import Edge, Facts, Node, Source
from queries.hit import Evidence
from queries.recheck import fault_of
from queries.sources import Place, Quote, SourceReader

# Weakest last.
IDENTITIES = ("code", "name_unit", "name")


@dataclass
class Material:
    """What was fetched, by id.

    Attributes:
        edges: By eid.
        nodes: Holders of roles and ends of edges.
        sources: By eid.
        quotes: By place.
        files: By document.
        keys: Entity -> smallest member key.
        faults: Edges that their sources no longer state -> why.
    """

    edges: dict[str, Edge] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    sources: dict[str, list[Source]] = field(default_factory=dict)
    quotes: dict[Place, Quote] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    faults: dict[str, str] = field(default_factory=dict)

    def identity(self, eid: str) -> str:
        """Return the best join that brought a source to this edge; `name` when there is none."""
        grades = [IDENTITIES.index(source.identity) for source in self.sources.get(eid, [])]
        return IDENTITIES[min(grades, default=len(IDENTITIES) - 1)]

    def refuted(self, eid: str) -> bool:
        """Tell whether a source says that this is not so."""
        return any(source.claim == "refuted" for source in self.sources.get(eid, []))

    def denied(self, eid: str) -> bool:
        """Tell whether a person says that this is not so."""
        return any(source.claim == "denied" for source in self.sources.get(eid, []))

    def evidence(self, role: str, eid: str) -> list[Evidence]:
        """Return the sources of an edge as evidence of a hit."""
        found = []
        for source in self.sources.get(eid, []):
            quote = self.quotes.get((source.doc, source.locator), Quote(None, ""))
            file = self.files.get(source.doc, source.doc)
            place = (source.doc, file, source.locator, quote.page, quote.text)
            found.append(Evidence(role, eid, *place, source.claim, source.speaker, source.method))
        return found

    def faulty(self, eids: Iterable[str]) -> str | None:
        """Return why the first faulty edge is one."""
        return next((self.faults[eid] for eid in eids if eid in self.faults), None)


def _check(material: Material, eids: Iterable[str], reader: SourceReader) -> None:
    """Read every source again; an edge that the tables lack or that no source states is a fault."""
    places = {(s.doc, s.locator) for eid in eids for s in material.sources.get(eid, [])}
    stated = reader.reread(places)
    for eid in eids:
        edge = material.edges.get(eid)
        if edge is None:
            material.faults[eid] = f"{eid}: the tables hold no such edge"
        elif material.sources.get(eid):
            fault = fault_of(edge, material.sources[eid], stated)
            if fault is not None:
                material.faults[eid] = fault


def gather(
    material: Material, facts: Facts, reader: SourceReader, eids: Iterable[str], holders: Iterable[str] = ()
) -> None:
    """Fetch what is not there yet for some edges and holders of roles, in one reading of each table and source.

    Args:
        material: Is added to.
        facts: The canonical tables.
        reader: Reads sources.
        eids: Edges that hits cite.
        holders: Entities that hold roles.
    """
    wanted = sorted(set(eids) - material.edges.keys() - material.faults.keys())
    fresh = set(holders) - material.nodes.keys()
    edges = facts.edges(wanted) if wanted else {}
    material.edges |= edges
    ends = {end for edge in edges.values() for end in (edge.source, edge.target)} - material.nodes.keys()
    if fresh | ends:
        material.nodes |= facts.nodes(fresh | ends)
    if fresh:
        material.keys |= facts.smallest_keys(fresh)
    if not wanted:
        return
    material.sources |= facts.sources(wanted)
    material.files |= facts.files({s.doc for eid in wanted for s in material.sources.get(eid, [])})
    _check(material, wanted, reader)
    material.quotes |= reader.quotes({(s.doc, s.locator) for eid in wanted for s in material.sources.get(eid, [])})


def names(nodes: Mapping[str, Node], id_: str) -> str:
    """Return the name of an entity, its id when it is unknown."""
    return nodes[id_].name if id_ in nodes else id_
