"""出处 of a passage: the words in their text, marked; what a file holds stays text; who says it and as what."""

import json
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.explorer.conftest import shenwa
from tests.support.chromium import Watched
from tests.support.pages import settle, visit
from tests.support.papers import REPORT, write_papers
from tests.support.served import Served

REPORTER = "宁采苓"
HOSTILE = "<script>document.title='x'</script> & <img src=x onerror=\"document.title='x'\"> $a$ **b** \u202e逆"
TEXT = (
    f"一页\f{REPORT}经查,韩冬生现任青石县教育局副局长。{HOSTILE} 𠮷𠮷\n"
    f"周启明交代:2019年3月5日,周启明送给韩冬生现金5万元。\n举报人:{REPORTER}\n"
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace with one paper."""
    folder = tmp_path_factory.mktemp("papers")
    write_papers(folder / "in", {"案件/2023-017/初核报告.txt": TEXT})
    assert shenwa(folder / "workspace", "import", str(folder / "in")).returncode == 0
    return folder / "workspace"


@pytest.fixture(scope="module")
def source(place: Path) -> dict[str, str]:
    """Return where the gift is told."""
    assert shenwa(place, "export", "-o", str(place.parent / "all.jsonl")).returncode == 0
    lines = [json.loads(line) for line in (place.parent / "all.jsonl").read_text(encoding="utf-8").splitlines()]
    [gift] = [line for line in lines if line["type"] == "TRANSFER"]
    found: dict[str, str] = gift["sources"][0]
    return found


@pytest.fixture
def opened(chromium: Browser, place: Path) -> Iterator[Page]:
    """Yield a page of an explorer over the paper; a request off this machine or a script's error fails the test."""
    with Served(place) as running:
        context = chromium.new_context(base_url=running.url, locale="zh-CN")
        page = context.new_page()
        watched = Watched(page)
        yield page
        context.close()
    assert (watched.outside, watched.errors) == ([], [])


def test_a_passage_is_marked_in_its_text_and_stays_text(opened: Page, source: dict[str, str]) -> None:
    visit(opened, f"/evidence?doc={source['doc']}&at={quote(source['locator'])}")
    settle(opened, 800)
    text = opened.locator(".sw-quote")
    expect(text.locator("mark")).to_have_text("周启明送给韩冬生现金5万元")
    expect(text).to_contain_text(HOSTILE.replace("\u202e", ""))
    expect(text.locator("script, img")).to_have_count(0)
    assert opened.title() != "x"
    assert REPORTER not in opened.content()
    shown = opened.locator("[data-testid=stMain]")
    expect(shown).to_contain_text("第2页")
    expect(shown).to_contain_text("周启明(未载明账号) → 韩冬生(未载明账号)")
    expect(shown).to_contain_text("本人陈述,陈述人 周启明")
    opened.goto(f"{opened.url}&lang=en")
    settle(opened, 800)
    expect(opened.locator("[data-testid=stMain]")).to_contain_text("page 2")
