"""Export: four formats, sorted, the same bytes for the same graph whatever the engine, written whole or not at all."""

import csv
import io
import json
from pathlib import Path

import networkx
import pyarrow as pa
import pytest
from pyarrow import parquet

from app.services.context import Context
from app.services.export.exporting import Format, export
from app.services.export.flat import write_csv
from app.services.export.graphml import write_graphml
from app.services.export.records import Edge, Node
from app.services.reading import reading
from graph.model import model
from graph.settings import Settings
from graph.store.base import EVERYTHING, Scope
from graph.workspace import Workspace
from tests.support.commands import shenwa
from tests.support.village import BROTHER, FIRM, HEAD, PEOPLE, write_village

FORMATS: tuple[Format, ...] = ("jsonl", "graphml", "csv", "ftm")


def exported(context: Context, folder: Path, form: Format = "jsonl", scope: Scope = EVERYTHING) -> bytes:
    target = folder / f"graph.{form}"
    with reading(context, scope) as opened:
        assert export(context, opened, target, form) > 0
    return target.read_bytes()


@pytest.fixture(scope="module")
def plain(village: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[Format, bytes]:
    """The export of the embedded engine."""
    folder = tmp_path_factory.mktemp("exported")
    return {form: exported(Context(Workspace(village), Settings()), folder, form) for form in FORMATS}


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_bytes_from_each_engine(
    place: Context, plain: dict[Format, bytes], tmp_path: Path, form: Format
) -> None:
    assert exported(place, tmp_path, form) == plain[form]


def test_the_same_bytes_whatever_the_order_of_imports(plain: dict[Format, bytes], tmp_path: Path) -> None:
    files = write_village(tmp_path / "files")
    for part in ("采购", "企业", "登记"):
        assert shenwa(tmp_path / "w", "import", files / part, "--no-project").code == 0
    assert shenwa(tmp_path / "w", "export", "-o", tmp_path / "g.jsonl").code == 0
    # Files are shown below the folder that was named; everything else is the same.
    told = (tmp_path / "g.jsonl").read_text(encoding="utf-8")
    whole = plain["jsonl"].decode()
    for part in ("采购", "企业", "登记"):
        whole = whole.replace(f'"file":"{part}/', '"file":"')
    assert told == whole


def test_lines_hold_nodes_then_edges_sorted_with_sources(plain: dict[Format, bytes]) -> None:
    lines = [json.loads(line) for line in plain["jsonl"].splitlines()]
    nodes = [line for line in lines if line["kind"] == "node"]
    edges = [line for line in lines if line["kind"] == "edge"]
    assert lines == nodes + edges
    assert [line["id"] for line in nodes] == sorted(line["id"] for line in nodes)
    assert [line["eid"] for line in edges] == sorted(line["eid"] for line in edges)
    assert all(line["sources"] for line in lines)
    ids = {line["id"] for line in nodes}
    assert all(line["source"] in ids and line["target"] in ids for line in edges)
    kin = next(line for line in edges if line["type"] == "KIN" and line["properties"].get("word") == "弟弟")
    assert kin["sources"][0]["file"] == "登记/亲属关系.csv"
    assert {line["type"] for line in edges} <= model().relations.keys()


def test_graphml_reads_as_a_graph(plain: dict[Format, bytes]) -> None:
    graph = networkx.read_graphml(io.BytesIO(plain["graphml"]))
    lines = [json.loads(line) for line in plain["jsonl"].splitlines()]
    assert graph.number_of_nodes() == sum(line["kind"] == "node" for line in lines)
    assert graph.number_of_edges() == sum(line["kind"] == "edge" for line in lines)
    [firm] = [data for _, data in graph.nodes(data=True) if data["name"] == FIRM]
    assert json.loads(firm["former"]) == ["芦苇文具有限公司"]


def test_csv_opens_in_office_programs(plain: dict[Format, bytes]) -> None:
    assert plain["csv"].startswith(b"\xef\xbb\xbfkind,id,type")
    rows = list(csv.DictReader(io.StringIO(plain["csv"].decode("utf-8-sig"))))
    assert len(rows) == len(plain["jsonl"].splitlines())
    assert {row["kind"] for row in rows} == {"node", "edge"}


def test_ftm_entities_join_by_the_properties_of_their_schema(plain: dict[Format, bytes]) -> None:
    entities = {entity["id"]: entity for entity in map(json.loads, plain["ftm"].splitlines())}
    assert len(entities) == len(plain["ftm"].splitlines())
    for entity in entities.values():
        assert set(entity) == {"id", "schema", "properties"}
        assert all(isinstance(text, str) for found in entity["properties"].values() for text in found)
    by_number = {found[0]: e for e in entities.values() if (found := e["properties"].get("idNumber"))}
    head, brother = by_number[PEOPLE[HEAD]]["id"], by_number[PEOPLE[BROTHER]]["id"]
    [family] = [e for e in entities.values() if e["properties"].get("relationship") == ["弟弟"]]
    assert (family["properties"]["person"], family["properties"]["relative"]) == ([head], [brother])
    held = [e for e in entities.values() if e["schema"] == "Occupancy" and e["properties"]["holder"] == [head]]
    posts = {entities[e["properties"]["post"][0]]["properties"]["name"][0] for e in held}
    assert posts == {"苇城县教育局副局长", "苇城县教育局采购"}
    # An end is always an entity of the same file.
    ends = ("owner", "asset", "director", "organization", "person", "relative", "supplier", "contract", "authority")
    assert all(id_ in entities for e in entities.values() for end in ends for id_ in e["properties"].get(end, ()))


def test_out_of_scope_nothing_is_exported_or_counted(own_village: Path, tmp_path: Path) -> None:
    """The kin table becomes a text filed in one case: who may not see that case sees neither tie nor counts."""
    [folder] = (own_village / "graph").glob("gen-*/")
    filings = parquet.read_table(folder / "filings.parquet").to_pylist()
    doc = next(row["doc"] for row in filings if row["path"] == "登记/亲属关系.csv")
    schema = parquet.read_schema(folder / "filings.parquet")
    changed = [{**row, "case": "2024-001", "open": False} if row["doc"] == doc else row for row in filings]
    parquet.write_table(pa.Table.from_pylist(changed, schema), folder / "filings.parquet")
    context = Context(Workspace(own_village), Settings())
    mine = exported(context, tmp_path, "jsonl", Scope(frozenset({"2024-001"}))).decode()
    others = exported(context, tmp_path, "jsonl", Scope(frozenset({"2024-002"}))).decode()
    assert "弟弟" in mine
    assert "弟弟" not in others
    assert doc not in others
    assert '"degree"' not in others
    assert '"degree"' in exported(context, tmp_path).decode()


def test_a_full_disk_leaves_the_old_file(village: Path, tmp_path: Path) -> None:
    target = tmp_path / "graph.jsonl"
    target.write_text("before", encoding="utf-8")
    ran = shenwa(village, "export", "-o", target, limit=4096)
    assert ran.code == 2
    assert "磁盘空间不足" in ran.sentence()
    assert target.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("target", [".", "no/such/folder/graph.jsonl"])
def test_a_place_that_cannot_be_written(village: Path, tmp_path: Path, target: str) -> None:
    ran = shenwa(village, "export", "-o", tmp_path / target)
    assert ran.code == 2
    assert "不能写入" in ran.sentence()


NASTY = Node("Person-1", "Person", '=cmd|"x"!A0 <&> \x07', {"code": "-1", "aliases": ["@a"]}, [])
LOOP = Edge("e1", "KIN", "Person-1", "Person-1", {"from": None, "to": None, "claim": "registry", "word": "+弟"}, [])


def test_names_that_look_like_formulas_or_markup_do_no_harm() -> None:
    text = b"".join(write_csv([NASTY], [LOOP])).decode("utf-8-sig")
    [node, edge] = csv.DictReader(io.StringIO(text))
    assert node["name"].startswith("'=cmd")
    assert edge["claim"] == "registry"
    graph = networkx.read_graphml(io.BytesIO(b"".join(write_graphml([NASTY], [LOOP]))))
    assert graph.nodes["Person-1"]["name"] == '=cmd|"x"!A0 <&> '
