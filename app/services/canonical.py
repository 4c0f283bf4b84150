"""Where the canonical tables lie that readers see now."""

from pathlib import Path

from pydantic import ValidationError

from app.services.context import Context
from graph.projection.tables import Canonical
from graph.store.base import Version
from graph.store.errors import NothingApplied

POINTER = "CURRENT"
APPLIED_TO_NEO4J = "applied-neo4j"


def embedded_folder(graph: Path) -> Path | None:
    """Return the folder of the generation that `graph/CURRENT` names; None when the pointer cannot be read."""
    try:
        text = (graph / POINTER).read_text(encoding="utf-8")
        version = Version.model_validate_json(text)
    except (OSError, UnicodeDecodeError, ValidationError):  # never built, or a foreign version
        return None
    return graph / f"gen-{version.generation}"


def _whole(folder: Path | None) -> Canonical:
    if folder is None:
        raise NothingApplied
    tables = Canonical(folder)
    if not all(path.is_file() for path in (tables.nodes, tables.edges, tables.evidence)):
        raise NothingApplied
    return tables


def tables_of(context: Context, version: Version) -> Canonical:
    """Return the tables that a view of this version was made from.

    Raises:
        NothingApplied: They are gone: two newer generations were made since.
    """
    graph = context.workspace.graph
    return _whole(graph / APPLIED_TO_NEO4J if context.settings.graph else graph / f"gen-{version.generation}")


def current_tables(context: Context) -> Canonical:
    """Return the tables that the graph was last made from.

    Raises:
        BadWorkspace: The workspace is missing, foreign or damaged.
        BadUse: Nothing was imported yet.
        NothingApplied: No graph has been built yet.
    """
    context.need_data()
    graph = context.workspace.graph
    return _whole(graph / APPLIED_TO_NEO4J if context.settings.graph else embedded_folder(graph))
