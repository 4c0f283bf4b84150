"""Accounts in a real browser: nothing before the login, what each role sees, and that nothing leaks between two."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.explorer.conftest import shenwa
from tests.support.chromium import Watched
from tests.support.pages import settle, visit
from tests.support.served import Served

WORD = "kou-ling-12345"
HANDLER, OTHER, HEAD, KEEPER, ADMIN = "张承办", "王承办", "李主任", "赵案管", "管理员"
ROLES = {HANDLER: "handler", OTHER: "handler", HEAD: "head", KEEPER: "keeper", ADMIN: "admin"}
PAGES = ("/search?q=程", "/graph", "/detect", "/entity?id=x", "/evidence?doc=x")


@pytest.fixture(scope="module")
def guarded(examined: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Yield an explorer with one account a role."""
    folder = tmp_path_factory.mktemp("guarded")
    workspace = shutil.copytree(examined, folder / "workspace")
    word = folder / "word"
    word.write_text(WORD, encoding="utf-8")
    for name, role in ROLES.items():
        made = shenwa(workspace, "users", "add", name, "--role", role, "--password-file", str(word))
        assert made.returncode == 0, made.stderr
    with Served(workspace) as running:
        yield running


@pytest.fixture
def browse(chromium: Browser, guarded: Served) -> Iterator[Callable[[], Page]]:
    """Yield a function that opens a browser of its own; outside requests and script errors fail the test."""
    with ExitStack() as stack:
        watched: list[Watched] = []

        def one() -> Page:
            context: BrowserContext = chromium.new_context(
                base_url=guarded.url, viewport={"width": 1400, "height": 900}, locale="zh-CN", accept_downloads=True
            )
            stack.callback(context.close)
            context.set_default_timeout(60_000)
            page = context.new_page()
            watched.append(Watched(page))
            return page

        yield one
    assert [(one.outside, one.errors) for one in watched if one.outside or one.errors] == []


def log_in(page: Page, name: str, password: str = WORD) -> None:
    """Fill in the login page at hand."""
    page.get_by_label("用户名").fill(name)
    page.get_by_label("口令").fill(password)
    page.get_by_role("button", name="登录", exact=True).click()


def as_one(page: Page, name: str, address: str = "/") -> None:
    """Log in and wait for a page."""
    page.goto(address)
    log_in(page, name)
    page.wait_for_selector('[data-testid="stHeading"]', timeout=30_000)
    settle(page)


def test_nothing_is_served_before_the_login_and_the_page_asked_for_comes_after_it(browse: Callable[[], Page]) -> None:
    page = browse()
    page.goto("/detect?query=shadow_company")
    expect(page).to_have_title("深挖 登录")
    assert "影子公司" not in page.content()
    for path in ("/_stcore/health", "/_stcore/host-config", "/media/x", "/component/shenwa.canvas/canvas.js"):
        assert page.request.get(path, headers={"accept": "*/*"}).status == 401
    log_in(page, HANDLER, "wrong-password")
    expect(page.get_by_role("alert")).to_have_text("用户名或口令不对")
    log_in(page, HANDLER)
    page.wait_for_selector('[data-testid="stHeading"]')
    settle(page)
    assert page.url.endswith("/detect?query=shadow_company")
    expect(page.get_by_text("张承办(承办)")).to_be_visible()
    [cookie] = [one for one in page.context.cookies() if one["name"].startswith("shenwa_")]
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")


def test_the_login_page_speaks_english_and_leads_nowhere_else(browse: Callable[[], Page]) -> None:
    page = browse()
    page.goto("/login?next=https%3A%2F%2Fexample.invalid%2F&lang=en")
    expect(page.get_by_role("button", name="Log in")).to_be_visible()
    page.get_by_label("Name").fill("<script>alert(1)</script>")
    page.get_by_label("Password").fill("wrong-password")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("alert")).to_have_text("the name or the password is wrong")
    assert page.get_by_label("Name").input_value() == "<script>alert(1)</script>"
    page.get_by_label("Name").fill(HEAD)
    page.get_by_label("Password").fill(WORD)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_selector('[data-testid="stHeading"]')
    assert page.url.removeprefix("http://").partition("/")[2] in ("", "?lang=en")


def test_a_form_sent_from_another_site_does_not_log_in(browse: Callable[[], Page]) -> None:
    page = browse()
    form = {"name": HEAD, "password": WORD}
    sent = page.request.post("/login", form=form, headers={"origin": "https://example.invalid"}, max_redirects=0)
    assert sent.status == 403
    assert page.request.post("/login", form=form, max_redirects=0).status == 303


