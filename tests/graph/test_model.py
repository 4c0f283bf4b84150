"""The model holds every relation that the design names, and no code names a type that the model lacks."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.model import model
from graph.model.reading import BadModel, read_model
from graph.model.types import ANY

ROOT = Path(__file__).parents[2]
PACKAGES = ("graph", "ingest", "nlp", "queries", "app")

NODES = (
    *("Person", "Agency", "Post", "Company", "Tender", "Contract", "Payment", "Account", "Programme", "Benefit"),
    *("Asset", "Lease", "Permit", "Lead", "Case", "Document", "Medium"),
)

# Relation: ends that must be allowed, properties that tell parallel ties apart.
RELATIONS = """
HOLDS_POST       | Person                | Agency                           | post
IN_CHARGE_OF     | Person                | Agency                           | matter step
DECIDED          | Person                | Contract Tender Permit Programme | matter step
RECUSED          | Person                | Contract Tender Permit Programme | matter step
HAS_POWER        | Person                | Agency                           | matter grade
KIN              | Person                | Person                           | kind
ASSOC            | Person                | Person                           | kind
SHARE            | Person Company        | Company Agency                   | from
LEGAL_REP        | Person Company        | Company Agency                   | role
OFFICER          | Person Company        | Company Agency                   | role
EMPLOYED_BY      | Person Company        | Company Agency                   | role
SALARY           | Person Company        | Company Agency                   | month
NOMINEE_FOR      | Person                | Person                           | company
BUYER            | Agency                | Tender Contract                  |
BID              | Company               | Tender                           | lot
WON              | Company               | Tender                           | lot
FROM             | Contract              | Tender                           | contract
SIGNED           | Company               | Contract                         | contract
SUBCONTRACTS     | Company               | Company                          | contract
PAID             | Agency                | Payment                          | number
TO               | Payment               | Account                          | number
FOR              | Payment               | Contract                         | number
OWNS             | Person Company Agency | Account Asset                    |
TRANSFER         | Account               | Account                          | time amount
RECEIVED         | Person                | Benefit                          | number
CERTIFIED        | Person                | Benefit                          | number
HAS_MEDIUM       | *                     | Medium                           | role
LOCATED          | *                     | Medium                           | role
PARTY_TO         | Person Company        | Case Lead Contract               | role
MENTIONS         | Document              | *                                | role
LINKED_TO        | Case                  | Lead                             | role
SAME_AS_POSSIBLE | *                     | *                                |
"""
TABLE = [tuple(cell.split() for cell in line.split("|")) for line in RELATIONS.strip().splitlines()]


@pytest.mark.parametrize("name", NODES)
def test_every_node_type_has_both_names_and_an_equal(name: str) -> None:
    node = model().nodes[name]
    assert node.zh and node.en and node.ftm


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0][0])
def test_every_relation_has_its_ends_and_discriminators(row: tuple[list[str], ...]) -> None:
    (name,), sources, targets, identity = row
    found = model().relations[name]
    assert set(sources) <= set(found.sources)
    assert set(targets) <= set(found.targets)
    assert set(identity) <= set(found.identity)


def test_only_the_projection_makes_power_and_possible_sameness() -> None:
    assert {name for name, found in model().relations.items() if found.inferred} == {"HAS_POWER", "SAME_AS_POSSIBLE"}


@pytest.mark.parametrize(
    "changed",
    [
        {"sources": ["Ghost"]},
        {"identity": ["ghost"]},
        {"properties": {"title": {"type": "string", "zh": "标题", "en": "title"}}},
        {"properties": {"时间": {"type": "string", "zh": "时间", "en": "time"}}},
    ],
)
def test_a_model_that_does_not_fit_together_is_refused(tmp_path: Path, changed: dict[str, object]) -> None:
    (tmp_path / "nodes").mkdir()
    (tmp_path / "relations").mkdir()
    (tmp_path / "nodes" / "Person.toml").write_text('zh = "人"\nen = "person"\nftm = "Person"\n', encoding="utf-8")
    table = {"sources": ["Person"], "targets": ["Person"], "identity": [], **changed}
    lines = ['zh = "认识"', 'en = "knows"', 'ftm = "UnknownLink"']
    lines += [f"{key} = {value!r}" for key, value in table.items() if key != "properties"]
    for name, fields in dict(table.get("properties") or {}).items():
        lines += [f'[properties."{name}"]', *(f'{key} = "{value}"' for key, value in fields.items())]
    (tmp_path / "relations" / "KNOWS.toml").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(BadModel):
        read_model(tmp_path)


# ---- no code names a type that the model lacks --------------------------------------------------------------------

CYPHER_LABEL = re.compile(r"\(\s*[a-z_]\w*:([A-Za-z_|]+)|\(:([A-Z][A-Za-z_|]+)")
CYPHER_TYPE = re.compile(r"\[\s*(?:[a-z_]\w*)?:([A-Za-z_|]+)")
SQL_TYPE = re.compile(r"\b(?:\w+\.)?(?:source_|target_)?type\s*(?:=|<>|!=)\s*'([A-Z]\w*)'")
SQL_TYPES = re.compile(r"\b(?:\w+\.)?(?:source_|target_)?type\s+(?:NOT\s+)?IN\s*\(([^)]*)\)")
MEANT_FOR_ANY_PARTY = {"party", "Ref"}  # a register's row decides; see ingest/registers/mapping.py


def named_in_text(text: str) -> set[str]:
    """Return the types that Cypher or SQL text names."""
    found: set[str] = set()
    for match in CYPHER_LABEL.finditer(text):
        found |= set((match[1] or match[2]).split("|"))
    for match in CYPHER_TYPE.finditer(text):
        found |= set(match[1].split("|"))
    found |= set(SQL_TYPE.findall(text))
    for inside in SQL_TYPES.findall(text):
        found |= set(re.findall(r"'([A-Z]\w*)'", inside))
    return found - {""}


def named_in_python(path: Path) -> set[str]:
    """Return the types that a module's literals name: in queries, in comparisons with a type, as `type=`."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            found |= named_in_text(node.value)
        elif isinstance(node, ast.Compare) and isinstance(node.left, ast.Attribute) and node.left.attr.endswith("type"):
            found |= {one.value for one in node.comparators if isinstance(one, ast.Constant) and _type_like(one.value)}
        elif isinstance(node, ast.keyword) and node.arg in ("type", "source_type", "target_type"):
            found |= {one.value for one in [node.value] if isinstance(one, ast.Constant) and _type_like(one.value)}
    return found


