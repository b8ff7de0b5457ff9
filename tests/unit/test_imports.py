"""The rooms of the house keep to their rules, and the checker that says so can fail."""

from __future__ import annotations

import ast
import textwrap

import pytest

from tests.support.import_rules import ROOMS_OPEN_TO, breaches, broad_excepts, outside_packages, room_files, undeclared
from tests.support.paths import ROOT


def test_every_room_keeps_to_its_rules():
    found = breaches(ROOT)
    assert not found, "\n" + "\n".join(map(str, found))


def test_every_room_is_looked_at():
    assert set(room_files(ROOT).values()) == set(ROOMS_OPEN_TO)


def test_nothing_anywhere_catches_every_exception():
    lines = [
        f"{path.relative_to(ROOT)}, line {line}"
        for folder in ("tests", "benchmarks")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for line in broad_excepts(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert lines == []


def test_every_package_that_is_imported_is_pinned():
    files = [*room_files(ROOT), *(ROOT / "tests").rglob("*.py"), *(ROOT / "benchmarks").rglob("*.py")]
    missing = undeclared(outside_packages(files, ROOT), (ROOT / "requirements.in").read_text(encoding="utf-8"))
    assert not missing, "name these in requirements.in:\n" + "\n".join(missing)


# --- the checker itself ----------------------------------------------------------------------------------------------


def found_in(tmp_path, place: str, code: str) -> list[str]:
    """What the checker says about one file with that code."""
    path = tmp_path / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(textwrap.dedent(code), encoding="utf-8")
    return [str(breach) for breach in breaches(tmp_path)]


BAD = [
    ("geo/a.py", "import streamlit", "geo imports streamlit"),
    ("etl/a.py", "import streamlit as st", "etl imports streamlit"),
    ("warehouse/a.py", "from streamlit import cache_data", "warehouse imports streamlit"),
    ("warehouse/a.py", "def f():\n    import streamlit", "line 2"),
    ("pages/maps/a.py", "import duckdb", "pages imports duckdb"),
    ("ui/a.py", "from duckdb import connect", "ui imports duckdb"),
    ("geo/a.py", "import duckdb", "geo imports duckdb"),
    ("pages/a.py", "import folium", "pages imports folium"),
    ("etl/a.py", "import folium", "etl imports folium"),
    ("warehouse/a.py", "from folium.features import GeoJson", "warehouse imports folium.features"),
    ("pages/a.py", "from streamlit_folium import st_folium", "pages imports streamlit_folium"),
    ("pages/a.py", "from etl import check", "pages imports etl.check"),
    ("app.py", "import etl.build", "app imports etl.build"),
    ("app.py", "from pages import maps", "app imports pages.maps"),
    ("ui/a.py", "from pages.maps import borough_map", "ui imports pages"),
    ("warehouse/a.py", "from geo import names", "warehouse imports geo.names"),
    ("warehouse/queries/a.py", "from ui import words", "warehouse imports ui.words"),
    ("geo/a.py", "from warehouse.schema import TABLES", "geo imports warehouse.schema"),
    ("etl/a.py", "from warehouse import queries", "etl imports warehouse.queries"),
    ("etl/a.py", "from warehouse.edition import connect", "etl imports warehouse.edition"),
    ("etl/a.py", "import warehouse", "etl imports warehouse;"),
    ("etl/datasets/a.py", "from ...ui import x", "etl imports ui.x"),
    ("etl/a.py", "import importlib\nimportlib.import_module('ui.words')", "line 2: etl imports ui.words"),
    ("geo/a.py", "__import__('streamlit')", "geo imports streamlit"),
    ("etl/a.py", "import requests", "a way to the network"),
    ("etl/a.py", "from urllib import request", "a way to the network"),
    ("geo/a.py", "import urllib.request as r", "a way to the network"),
    ("ui/a.py", "from http.client import HTTPConnection", "a way to the network"),
    ("warehouse/a.py", "import socket", "a way to the network"),
    ("geo/a.py", "try:\n    x = 1\nexcept:\n    pass", "line 3: catches every"),
    ("etl/a.py", "try:\n    x = 1\nexcept Exception as error:\n    raise", "line 3: catches every"),
    ("ui/a.py", "try:\n    x = 1\nexcept (ValueError, BaseException):\n    raise", "line 3: catches every"),
    ("pages/a.py", "q = 'SELECT name FROM borough'", "pages holds SQL"),
    ("pages/a.py", "q = f'''\nselect a, {1}, b from borough'''", "pages holds SQL"),
    ("pages/a.py", "q = 'select count(*) from borough'", "pages holds SQL"),
    ("ui/a.py", "q = 'x' + ' ORDER BY name'", "ui holds SQL"),
    ("pages/a.py", "con.execute(words)", "pages holds SQL"),
    ("pages/a.py", "t.groupby('a').sum()", "pages calls .groupby()"),
    ("pages/a.py", "import pandas as pd", "pages imports pandas"),
]


@pytest.mark.parametrize(("place", "code", "expected"), BAD, ids=[f"{place}: {code[:40]!r}" for place, code, _ in BAD])
def test_the_checker_names_file_line_and_rule(tmp_path, place, code, expected):
    found = found_in(tmp_path, place, code)
    assert len(found) >= 1
    assert found[0].startswith(f"{place}, line ")
    assert expected in found[0]


GOOD = [
    ("app.py", "import streamlit as st\nfrom ui import frame\nfrom warehouse.edition import current"),
    ("pages/maps/a.py", "from ui.table import write\nfrom warehouse.queries import places\nfrom geo import names"),
    ("pages/a.py", "st.selectbox('Select a borough from the list, where one is shown')"),
    ("pages/a.py", '"""Reads SELECT things FROM tables."""'),
    ("ui/a.py", "import pandas as pd\nimport altair\nfrom streamlit_folium import st_folium"),
    ("warehouse/a.py", "import duckdb\nfrom warehouse.schema import TABLES\nq = 'SELECT 1 FROM x'"),
    ("warehouse/queries/a.py", "from . import rows\nfrom ..schema import TABLES"),
    (
        "etl/a.py",
        "import duckdb\nfrom warehouse.schema import TABLES\nfrom warehouse import schema\nfrom geo import names",
    ),
    ("etl/a.py", "from warehouse.changes import fact_tables\nfrom warehouse.words import day"),
    ("etl/a.py", "from urllib.parse import quote\ntry:\n    x = 1\nexcept (ValueError, KeyError):\n    raise"),
    ("geo/a.py", "import folium, geopandas, shapely\nfrom geo import classes"),
]


@pytest.mark.parametrize(("place", "code"), GOOD, ids=[f"{place}: {code[:40]!r}" for place, code in GOOD])
def test_the_checker_lets_good_code_be(tmp_path, place, code):
    assert found_in(tmp_path, place, code) == []


def test_a_package_that_is_not_pinned_is_named(tmp_path):
    path = tmp_path / "ui" / "a.py"
    path.parent.mkdir()
    path.write_text("import json, folium, streamlit_folium, unheard_of\nfrom ui import b\n", encoding="utf-8")
    packages = outside_packages([path], tmp_path)
    assert undeclared(packages, "# unheard-of==1\nfolium==0.20.0\nStreamlit_Folium==1\n") == [
        "unheard_of: imported in ui/a.py, line 1"
    ]
    assert undeclared(packages, "folium==0.20.0") == [
        "streamlit_folium: imported in ui/a.py, line 1",
        "unheard_of: imported in ui/a.py, line 1",
    ]
