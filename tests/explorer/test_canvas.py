"""The canvas in a real browser: nothing moves that nobody moved."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.explorer.conftest import shenwa
from tests.support.pages import elements, place, positions, settle, visit

NOBODY = 0.01


@pytest.fixture
def someone(examined: Path) -> str:
    """Return the id of an official with relatives and a unit."""
    hit = json.loads(shenwa(examined, "detect", "shadow_company", "--json").stdout.splitlines()[0])
    return str(hit["roles"]["official"]["id"])


def expandable(page: Page, known: str) -> str:
    """Open the menu of a node and return the text of its first expansion."""
    page.mouse.click(*place(page, known), button="right")
    entry = page.locator(".menu [role=menuitem]").first
    expect(entry).to_be_visible()
    return entry.inner_text()


def test_expanding_moves_no_old_node_and_undo_takes_it_back(page: Page, someone: str) -> None:
    visit(page, f"/graph?ids={someone}")
    before = positions(page)
    official = next(one for one in elements(page)["nodes"] if one["type"] == "Agency")
    assert "展开" in expandable(page, official["id"])
    page.locator(".menu [role=menuitem]").first.click()
    settle(page, 900)
    after = positions(page)
    assert len(after) > len(before)
    assert max(abs(after[id_][at] - before[id_][at]) for id_ in before for at in (0, 1)) < NOBODY
    page.get_by_role("button", name="撤销").click()
    settle(page, 900)
    assert set(positions(page)) == set(before)


def test_a_dragged_node_stays_where_it_was_put_across_pages_and_reopening(page: Page, someone: str) -> None:
    visit(page, f"/graph?ids={someone}")
    settle(page, 800)
    x, y = place(page, someone)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 45, steps=6)
    page.mouse.up()
    settle(page, 800)
    put = positions(page)[someone]
    address = page.url
    page.locator("[data-testid=stSidebarNavLink]", has_text="搜索").click()
    settle(page)
    page.goto(address)
    settle(page, 1500)
    again = positions(page)[someone]
    assert max(abs(put[at] - again[at]) for at in (0, 1)) <= 1  # places are kept to the unit


def test_selecting_shows_the_panel_with_a_way_to_the_source(page: Page, someone: str) -> None:
    visit(page, f"/graph?ids={someone}")
    page.mouse.click(*place(page, someone))
    settle(page, 700)
    expect(page.get_by_role("link", name="打开实体")).to_be_visible()
    edge = elements(page)["edges"][0]
    assert edge["id"]


def test_hiding_takes_a_node_off_and_files_hold_what_is_shown(page: Page, someone: str) -> None:
    visit(page, f"/graph?ids={someone}")
    shown = elements(page)
    other = next(one["id"] for one in shown["nodes"] if one["id"] != someone)
    page.mouse.click(*place(page, other), button="right")
    page.locator(".menu [role=menuitem]", has_text="移出画布").click()
    settle(page, 900)
    left = elements(page)
    assert len(left["nodes"]) == len(shown["nodes"]) - 1
    with page.expect_download() as download:
        page.get_by_role("button", name="存 CSV").click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["id"] for row in rows if row["kind"] == "node"} == {one["id"] for one in left["nodes"]}
    assert {row["id"] for row in rows if row["kind"] == "edge"} == {one["id"] for one in left["edges"]}
    with page.expect_download() as drawn:
        page.get_by_role("button", name="存 SVG").click()
    svg = Path(drawn.value.path()).read_text(encoding="utf-8")
    assert svg.count("<circle") == len(left["nodes"])
    with page.expect_download() as image:
        page.get_by_role("button", name="存 PNG").click()
    assert Path(image.value.path()).read_bytes().startswith(b"\x89PNG")


def test_two_nodes_are_joined_by_the_way_between_them(page: Page, someone: str, examined: Path) -> None:
    found = json.loads(shenwa(examined, "search", "青石县桉禾消防设施有限公司", "--json").stdout.splitlines()[0])
    visit(page, f"/graph?ids={someone}")
    page.get_by_label("加入人员、企业、单位或编号").fill(found["code"])
    page.get_by_test_id("stFormSubmitButton").get_by_role("button").click()
    settle(page, 1500)
    before = positions(page)
    assert found["id"] in before
    page.mouse.click(*place(page, someone))
    settle(page, 600)
    page.mouse.click(*place(page, found["id"]), button="right")
    page.locator(".menu [role=menuitem]", has_text="与所选之间的路径").click()
    settle(page, 2500)
    after = positions(page)
    expect(page.get_by_text(re.compile("最短路径|没有联系")).first).to_be_visible()
    assert set(before) <= set(after)
    assert max(abs(after[id_][at] - before[id_][at]) for id_ in before for at in (0, 1)) < NOBODY


def test_the_legend_hides_a_type_without_removing_anything(page: Page, someone: str) -> None:
    visit(page, f"/graph?ids={someone}")
    settle(page, 800)
    before = elements(page)
    page.locator(".legend button", has_text="单位").click()
    page.wait_for_timeout(300)
    after = elements(page)
    assert len(after["nodes"]) == len(before["nodes"])
    assert {one["type"] for one in after["nodes"] if not one["shown"]} == {"Agency"}
