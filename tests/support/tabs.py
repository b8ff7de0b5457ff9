"""The tabs of one browser, lent to one test after another.

A new tab starts a process of its own and compiles all of Streamlit's scripts anew: opening the borough map in a tab
that has shown a page before takes half the processor time. All tabs share one cache; the dashboard keeps nothing in it.
"""

from __future__ import annotations

from playwright.sync_api import Browser, Page

BLANK = "about:blank"


class Tabs:
    """Tabs of a browser that runs. `lend` gives one out, `take_back` clears it for the next test."""

    def __init__(self, browser: Browser) -> None:
        self._context = browser.new_context()
        self._idle: list[Page] = []

    def lend(self, width: int, height: int) -> Page:
        """A blank tab of that size, in CSS pixels: one that was given back, or a new one."""
        page = self._idle.pop() if self._idle else self._context.new_page()
        page.bring_to_front()
        page.set_viewport_size({"width": width, "height": height})
        return page

    def take_back(self, page: Page) -> None:
        """Empty a tab and keep it. Listeners are the borrower's to remove. Init scripts cannot be removed: a tab that
        has one is closed, not given back."""
        page.goto(BLANK)
        page.emulate_media(media="null")
        self._idle.append(page)
