"""What every journey does on a Streamlit page: wait until it is at rest, look into the canvas."""

from typing import Any

from playwright.sync_api import Page

AT_REST = '[data-testid="stApp"][data-test-script-state="notRunning"]'

# The canvas lies in a shadow root: the board hangs on its outermost element.
_BOARD = """
const boards = [];
const walk = (root) => root.querySelectorAll('*').forEach((one) => {
  if (one.shadowRoot) walk(one.shadowRoot);
  if (one.board) boards.push(one.board);
});
walk(document);
const board = boards[0];
"""
_ELEMENTS = (
    _BOARD
    + """
if (!board) return null;
const cy = board.core;
return {
  nodes: cy.nodes().map((one) => ({ id: one.id(), name: one.data('name'), type: one.data('type'),
    x: one.position('x'), y: one.position('y'), shown: one.visible() })),
  edges: cy.edges().map((one) => ({ id: one.id(), type: one.data('type'), shown: one.visible(),
    source: one.source().id(), target: one.target().id() })),
};
"""
)
_AT = (
    _BOARD
    + """
const node = board.core.getElementById(id);
const box = board.core.container().getBoundingClientRect();
const at = node.renderedPosition();
return { x: box.left + at.x, y: box.top + at.y };
"""
)


def settle(page: Page, pause: int = 400) -> None:
    """Wait until the page's script is at rest."""
    page.wait_for_timeout(pause)
    page.wait_for_selector(AT_REST, timeout=30_000)
    page.wait_for_timeout(150)


def visit(page: Page, address: str) -> None:
    """Open an address and wait until the page is at rest."""
    page.goto(address)
    page.wait_for_selector('[data-testid="stHeading"]', timeout=30_000)
    settle(page)


def elements(page: Page) -> dict[str, list[dict[str, Any]]]:
    """Return what is on the canvas, once there is one."""
    page.wait_for_function(f"() => {{ {_ELEMENTS} }}", timeout=20_000)
    found: dict[str, list[dict[str, Any]]] = page.evaluate(f"() => {{ {_ELEMENTS} }}")
    return found


def place(page: Page, id_: str) -> tuple[float, float]:
    """Return where a node is drawn in the window, once the canvas has come to rest: a busy machine lays out late."""
    elements(page)
    at = before = None
    while at is None or at != before:
        before = at
        page.wait_for_timeout(250)
        at = page.evaluate(f"(id) => {{ {_AT} }}", id_)
    return at["x"], at["y"]


def positions(page: Page) -> dict[str, tuple[float, float]]:
    """Return where every node stands, in the canvas's own units."""
    return {one["id"]: (one["x"], one["y"]) for one in elements(page)["nodes"]}
