"""The front end as a browser gets it from the real server: the files on the disk, whole, compressed, and quick."""

from __future__ import annotations

import gzip
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
import streamlit

from tests.support.paths import ROOT
from tests.support.server import running_server

SCRIPTS = Path(streamlit.__file__).parent / "static" / "static" / "js"


def test_scripts_come_from_memory_as_they_are_on_the_disk(tmp_path, warehouse_dir):
    files = {f"static/js/{path.name}": path for path in sorted(SCRIPTS.glob("index.*.js"))}
    files["app/static/leaflet-1.9.4/leaflet.css"] = ROOT / "static" / "leaflet-1.9.4" / "leaflet.css"
    with running_server("app.py", tmp_path / "log", warehouse=warehouse_dir) as server:
        for address, path in files.items():
            for _ in range(2):
                request = Request(f"{server.url}/{address}", headers={"Accept-Encoding": "gzip"})
                with urlopen(request) as answer:
                    assert answer.headers["Content-Encoding"] == "gzip"
                    assert gzip.decompress(answer.read()) == path.read_bytes()
                with urlopen(f"{server.url}/{address}") as answer:
                    assert answer.read() == path.read_bytes()
        with urlopen(f"{server.url}/static/js/gone.js") as answer:
            assert answer.headers["Content-Type"].startswith("text/html")
            assert b"<html" in answer.read()
        assert not server.trouble()


@pytest.mark.skipif(sys.platform == "win32", reason="uvloop, which sends answers at once, does not run on Windows")
def test_a_connection_kept_open_answers_as_quickly_as_a_new_one(tmp_path, warehouse_dir):
    """Head and content of an answer are sent one after the other. Where the server's side waits for the first to be
    confirmed before it sends the second, each answer on a connection in use takes 40 ms: some 30 times as long."""
    with running_server("app.py", tmp_path / "log", warehouse=warehouse_dir) as server:
        host = urlsplit(server.url).netloc

        def seconds(connection: HTTPConnection) -> float:
            begun = time.perf_counter()
            connection.request("GET", "/static/js/" + next(SCRIPTS.glob("PageLink.*.js")).name)
            assert connection.getresponse().read()
            return time.perf_counter() - begun

        kept = HTTPConnection(host)
        in_use = [seconds(kept) for _ in range(30)][10:]  # the first answers of a connection are confirmed at once
        kept.close()
        anew = []
        for _ in range(20):
            connection = HTTPConnection(host)
            anew.append(seconds(connection))
            connection.close()
    assert median(in_use) < 3 * median(anew)
