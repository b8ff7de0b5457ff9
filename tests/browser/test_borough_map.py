"""The borough map page in a real browser: map, panel, table, legend and link say the same."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Frame, Locator, Page, expect

from geo.names import borough_names
from tests.support.axe import grave_findings
from tests.support.keyboard import tab_to
from tests.support.paths import ROOT
from tests.support.server import Server
from tests.support.streamlit_page import go_to, main_text, map_frame, pick, picked, settle, table_rows, visit
from warehouse.schema.vocabulary import ACTUAL_ROLES

ADDRESS = "borough_map"
CODES = {name: code for code, name in borough_names().items()}
TABLE = "The same, borough by borough"
MARK = "‡"
ONE_PROGRAMME = {"lens": "One programme: planned and actual", "programme": "Community Partnership Project"}
THEME = {"lens": "Theme: furthest stage reported", "theme": "Training"}
APRIL = "29 April 2010"
HATCH = "M0,8l8,-8"


def areas(page: Page) -> Locator:
    return map_frame(page).locator("path.area")


def area(page: Page, name: str) -> Locator:
    return map_frame(page).locator(f'path.area[data-gss="{CODES[name]}"]')


def frame_of(page: Page) -> Frame:
    return next(frame for frame in page.frames if "streamlit_folium" in frame.url)


def panel(page: Page) -> Locator:
    """The panel of the picked borough: the piece of the page that links to its profile."""
    return page.locator(".atlas").filter(has=page.get_by_role("link", name="Open the profile of"))


def expect_panel(page: Page, name: str) -> None:
    expect(panel(page).get_by_role("heading", name=name, exact=True)).to_be_visible()
    expect(area(page, name)).to_have_attribute("aria-pressed", "true")


def open_map(page: Page, url: str, **query: str) -> Page:
    """Open the page and wait for its map."""
    visit(page, url, ADDRESS, **query)
    expect(areas(page)).to_have_count(33, timeout=30_000)
    frame_of(page).evaluate("() => { window.mark = 'the first one'; }")
    return page


def assert_same_frame(page: Page) -> None:
    assert frame_of(page).evaluate("() => window.mark") == "the first one", "the map was mounted anew"


def rows(table: str) -> list[dict[str, str]]:
    """All rows of a table in the files under data/sources."""
    found = []
    for file in sorted((ROOT / "data" / "sources").glob(f"*/{table}.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            found += csv.DictReader(lines)
    return found


def test_map_and_table_say_the_same_of_all_33_areas(page: Page, app_url: str):
    open_map(page, app_url)
    labels = areas(page).evaluate_all("paths => paths.map(path => path.getAttribute('aria-label'))")
    drawn = dict(label.split(": ", 1) for label in labels)
    table = table_rows(page.get_by_role("table", name=TABLE))[1:]
    assert drawn == {row[0]: row[1].removesuffix(MARK).strip() for row in table}
    assert set(drawn) == set(CODES)
    assert len(set(drawn.values())) == 4
    shapes = areas(page).evaluate_all("paths => paths.map(path => path.getAttribute('d'))")
    assert len(set(shapes)) == 33
    for words in set(drawn.values()):
        count = list(drawn.values()).count(words)
        expect(page.locator(".atlas-legend li", has_text=words)).to_have_text(f"{words} {count} areas")


def test_a_click_opens_the_panel_of_that_borough(page: Page, app_url: str):
    open_map(page, app_url)
    for name in ("Bromley", "City of London"):
        area(page, name).click()
        expect_panel(page, name)
    settle(page)
    assert picked(page, "Borough") == "City of London"
    assert "borough=City+of+London" in page.url
    expect(panel(page)).to_contain_text("shared by two areas")
    expect(panel(page)).to_contain_text("not named in any document")
    assert_same_frame(page)
    assert grave_findings(page) == []


def test_the_select_box_does_what_a_click_does(page: Page, app_url: str):
    open_map(page, app_url)
    pick(page, "Borough", "Croydon")
    expect_panel(page, "Croydon")
    expect(page.get_by_role("table", name=TABLE).locator("tr.mine")).to_contain_text("Croydon")
    assert_same_frame(page)


def test_a_borough_is_picked_with_the_keyboard_alone(page: Page, app_url: str):
    open_map(page, app_url)
    tab_to(page, page.get_by_role("combobox", name="As at"))
    for _ in range(5):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.tagName") == "IFRAME":
            break
    page.keyboard.press("ArrowLeft")
    focused = frame_of(page).evaluate("() => document.activeElement.getAttribute('aria-label')")
    name = focused.partition(":")[0]
    assert name in CODES
    assert name != "Barking and Dagenham", "the arrow moved on from the first area"
    page.keyboard.press("Enter")
    expect_panel(page, name)
    settle(page)
    page.keyboard.press("Tab")
    expect(panel(page).locator(":focus")).to_have_count(1)  # the panel follows the map in the order of the keyboard


def test_a_copied_link_reopens_the_view(page: Page, app_url: str, open_page: Callable[..., Page]):
    open_map(page, app_url)
    pick(page, "Lens", THEME["lens"])
    pick(page, "Theme", THEME["theme"])
    pick(page, "As at", APRIL)
    area(page, "Hackney").click()
    expect_panel(page, "Hackney")
    settle(page)
    other = open_page()
    other.goto(page.url)
    settle(other)
    expect_panel(other, "Hackney")
    assert [picked(other, label) for label in ("Lens", "Theme", "Borough", "As at")] == [
        *THEME.values(),
        "Hackney",
        APRIL,
    ]
    assert main_text(other) == main_text(page)


def test_a_link_holds_as_the_first_request_to_a_fresh_server(page: Page, serve: Callable[..., Server], watch: object):
    url = serve("app.py").url
    open_map(page, url, borough="Hackney", as_at=APRIL, mine="Camden", **THEME)  # says so where there is no such page
    expect_panel(page, "Hackney")
    assert [picked(page, label) for label in ("Lens", "Theme", "As at", "My borough")] == [
        *THEME.values(),
        APRIL,
        "Camden",
    ]
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"as at {APRIL}")


def test_nothing_is_wider_than_a_phone(open_page: Callable[..., Page], app_url: str):
    page = open_page(width=390, height=844)
    open_map(page, app_url, borough="Camden")
    widths = page.evaluate(
        "() => [document.documentElement, document.querySelector('[data-testid=stMain]')].map(one => one.scrollWidth)"
    )
    assert max(widths) <= 390
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport(ratio=1)
    box, below = page.locator('iframe[title^="streamlit_folium"]').bounding_box(), panel(page).bounding_box()
    assert below["y"] >= box["y"] + box["height"], "the panel stands below the map"
    area(page, "Bromley").click()
    expect_panel(page, "Bromley")


def test_each_absence_has_its_pattern_on_map_and_legend(page: Page, app_url: str):
    open_map(page, app_url, **THEME)
    _assert_patterns(page, {"the board's statement does not mention it": HATCH, "no statement of its board": ""})
    pick(page, "Lens", "People trained")
    _assert_patterns(page, {"not reported": HATCH})
    pick(page, "Lens", "Pilots")
    _assert_patterns(page, {"not named in a pilot or proposal": HATCH})


def _assert_patterns(page: Page, marks: dict[str, str]) -> None:
    """The absences on the map are these and no others, each drawn with its mark, in the legend too."""
    expect(areas(page)).to_have_count(33)
    absent = page.get_by_role("table", name=TABLE).locator("tbody tr td:nth-child(2) .absent")
    expect(absent.first).to_be_visible()
    fills = frame_of(page).evaluate(
        """() => Object.fromEntries([...document.querySelectorAll('path.area')].map(path => {
            const fill = path.getAttribute('fill');
            const pattern = fill.startsWith('url(#') && document.getElementById(fill.slice(5, -1));
            return [path.getAttribute('aria-label').split(': ')[1], pattern ? pattern.innerHTML : fill];
        }))"""
    )
    for words, mark in marks.items():
        assert mark in fills[words], words
        assert bool(mark) == ("<path" in fills[words]), words
        swatch = page.locator(".atlas-legend li", has_text=words).locator("i").get_attribute("style")
        assert mark.replace(",", "%2C") in swatch
    on_white = {words for words, fill in fills.items() if 'fill="#FFFFFF"' in fill}
    assert on_white == set(marks)


def test_my_borough_is_chosen_once_and_kept_across_pages_and_in_the_link(page: Page, app_url: str):
    visit(page, app_url)
    pick(page, "My borough", "Merton")
    go_to(page, "Borough map")
    expect_panel(page, "Merton")
    assert "mine=Merton" in page.url
    go_to(page, "Borough profile")
    expect(page.get_by_role("heading", name="Merton: what the documents report")).to_be_visible()
    go_to(page, "About the data")
    assert picked(page, "My borough") == "Merton"
    assert "mine=Merton" in page.url
    page.reload()
    settle(page)
    assert picked(page, "My borough") == "Merton"


@pytest.fixture(scope="module")
def short_names() -> dict[str, str]:
    """Name on screen of each document, by its code."""
    with Path(ROOT / "data/reference/document.csv").open(encoding="utf-8", newline="") as lines:
        return {row["document"]: row["short_name"] for row in csv.DictReader(lines)}


def test_ten_figures_lead_to_their_paragraphs(page: Page, app_url: str, short_names: dict[str, str]):
    """What the page says of ten boroughs in one programme, worked out anew from the files of the transcription."""
    roles: dict[str, list[dict[str, str]]] = {}
    for row in rows("programme_borough"):
        if row["programme"] == "programme-community-partnership":
            roles.setdefault(row["borough"], []).append(row)
    also = rows("also_said")
    assert len(roles) >= 10
    open_map(page, app_url, **ONE_PROGRAMME)
    table = page.get_by_role("table", name=TABLE)
    for borough, own in list(roles.items())[:10]:
        line = table.locator("tbody tr").filter(has=page.get_by_role("rowheader", name=borough, exact=True))
        names = {row["role"] for row in own}
        acted, planned = bool(names & set(ACTUAL_ROLES)), "planned" in names
        words = {
            (True, True): "Planned and took part",
            (True, False): "Took part, no plan found",
            (False, True): "Planned, taking part not reported",
            (False, False): "Proposed, interested or gave support",
        }[acted, planned]
        expect(line.locator("td").first).to_have_text(re.compile(f"^{re.escape(words)}{MARK}?$"))
        line.locator("details.source > summary").click()
        keys = {row["fact_key"] for row in own}
        said = [*own, *(row for row in also if row["subject"] in keys)]
        expected = {f"{short_names[row['document']]}, {row['section']}, {row['paragraph']}" for row in said}
        lines = line.locator("details.source li")
        expect(lines.first).to_be_visible()
        assert {text.partition("; as at ")[0] for text in lines.all_inner_texts()} == expected, borough


def test_the_number_of_people_trained_leads_to_its_paragraph(page: Page, app_url: str, short_names: dict[str, str]):
    (fact,) = rows("training_round")
    open_map(page, app_url, lens="People trained", borough=fact["borough"])
    line = page.get_by_role("table", name=TABLE).locator("tr.mine")
    expect(line.locator("td.number")).to_contain_text(fact["people"])
    expect(area(page, fact["borough"])).to_have_attribute(
        "aria-label", f"{fact['borough']}: {fact['people']} people or attendances"
    )
    line.locator("details.source > summary").click()
    place = f"{short_names[fact['document']]}, {fact['section']}, {fact['paragraph']}; as at "
    expect(line.locator("details.source li", has_text=place)).to_be_visible()
    line.locator("details.conflict > summary").click()
    expect(line.get_by_text("Does 178 count people or attendances?")).to_be_visible()
