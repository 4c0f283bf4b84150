"""Stamping a new saved query: a file that passes everything but its own cases."""

import re
from importlib.resources import files
from pathlib import Path

from graph.errors import QueryError

TEMPLATE = "template.txt"
_ID = re.compile(r"[a-z][a-z0-9_]*")


def stamp(id_: str, folder: Path) -> Path:
    """Write `<id>.toml` from the template into a folder and return its path.

    Raises:
        QueryError: The id cannot be one, or the file exists.
    """
    if _ID.fullmatch(id_) is None:
        raise QueryError(query=id_, zh="id 只用小写字母、数字和下划线,以字母开头", en="an id has a-z, 0-9 and _ only")
    path = folder / f"{id_}.toml"
    if path.exists():
        raise QueryError(query=id_, zh=f"文件已存在:{path}", en=f"the file exists: {path}")
    folder.mkdir(parents=True, exist_ok=True)
    text = (files("queries") / TEMPLATE).read_text(encoding="utf-8")
    path.write_text(text.replace("@ID@", id_), encoding="utf-8")
    return path
