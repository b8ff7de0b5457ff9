"""Editions in a real browser: a new one is seen within one interaction, a link reopens an old one and is kept."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from etl.collect import collect
from etl.keeping import label
from etl.publish import publish
from tests.support.axe import grave_findings
from tests.support.rows import write_sources
from tests.support.server import Server, running_server
from tests.support.streamlit_page import go_to, main_text, pick, settle, table_rows, visit

PROGRAMME = {"fact_key": "programme-p", "name": "Test", "kind": "other", "summary": "Made up."}
LABEL = "Operations group, 21 June 2012"


def content(folder: Path, boroughs: str) -> Path:
    """A data folder in which these boroughs took part."""
    roles = [{"programme": "programme-p", "borough": borough, "role": "took_part"} for borough in boroughs.split()]
    return write_sources(folder / boroughs / "data", {"programme": [PROGRAMME], "programme_borough": roles})


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("editions")


@pytest.fixture(scope="module")
def two(folder: Path) -> list[str]:
    """The names of two editions, the older one labelled."""
    names = [publish(collect(content(folder, text)), folder / "w").edition for text in ("Brent", "Brent Camden")]
    label(folder / "w", names[0], LABEL)
    return names


@pytest.fixture(scope="module")
def server(folder: Path, two: list[str]) -> Iterator[Server]:
    """A dashboard on that warehouse."""
    with running_server("app.py", folder / "server.log", warehouse=folder / "w") as running:
        yield running


def query(page: Page) -> dict[str, list[str]]:
    return parse_qs(urlsplit(page.url).query)


def test_an_edition_reopened_by_its_link_is_kept_across_pages_and_left_by_the_notice(
    page: Page, server: Server, two: list[str]
):
    visit(page, server.url, "about_the_data", part="Editions")
    page.get_by_role("link", name=two[0]).click()
    settle(page)
    notice = page.get_by_role("status").filter(has_text="opened by its link")
    expect(notice).to_contain_text(LABEL)
    expect(notice).to_contain_text("Newer data exist")
    assert query(page) == {"edition": [two[0]]}
    assert grave_findings(page) == []
    pick(page, "As at", "29 April 2010")
    for title in ("Borough map", "Pilot status", "Borough profile"):
        go_to(page, title)
        expect(notice).to_be_visible()
        assert query(page)["edition"] == [two[0]]
    page.go_back()
    settle(page)
    assert query(page)["edition"] == [two[0]]
    expect(notice).to_be_visible()
    page.get_by_role("link", name="What these documents are").click()
    settle(page)
    assert query(page)["edition"] == [two[0]]
    notice.get_by_role("link").click()
    settle(page)
    assert "edition" not in query(page)
    assert f"Edition {two[1]}" in main_text(page)
    expect(notice).to_have_count(0)


def test_a_copied_comparison_reopens_and_its_download_is_of_the_editions_on_the_page(
    page: Page, server: Server, two: list[str]
):
    visit(page, server.url, "what_changed", changes_to=f"older words ({two[0]})", changes_from=f"x ({two[1]})")
    assert table_rows(page.get_by_role("table")) == [
        ["Table", "What", "Change", "Old", "New"],
        ["Boroughs in programmes", "Test, Camden", "gone", "was there", "is not there"],
    ]
    assert query(page)["changes_to"] == [f"{LABEL} ({two[0]})"]
    assert grave_findings(page) == []
    with page.expect_download() as download:
        page.get_by_role("button", name="Download these changes (CSV)").click()
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    assert [(row["Board"], row["Change"], row["Fact key"]) for row in rows] == [("Camden", "gone", "pb-test-1")]


def test_a_running_dashboard_shows_a_new_edition_within_one_interaction(
    page: Page, server: Server, folder: Path, two: list[str]
):
    """The last test here: it publishes."""
    visit(page, server.url, "borough_map")
    assert f"Edition {two[1]}" in main_text(page)
    new = publish(collect(content(folder, "Brent Camden Ealing")), folder / "w").edition
    pick(page, "Borough", "Ealing")
    assert f"Edition {new}" in main_text(page)
    assert re.search(r"\b3 of 33 areas\b", main_text(page)), "the figures are of the new edition, not only its name"
