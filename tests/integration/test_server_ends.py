"""What the person who started the dashboard sees when they end it."""

from __future__ import annotations

import signal
import sys

import pytest

from tests.support.server import running_server

SECONDS = 30


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal to send to one process")
def test_a_dashboard_ended_by_ctrl_c_says_no_more_than_that(tmp_path, warehouse_dir):
    """Aborted is Streamlit's word for it. DuckDB's module prints fifty lines about itself where what it made is not
    freed when the process ends."""
    with running_server("app.py", tmp_path / "log", warehouse=warehouse_dir) as server:
        server.process.send_signal(signal.SIGINT)
        server.process.wait(SECONDS)
    said = server.log().removesuffix("Aborted!\n").split()
    assert said == f"You can now view your Streamlit app in your browser. URL: {server.url}".split()
