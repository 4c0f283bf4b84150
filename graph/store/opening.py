"""Choosing the graph engine by the settings."""

from graph.settings import Settings
from graph.store.base import Store
from graph.store.embedded import EmbeddedStore
from graph.workspace import Workspace


def open_store(workspace: Workspace, settings: Settings) -> Store:
    """Return the engine."""
    return EmbeddedStore(workspace)
