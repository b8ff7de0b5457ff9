"""Training reach in a real browser: figures lead to their paragraphs, marks open, a link reopens the view."""

from __future__ import annotations

import csv
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from etl.__main__ import main
from etl.collect import collect
from etl.publish import publish
from geo.names import borough_names
from tests.support import census
from tests.support.axe import grave_findings
from tests.support.keyboard import pick_by_keyboard, tab_to
from tests.support.paths import ROOT
from tests.support.rows import write_sources
from tests.support.streamlit_page import main_text, pick, picked, settle, table_rows, visit
from warehouse.edition import Reader, live_edition
from warehouse.queries.sources import citations
from warehouse.schema.layout import EVERYONE

ADDRESS = "training_reach"
TEN = [
    ("Camden, round 2: by ethnicity", "count-camden-ethnicity-somali"),
    ("Camden, round 2: by ethnicity", "count-camden-ethnicity-moroccan"),
    ("Camden, round 2: by ethnicity", "count-camden-ethnicity-kenyan"),
    ("Camden, round 2: by gender", "count-camden-gender-female"),
    ("Camden, round 2: by gender", "count-camden-gender-male"),
    ("Camden, round 2: by community group", "count-camden-group-ar-rahman-mosque"),
    ("Camden, round 2: by community group", "count-camden-group-victory-chapel"),
    ("Camden, round 2: by community group", "count-camden-group-ivorian-and-french-speaking-african-women"),
    ("Other printed numbers of people and groups reached", "figure-app-merton-01"),
    ("Other printed numbers of people and groups reached", "figure-r1-033"),
]


def transcribed(key: str) -> dict[str, str]:
    """The row of this fact in the files under data/sources."""
    for table in ("training_count", "printed_figure"):
        for file in (ROOT / "data" / "sources").glob(f"*/{table}.csv"):
            with file.open(encoding="utf-8", newline="") as lines:
                found = next((row for row in csv.DictReader(lines) if row["fact_key"] == key), None)
            if found:
                return found
    raise AssertionError(f"no file holds {key}")


@pytest.fixture(scope="module")
def places(warehouse_dir: Path):
    """What the edition says of where each fact stands."""
    return citations(Reader(live_edition(warehouse_dir).folder, EVERYONE).cursor())


def test_ten_figures_lead_to_their_paragraph(page: Page, app_url: str, places):
    visit(page, app_url, ADDRESS)
    for caption, key in TEN:
        fact = transcribed(key)
        table = page.get_by_role("table", name=caption)
        if "filed" in fact:
            row = table.locator("tbody tr").filter(has=page.get_by_role("rowheader", name=fact["filed"], exact=True))
        else:
            row = table.locator("tbody tr").filter(has_text=fact["title"])
        expect(row).to_have_count(1)
        row.locator("details.source > summary").click()
        place = places[key][0]
        assert (place.section, place.paragraph) == (fact["section"], fact["paragraph"])
        opened = row.locator("details.source li").first
        expect(opened).to_be_visible()
        assert opened.inner_text().startswith(f"{place.short_name}, {place.section}, {place.paragraph}; as at ")
        value = row.locator("td.number").first.inner_text().replace("‡", "").split()[-1]
        assert value == (fact.get("people") or fact["value"])


def test_the_mark_on_the_total_opens_the_readings_by_keyboard(page: Page, app_url: str):
    visit(page, app_url, ADDRESS)
    mark = page.locator(".figures details.conflict").first
    mark.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(mark.get_by_text("When did round 2 of Camden's training begin and end?")).to_be_visible()
    expect(mark.get_by_text("From November 2009 to 26 April 2010.")).to_be_visible()


def test_a_copied_link_reopens_the_view_and_the_page_holds_on_a_phone(page: Page, app_url: str, open_page):
    visit(page, app_url, ADDRESS, borough="Merton")
    pick(page, "As at", "29 April 2010")
    again = open_page(width=390, height=844)
    again.goto(page.url)
    settle(again)
    assert "No document dated by 29 April 2010 counts who was trained in Merton." in main_text(again)
    again.get_by_role("link", name="Camden, round 2").click()
    settle(again)
    assert "people or attendances (the document does not say which) are reported in Camden, round 2" in main_text(again)
    assert again.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert grave_findings(again) == []


@pytest.fixture
def with_both_censuses(tmp_path: Path) -> Path:
    """One round, with made census tables of 2001 and 2011, as people load them."""
    counted = {"training_round": "training-a", "dimension": "ethnicity", "unit_of_count": "people"}
    rows = {
        "training_round": [{"fact_key": "training-a", "title": "Camden, round 1", "borough": "Camden", "people": "39",
                            "unit_of_count": "people", "content": "What was taught.", "narrative_to": "2010"}],
        "training_count": [{**counted, "printed": "Bangladeshi", "filed": "Bangladeshi", "people": "34"},
                           {**counted, "printed": "Morrocan", "filed": "Moroccan", "people": "5"}],
    }  # fmt: skip
    data = write_sources(tmp_path / "data", rows)
    tables = [
        census.write(tmp_path / "late.csv", census.wide()),
        census.write(tmp_path / "early.csv", census.single_block()),
    ]
    assert main(["population", *map(str, tables), "--data", str(data)]) == 0
    publish(collect(data), tmp_path / "warehouse")
    return tmp_path / "warehouse"


def test_rates_and_the_whole_filing_table_by_keyboard_alone(open_page, serve, with_both_censuses: Path):
    page = open_page()
    visit(page, serve("app.py", warehouse=with_both_censuses).url, ADDRESS, borough="Camden", mine="Sutton")
    tab_to(page, page.get_by_role("link", name="Training counts per 1,000 residents"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Training counts per 1,000 residents")).to_be_in_viewport()
    assert picked(page, "Residents by the") == "Census of 2011"
    pick_by_keyboard(page, "Residents by the", "Census of 2001")
    rates = page.get_by_role("table", name="each ethnicity per 1,000 residents, census of 2001")
    living = census.total(
        census.question(2001, "ethnic_group"),
        list(borough_names().values()).index("Camden"),
        next(g for g in census.question(2001, "ethnic_group").groups if g.key == "2001-ethnic-bangladeshi"),
    )
    row = next(cells for cells in table_rows(rates) if cells[0] == "Bangladeshi")
    assert [cell.replace("‡", "").strip() for cell in row[4:7]] == ["34", f"{living:,}", f"{34 / living * 1000:,.1f}"]
    assert parse_qs(urlsplit(page.url).query)["census"] == ["Census of 2001"]
    bars = page.locator(".multiples.rates .bar")
    assert max(bars.evaluate_all("all => all.map(one => one.style.width)"), key=lambda w: float(w[:-1])) == "50%"

    again = open_page(width=390, height=844)
    again.goto(page.url)
    settle(again)
    assert picked(again, "Residents by the") == "Census of 2001"
    assert again.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert grave_findings(again) == []

    tab_to(page, page.get_by_role("link", name="The whole table"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/about_the_data?part=Where+ethnicities+are+filed**")
    settle(page)
    rows = table_rows(page.get_by_role("table", name="Ethnicities as printed, and where they are filed"))
    assert next(cells for cells in rows if cells[0] == "Morrocan")[1] == "Moroccan"
    assert rows[-1][0] == "Not known"
    assert "No denominator loaded" not in main_text(page)
    assert grave_findings(page) == []
