"""The fixtures and helpers of the browser tests, tried on a small dashboard of their own.

What matters most is that they notice: a request to another machine, a script error, an error that a page hides.
"""

from __future__ import annotations

import os
import subprocess
import textwrap

import pytest
from playwright.sync_api import expect

from tests.conftest import trouble_in
from tests.support.axe import findings, grave_findings
from tests.support.server import ServerFailed, running_server
from tests.support.streamlit_page import NotSettled, main_text, pick, picked, press, settle, table_rows, visit
from tests.support.tabs import Tabs

SCRIPT = """
    import time

    import pandas as pd
    import streamlit as st

    st.title("A small page")
    borough = st.selectbox("Borough", ["Barnet", "Camden", "Ealing"], key="borough", bind="query-params")
    time.sleep(0.5)
    st.text(f"You picked {borough}")
    st.table(pd.DataFrame({"Borough": ["Barnet", "Camden"], "People": ["1,200", "not reported"]}).set_index("Borough"))
    if st.button("Wait"):
        time.sleep(0.5)
        st.text("Waited")
    if st.button("Break"):
        raise ValueError("a value that readers must not see")
    if st.button("Call"):
        import socket

        try:
            socket.create_connection(("192.0.2.1", 80))
        except RuntimeError:
            pass
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A server of that page; errors in it are provoked."""
    folder = tmp_path_factory.mktemp("small")
    (folder / "static").mkdir()
    script = folder / "app.py"
    script.write_text(textwrap.dedent(SCRIPT), encoding="utf-8")
    with running_server(script, folder / "server.log", errors_expected=True) as server:
        yield server


def test_the_helpers_wait_for_what_was_asked(small, page):
    visit(page, small.url, borough="Camden")
    assert "You picked Camden" in main_text(page)
    pick(page, "Borough", "Ealing")
    assert picked(page, "Borough") == "Ealing"
    assert "You picked Ealing" in main_text(page)
    assert "borough=Ealing" in page.url
    press(page, "Wait")
    assert "Waited" in main_text(page)
    assert table_rows(page.get_by_role("table")) == [
        ["Borough", "People"],
        ["Barnet", "1,200"],
        ["Camden", "not reported"],
    ]


def test_a_page_that_never_comes_to_rest_is_said(page):
    page.set_content("<p>not a Streamlit page</p>")
    with pytest.raises(NotSettled):
        settle(page, timeout_ms=500)


def test_a_hidden_error_is_found_in_the_log(small, page):
    visit(page, small.url)
    before = len(small.log())
    press(page, "Break")
    assert "a value that readers must not see" not in main_text(page)
    assert "a value that readers must not see" in small.trouble(before)
    small.errors_expected = False
    assert len(trouble_in([small], {id(small): before})) == 1
    small.errors_expected = True
    assert trouble_in([small], {id(small): before}) == []


def test_a_server_that_calls_another_machine_is_found_out(small, page):
    visit(page, small.url)
    before = len(small.log())
    press(page, "Call")
    assert "192.0.2.1" in small.trouble(before)


def test_requests_to_another_machine_are_seen_and_go_nowhere(page, watch):
    page.set_content(
        "<img src='http://example.org/a.png'><img src='data:,'><iframe srcdoc='<img src=http://192.0.2.1/>'>"
    )
    page.wait_for_function("performance.now() > 0")
    assert watch.outside() == ["http://example.org/a.png", "http://192.0.2.1/"]
    page.atlas_requests.clear()


def test_script_errors_are_seen_in_frames_too(page):
    page.set_content("<script>throw new Error('outer')</script><iframe srcdoc=\"<script>nothing()</script>\">")
    expect(page.locator("iframe")).to_be_visible()
    assert any("outer" in error for error in page.atlas_errors)
    assert any("nothing" in error for error in page.atlas_errors)
    page.atlas_errors.clear()


def test_axe_looks_into_every_frame(page):
    page.set_content(
        "<html lang='en'><title>t</title><main><h1>t</h1><img src='data:,'>"
        "<iframe title='inner' srcdoc=\"<html lang='en'><title>i</title><main><h1>i</h1><button></button>\">"
    )
    expect(page.frame_locator("iframe").locator("button")).to_be_attached()
    assert {finding.rule for finding in grave_findings(page)} == {"image-alt", "button-name"}
    assert "button" in str(next(finding for finding in findings(page) if finding.rule == "button-name"))


def test_a_tab_given_back_keeps_nothing_of_the_test_before(small, browser):
    tabs = Tabs(browser)
    first = tabs.lend(390, 844)
    visit(first, small.url, borough="Camden")
    first.emulate_media(media="print")
    first.evaluate("() => { window.kept = 1; }")
    tabs.take_back(first)
    again, another = tabs.lend(1280, 800), tabs.lend(1024, 768)
    assert again is first, "the tab is used again"
    assert another is not first
    assert (again.url, again.viewport_size) == ("about:blank", {"width": 1280, "height": 800})
    visit(again, small.url)
    assert picked(again, "Borough") == "Barnet"
    assert again.evaluate("() => [window.kept, matchMedia('print').matches, innerWidth]") == [None, False, 1280]
    for tab in (again, another):
        tab.close()


def test_a_script_that_is_not_there_is_said(tmp_path):
    with pytest.raises(ServerFailed, match="no script"), running_server(tmp_path / "none.py", tmp_path / "log"):
        pass


@pytest.mark.skipif(os.name != "posix", reason="process groups are a POSIX matter")
def test_a_server_ends_with_all_it_started(tmp_path):
    (tmp_path / "static").mkdir()
    script = tmp_path / "app.py"
    script.write_text("import streamlit as st\nst.title('x')\n", encoding="utf-8")
    with running_server(script, tmp_path / "log") as server:
        group = server.process.pid
    listing = subprocess.run(["ps", "-eo", "pgid="], capture_output=True, text=True, check=True).stdout.split()
    assert str(group) not in listing
