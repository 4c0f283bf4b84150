"""Reading the model's TOML files and checking that they fit together."""

import tomllib
from importlib.resources import files
from importlib.resources.abc import Traversable

from graph.errors import ShenwaError
from graph.model.types import ANY, Model, NodeType, Property, RelationType

# kglite invents values under these names (design page on Cypher), so no type may use them.
FORBIDDEN_PROPERTIES = frozenset({"title", "type", "label", "id", "name", "eid", "from", "to"})

# Every relation may carry these: where a start or an end is known only to the month or year, `from` and `to` span the
# whole month or year, and these say from when on (until when) the tie surely held.
IMPRECISE = {
    "from_latest": Property(type="date", zh="起始(最晚)", en="surely from"),
    "to_earliest": Property(type="date", zh="终止(最早)", en="surely until"),
}


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
    named = [(k, v.properties) for k, v in model.nodes.items()] + [
        (k, v.properties) for k, v in model.relations.items()
    ]
    for file, properties in named:
        for name in properties:
            if name in FORBIDDEN_PROPERTIES or not name.isascii():
                raise BadModel(file=file, reason=f"property {name}")
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
    relations = {}
    for name, table in _tables(root / "relations").items():
        own = table.get("properties", {})
        table["properties"] = {**(own if isinstance(own, dict) else {}), **IMPRECISE}
        relations[name] = RelationType.model_validate({"name": name, **table})
    found = Model(nodes=nodes, relations=relations)
    check(found)
    return found
