"""The embedded engine: kglite generations, each with the canonical tables it was made from."""

import shutil
from importlib.metadata import version as installed
from types import TracebackType

import duckdb
import kglite

from graph.duck import connect
from graph.model import model
from graph.projection.tables import Canonical
from graph.store.base import EVERYTHING, Applied, Scope, Store, Version, View, Writer
from graph.store.checks import check
from graph.store.difference import Size, compare
from graph.store.embedded_load import change, fill
from graph.store.embedded_view import EmbeddedView, be_silent
from graph.store.errors import NothingApplied
from graph.store.generations import Generations
from graph.store.visible import Visible
from graph.workspace import Workspace, disk_full_told

ENGINE = f"kglite-{installed('kglite')}"
# From here on a bulk load of everything is quicker than sending the changes one by one.
MANY_CHANGES = 100_000
LARGE_PART = 0.25
# A writer may publish twice, and so remove what was current, while a reader opens it.
OPENING_TRIES = 3


class EmbeddedStore(Store):
    """The files below `graph/` of a workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.generations = Generations(workspace.graph, ENGINE)
        self._loaded: tuple[Version, kglite.FrozenGraph] | None = None

    def version(self) -> Version | None:
        """Return what CURRENT names, when this engine wrote it and it is whole."""
        return self.generations.current()

    def writer(self) -> Writer:
        """Return a writer; the caller holds the workspace lock."""
        return EmbeddedWriter(self)

    def view(self, scope: Scope = EVERYTHING) -> View:
        """Open the current generation; one that is open already is used again.

        Raises:
            NothingApplied: There is none, or it cannot be read.
        """
        for _ in range(OPENING_TRIES):
            version = self.version()
            if version is None:
                break
            graph = self._open(version)
            if graph is not None:
                visible = Visible(self.generations.tables(version.generation), scope)
                return EmbeddedView(graph, version, scope, visible)
        raise NothingApplied

    def _open(self, version: Version) -> kglite.FrozenGraph | None:
        if self._loaded is not None and self._loaded[0] == version:
            return self._loaded[1]
        be_silent()
        try:
            graph = kglite.load(str(self.generations.graph(version.generation))).freeze()
        except (kglite.KgError, OSError, ValueError):
            if self.version() == version:  # not removed by a writer meanwhile, but damaged
                self.generations.condemn(version.generation)
            return None
        self._loaded = (version, graph)
        return graph

    def close(self) -> None:
        """Let go of the open generation."""
        self._loaded = None


class EmbeddedWriter(Writer):
    """Makes the next generation from a private copy of the last one."""

    def __init__(self, store: EmbeddedStore) -> None:
        self.store = store
        self.generations = store.generations
        be_silent()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is held between two applies."""

    def apply(self, tables: Canonical, version: Version) -> Applied:
        """Write the next generation and point readers to it; see `Writer.apply`."""
        self.generations.folder.mkdir(parents=True, exist_ok=True)
        number = self.generations.next_number()
        current = self.generations.current()
        with connect() as connection:
            size = compare(connection, None if current is None else self._tables(current), tables)
            check(connection, model())
            bulk = current is None or _is_large(size) or not self._change(current, number, size, connection)
            if bulk:
                self._fill(number, connection, tables)
        self.generations.keep(number, tables)
        self.generations.publish(version.model_copy(update={"generation": number, "engine": ENGINE}))
        return Applied(bulk, size.nodes_upserted, size.nodes_deleted, size.edges_upserted, size.edges_deleted)

    def _tables(self, current: Version) -> Canonical | None:
        tables = self.generations.tables(current.generation)
        return tables if tables.nodes.is_file() and tables.edges.is_file() else None

    def _fill(self, number: int, connection: duckdb.DuckDBPyConnection, tables: Canonical) -> None:
        graph = kglite.KnowledgeGraph()
        compare(connection, None, tables)
        fill(graph, connection, model())
        self._save(graph, number)

    def _change(self, current: Version, number: int, size: Size, connection: duckdb.DuckDBPyConnection) -> bool:
        """Make the next graph from the current one; False when that one, or its tables, cannot be read."""
        earlier = self.generations.graph(current.generation)
        if self._tables(current) is None:
            return False
        if not size.changes:  # only sources or versions differ
            with disk_full_told(earlier):
                shutil.copyfile(earlier, self.generations.graph(number))
            return True
        try:
            graph = kglite.load(str(earlier))
        except (kglite.KgError, OSError, ValueError):
            return False
        change(graph, connection, model())
        self._save(graph, number)
        return True

    def _save(self, graph: kglite.KnowledgeGraph, number: int) -> None:
        target = self.generations.graph(number)
        with disk_full_told(target):
            graph.save(str(target))


def _is_large(size: Size) -> bool:
    return size.changes > MANY_CHANGES and size.changes > LARGE_PART * (size.nodes + size.edges)
