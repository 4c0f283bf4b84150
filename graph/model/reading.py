"""Reading the model's TOML files and checking that they fit together."""

import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable

from graph.errors import ShenwaError
from graph.model.types import ANY, Model, NodeType, RelationType

# kglite invents values under these names (design page on Cypher), so no type may use them.
FORBIDDEN_PROPERTIES = frozenset({"title", "type", "label", "id", "name", "eid", "from", "to"})


class BadModel(ShenwaError):
    """A model file names something that does not exist or may not be used."""

    zh = "模型文件 {file} 有误:{reason}"
    en = "model file {file}: {reason}"


def _tables(folder: Traversable) -> dict[str, dict[str, object]]:
    found = {}
    for item in sorted(folder.iterdir(), key=lambda one: one.name):
        if item.name.endswith(".toml"):
            found[item.name.removesuffix(".toml")] = tomllib.loads(item.read_text(encoding="utf-8"))
    return found


def check(model: Model) -> None:
    """Raise `BadModel` when a relation joins unknown types or a name is forbidden."""
    for kind in (*model.nodes.values(), *model.relations.values()):
        for name in kind.properties:
            if name in FORBIDDEN_PROPERTIES or not name.isascii():
                raise BadModel(file=kind.name, reason=f"property {name}")
    for relation in model.relations.values():
        for end in (*relation.sources, *relation.targets):
            if end != ANY and end not in model.nodes:
                raise BadModel(file=relation.name, reason=f"end {end}")
        for part in relation.identity:
            if part != "from" and part not in relation.properties:
                raise BadModel(file=relation.name, reason=f"identity {part}")


def read_model(folder: Traversable | None = None) -> Model:
    """Read every type file below a folder.

    Args:
        folder: Holds `nodes/*.toml` and `relations/*.toml`; this package when absent.

    Returns:
        The checked model.

    Raises:
        BadModel: A file names an unknown type or a forbidden property.
    """
    root = files("graph.model") if folder is None else folder
    nodes = {k: NodeType.model_validate({"name": k, **v}) for k, v in _tables(root / "nodes").items()}
    relations = {k: RelationType.model_validate({"name": k, **v}) for k, v in _tables(root / "relations").items()}
    found = Model(nodes=nodes, relations=relations)
    check(found)
    return found
