"""The list of what a pack holds and what it was made from; hashes of every file, and reading them back."""

import hashlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Literal

import orjson
from pydantic import BaseModel, ConfigDict, ValidationError

from graph.errors import ShenwaError
from graph.store.base import Scope, Version

MANIFEST, SUMS = "manifest.json", "SHA256SUMS"
SCHEMA: Literal[1] = 1


class NoPack(ShenwaError):
    """The folder is not one that `pack` made."""

    zh = "不是研判材料包,或其清单已损坏:{path}"
    en = "no assessment pack, or its list is damaged: {path}"


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PackedHit(_Data):
    """A hit of the pack: what it is found again by, and what stood then."""

    fingerprint: str
    query: str
    query_version: int
    parameters: dict[str, bool | int | float | str]
    rank: int
    state: str
    evidence_digest: str
    decision: str
    holders: dict[str, list[str]]


class PackedDocument(_Data):
    """A document that is cited; `sha256` is the hash of its original."""

    doc: str
    file: str
    sha256: str


class PackedFile(_Data):
    """A file of the pack; `path` with slashes."""

    path: str
    bytes: int
    sha256: str


class LogHead(_Data):
    """How long the audit log was, and the chain value of its last line: what was cut off later shows."""

    number: int
    mac: str


class Manifest(_Data):
    """What a pack holds.

    Attributes:
        made: UTC, to the second.
        scope: Cases that its maker could see; `all` for everything.
        data: Version of the graph that the hits were found in.
        log: End of the audit log when it was made; None when there was none.
    """

    schema_version: Literal[1] = SCHEMA
    program: str
    workspace: str
    made: str
    by: str
    lang: Literal["zh", "en"]
    scope: Literal["all"] | list[str]
    data: Version
    log: LogHead | None = None
    hits: list[PackedHit]
    documents: list[PackedDocument]
    files: list[PackedFile]

    @property
    def reader(self) -> Scope:
        """The scope of its maker."""
        return Scope("all" if self.scope == "all" else frozenset(self.scope))

    def to_bytes(self) -> bytes:
        """Return the file."""
        return orjson.dumps(self.model_dump(mode="json"), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of a content."""
    return hashlib.sha256(content).hexdigest()


def listed(files: Mapping[str, bytes]) -> list[PackedFile]:
    """Return files with size and hash, by path."""
    return [PackedFile(path=path, bytes=len(body), sha256=digest_of(body)) for path, body in sorted(files.items())]


def sums(files: Mapping[str, bytes]) -> bytes:
    """Return a list that `sha256sum --check` reads."""
    return "".join(f"{digest_of(body)}  {path}\n" for path, body in sorted(files.items())).encode()


def read_manifest(folder: Path) -> Manifest:
    """Return the list of a pack.

    Raises:
        NoPack: There is none, or it cannot be read.
    """
    try:
        made = Manifest.model_validate_json((folder / MANIFEST).read_bytes())
    except (OSError, ValidationError) as error:
        raise NoPack(path=folder) from error
    # A path that leads out of the folder was not written by shenwa, and is not followed.
    paths = [PurePosixPath(one.path) for one in made.files]
    if any(path.is_absolute() or ".." in path.parts or "\\" in str(path) for path in paths):
        raise NoPack(path=folder)
    return made
