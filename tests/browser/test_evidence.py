"""Evidence and recommendations in a real browser: figures lead to their paragraphs, parts are in the link."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.axe import grave_findings
from tests.support.paths import ROOT
from tests.support.streamlit_page import main_text, pick, picked, settle, visit
from warehouse.edition import Reader, live_edition
from warehouse.queries.sources import citations
from warehouse.schema.layout import EVERYONE

ADDRESS = "evidence"
TEN = [f"evidence-r4-{number:02}" for number in (1, 2, 3, 4, 6, 8, 9, 10, 11, 12)]


def transcribed(table: str) -> dict[str, dict[str, str]]:
    """The rows of a table in the files under data/sources, by fact key."""
    rows = {}
    for file in (ROOT / "data" / "sources").glob(f"*/{table}.csv"):
        with file.open(encoding="utf-8", newline="") as lines:
            rows |= {row["fact_key"]: row for row in csv.DictReader(lines)}
    return rows


@pytest.fixture(scope="module")
def places(warehouse_dir: Path):
    """What the edition says of where each fact stands."""
    return citations(Reader(live_edition(warehouse_dir).folder, EVERYONE).cursor())


def test_ten_figures_lead_to_their_paragraph(page: Page, app_url: str, places):
    visit(page, app_url, ADDRESS)
    table = page.get_by_role("table", name="Every count, one a line")
    facts = transcribed("evidence_count")
    for key in TEN:
        fact = facts[key]
        row = table.locator("tbody tr").filter(has_text=fact["caveat"])
        if fact["issue"]:
            row = row.filter(
                has=page.locator("th", has_text={"fgm": "mutilation", "honour": "Honour"}.get(fact["issue"], ""))
            )
        expect(row).to_have_count(1)
        row.locator("details.source > summary").click()
        place = places[key][0]
        assert (place.section, place.paragraph) == (fact["section"], fact["paragraph"])
        opened = row.locator("details.source li").first
        expect(opened).to_be_visible()
        assert opened.inner_text().startswith(f"{place.short_name}, {place.section}, {place.paragraph}; as at ")
        value = row.locator("td.number").inner_text().replace("‡", "").replace(",", "").strip()
        assert value == fact["value"]
    assert grave_findings(page) == []


def test_a_recommendation_leads_to_its_own_paragraph_and_to_the_later_documents(page: Page, app_url: str, places):
    visit(page, app_url, ADDRESS, evidence_part="Recommendations")
    row = page.get_by_role("table", name="Recommendation").locator("tbody tr").first
    row.locator("details.source > summary").click()
    opened = row.locator("details.source li")
    assert "8.3 Recommendations, recommendation 1;" in opened.first.inner_text()
    expect(opened.filter(has_text="Pan-London Project Summary")).to_have_count(1)


def test_a_part_is_in_the_link_and_its_closed_sections_open(page: Page, app_url: str, open_page):
    visit(page, app_url, ADDRESS)
    pick(page, "Part", "Messages from the file audits")
    pick(page, "Concern", "Honour-based violence")
    assert "evidence_part=Messages" in page.url
    again = open_page(width=390, height=844)
    again.goto(page.url)
    settle(again)
    assert picked(again, "Part") == "Messages from the file audits"
    assert picked(again, "Concern") == "Honour-based violence"
    assert "of 9 key messages fit the filters." in main_text(again)
    tool = again.get_by_role("table", name="What the tool asked of each file")
    expect(tool).to_be_hidden()
    again.get_by_text("Questions of the file audit tool: 40").click()
    expect(tool).to_be_visible()
    assert again.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
