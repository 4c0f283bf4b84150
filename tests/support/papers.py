"""Case papers for tests: texts in folders, and facts of texts written straight into a ledger."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from graph.keys import digest, entity_key, fold
from graph.ledger.schema import TABLES
from tests.support.registers import Ground

REPORT = "关于反映青石县教育局副局长韩冬生有关问题的初步核实情况报告\n"


def write_papers(folder: Path, texts: Mapping[str, str]) -> Path:
    """Write UTF-8 texts by their path below a folder."""
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def person(name: str, number: str | None = None) -> dict[str, Any]:
    """Return somebody known by an ID number, or by the name alone."""
    if number is None:
        return {"key": entity_key("Person", "name", fold(name), "x"), "type": "Person", "name": name, "kind": "name"}
    key = entity_key("Person", "id", number, fold(name))
    return {"key": key, "type": "Person", "name": name, "kind": "id", "props": f'{{"code":"{number}"}}'}


def thing(type_: str, name: str, kind: str = "value", props: str = "{}") -> dict[str, Any]:
    """Return an entity of any type."""
    return {"key": entity_key(type_, kind, fold(name)), "type": type_, "name": name, "kind": kind, "props": props}


def tie(type_: str, source: Mapping[str, Any], target: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """Return a tie between two entities; `more`: claim, props (JSON), valid_from, valid_to, locator."""
    return {"type": type_, "source": source, "target": target, **more}


def put(ground: Ground, doc: str, ties: Iterable[Mapping[str, Any]], *, text: bool, case: str | None = None) -> None:
    """Write one document's facts into the ledger and commit them.

    Args:
        ground: The ledger.
        doc: 12 hexadecimal characters.
        ties: From `tie`; their ends are stated too.
        text: The document is a text; else a register.
        case: In whose folder it lies.
    """
    ties, unit = list(ties), f"unit-{doc}"
    kind, method = ("text", "rule:test") if text else ("table", "register:test")
    layout = '{"tables": [], "hidden": 0}'
    rows: dict[str, list[dict[str, Any]]] = {"assertions": [], "relations": []}
    rows["documents"] = [
        {"doc": doc, "sha256": doc, "size": 1, "kind": kind, "reader": "t@1", "layout": layout, "unit": unit}
    ]
    rows["filings"] = [{"doc": doc, "path": f"{doc}.txt", "case": case, "run": f"run-{doc}", "unit": unit}]
    for at, one in enumerate(ties, start=1):
        place = one.get("locator") or (f"c:{10 * at}-{10 * at + 5}" if text else f"r:{at}")
        tail = {"doc": doc, "locator": place, "method": method, "confidence": 0.9, "unit": unit, "speaker": None}
        for end in (one["source"], one["target"]):
            about = {"entity_key": end["key"], "type": end["type"], "name": end["name"], "key_kind": end["kind"]}
            claim = "found" if text else "registry"
            context = end.get("context")
            rows["assertions"].append(
                {**about, **tail, "claim": claim, "context": context, "props": end.get("props", "{}")}
            )
        claim, props = one.get("claim", "found" if text else "registry"), one.get("props", "{}")
        ends = {"source_key": one["source"]["key"], "target_key": one["target"]["key"]}
        dates = {"valid_from": one.get("valid_from"), "valid_to": one.get("valid_to")}
        key = digest(doc, place, one["type"], *ends.values(), props, claim)
        rows["relations"].append(
            {"relation_key": key, "type": one["type"], **ends, **tail, **dates, "claim": claim, "props": props}
        )
    for name, found in rows.items():
        schema = TABLES[name]
        full = [{column: row.get(column) for column in schema.names} for row in found]
        ground.ledger.append(name, pa.Table.from_pylist(full, schema=schema))
    ground.ledger.commit(unit, f"run-{doc}")
