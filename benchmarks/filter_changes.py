"""How long a page takes to answer a changed filter, in a real browser against a warm server.

From the click on an option to the moment its answer stands: the script has ended, the last change of the page's text
is made, and the browser has drawn a frame after it. Nothing is taken off for Streamlit's own part. Beside it stands
what the server took: from the message that asks to the last byte of the answer.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from tests.support.streamlit_page import settle

LONGEST_S = 30
QUIET_MS = 400
"""How long nothing may change before the answer counts as whole. It is not part of the time."""

SOCKET = """
(() => {
  const send = WebSocket.prototype.send;
  window.__wire = {asked: null, last: null, bytes: 0};
  WebSocket.prototype.send = function (data) {
    if (!this.__watched) {
      this.__watched = true;
      this.addEventListener('message', event => {
        window.__wire.last = performance.now();
        window.__wire.bytes += event.data.byteLength ?? event.data.size ?? event.data.length ?? 0;
      });
    }
    if (window.__wire.asked === null) window.__wire.asked = performance.now();
    return send.call(this, data);
  };
})();
"""

WATCH = """
() => {
  const app = document.querySelector('[data-testid="stApp"]');
  const drawn = () => requestAnimationFrame(() => setTimeout(() => { window.__drawn = performance.now(); }, 0));
  new MutationObserver(() => { window.__changed = performance.now(); drawn(); })
    .observe(app, {childList: true, subtree: true, characterData: true});
  new MutationObserver(() => { window.__changed = performance.now(); drawn(); })
    .observe(app, {attributeFilter: ['data-test-script-state']});
  document.addEventListener('click', event => {
    if (!event.target.closest('[role="option"]')) return;
    window.__clicked = event.timeStamp;
    window.__changed = window.__drawn = null;
    window.__ran = false;
    window.__wire.asked = window.__wire.last = null;
    window.__wire.bytes = 0;
  }, true);
}
"""

ANSWERED = """
quiet => {
  const app = document.querySelector('[data-testid="stApp"]');
  if (!window.__wire.last || app.dataset.testScriptState !== 'notRunning' || !window.__drawn) return null;
  if (window.__drawn < window.__changed) return null;
  const latest = Math.max(window.__drawn, window.__wire.last);
  if (performance.now() - latest < quiet) return null;
  return {
    answer_ms: window.__drawn - window.__clicked,
    server_ms: window.__wire.last - window.__wire.asked,
    bytes: window.__wire.bytes,
  };
}
"""


class NoAnswer(RuntimeError):
    """A page did not answer a changed filter. The message says which page, filter and choice."""


@dataclass(frozen=True)
class Change:
    """One choice: the label of the select box, and the option."""

    label: str
    option: str


@dataclass(frozen=True)
class Answer:
    """One answered change: milliseconds in the browser, of them on the server, and bytes sent; asked for before?"""

    change: Change
    answer_ms: float
    server_ms: float
    size: int
    is_repeated: bool


def answers(browser: Browser, address: str, changes: Iterable[Change]) -> list[Answer]:
    """Open `address` and make one change after the other, each when the last answer stands."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    try:
        page = context.new_page()
        page.add_init_script(SOCKET)
        page.goto(address)
        settle(page)
        page.evaluate(WATCH)
        seen: set[tuple[Change, ...]] = set()
        state: dict[str, Change] = {}
        found = []
        for change in changes:
            state[change.label] = change
            view = tuple(sorted(state.values(), key=lambda one: one.label))
            found.append(_answer(page, change, is_repeated=view in seen))
            seen.add(view)
        return found
    finally:
        context.close()


def _answer(page: Page, change: Change, *, is_repeated: bool) -> Answer:
    box = page.get_by_test_id("stMain").get_by_role("combobox", name=change.label, exact=True)
    box.click()
    box.fill(change.option)  # of a long list only the part in view is drawn
    page.get_by_role("option", name=change.option, exact=True).click()
    deadline = time.perf_counter() + LONGEST_S
    while time.perf_counter() < deadline:
        if got := page.evaluate(ANSWERED, QUIET_MS):
            return Answer(change, got["answer_ms"], got["server_ms"], got["bytes"], is_repeated)
        page.wait_for_timeout(25)
    raise NoAnswer(f"{page.url} did not answer within {LONGEST_S} s: {change.label} = {change.option}")
