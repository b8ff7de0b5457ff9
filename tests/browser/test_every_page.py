"""What holds for every page in a real browser: a phone shows it whole, axe finds nothing grave, its link reopens it.

That no page asks another machine for anything is watched by the fixtures of every test.
"""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.support.axe import grave_findings
from tests.support.streamlit_page import main_text, pick, settle, visit
from ui.pages import PAGES

ENTRIES = [entry for entries in PAGES.values() for entry in entries]
APRIL = "29 April 2010"


def sideways(page: Page) -> int:
    """How wide the page is, in CSS pixels, parts included that a reader would have to scroll to."""
    return page.evaluate(
        "() => Math.max(...[document.documentElement, document.querySelector('[data-testid=stMain]')]"
        ".map(one => one.scrollWidth))"
    )


def test_every_page_on_a_phone_in_axe_and_reopened_by_its_link(open_page: Callable[..., Page], app_url: str):
    """All pages in one reader's window and all links in another's: opening windows would take most of the time."""
    phone, desk = open_page(width=390, height=844), open_page()
    problems: list[str] = []
    for entry in ENTRIES:
        visit(phone, app_url, entry.address, mine="Camden")
        heading = phone.get_by_role("heading", level=1)
        expect(heading).to_have_count(1)
        expect(heading).to_be_in_viewport(ratio=1)
        band, bar = phone.locator(".atlas .band").bounding_box(), phone.get_by_test_id("stHeader").bounding_box()
        if band["y"] < bar["y"] + bar["height"] - 1:
            problems.append(f"{entry.script}: Streamlit's bar covers the band")
        if sideways(phone) > 390:
            problems.append(f"{entry.script}: {sideways(phone)} pixels wide on a phone of 390")
        if entry.script == "data/about_the_data.py":
            pick(phone, "Part", "Caveats")
        else:
            pick(phone, "As at", APRIL)
            expect(heading).to_contain_text(f"as at {APRIL}")
        problems += [f"{entry.script}: {finding}" for finding in grave_findings(phone)]
        desk.goto(phone.url)
        settle(desk)
        if main_text(desk) != main_text(phone) or "mine=Camden" not in desk.url:
            problems.append(f"{entry.script}: the link {phone.url} opens another view")
    assert problems == [], "\n".join(problems)


def test_the_pages_are_listed_at_the_side_in_four_groups(page: Page, app_url: str):
    visit(page, app_url)
    side = page.get_by_test_id("stSidebar")
    assert side.get_by_role("heading", level=2).all_inner_texts() == list(PAGES)
    assert side.get_by_role("link").all_inner_texts() == [entry.title for entry in ENTRIES]
