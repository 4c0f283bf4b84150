"""The example county imported, and its hits by the names of who holds their roles."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.services.canonical import current_tables
from app.services.context import Context
from app.services.detecting import DetectionResult, detect
from app.services.importing import run_import
from graph.duck import connect
from graph.settings import Settings
from graph.store.neo4j import Neo4jStore
from graph.workspace import Workspace
from ingest.options import ImportOptions
from ingest.report import ImportReport
from queries.hit import Holder

EXAMPLES = Path(__file__).parents[2] / "examples"
ENGINES = ["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)]
WARRANT = "青监调〔2023〕12号"


@dataclass(frozen=True)
class County:
    """The imported examples.

    Attributes:
        context: Its workspace, on the embedded engine.
        report: What the import said.
    """

    context: Context
    report: ImportReport

    def ask(self, query: str) -> list[tuple[object, ...]]:
        """Run SQL over the canonical tables `nodes`, `edges` and `evidence`."""
        tables = current_tables(self.context)
        with connect(threads=1) as connection:
            for name in ("nodes", "edges", "evidence"):
                connection.execute(f"CREATE VIEW {name} AS FROM '{getattr(tables, name)}'")
            return connection.execute(query).fetchall()


def silent(*_: object) -> None:
    """Show no progress."""


def imported(folder: Path, what: Path) -> County:
    """Import a folder of the examples into a new workspace."""
    context, options = Context(Workspace(folder / "workspace"), Settings(graph="")), ImportOptions(warrant=WARRANT)
    return County(context, run_import(context, [what], options, project=True, progress=silent).report)


def detected(county: County, request: pytest.FixtureRequest) -> Iterator[dict[str, DetectionResult]]:
    """Run every saved query on the engine that a fixture's parameter names; query id -> result."""
    context = county.context
    if request.param == "neo4j":
        url = request.getfixturevalue("neo4j_url")
        context = Context(context.workspace, Settings(graph=url))
        store = Neo4jStore(context.workspace, url, "neo4j", None)
        store.take_over()
        store.close()
    yield {result.saved.id: result for result in detect(context)}


def shown(held: Holder | list[Holder] | None) -> str:
    """Return the names of who holds a role, joined by 、 in their order."""
    listed = held if isinstance(held, list) else [held] if held else []
    return "、".join(sorted(one.name for one in listed))


def names(result: DetectionResult, roles: Sequence[str]) -> dict[str, list[tuple[str, ...]]]:
    """Return state -> hits, each as the names of the holders of some roles, sorted."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for hit in result.hits:
        found.setdefault(hit.state, []).append(tuple(shown(hit.roles[role]) for role in roles))
    return {state: sorted(hits) for state, hits in found.items()}
