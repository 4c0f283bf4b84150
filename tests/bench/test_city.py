"""The generated city: the same bytes each time, read by the real import, with a truth that stands in its files."""

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from bench.city.generate import City, generate_city
from bench.city.plant.planting import SCRIPTS
from bench.city.reasons import REASONS
from nlp.identifiers import credit_code_fault, person_id_fault
from tests.support.registers import Ground

SEED = 3


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    """A small city."""
    return generate_city(SEED, "small", tmp_path_factory.mktemp("city"))


def lines(city: City, name: str) -> list[dict[str, Any]]:
    """Return the rows of one file of the truth."""
    return [json.loads(line) for line in (city.folder / "truth" / name).read_text(encoding="utf-8").splitlines()]


def files(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


def test_same_seed_same_bytes_and_another_seed_others(city: City, tmp_path: Path) -> None:
    again = generate_city(SEED, "small", tmp_path / "again")
    assert files(again.folder) == files(city.folder)
    other = files(generate_city(SEED + 1, "small", tmp_path / "other").folder)
    assert other["registers/合同.csv"] != files(city.folder)["registers/合同.csv"]


def test_import_refuses_the_spoiled_rows_and_no_others(city: City, tmp_path: Path) -> None:
    report = Ground(tmp_path).take(city.folder / "registers", warrant="调字1号")
    assert {file.path: file.state for file in report.files if file.state != "read"} == {}
    refused = {
        (file.path, fault["row"])
        for file in report.files
        for fault in file.faults
        if fault["level"] == "refused" and fault["code"] != "bank.failed_row"
    }
    assert refused == {(row["file"], row["row"]) for row in lines(city, "spoiled_rows.jsonl")}
    assert refused
    doubted = Counter(fault["code"] for file in report.files for fault in file.faults if fault["level"] == "warned")
    assert not [code for code in doubted if code.startswith(("id.", "code."))]
    assert not [fault for file in report.files for fault in file.faults if fault["code"].startswith("bank.balance")]


def test_one_scheme_of_each_typology_with_three_look_alikes(city: City) -> None:
    schemes = [one for one in lines(city, "schemes.jsonl") if one["kind"] == "scheme"]
    assert sorted(one["query"] for one in schemes) == sorted(script.query for script in SCRIPTS)
    decoys = lines(city, "decoys.jsonl")
    assert Counter(one["query"] for one in decoys) == {script.query: 3 for script in SCRIPTS}
    assert {one["reason"] for one in decoys} <= set(REASONS)
    assert {one["scheme"] for one in decoys} == {one["id"] for one in schemes}


def test_every_script_s_circumstances_have_words() -> None:
    assert {reason for script in SCRIPTS for reason in script.reasons} == set(REASONS)


def _cells(path: Path) -> list[list[str]]:
    raw = path.read_bytes()
    text = raw.decode("utf-8-sig") if path.name not in _GB18030 else raw.decode("gb18030")
    return list(csv.reader(text.splitlines()))


_GB18030 = {"户籍.csv", "企业登记.csv", "车辆.csv", "岚泓银行股份有限公司.csv"}


def test_required_evidence_stands_in_the_files(city: City) -> None:
    tables: dict[str, list[list[str]]] = {}
    seen = 0
    for scheme in [*lines(city, "schemes.jsonl"), *lines(city, "decoys.jsonl")]:
        if scheme["kind"] == "unscored":
            continue
        for need in scheme["required_evidence"]:
            assert need["rows"], (scheme["id"], need)
            for row in need["rows"]:
                path = city.folder / "registers" / row["file"]
                if path.suffix == ".xlsx":
                    continue
                table = tables.setdefault(row["file"], _cells(path))
                cells = table[row["row"]]
                assert row["key"] in ("", *cells)
                if need["role"] == "kin":
                    names = {actor["name"] for actor in scheme["core"] if actor["type"] == "Person"}
                    assert names & {cell.strip() for cell in cells}
                seen += 1
    assert seen > 100


def test_persons_and_companies_bear_valid_invented_numbers(city: City) -> None:
    with (city.folder / "truth" / "entity_map.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    people = [row["code"] for row in rows if row["type"] == "Person"]
    companies = [row["code"] for row in rows if row["type"] == "Company"]
    assert len(set(people)) == len(people) > 1500
    assert [code for code in people if person_id_fault(code) or not 990101 <= int(code[:6]) <= 990199] == []
    assert [code for code in companies if credit_code_fault(code) or not code.startswith("919901")] == []
    assert len(set(companies)) == len(companies) == 150


def test_an_empty_city_holds_nothing(tmp_path: Path) -> None:
    city = generate_city(SEED, "small", tmp_path, empty=True)
    assert (lines(city, "schemes.jsonl"), lines(city, "decoys.jsonl"), lines(city, "hidden_links.jsonl")) == (
        [],
        [],
        [],
    )


def test_scheme_transfers_are_few(city: City) -> None:
    rows = {
        (row["file"], row["row"])
        for scheme in [*lines(city, "schemes.jsonl"), *lines(city, "decoys.jsonl")]
        for need in scheme["required_evidence"]
        if need["role"] == "transfer"
        for row in need["rows"]
    }
    counts = json.loads((city.folder / "truth" / "city.json").read_text(encoding="utf-8"))["rows"]
    transfers = sum(count for file, count in counts.items() if file.startswith("银行流水"))
    assert 0 < len(rows) <= transfers * 0.002


def test_a_block_list_keeps_names_away(city: City, tmp_path: Path) -> None:
    names = set(city.world.companies["name"].tolist())
    blocked = frozenset(sorted(names)[:20])
    again = generate_city(SEED, "small", tmp_path, empty=True, blocked=blocked)
    assert not blocked & set(again.world.companies["name"].tolist())
