"""The map in a real browser: one behaviour at a time, on a page that holds little else."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
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


def test_33_areas_with_name_and_words_are_drawn_in_one_run(open_map):
    page = open_map()
    labels = areas(page).evaluate_all("paths => paths.map(path => path.getAttribute('aria-label'))")
    assert sorted(label.partition(":")[0] for label in labels) == sorted(CODES)
    expect(area(page, "Camden")).to_have_attribute("aria-label", "Camden: 6 people trained")
    sizes = areas(page).evaluate_all("paths => paths.map(path => path.getBoundingClientRect().width)")
    assert min(sizes) > 5
    page.wait_for_timeout(600)  # twice the component's pause before it reports anything
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
    absences = {  # an area drawn so, what its pattern draws, and whether that shows in its middle
        "not reported": ("Sutton", "M0,8l8,-8", True),
        "not named in any document": ("Tower Hamlets", "M0,0l8,8", True),
        "withheld": ("Wandsworth", "<circle", True),
        "not asked": ("Waltham Forest", "#FFFFFF", False),
    }
    for words, (name, mark, shows) in absences.items():
        assert mark in fills[words]
        expect(page.locator(".atlas-legend li", has_text=words)).to_have_text(f"{words} 2 areas")
        expect(area(page, name)).to_have_attribute("aria-label", f"{name}: {words}")
        assert (greys_in_the_middle(page, name) > 1) == shows, words
    assert "<path" not in fills["not asked"]
    assert fills["0 people trained"] == "#D4E4F2"


def greys_in_the_middle(page: Page, name: str) -> int:
    """How many shades are painted in the middle of an area, not only defined for it."""
    frame = page.locator('iframe[title^="streamlit_folium"]').bounding_box()
    box = area(page, name).evaluate("path => path.getBoundingClientRect().toJSON()")
    x, y = frame["x"] + box["x"] + box["width"] / 2, frame["y"] + box["y"] + box["height"] / 2
    picture = page.screenshot(clip={"x": x - 5, "y": y - 5, "width": 10, "height": 10})
    return page.evaluate(
        """async png => {
            const image = new Image();
            image.src = 'data:image/png;base64,' + png;
            await image.decode();
            const canvas = Object.assign(document.createElement('canvas'), {width: 10, height: 10});
            const paper = canvas.getContext('2d');
            paper.drawImage(image, 0, 0);
            return new Set(paper.getImageData(0, 0, 10, 10).data.filter((_, place) => place % 4 === 0)).size;
        }""",
        base64.b64encode(picture).decode("ascii"),
    )


def test_a_click_on_each_of_five_areas_opens_its_panel(open_map):
    page = open_map()
    for name in FIVE:
        area(page, name).click()
        expect(area(page, name)).to_have_attribute("aria-pressed", "true", timeout=100)
        expect(panel(page)).to_have_text(name)
    assert history(page) == FIVE
    area(page, FIVE[-1]).click()
    expect(page.locator("#history")).to_have_text(", ".join([*FIVE, FIVE[-1]]))  # the same one again is a pick too
    assert_same_frame(page)


def test_the_picked_area_alone_is_outlined_whether_by_click_or_by_select_box(open_map):
    page = open_map()
    black = map_frame(page).locator('path[stroke="#0b0c0c"]')
    drawn = "paths => paths.map(path => path.getAttribute('d')).filter(line => line.length > 10)"
    assert black.evaluate_all(drawn) == [], "nothing is outlined before a pick"
    area(page, "Camden").click()
    assert black.evaluate_all(drawn) == [area(page, "Camden").get_attribute("d")]
    expect(panel(page)).to_have_text("Camden")
    pick(page, "Borough", "Croydon")
    expect(area(page, "Croydon")).to_have_attribute("aria-pressed", "true")
    assert black.evaluate_all(drawn) == [area(page, "Croydon").get_attribute("d")]
    assert map_frame(page).locator("path.area[aria-pressed=true]").count() == 1
    assert_same_frame(page)


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


def test_an_answer_on_its_way_does_not_take_back_a_later_click(open_map):
    """Bromley is clicked in the moment in which the answer to Camden reaches the frame."""
    page = open_map()
    frame_of(page).evaluate(
        """bromley => {
            const path = document.querySelector(`[data-gss="${bromley}"]`);
            const show = window.atlas.show;
            window.atlas.show = view => {
                window.atlas.show = show;
                path.dispatchEvent(new MouseEvent('click', {bubbles: true}));
                show(view);
                window.seen = [view.picked, path.getAttribute('aria-pressed')];
            };
        }""",
        CODES["Bromley"],
    )
    area(page, "Camden").click()
    expect(panel(page)).to_have_text("Bromley")
    assert frame_of(page).evaluate("() => window.seen") == [CODES["Camden"], "true"]
    assert history(page) == ["Camden", "Bromley"]


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
    for picks in ([], ["Camden"]):
        runs = page.locator("#runs").inner_text()
        map_frame(page).get_by_role("button", name="Zoom in").click()
        page.wait_for_timeout(900)
        assert page.locator("#runs").inner_text() == runs
        assert history(page) == picks
        if not picks:
            area(page, "Camden").click()
            expect(panel(page)).to_have_text("Camden")


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


def test_an_arrow_key_at_the_edge_of_london_does_not_scroll_the_page(open_map):
    page = open_map()
    page.set_viewport_size({"width": 1280, "height": 500})
    area(page, "Croydon").focus()
    scrolled = "() => document.querySelector('[data-testid=stMain]').scrollTop"
    before = page.evaluate(scrolled)
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(300)
    assert focused(page) == "Croydon"
    assert page.evaluate(scrolled) == before
    page.keyboard.press("PageDown")  # the page could have scrolled
    page.wait_for_timeout(300)
    assert page.evaluate(scrolled) > before


def test_axe_finds_nothing_serious_in_any_frame(open_map):
    page = open_map()
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


def test_the_map_fits_itself_to_a_phone(open_map):
    page = open_map()
    page.set_viewport_size({"width": 390, "height": 844})
    frame = page.locator('iframe[title^="streamlit_folium"]')
    expect(frame).to_have_js_property("offsetWidth", 358)
    page.wait_for_timeout(300)  # the map hears of its new size in the next frame
    box = frame.bounding_box()
    assert 200 < box["height"] < 320, "no taller than London needs"
    left, top, right, bottom = areas(page).evaluate_all(
        """paths => paths.map(path => path.getBoundingClientRect()).reduce((all, one) => [Math.min(all[0], one.left),
            Math.min(all[1], one.top), Math.max(all[2], one.right), Math.max(all[3], one.bottom)], [9e9, 9e9, 0, 0])"""
    )
    assert left >= 0
    assert top >= 0
    assert right <= box["width"]
    assert bottom <= box["height"]
    assert right - left > 0.85 * box["width"], "London fills the frame"
    assert_same_frame(page)
