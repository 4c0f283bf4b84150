"""`make screens`: a picture of every page of the explorer over the examples, in both languages, to `docs/screens/`.

Made for people who look before they read, and for whoever changed a page: look at each as a stranger would.
The examples are imported into a workspace of its own, so that nothing of a user's is shown.
"""

import argparse
import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.support.chromium import browser, executable
from tests.support.pages import elements, settle, visit
from tests.support.served import Served

ROOT = Path(__file__).parents[1]
SCREENS = ROOT / "docs" / "screens"
CASE = "青监立〔2023〕2号"
OFFICIAL, FIRM, PAYER = "程树民", "青石县栩泽路桥养护有限公司", "青石县禾澜水利工程有限公司"
LANGUAGES = ("zh", "en")
WINDOW = (1440, 900)
# Taller than any page, so that a page is drawn whole; Streamlit scrolls inside of it otherwise.
TALLEST = 2600


def _nothing(page: Page) -> None:
    """Leave the page as it opened."""


def _first_row(page: Page) -> None:
    grid = page.locator("[data-testid=stDataFrame]").first.bounding_box()
    if grid is not None:
        page.mouse.click(grid["x"] + 17, grid["y"] + 52)
        settle(page, 1500)


def _tab(place: int) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        _first_row(page)
        page.get_by_role("tab").nth(place).click()
        settle(page, 900)

    return act


def _drawn(page: Page) -> None:
    elements(page)
    settle(page, 1500)


@dataclass(frozen=True)
class Screen:
    """One picture: its file, the address, what is done before it is taken."""

    name: str
    address: str
    act: Callable[[Page], None] = _nothing


def _shenwa(workspace: Path, *words: str) -> str:
    command = [sys.executable, "-m", "shenwa", "--workspace", str(workspace), *words]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode == 2:
        raise SystemExit(done.stderr)
    return done.stdout


def _id(workspace: Path, name: str) -> str:
    line = _shenwa(workspace, "search", name, "--json").splitlines()[0]
    return str(json.loads(line)["id"])


def _place(workspace: Path, query: str, kind: str) -> str:
    """Return the address of the first place of a kind (`r:` a row, `c:` a passage) that hits of a query cite."""
    hits = [json.loads(line) for line in _shenwa(workspace, "detect", query, "--json").splitlines()]
    cited = next(one for hit in hits for one in hit["evidence"] if one["locator"].startswith(kind))
    return f"/evidence?doc={cited['doc']}&at={cited['locator']}"


def screens(workspace: Path) -> list[Screen]:
    """Return every picture to take over a workspace that holds the examples."""
    official, firm = _id(workspace, OFFICIAL), _id(workspace, FIRM)
    return [
        Screen("01-home", "/"),
        Screen("02-search", f"/search?q={OFFICIAL}"),
        Screen("03-search-empty", "/search?q=查无此人此名"),
        Screen("04-network", f"/graph?ids={official},{firm}", _drawn),
        Screen("05-entity-person", f"/entity?id={official}"),
        Screen("06-entity-company", f"/entity?id={firm}"),
        Screen("07-detect", "/detect?query=shadow_company"),
        Screen("08-detect-hit", "/detect?query=shadow_company", _first_row),
        Screen("09-detect-path", "/detect?query=shadow_company", _tab(1)),
        Screen("10-detect-decide", "/detect?query=shadow_company", _tab(2)),
        Screen("11-audit", f"/audit?of={FIRM}", _first_row),
        Screen("12-flow", f"/flow?of={PAYER}"),
        Screen("13-timeline", f"/timeline?of={OFFICIAL}"),
        Screen("14-evidence-row", _place(workspace, "shadow_company", "r:")),
        Screen("15-evidence-text", _place(workspace, "benefit_chain", "c:")),
        Screen("16-related", f"/related?of={CASE}", _first_row),
        Screen("17-identity", "/identity", _first_row),
        Screen("18-admin", "/admin"),
    ]


def _take(chromium: Browser, url: str, screen: Screen, language: str, target: Path) -> None:
    width, height = WINDOW
    context = chromium.new_context(base_url=url, viewport={"width": width, "height": height}, locale="zh-CN")
    page = context.new_page()
    sign = "&" if "?" in screen.address else "?"
    visit(page, f"{screen.address}{sign}lang={language}")
    screen.act(page)
    tall = page.evaluate("document.querySelector('[data-testid=stMainBlockContainer]')?.scrollHeight ?? 0")
    page.set_viewport_size({"width": width, "height": min(TALLEST, max(height, int(tall) + 40))})
    settle(page, 700)
    page.screenshot(path=str(target))
    context.close()


def main() -> None:
    """Import the examples, run the queries, open every page and save its picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--output", type=Path, default=SCREENS)
    parser.add_argument("--only", default="", help="a pattern of names")
    chosen = parser.parse_args()
    if executable() is None:
        raise SystemExit("需要 Chromium:apt-get install chromium fonts-noto-cjk / Chromium is needed")
    chosen.output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="shenwa-screens-") as folder:
        workspace = Path(folder) / "workspace"
        _shenwa(workspace, "import", str(ROOT / "examples"))
        _shenwa(workspace, "detect")
        with Served(workspace) as served, browser() as chromium:
            for screen in screens(workspace):
                for language in LANGUAGES:
                    name = f"{screen.name}-{language}.png"
                    if re.search(chosen.only, name):
                        print(name, flush=True)
                        _take(chromium, served.url, screen, language, chosen.output / name)


if __name__ == "__main__":
    main()
