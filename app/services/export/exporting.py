"""`export`: write the graph to one file, whole or not at all."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal

import duckdb

from app.services.context import Context
from app.services.export.flat import write_csv
from app.services.export.ftm import write_ftm
from app.services.export.graphml import write_graphml
from app.services.export.jsonl import write_jsonl
from app.services.export.records import edges, nodes
from app.services.reading import Reading
from app.services.tables import open_tables
from graph.errors import BadUse
from graph.workspace import disk_full_told

Format = Literal["jsonl", "graphml", "csv", "ftm"]


def _pieces(connection: duckdb.DuckDBPyConnection, whole: bool) -> dict[Format, Callable[[], Iterator[bytes]]]:
    return {
        "jsonl": lambda: write_jsonl(nodes(connection, whole=whole), edges(connection)),
        "graphml": lambda: write_graphml(nodes(connection, whole=whole), edges(connection)),
        "csv": lambda: write_csv(nodes(connection, whole=whole), edges(connection)),
        "ftm": lambda: write_ftm(nodes(connection, whole=whole), edges(connection), edges(connection)),
    }


def _write(target: Path, pieces: Iterator[bytes]) -> int:
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with disk_full_told(target), part.open("wb") as stream:
            lines = 0
            for piece in pieces:
                stream.write(piece)
                lines += 1
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(target)
    except BaseException:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    return lines


def export(context: Context, reading: Reading, target: Path, form: Format) -> int:
    """Write everything that a reader may see into a file.

    Args:
        context: Where to spill.
        reading: The graph, within a scope; counts are left out where something is hidden.
        target: The file; one that exists is replaced when the new one is complete.
        form: Its format.

    Returns:
        How many lines or elements were written.

    Raises:
        BadUse: The file cannot be written there.
        DiskFull: No room; a file that was there before stays as it was.
    """
    if target.is_dir() or not target.absolute().parent.is_dir():
        zh = f"不能写入:{target}(文件夹不存在,或它本身是文件夹)"
        raise BadUse(zh=zh, en=f"cannot write {target}: no such folder, or a folder itself")
    temp = context.workspace.cache / "duckdb"
    temp.mkdir(parents=True, exist_ok=True)
    with open_tables(reading.tables, reading.scope, temp) as connection:
        pieces = _pieces(connection, reading.scope.everything)[form]()
        try:
            return _write(target, pieces)
        except PermissionError as error:
            raise BadUse(zh=f"没有权限写入:{target}", en=f"no permission to write {target}") from error
