"""A link between our own pages is followed without loading the front end anew, and else as any link is."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.support.streamlit_page import picked, settle, visit

APRIL = "29 April 2010"
MARK = "() => window.mark"


def chosen(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_a_link_keeps_my_borough_the_date_and_the_page_and_can_be_gone_back_from(page: Page, app_url: str):
    view = {"map_as": ["Tiles"], "as_at": [APRIL], "mine": ["Camden"]}
    visit(page, app_url, "borough_map", map_as="Tiles", as_at=APRIL, mine="Camden")
    page.evaluate("() => { window.mark = 'loaded once'; }")

    page.locator(".tiles a").filter(has_text="Hackney: ").click()
    settle(page)
    expect(page.get_by_role("heading", name="Hackney", exact=True)).to_be_visible()
    assert chosen(page) == {**view, "borough": ["Hackney"]}

    page.get_by_role("link", name="Open the profile of Hackney").click()
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_contain_text("Hackney: what the documents report")
    settle(page)
    expect(heading).to_be_focused()
    assert chosen(page) == {"borough": ["Hackney"], "as_at": [APRIL], "mine": ["Camden"]}

    page.get_by_role("link", name="What these documents are").click()
    expect(heading).to_have_text("About the data")
    settle(page)
    assert picked(page, "My borough") == "Camden"
    assert chosen(page) == {"as_at": [APRIL], "mine": ["Camden"]}

    for _ in range(2):
        page.go_back()
        settle(page)
    assert chosen(page) == {**view, "borough": ["Hackney"]}
    assert (picked(page, "Borough"), picked(page, "As at")) == ("Hackney", APRIL)
    assert page.evaluate(MARK) == "loaded once"


def test_the_focus_stays_on_a_square_that_was_picked(page: Page, app_url: str):
    visit(page, app_url, "borough_map", map_as="Tiles", as_at=APRIL, mine="Camden")
    square = page.locator(".tiles a").filter(has_text="Hackney: ")
    square.focus()
    for key in ("Enter", "Tab", "Enter"):
        page.keyboard.press(key)
        settle(page)
    picked_now = page.locator(".tiles a[aria-current]")
    expect(picked_now).to_be_focused()
    expect(picked_now).not_to_contain_text("Hackney")
    page.keyboard.press("Shift+Tab")
    expect(square).to_be_focused()


def test_a_link_opened_in_another_tab_leaves_this_one_as_it_is(page: Page, app_url: str):
    visit(page, app_url, "borough_map")
    before = page.url
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Credits").click(modifiers=["ControlOrMeta"])
    other = opened.value
    settle(other)
    assert other.url.endswith("/about_the_data?part=Credits")
    assert page.url == before
    other.close()
