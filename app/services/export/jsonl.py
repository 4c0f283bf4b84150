"""The graph as JSON, one object a line."""

from collections.abc import Iterable, Iterator

import orjson

from app.services.export.records import Edge, Node


def node_line(node: Node) -> bytes:
    """Return the line of a node."""
    record: dict[str, object] = {"kind": "node", "id": node.id, "type": node.type, "name": node.name}
    record |= {"properties": node.properties, "sources": node.sources}
    return orjson.dumps(record, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


def edge_line(edge: Edge) -> bytes:
    """Return the line of an edge."""
    ends = {"source": edge.source, "target": edge.target}
    record: dict[str, object] = {"kind": "edge", "eid": edge.eid, "type": edge.type, **ends}
    record |= {"properties": edge.properties, "sources": edge.sources}
    return orjson.dumps(record, option=orjson.OPT_SORT_KEYS | orjson.OPT_APPEND_NEWLINE)


def write_jsonl(nodes: Iterable[Node], edges: Iterable[Edge]) -> Iterator[bytes]:
    """Yield the file, nodes first."""
    yield from map(node_line, nodes)
    yield from map(edge_line, edges)
