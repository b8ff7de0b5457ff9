"""What holds for every page in a real browser: a phone shows it whole, axe finds nothing grave, its link reopens it.

That no page asks another machine for anything is watched by the fixtures of every test.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.support.axe import grave_findings
from tests.support.streamlit_page import go_to, main_text, pick, picked, settle, visit
from ui.pages import PAGES

ENTRIES = [entry for entries in PAGES.values() for entry in entries]
APRIL, NOVEMBER = "29 April 2010", "30 November 2011"


def sideways(page: Page) -> int:
    """How wide the page is, in CSS pixels, parts included that a reader would have to scroll to."""
    return page.evaluate(
        "() => Math.max(...[document.documentElement, document.querySelector('[data-testid=stMain]')]"
        ".map(one => one.scrollWidth))"
    )


def markers_cut_off(page: Page) -> list[str]:
    """What opens and closes, and has its triangle where the screen has ended."""
    return page.evaluate(
        "() => [...document.querySelectorAll('.atlas summary')].filter(one => one.getBoundingClientRect().width"
        " && getComputedStyle(one).display === 'list-item' && getComputedStyle(one).listStylePosition === 'outside'"
        " && getComputedStyle(one).listStyleType !== 'none' && one.getBoundingClientRect().left < 20)"
        ".map(one => one.innerText)"
    )


def test_every_page_opens_from_a_link_whole_on_a_phone_and_without_a_grave_finding(
    open_page: Callable[..., Page], app_url: str
):
    """All pages in one window: opening a window for each would take most of the time."""
    page = open_page(width=390, height=844)
    problems: list[str] = []
    for entry in ENTRIES:
        choice = {"as_at": APRIL} if entry.has_date else {}
        visit(page, app_url, entry.address, mine="Camden", **choice)
        if page.title() != f"{entry.title} – Partnership Atlas":
            problems.append(f"{entry.script}: the window is called {page.title()}")
        if parse_qs(urlsplit(page.url).query) != {"mine": ["Camden"], **{key: [word] for key, word in choice.items()}}:
            problems.append(f"{entry.script}: the address of the view became {page.url}")
        heading = page.get_by_role("heading", level=1)
        expect(heading).to_have_count(1)
        expect(heading).to_be_in_viewport(ratio=1)
        if "as_at" in choice and f"as at {APRIL}" not in heading.inner_text():
            problems.append(f"{entry.script}: not as at {APRIL}")
        band, bar = page.locator(".atlas .band").bounding_box(), page.get_by_test_id("stHeader").bounding_box()
        if band["y"] < bar["y"] + bar["height"] - 1:
            problems.append(f"{entry.script}: Streamlit's bar covers the band")
        if sideways(page) > 390:
            problems.append(f"{entry.script}: {sideways(page)} pixels wide on a phone of 390")
        problems += [f"{entry.script}: the triangle of “{text}” is cut off" for text in markers_cut_off(page)]
        problems += [f"{entry.script}: {finding}" for finding in grave_findings(page)]
    assert problems == [], "\n".join(problems)


@pytest.mark.parametrize(
    ("address", "label", "choice"),
    [("", "As at", APRIL), ("borough_profile", "Borough", "Hackney"), ("about_the_data", "Part", "Conflicts")],
)
def test_a_copied_address_opens_the_same_view_for_another_reader(
    page: Page, open_page: Callable[..., Page], app_url: str, address: str, label: str, choice: str
):
    """The pages with a test of their own file have this there, with more choices."""
    visit(page, app_url, address, mine="Camden")
    pick(page, label, choice)
    again = open_page()
    again.goto(page.url)
    settle(again)
    assert main_text(again) == main_text(page)
    assert again.url == page.url


def test_what_a_link_chose_goes_along_to_every_page_and_back(page: Page, app_url: str):
    """From the first change of page on, also over a page that has neither filter; box and address always agree."""

    def shown() -> tuple[dict[str, str], dict[str, str]]:
        said = {key: words[0] for key, words in parse_qs(urlsplit(page.url).query).items()}
        return {"Borough": picked(page, "Borough"), "As at": picked(page, "As at")}, said

    visit(page, app_url, "borough_map", borough="Hackney", as_at=APRIL, mine="Camden")
    for title in ("Coverage", "Over time", "About the data", "Borough profile"):
        go_to(page, title)
        if title != "About the data":
            assert shown() == (
                {"Borough": "Hackney", "As at": APRIL}, {"mine": "Camden", "borough": "Hackney", "as_at": APRIL},
            )  # fmt: skip
    pick(page, "Borough", "Brent")
    go_to(page, "Coverage")
    for _ in range(3):
        page.go_back()
        settle(page)
        boxes, said = shown()
        assert boxes["Borough"] == said.get("borough", "")
        assert boxes["As at"] == said.get("as_at", NOVEMBER)


def test_the_pages_are_listed_at_the_side_in_four_groups(page: Page, app_url: str):
    visit(page, app_url)
    side = page.get_by_test_id("stSidebar")
    assert side.get_by_role("heading", level=2).all_inner_texts() == list(PAGES)
    assert side.get_by_role("link").all_inner_texts() == [entry.title for entry in ENTRIES]


def test_a_word_in_a_link_that_is_no_choice_is_told_until_the_reader_chooses(page: Page, app_url: str):
    visit(page, app_url, "pilot_status", as_at="4 July 2007", mine="Camden")
    told = page.get_by_text("The link asks for “4 July 2007”, which is no choice here.")
    expect(told).to_be_visible()
    assert picked(page, "As at") == NOVEMBER
    pick(page, "As at", APRIL)
    expect(told).to_have_count(0)
