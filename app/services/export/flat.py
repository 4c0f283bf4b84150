"""The graph as one CSV table that office programs open: UTF-8 with BOM, cells that look like formulas made harmless."""

import csv
import io
from collections.abc import Iterable, Iterator

import orjson

from app.services.export.records import Edge, Node

HEADER = ("kind", "id", "type", "name", "source", "target", "from", "to", "claim", "properties", "sources")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _cell(value: object) -> object:
    """An office program would run a cell that begins like a formula; an apostrophe before it makes it text."""
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value


def _json(value: object) -> str:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()


def write_csv(nodes: Iterable[Node], edges: Iterable[Edge]) -> Iterator[bytes]:
    """Yield the file, header first."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")

    def line(*cells: object) -> bytes:
        writer.writerow([_cell(cell) for cell in cells])
        text = stream.getvalue()
        stream.seek(0)
        stream.truncate()
        return text.encode()

    yield b"\xef\xbb\xbf" + line(*HEADER)
    for node in nodes:
        tail = (_json(node.properties), _json(node.sources))
        yield line("node", node.id, node.type, node.name, None, None, None, None, None, *tail)
    for edge in edges:
        own = dict(edge.properties)
        dates = (own.pop("from"), own.pop("to"), own.pop("claim"))
        yield line("edge", edge.eid, edge.type, None, edge.source, edge.target, *dates, _json(own), _json(edge.sources))
