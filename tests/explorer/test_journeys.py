"""The ways of an investigator through the explorer, in a real browser: search, walk, run, audit, decide."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.pages import settle, visit

OFFICIAL, RELATIVE, FIRM = "程树民", "贺兰芝", "青石县栩泽路桥养护有限公司"


def choose_row(page: Page, row: int = 0, table: int = 0) -> None:
    """Tick a row of a table: Streamlit draws tables on a canvas, the tick box is its first column."""
    grid = page.locator("[data-testid=stDataFrame]").nth(table)
    box = grid.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 17, box["y"] + 35 + 35 * row + 17)
    settle(page, 700)


@pytest.mark.parametrize("asked", [RELATIVE, "helanzhi"])
def test_a_name_is_found_in_han_and_in_pinyin_and_opens_as_an_entity(page: Page, asked: str) -> None:
    visit(page, "/")
    page.get_by_label("搜索姓名、企业、单位、编号或拼音").fill(asked)
    page.get_by_test_id("stFormSubmitButton").get_by_role("button").click()
    page.wait_for_url(re.compile(r"/search\?q="))
    settle(page, 800)
    page.get_by_role("button", name="打开实体").click()
    page.wait_for_url(re.compile(r"/entity\?id=Person-"))
    settle(page, 800)
    expect(page.get_by_role("heading", name=RELATIVE)).to_be_visible()
    address = page.url
    page.goto(address)
    settle(page, 800)
    expect(page.get_by_role("heading", name=RELATIVE)).to_be_visible()


def test_a_fact_leads_to_its_row_in_the_register(page: Page) -> None:
    visit(page, f"/search?q={RELATIVE}")
    page.get_by_role("button", name="打开实体").click()
    page.wait_for_url(re.compile(r"/entity\?id=Person-"))
    settle(page, 800)
    page.get_by_role("link", name=re.compile(r"第\d+行")).first.click()
    page.wait_for_url(re.compile(r"/evidence\?doc=[0-9a-f]{12}&at="))
    settle(page, 800)
    expect(page.get_by_test_id("stMarkdownContainer").filter(has_text=RELATIVE).first).to_be_visible()


def test_a_query_runs_and_its_first_hit_explains_itself(page: Page) -> None:
    visit(page, "/detect?query=shadow_company")
    page.get_by_role("button", name="运行", exact=True).click()
    settle(page, 2500)
    expect(page.get_by_text(re.compile(r"待核查 \d+ · 待定 \d+"))).to_be_visible(timeout=20_000)
    choose_row(page)
    for heading in ("疑点", "关联依据", "职权程度", "人员同一性", "尚未掌握", "可排除情形"):
        expect(page.locator(".sw-six b", has_text=heading)).to_be_visible()
    expect(page.locator(".sw-foot")).to_contain_text("不作为认定事实或处分的依据")
    page.get_by_role("tab", name="路径与出处").click()
    expect(page.locator(".sw-quote").first).to_be_visible()


def test_dismissing_needs_a_reason_and_a_second_person_and_stays(page: Page) -> None:
    visit(page, "/detect?query=dead_or_double_benefit")
    choose_row(page)
    address = page.url
    page.get_by_role("tab", name="研判").click()
    page.get_by_test_id("stRadio").get_by_text("排除", exact=True).click()
    settle(page, 500)
    page.get_by_role("button", name="保存处理").click()
    settle(page, 900)
    expect(page.get_by_text(re.compile("待第二人确认"))).to_be_visible()
    page.get_by_label("确认人姓名(不能是提出人)").fill("室主任甲")
    page.get_by_role("button", name="确认生效").click()
    settle(page, 900)
    page.goto(address)
    settle(page, 1200)
    page.get_by_role("tab", name="研判").click()
    expect(page.get_by_text("当前状态:排除")).to_be_visible()


def test_a_contract_is_followed_to_an_official_and_the_sheet_is_saved(page: Page) -> None:
    visit(page, f"/audit?of={FIRM}")
    choose_row(page)
    settle(page, 1500)
    expect(page.get_by_role("link", name=re.compile(OFFICIAL))).to_be_visible()
    expect(page.get_by_text(re.compile("^合计.本单位采购,P2.:4 份,1,853,000.00 元"))).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name="导出审计表(XLSX)").click()
    assert Path(download.value.path()).read_bytes().startswith(b"PK")


def test_money_is_drawn_and_opens_to_its_rows(page: Page) -> None:
    visit(page, "/flow?of=青石县禾澜水利工程有限公司")
    expect(page.locator(".js-plotly-plot .sankey")).to_be_visible(timeout=20_000)
    choose_row(page)
    expect(page.get_by_text("逐笔(点选一笔看出处)")).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/search?q=a", "/graph", "/detect", "/audit", "/flow", "/timeline", "/entity"])
def test_every_page_speaks_english_when_asked(page: Page, path: str) -> None:
    visit(page, f"{path}{'&' if '?' in path else '?'}lang=en")
    expect(page.locator("[data-testid=stSidebarNavLink]", has_text="Detection")).to_be_visible()
    shown = page.locator("[data-testid=stMain]").inner_text()
    assert re.search("[\u4e00-\u9fff]{6,}", re.sub(r"[^\n]*(青石县|疑点)[^\n]*", "", shown)) is None


def test_nothing_of_the_kind_is_said_plainly(page: Page) -> None:
    visit(page, "/search?q=查无此人此名")
    expect(page.get_by_text("没有找到")).to_be_visible()
    visit(page, "/entity?id=Person-0000000000000000")
    expect(page.get_by_text(re.compile("没有找到"))).to_be_visible()
