"""The front end as a browser gets it from the real server: the files on the disk, whole, compressed, and quick."""

from __future__ import annotations

import gzip
from pathlib import Path
from urllib.request import Request, urlopen

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
