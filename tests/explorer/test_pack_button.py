"""The button that makes an assessment pack, in a real browser: the file is saved, and holds what it should."""

import hashlib
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.explorer.conftest import shenwa
from tests.support.pages import elements, settle, visit

HIT = "shadow_company"


def first_hit(workspace: Path) -> str:
    """Return the number of the first hit of the query's newest run."""
    from app.services.context import Context
    from graph.settings import Settings
    from graph.workspace import Workspace

    with Context(Workspace(workspace), Settings()).casebook() as casebook:
        return str(casebook.latest_hits(HIT)[0]["fingerprint"])


@pytest.mark.parametrize(
    ("lang", "make", "save", "page_says"),
    [
        ("zh", "生成研判材料包", "保存材料包(ZIP)", "反映的主要问题"),
        ("en", "Make an assessment pack", "Save the pack (ZIP)", "What the records show"),
    ],
)
def test_one_click_makes_a_pack_that_can_be_saved_and_checked(
    page: Page, examined: Path, tmp_path: Path, lang: str, make: str, save: str, page_says: str
) -> None:
    hit = first_hit(examined)
    visit(page, f"/detect?query={HIT}&hit={hit}&lang={lang}")
    elements(page)
    settle(page, 900)
    page.get_by_role("button", name=make, exact=True).click()
    expect(page.get_by_role("button", name=save, exact=True)).to_be_visible(timeout=60_000)
    with page.expect_download() as download:
        page.get_by_role("button", name=save, exact=True).click()
    assert download.value.suggested_filename == f"shenwa-pack-{hit[:8]}.zip"
    with zipfile.ZipFile(download.value.path()) as saved:
        saved.extractall(tmp_path)
    folder = tmp_path / f"shenwa-pack-{hit[:8]}"
    sums = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    assert len(sums) > 8
    for line in sums:
        digest, _, name = line.partition("  ")
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    assert page_says in (folder / "index.html").read_text(encoding="utf-8")
    assert shenwa(examined, "pack", "--verify", str(folder)).returncode == 0


@pytest.fixture
def alone(chromium: Browser) -> Iterator[Page]:
    """Yield a page of a browser without any network."""
    with chromium.new_context(offline=True, viewport={"width": 800, "height": 1100}) as context:
        yield context.new_page()


def test_the_printed_page_asks_for_nothing_and_fits_its_paper(alone: Page, examined: Path, tmp_path: Path) -> None:
    target = tmp_path / "pack"
    assert shenwa(examined, "pack", first_hit(examined), "-o", str(target)).returncode == 0
    asked: list[str] = []
    alone.on("request", lambda request: asked.append(request.url))
    alone.goto(target.joinpath("index.html").as_uri())
    assert asked == [target.joinpath("index.html").as_uri()]
    assert alone.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    expect(alone.locator("svg")).to_have_count(1)
    widths = alone.evaluate(
        """() => [...document.querySelectorAll('svg rect[rx]')].map(box => {
            let text = box.nextElementSibling, widest = 0;
            for (; text && text.tagName === 'text'; text = text.nextElementSibling)
                widest = Math.max(widest, text.getBBox().width);
            return [widest, box.getBBox().width];
        })"""
    )
    assert len(widths) > 3
    assert all(text <= box for text, box in widths)
    assert re.search("研判材料包", alone.title())
