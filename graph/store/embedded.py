"""The embedded engine: kglite generations, each with the canonical tables it was made from."""

import json
import shutil
from collections.abc import Mapping, Sequence
from importlib.metadata import version as installed

import kglite

from graph.duck import connect
from graph.errors import StoreError
from graph.model import model
from graph.projection.tables import Canonical
from graph.store.base import EVERYTHING, Applied, Result, Row, Scope, Store, Value, Version, View, Writer
from graph.store.errors import NothingApplied, QueryRefused, QueryTimeout
from graph.store.properties import edge_columns, node_columns
from graph.workspace import Workspace, replace_text

_KINDS = {"date": "datetime", "datetime": "timestamp"}
ENGINE = f"kglite-{installed('kglite')}"


class EmbeddedStore(Store):
    def __init__(self, workspace: Workspace) -> None:
        self.folder = workspace.graph

    def version(self) -> Version | None:
        try:
            found = Version.model_validate_json((self.folder / "CURRENT").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        whole = (self.folder / f"gen-{found.generation}.kgl").is_file()
        return found if whole and found.engine == ENGINE else None

    def writer(self) -> Writer:
        return EmbeddedWriter(self)

    def view(self, scope: Scope = EVERYTHING) -> View:
        found = self.version()
        if found is None:
            raise NothingApplied
        return EmbeddedView(kglite.load(str(self.folder / f"gen-{found.generation}.kgl")), found, scope)

    def close(self) -> None:
        return


class EmbeddedWriter(Writer):
    def __init__(self, store: EmbeddedStore) -> None:
        self.store = store

    def __exit__(self, *args: object) -> None:
        return

    def apply(self, tables: Canonical, version: Version) -> Applied:
        folder = self.store.folder
        folder.mkdir(parents=True, exist_ok=True)
        number = version.generation + 1
        graph = kglite.KnowledgeGraph()
        nodes = edges = 0
        with connect() as c:
            c.execute(f"CREATE VIEW nodes AS FROM '{tables.nodes}'")
            c.execute(f"CREATE VIEW edges AS FROM '{tables.edges}'")
            for (kind,) in c.execute("SELECT DISTINCT type FROM nodes ORDER BY 1").fetchall():
                cols = node_columns(model(), kind)
                frame = c.execute(f"SELECT {cols.select()} FROM {cols.source('(FROM nodes WHERE type = $t)')}", {"t": kind}).df()
                types = {x.name: _KINDS[x.type] for x in cols.stored if x.type in _KINDS}
                graph.add_nodes(frame.dropna(axis=1, how="all"), kind, "id", "name", column_types={k: v for k, v in types.items() if frame[k].notna().any()})
                nodes += len(frame)
            for kind, s, t in c.execute("SELECT DISTINCT type, source_type, target_type FROM edges ORDER BY ALL").fetchall():
                cols = edge_columns(model(), kind)
                frame = c.execute(
                    f"SELECT source AS s__, target AS t__, {cols.select()} FROM "
                    f"{cols.source('(FROM edges WHERE type = $k AND source_type = $s AND target_type = $t)')}",
                    {"k": kind, "s": s, "t": t},
                ).df()
                types = {x.name: _KINDS[x.type] for x in cols.stored if x.type in _KINDS}
                graph.add_relationships(frame.dropna(axis=1, how="all"), kind, s, "s__", t, "t__", column_types={k: v for k, v in types.items() if frame[k].notna().any()})
                edges += len(frame)
        target = folder / f"gen-{number}"
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(tables.folder, target)
        graph.save(str(folder / f"gen-{number}.kgl"))
        done = version.model_copy(update={"generation": number, "engine": ENGINE})
        replace_text(folder / "CURRENT", done.model_dump_json())
        return Applied(True, nodes, 0, edges, 0)


class EmbeddedView(View):
    def __init__(self, graph: kglite.KnowledgeGraph, version: Version, scope: Scope) -> None:
        self.graph, self.version, self.scope = graph, version, scope
        kglite.set_query_warning_policy("silent")
        graph.read_only(True)

    def run(self, query: str, parameters: Mapping[str, Value], columns: Sequence[str], *, evidence: Sequence[str] = (), timeout_ms: int = 30_000, row_cap: int = 10_000) -> Result:
        try:
            rows = self.graph.cypher(query, params=dict(parameters), timeout_ms=timeout_ms).to_list()
        except kglite.CypherTimeoutError as error:
            raise QueryTimeout(seconds=timeout_ms / 1000) from error
        except kglite.KgError as error:
            raise QueryRefused(reason=str(error)) from error
        return Result(tuple(columns), rows[:row_cap], len(rows) > row_cap)

    def close(self) -> None:
        return
