"""Long tables page by page: which rows stand there, what the address holds, and that the download has all."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from ui.paging import MOST_ON_ONE_PAGE, PAGE_ROWS, Later, page_count

ROWS_OF = "rows_of_made"


def long_table() -> None:
    """A page with one table, of as many rows as session state says; run by AppTest as a script of its own."""
    import streamlit as st

    from ui.paging import Later
    from ui.table import Col, show_table

    def fetch(keys: tuple[int, ...]) -> list[str]:
        st.session_state["fetched"] = keys
        return [f"row {key}" for key in keys]

    rows = Later(range(st.session_state["wanted"]), fetch)
    columns = lambda shown: (Col(f"Of {len(shown)}", lambda row: row, "head"),)  # noqa: E731 - one line is plainer here
    show_table("Made", columns, rows, file="made")


def opened(rows: int, page: int | None = None) -> AppTest:
    at = AppTest.from_function(long_table, default_timeout=30)
    at.session_state["wanted"] = rows
    if page is not None:
        at.query_params["page_made"] = str(page)
    return at.run()


def shown(at: AppTest) -> tuple[str, list[str]]:
    """The caption and the rows of the table."""
    assert not at.exception
    (body,) = [element.proto.body for element in at.main.get("html") if "<table>" in element.proto.body]
    caption = re.search(r"<caption>(.*?)</caption>", body)[1]
    return caption, re.findall(r'<th scope="row">(.*?)</th>', body)


def rows_named(first: int, last: int) -> list[str]:
    return [f"row {number}" for number in range(first, last)]


@pytest.mark.parametrize(
    ("rows", "pages"),
    [(0, 1), (1, 1), (50, 1), (MOST_ON_ONE_PAGE, 1), (MOST_ON_ONE_PAGE + 1, 2), (100, 2), (101, 3), (5038, 101)],
)
def test_how_many_pages(rows: int, pages: int) -> None:
    assert page_count(rows) == pages


def test_a_short_table_stands_whole_and_has_no_pages() -> None:
    assert shown(opened(MOST_ON_ONE_PAGE)) == ("Made", rows_named(0, MOST_ON_ONE_PAGE))


@pytest.mark.parametrize(
    ("page", "first", "last"), [(None, 0, 50), (1, 0, 50), (2, 50, 100), (3, 100, 130)]
)  # fmt: skip
def test_a_long_table_shows_the_page_of_the_address(page: int | None, first: int, last: int) -> None:
    at = opened(130, page)
    assert shown(at) == (f"Made <small>rows {first + 1} to {last} of 130</small>", rows_named(first, last))
    assert at.session_state["fetched"] == tuple(range(first, last)), "only what is shown is fetched"


def test_the_download_holds_every_row(monkeypatch: pytest.MonkeyPatch) -> None:
    files = []
    monkeypatch.setattr("streamlit.download_button", lambda label, data, **rest: files.append(data))
    opened(130, 2)
    (made,) = files
    assert made().decode("utf-8-sig").split("\r\n") == ["Of 130", *rows_named(0, 130), ""]


@pytest.mark.parametrize("page", [0, 4, 99, "two"])
def test_a_page_that_there_is_none_of_is_the_first(page: object) -> None:
    assert shown(opened(130, page))[1] == rows_named(0, PAGE_ROWS)


def test_another_number_of_rows_begins_at_the_first_page() -> None:
    at = opened(130, 3)
    assert shown(at)[1] == rows_named(100, 130)
    at.session_state["wanted"] = 120
    assert shown(at.run())[1] == rows_named(0, PAGE_ROWS)


def test_rows_that_are_fetched_later_behave_like_rows() -> None:
    asked = []
    rows = Later("abc", lambda keys: asked.append(keys) or [key.upper() for key in keys])
    assert (len(rows), asked) == (3, [])
    assert (rows[1], rows[1:], list(rows[5:])) == ("B", ["B", "C"], [])
    assert asked == [("b",), ("b", "c")]
