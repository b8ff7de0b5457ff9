"""The map in a real browser: one behaviour at a time, on a page that holds little else."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Frame, Locator, Page, expect

from geo.names import borough_names
from tests.support.axe import grave_findings
from tests.support.paths import ROOT
from tests.support.server import running_server
from tests.support.streamlit_page import map_frame, pick, settle

CODES = {name: code for code, name in borough_names().items()}
FIVE = ["Camden", "Bromley", "City of London", "Havering", "Richmond upon Thames"]


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of the small page. Streamlit serves the static folder beside the script, so the page moves to one."""
    folder = tmp_path_factory.mktemp("map_slice")
    script = Path(shutil.copy(ROOT / "tests/browser/apps/map_slice_app.py", folder))
    shutil.copytree(ROOT / "static", folder / "static")
    with running_server(script, folder / "server.log") as server:
        yield server.url


@pytest.fixture
def open_map(page: Page, url: str):
    """Open the page with what stands behind the question mark, wait for the map, and mark its frame."""

    def start(query: str = "") -> Page:
        page.goto(f"{url}/{query}")
        expect(areas(page)).to_have_count(33, timeout=30_000)  # a fresh server has everything to load
        settle(page)
        frame_of(page).evaluate("() => { window.mark = 'the first one'; }")
        return page

    return start


def areas(page: Page) -> Locator:
    return map_frame(page).locator("path.area")


def area(page: Page, name: str) -> Locator:
    return map_frame(page).locator(f'path.area[data-gss="{CODES[name]}"]')


def frame_of(page: Page) -> Frame:
    return next(frame for frame in page.frames if "streamlit_folium" in frame.url)


def panel(page: Page) -> Locator:
    return page.locator("#panel")


def history(page: Page) -> list[str]:
    return [name for name in page.locator("#history").inner_text().split(", ") if name]


def focused(page: Page) -> str:
    """The name of the area that has the focus, or an empty string."""
    label = frame_of(page).evaluate("() => document.activeElement.getAttribute('aria-label') || ''")
    return label.partition(":")[0]


def assert_same_frame(page: Page) -> None:
    assert frame_of(page).evaluate("() => window.mark") == "the first one", "the map was mounted anew"


def test_33_areas_with_name_and_words_are_drawn(open_map):
    page = open_map()
    labels = areas(page).evaluate_all("paths => paths.map(path => path.getAttribute('aria-label'))")
    assert sorted(label.partition(":")[0] for label in labels) == sorted(CODES)
    expect(area(page, "Camden")).to_have_attribute("aria-label", "Camden: 6 people trained")
    sizes = areas(page).evaluate_all("paths => paths.map(path => path.getBoundingClientRect().width)")
    assert min(sizes) > 5


def test_opening_the_map_costs_one_run(open_map):
    page = open_map()
    page.wait_for_timeout(600)  # the component's pause before it reports, twice
    assert page.locator("#runs").inner_text() == "1"


