"""An officer takes the workbook from the page, fills it in, and has it checked there. Nothing is loaded."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from etl.__main__ import main
from tests.integration.test_returns_desk import FILLED, START_CELLS, fill
from tests.support.axe import grave_findings
from tests.support.returns.made import data_folder
from tests.support.server import Server, running_server
from tests.support.streamlit_page import main_text, pick, settle, visit


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    """A dashboard on a folder of its own that has two rounds of returns, and that folder."""
    folder = tmp_path_factory.mktemp("desk")
    data, warehouse = data_folder(folder / "data"), folder / "warehouse"
    assert main(["build", "--data", str(data), "--warehouse", str(warehouse)]) == 0
    with running_server("app.py", folder / "log", warehouse=warehouse, env={"ATLAS_DATA": str(data)}) as server:
        yield server, data


def uploaded(page: Page, path: Path) -> None:
    page.locator('input[type="file"]').set_input_files(path)
    expect(page.get_by_role("heading", name="What was found")).to_be_visible(timeout=60_000)
    settle(page)


def test_a_workbook_is_taken_filled_and_checked_and_nothing_is_loaded(
    desk: tuple[Server, Path], open_page: Callable[..., Page], tmp_path: Path
):
    server, data = desk
    page = open_page()
    visit(page, server.url, "send_return")
    pick(page, "Borough of my board", "Camden")
    with page.expect_download(timeout=60_000) as download:
        page.get_by_role("button", name="Download the workbook of Camden").click()
    book = tmp_path / "camden.xlsx"
    download.value.save_as(book)
    fill(book, FILLED, START_CELLS)
    uploaded(page, book)
    text = main_text(page)
    assert "Camden, June 2012, version 1: accepted" in text
    assert "Every row can be loaded." in text
    changes = page.get_by_role("table", name="What this file would change")
    expect(changes.get_by_role("row").filter(has_text="Trains groups.")).to_have_count(1)
    assert grave_findings(page) == []

    faulty = tmp_path / "faulty.xlsx"
    faulty.write_bytes(book.read_bytes())
    fill(faulty, {"community_groups": [{"name": "<img src=x>", "kind": "Band", "step": "Engaged"}]}, {})
    page.locator('input[type="file"]').set_input_files(faulty)
    fault = page.get_by_role("table", name="Faults").get_by_role("row").filter(has_text="Band")
    expect(fault).to_contain_text("Kind", timeout=60_000)
    settle(page)
    expect(fault).to_contain_text("Error: the row is kept out")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download your file with the faults marked").click()
    assert download.value.suggested_filename == "return_marked_up.xlsx"
    assert not (data / "returns" / "received.csv").exists()


def test_what_is_no_return_is_said_and_the_page_stays_up(
    desk: tuple[Server, Path], open_page: Callable[..., Page], tmp_path: Path
):
    server, _ = desk
    page = open_page(width=390, height=844)
    visit(page, server.url, "send_return", borough="Camden")
    foreign = tmp_path / "photo.xlsx"
    foreign.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 500)
    uploaded(page, foreign)
    assert "Nothing of this file can be loaded" in main_text(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
