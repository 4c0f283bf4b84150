"""The registers this installation knows: one TOML file each, here and in folders that a user adds."""

import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import ValidationError

from graph.errors import ShenwaError
from ingest.registers.mapping import Mapping


class BadMapping(ShenwaError):
    """A mapping file cannot be used."""

    zh = "登记表映射 {file} 有误:{reason}"
    en = "register mapping {file}: {reason}"


def read_mapping(file: Traversable | Path) -> Mapping:
    """Read one mapping file.

    Raises:
        BadMapping: It is no TOML, or names something that does not exist.
    """
    try:
        return Mapping.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, ValidationError, KeyError) as error:
        raise BadMapping(file=file.name, reason=str(error).split("\n", 3)[:3]) from error


@cache
def catalogue(extra: Path | None = None) -> dict[str, Mapping]:
    """Return every mapping by its id; those of `extra` (a workspace's own) replace those that ship."""
    found = {}
    folders: list[Traversable | Path] = [files("ingest.registers")]
    if extra is not None and extra.is_dir():
        folders.append(extra)
    for folder in folders:
        for file in sorted(folder.iterdir(), key=lambda item: item.name):
            if file.name.endswith(".toml"):
                mapping = read_mapping(file)
                found[mapping.id] = mapping
    return found
