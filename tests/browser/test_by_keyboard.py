"""The map, coverage and programmes over the years from question to source, by keyboard alone.

Boards are compared, and learned from, by keyboard in `test_compare` and `test_learn`; the outline map in
`test_borough_map`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.keyboard import pick_by_keyboard, tab_to
from tests.support.streamlit_page import picked, settle, visit

POINTER = "addEventListener('pointerdown', () => localStorage.setItem('pointer', 'used'), true)"


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Iterator[Page]:
    """A page that fails the test where a pointer was used on it."""
    opened = open_page(own=True)
    opened.add_init_script(POINTER)
    yield opened
    assert opened.evaluate("() => localStorage.getItem('pointer')") is None, "a pointer was used"


def chosen(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def open_source(page: Page, within: Locator) -> Locator:
    """Reach the first source in there, open it, and return its lines."""
    source = within.locator("details.source").first
    tab_to(page, source.locator("summary").first)
    page.keyboard.press("Enter")
    expect(source.locator("li").first).to_be_visible()
    return source.locator("li")


def test_a_theme_is_mapped_in_tiles_and_a_borough_leads_to_its_profile(page: Page, app_url: str):
    visit(page, app_url, "borough_map")
    pick_by_keyboard(page, "Lens", "Theme: furthest stage reported")
    pick_by_keyboard(page, "Theme", "Training")
    tab_to(page, page.get_by_role("radio", name="Outline"))
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    settle(page)
    tile = page.locator(".tiles a").filter(has_text="Camden: ")
    tab_to(page, tile)
    words = tile.locator(".vh").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**borough=Camden**")
    settle(page)
    assert chosen(page) == {
        "lens": ["Theme: furthest stage reported"], "theme": ["Training"], "map_as": ["Tiles"], "borough": ["Camden"],
    }  # fmt: skip
    expect(page.locator(".tiles a[aria-current] .vh")).to_have_text(words)
    tab_to(page, page.get_by_role("link", name="Open the profile of Camden"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/borough_profile?**")
    settle(page)
    assert picked(page, "Borough") == "Camden"


def test_how_far_a_community_was_reached_in_a_borough_and_who_says_so(page: Page, app_url: str):
    visit(page, app_url, "coverage", map_as="Tiles")
    pick_by_keyboard(page, "Community", "Somali")
    pick_by_keyboard(page, "Count groups where they", "had contact")
    skip = page.get_by_role("link", name="Skip the tiles")
    tab_to(page, skip)
    page.keyboard.press("Enter")
    cell = page.locator('td[title^="Somali, Camden: trained"] a')
    tab_to(page, cell)
    page.keyboard.press("Enter")
    page.wait_for_url("**borough=Camden**")
    settle(page)
    expect(page.get_by_role("heading", name="How far groups were reached: Somali, Camden")).to_be_visible()
    tab_to(page, page.get_by_role("link", name="Skip the tiles"))
    page.keyboard.press("Enter")
    told = open_source(page, page.get_by_role("table", name="Groups, step by step"))
    expect(told.first).to_contain_text("Camden Training Return")


def test_programmes_are_chosen_set_beside_their_years_and_traced(page: Page, app_url: str):
    visit(page, app_url, "over_time")
    for name in ("AIM pilot in London", "Protecting Children in the Community, Camden"):
        pick_by_keyboard(page, "Programmes", name)
    page.keyboard.press("Tab")  # closes the list
    pick_by_keyboard(page, "Borough", "Camden")
    assert chosen(page)["borough"] == ["Camden"]
    assert len(chosen(page)["programmes"]) == 2
    expect(page.locator(".small-maps figure")).to_have_count(9)
    table = page.get_by_role("table", name="The same, programme by programme")
    expect(table.locator("tbody tr")).to_have_count(2)
    told = open_source(page, table)
    expect(told.first).to_contain_text("London Board Update, 7 Working with children")
