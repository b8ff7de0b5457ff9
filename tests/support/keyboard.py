"""Using a page by keyboard alone: nothing here clicks, and nothing focuses what Tab does not reach."""

from __future__ import annotations

from playwright.sync_api import Locator, Page

from tests.support.streamlit_page import settle

_IS_FOCUSED = "element => element === document.activeElement"


def tab_to(page: Page, target: Locator, *, most: int = 200) -> None:
    """Press Tab until `target` has the focus. Raises AssertionError where `most` presses do not reach it."""
    element = target.element_handle()
    for _ in range(most):
        if element.evaluate(_IS_FOCUSED):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{most} presses of Tab do not reach {target}")


def pick_by_keyboard(page: Page, label: str, option: str) -> None:
    """Reach the select box with that label, type the option, choose it, and wait."""
    box = page.get_by_role("combobox", name=label, exact=True)
    tab_to(page, box)
    page.keyboard.press("ArrowDown")  # opens the list
    page.keyboard.type(option)
    page.get_by_role("option", name=option, exact=True).wait_for()
    page.keyboard.press("Enter")
    settle(page)
