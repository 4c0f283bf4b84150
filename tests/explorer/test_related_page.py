"""案中案 in a real browser: from a case to another and back, what it rests on, and an export of what is shown."""

import csv
import re
from io import StringIO
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.support.pages import elements, settle, visit

CASE, LEAD, BRIDGE = "青监立〔2023〕2号", "XS-2023-004", "金春根"


def choose_row(page: Page, row: int = 0) -> None:
    """Tick a row: Streamlit draws tables on a canvas, the tick box is its first column."""
    box = page.locator("[data-testid=stDataFrame]").first.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 17, box["y"] + 35 + 35 * row + 17)
    settle(page, 900)


def exported(page: Page, button: str, tmp_path: Path) -> list[list[str]]:
    with page.expect_download() as waiting:
        page.get_by_role("button", name=button).click()
    file = tmp_path / "shown.csv"
    waiting.value.save_as(file)
    return list(csv.reader(StringIO(file.read_text(encoding="utf-8-sig"))))


def test_a_case_leads_to_a_lead_and_back(page: Page, tmp_path: Path) -> None:
    visit(page, f"/related?of={CASE}")
    rows = exported(page, "导出当前列表(CSV)", tmp_path)
    assert [row[:3] for row in rows[1:2]] == [[LEAD, "同一人或物", BRIDGE]]
    assert len(rows) == 4
    choose_row(page)
    expect(page.get_by_text("依据", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name=re.compile(r"线索\.csv 第5行"))).to_be_visible()
    page.get_by_role("button", name=re.compile(f"从「{LEAD}」看回来")).click()
    page.wait_for_url(re.compile(r"/related\?of=XS-2023-004"))
    settle(page, 900)
    back = exported(page, "导出当前列表(CSV)", tmp_path)
    assert back[1][:3] == [CASE, "同一人或物", BRIDGE]
    assert {rows[1][3], rows[1][5]} == {back[1][3], back[1][5]} == {"材料载明", "被反映人"}


def test_the_list_is_cut_down_and_the_export_with_it(page: Page, tmp_path: Path) -> None:
    visit(page, f"/related?of={CASE}&lang=en")
    expect(page.get_by_role("heading", name="Other cases")).to_be_visible()
    page.get_by_role("button", name="party of a case", exact=True).click()
    settle(page, 900)
    rows = exported(page, "Export the list shown (CSV)", tmp_path)
    assert [row[2] for row in rows[1:]] == ["苏平德"]
    choose_row(page)
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Export list and sources (XLSX)").click()
    assert waiting.value.suggested_filename == f"Other cases-{CASE}.xlsx"
    page.get_by_role("button", name="Open in the network").click()
    page.wait_for_url(re.compile(r"/graph"))
    settle(page, 1500)
    assert {"苏平德", CASE} <= {node["name"] for node in elements(page)["nodes"]}
