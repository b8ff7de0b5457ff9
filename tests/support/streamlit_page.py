"""Reading and using a Streamlit page in a browser, the way a person does.

Streamlit redraws a page piece by piece. These helpers wait until it has finished, so that a test neither sleeps nor
looks too early.
"""

from __future__ import annotations

from urllib.parse import urlencode

from playwright.sync_api import FrameLocator, Locator, Page, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

SETTLE_MS = 30_000
QUIET_MS = 300
"""How long a page must stay finished to count as settled: a rerun asked for a moment ago may not have begun yet."""

_BEGIN = """
() => {
  window.__finishedSince = undefined;
  if (document.getElementById('lay-out-all')) return;
  const style = document.createElement('style');
  style.id = 'lay-out-all';
  style.textContent = '.atlas .scroll { content-visibility: visible !important; }';
  document.head.append(style);
}
"""

_SETTLED = """
quiet => {
  const app = document.querySelector('[data-testid="stApp"]');
  const unfinished = '[data-testid="stSkeleton"], [data-stale="true"]';
  const finished = app
    && app.dataset.testConnectionState === 'CONNECTED'
    && app.dataset.testScriptState === 'notRunning'
    && !document.querySelector(unfinished);
  if (!finished) { window.__finishedSince = undefined; return false; }
  window.__finishedSince ??= performance.now();
  return performance.now() - window.__finishedSince >= quiet;
}
"""


class NotSettled(AssertionError):
    """The page was still working after the time allowed, or Streamlit said that there is no such page."""


def settle(page: Page, *, quiet_ms: int = QUIET_MS, timeout_ms: int = SETTLE_MS) -> None:
    """Wait until the page's script has run and everything it drew is in place. Raises NotSettled otherwise.

    Tables that are not in view are laid out too from then on: till then a browser gives none of their text as a
    reader's. A reader scrolls.
    """
    page.evaluate(_BEGIN)
    try:
        page.wait_for_function(_SETTLED, arg=quiet_ms, polling=50, timeout=timeout_ms)
    except PlaywrightTimeout as error:
        raise NotSettled(f"{page.url} was still working after {timeout_ms / 1000:.0f} s") from error


def visit(page: Page, url: str, address: str = "", **query: str) -> None:
    """Open a page and wait for it: `visit(page, app_url, "borough_map", borough="Camden")`.

    address: the page's own address, without a slash; empty for the first page.
    query: what stands after the question mark (labels, as readers see them).

    Raises NotSettled when Streamlit answers that there is no such page: it then shows another page under a notice.
    """
    page.goto(f"{url}/{address}" + (f"?{urlencode(query)}" if query else ""))
    settle(page)
    if page.get_by_role("dialog").filter(has_text="Page not found").count():
        raise NotSettled(f"Streamlit says that there is no page {page.url}")


def pick(page: Page, label: str, option: str) -> None:
    """Choose an option in the select box with that label, and wait. Raises NotSettled where the box stays as it was.

    A list closes without a choice where the page is drawn anew under it; then, as a person would, it is opened again.
    """
    box = page.get_by_role("combobox", name=label, exact=True)
    before = box.input_value()
    for _ in range(2):
        _choose(page, box, option)
        if not box.count() or box.input_value() != before or before == option:
            return
    raise NotSettled(f"{page.url}: {label} still shows “{before}” after {option} was chosen twice")


def _choose(page: Page, box: Locator, option: str) -> None:
    choice = page.get_by_role("option", name=option, exact=True)
    box.click()
    if not choice.count():
        box.fill(option)  # of a long list only the part in view is drawn
    choice.click()
    settle(page)


def picked(page: Page, label: str) -> str:
    """What the select box with that label shows."""
    return page.get_by_role("combobox", name=label, exact=True).input_value()


def press(page: Page, name: str) -> None:
    """Press the button with that name, and wait."""
    page.get_by_role("button", name=name, exact=True).click()
    settle(page)


def go_to(page: Page, title: str) -> None:
    """Follow the link with that title at the side, and wait."""
    page.get_by_test_id("stSidebar").get_by_role("link", name=title, exact=True).click()
    settle(page)


def main_text(page: Page) -> str:
    """All the text of the page beside the navigation, as a reader sees it."""
    return page.get_by_test_id("stMain").inner_text()


def table_rows(table: Locator) -> list[list[str]]:
    """The cells of a real table, headings first, as a reader sees them."""
    expect(table).to_be_visible()
    return table.evaluate("t => [...t.rows].map(row => [...row.cells].map(cell => cell.innerText.trim()))")


def map_frame(page: Page) -> FrameLocator:
    """The frame that holds the map."""
    return page.frame_locator('iframe[title^="streamlit_folium"]')
