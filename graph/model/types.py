"""What a node type, a relation type and a property are."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

PropertyType = Literal["string", "int", "float", "bool", "date", "datetime", "list"]
ANY = "*"

# Columns that every edge has beside its own properties; `identity` may name `from`.
EDGE_TAIL = ("eid", "from", "to", "confidence", "claim", "inferred", "source")


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Property(_Data):
    """A typed property with its names in both languages."""

    type: PropertyType
    zh: str
    en: str


class NodeType(_Data):
    """A kind of thing; `ftm` is its nearest FollowTheMoney schema."""

    name: str
    zh: str
    en: str
    ftm: str
    properties: dict[str, Property] = Field(default_factory=dict)


class RelationType(_Data):
    """A kind of tie: which ends it joins and what tells two parallel ties of one pair apart.

    Attributes:
        sources: Node types that may stand at the start; `*` means any.
        targets: Node types that may stand at the end; `*` means any.
        identity: Properties (or `from`) that, with type and ends, make one edge.
        symmetric: Direction means nothing; ends are stored in the order of their ids.
        symmetric_kinds: The same, only for edges whose `kind` is one of these.
        inferred: Made by the projection, never by an import.
        again: May be held again after its end; each term is an edge (see `graph.projection.terms`).
        lean: So many rows that the engine stores nothing that is constant for the type.
    """

    name: str
    zh: str
    en: str
    ftm: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    identity: tuple[str, ...]
    symmetric: bool = False
    symmetric_kinds: tuple[str, ...] = ()
    inferred: bool = False
    again: bool = False
    lean: bool = False
    properties: dict[str, Property] = Field(default_factory=dict)


class Model(_Data):
    """All node types and relation types by name."""

    nodes: dict[str, NodeType]
    relations: dict[str, RelationType]

    def ends(self, relation: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the node types allowed at both ends of a relation, `*` spelled out."""
        found = self.relations[relation]
        everything = tuple(sorted(self.nodes))
        sources = everything if ANY in found.sources else found.sources
        targets = everything if ANY in found.targets else found.targets
        return sources, targets
