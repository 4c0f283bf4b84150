"""A workspace of the small invented place, imported once and copied for tests that change it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.services.context import Context
from app.services.importing import run_import
from app.services.withdrawing import rebuild_graph
from graph.settings import Settings
from graph.workspace import Workspace
from ingest.options import ImportOptions
from tests.support.engines import empty_database
from tests.support.village import write_village


@pytest.fixture(scope="session")
def village_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Registers of the small place; not to be changed."""
    return write_village(tmp_path_factory.mktemp("village-files") / "苇城县")


@pytest.fixture(scope="session")
def village(village_files: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace into which they were imported; not to be changed."""
    path = tmp_path_factory.mktemp("village") / "workspace"
    nothing = ImportOptions()
    run_import(Context(Workspace(path), Settings()), [village_files], nothing, project=True, progress=lambda *_: None)
    return path


@pytest.fixture
def own_village(village: Path, tmp_path: Path) -> Path:
    """A copy that a test may change."""
    return shutil.copytree(village, tmp_path / "workspace")


@pytest.fixture(scope="module", params=["embedded", pytest.param("neo4j", marks=pytest.mark.neo4j)])
def place(request: pytest.FixtureRequest, village: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Context]:
    """The same place, its graph served by each engine."""
    if request.param == "embedded":
        yield Context(Workspace(village), Settings())
        return
    url = request.getfixturevalue("neo4j_url")
    empty_database(url)
    copy = shutil.copytree(village, tmp_path_factory.mktemp("served") / "workspace")
    context = Context(Workspace(copy), Settings(graph=url))
    rebuild_graph(context)
    yield context
    empty_database(url)
