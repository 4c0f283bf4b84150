"""A pack is the same whatever serves the graph; only the engine's name differs."""

import json
import re
import shutil
from pathlib import Path

import pytest

from app.services.context import Context
from app.services.pack.deriving import ask
from app.services.pack.making import make, write
from app.services.pack.verifying import verify
from app.services.reading import reading
from app.services.searching import search
from app.services.withdrawing import rebuild_graph
from app.ui.words import Words
from graph.settings import Settings
from graph.workspace import Workspace
from tests.support.engines import empty_database
from tests.support.packs import MADE, WHO, context_of, found
from tests.support.village import BROTHER, FIRM, HEAD

# What names the data version: the engine is part of it.
NAMES_THE_ENGINE = {"index.html", "manifest.json", "SHA256SUMS"}


@pytest.mark.neo4j
def test_both_engines_give_the_same_papers_and_check_each_other_s(
    village: Path, tmp_path: Path, neo4j_url: str
) -> None:
    embedded = context_of(shutil.copytree(village, tmp_path / "workspace"))
    hit = found(embedded)
    first = make(embedded, WHO, [ask(embedded, hit)], Words("zh"), made=MADE)
    write(embedded, WHO, first, tmp_path / "pack")
    empty_database(neo4j_url)
    served = Context(Workspace(embedded.workspace.path).open_existing(), Settings(graph=neo4j_url))
    rebuild_graph(served)
    second = make(served, WHO, [ask(served, hit)], Words("zh"), made=MADE)
    assert {name for name in first.files if first.files[name] != second.files[name]} <= NAMES_THE_ENGINE
    engines = [json.loads(pack.files["manifest.json"])["data"]["engine"] for pack in (first, second)]
    assert [re.split(r"[- ]", engine)[0] for engine in engines] == ["kglite", "neo4j"]
    assert verify(served, tmp_path / "pack", Words("zh")) == []
    with reading(embedded) as one, reading(served) as other:
        for text in (HEAD, BROTHER, FIRM[:4], "rld", "冉立春"):
            assert search(embedded, one, text) == search(served, other, text)
    empty_database(neo4j_url)
