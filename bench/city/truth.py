"""Writes what is true of a city beside its registers: schemes, look-alikes, hidden links, who is who."""

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from bench.city.complaints import case_numbers, lead_numbers
from bench.city.plant.model import Actor, Fact, Need, Scheme
from bench.city.reasons import REASONS
from bench.city.render.masks import Masks
from bench.city.render.numbering import Numbering
from bench.city.render.writing import Written
from bench.city.table import Table
from bench.city.world import World

# How many of what repeats are enough to see a scheme; of everything else each one is needed.
_ENOUGH = {"contract": 2, "payment": 2, "transfer": 2, "benefit": 2, "bid": 4}
_EPOCH = np.datetime64("2014-01-01")


def scheme_id(world: World, number: int) -> str:
    """Return the id of a scheme."""
    return f"{world.preset_name}-{world.seed}-{number:04d}"


def day_text(day: int) -> str:
    """Return a day as ISO text."""
    return str(_EPOCH + np.timedelta64(int(day), "D"))


class Truth:
    """Turns actors and facts into the names and rows that outsiders know."""

    def __init__(self, world: World, numbering: Numbering, masks: Masks, written: Written) -> None:
        self.world, self.numbering, self.written = world, numbering, written
        people, companies = world.people, world.companies
        rep = companies["rep"]
        # Where the identifier of the second party is left out, the row joins nobody by itself.
        self._named = {
            "亲属关系": masks.shown("亲属关系", "亲属身份证号", len(world.kin_records)),
            "企业登记": masks.shown("企业登记", "法定代表人身份证号", len(rep)),
            "股东": masks.shown("股东", "股东证件号", len(world.shares)),
            "主要人员": masks.shown("主要人员", "身份证号", len(world.officers)),
        }
        self._codes = {
            "Person": people["id"],
            "Company": companies["code"],
            "Agency": world.agencies["name"],
            "Account": world.accounts.table["number"],
            "Tender": numbering.tender,
        }
        self._names = {"Person": people["name"], "Company": companies["name"], "Agency": world.agencies["name"]}

    def code(self, actor: Actor) -> str:
        """Return the number of an actor; the name of an agency."""
        return str(self._codes[actor.type][actor.row])

    def actor(self, actor: Actor) -> dict[str, Any]:
        """Return an actor as JSON."""
        name = self._names.get(actor.type)
        return {
            "role": actor.role,
            "type": actor.type,
            "code": self.code(actor),
            "name": str(name[actor.row]) if name is not None else self.code(actor),
            "anchor": actor.anchor,
        }

    def _key(self, fact: Fact) -> str:
        register, row = fact
        numbers = {
            "合同": self.numbering.contract,
            "财政支付": self.numbering.payment,
            "补贴发放": self.numbering.benefit,
        }
        if register in numbers:
            return str(numbers[register][row])
        if register == "企业登记":
            return str(self.world.companies["code"][row])
        if register == "投标":
            return str(self.numbering.tender[self.world.bids["tender"][row]])
        return ""

    def rows(self, fact: Fact) -> list[dict[str, Any]]:
        """Return where a fact stands in the registers."""
        return [{"file": file, "row": row, "key": self._key(fact)} for file, row in self.written.rows.get(fact, [])]

    def need(self, need: Need) -> dict[str, Any]:
        """Return a need as JSON: any one of its rows is enough."""
        rows = [row for fact in need.options for row in self.rows(fact)]
        return {"role": need.role, "joint": need.joint, "group": need.group, "rows": rows}

    def _joins(self, need: Need) -> bool:
        """Tell whether a row shows the need with an identifier that joins."""
        return any(
            fact in self.written.rows and (fact[0] not in self._named or bool(self._named[fact[0]][fact[1]]))
            for fact in need.options
        )

    def missing(self, scheme: Scheme) -> list[str]:
        """Return the roles of which the registers hold too little, by identifiers alone, to see the scheme."""
        found = set()
        for role in sorted({need.role for need in scheme.needs}):
            same = [need for need in scheme.needs if need.role == role]
            shown = sum(self._joins(need) for need in same)
            few = 1 if scheme.query == "revolving_door" else _ENOUGH.get(role, len(same))
            if shown < min(few, len(same)):
                found.add(role)
        return sorted(found)

    def scheme(self, scheme: Scheme) -> dict[str, Any]:
        """Return a scheme or look-alike as JSON."""
        world, missing = self.world, self.missing(scheme)
        made: dict[str, Any] = {
            "id": scheme_id(world, scheme.number),
            "query": scheme.query,
            "typology": scheme.typology,
            "kind": scheme.kind,
            "core": [self.actor(one) for one in scheme.core],
            "edges": sorted({need.role for need in scheme.needs}),
            "required_evidence": [self.need(need) for need in scheme.needs],
            "period": [day_text(scheme.start), day_text(scheme.end)],
            "amount": round(scheme.amount, 2),
            "findable": not missing,
            "missing": missing,
            "shares": [scheme_id(world, one) for one in scheme.shares],
        }
        if scheme.kind == "decoy":
            made |= {"reason": scheme.reason, "scheme": scheme_id(world, scheme.model)}
        return made


