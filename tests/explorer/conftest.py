"""The explorer over the examples, and a browser that watches what the pages do."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.chromium import Watched, browser, executable
from tests.support.outside import Watch
from tests.support.served import Served

ROOT = Path(__file__).parents[2]
# A machine with other work to do is slow, not wrong.
expect.set_options(timeout=20_000)


def shenwa(workspace: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command line on a workspace."""
    command = [sys.executable, "-m", "shenwa", "--workspace", str(workspace), *words]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Yield the browser; without one the test is skipped, under CI it fails."""
    if executable() is None:
        message = "no Chromium: apt-get install chromium fonts-noto-cjk"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with browser() as started:
        yield started


@pytest.fixture(scope="session")
def examined(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with the examples imported and every query run."""
    workspace = tmp_path_factory.mktemp("explorer") / "workspace"
    assert shenwa(workspace, "import", str(ROOT / "examples"), "--warrant", "青监调〔2023〕1号").returncode == 0
    assert shenwa(workspace, "detect").returncode == 0
    return workspace


@pytest.fixture(scope="session")
def served(examined: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Yield the running explorer; whatever the server itself asks for outside this machine fails the last test."""
    watch = Watch(tmp_path_factory.mktemp("watch") / "hook")
    with Served(examined, **watch.environment) as running:
        yield running
    assert watch.asked() == []


@pytest.fixture
def page(chromium: Browser, served: Served) -> Iterator[Page]:
    """Yield a fresh browser page; a request off this machine or an error of a script fails the test."""
    context = chromium.new_context(
        base_url=served.url, viewport={"width": 1500, "height": 1000}, locale="zh-CN", accept_downloads=True
    )
    opened = context.new_page()
    watched = Watched(opened)
    yield opened
    context.close()
    assert (watched.outside, watched.errors) == ([], [])
