"""Pilot status in a real browser: figures lead to their paragraphs, links reopen the view, paper holds it all."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.support.axe import grave_findings
from tests.support.paths import ROOT
from tests.support.streamlit_page import main_text, pick, picked, settle, visit
from ui.promises_view import SECTIONS
from ui.words import partial_date
from warehouse.edition import Reader, live_edition
from warehouse.schema.layout import EVERYONE
from warehouse.schema.pilots import MILESTONE_STATE
from warehouse.schema.vocabulary import STATE

ADDRESS = "pilot_status"
CULTURE_AND_FAITH = "programme-culture-and-faith"
A4_WIDTH = 688
"""Width of an A4 sheet within margins of 14 mm, in CSS pixels."""

HEADINGS = ["Time line", "What we don't know", *SECTIONS.values()]


def transcribed(table: str) -> list[dict[str, str]]:
    """All rows of a table as they stand in the source files."""
    rows = []
    for path in sorted(ROOT.glob(f"data/sources/*/{table}.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            rows += csv.DictReader(lines)
    return rows


def row_of(page: Page, caption: str, text: str) -> Locator:
    rows = page.get_by_role("table", name=caption).locator("tbody tr")
    return rows.filter(has=page.get_by_role("rowheader", name=text)).first


def test_ten_figures_lead_to_their_paragraph(page: Page, app_url: str, warehouse_dir: Path):
    cursor = Reader(live_edition(warehouse_dir).folder, EVERYONE).cursor()
    short = dict(cursor.execute("SELECT document, short_name FROM document").fetchall())
    own = {
        table: {row["fact_key"]: row for row in transcribed(table) if row["programme"] == CULTURE_AND_FAITH}
        for table in ("pilot", "output", "milestone")
    }
    reports = transcribed("status_report")
    of_outputs = [row for row in reports if row["subject"] in own["output"]]
    of_pilots = [row for row in reports if row["subject"] in own["pilot"]]
    titles = [row["title"] for row in own["milestone"].values()]
    dated = [row for row in own["milestone"].values() if titles.count(row["title"]) == 1]
    visit(page, app_url, ADDRESS)
    figures = [
        *((row, "status_report", "With a reported state", own["output"]) for row in of_outputs[:4]),
        *((row, "status_report", "of 11 pilots", own["pilot"]) for row in of_pilots[:3]),
        *((row, "milestone", "events", None) for row in dated[:3]),
    ]
    assert len(figures) == 10
    for fact, table, caption, subjects in figures:
        held = cursor.execute(
            f"SELECT document, section, paragraph, state FROM {table} WHERE fact_key = ?", [fact["fact_key"]]
        ).fetchone()
        assert held == tuple(fact[column] for column in ("document", "section", "paragraph", "state"))
        line = row_of(page, caption, subjects[fact["subject"]]["name"] if subjects else fact["title"])
        if subjects:
            expect(line).to_contain_text(STATE.label(fact["state"]))
        else:
            expect(line).to_contain_text(MILESTONE_STATE.label(fact["state"]))
            expect(line).to_contain_text(partial_date(fact["happens"]))
        line.locator("details.source > summary").click()
        place = f"{short[fact['document']]}, {fact['section']}, {fact['paragraph']}; as at "
        expect(line.locator("details.source li").filter(has_text=place).first).to_be_visible()


def test_a_copied_link_reopens_the_view_and_it_holds_on_a_phone(page: Page, app_url: str, open_page):
    visit(page, app_url, ADDRESS)
    pick(page, "Programme", "Community Partnership Project")
    pick(page, "State", "Not done")
    pick(page, "As at", "31 July 2007")
    again = open_page(width=390, height=844)
    again.goto(page.url)
    settle(again)
    assert (picked(again, "Programme"), picked(again, "State")) == ("Community Partnership Project", "Not done")
    assert "of the Community Partnership Project" in main_text(again)
    assert "unable to arrange the contact with families" in main_text(again)
    assert again.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def test_the_parts_of_a_pilot_open_by_keyboard_and_a_link_leads_to_a_section(page: Page, app_url: str):
    visit(page, app_url, ADDRESS)
    barnet = page.locator(".parts > details").first
    barnet.locator("summary").first.focus()
    page.keyboard.press("Enter")
    expect(barnet.get_by_role("table", name="Parts of: Barnet pilot")).to_be_visible()
    page.get_by_role("navigation", name="On this page").get_by_role("link", name="Events").click()
    expect(page.get_by_role("heading", name="Events", exact=True)).to_be_in_viewport()
    assert grave_findings(page) == []


def test_on_a4_every_section_is_printed_and_nothing_is_clipped(page: Page, app_url: str):
    visit(page, app_url, ADDRESS)
    paper = page.pdf(format="A4", prefer_css_page_size=True, tagged=True, outline=True)
    # The outline of a PDF lists the headings that are on its pages.
    printed = [title.decode("latin-1") for title in re.findall(rb"/Title \(([^)]*)\)", paper)]
    assert [heading for heading in HEADINGS if heading not in printed] == []
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) > 3
    page.emulate_media(media="print")
    page.set_viewport_size({"width": A4_WIDTH, "height": 1000})
    too_wide = page.evaluate(
        """width => [...document.querySelectorAll('.stMain .atlas table, .stMain .atlas .lanes')]
            .filter(part => part.checkVisibility())
            .filter(part => part.getBoundingClientRect().right > width + 1 || part.scrollWidth > part.clientWidth + 1)
            .map(part => part.innerText.slice(0, 80))""",
        A4_WIDTH,
    )
    assert too_wide == []
    hidden = page.evaluate("""() => [...document.querySelectorAll('.st-key-pilot_status td > details.source > summary')]
        .filter(line => !line.closest('.parts')).every(line => line.checkVisibility())""")
    assert hidden, "a row on paper does not name its documents"
    expect(page.get_by_test_id("stSidebar")).to_be_hidden()
