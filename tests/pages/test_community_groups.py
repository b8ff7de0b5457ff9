"""The community groups page as a reader finds it, run without a browser."""

from __future__ import annotations

import csv
import html
import io
import re
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl.collect import collect
from etl.publish import publish
from tests.support import page_run
from tests.support.rows import write_sources
from ui import paging
from ui.coverage_grid import STATES, grid
from ui.groups_view import directory_columns
from ui.table import csv_text
from warehouse.queries.coverage import Coverage
from warehouse.queries.groups import Contact, Group

PAGE = "pages/boards/community_groups.py"
DIRECTORY = "Groups named in the documents"
NOT_NAMED = "Contact with groups that are not named"
BY_BOROUGH = "The grid in words, borough by borough"

opened = partial(page_run.opened, PAGE)


def bodies(page: AppTest) -> list[str]:
    """Each piece of HTML on the page beside the navigation."""
    return [element.proto.body for element in page.main.get("html")]


def plain(markup: str) -> str:
    """The words of a piece of HTML, without sources and conflicts."""
    text = re.sub(r'<details class="(conflict|source)".*?</details>', "", markup.replace("‡", ""))
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text))).strip()


def words(page: AppTest) -> str:
    return plain(" ".join(bodies(page)))


def table(page: AppTest, caption: str) -> list[list[str]]:
    """The body rows of one table, cell by cell."""
    (body,) = [body for body in bodies(page) if f"<caption>{caption}</caption>" in body]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", body)[1:]
    return [[plain(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]


def cells(page: AppTest) -> dict[tuple[str, str], tuple[str, str]]:
    """The grid: its state and its hidden words, by community and borough."""
    (body,) = [body for body in bodies(page) if 'class="grid"' in body]
    found = re.findall(r'<td class="(\w+)[^"]*" title="(.*?), ([^,]*?): [^"]*">.*?<span class="vh">(.*?)</span>', body)
    return {
        (html.unescape(community), html.unescape(borough)): (state, html.unescape(text))
        for state, community, borough, text in found
    }


@pytest.fixture
def warehouse_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Publish literal rows and read them."""

    def start(rows: dict[str, list[dict[str, str]]]) -> None:
        publish(collect(write_sources(tmp_path / "data", rows)), tmp_path / "warehouse")
        monkeypatch.setenv("ATLAS_WAREHOUSE", str(tmp_path / "warehouse"))

    return start


def test_the_answer_counts_the_directory_and_the_groups_with_a_base(use_warehouse):
    page = opened()
    directory = table(page, DIRECTORY)
    based = [row for row in directory if row[4] != "not reported"]
    text, total = words(page), len(directory)
    assert len(based) == 1, "Al-Khair Cultural and Educational Centre; a borough in a name is no place"
    assert f"{total} groups are named in the documents; 1 has a borough where it is based." in text
    assert f"{total - len(based)} of the {total} groups: where they are based is not reported" in text
    assert [row[0] for row in directory] == sorted(row[0] for row in directory)
    assert all(all(cell for cell in row[:9]) for row in directory), "an empty cell says nothing"


def test_both_grids_say_the_same_of_what_was_not_mapped(use_warehouse):
    meaning = "neither community nor group is named, so silence says nothing"
    coverage = page_run.opened("pages/maps/coverage.py")
    for page in (opened(), coverage):
        (legend,) = [body for body in bodies(page) if 'class="legend grid-legend' in body]
        assert meaning in legend
        assert not re.search("(no|some)body looked", " ".join(bodies(page)))


def test_based_and_served_are_two_columns_and_a_name_is_no_place(use_warehouse):
    rows = {row[0]: row for row in table(opened(), DIRECTORY)}
    assert rows["Islington Islamic Centre"][4:7] == ["not reported", "not reported", "Camden"]
    assert rows["SELAH"][4:6] == ["not reported", "Croydon"]


def test_the_words_for_each_reach_and_for_the_furthest_step(warehouse_of):
    group = {"kind": "women", "serves_scope": "unnamed"}
    report = {"community_group": "group-a", "scope": "unnamed", "summary": "Met."}
    warehouse_of(
        {
            "community_group": [
                {**group, "fact_key": "group-a", "name": "A", "serves_scope": "london", "note": "Well known."},
                {**group, "fact_key": "group-b", "name": "B", "serves_scope": "borough", "serves": "Harrow; Brent"},
                {**group, "fact_key": "group-c", "name": "C", "serves_scope": "elsewhere", "based_in": "Ealing"},
                {**group, "fact_key": "group-d", "name": "D"},
            ],
            "engagement": [
                {**report, "step": "policy_in_place", "paragraph": "third view"},
                {**report, "step": "trained", "happened": "2006-06"},
            ],
        }
    )
    page = opened()
    rows = {row[0]: row[4:9] for row in table(page, DIRECTORY)}
    assert rows == {
        "A": ["not reported", "London as a whole", "no borough named", "Policy in place", rows["A"][4]],
        "B": ["not reported", "Brent Harrow", "no borough named", "no contact reported", "nothing to add"],
        "C": ["Ealing", "Outside London", "no borough named", "no contact reported", "nothing to add"],
        "D": ["not reported", "not reported", "no borough named", "no contact reported", "nothing to add"],
    }
    place = "Community Partnership Report, made for a test"
    assert rows["A"][4] == (
        "note, 2 contacts Well known. "
        f"Policy in place , borough not named, when: not reported. Met. {place}, third view "
        f"Trained , borough not named, when: June 2006. Met. {place}, 1"
    )
    text = words(page)
    assert "4 groups are named in the documents; 1 has a borough where it is based." in text
    assert "1 of the 4 groups: whom they serve is not reported." in text
    assert "1 of the 4 groups: no place at all, not even a board or adviser in contact. Which D" in text
    assert "3 of the 4 groups: no contact is reported." in text


@pytest.mark.parametrize(
    ("query", "inside", "outside"),
    [
        ({"borough": "Camden"}, "Ar-Rahman Mosque", "SELAH"),
        ({"group_faith": "Christian"}, "Stratford Methodist Church", "Ar-Rahman Mosque"),
        ({"group_community": "African"}, "British Somali Community", "Norwood"),
        ({"group_kind": "Women's group"}, "Bengali Women's Forum", "Camden BME Alliance"),
        ({"group_search": "womens FORUM"}, "Bengali Women's Forum", "Sudan's Women Group"),
        ({"group_search": "Disable People"}, "Somali Elderly and Disabled People", "Victory Chapel"),
    ],
)
def test_a_filter_in_the_address_narrows_the_directory(use_warehouse, query, inside, outside):
    page = opened(**query)
    names = [row[0] for row in table(page, DIRECTORY)]
    assert inside in names
    assert outside not in names
    assert re.search(rf"The directory shows {len(names)} of \d+ groups", words(page))


def test_my_borough_shades_its_groups_and_hides_none(use_warehouse):
    page = opened(mine="Camden")
    (body,) = [body for body in bodies(page) if f"<caption>{DIRECTORY}</caption>" in body]
    shaded = re.findall(r'<tr class="mine"><th scope="row">(.*?)</th>', body)
    assert "Ar-Rahman Mosque" in [plain(name) for name in shaded]
    assert len(table(page, DIRECTORY)) == len(table(opened(), DIRECTORY)) > len(shaded)


def test_no_match_says_so_and_where_else_to_look(use_warehouse):
    text = words(opened(group_search="no such group anywhere"))
    assert "The directory shows 0 of" in text
    assert "No group that is named matches. Clear a filter" in text


def test_before_the_report_nothing_is_named_and_nothing_is_mapped(use_warehouse):
    text = words(opened(as_at=date(2005, 1, 1)))
    assert "No group is named in the documents dated by then." in text
    assert "33 of the 33 boroughs are not mapped" in text
    assert "No row to draw" in text
    assert "0 of the 0" not in text


def test_groups_counted_but_not_named_are_said_from_the_data(use_warehouse):
    text = words(opened())
    assert "Groups counted and not named:" in text
    assert "88 local communities and faith groups of one borough" in text


def test_each_cell_of_the_grid_says_its_state_in_words(use_warehouse):
    found = cells(opened())
    assert {state for state, _ in found.values()} == set(STATES)
    for (community, borough), (state, text) in found.items():
        assert text.startswith(f"{community}, {borough}: {STATES[state][1]}")
    state, text = found["Somali", "Camden"]
    assert (state, "British Somali Community" in text) == ("group_named", True)
    assert found["Turkish", "Hackney"][0] == "community_named"
    assert found["Somali", "Hackney"][0] == "not_mapped"
    assert found["Somali", "Wandsworth"][0] == "none_named"


def test_the_table_says_the_same_as_the_grid_and_holds_all_boroughs(use_warehouse):
    page = opened()
    found, rows = cells(page), {row[0]: row for row in table(page, BY_BOROUGH)}
    assert len(rows) == 33
    columns = {borough for _, borough in found}
    for borough, row in rows.items():
        for state, column in (("group_named", 2), ("community_named", 3)):
            named = sorted(own for (own, place), (is_now, _) in found.items() if place == borough and is_now == state)
            absent = "none named" if row[1] == "mapped" else "not mapped"
            assert re.split(", | and (?=[A-Z])", row[column].replace(" and newly", " & newly")) == (
                [name.replace(" and newly", " & newly") for name in named] or [absent]
            )
        if borough not in columns:
            assert borough in words(page).split("Not mapped, and no community named either:")[1].split("On the list")[0]


def test_a_community_chosen_leaves_its_row_alone(use_warehouse):
    assert {community for community, _ in cells(opened(group_community="Somali"))} == {"Somali"}


def test_a_report_on_a_form_of_abuse_stands_without_its_borough(use_warehouse, monkeypatch):
    monkeypatch.setattr(paging, "MOST_ON_ONE_PAGE", 1_000)  # on whichever page it would stand
    rows = [row for row in table(opened(), NOT_NAMED) if "genital mutilation" in row[5]]
    assert rows
    assert {row[2] for row in rows} == {"a borough, not shown beside this concern"}
    assert not [row for row in table(opened(borough="Camden"), NOT_NAMED) if "genital mutilation" in row[5]]
    assert "They do not say that this abuse was found in that community" in words(opened())


HOSTILE = "<img src=x onerror=alert(1)>[x](http://example.org)"


def test_text_from_data_stays_text_in_every_part(warehouse_of):
    warehouse_of(
        {
            "community_group": [
                {"fact_key": "group-a", "name": HOSTILE, "printed": HOSTILE + "2", "kind": "women", "faith": "muslim",
                 "note": HOSTILE, "based_in": "Camden", "serves_scope": "unnamed"},
            ],
            "engagement": [
                {"community_group": "group-a", "scope": "borough", "borough": "Camden", "step": "known",
                 "summary": HOSTILE},
                {"described_as": HOSTILE + "7", "scope": "unnamed", "step": "known", "summary": HOSTILE},
            ],
        }
    )  # fmt: skip
    page = opened()
    together = " ".join(bodies(page))
    assert "<img" not in together
    assert together.count("&lt;img src=x onerror=alert(1)&gt;") >= 8
    assert cells(page)["Muslim", "Camden"][1].endswith(HOSTILE)
    assert not page.markdown


def test_an_empty_warehouse_has_a_page_too(warehouse_of):
    warehouse_of({"programme": [{"name": "One", "kind": "other", "summary": "Made for a test."}]})
    text = words(opened())
    assert "No group is named in the documents dated by then." in text
    assert "No document dated by then names a group. A later date would fill this table." in text


def test_a_download_holds_the_contacts_as_plain_text_and_no_formula(use_warehouse):
    group = Group(
        "group-a", "=A", (), "women", None, (), (), None, "not_reported", (), "unnamed", (), "known", "=B", ()
    )
    report = Contact(
        "engagement-a", "group-a", "=A", (), "borough", "Camden", False, None, "known", "2006-06", "value", "Met."
    )
    (row,) = csv.DictReader(io.StringIO(csv_text(directory_columns([report]), [group])))
    assert row["Group"] == "'=A"
    assert row["Note and contact"].startswith("'=B; Known, Camden, when: June 2006. Met.")
    assert row["Based in: status"] == "[x]"


def test_a_grid_without_names_draws_nothing():
    cell = Coverage("somali", "Somali", "ethnic", "E09000007", "Camden", "not_mapped", False, (), ())
    assert grid([cell], faiths=(), state={}) == ""
    named = replace(cell, state="group_named", words=("A",))
    assert "Somali, Camden: group named: A" in grid([named], faiths=(), state={})
