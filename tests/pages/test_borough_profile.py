"""The profile of a borough as a reader finds it: what stands apart, and what its first sentence says."""

from __future__ import annotations

import csv
import html
import re
from datetime import date
from pathlib import Path

import pytest

from tests.support.page_run import opened
from tests.support.paths import ROOT
from ui.act_list import CARE
from ui.profile_lead import people, programmes
from warehouse.care import CONCERNS
from warehouse.queries.areas import AreaFigure
from warehouse.queries.profile import Role

PAGE = "pages/boards/borough_profile.py"
MAP = "pages/maps/borough_map.py"
THEME = "Theme: furthest stage reported"


def rows_of(table: str) -> list[dict[str, str]]:
    """All transcribed rows of one table."""
    files: list[Path] = sorted((ROOT / "data" / "sources").glob(f"*/{table}.csv"))
    return [row for path in files for row in csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines())]


def written(script: str, as_at: date | None = None, **query: str) -> str:
    bodies = opened(script, as_at, **query).main.get("html")
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


# --- the first sentence ------------------------------------------------------------------------------------------


def answer(as_at: date | None = None, **query: str) -> str:
    (found,) = re.findall(r'<div class="answer">(.*?)</div>', written(PAGE, as_at, **query))
    return found


def test_the_first_sentence_says_what_the_borough_did(use_warehouse):
    said = answer(borough="Camden")
    assert said.startswith("It took part in: ")
    assert "Community Partnership Project" in said
    assert "Its board's own words are in the 2007 statements. 178 are counted as trained." in said
    assert said.endswith("Board: Camden.")


def test_where_nothing_is_told_it_says_so_plainly(use_warehouse):
    said = answer(borough="City of London")
    assert said.startswith(
        "No document names it for a programme. No statement of its board is known. No document counts"
    )
    assert said.endswith("It shares its board with another area.")
    early = answer(date(2005, 1, 1), borough="Camden")
    assert "178" not in early
    assert "2007" not in early


@pytest.mark.parametrize("borough", ["Camden", "Sutton", "City of London"])
def test_the_first_sentence_counts_no_parts(use_warehouse, borough: str):
    assert not re.search(r"\bparts?\b of|\d+ of the \d+", answer(borough=borough))


def test_a_plan_and_a_proposal_are_not_taking_part():
    def roles(**named: str) -> list[Role]:
        return [Role(name, name, role, None) for name, role in named.items()]

    both = [*roles(A="planned", B="planned", C="interested", D="support"), Role("x", "A", "pilot", None)]
    assert programmes(both) == (
        "It took part in: A. It was planned for, and no document reports that it took part in: B. "
        "It was proposed for, interested in or gave support to: C; D."
    )
    assert programmes([]) == "No document names it for a programme."


def test_nobody_counted_and_nobody_trained_are_told_apart():
    assert people(AreaFigure("", "", None, "not_reported", ())) == "No document counts people trained."
    assert people(AreaFigure("", "", 0, "zero", ())) == "0 are counted as trained."
    assert people(AreaFigure("", "", 1, "value", ())) == "1 is counted as trained."


def test_a_period_has_its_end_and_the_mark_of_a_conflict(use_warehouse):
    page = written(PAGE, borough="Camden")
    (row,) = re.findall(r'<th scope="row">Period of the tables.*?</tr>', page, re.DOTALL)
    assert "2 November 2009 to 29 April 2010" in row
    assert '<details class="conflict">' in row
