"""Writing JSON lines to stdout and everything else to stderr."""

import sys
from collections.abc import Iterable, Mapping

import orjson


def json_lines(rows: Iterable[Mapping[str, object]]) -> int:
    """Write one JSON object a line to stdout; return how many."""
    count = 0
    for row in rows:
        sys.stdout.buffer.write(orjson.dumps(row) + b"\n")
        count += 1
    sys.stdout.buffer.flush()
    return count
