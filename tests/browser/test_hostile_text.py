"""Text from data on every page: it is shown as it stands, and is neither script nor markup nor Markdown nor a link.

A warehouse of its own holds hostile text wherever text is free (`tests/support/hostile.py`). A request that any of it
sets off to another machine fails the test through the fixtures.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from etl.collect import collect
from etl.publish import publish
from etl.returns.store import write_rows
from geo.names import borough_names
from tests.support.hostile import HOSTILE, ROUND, ROWS, hostile
from tests.support.rows import write_sources
from tests.support.server import running_server
from tests.support.streamlit_page import go_to, map_frame, pick, picked, settle, visit
from ui.lenses import LENSES
from ui.pages import PAGES

ENTRIES = [entry for entries in PAGES.values() for entry in entries]
CAMDEN = next(code for code, name in borough_names().items() if name == "Camden")

_STRANGE = """
() => [...document.querySelectorAll(`
  img[src="x"], img[src*="x.test"], [onmouseover], [onerror], a:is([href^="javascript"], [href*="x.test"]), .katex,
  .atlas :is(script, strong, em), .atlas img:not([src^="data:image/svg"]),
  .atlas [data-testid="stIconMaterial"], [data-testid="stSelectbox"] :is(b, strong, img, input[type=checkbox])
`)].map(one => one.outerHTML.slice(0, 120))
  .concat([...document.querySelectorAll('.atlas style')]
    .filter(one => !one.textContent.startsWith('.atlas .')).map(one => one.outerHTML.slice(0, 120)))
  .concat([...document.querySelectorAll('.atlas *')]
    .filter(one => ['bold', 'strong', 'red', 'badge'].includes(one.textContent.trim())).map(one => one.outerHTML))
  .concat([...document.querySelectorAll('[data-testid="stMarkdownContainer"], [data-testid="stHeading"]')]
    .filter(one => one.textContent.includes('top.ran')).map(one => 'Markdown: ' + one.outerHTML.slice(0, 120)))
"""


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The dashboard on hostile rows, published by the production loader over an edition without them, so that they are
    among what changed."""
    folder = tmp_path_factory.mktemp("hostile")
    publish(collect(write_sources(folder / "before" / "data", {})), folder / "warehouse")
    data = write_sources(folder / "data", ROWS)
    write_rows(data / "returns" / "rounds.csv", list(ROUND), [ROUND])
    publish(collect(data), folder / "warehouse")
    with running_server("app.py", folder / "server.log", warehouse=folder / "warehouse") as server:
        yield server.url


def assert_harmless(page: Page) -> None:
    """Nothing ran, nothing became an element, in no frame."""
    for frame in page.frames:
        assert frame.evaluate("() => window.top.ran ?? null") is None, frame.url
        assert frame.evaluate(_STRANGE) == [], frame.url
    assert page.evaluate("() => getComputedStyle(document.querySelector('.atlas h1')).color") == "rgb(11, 12, 12)"


def text(page: Page) -> str:
    """All text of the page beside the navigation, closed parts too."""
    return page.get_by_test_id("stMain").evaluate("main => main.textContent")


def open_all(page: Page) -> None:
    """Open every source, every mark of a conflict and every other part that can be opened."""
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true; })")


def test_hostile_text_is_text_on_every_page(page: Page, url: str):
    visit(page, url, mine="Camden")
    for entry in ENTRIES:
        go_to(page, entry.title)
        open_all(page)
        if entry.script == "data/about_the_data.py":
            pick(page, "Part", "Conflicts")
            for column in ("conflict.question", "conflict.used", "conflict.why", "conflict_reading.reading"):
                assert hostile(column) in text(page), column
        assert HOSTILE in text(page), entry.script
        assert_harmless(page)


def test_hostile_text_is_text_on_every_lens_in_tooltip_panel_table_legend_and_link(page: Page, url: str):
    visit(page, url, "borough_map", borough="Camden")
    for label in LENSES:
        pick(page, "Lens", label)
        open_all(page)
        assert HOSTILE in text(page), label
        assert_harmless(page)
        if label.startswith("One programme"):
            name = hostile("programme.name")
            assert page.locator(".atlas-legend p").inner_text() == name
            assert picked(page, "Programme") == name
            page.get_by_role("combobox", name="Programme").click()
            expect(page.get_by_role("option", name=name)).to_be_visible()
            assert page.get_by_role("option").inner_text() == name
            page.keyboard.press("Escape")
            area = map_frame(page).locator(f'path.area[data-gss="{CAMDEN}"]')
            area.hover()
            expect(map_frame(page).locator(".leaflet-tooltip")).to_contain_text("Took part")
            assert_harmless(page)
            page.goto(page.url)  # the label of the programme stands in the link
            settle(page)
            assert_harmless(page)
    panel = page.locator(".atlas").filter(has=page.get_by_role("link", name="Open the profile of"))
    assert hostile("pilot.name") in panel.evaluate("one => one.textContent")


def test_hostile_text_is_text_in_sources_sections_and_readings_of_a_profile(page: Page, url: str):
    visit(page, url, "borough_profile", borough="Camden")
    open_all(page)
    shown = text(page)
    for where in (
        "programme.name", "programme_borough.note", "activity.actor", "activity.summary", "activity.happened_text",
        "obstacle.said_by", "obstacle.summary", "pilot.set_out_to", "pilot_item.summary", "community_group.name",
        "engagement.described_as", "printed_figure.title", "printed_figure.unit", "output.name", "milestone.title",
        "milestone.date_text", "body.members", "body.purpose", "partner.name", "partner_link.note",
        "statement.headline", "statement.said_by", "round_response.note", "training_round.title",
        "activity.section", "activity.paragraph", "activity.rule", "conflict.question", "conflict_reading.reading",
    ):  # fmt: skip
        assert hostile(where) in shown, where
    assert_harmless(page)


def test_hostile_text_is_text_in_a_download(page: Page, url: str):
    visit(page, url, "borough_map", lens="Pilots")
    with page.expect_download() as started:
        page.get_by_role("button", name="Download this table (CSV)").click()
    content = Path(started.value.path()).read_text(encoding="utf-8-sig")
    lines = {line["Borough"]: line for line in csv.DictReader(io.StringIO(content, newline=""))}
    assert len(lines) == 33
    assert lines["Camden"]["Pilots and proposals"] == f"'{hostile('pilot.name')}"
    assert re.fullmatch(r"[A-Za-z].*", lines["Camden"]["Source"], re.DOTALL)
    assert hostile("pilot.paragraph") in lines["Camden"]["Source"]
    assert (lines["Barnet"]["What is reported"], lines["Barnet"]["What is reported: status"]) == (
        "",
        "[x] not named in a pilot or proposal",
    )