def test_logging_out_ends_what_is_open_in_another_tab(browse: Callable[[], Page]) -> None:
    page = browse()
    as_one(page, HANDLER)
    tab = page.context.new_page()
    visit(tab, "/search?q=程树民")
    page.get_by_role("button", name="退出登录").click()
    expect(page.get_by_text("尚未登录,或登录已过期")).to_be_visible()
    tab.get_by_text("English", exact=True).click()
    expect(tab.locator("a.sw-login")).to_be_visible(timeout=15_000)
    assert "程树民" not in tab.locator("[data-testid=stMain]").inner_text()
    tab.locator("a.sw-login").click()
    expect(tab).to_have_title(re.compile("深挖 登录|shenwa log-in"))


def test_the_administrator_sees_accounts_and_no_content(browse: Callable[[], Page]) -> None:
    page = browse()
    as_one(page, ADMIN)
    expect(page.get_by_role("heading", name="新增账户")).to_be_visible()
    assert page.locator("[data-testid=stSidebarNavLink]").count() <= 1
    for path in PAGES:
        page.goto(path)
        expect(page.get_by_text("您的角色(系统管理员)不能进行这项操作")).to_be_visible(timeout=30_000)
        assert page.locator("[data-testid=stMain]").inner_text().strip().endswith("不能进行这项操作")


def test_the_case_keeper_reads_and_hands_out_but_decides_nothing(browse: Callable[[], Page]) -> None:
    page = browse()
    as_one(page, KEEPER, "/detect?query=shadow_company")
    grid = page.locator("[data-testid=stDataFrame]").first.bounding_box()
    assert grid is not None
    page.mouse.click(grid["x"] + 17, grid["y"] + 52)
    settle(page, 900)
    page.get_by_role("tab", name="研判", exact=True).click()
    expect(page.get_by_text("您的角色只能查看,不能处理。")).to_be_visible()
    assert page.get_by_role("button", name="保存处理").count() == 0
    visit(page, "/admin")
    expect(page.get_by_role("heading", name="案件分派")).to_be_visible()
    assert page.get_by_role("button", name="新增账户").count() == 0


def test_two_people_never_see_each_other_s_canvas_or_choice(browse: Callable[[], Page]) -> None:
    mine, others = browse(), browse()
    as_one(mine, HANDLER, "/search?q=程树民")
    mine.get_by_role("button", name="在图谱中打开").first.click()
    mine.wait_for_url(re.compile(r"canvas=\d+"))
    settle(mine, 800)
    address = mine.url
    as_one(others, OTHER, "/graph")
    settle(others)
    assert "程树民" not in others.locator("[data-testid=stMain]").inner_text()
    visit(others, address.partition("://")[2].partition("/")[2].join(("/", "")))
    assert "程树民" not in others.locator("[data-testid=stMain]").inner_text()
    assert others.url != address
    mine.goto(address)
    settle(mine, 800)
    expect(mine.get_by_text("程树民").first).to_be_visible()


def test_the_second_person_is_the_one_who_is_logged_in(browse: Callable[[], Page]) -> None:
    first, second = browse(), browse()
    # The journeys decide on hits of dead_or_double_benefit in this same workspace.
    address = "/detect?query=common_control_bids"

    def open_hit(page: Page, name: str) -> None:
        as_one(page, name, address)
        grid = page.locator("[data-testid=stDataFrame]").first.bounding_box()
        assert grid is not None
        page.mouse.click(grid["x"] + 17, grid["y"] + 52)
        settle(page, 900)
        page.get_by_role("tab", name="研判", exact=True).click()

    open_hit(first, HANDLER)
    first.get_by_test_id("stRadio").get_by_text("排除", exact=True).click()
    settle(first, 500)
    first.get_by_role("button", name="保存处理").click()
    settle(first, 900)
    expect(first.get_by_text("待第二人确认").first).to_be_visible()
    assert first.get_by_role("button", name="确认生效").count() == 0
    open_hit(second, HEAD)
    assert second.get_by_label("确认人姓名(不能是提出人)").count() == 0
    second.get_by_role("button", name="确认生效").click()
    settle(second, 900)
    second.get_by_role("tab", name="研判", exact=True).click()
    expect(second.get_by_text("当前状态:排除")).to_be_visible()


def test_a_closed_account_is_out_at_its_next_click(browse: Callable[[], Page], guarded: Served) -> None:
    page = browse()
    as_one(page, OTHER)
    workspace = guarded.workspace
    assert shenwa(workspace, "users", "disable", OTHER).returncode == 0
    page.get_by_text("English", exact=True).click()
    expect(page.locator("a.sw-login")).to_be_visible(timeout=15_000)
    assert shenwa(workspace, "users", "disable", OTHER, "--undo").returncode == 0
