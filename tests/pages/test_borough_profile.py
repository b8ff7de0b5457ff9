"""The profile of a borough as a reader finds it: what stands apart, and what its first sentence says."""

from __future__ import annotations

import csv
import html
import re
from pathlib import Path

import pytest

from tests.support.page_run import opened
from tests.support.paths import ROOT
from ui.act_list import CARE
from warehouse.care import CONCERNS

PAGE = "pages/boards/borough_profile.py"
MAP = "pages/maps/borough_map.py"
THEME = "Theme: furthest stage reported"


def rows_of(table: str) -> list[dict[str, str]]:
    """All transcribed rows of one table."""
    files: list[Path] = sorted((ROOT / "data" / "sources").glob(f"*/{table}.csv"))
    return [row for path in files for row in csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines())]


def written(script: str, **query: str) -> str:
    bodies = opened(script, **query).main.get("html")
    return html.unescape("\n".join(element.proto.body for element in bodies))


def apart() -> list[dict[str, str]]:
    """The acts that name a borough, one of the concerns and a community."""
    return [
        row
        for row in rows_of("activity")
        if row["borough"] and row["communities"] and {*row["issues"].split("; ")} & {*CONCERNS}
    ]


@pytest.mark.parametrize("borough", ["Camden", "Tower Hamlets", "Barnet"])
def test_an_act_on_a_concern_is_not_shown_beside_a_community_and_keeps_its_source(use_warehouse, borough: str):
    page = written(PAGE, borough=borough)
    own = [row for row in apart() if row["borough"] == borough]
    assert own
    for row in own:
        assert row["summary"] not in page
    lines = [
        line for line in re.findall(r"<tr.*?</tr>", page, re.DOTALL) if "that is not shown beside a borough" in line
    ]
    assert len(lines) == len(own)
    assert all('<details class="source"' in line for line in lines)
    beside = [re.sub(r'<details class="source".*?</details>', "", line, flags=re.DOTALL) for line in lines]
    assert not [line for line in beside if "Somali" in line or "Muslim" in line]
    assert CARE in page


def test_a_contact_about_a_concern_says_neither_whom_nor_what(use_warehouse):
    page = written(PAGE, borough="Camden")
    (contact,) = [
        row for row in rows_of("engagement") if row["borough"] == "Camden" and "genital mutilation" in row["summary"]
    ]
    assert contact["summary"] not in page
    assert contact["described_as"] not in page
    (line,) = [line for line in re.findall(r"<tr.*?</tr>", page, re.DOTALL) if "Who was met is not shown" in line]
    assert '<details class="source"' in line


def test_a_profile_without_a_concern_has_no_line_of_care(use_warehouse):
    assert CARE not in written(PAGE, borough="Sutton")


def test_the_lens_of_themes_keeps_to_the_same_rule(use_warehouse):
    page = written(MAP, lens=THEME, theme="Youth participation", borough="Camden")
    for row in apart():
        assert row["summary"] not in page
    assert page.count("Work on female genital mutilation. The text names a community with it") == 2  # table and panel
    assert CARE in page
    assert CARE not in written(MAP, lens=THEME, theme="Funding and grants")
