"""The Neo4j engine: one dedicated database, brought from one set of tables to the next by differences."""

from types import TracebackType
from uuid import uuid4

from graph.duck import connect
from graph.model import model
from graph.projection.tables import Canonical
from graph.store.applied import AppliedTables
from graph.store.base import EVERYTHING, Applied, Scope, Store, Version, View, Writer
from graph.store.checks import check, check_values
from graph.store.difference import Size, compare
from graph.store.errors import NothingApplied
from graph.store.neo4j_load import forget, make_keys, send, wipe
from graph.store.neo4j_marker import ANEW, Applying, Marker, begin, claim, finish, read_marker
from graph.store.neo4j_server import Server
from graph.store.neo4j_view import Neo4jView
from graph.store.visible import Visible
from graph.workspace import Workspace

ENGINE = "neo4j"


class Neo4jStore(Store):
    """A database that this workspace alone writes, and the tables it was made from in `graph/applied-neo4j`."""

    def __init__(self, workspace: Workspace, url: str, user: str, password: str | None, database: str = "") -> None:
        self.workspace_id = workspace.id or workspace.open_existing().id
        self.server = Server(url, user, password, database)
        self.tables = AppliedTables(workspace.graph)

    def _marker(self) -> Marker | None:
        return read_marker(self.server, self.workspace_id)

    def version(self) -> Version | None:
        """Return what the database shows.

        None also while an apply is under way (or was killed), and when the tables in this workspace are not those that
        the database was made from: then the next apply has to run.

        Raises:
            Unreachable: No server answers.
            WrongPassword: The login is refused.
            ForeignDatabase: The database belongs to something else.
        """
        marker = self._marker()
        settled = marker is not None and marker.applying is None and self.tables.is_current(marker.token)
        return marker.version if marker is not None and settled else None

    def writer(self) -> Writer:
        """Return a writer; the caller holds the workspace lock."""
        return Neo4jWriter(self)

    def view(self, scope: Scope = EVERYTHING) -> View:
        """Open the database for reading; also while an apply is under way.

        Raises:
            NothingApplied: Nothing was applied yet, or the scope is limited and the tables that tell what it covers are
                missing.
            StoreError: As for `version`.
        """
        marker = self._marker()
        if marker is None or marker.version is None:
            raise NothingApplied
        tables = self.tables.find(marker.token)
        if tables is None and not scope.everything:
            raise NothingApplied
        visible = Visible(tables or Canonical(self.tables.current), scope)
        return Neo4jView(self.server, marker.version, scope, visible)

    def take_over(self) -> None:
        """Delete everything that the database holds and make it this workspace's own; nothing asks back here.

        Raises:
            StoreError: As for `version`.
        """
        wipe(self.server)
        forget(self.server)
        claim(self.server, self.workspace_id)

    def close(self) -> None:
        """Close the connections."""
        self.server.close()


class Neo4jWriter(Writer):
    """Sends differences; the marker in the database and the tables in the workspace always tell what is there."""

    def __init__(self, store: Neo4jStore) -> None:
        self.server = store.server
        self.workspace_id = store.workspace_id
        self.tables = store.tables

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is held between two applies."""

    def apply(self, tables: Canonical, version: Version) -> Applied:
        """Bring the database to the tables; see `Writer.apply`.

        Raises:
            ForeignDatabase: The database belongs to something else; nothing was changed.
        """
        marker = read_marker(self.server, self.workspace_id)
        with connect() as connection:
            compare(connection, None, tables)
            check(connection, model())  # before anything is touched
            check_values(connection, model())
        if marker is None:
            claim(self.server, self.workspace_id)
        make_keys(self.server, model())
        held = None if marker is None else self._settled(marker)
        generation = (marker.version.generation if marker is not None and marker.version is not None else 0) + 1
        done = version.model_copy(update={"generation": generation, "engine": ENGINE})
        token = uuid4().hex
        self.tables.prepare(tables, token)
        size = self._send(Applying(held or ANEW, token), tables)
        self.tables.swap(token)
        finish(self.server, self.workspace_id, done, token)
        bulk = held is None
        return Applied(bulk, size.nodes_upserted, size.nodes_deleted, size.edges_upserted, size.edges_deleted)

    def _settled(self, marker: Marker) -> str | None:
        """Finish what a killed apply began; return the token of the tables that the database then holds.

        None when the tables that would tell are not in this workspace: everything has to be loaded anew.
        """
        applying = marker.applying
        if applying is None:
            return marker.token if self.tables.find(marker.token) is not None else None
        if self.tables.is_current(applying.after):  # the last batch was sent
            return applying.after
        before, after = self.tables.find(applying.before), self.tables.find(applying.after)
        if before is None or after is None:
            return None
        self._send(applying, after)
        self.tables.swap(applying.after)
        return applying.after

    def _send(self, applying: Applying, tables: Canonical) -> Size:
        before = None if applying.before == ANEW else self.tables.find(applying.before)
        with connect() as connection:
            size = compare(connection, before, tables)
            begin(self.server, self.workspace_id, applying)
            if before is None:
                wipe(self.server)
            send(self.server, connection, model(), empty=before is None)
        return size
