"""Finding the files of an import, in one order, with the paths that people will see."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.errors import ShenwaError

_CHUNK = 1 << 20
DOC_LENGTH = 12


class NoSuchPath(ShenwaError):
    """A path on the command line does not exist."""

    zh = "找不到路径:{path}"
    en = "no such path: {path}"


@dataclass(frozen=True)
class Found:
    """One file to import.

    Attributes:
        path: Where it lies on this machine.
        shown: Its path below the imported folder, with forward slashes; what sources show.
        size: In bytes.
    """

    path: Path
    shown: str
    size: int


def discover(paths: Sequence[Path]) -> list[Found]:
    """List the files below some paths, hidden ones and lock files of office programs apart.

    Raises:
        NoSuchPath: One of the paths does not exist.
    """
    found = {}
    for root in paths:
        if not root.exists():
            raise NoSuchPath(path=root)
        for file in [root] if root.is_file() else _below(root):
            shown = file.name if file == root else file.relative_to(root).as_posix()
            found[file.resolve()] = Found(file, shown, file.stat().st_size)
    return sorted(found.values(), key=lambda one: one.shown)


def _below(root: Path) -> Iterator[Path]:
    for file in sorted(root.rglob("*")):
        hidden = any(part.startswith((".", "~$")) for part in file.relative_to(root).parts)
        if file.is_file() and not hidden:
            yield file


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
