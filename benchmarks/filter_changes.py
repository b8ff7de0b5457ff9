"""How long a page takes to answer a changed filter, in a real browser against a warm server.

From the click on an option to the moment its answer stands: the script has ended, the last change of the page's text
is made, and the browser has drawn a frame after it. Nothing is taken off for Streamlit's own part. Beside it stands
what the server took: from the message that asks to the last byte of the answer.

The filters are those that the page offers: every select box in turn, each time another of the options in its list.
Then the same way back, to choices that were asked for before.
"""

from __future__ import annotations

import random
import time
from dataclasses import dataclass

from playwright.sync_api import Browser, Page

from benchmarks.process import cpu_ms
from tests.support.streamlit_page import settle

FORWARD = 12
"""Changes on the way out, none asked for before in this page's visit. The way back is nearly as long."""
LONGEST_S = 30
QUIET_MS = 400
"""How long nothing may change before the answer counts as whole. It is not part of the time."""
LOOK_EVERY_MS = 100

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
  const changed = () => { window.__changed = performance.now(); drawn(); };
  new MutationObserver(changed).observe(app, {childList: true, subtree: true, characterData: true});
  new MutationObserver(changed).observe(app, {attributeFilter: ['data-test-script-state']});
  document.addEventListener('click', event => {
    if (!event.target.closest('[role="option"]')) return;
    window.__clicked = event.timeStamp;
    window.__changed = window.__drawn = null;
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

BOXES = """
() => [...document.querySelectorAll('[data-testid="stMain"] [data-testid="stSelectbox"] input')]
  .map(input => ({label: input.getAttribute('aria-label'), chosen: input.value}))
"""


class NoAnswer(RuntimeError):
    """A page did not answer a changed filter. The message says which page, filter and choice."""


@dataclass(frozen=True)
class Change:
    """One choice: the label of the select box, and the option; before it, what was chosen ('' where nothing was)."""

    label: str
    option: str
    before: str


@dataclass(frozen=True)
class Answer:
    """One answered change: milliseconds until it stands in the browser, and of the server; milliseconds of processor
    that the server used, where that is known; bytes sent; whether the same view was asked for before."""

    change: Change
    answer_ms: float
    server_ms: float
    server_cpu_ms: float | None
    size: int
    is_repeated: bool


def answers(browser: Browser, address: str, server: int, chance: random.Random, forward: int = FORWARD) -> list[Answer]:
    """Open `address` and make one change after the other, each when the last answer stands. `server`: its process.

    A page that offers no filter gives none.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    try:
        page = context.new_page()
        page.add_init_script(SOCKET)
        page.goto(address)
        settle(page)
        page.evaluate(WATCH)
        seen = {page.url}
        made: list[Change] = []
        found: list[Answer] = []
        for number in range(forward):
            boxes = page.evaluate(BOXES)
            if not boxes:
                break
            box = boxes[number % len(boxes)]
            options = _other_options(page, box["label"])
            if not options:
                raise NoAnswer(f"{page.url}: {box['label']} offers no other option.")
            change = Change(box["label"], chance.choice(options), box["chosen"])
            found.append(_answer(page, change, server, seen))
            made.append(change)
        for change in reversed(made):
            chosen = {box["label"]: box["chosen"] for box in page.evaluate(BOXES)}
            # A box may be gone, or stand there already, since one box decides what another offers.
            if change.before and chosen.get(change.label, change.before) != change.before:
                back = Change(change.label, change.before, chosen[change.label])
                if back.option in _other_options(page, back.label):
                    found.append(_answer(page, back, server, seen))
        return found
    finally:
        context.close()


def _box(page: Page, label: str) -> object:
    return page.get_by_test_id("stMain").get_by_role("combobox", name=label, exact=True)


def _other_options(page: Page, label: str) -> list[str]:
    """The options that are offered and not chosen. Of a long list only the first are drawn, and so given here."""
    box = _box(page, label)
    box.scroll_into_view_if_needed()  # a list closes when the page scrolls under it
    page.wait_for_timeout(LOOK_EVERY_MS)
    box.click()
    options = page.get_by_role("option")
    options.first.wait_for()
    offered = options.evaluate_all(
        "all => all.filter(one => one.getAttribute('aria-selected') !== 'true').map(one => one.innerText.trim())"
    )
    page.keyboard.press("Escape")
    return offered


def _answer(page: Page, change: Change, server: int, seen: set[str]) -> Answer:
    box = _box(page, change.label)
    box.click()
    box.fill(change.option)  # of a long list only the part in view is drawn
    option = page.get_by_role("option", name=change.option, exact=True)
    option.wait_for()
    used = cpu_ms(server)
    option.click()
    deadline = time.perf_counter() + LONGEST_S
    while time.perf_counter() < deadline:
        if got := page.evaluate(ANSWERED, QUIET_MS):
            used = None if used is None else cpu_ms(server) - used
            is_repeated = page.url in seen
            seen.add(page.url)
            return Answer(change, got["answer_ms"], got["server_ms"], used, got["bytes"], is_repeated)
        page.wait_for_timeout(LOOK_EVERY_MS)
    raise NoAnswer(f"{page.url} did not answer within {LONGEST_S} s: {change.label} = {change.option}")
