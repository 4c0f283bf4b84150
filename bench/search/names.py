"""Invented names in any number, as canonical tables: four fifths people, one fifth companies."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import orjson
import pyarrow as pa
from pyarrow import parquet

from bench.city.words import words
from graph.keys import entity_key
from graph.projection.tables import Canonical
from nlp.identifiers import credit_code_check_char, person_id_check_char

_PEOPLE = 0.8
_FORMER = 0.1
_CASES = 40


@dataclass(frozen=True)
class Entity:
    """Somebody or a company; `former` is empty where there is none."""

    id: str
    type: str
    name: str
    code: str
    former: str


def _person_id(number: int, rng: np.random.Generator) -> str:
    year, month, day = int(rng.integers(1940, 2003)), int(rng.integers(1, 13)), int(rng.integers(1, 29))
    first = f"9901{1 + number % 99:02d}{year}{month:02d}{day:02d}{number // 99 % 1000:03d}"
    return first + person_id_check_char(first)


def _credit_code(number: int) -> str:
    first = f"919901{1 + number % 99:02d}{number:09d}"
    return first + credit_code_check_char(first)


def make_names(count: int, seed: int = 7) -> list[Entity]:
    """Draw names: surnames as common as they are, given names of one or two characters, firms of towns and trades."""
    rng, known = np.random.default_rng(seed), words()
    surnames = [*known["surnames"], "单", "仇", "解", "查", "曾", "尉迟", "欧阳", "诸葛"]
    share = 1 / (np.arange(len(surnames)) + 3.0)
    given = "".join(known[name] for name in ("male_old", "male_new", "female_old", "female_new"))
    people = int(count * _PEOPLE)
    drawn = rng.choice(len(surnames), people, p=share / share.sum())
    found: dict[str, Entity] = {}
    for number, surname in enumerate(drawn.tolist()):
        length = 1 if rng.random() < 0.2 else 2
        name = surnames[surname] + "".join(given[at] for at in rng.integers(0, len(given), length))
        code = _person_id(number, rng)
        found[code] = Entity(entity_key("Person", "id", code), "Person", name, code, "")
    first, sectors = known["company_first"], [sector["word"] for sector in known["sectors"]]
    places = [place.rstrip("区县") for place in known["districts"]]
    for number in range(count - people):
        style = "".join(first[at] for at in rng.integers(0, len(first), 2))
        place, trade = places[int(rng.integers(len(places)))], sectors[int(rng.integers(len(sectors)))]
        former = f"{place}{style[::-1]}{trade}经营部" if rng.random() < _FORMER else ""
        code = _credit_code(number)
        name = f"{place}{style}{trade}有限公司"
        found[code] = Entity(entity_key("Company", "code", code), "Company", name, code, former)
    return sorted(found.values(), key=lambda one: one.id)


def write_tables(folder: Path, names: list[Entity]) -> Canonical:
    """Write what a search reads of the canonical tables."""
    folder.mkdir(parents=True)
    nodes = pa.table(
        {
            "id": [one.id for one in names],
            "type": [one.type for one in names],
            "name": [one.name for one in names],
            "props": [
                orjson.dumps({"code": one.code, **({"former": [one.former]} if one.former else {})}).decode()
                for one in names
            ],
            "degree": pa.array([3] * len(names), pa.int64()),
            "cases": pa.array([1] * len(names), pa.int64()),
        }
    )
    docs = [f"{at:012x}" for at in range(_CASES)]
    evidence = pa.table({"eid": [one.id for one in names], "doc": [docs[at % _CASES] for at in range(len(names))]})
    filings = pa.table(
        {"doc": docs, "path": docs, "case": [f"案{at}" for at in range(_CASES)], "open": [True] * _CASES}
    )
    members = pa.table({"entity_key": nodes["id"], "id": nodes["id"]})
    for name, table in (("nodes", nodes), ("evidence", evidence), ("filings", filings), ("members", members)):
        parquet.write_table(table, folder / f"{name}.parquet")
    return Canonical(folder)
