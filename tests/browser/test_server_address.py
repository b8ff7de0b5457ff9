"""A link to a page finds its server at the first try, also in a folder of a larger site."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.support.server import running_server
from tests.support.streamlit_page import map_frame, settle


def test_a_link_asks_nothing_that_is_not_there(open_page: Callable[..., Page], tmp_path, warehouse_dir):
    page = open_page(own=True)
    answered: list[tuple[int, str]] = []
    page.on("response", lambda answer: answered.append((answer.status, answer.url)))
    with running_server("app.py", tmp_path / "log", warehouse=warehouse_dir, folder="/a/larger/site") as server:
        page.goto(f"{server.url}/borough_map?borough=Camden")
        settle(page)
        expect(map_frame(page).locator("path.area")).to_have_count(33)
        expect(page.get_by_role("heading", name="Camden", exact=True)).to_be_visible()
        page.get_by_role("link", name="Coverage").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Where has a community been reached")
        settle(page)
        assert page.url.startswith(f"{server.url}/coverage?")
        page.get_by_role("link", name="Credits").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("About the data")
        settle(page)
        assert page.url.startswith(f"{server.url}/about_the_data?")
    assert [url for status, url in answered if status >= 400] == []
    assert len([url for _, url in answered if url.endswith("/_stcore/health")]) == 1
