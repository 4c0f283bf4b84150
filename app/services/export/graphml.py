"""The graph as GraphML, with every property under its own typed key; lists and sources as JSON text."""

import re
from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import orjson

from app.services.export.records import Edge, Node
from graph.model import Property, model

_TYPES = {"int": "long", "float": "double", "bool": "boolean"}
_NODE_TAIL = (("type", "string"), ("name", "string"), ("degree", "long"), ("cases", "long"), ("sources", "string"))
_EDGE_TAIL = (
    ("eid", "string"),
    ("type", "string"),
    ("from", "string"),
    ("to", "string"),
    ("confidence", "double"),
    ("claim", "string"),
    ("inferred", "boolean"),
    ("disputed", "boolean"),
    ("sources", "string"),
)
# XML knows no way to write these.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_OPEN = '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'


class _Keys:
    """The keys of nodes or of edges: a property of one name may have several types."""

    def __init__(self, kind: str, tail: Iterable[tuple[str, str]], owners: Iterable[dict[str, Property]]) -> None:
        found = dict.fromkeys(tail)
        for properties in owners:
            found.update(dict.fromkeys((name, _TYPES.get(one.type, "string")) for name, one in properties.items()))
        self._kind = kind
        self._ids = {(name, type_): f"{kind[0]}{at}" for at, (name, type_) in enumerate(sorted(found))}

    def declared(self) -> Iterator[str]:
        for (name, type_), id_ in self._ids.items():
            yield f'<key id="{id_}" for="{self._kind}" attr.name="{name}" attr.type="{type_}"/>\n'

    def data(self, name: str, value: Any) -> str:
        if value is None:
            return ""
        type_ = "string"
        if isinstance(value, bool):
            type_, text = "boolean", str(value).lower()
        elif isinstance(value, int | float):
            type_, text = ("long" if (name, "long") in self._ids else "double"), repr(value)
        elif isinstance(value, str):
            text = value
        else:
            text = orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
        id_ = self._ids.get((name, type_)) or self._ids[(name, "string")]
        return f'<data key="{id_}">{escape(_UNWRITABLE.sub("", text))}</data>'


def write_graphml(nodes: Iterable[Node], edges: Iterable[Edge]) -> Iterator[bytes]:
    """Yield the file."""
    known = model()
    of_nodes = _Keys("node", _NODE_TAIL, (node.properties for node in known.nodes.values()))
    of_edges = _Keys("edge", _EDGE_TAIL, (one.properties for one in known.relations.values()))
    yield (_OPEN + "".join([*of_nodes.declared(), *of_edges.declared()])).encode()
    yield b'<graph id="shenwa" edgedefault="directed">\n'
    for node in nodes:
        values = {"type": node.type, "name": node.name, **node.properties, "sources": node.sources}
        data = "".join(of_nodes.data(name, value) for name, value in sorted(values.items()))
        yield f"<node id={quoteattr(node.id)}>{data}</node>\n".encode()
    for edge in edges:
        values = {"eid": edge.eid, "type": edge.type, **edge.properties, "sources": edge.sources}
        data = "".join(of_edges.data(name, value) for name, value in sorted(values.items()))
        ends = f"source={quoteattr(edge.source)} target={quoteattr(edge.target)}"
        yield f"<edge id={quoteattr(edge.eid)} {ends}>{data}</edge>\n".encode()
    yield b"</graph>\n</graphml>\n"
