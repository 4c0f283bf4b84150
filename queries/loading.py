"""Loading the catalogue of saved queries."""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from pydantic import ValidationError

from graph.errors import QueryError
from queries.saved import SavedQuery


class UnknownQuery(QueryError):
    """No saved query has this id."""

    zh = "没有这个查询:{query};可用:{known}"
    en = "no such query: {query}; there are: {known}"


def load(file: Traversable | Path) -> SavedQuery:
    """Read one file.

    Raises:
        QueryError: It is no TOML, has unknown or missing keys, or an id that is not its name.
    """
    try:
        saved = SavedQuery.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
    except tomllib.TOMLDecodeError as error:
        raise QueryError(query=file.name, zh=f"不是有效的 TOML:{error}", en=f"not valid TOML: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        what = first["msg"]
        raise QueryError(query=file.name, zh=f"「{place}」有误:{what}", en=f"{place}: {what}") from error
    if file.name != f"{saved.id}.toml":
        raise QueryError(query=file.name, zh=f"id 应与文件名一致:{saved.id}", en=f"its id is {saved.id}")
    return saved


def _below(folder: Traversable | Path) -> Iterator[Traversable | Path]:
    for item in sorted(folder.iterdir(), key=lambda one: one.name):
        if item.is_dir():
            yield from _below(item)
        elif item.name.endswith(".toml"):
            yield item


def query_files(extra: Path | None = None) -> Iterator[Traversable | Path]:
    """Yield every file of the catalogue: those that ship, by family, and those of a workspace's own folder."""
    yield from _below(files("queries"))
    if extra is not None and extra.is_dir():
        yield from _below(extra)


def load_all(extra: Path | None = None) -> dict[str, SavedQuery]:
    """Return every saved query by id, in order; those of a workspace's own folder beside those that ship.

    Raises:
        QueryError: A file cannot be used.
    """
    found = {}
    for file in query_files(extra):
        saved = load(file)
        if saved.id in found:
            raise QueryError(query=saved.id, zh="有两个文件用这个 id", en="two files have this id")
        found[saved.id] = saved
    return dict(sorted(found.items()))


def choose(catalogue: dict[str, SavedQuery], names: tuple[str, ...]) -> list[SavedQuery]:
    """Return the named queries, or all that are not retired.

    Raises:
        UnknownQuery: A name is not in the catalogue.
    """
    for name in names:
        if name not in catalogue:
            raise UnknownQuery(query=name, known="、".join(catalogue))
    if names:
        return [catalogue[name] for name in names]
    return [saved for saved in catalogue.values() if saved.status != "retired"]
