"""Every register that ships: what one row of it states, and how its table is recognised."""

import re
import tomllib
from pathlib import Path

import pytest

from ingest.registers.catalogue import catalogue
from ingest.registers.recognise import recognise
from tests.support.registers import credit_code, person_id, state, write_rows

TEXT = Path(__file__).with_name("register_rows.toml").read_text(encoding="utf-8")
FILLED = re.sub(r"\{id:(\d)\}", lambda found: person_id(int(found[1])), TEXT)
EXPECTED = tomllib.loads(re.sub(r"\{code:(\d)\}", lambda found: credit_code(int(found[1])), FILLED))
every_register = pytest.mark.parametrize("register", sorted(EXPECTED))


def rows_of(register):
    expected = EXPECTED[register]
    return expected["rows"] if "rows" in expected else [expected["cells"]]


def assert_states(path, register):
    stated = state(path)
    assert stated.register == register
    assert stated.node_lines() == EXPECTED[register]["nodes"]
    assert stated.tie_lines() == EXPECTED[register]["ties"]
    return stated


def test_no_register_is_left_out():
    assert sorted(EXPECTED) == sorted(catalogue())


@every_register
def test_the_rows_here_fill_every_column(register):
    assert set().union(*rows_of(register)) == set(catalogue()[register].columns)


@every_register
def test_a_row_states_exactly_its_nodes_and_ties(register, tmp_path):
    stated = assert_states(write_rows(tmp_path / "table.csv", rows_of(register)), register)
    assert stated.faults == []
    assert {row["locator"] for row in stated.nodes + stated.ties} <= {f"r:{n}" for n in (1, 2)}


@every_register
def test_columns_stand_in_any_order_and_unknown_ones_are_named(register, tmp_path):
    turned = [{"备用列甲": "x", **dict(reversed(row.items()))} for row in rows_of(register)]
    stated = state(write_rows(tmp_path / "table.csv", turned))
    kept = [row["props"].pop("other") for row in stated.nodes + stated.ties if row["props"].get("other")]
    assert kept
    assert all(other == {"备用列甲": "x"} for other in kept)
    assert (stated.register, stated.node_lines()) == (register, EXPECTED[register]["nodes"])
    assert stated.tie_lines() == EXPECTED[register]["ties"]
    (fault,) = stated.faults
    told = {"code": "table.unknown_columns", "level": "noted", "row": None, "facts": {"columns": "备用列甲"}}
    assert told.items() <= fault.items()


def synonyms():
    return [
        (register, column, name)
        for register, mapping in sorted(catalogue().items())
        for column, spec in mapping.columns.items()
        for name in spec.names
    ]


@pytest.mark.parametrize(("register", "column", "synonym"), synonyms())
def test_a_column_may_have_another_name(register, column, synonym):
    mapping = catalogue()[register]
    header = [synonym if name == column else name for name in mapping.columns]
    found = recognise(catalogue().values(), header, mapping.zh)
    assert found is not None
    assert found.mapping.id == register
    assert found.positions == {name: at for at, name in enumerate(mapping.columns)}
    assert found.unknown == ()


@every_register
def test_the_needed_columns_alone_are_enough(register, tmp_path):
    mapping = catalogue()[register]
    needed = [name for name, column in mapping.columns.items() if column.required or name in mapping.anchors]
    few = [{column: cell for column, cell in row.items() if column in needed} for row in rows_of(register)]
    stated = state(write_rows(tmp_path / f"{mapping.zh}.csv", few))
    assert stated.register == register
    assert stated.nodes
    assert stated.faults == []
