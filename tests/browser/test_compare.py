"""The page that compares boards in a real browser: one behaviour at a time, by keyboard where it can be."""

from __future__ import annotations

import csv
from collections import Counter

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.axe import findings
from tests.support.keyboard import pick_by_keyboard, tab_to
from tests.support.paths import ROOT
from tests.support.streamlit_page import picked, settle, visit
from warehouse.edition import Reader, live_edition
from warehouse.schema.layout import EVERYONE
from warehouse.schema.vocabulary import STAGE

ADDRESS = "compare"


def grid(page: Page) -> Locator:
    return page.get_by_role("region", name="Grid: boards by themes")


def cell(page: Page, board: str, theme: str) -> Locator:
    return grid(page).locator(f'td[title^="{board}, {theme}: "]')


def words(page: Page) -> list[str]:
    return grid(page).locator("td").evaluate_all("cells => cells.map(cell => cell.title)")


def assert_absences_differ(page: Page) -> None:
    """By symbol, word and pattern, and each as the legend has it."""
    seen = {}
    for css, word in (("st-silent", "its statement does not mention it"), ("st-none", "no statement of its board")):
        found = grid(page).locator(f"td.{css}").first
        entry = page.locator(".stage-legend li", has_text=word)
        assert found.get_attribute("title").endswith(f": {word}")
        symbol = found.locator("[aria-hidden]").inner_text()
        assert entry.locator("i").inner_text() == symbol
        styles = [one.evaluate("one => getComputedStyle(one).backgroundImage") for one in (found, entry.locator("i"))]
        assert styles[0] == styles[1]
        seen[css] = (symbol, styles[0])
    assert seen["st-silent"][0] != seen["st-none"][0]
    assert seen["st-silent"][1] == "none"
    assert "repeating-linear-gradient" in seen["st-none"][1]


def test_by_keyboard_alone_a_chair_finds_a_difference_and_its_source(open_page, app_url):
    page = open_page()
    visit(page, app_url, ADDRESS, mine="Camden")
    pick_by_keyboard(page, "Compare with", "Share a land border")
    pick_by_keyboard(page, "Order of boards", "North to south")
    switch = page.get_by_role("switch", name="Only themes that differ")
    tab_to(page, switch)
    page.keyboard.press("Space")
    settle(page)
    heads = grid(page).locator("tbody th").all_inner_texts()
    assert heads[:3] == ["Camden (my board)", "Barnet", "Haringey"]
    assert "Engagement and consultation" not in grid(page).locator("thead").inner_text()
    opener = cell(page, "Barnet", "Policy and procedures").get_by_role("button")
    tab_to(page, opener)
    assert opener.locator(".vh").bounding_box()["width"] > 50, "the word stands there while the cell has the focus"
    page.keyboard.press("Enter")
    box = page.get_by_role("dialog", name="Barnet, Policy and procedures: under way")
    expect(box).to_be_visible()
    expect(box).to_contain_text("Is developing guidance for the private, voluntary and independent sector.")
    tab_to(page, box.locator("details.source > summary").first, most=4)
    page.keyboard.press("Enter")
    expect(box.locator("details.source li").first).to_contain_text("Community Partnership Report, Appendix 2, Barnet")
    assert findings(page) == []
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(opener).to_be_focused()
    copy = open_page()
    copy.goto(page.url)
    settle(copy)
    assert words(copy) == words(page)
    assert picked(copy, "Order of boards") == "North to south"
    assert_absences_differ(copy)


@pytest.mark.parametrize(
    ("address", "width", "is_cut"),
    [
        ("compare", 1024, False),
        ("compare", 390, True),
        ("community_groups", 1024, False),
        ("coverage", 1280, False),
        ("coverage", 1024, True),
    ],
)
def test_a_grid_has_its_whole_width_or_says_that_it_goes_on(open_page, app_url, address, width, is_cut):
    page = open_page(width=width, height=768)
    visit(page, app_url, address)
    frame = page.locator(".atlas .grid").first
    assert frame.evaluate("frame => frame.scrollWidth > frame.clientWidth") == is_cut
    cue = frame.get_by_text("The table goes on to the right.")
    expect(cue).to_be_visible() if is_cut else expect(cue).to_be_hidden()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= width


def test_on_a_phone_the_grid_scrolls_in_its_frame_and_keeps_its_heads(open_page, app_url):
    page = open_page(width=390, height=844)
    visit(page, app_url, ADDRESS, mine="Camden")
    frame = grid(page)
    for boards_as_columns in (False, True):
        if boards_as_columns:
            page.get_by_text("Boards as columns").click()
            settle(page)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
        first = frame.locator("tbody th").first
        before = first.bounding_box()
        assert frame.evaluate("frame => frame.scrollWidth > frame.clientWidth")
        frame.evaluate("frame => frame.scrollTo(frame.scrollWidth, 0)")
        assert frame.evaluate("frame => frame.scrollLeft") > 50
        assert first.bounding_box()["x"] == pytest.approx(before["x"], abs=1)
        assert first.bounding_box()["width"] < 150
    frame.locator("td button").last.click()
    box = page.locator(".acts:popover-open").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390


def test_ten_acts_lead_to_their_paragraph(page, app_url, warehouse_dir):
    """Each is read from the file of facts, looked up in the warehouse, and found in its cell with its source."""
    with (ROOT / "data/sources/report_2007_appendix_2/activity.csv").open(encoding="utf-8", newline="") as lines:
        acts = [row for row in csv.DictReader(lines) if row["kind"] != "context" and row["stage"] in STAGE]
    with (ROOT / "data/reference/theme.csv").open(encoding="utf-8", newline="") as lines:
        themes = {row["theme"]: row["label"] for row in csv.DictReader(lines)}
    once = Counter(row["summary"] for row in acts)
    acts = [row for row in acts if once[row["summary"]] == 1 and not row["issues"]]
    cursor = Reader(live_edition(warehouse_dir).folder, EVERYONE).cursor()
    visit(page, app_url, ADDRESS)
    for row in acts[:: len(acts) // 10][:10]:
        held = cursor.execute(
            "SELECT short_name, section, paragraph, stage, summary FROM activity JOIN document USING (document) "
            "WHERE fact_key = ?",
            [row["fact_key"]],
        ).fetchone()
        assert held[1:] == tuple(row[column] for column in ("section", "paragraph", "stage", "summary"))
        theme = themes[row["themes"].split("; ")[0]]
        cell(page, row["borough"], theme).get_by_role("button").click()
        item = page.locator(".acts:popover-open > ul > li", has_text=row["summary"])
        expect(item).to_contain_text(f"{STAGE.label(row['stage'])}:")
        item.locator("details.source > summary").click()
        expect(item.locator("details.source li").first).to_contain_text(f"{held[0]}, {held[1]}, {held[2]}")
        page.keyboard.press("Escape")
