"""Who is who, in a browser: two records are read side by side, judged the same, seen as one, and taken apart again."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.explorer.conftest import shenwa
from tests.support.chromium import Watched
from tests.support.pages import settle, visit
from tests.support.served import Served

ONE, OTHER = "鲍国墙", "鲍国强"


@pytest.fixture
def own(examined: Path, tmp_path: Path) -> Path:
    """A copy of the workspace that judgements may change."""
    return shutil.copytree(examined, tmp_path / "workspace")


@pytest.fixture
def page(chromium: Browser, own: Path) -> Iterator[Page]:
    with Served(own) as running:
        context = chromium.new_context(base_url=running.url, viewport={"width": 1500, "height": 1000}, locale="zh-CN")
        opened = context.new_page()
        watched = Watched(opened)
        yield opened
        context.close()
    assert (watched.outside, watched.errors) == ([], [])


def ids(workspace: Path, name: str) -> set[str]:
    lines = shenwa(workspace, "search", name, "--json").stdout.splitlines()
    return {json.loads(line)["id"] for line in lines if json.loads(line)["name"] in (ONE, OTHER)}


def test_a_pair_is_read_judged_and_taken_apart_again(page: Page, own: Path) -> None:
    assert len(ids(own, ONE) | ids(own, OTHER)) == 2
    visit(page, "/identity")
    grid = page.get_by_test_id("stDataFrame").first.bounding_box()
    assert grid is not None
    page.mouse.click(grid["x"] + 17, grid["y"] + 52)
    settle(page, 1200)
    expect(page).to_have_url(re.compile("a=Person-.*b=Person-"))
    expect(page.get_by_test_id("stMarkdownContainer").filter(has_text="同一身份证号对应两个姓名").first).to_be_visible()
    for name in (ONE, OTHER):
        expect(page.get_by_role("link", name=re.compile(name)).first).to_be_visible()
    page.get_by_role("button", name="保存判断").click()
    expect(page.get_by_text("请选择一项判断并写明理由")).to_be_visible()
    page.get_by_test_id("stRadio").get_by_text("同一人(同一主体)", exact=True).click()
    page.get_by_role("textbox", name="理由", exact=True).fill("两份材料所附身份证复印件相同")
    page.get_by_role("button", name="保存判断").click()
    expect(page.get_by_text("第 1 号判断已保存")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("现在已是同一个实体")).to_be_visible()
    assert len(ids(own, ONE) | ids(own, OTHER)) == 1
    page.get_by_role("textbox", name="撤销理由").fill("复印件看错了")
    page.get_by_role("button", name="撤销", exact=True).click()
    expect(page.get_by_text("第 1 号判断已撤销")).to_be_visible(timeout=60_000)
    assert len(ids(own, ONE) | ids(own, OTHER)) == 2
    expect(page.get_by_text("待核对的成对记录")).to_be_visible()
    assert shenwa(own, "doctor", "--audit").returncode == 0