def test_each_absence_has_its_pattern_on_map_and_legend(open_map):
    page = open_map()
    fills = frame_of(page).evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('path.area')].map(path => {
            const fill = path.getAttribute('fill');
            const pattern = fill.startsWith('url(#') && document.getElementById(fill.slice(5, -1));
            return [path.getAttribute('aria-label').split(': ')[1], pattern ? pattern.innerHTML : fill];
        }))"""
    )
    marks = {
        "not reported": "M0,8l8,-8",
        "not named in any document": "M0,0l8,8",
        "withheld": "<circle",
        "not asked": "#FFFFFF",
    }
    for words, mark in marks.items():
        assert mark in fills[words], words
        expect(page.locator(".atlas-legend li", has_text=words)).to_have_text(f"{words} 2 areas")
    assert "<path" not in fills["not asked"]
    assert fills["0 people trained"] == "#D4E4F2"


def test_a_pattern_is_painted(open_map, tmp_path):
    """Not only defined: an area with a hatch shows more than one colour."""
    page = open_map()
    painted = {}
    for words in ("not reported", "withheld", "not asked"):
        shape = map_frame(page).locator(f'path.area[aria-label$=": {words}"]').first
        middle = shape.evaluate(
            "path => { const b = path.getBBox(), m = path.getScreenCTM(); "
            "const at = new DOMPoint(b.x + b.width / 2, b.y + b.height / 2).matrixTransform(m); return [at.x, at.y]; }"
        )
        corner = page.locator('iframe[title^="streamlit_folium"]').bounding_box()
        clip = {"x": corner["x"] + middle[0] - 6, "y": corner["y"] + middle[1] - 6, "width": 13, "height": 13}
        page.screenshot(path=tmp_path / "clip.png", clip=clip)
        painted[words] = len(Image.open(tmp_path / "clip.png").convert("L").getcolors())
    assert painted["not asked"] == 1
    assert painted["not reported"] > 1
    assert painted["withheld"] > 1


def test_a_click_on_each_of_five_areas_opens_its_panel(open_map):
    page = open_map()
    for name in FIVE:
        area(page, name).click()
        expect(area(page, name)).to_have_attribute("aria-pressed", "true", timeout=100)
        expect(panel(page)).to_have_text(name)
    assert history(page) == FIVE
    assert map_frame(page).locator("path.area[aria-pressed=true]").count() == 1
    assert_same_frame(page)


def test_the_picked_area_alone_has_a_heavy_black_outline(open_map):
    page = open_map()
    heavy = (
        "() => [...document.querySelectorAll('path[stroke=\"#0b0c0c\"]')].map(path => path.getAttribute('d').length)"
    )
    assert max(frame_of(page).evaluate(heavy)) < 10, "nothing is outlined before a pick"
    area(page, "Camden").click()
    outlined = [length for length in frame_of(page).evaluate(heavy) if length > 10]
    assert outlined == [area(page, "Camden").evaluate("path => path.getAttribute('d').length")]


def test_the_same_area_clicked_twice_is_two_picks(open_map):
    page = open_map()
    for count in (1, 2):
        area(page, "Camden").click()
        expect(page.locator("#history")).to_have_text(", ".join(["Camden"] * count))


def test_quick_clicks_are_all_marked_and_the_last_one_wins(open_map):
    page = open_map()
    for name in FIVE * 2:
        area(page, name).click(no_wait_after=True)
        assert area(page, name).get_attribute("aria-pressed") == "true"
    expect(panel(page)).to_have_text(FIVE[-1])
    settle(page)
    assert history(page)[-1] == FIVE[-1]
    expect(area(page, FIVE[-1])).to_have_attribute("aria-pressed", "true")
    assert_same_frame(page)


def test_a_late_answer_does_not_take_back_a_later_click(open_map):
    page = open_map("?slow=1")
    frame_of(page).evaluate(
        """() => {
            window.seen = [];
            setInterval(() => {
                const now = document.querySelector('path.area[aria-pressed=true]')?.dataset.gss ?? 'none';
                if (window.seen.at(-1) !== now) { window.seen.push(now); }
            }, 5);
        }"""
    )
    area(page, "Camden").click()
    page.wait_for_timeout(650)  # Camden's run has begun, and its answer is on the way
    area(page, "Bromley").click()
    expect(panel(page)).to_have_text("Bromley")
    settle(page)
    assert frame_of(page).evaluate("() => window.seen") == ["none", CODES["Camden"], CODES["Bromley"]]


def test_a_click_reaches_the_panel_without_the_components_pause(open_map):
    """The quickest of ten, so that a busy machine does not matter: the pause alone is 250 ms."""
    page = open_map()
    took = page.evaluate(
        """async codes => {
            const map = document.querySelector('iframe[title^="streamlit_folium"]').contentDocument;
            const took = [];
            for (const [name, code] of [...codes, ...codes]) {
                const begun = performance.now();
                map.querySelector(`[data-gss="${code}"]`).dispatchEvent(new MouseEvent('click', {bubbles: true}));
                while (document.getElementById('panel')?.textContent !== name) {
                    await new Promise(requestAnimationFrame);
                }
                took.push(performance.now() - begun);
                await new Promise(done => setTimeout(done, 300));
            }
            return took;
        }""",
        [[name, CODES[name]] for name in FIVE],
    )
    assert min(took) < 240, took


def test_moving_and_zooming_the_map_picks_nothing_and_costs_no_run(open_map):
    page = open_map()
    box = page.locator('iframe[title^="streamlit_folium"]').bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    for step in (x - 80, x + 80):  # from area to area, and back
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(step, y + 20, steps=5)
        page.mouse.up()
    map_frame(page).get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(900)
    assert page.locator("#runs").inner_text() == "1"
    assert history(page) == []


def test_the_select_box_marks_the_area_without_a_new_map(open_map):
    page = open_map()
    area(page, "Camden").click()
    expect(panel(page)).to_have_text("Camden")
    pick(page, "Borough", "Croydon")
    expect(area(page, "Croydon")).to_have_attribute("aria-pressed", "true")
    expect(area(page, "Camden")).to_have_attribute("aria-pressed", "false")
    assert_same_frame(page)


def test_the_keyboard_does_all_that_a_click_does(open_map):
    page = open_map()
    page.get_by_role("combobox", name="Borough").focus()
    page.keyboard.press("Tab")
    assert focused(page) == "Barking and Dagenham", "one step from the select box into the map"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert focused(page) == "Waltham Forest"
    for key in ("Enter", "Space"):
        page.keyboard.press(key)
        expect(panel(page)).to_have_text("Waltham Forest")
        settle(page)
        assert focused(page) == "Waltham Forest", "the focus stays where it was"
    assert history(page) == ["Waltham Forest"] * 2
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.tagName") != "IFRAME", "the map is one tab stop"
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "Waltham Forest"
    assert_same_frame(page)


def test_the_focus_is_seen(open_map):
    page = open_map()
    ring = map_frame(page).locator('path[stroke="#ffdd00"]')
    assert len(ring.get_attribute("d")) < 10
    page.get_by_role("combobox", name="Borough").focus()
    page.keyboard.press("Tab")
    shape = map_frame(page).locator("path.area:focus").get_attribute("d")
    assert ring.get_attribute("d") == shape
    page.keyboard.press("ArrowRight")
    assert focused(page) == "Havering"
    assert ring.get_attribute("d") == area(page, "Havering").get_attribute("d") != shape
    page.keyboard.press("Tab")
    assert len(ring.get_attribute("d")) < 10


def test_arrow_keys_do_not_scroll_the_page(open_map, page):
    page.set_viewport_size({"width": 1280, "height": 500})
    page = open_map()
    area(page, "Havering").focus()
    before = page.get_by_test_id("stMain").evaluate("main => main.scrollTop")
    page.keyboard.press("ArrowRight")  # nothing lies east of Havering
    page.keyboard.press("ArrowDown")
    assert page.get_by_test_id("stMain").evaluate("main => main.scrollTop") == before


@pytest.mark.parametrize("query", ["", "?data=ranks"])
def test_axe_finds_nothing_serious_in_any_frame(open_map, query):
    page = open_map(query)
    area(page, "Camden").click()
    expect(panel(page)).to_have_text("Camden")
    settle(page)
    assert grave_findings(page) == []


def test_hostile_words_are_shown_and_do_nothing(open_map):
    page = open_map("?data=hostile")
    area(page, "Camden").hover()
    tooltip = map_frame(page).locator(".leaflet-tooltip")
    for text in (tooltip.inner_text(), page.locator(".atlas-legend li").inner_text()):
        assert "<img src=x onerror=top.ran=1>" in text
        assert "${top.ran=4} `+(top.ran=5)+` {{7*7}} {% raw %} {# x #} \\" in text
    area(page, "Camden").click()
    expect(panel(page)).to_have_text("Camden")
    for frame in page.frames:
        assert frame.evaluate("() => window.ran") is None
        assert frame.locator('img[src="x"]').count() == 0


def test_the_map_is_drawn_whole_on_a_phone(open_map, page):
    page.set_viewport_size({"width": 390, "height": 844})
    page = open_map()
    box = page.locator('iframe[title^="streamlit_folium"]').bounding_box()
    assert 300 < box["width"] <= 390
    assert 200 < box["height"] < 320, "no taller than London needs"
    edges = areas(page).evaluate_all(
        """paths => paths.map(path => path.getBoundingClientRect()).reduce((all, one) => [Math.min(all[0], one.left),
            Math.min(all[1], one.top), Math.max(all[2], one.right), Math.max(all[3], one.bottom)], [9e9, 9e9, 0, 0])"""
    )
    assert edges[0] >= 0
    assert edges[1] >= 0
    assert edges[2] <= box["width"]
    assert edges[3] <= box["height"]
    assert edges[2] - edges[0] > 0.85 * box["width"], "London fills the frame"


def test_the_map_fits_itself_to_a_new_width(open_map):
    page = open_map()
    wide = areas(page).first.evaluate("path => path.getBoundingClientRect().width")
    page.set_viewport_size({"width": 600, "height": 800})
    page.wait_for_function(
        """wide => document.querySelector('iframe[title^="streamlit_folium"]').contentDocument
            .querySelector('path.area').getBoundingClientRect().width < wide * 0.95""",
        arg=wide,
    )
    assert_same_frame(page)