def _lines(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for row in rows:
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")


def hidden_links(
    world: World, schemes: list[Scheme], leads: Table, cases: Table, known: dict[int, tuple[str, int]]
) -> list[dict[str, Any]]:
    """Return the pairs of cases and leads that a shared actor joins without any register saying so.

    Args:
        world: The city.
        schemes: All that was planted.
        leads: Leads.
        cases: Cases.
        known: Scheme number -> its case (`case`) or lead (`lead`) and that row.
    """
    numbers = {"lead": lead_numbers(world, leads), "case": case_numbers(world, cases)}
    found = []
    for scheme in schemes:
        for other in scheme.shares:
            if scheme.number not in known or other not in known:
                continue
            ends = [known[scheme.number], known[other]]
            first = max(scheme.start, schemes[other].start)
            found.append(
                {
                    "type": "-".join(sorted(kind for kind, _ in ends)),
                    "a": str(numbers[ends[0][0]][ends[0][1]]),
                    "b": str(numbers[ends[1][0]][ends[1][1]]),
                    "schemes": [scheme_id(world, scheme.number), scheme_id(world, other)],
                    "known_from": day_text(first),
                }
            )
    return found


def write_truth(
    folder: Path, truth: Truth, schemes: list[Scheme], links: list[dict[str, Any]], facts: dict[str, Any]
) -> None:
    """Write the truth of a city below a folder.

    Args:
        folder: `truth/` of the city.
        truth: Names actors and rows.
        schemes: All that was planted.
        links: Hidden links.
        facts: What the city was generated from: seed, preset, difficulty, knobs.
    """
    folder.mkdir(parents=True, exist_ok=True)
    made = [truth.scheme(one) for one in schemes]
    _lines(folder / "schemes.jsonl", [one for one in made if one["kind"] != "decoy"])
    _lines(folder / "decoys.jsonl", [one for one in made if one["kind"] == "decoy"])
    _lines(folder / "hidden_links.jsonl", links)
    _lines(folder / "spoiled_rows.jsonl", truth.written.spoiled)
    (folder / "city.json").write_text(
        json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8"
    )
    with (folder / "reasons.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([("reason", "zh", "en"), *((name, *words) for name, words in REASONS.items())])
    _entity_map(folder / "entity_map.csv", truth)


def _entity_map(path: Path, truth: Truth) -> None:
    world = truth.world
    officials = np.zeros(len(world.people), dtype=bool)
    officials[world.officials] = True
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("type", "code", "name", "official"))
        rows = zip(world.people["id"].tolist(), world.people["name"].tolist(), officials.tolist(), strict=True)
        writer.writerows(("Person", code, name, int(official)) for code, name, official in rows)
        firms = zip(world.companies["code"].tolist(), world.companies["name"].tolist(), strict=True)
        writer.writerows(("Company", code, name, 0) for code, name in firms)
