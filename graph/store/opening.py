"""Choosing the graph engine by the settings."""

from graph.settings import BadSetting, Settings
from graph.store.base import Store
from graph.workspace import Workspace


def open_store(workspace: Workspace, settings: Settings) -> Store:
    """Return the engine that `SHENWA_GRAPH` names, the embedded one when it is empty.

    Args:
        workspace: Opened; its `id` marks a Neo4j database as its own.
        settings: Address, login and database.

    Raises:
        BadSetting: The password file cannot be read.
    """
    # Each engine's library takes a moment to load; only the one in use is.
    if not settings.graph:
        from graph.store.embedded import EmbeddedStore

        return EmbeddedStore(workspace)
    from graph.store.neo4j import Neo4jStore

    return Neo4jStore(workspace, settings.graph, settings.graph_user, _password(settings), settings.graph_database)


def _password(settings: Settings) -> str | None:
    path = settings.graph_password_file
    if path is None:
        return None
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        zh, en = "口令文件不能读取", "the password file cannot be read"
        raise BadSetting(name="SHENWA_GRAPH_PASSWORD_FILE", value=path, zh=zh, en=en) from error
    return lines[0] if lines else ""
