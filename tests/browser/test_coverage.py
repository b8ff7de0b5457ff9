"""The coverage page and the tile map in a real browser: one behaviour at a time."""

from __future__ import annotations

import csv
from collections import defaultdict
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from geo.names import borough_names
from tests.support.axe import grave_findings
from tests.support.paths import ROOT
from tests.support.streamlit_page import picked, settle, table_rows, visit
from warehouse.schema.vocabulary import STEP

LOOK = "one => { const s = getComputedStyle(one); return s.backgroundColor + s.backgroundImage; }"
"""Colour and pattern of an element."""

BY_BOROUGH = "borough by borough: how many came to each step or further"


def tiles(page: Page) -> Locator:
    return page.locator(".tiles a")


def table(page: Page, caption: str) -> Locator:
    return page.get_by_role("table", name=caption)


def rows(name: str) -> list[dict[str, str]]:
    """All rows of a table in the files under data/sources."""
    found = []
    for file in sorted((ROOT / "data" / "sources").glob(f"*/{name}.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            found += csv.DictReader(lines)
    return found


def test_the_tile_map_says_what_the_table_says_and_is_worked_by_keyboard(page: Page, app_url: str):
    visit(page, app_url, "borough_map", map_as="Tiles", lens="Pilots", as_at="29 April 2010", mine="Sutton")
    expect(tiles(page)).to_have_count(33)
    drawn = dict(words.split(": ", 1) for words in page.locator(".tiles .vh").all_text_contents())
    assert drawn == {row[0]: row[1] for row in table_rows(table(page, "The same, borough by borough"))[1:]}
    boxes = tiles(page).evaluate_all("all => all.map(one => one.getBoundingClientRect().toJSON())")
    sizes = {round(box[side]) for box in boxes for side in ("width", "height")}
    assert max(sizes) - min(sizes) <= 1, "every area weighs the same"
    assert len({(round(box["x"]), round(box["y"])) for box in boxes}) == 33
    for entry in page.locator(".atlas-legend li").all():
        words = entry.inner_text().rsplit(" ", 2)[0]
        square = page.locator(".tiles a", has_text=f": {words}").first
        assert square.evaluate(LOOK) == entry.locator("i").evaluate(LOOK), words
    expect(page.locator('iframe[title^="streamlit_folium"]')).to_have_count(0)
    assert grave_findings(page) == []

    page.get_by_role("radio", name="Tiles").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip the tiles")).to_be_focused()
    for _ in range(3):
        page.keyboard.press("Tab")
    words = page.locator(".tiles a:focus .vh")
    assert words.bounding_box()["width"] > 60, "the words stand beside the square that has the focus"
    name = words.inner_text().partition(":")[0]
    page.keyboard.press("Enter")
    page.wait_for_url("**borough=**")
    settle(page)
    assert parse_qs(urlsplit(page.url).query) == {
        "map_as": ["Tiles"], "lens": ["Pilots"], "as_at": ["29 April 2010"], "mine": ["Sutton"], "borough": [name],
    }  # fmt: skip
    expect(page.locator(".tiles a[aria-current]")).to_contain_text(name)
    page.get_by_role("radio", name="Outline").click()
    map_area = page.frame_locator('iframe[title^="streamlit_folium"]').get_by_role("button", name=name)
    expect(map_area).to_have_attribute("aria-pressed", "true")


def test_coverage_on_a_phone_and_reopened_by_its_link_on_a_desk(open_page, app_url: str):
    page = open_page(width=390, height=844)
    visit(page, app_url, "coverage", map_as="Tiles", borough="Camden", group_place="had contact")
    boxes = tiles(page).evaluate_all("all => all.map(one => one.getBoundingClientRect().toJSON())")
    assert all(box["x"] >= 0 and box["right"] <= 390 for box in boxes)
    assert min(box["width"] for box in boxes) >= 24, "large enough for a finger"
    page.locator(".tiles a", has_text="Havering").focus()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    grid = page.get_by_role("region", name="Grid: communities by boroughs")
    expect(grid.locator("thead th")).to_have_count(
        len(borough_names()) + 3
    )  # with the corner and two lines of their own
    grid.evaluate("frame => frame.scrollTo(frame.scrollWidth, frame.scrollHeight)")
    assert grid.locator("thead th").first.bounding_box()["x"] == pytest.approx(grid.bounding_box()["x"] + 1, abs=1)
    # A cell leads to its community and borough, and keeps the rest.
    grid.locator('td[title^="Somali, Camden: trained"] a').focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**community=Somali**")
    settle(page)
    expect(page.get_by_role("heading", name="How far groups were reached: Somali, Camden")).to_be_visible()
    copy = open_page()
    copy.goto(page.url)
    settle(copy)
    assert [picked(copy, label) for label in ("Community", "Count groups where they", "Borough")] == [
        "Somali", "had contact", "Camden",
    ]  # fmt: skip
    assert table_rows(table(copy, BY_BOROUGH)) == table_rows(table(page, BY_BOROUGH))


def test_ten_figures_lead_to_their_paragraphs(page: Page, app_url: str):
    """Groups in each borough, worked out anew from the files of the transcription, with the places that say so."""
    with (ROOT / "data/reference/document.csv").open(encoding="utf-8", newline="") as lines:
        short = {row["document"]: row["short_name"] for row in csv.DictReader(lines)}
    also = rows("also_said")

    def places(row: dict[str, str]) -> set[str]:
        said = [row, *(other for other in also if other["subject"] == row["fact_key"])]
        return {f"{short[one['document']]}, {one['section']}, {one['paragraph']}" for one in said}

    groups = {row["fact_key"]: row for row in rows("community_group")}
    contacts = [row for row in rows("engagement") if row["community_group"]]
    in_borough: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    furthest: dict[str, int] = dict.fromkeys(groups, 0)
    for key, row in groups.items():
        for borough in {row["based_in"], *row["serves"].split("; ")} - {"", "not reported"}:
            in_borough[borough][key] |= places(row)
    for row in contacts:
        key = row["community_group"]
        furthest[key] = max(furthest[key], STEP.codes.index(row["step"]))
        if row["borough"]:
            in_borough[row["borough"]][key] |= places(groups[key]) | places(row)
    visit(page, app_url, "coverage")
    figures = 0
    for borough, own in sorted(in_borough.items()):
        line = (
            table(page, BY_BOROUGH)
            .locator("tbody tr")
            .filter(has=page.get_by_role("rowheader", name=borough, exact=True))
        )
        numbers = line.locator("td.number").all_inner_texts()
        assert numbers[1] == str(len(own)), borough
        assert numbers[5] == str(sum(furthest[key] >= STEP.codes.index("trained") for key in own)), borough
        told = [text.partition("; as at ")[0] for text in line.locator("details.source li").all_text_contents()]
        assert set(told) >= set().union(*own.values()), borough
        figures += 2
    assert figures >= 10
    at_least = [int(row[1]) for row in table_rows(table(page, "Groups, step by step"))[1:]]
    assert at_least == [sum(step >= place for step in furthest.values()) for place in range(len(STEP.codes))]
    source = page.locator(".st-key-coverage_funnel details.source").first
    source.locator("summary").first.click()
    expect(source.locator("li").first).to_be_visible()
