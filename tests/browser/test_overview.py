"""The overview in a real browser: each figure against the files of the transcription; a map that sets my borough."""

from __future__ import annotations

import csv
from pathlib import Path

from playwright.sync_api import Page, expect

from geo.names import borough_names
from tests.support.paths import ROOT
from tests.support.streamlit_page import map_frame, picked, settle, visit
from ui.words import partial_date
from warehouse.schema.vocabulary import ACTUAL_ROLES

CODES = {name: code for code, name in borough_names().items()}
Rows = list[dict[str, str]]


def read(path: Path) -> Rows:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def transcribed(table: str) -> Rows:
    """The rows of a table in the files under data/sources."""
    return [row for file in sorted((ROOT / "data" / "sources").glob(f"*/{table}.csv")) for row in read(file)]


def figures() -> list[tuple[str, str, Rows]]:
    """The number, the sentence and the facts of the boxes, worked out anew."""
    entries = [
        row for row in transcribed("round_response") if (row["round"], row["response"]) == ("appendix_2007", "entry")
    ]
    found = [(str(len(entries)), "of 32 boards have a statement of 2007 on their work", entries)]
    for programme in transcribed("programme"):
        key, name, kind = programme["fact_key"], programme["name"], programme["kind"]
        acting = [
            row
            for row in transcribed("programme_borough")
            if row["programme"] == key and row["role"] in ACTUAL_ROLES and kind in ("partnership", "linked")
        ]
        if acting:
            areas = len({row["borough"] for row in acting})
            found.append((str(areas), f"of 33 areas are named as taking part: {name}", acting))
        own = [row for row in transcribed("pilot") if row["programme"] == key and row["kind"] == "pilot"]
        if own and kind == "partnership":
            named = [row for row in own if row["scope"] == "borough"]
            more = f", {len(own) - len(named)} more without a borough" if len(own) > len(named) else ""
            found.append((str(len(named)), f"pilots with named boroughs{more}: {name}", own))
    for row in transcribed("training_round"):
        found.append((row["people"], f"trained in {row['title']}", [row]))
    return found


def test_every_figure_leads_to_its_paragraphs(page: Page, app_url: str):
    names = {row["document"]: row["short_name"] for row in read(ROOT / "data/reference/document.csv")}
    also = transcribed("also_said")
    visit(page, app_url)
    boxes = page.locator(".figures > div")
    expected = figures()
    assert boxes.count() == len(expected) + 1  # and the interviews that do not survive
    for value, sentence, facts in expected:
        box = boxes.filter(has_text=sentence)
        expect(box).to_have_count(1)
        assert box.locator(".big").inner_text().replace("‡", "").strip() == value, sentence
        box.locator("details.source > summary").click()
        expect(box.locator("details.source li").first).to_be_visible()
        keys = {row["fact_key"] for row in facts}
        said = [*facts, *(row for row in also if row["subject"] in keys)]
        places = {f"{names[row['document']]}, {row['section']}, {row['paragraph']}" for row in said}
        lines = box.locator("details.source li").evaluate_all("all => all.map(one => one.textContent)")
        assert {line.partition("; as at ")[0] for line in lines} == places, sentence


def test_the_dates_of_programmes_lead_to_their_paragraphs(page: Page, app_url: str):
    names = {row["document"]: row["short_name"] for row in read(ROOT / "data/reference/document.csv")}
    columns = ("planned_from", "planned_to", "actual_from", "actual_to")
    dated = [
        row for row in transcribed("programme") if any(row[column] != "not reported" for column in columns)
    ]  # fmt: skip
    assert len(dated) >= 5
    visit(page, app_url)
    table = page.get_by_role("table", name="The same, programme by programme")
    for row in dated:
        line = table.locator("tbody tr").filter(has=page.get_by_role("rowheader", name=row["name"], exact=True))
        shown = [text.replace("‡", "").strip() for text in line.locator("td").all_inner_texts()[2:6]]
        dates = [row[column] for column in columns]
        assert shown == [date if date == "not reported" else partial_date(date) for date in dates], row["name"]
        lane = page.locator(".lanes li", has_text=row["name"]).first
        assert all(partial_date(date) in lane.inner_text() for date in dates if date != "not reported")
        line.locator("details.source > summary").click()
        place = f"{names[row['document']]}, {row['section']}, {row['paragraph']}; as at "
        expect(line.locator("details.source li").first).to_contain_text(place)


def test_a_click_on_the_small_map_sets_my_borough(page: Page, app_url: str):
    visit(page, app_url)
    area = map_frame(page).locator(f'path.area[data-gss="{CODES["Bromley"]}"]')
    area.click()
    expect(area).to_have_attribute("aria-pressed", "true")
    settle(page)
    assert picked(page, "My borough") == "Bromley"
    assert "mine=Bromley" in page.url


def test_the_keyboard_reaches_a_source_and_opens_it(page: Page, app_url: str):
    visit(page, app_url)
    summary = page.locator(".figures details.source > summary").first
    page.get_by_role("combobox", name="As at").focus()
    for _ in range(12):  # over the map
        page.keyboard.press("Tab")
        if summary.evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.locator(".figures details.source li").first).to_be_visible()
