"""A page of the dashboard run without a browser, as the first one that a reader opens."""

from __future__ import annotations

from datetime import date

from streamlit.testing.v1 import AppTest

from tests.support.paths import ROOT
from ui.pages import PAGES
from ui.words import day

SECONDS = 60
ADDRESSES = {f"pages/{entry.script}": entry.address for entries in PAGES.values() for entry in entries}


def opened(script: str, as_at: date | str | None = None, **query: str) -> AppTest:
    """The page of this script with this query in its address, as at a date. It has to run without an exception."""
    page = AppTest.from_file(ROOT / "app.py", default_timeout=SECONDS)
    page.switch_page(script)
    if as_at:
        query["as_at"] = day(as_at) if isinstance(as_at, date) else as_at
    for name, value in query.items():
        page.query_params[name] = value
    page.run()
    assert not page.exception, page.exception
    # AppTest shows the first page, and says nothing, where it does not find the one that is asked for. Without an
    # edition no page is drawn.
    assert page.session_state["page"] == ADDRESSES[script]
    return page
