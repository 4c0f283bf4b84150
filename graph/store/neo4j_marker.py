"""The one node that says whose a Neo4j database is, what it shows, and whether a change is under way."""

from dataclasses import dataclass

from pydantic import ValidationError

from graph.store.base import Version
from graph.store.errors import ForeignDatabase
from graph.store.neo4j_server import Server

# In the place of the tables before: everything is deleted and loaded anew.
ANEW = "anew"

_READ = """
MATCH (m:ShenwaMeta) RETURN m.workspace AS workspace, m.version AS version, m.token AS token, m.applying AS applying
ORDER BY workspace
"""
_ANYTHING = "MATCH (n) RETURN 1 AS one LIMIT 1"
_CLAIM = "MERGE (m:ShenwaMeta) ON CREATE SET m.workspace = $workspace"
_BEGIN = "MATCH (m:ShenwaMeta {workspace: $workspace}) SET m.applying = $applying"
_FINISH = """
MATCH (m:ShenwaMeta {workspace: $workspace}) SET m.version = $version, m.token = $token, m.applying = null
"""


@dataclass(frozen=True)
class Applying:
    """A change under way: the tokens of the tables before and after."""

    before: str
    after: str

    def __str__(self) -> str:
        """As the marker holds it."""
        return f"{self.before} -> {self.after}"


@dataclass(frozen=True)
class Marker:
    """What `ShenwaMeta` holds.

    Attributes:
        version: What readers see; None before the first apply ended.
        token: Names the tables that the database was made from.
        applying: Set while an apply is under way, or was killed.
    """

    version: Version | None
    token: str
    applying: Applying | None


def read_marker(server: Server, workspace: str) -> Marker | None:
    """Return the marker of a database; None when the database is empty.

    Raises:
        ForeignDatabase: It holds something without the marker, or belongs to another workspace.
    """
    found = server.rows(_READ)
    if not found:
        if server.rows(_ANYTHING):
            raise ForeignDatabase(url=server.url)
        return None
    [row] = found if len(found) == 1 else [{"workspace": None}]
    if row["workspace"] != workspace:
        raise ForeignDatabase(url=server.url)
    before, arrow, after = (row["applying"] or "").partition(" -> ")
    applying = Applying(before, after) if arrow else None
    return Marker(_version(row["version"]), row["token"] or "", applying)


def _version(text: str | None) -> Version | None:
    try:
        return Version.model_validate_json(text or "")
    except ValidationError:  # never finished, or of another release
        return None


def claim(server: Server, workspace: str) -> None:
    """Write the marker into an empty database."""
    server.send(_CLAIM, workspace=workspace)


def begin(server: Server, workspace: str, applying: Applying) -> None:
    """Say that a change is under way."""
    server.send(_BEGIN, workspace=workspace, applying=str(applying))


def finish(server: Server, workspace: str, version: Version, token: str) -> None:
    """Say what the database shows now."""
    server.send(_FINISH, workspace=workspace, version=version.model_dump_json(), token=token)
