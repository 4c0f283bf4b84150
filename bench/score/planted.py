"""The truth of a city as the scorer needs it."""

import csv
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Node = tuple[str, str]
Row = tuple[str, int]


@dataclass(frozen=True)
class Planted:
    """A scheme, a look-alike or a piece of background.

    Attributes:
        id: Its id.
        query: The saved query that looks for it.
        kind: `scheme`, `decoy` or `unscored`.
        core: What a hit should name: type and number.
        anchors: What it must name.
        evidence: What has to be shown, by role; of each, any one row is enough. Only what some register holds.
        findable: The registers hold enough of it, by identifiers alone.
        reason: What clears a decoy.
    """

    id: str
    query: str
    kind: str
    core: frozenset[Node]
    anchors: frozenset[Node]
    evidence: tuple[frozenset[Row], ...]
    findable: bool = True
    reason: str = ""


@dataclass(frozen=True)
class CityTruth:
    """What was planted in one city.

    Attributes:
        seed: Of the city.
        planted: Everything.
        officials: Numbers of the officials.
        people: How many persons.
        only: Name -> number, for names that one person bears.
        facts: What the city was generated from.
    """

    seed: int
    planted: tuple[Planted, ...]
    officials: frozenset[str]
    people: int
    only: dict[str, str] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)

    def of(self, query: str, kind: str = "scheme") -> list[Planted]:
        """Return what was planted of one query and kind."""
        return [one for one in self.planted if one.query == query and one.kind == kind]


def read_planted(row: dict[str, Any]) -> Planted:
    """Read one line of `schemes.jsonl` or `decoys.jsonl`."""
    needs = row["required_evidence"]
    # What no register holds cannot be shown, and neither can what proves something only together with it.
    broken = {need["group"] for need in needs if not need["rows"]} - {-1}
    evidence = [
        frozenset((one["file"], int(one["row"])) for one in need["rows"])
        for need in needs
        if need["group"] not in broken
    ]
    return Planted(
        id=row["id"],
        query=row["query"],
        kind=row["kind"],
        core=frozenset((one["type"], one["code"]) for one in row["core"]),
        anchors=frozenset((one["type"], one["code"]) for one in row["core"] if one["anchor"]),
        evidence=tuple(rows for rows in evidence if rows),
        findable=bool(row["findable"]),
        reason=row.get("reason", ""),
    )


def read_truth(folder: Path) -> CityTruth:
    """Read `truth/` of a city."""
    facts = json.loads((folder / "city.json").read_text(encoding="utf-8"))
    rows = [
        json.loads(line)
        for name in ("schemes.jsonl", "decoys.jsonl")
        for line in (folder / name).read_text(encoding="utf-8").splitlines()
    ]
    officials, names, people = set(), {}, 0
    with (folder / "entity_map.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["type"] != "Person":
                continue
            people += 1
            names[row["name"]] = "" if row["name"] in names else row["code"]
            if row["official"] == "1":
                officials.add(row["code"])
    only = {name: code for name, code in names.items() if code}
    return CityTruth(int(facts["seed"]), tuple(map(read_planted, rows)), frozenset(officials), people, only, facts)
