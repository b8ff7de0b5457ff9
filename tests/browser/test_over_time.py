"""The page on programmes over the years in a real browser."""

from __future__ import annotations

import csv
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

from tests.support.paths import ROOT
from tests.support.streamlit_page import main_text, settle, visit

ADDRESS = "over_time"
LOOK = "one => { const s = getComputedStyle(one); return s.backgroundColor + s.backgroundImage; }"
"""Colour and pattern of an element."""


def rows(name: str) -> list[dict[str, str]]:
    """All rows of a table in the files under data/sources."""
    found = []
    for file in sorted((ROOT / "data" / "sources").glob(f"*/{name}.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            found += csv.DictReader(lines)
    return found


def test_small_maps_share_a_legend_and_programmes_are_chosen_by_keyboard(open_page, app_url: str):
    page = open_page()
    visit(page, app_url, ADDRESS, borough="Hackney")
    expect(page.locator(".small-maps figure")).to_have_count(15)
    boxes = page.locator(".small-maps figure i").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().toJSON())"
    )
    tops = page.locator(".small-maps").first.locator("figure").evaluate_all("all => all.map(one => one.offsetTop)")
    assert [tops.count(top) for top in sorted(set(tops))] == [4, 3], "no year stands alone in its row"
    assert len(boxes) == 15 * 33
    assert all(abs(box["width"] - box["height"]) < 1 for box in boxes)
    legend = {
        entry.inner_text().strip(): entry.locator("i").evaluate(LOOK)
        for entry in page.locator(".small-legend li").all()
    }
    assert len(set(legend.values())) == len(legend) == 5
    for label in ("Planned, taking part not reported", "not named for that programme or year"):
        square = page.locator(f'.small-maps figure:has(h3:text-is("2005")) i[title$="{label.lower()}"]').first
        assert square.evaluate(LOOK) == legend[label]

    box = page.get_by_role("combobox", name="Programmes")
    for name in ("AIM pilot in London", "Protecting Children in the Community, Camden"):
        box.fill(name)
        expect(page.get_by_role("option", name=name, exact=True)).to_be_visible()
        page.keyboard.press("Enter")
        settle(page)
    page.keyboard.press("Tab")
    assert parse_qs(urlsplit(page.url).query)["programmes"] == [
        "AIM pilot in London", "Protecting Children in the Community, Camden",
    ]  # fmt: skip
    expect(page.locator(".small-maps figure")).to_have_count(9)
    copy = open_page()
    copy.goto(page.url)
    settle(copy)
    assert copy.locator("h3").all_text_contents() == page.locator("h3").all_text_contents()
    assert copy.locator("figcaption").all_text_contents() == page.locator("figcaption").all_text_contents()
    assert "2 programmes" in main_text(copy)


def test_every_borough_of_every_programme_leads_to_its_paragraph(page: Page, app_url: str):
    visit(page, app_url, ADDRESS)
    _figures_lead_to_their_paragraphs(page)


def _figures_lead_to_their_paragraphs(page: Page) -> None:
    """Every borough of every programme, with the place that says so, worked out from the files of the transcription."""
    with (ROOT / "data/reference/document.csv").open(encoding="utf-8", newline="") as lines:
        short = {row["document"]: row["short_name"] for row in csv.DictReader(lines)}
    names = {row["fact_key"]: row["name"] for row in rows("programme")}
    lines = {}
    table = page.get_by_role("table", name="The same, programme by programme")
    for line in table.locator("tbody tr").all():
        lines[line.locator("th").inner_text()] = (
            line.locator("td").all_inner_texts(),
            [text.partition("; as at ")[0] for text in line.locator("details.source li").all_text_contents()],
        )
    roles = rows("programme_borough")
    assert len(roles) >= 10
    for row in roles:
        cells, told = lines[names[row["programme"]]]
        assert sum(row["borough"] in cell for cell in cells[:-1]) == 1, row["fact_key"]
        assert f"{short[row['document']]}, {row['section']}, {row['paragraph']}" in told, row["fact_key"]
    source = table.locator("details.source").first
    source.locator("summary").first.click()
    expect(source.locator("li").first).to_be_visible()
