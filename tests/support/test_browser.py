"""Finding a browser: each way in its order, and a plain sentence when there is none. Never a skip."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.support import browser
from tests.support.browser import SETTING, WHAT_TO_DO, BrowserMissing, find_browser


@pytest.fixture(autouse=True)
def _no_browser_of_this_machine(monkeypatch):
    """The one place that does not depend on the environment handed in."""
    monkeypatch.setattr(browser, "MAC_APPS", ())


def program(folder: Path, name: str) -> Path:
    """A file that can be run, in that folder."""
    file = folder / (f"{name}.exe" if os.name == "nt" else name)
    file.write_text("#!/bin/sh\n", encoding="utf-8")
    file.chmod(0o755)
    return file


def test_the_setting_comes_first(tmp_path):
    program(tmp_path, "chromium")
    chosen = program(tmp_path, "mine")
    assert find_browser({SETTING: str(chosen), "PATH": str(tmp_path)}) == chosen


def test_a_wrong_setting_is_said_and_not_passed_over(tmp_path):
    program(tmp_path, "chromium")
    with pytest.raises(BrowserMissing, match="is set to 'nowhere'"):
        find_browser({SETTING: "nowhere", "PATH": str(tmp_path)})


def test_chromium_comes_before_chrome_and_chrome_before_edge(tmp_path):
    found = []
    for name in ("msedge", "google-chrome", "chromium"):
        newest = program(tmp_path, name)
        found.append(find_browser({"PATH": str(tmp_path)}) == newest)
    assert found == [True, True, True]


def test_windows_places_are_looked_at(tmp_path):
    edge = tmp_path / "Microsoft" / "Edge" / "Application" / "msedge.exe"
    edge.parent.mkdir(parents=True)
    edge.touch()
    assert find_browser({"PATH": "", "PROGRAMFILES(X86)": str(tmp_path)}) == edge


def test_installers_are_tried_in_order_when_nothing_is_installed(tmp_path):
    asked = []

    def refuses():
        asked.append("first")

    def brings():
        asked.append("second")
        return tmp_path / "browser"

    assert find_browser({"PATH": ""}, installers=[refuses, brings]) == tmp_path / "browser"
    assert asked == ["first", "second"]


def test_no_browser_at_all_says_what_to_do():
    with pytest.raises(BrowserMissing) as missing:
        find_browser({"PATH": ""}, installers=[lambda: None])
    assert WHAT_TO_DO in str(missing.value)
