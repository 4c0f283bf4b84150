"""The search page in a real browser: traditional script, one wrong character, and narrowing by type."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.support.pages import settle, visit

NAME, FIRM = "贺兰芝", "青石县栩泽路桥养护有限公司"


@pytest.mark.parametrize("asked", ["賀蘭芝", "贺兰之", "hlz", "he lan zhi", "贺兰枝"])
def test_a_person_is_found_however_the_name_is_typed(page: Page, asked: str) -> None:
    visit(page, f"/search?q={asked}")
    page.get_by_role("button", name="打开实体").click()
    page.wait_for_url(re.compile(r"/entity\?id=Person-"))
    settle(page, 800)
    expect(page.get_by_role("heading", name=NAME)).to_be_visible()


def test_a_type_narrows_what_is_found_and_counts_stay(page: Page) -> None:
    visit(page, "/search?q=青石县")
    pills = page.get_by_test_id("stButtonGroup").get_by_role("button")
    counts = [int(found) for found in re.findall(r"\d+", " ".join(pills.all_inner_texts()))]
    assert len(counts) > 1
    expect(page.get_by_text(re.compile(rf"找到 {sum(counts)} 个"))).to_be_visible()
    pills.nth(1).click()
    settle(page, 800)
    expect(page.get_by_text(re.compile(rf"找到 {counts[1]} 个"))).to_be_visible()
    page.get_by_role("button", name="打开实体").click()
    page.wait_for_url(re.compile(r"/entity\?id="))


def test_a_firm_is_found_by_its_short_name(page: Page) -> None:
    visit(page, "/search?q=栩泽养护公司&lang=en")
    expect(page.get_by_text("1 found")).to_be_visible()
    page.get_by_role("button", name="Open entity").click()
    page.wait_for_url(re.compile(r"/entity\?id=Company-"))
    settle(page, 800)
    expect(page.get_by_role("heading", name=FIRM)).to_be_visible()
