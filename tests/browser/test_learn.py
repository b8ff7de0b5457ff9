"""The page on whom a board can learn from in a real browser: one behaviour at a time, by keyboard where it can be."""

from __future__ import annotations

import csv

from playwright.sync_api import Page, expect

from tests.support.keyboard import pick_by_keyboard, tab_to
from tests.support.paths import ROOT
from tests.support.streamlit_page import picked, settle, table_rows, visit
from warehouse.edition import Reader, live_edition
from warehouse.queries.learn import CONCERNS
from warehouse.schema.layout import EVERYONE
from warehouse.schema.programmes import PARTNER_ROLE

ADDRESS = "learn"
ACTS = "What they did, with whom"
MATRIX = "Two-way table: partner agencies by"


def acts(page: Page) -> list[list[str]]:
    return table_rows(page.get_by_role("table", name=ACTS))[1:]


def read(path: str) -> list[dict[str, str]]:
    with (ROOT / path).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_by_keyboard_alone_a_chair_finds_who_does_it_and_where_it_is_said(open_page, app_url):
    page = open_page()
    visit(page, app_url, ADDRESS, mine="Camden")
    pick_by_keyboard(page, "Learn from", "Share a land border")
    pick_by_keyboard(page, "Theme", "Policy and procedures")
    found = acts(page)
    assert {row[1] for row in found} == {"Barnet"}
    source = page.get_by_role("table", name=ACTS).locator("details.source > summary").first
    tab_to(page, source)
    page.keyboard.press("Enter")
    expect(page.get_by_role("table", name=ACTS).locator("details.source li").first).to_contain_text(
        "Appendix 2, Barnet"
    )
    chosen = page.get_by_role("radio", name="By programme")
    tab_to(page, chosen)
    page.keyboard.press("ArrowRight")
    settle(page)
    expect(page.get_by_role("region", name=f"{MATRIX} board")).to_be_visible()
    copy = open_page()
    copy.goto(page.url)
    settle(copy)
    assert [row[:7] for row in acts(copy)] == [row[:7] for row in found]
    assert [picked(copy, label) for label in ("Learn from", "Theme")] == [
        "Share a land border",
        "Policy and procedures",
    ]
    expect(copy.get_by_role("region", name=f"{MATRIX} board")).to_be_visible()


def test_on_a_phone_ten_figures_lead_to_their_paragraph_and_the_picture_is_drawn(open_page, app_url, warehouse_dir):
    """Five acts and five roles of agencies: from the file of facts to the warehouse to the page, with their source."""
    page = open_page(width=390, height=844)
    cursor = Reader(live_edition(warehouse_dir).folder, EVERYONE).cursor()
    short = dict(cursor.execute("SELECT document, short_name FROM document").fetchall())
    names = dict(cursor.execute("SELECT fact_key, name FROM partner").fetchall())
    done = [
        row
        for row in read("data/sources/report_2007_appendix_2/activity.csv")
        if row["stage"] in ("done", "under_way")
        and "policy" in row["themes"].split("; ")
        and not {*row["issues"].split("; ")} & {*CONCERNS}
    ]  # fmt: skip
    visit(page, app_url, ADDRESS, mine="Camden", learn_theme="Policy and procedures", partners_by="By board")
    table = page.get_by_role("table", name=ACTS)
    for row in done[:: len(done) // 5][:5]:
        held = cursor.execute(
            "SELECT document, section, paragraph, stage, summary FROM activity WHERE fact_key = ?", [row["fact_key"]]
        ).fetchone()
        assert held == tuple(row[column] for column in ("document", "section", "paragraph", "stage", "summary"))
        line = table.get_by_role("row").filter(has_text=row["summary"])
        expect(line.get_by_role("rowheader")).to_have_text(row["borough"])
        line.locator("details.source > summary").click()
        place = f"{short[row['document']]}, {row['section']}, {row['paragraph']}"
        expect(line.locator("details.source li").first).to_contain_text(place)
    links = [row for row in read("data/sources/report_2007_appendix_2/partner_link.csv") if row["borough"]]
    matrix = page.get_by_role("region", name=f"{MATRIX} board")
    heads = matrix.locator("thead th").all_inner_texts()
    for row in links[:5]:
        held = cursor.execute(
            "SELECT document, section, paragraph, role FROM partner_link WHERE fact_key = ?", [row["fact_key"]]
        ).fetchone()
        assert held == tuple(row[column] for column in ("document", "section", "paragraph", "role"))
        line = matrix.get_by_role("row").filter(has=page.get_by_role("rowheader", name=names[row["partner"]]))
        cell = line.locator("td").nth(heads.index(row["borough"]) - 1)
        expect(cell).to_contain_text(PARTNER_ROLE.label(row["role"]).lower())
        cell.locator("details.source > summary").click()
        place = f"{short[row['document']]}, {row['section']}, {row['paragraph']}"
        expect(cell.locator("details.source")).to_contain_text(place)
    # On a phone the picture's names would be out of view: the table that says the same stands alone.
    image = page.locator(".network img")
    expect(image).to_be_hidden()
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    head = matrix.locator("tbody th").first
    before = head.bounding_box()["x"]
    matrix.evaluate("frame => frame.scrollTo(frame.scrollWidth, 0)")
    assert matrix.evaluate("frame => frame.scrollLeft") > 50
    assert abs(head.bounding_box()["x"] - before) <= 1


def test_a_wide_screen_has_the_picture_and_one_heading_over_the_choice(open_page, app_url):
    page = open_page(width=1024, height=768)
    visit(page, app_url, "learn")
    image = page.get_by_role("img", name="Picture:")
    expect(image).to_be_visible()
    image.scroll_into_view_if_needed()
    assert image.evaluate("async image => { await image.decode(); return image.naturalWidth; }") == 1000
    # The choice keeps its name for a screen reader; for the eye the heading has said it.
    expect(page.get_by_role("radiogroup", name="Partner agencies")).to_be_visible()
    seen = page.get_by_text("Partner agencies", exact=True).evaluate_all(
        "all => all.filter(one => one.checkVisibility({ visibilityProperty: true }) && one.offsetHeight > 2).length"
    )
    assert seen == 1
