"""A graph that holds every type of the model with every property, on which an engine's warnings mean a wrong name."""

from graph.model import Property, model

_VALUES = {
    "string": "'x'",
    "int": "2",
    "float": "1000.0",
    "bool": "true",
    "date": "date('2021-03-05')",
    "datetime": "localdatetime('2021-03-05T10:00:00')",
    "list": "['x']",
}
_NODES_EACH = 2


def _map(fixed: dict[str, str], properties: dict[str, Property]) -> str:
    given = fixed | {name: _VALUES[one.type] for name, one in properties.items()}
    return "{" + ", ".join(f"{name}: {value}" for name, value in given.items()) + "}"


def node_ids() -> list[str]:
    """Return the ids of all nodes of the graph."""
    return [f"{name}-{number}" for name in model().nodes for number in range(_NODES_EACH)]


def everything() -> str:
    """Return the CREATE statement of the graph: two nodes a type, one edge for each pair of ends that a type joins."""
    parts = []
    for name, node in model().nodes.items():
        for number in range(_NODES_EACH):
            fixed = {"id": f"'{name}-{number}'", "name": "'x'", "degree": "3", "cases": "1"}
            parts.append(f"(n_{name.lower()}{number}:`{name}` {_map(fixed, node.properties)})")
    count = 0
    for name, relation in model().relations.items():
        sources, targets = model().ends(name)
        for source in sources:
            for target in targets:
                count += 1
                fixed = {
                    "eid": f"'e{count}'",
                    "from": _VALUES["date"],
                    "to": _VALUES["date"],
                    "confidence": "1.0",
                    "claim": "'registry'",
                    "inferred": "false",
                    "disputed": "false",
                    "source": "'x#r:1'",
                }
                ends = (f"(n_{source.lower()}0)", f"(n_{target.lower()}1)")
                parts.append(f"{ends[0]}-[:`{name}` {_map(fixed, relation.properties)}]->{ends[1]}")
    return "CREATE " + ",\n ".join(parts)
