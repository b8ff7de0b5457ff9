"""The borough profile in a real browser, on screen and on paper: every section, every row and every source."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.paths import ROOT
from tests.support.pdf_text import pages_of
from tests.support.streamlit_page import settle, visit
from ui.words import partial_date

ADDRESS = "borough_profile"
BOROUGH = "Camden"
A4_BETWEEN_MARGINS = {"width": 688, "height": 1017}
"""In CSS pixels: 210 × 297 mm, less 14 mm on each side."""

_CELLS = """
() => [...document.querySelectorAll('.st-key-profile :is(caption, th, td)')].flatMap(cell => {
  const copy = cell.cloneNode(true);
  copy.querySelectorAll('details').forEach(one => one.remove());
  copy.querySelectorAll('br').forEach(one => one.replaceWith('\\n'));
  return copy.textContent.split('\\n');
})
"""


def transcribed(table: str) -> list[dict[str, str]]:
    """The rows of a table in the files under data/sources."""
    found = []
    for file in sorted((ROOT / "data" / "sources").glob(f"*/{table}.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            found += csv.DictReader(lines)
    return found


def closed_up(text: str) -> str:
    return re.sub(r"\s", "", text)


def headings(page: Page) -> list[str]:
    return page.locator(".st-key-profile caption, .st-key-profile h3").all_inner_texts()


def test_the_printed_profile_holds_every_section_row_and_source(page: Page, app_url: str):
    visit(page, app_url, ADDRESS, borough=BOROUGH)
    assert len(headings(page)) == 14
    cells = [words for words in map(closed_up, page.evaluate(_CELLS)) if words]
    sources = page.locator(".st-key-profile details.source li").evaluate_all("all => all.map(one => one.textContent)")
    assert len(cells) > 300
    assert len(sources) > 100
    sheets = pages_of(page.pdf(prefer_css_page_size=True))
    paper = "".join(sheets)
    assert f"{BOROUGH}:whatthedocumentsreport" in sheets[0]
    places = [paper.find(closed_up(heading)) for heading in headings(page)]
    assert -1 not in places
    assert [words for words in cells if words not in paper] == []
    assert [words for words in map(closed_up, sources) if words not in paper] == []
    assert "Whatwedon'tknow" in "".join(sheets[-2:]), "the end may run over to one more sheet"
    assert "DownloadthistableCSV" not in re.sub("[()]", "", paper)


def test_a_profile_with_little_prints_what_is_missing(page: Page, app_url: str):
    visit(page, app_url, ADDRESS, borough="City of London")
    paper = "".join(pages_of(page.pdf(prefer_css_page_size=True)))
    for heading in headings(page):
        assert closed_up(heading) in paper, heading
    assert closed_up("That does not mean that there are none.") in paper


def test_nothing_is_clipped_at_the_edge_of_the_paper(page: Page, app_url: str):
    visit(page, app_url, ADDRESS, borough=BOROUGH)
    page.emulate_media(media="print")
    page.set_viewport_size(A4_BETWEEN_MARGINS)
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
    beyond = page.evaluate(
        """width => [...document.querySelectorAll('.atlas *')]
            .filter(one => one.getBoundingClientRect().right > width + 1 || one.getBoundingClientRect().left < -1)
            .map(one => one.textContent.slice(0, 60))""",
        A4_BETWEEN_MARGINS["width"],
    )
    assert beyond == []
    cut = page.evaluate(
        """() => [...document.querySelectorAll('.stApp *')]
            .filter(one => getComputedStyle(one).overflowY !== 'visible' && one.scrollHeight > one.clientHeight + 1)
            .filter(one => one.querySelector('.atlas'))
            .map(one => one.dataset.testid || one.className)"""
    )
    assert cut == [], "a frame that scrolls on screen prints only its first part"
    shown = page.locator(".st-key-profile details.source li")
    assert all(shown.nth(place).is_visible() for place in range(0, shown.count(), 10))


@pytest.fixture(scope="module")
def documents() -> dict[str, dict[str, str]]:
    """The documents by their codes."""
    with Path(ROOT / "data/reference/document.csv").open(encoding="utf-8", newline="") as lines:
        return {row["document"]: row for row in csv.DictReader(lines)}


def test_ten_facts_lead_to_their_paragraphs(page: Page, app_url: str, documents: dict[str, dict[str, str]]):
    """Rows of the profile against the files of the transcription: what is said, and where."""
    facts = [
        *[row for row in transcribed("activity") if row["borough"] == BOROUGH][:6],
        *[row for row in transcribed("programme_borough") if row["borough"] == BOROUGH and row["note"]][:2],
        *[row for row in transcribed("obstacle") if row["borough"] == BOROUGH][:1],
        *[row for row in transcribed("training_round") if row["borough"] == BOROUGH],
    ]
    assert len(facts) >= 10
    visit(page, app_url, ADDRESS, borough=BOROUGH)
    for fact in facts:
        said = fact.get("summary") or fact.get("note") or f"People trained: {fact['title']}"
        line = page.locator(".st-key-profile tbody tr").filter(has_text=said)
        expect(line).to_have_count(1)
        if "people" in fact:
            expect(line.locator("td.number")).to_contain_text(fact["people"])
        line.locator("details.source > summary").click()
        document = documents[fact["document"]]
        place = f"{document['short_name']}, {fact['section']}, {fact['paragraph']}; as at {partial_date(fact['as_at'])}"
        expect(line.locator("details.source li").first).to_be_visible()
        assert line.locator("details.source li").first.inner_text().startswith(place)
        if document["date_basis"] == "inferred":
            expect(line.locator("details.source li").first).to_contain_text("undated document, date inferred")


def test_the_panel_of_the_map_leads_to_the_profile(page: Page, app_url: str):
    visit(page, app_url, "borough_map", borough="Hackney", mine=BOROUGH)
    page.get_by_role("link", name="Open the profile of Hackney").click()
    expect(page.get_by_role("heading", name="Hackney: what the documents report")).to_be_visible()
    settle(page)
    assert "mine=Camden" in page.url
