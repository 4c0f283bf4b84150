"""The lock: id -> version and hash of the logic, so that logic never changes without its version."""

import hashlib
import json
from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import orjson

from queries.findings import Finding
from queries.saved import SavedQuery

LOCK = "lock.json"
_WORDS = {"status", "severity", "title", "description", "tags", "explanation", "missing", "references", "cases"}

Entry = dict[str, int | str]


def logic_hash(saved: SavedQuery) -> str:
    """Return a hash of all that decides which hits there are: query, parameters, columns, thresholds, clearing queries.

    Wording and cases may change without a new version.
    """
    logic = saved.model_dump(mode="json", exclude=_WORDS | {"version", "typology"})
    if saved.identity == SavedQuery.model_fields["identity"].default:  # came later than the first locks
        logic.pop("identity")
    for parameter in logic["parameters"].values():
        parameter.pop("label"), parameter.pop("why")
    for clear in logic["clears"]:
        clear.pop("when"), clear.pop("check")
    return hashlib.sha256(orjson.dumps(logic, option=orjson.OPT_SORT_KEYS)).hexdigest()[:16]


def read_lock(file: Traversable | Path | None = None) -> dict[str, Entry]:
    """Return the lock of the queries that ship, or of another file; empty when there is none."""
    found = files("queries") / LOCK if file is None else file
    if not found.is_file():
        return {}
    entries: dict[str, Entry] = json.loads(found.read_text(encoding="utf-8"))
    return entries


def check_lock(saved: SavedQuery, lock: dict[str, Entry]) -> list[Finding]:
    """Return what is wrong: logic that changed under the same version, or a version that went back."""
    entry = lock.get(saved.id)
    if entry is None:
        return []
    if saved.version < int(entry["version"]):
        zh, en = (
            f"版本号不能小于已锁定的 {entry['version']}",
            f"its version is below the locked one, {entry['version']}",
        )
        return [Finding(saved.id, "version", zh, en)]
    if saved.version == entry["version"] and logic_hash(saved) != entry["hash"]:
        zh, en = "查询逻辑已变,须增加 version", "the logic changed, its version has to rise"
        return [Finding(saved.id, "version", zh, en)]
    return []


def write_lock(queries: Iterable[SavedQuery], file: Path) -> None:
    """Write the lock of some queries, sorted."""
    entries = {one.id: {"version": one.version, "hash": logic_hash(one)} for one in queries}
    file.write_text(json.dumps(entries, indent=1, sort_keys=True) + "\n", encoding="utf-8")
