"""The community groups page in a real browser: one behaviour at a time."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.axe import grave_findings
from tests.support.paths import ROOT
from tests.support.streamlit_page import picked, settle, table_rows, visit
from warehouse.edition import Reader, live_edition
from warehouse.schema.layout import EVERYONE
from warehouse.schema.vocabulary import STEP

ADDRESS = "community_groups"
DIRECTORY = "Groups named in the documents"
NOT_NAMED = "Contact with groups that are not named"


def table(page: Page, caption: str) -> Locator:
    return page.get_by_role("table", name=caption)


def names(page: Page) -> list[str]:
    return [row[0] for row in table_rows(table(page, DIRECTORY))[1:]]


def grid(page: Page) -> Locator:
    return page.get_by_role("region", name="Grid: communities by boroughs")


def test_a_search_and_filters_are_in_the_address_and_a_copy_reopens_them(open_page, app_url):
    page = open_page()
    visit(page, app_url, ADDRESS, borough="Camden", group_faith="Muslim", as_at="29 April 2010")
    page.get_by_label("Search names and notes").fill("islamic centre")
    page.get_by_label("Search names and notes").press("Enter")
    expect(page.get_by_text("The directory shows 3 of")).to_be_visible()
    settle(page)
    found = names(page)
    assert found == ["Islington Islamic Centre", "Kosovo Islamic Centre", "North West Islamic Cultural Centre"]
    copy = open_page()
    copy.goto(page.url)
    settle(copy)
    assert names(copy) == found
    assert [picked(copy, label) for label in ("Borough", "Faith", "As at")] == ["Camden", "Muslim", "29 April 2010"]


def test_on_a_phone_the_grid_scrolls_in_its_frame_and_keeps_its_heads(open_page, app_url):
    page = open_page(width=390, height=844)
    visit(page, app_url, ADDRESS)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    frame, corner = grid(page), grid(page).locator("thead th").first
    cell, head = frame.locator("tbody th[scope=row]").last, frame.locator("thead th").nth(3)
    before = corner.bounding_box()
    assert frame.evaluate(
        "frame => [frame.scrollWidth > frame.clientWidth, frame.scrollHeight > frame.clientHeight]"
    ) == [
        True,
        True,
    ]
    frame.evaluate("frame => frame.scrollTo(frame.scrollWidth, frame.scrollHeight)")
    assert frame.evaluate("frame => frame.scrollLeft > 50 && frame.scrollTop > 50")
    after = corner.bounding_box()
    # The line that the table goes on has scrolled out above; the heads stand at the top of the frame.
    assert after["x"] == before["x"]
    assert after["y"] == pytest.approx(frame.bounding_box()["y"], abs=2)
    assert cell.bounding_box()["x"] == pytest.approx(before["x"], abs=1)
    assert head.bounding_box()["y"] == pytest.approx(after["y"], abs=1)
    assert grave_findings(page) == []


def test_not_mapped_and_none_named_differ_by_symbol_word_and_pattern(page, app_url):
    visit(page, app_url, ADDRESS)
    seen = {}
    for state, word in (("none_named", "none named"), ("not_mapped", "not mapped")):
        cell = grid(page).locator(f"td.{state}").first
        entry = page.locator(".grid-legend li", has_text=word).first
        assert cell.get_attribute("title").endswith(f": {word}")
        symbol = cell.locator("[aria-hidden]").inner_text()
        assert entry.locator("i").inner_text() == symbol
        styles = [
            part.evaluate("part => getComputedStyle(part).backgroundImage") for part in (cell, entry.locator("i"))
        ]
        assert styles[0] == styles[1]
        seen[state] = (symbol, styles[0])
    assert seen["none_named"][1] == "none"
    assert "repeating-linear-gradient" in seen["not_mapped"][1]
    assert seen["none_named"][0] != seen["not_mapped"][0]
    assert grave_findings(page) == []


def test_by_keyboard_a_named_cell_says_its_words_and_leads_to_its_groups(page, app_url):
    visit(page, app_url, ADDRESS)
    link = grid(page).locator('td[title^="Somali, Camden: group named"] a')
    words = link.locator(".vh")
    assert words.bounding_box()["width"] <= 1
    link.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(link).to_be_focused()
    assert words.bounding_box()["width"] > 100
    assert "Somali, Camden: group named: British Somali Community" in words.inner_text()
    page.keyboard.press("Enter")
    expect(page.get_by_text("The directory shows 2 of")).to_be_visible(timeout=20_000)
    settle(page)
    assert names(page) == ["British Somali Community", "Somali Elderly and Disabled People"]
    assert (picked(page, "Borough"), picked(page, "Community")) == ("Camden", "Somali")


def test_ten_figures_lead_to_their_paragraph(page, app_url, warehouse_dir):
    """Each is read from the file of facts, looked up in the warehouse, and found on the page with its source."""
    reports = [row for path in sorted(ROOT.glob("data/sources/*/engagement.csv")) for row in read(path)]
    once = Counter(row["summary"] for row in reports)
    plain = [row for row in reports if once[row["summary"]] == 1 and "genital" not in row["summary"]]
    named = spread([row for row in plain if row["community_group"]])
    unnamed = spread([row for row in plain if row["described_as"]])
    cursor = Reader(live_edition(warehouse_dir).folder, EVERYONE).cursor()
    groups = dict(cursor.execute("SELECT fact_key, name FROM community_group").fetchall())
    short = dict(cursor.execute("SELECT document, short_name FROM document").fetchall())
    visit(page, app_url, ADDRESS)
    for row in (*named, *unnamed):
        held = cursor.execute(
            "SELECT document, section, paragraph, step, summary FROM engagement WHERE fact_key = ?", [row["fact_key"]]
        ).fetchone()
        assert held == tuple(row[column] for column in ("document", "section", "paragraph", "step", "summary"))
        place = f"{short[row['document']]}, {row['section']}, {row['paragraph']}"
        if row["community_group"]:
            line = (
                table(page, DIRECTORY)
                .get_by_role("row")
                .filter(has=page.get_by_role("rowheader", name=groups[row["community_group"]], exact=True))
            )
            line.locator("details.more > summary").click()
            report = line.locator("details.more li", has_text=row["summary"])
            expect(report).to_contain_text(place)
            line.locator("details.more > summary").click()
        else:
            report = on_its_page(page, row["summary"])
            expect(report.get_by_role("rowheader")).to_have_text(row["described_as"])
            report.locator("details.source > summary").click()
            expect(report.locator("details.source li")).to_contain_text([place])
        expect(report).to_contain_text(STEP.label(row["step"]))
        expect(report).to_contain_text(row["borough"] or "orough not named" if row["scope"] != "london" else "London")


def on_its_page(page: Page, summary: str) -> Locator:
    """The row of the table of contacts with groups not named that holds the summary, on whichever page it stands."""
    report = table(page, NOT_NAMED).get_by_role("row").filter(has_text=summary)
    pages = page.locator(".st-key-long_contacts").get_by_role("navigation", name="Pagination")
    pages.get_by_role("button", name="Page 1", exact=True).click()
    settle(page)
    while not report.count():
        following = pages.get_by_role("button", name="Next page")
        expect(following).to_be_enabled()  # else no page holds it
        following.click()
        settle(page)
    return report


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def spread(rows: list[dict[str, str]], count: int = 5) -> list[dict[str, str]]:
    """Rows from all over the files, the same each time."""
    return rows[:: max(1, len(rows) // count)][:count]
