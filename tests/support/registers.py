"""Register folders from literals, and a bare workspace to import them into.

Only invented people and companies: region codes 990101 to 990199 do not exist, check digits are valid.
"""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from graph.duck import connect
from graph.ledger.ledger import Ledger
from graph.ledger.visible import attach_live
from graph.projection.project import project
from graph.projection.tables import Canonical
from ingest.importing import Places, import_paths
from ingest.options import ImportOptions
from ingest.readers.registry import read_tables
from ingest.registers.catalogue import catalogue
from ingest.registers.cells import MACROS
from ingest.registers.entities import assertions
from ingest.registers.faults import faults
from ingest.registers.recognise import header_score, recognise
from ingest.registers.staging import stage
from ingest.registers.ties import relations
from ingest.report import ImportReport
from ingest.resolve.resolving import Resolved, resolve
from nlp.identifiers import credit_code_check_char, person_id_check_char

Row = Mapping[str, object]
DOC = "d" * 12


def person_id(number: int, birth: str = "19800101", region: str = "990101") -> str:
    """Return a valid ID number of nobody; `number` 0 to 999."""
    first = f"{region}{birth}{number:03d}"
    return first + person_id_check_char(first)


def old_person_id(number: int, birth: str = "800101", region: str = "990101") -> str:
    """Return a 15-digit ID number of nobody."""
    return f"{region}{birth}{number:03d}"


def credit_code(number: int, head: str = "91") -> str:
    """Return a valid credit code of no company; `head` 11 or 12 makes a public body."""
    first = f"{head}990101{number:08d}9"[:17]
    return first + credit_code_check_char(first)


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    """Write a UTF-8 table; None is an empty cell."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows([["" if cell is None else cell for cell in row] for row in rows])
    return path


def write_rows(path: Path, rows: Sequence[Row]) -> Path:
    """Write rows given by column; the header is that of all rows together."""
    header = list(dict.fromkeys(column for row in rows for column in row))
    return write_csv(path, header, [[row.get(column) for column in header] for row in rows])


def write_folder(folder: Path, tables: Mapping[str, Sequence[Row]]) -> Path:
    """Write `<name>.csv` for each table; a name may hold folders."""
    for name, rows in tables.items():
        write_rows(folder / f"{name}.csv", rows)
    return folder


def _json(props: dict[str, Any]) -> str:
    return json.dumps({name: value for name, value in props.items() if value is not None}, ensure_ascii=False)


@dataclass
class Stated:
    """What one file states, before anything is kept.

    Attributes:
        register: Its id, None when it is unknown.
        nodes: Rows of the ledger's `assertions`; `props` read.
        ties: Rows of the ledger's `relations`; `props` read.
        faults: Rows of the ledger's `refusals`; `facts` read.
    """

    register: str | None
    nodes: list[dict[str, Any]] = field(default_factory=list)
    ties: list[dict[str, Any]] = field(default_factory=list)
    faults: list[dict[str, Any]] = field(default_factory=list)

    def shown(self) -> dict[str, str]:
        """Return the name of each entity key, as `Type:name`."""
        return {row["entity_key"]: f"{row['type']}:{row['name']}" for row in self.nodes}

    def node_lines(self) -> list[str]:
        """Return the nodes as `Type:name key_kind {props}`, in a fixed order."""
        return sorted(f"{row['type']}:{row['name']} {row['key_kind']} {_json(row['props'])}" for row in self.nodes)

    def tie_lines(self) -> list[str]:
        """Return the ties as `TYPE source > target from to {props}`; a number that is looked up later is `Ref`."""
        shown = self.shown()
        return sorted(
            f"{row['type']} {shown.get(row['source_key'], 'Ref')} > {shown.get(row['target_key'], 'Ref')} "
            f"{row['valid_from']} {row['valid_to']} {_json(row['props'])}"
            for row in self.ties
        )

    def codes(self) -> list[tuple[str, int | None, str | None]]:
        """Return (code, row, column) of each fault."""
        return [(row["code"], row["row"], row["column"]) for row in self.faults]


def _props(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "props": json.loads(row["props"])} if "props" in row else row


def _rows(connection: Any, query: str) -> list[dict[str, Any]]:
    answer = connection.execute(query)
    names = [column[0] for column in answer.description]
    return [_props(dict(zip(names, row, strict=True))) for row in answer.fetchall()]


def state(path: Path) -> Stated:
    """Read one file and return what its tables state."""
    mappings = catalogue()
    stated = Stated(None)
    with connect(threads=1) as connection:
        connection.execute(MACROS)
        for table in read_tables(path, header_score=header_score(list(mappings.values()))):
            found = recognise(mappings.values(), table.header, path.stem)
            if found is None:
                continue
            staged = stage(connection, found, table.rows, DOC, table.sheet)
            stated.register = found.mapping.id
            for query in assertions(staged, "unit"):
                stated.nodes += _rows(connection, query)
            for query in relations(staged, "unit"):
                stated.ties += _rows(connection, query)
            rows: list[dict[str, Any]] = faults(connection, staged, found, table.header_row)
            stated.faults += [{**row, "facts": json.loads(row["facts"])} for row in rows]
    return stated


class Ground:
    """A ledger with what an import needs around it, and the tables projected from it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.originals = folder / "originals"
        self.ledger = Ledger(folder / "ledger")
        self.ledger.create()
        (folder / "temp").mkdir(exist_ok=True)
        self.places = Places(self.ledger, self.originals, folder / "temp")

    def take(self, *paths: Path, **options: Any) -> ImportReport:
        """Import files and folders; `options` are those of `ImportOptions`."""
        return import_paths(self.places, catalogue(), paths, ImportOptions(**options))

    def resolve(self) -> Resolved:
        """Decide identities."""
        with connect(threads=1) as connection:
            attach_live(connection, self.ledger)
            return resolve(connection, self.ledger)

    def project(self, name: str = "tables") -> "Projected":
        """Resolve and project."""
        self.resolve()
        return Projected(project(self.ledger, self.folder / name))

    def ledger_rows(self, name: str) -> list[dict[str, Any]]:
        """Return every row of a ledger table, superseded ones too, in a fixed order."""
        with connect(threads=1) as connection:
            self.ledger.attach(connection, name)
            return _rows(connection, f"SELECT * FROM ledger_{name} ORDER BY ALL")

    def live(self, name: str) -> list[dict[str, Any]]:
        """Return the rows of a `live_` view, in a fixed order."""
        with connect(threads=1) as connection:
            attach_live(connection, self.ledger)
            return _rows(connection, f"SELECT * FROM live_{name} ORDER BY ALL")