def _type_like(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"[A-Z][a-z]+|[A-Z]{2,}[A-Z_]*", value) is not None


def texts_of(table: object) -> Iterator[str]:
    """Yield every string of a TOML table."""
    if isinstance(table, str):
        yield table
    elif isinstance(table, dict):
        for value in table.values():
            yield from texts_of(value)
    elif isinstance(table, list):
        for value in table:
            yield from texts_of(value)


def known() -> set[str]:
    return {*model().nodes, *model().relations, ANY}


def python_files() -> list[Path]:
    return [path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py"))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("MATCH (p:Person)-[k:KIN|ASSOC*1..2]->(:Company) RETURN p.id", {"Person", "KIN", "ASSOC", "Company"}),
        ("SELECT 1 FROM placed WHERE type = 'OWNS' AND p.target_type IN ('Case', 'Lead')", {"OWNS", "Case", "Lead"}),
        ("SELECT a[1:2], json_extract(props, '$.kind') FROM t", set()),
    ],
)
def test_the_scan_finds_types(text: str, names: set[str]) -> None:
    assert named_in_text(text) == names


# What is named by design and is no type of the graph: the marker of a Neo4j database, and what texts only mention.
_MENTIONS = {"Money", "Date", "Identifier", "Place"}
BESIDE_THE_MODEL = {"graph": {"ShenwaMeta"}, "nlp": _MENTIONS, "ingest": _MENTIONS}


def test_python_names_only_types_of_the_model() -> None:
    found = {
        path.relative_to(ROOT).as_posix(): named_in_python(path)
        - known()
        - BESIDE_THE_MODEL.get(path.relative_to(ROOT).parts[0], set())
        for path in python_files()
    }
    unknown = {path: extra for path, extra in found.items() if extra}
    assert unknown == {}


def test_saved_queries_name_only_types_of_the_model() -> None:
    unknown = {}
    for path in sorted((ROOT / "queries").rglob("*.toml")):
        texts = texts_of(tomllib.loads(path.read_text(encoding="utf-8")))
        if extra := {name for text in texts for name in named_in_text(text)} - known():
            unknown[path.name] = extra
    assert unknown == {}


def test_registers_name_only_types_of_the_model() -> None:
    mappings = sorted((ROOT / "ingest" / "registers").glob("*.toml"))
    assert mappings
    unknown = {}
    for path in mappings:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        entities = table.get("entities", {}).values()
        named = {entity["type"] for entity in entities} | {name for one in entities for name in one.get("among", ())}
        extra = named - set(model().nodes) - MEANT_FOR_ANY_PARTY
        extra |= {relation["type"] for relation in table.get("relations", [])} - set(model().relations)
        if extra:
            unknown[path.name] = extra
    assert unknown == {}
