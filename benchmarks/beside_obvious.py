"""Our map page against the obvious one (`obvious_map.py`), in pairs: the first map, cold, and from click to panel."""

from __future__ import annotations

import shutil
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Frame, Page, expect

from benchmarks.browser_times import AREAS, HOLD_MS, first_map
from benchmarks.report import Line
from geo.names import borough_names
from tests.support.server import running_server
from tests.support.streamlit_page import map_frame, settle
from warehouse.edition import live_edition
from warehouse.schema.layout import EVERYONE, ROOT, audience_file

LOST_AFTER_S = 3
OBVIOUS_AREA = "path.leaflet-interactive"

WATCH = """
selector => {
  window.__panel = null;
  new MutationObserver(() => {
    const clicked = window.__clicked;
    if (clicked && [...document.querySelectorAll(selector)].some(one => one.textContent === clicked.name)) {
      window.__panel = performance.timeOrigin + performance.now() - clicked.at;
      window.__clicked = null;
    }
  }).observe(document.body, {childList: true, subtree: true, characterData: true});
}
"""

CLICK = """
([selector, place, name]) => {
  const path = document.querySelectorAll(selector)[place];
  const box = path.getBoundingClientRect();
  const where = {clientX: box.x + box.width / 2, clientY: box.y + box.height / 2};
  window.parent.__panel = null;
  window.parent.__clicked = {name, at: performance.timeOrigin + performance.now()};
  path.dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true, view: window, ...where}));
}
"""


@dataclass(frozen=True)
class MapPage:
    """One of the two pages: where its areas are drawn in the frame of the map, and where the panel names the area."""

    page: Page
    area: str
    heading: str

    def click(self, place: int, name: str) -> float | None:
        """Milliseconds from the click on the area at this place to its name in the panel; None where it was lost."""
        self._frame().evaluate(CLICK, [self.area, place, name])
        deadline = time.perf_counter() + LOST_AFTER_S
        while time.perf_counter() < deadline:
            panel = self.page.evaluate("window.__panel")
            if panel is not None:
                break
            self.page.wait_for_timeout(20)
        settle(self.page)
        expect(map_frame(self.page).locator(self.area)).to_have_count(AREAS, timeout=HOLD_MS)
        return panel

    def _frame(self) -> Frame:
        # Looked for each time: a map that is mounted anew has another frame.
        return self.page.query_selector('iframe[title^="streamlit_folium"]').content_frame()


def obvious_lines(browser: Browser, folder: Path, warehouse: Path, rounds: int, clicked: int) -> Iterator[Line]:
    """Open both pages in turn, `rounds` times, in a browser without a cache; then click `clicked` areas on both."""
    script = _stand_alone(folder / "obvious")
    database = audience_file(live_edition(warehouse).folder, EVERYONE)
    env = {
        "OBVIOUS_OUTLINES": str(ROOT / "data" / "reference" / "london_boroughs.geojson"),
        "OBVIOUS_DATABASE": str(database),
    }
    with (
        running_server("app.py", folder / "ours.log", warehouse=warehouse) as ours,
        running_server(script, folder / "obvious.log", env=env) as obvious,
    ):
        page = f"{ours.url}/borough_map"
        first_map(browser, page), first_map(browser, obvious.url, OBVIOUS_AREA)  # both servers warm
        pairs = [(first_map(browser, page), first_map(browser, obvious.url, OBVIOUS_AREA)) for _ in range(rounds)]
        yield Line(None, f"first map, ours / obvious  {_ratio(pairs)}")
        panels = _click_both(browser, page, obvious.url, clicked)
    answered = [(mine / 1000, other / 1000) for mine, other in panels if mine is not None and other is not None]
    yield Line(None, f"click to panel, ours / obvious  {_ratio(answered)}")
    lost = [sum(one[place] is None for one in panels) for place in (0, 1)]
    yield Line(None, f"clicks lost                ours {lost[0]}, obvious {lost[1]}, of {clicked}")


def _stand_alone(folder: Path) -> Path:
    """The obvious page in a folder of its own, with the same Leaflet beside it."""
    folder.mkdir(parents=True)
    shutil.copytree(ROOT / "static", folder / "static")
    return Path(shutil.copy(ROOT / "benchmarks" / "obvious_map.py", folder / "obvious_map.py"))


def _click_both(browser: Browser, ours: str, obvious: str, clicked: int) -> list[tuple[float | None, float | None]]:
    pages = []
    for url, area, heading in (
        (ours, "path.area", ".atlas h2"),
        (obvious, OBVIOUS_AREA, '[data-testid="stMain"] h3'),
    ):
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(url)
        settle(page)
        expect(map_frame(page).locator(area)).to_have_count(AREAS, timeout=HOLD_MS)
        page.evaluate(WATCH, heading)
        pages.append(MapPage(page, area, heading))
    # Both draw the areas in the order of the file, which is that of their codes.
    names = [name for _, name in sorted(borough_names().items())][:clicked]
    found = [tuple(page.click(place, name) for page in pages) for place, name in enumerate(names)]
    for page in pages:
        page.page.close()
    return found


def _ratio(pairs: list[tuple[float, float]]) -> str:
    if not pairs:
        return "no pair was answered"
    ratio = statistics.median(mine / other for mine, other in pairs)
    mine, other = (statistics.median(column) for column in zip(*pairs, strict=True))
    return f"{ratio:.2f}   ({mine:.2f} s / {other:.2f} s)"
