"""The ontology as data: one TOML file per node type and per relation type; the code here only reads it."""

from functools import cache

from graph.model.reading import read_model
from graph.model.types import Model, NodeType, Property, RelationType

__all__ = ["Model", "NodeType", "Property", "RelationType", "model"]


@cache
def model() -> Model:
    """Return the one model of this installation, read once."""
    return read_model()