@dataclass
class Projected:
    """Canonical tables read back."""

    tables: Canonical

    def _read(self, path: Path) -> list[dict[str, Any]]:
        with connect(threads=1) as connection:
            rows: list[dict[str, Any]] = connection.read_parquet(str(path)).to_arrow_table().to_pylist()
        return rows

    def nodes(self, type_: str | None = None) -> list[dict[str, Any]]:
        """Return the nodes, `props` read, of one type or all."""
        return [_props(row) for row in self._read(self.tables.nodes) if type_ in (None, row["type"])]

    def edges(self, type_: str | None = None) -> list[dict[str, Any]]:
        """Return the edges, `props` read, of one type or all; `source_name` and `target_name` beside the ids."""
        names = {row["id"]: row["name"] for row in self._read(self.tables.nodes)}
        return [
            {**_props(row), "source_name": names.get(row["source"]), "target_name": names.get(row["target"])}
            for row in self._read(self.tables.edges)
            if type_ in (None, row["type"])
        ]

    def evidence(self) -> list[dict[str, Any]]:
        """Return the sources."""
        return self._read(self.tables.evidence)

    def sources(self, eid: str) -> list[dict[str, Any]]:
        """Return the sources of one edge or node."""
        return [row for row in self.evidence() if row["eid"] == eid]

    def node(self, name: str, type_: str | None = None) -> dict[str, Any]:
        """Return the one node with a name."""
        (found,) = [row for row in self.nodes(type_) if row["name"] == name]
        return found

    def bytes(self) -> dict[str, bytes]:
        """Return the bytes of every table by file name."""
        return {path.name: path.read_bytes() for path in sorted(self.tables.folder.glob("*.parquet"))}
