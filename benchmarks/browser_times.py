"""The map page against an empty Streamlit page, and from a click on an area to its panel, in a real browser."""

from __future__ import annotations

import time
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, expect

from geo.names import borough_names
from tests.support.streamlit_page import map_frame, settle

AREAS = 33
HOLD_MS = 60_000

FIRST = """
const look = () => {
  const documents = [window, ...Array.from(window.frames)].map(one => one.document);
  if (documents.some(document => document.body && (CONDITION))) {
    setTimeout(() => { window.__first = performance.now(); }, 0);
  } else {
    requestAnimationFrame(look);
  }
};
if (window === window.top) requestAnimationFrame(look);
"""

WATCH = """
() => {
  window.__answers = [];
  const panel = () => [...document.querySelectorAll('.atlas h2')].map(h => h.textContent);
  new MutationObserver(() => {
    if (window.__clicked && panel().includes(window.__clicked.name)) {
      const panel = performance.timeOrigin + performance.now() - window.__clicked.at;
      window.__answers.push({...window.__clicked, panel});
      window.__clicked = null;
    }
  }).observe(document.body, {childList: true, subtree: true, characterData: true});
}
"""

LISTEN = """
names => {
  window.__mounted = true;
  document.addEventListener('click', event => {
    const path = event.target.closest('path.area');
    if (!path) return;
    const at = performance.timeOrigin + performance.now();
    const clicked = {name: names[path.dataset.gss], at, marked: null};
    window.parent.__clicked = clicked;
    requestAnimationFrame(() => {
      const is_marked = path.getAttribute('aria-pressed') === 'true';
      clicked.marked = is_marked ? performance.timeOrigin + performance.now() - at : null;
    });
  }, true);
}
"""


@dataclass(frozen=True)
class Clicks:
    """Milliseconds from click to panel and to the mark on the map, how many clicks had no answer, and whether the
    frame of the map was mounted anew."""

    panel_ms: list[float]
    marked_ms: list[float]
    lost: int
    remounted: bool


def first_text(browser: Browser, url: str) -> float:
    """Seconds from the address to the text of the empty page, in a browser without a cache."""
    return first_seen(browser, url, "document.body.textContent.includes('Empty page')")


def first_map(browser: Browser, url: str, area: str = "path.area") -> float:
    """Seconds from the address to all 33 areas drawn, in a browser without a cache. area: what an area is in CSS."""
    return first_seen(browser, url, f"document.querySelectorAll('{area}').length === {AREAS}")


def first_seen(browser: Browser, url: str, condition: str) -> float:
    """Seconds from the address to the first frame drawn in which `condition`, JavaScript, is true in the page or in a
    frame of it. The page itself takes the time: a look from outside now and then would add up to a second."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    try:
        context.add_init_script(FIRST.replace("CONDITION", condition))
        page = context.new_page()
        page.goto(url, wait_until="commit")
        return page.wait_for_function("window.__first", timeout=HOLD_MS).json_value() / 1000
    finally:
        context.close()


def clicks(browser: Browser, url: str, rounds: int) -> Clicks:
    """Click `rounds` different areas, one after the other, each when the last answer stands."""
    names = dict(borough_names())
    codes = sorted(names)
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    try:
        page.goto(f"{url}/borough_map")
        settle(page)
        frame = map_frame(page)
        expect(frame.locator("path.area")).to_have_count(AREAS, timeout=HOLD_MS)
        page.evaluate(WATCH)
        inner = page.query_selector('iframe[title^="streamlit_folium"]').content_frame()
        inner.evaluate(LISTEN, names)
        for code in codes[:rounds]:
            _click_inside(page, code)
        answers = page.evaluate("window.__answers")
        remounted = not inner.evaluate("window.__mounted === true")
    finally:
        page.close()
    return Clicks(
        [answer["panel"] for answer in answers],
        [answer["marked"] for answer in answers if answer["marked"] is not None],
        rounds - len(answers),
        remounted,
    )


def _click_inside(page: Page, code: str) -> None:
    """Click a point that lies inside the area, whatever its shape, and wait for the panel or for three seconds."""
    area = map_frame(page).locator(f'path.area[data-gss="{code}"]')
    before = page.evaluate("window.__answers.length")
    area.dispatch_event("click", {"bubbles": True, "cancelable": True})
    deadline = time.perf_counter() + 3
    while page.evaluate("window.__answers.length") == before and time.perf_counter() < deadline:
        page.wait_for_timeout(10)
    settle(page)
