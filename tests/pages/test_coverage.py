"""The coverage page as a reader finds it, and the tile map wherever a map stands, run without a browser."""

from __future__ import annotations

import html
import re
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from etl.__main__ import main
from etl.collect import collect
from etl.publish import publish
from geo.names import borough_names
from tests.support import census, page_run
from tests.support.rows import write_sources
from ui.coverage_cells import KNOWN, LARGE, LARGE_FROM, NAMED, NONE, NOT_MAPPED, TRAINED, CoverageCell, in_words
from ui.coverage_view import columns, funnel
from ui.denominator import FILED_PART
from ui.table import csv_text
from ui.table import table as drawn
from ui.words import listed
from warehouse.queries.coverage_beside import Residents
from warehouse.queries.coverage_reach import Reach, Standing
from warehouse.schema.vocabulary import STEP

PAGE = "pages/maps/coverage.py"
FUNNEL = "Groups, step by step"
BY_BOROUGH = "borough by borough: how many came to each step or further"


def opened(page_path: str = PAGE, as_at: date | None = None, tiles: bool = False, **query: str) -> AppTest:
    """The page with this query in its address, as at a date and with its map as tiles."""
    return page_run.opened(page_path, as_at, **query, **({"map_as": "Tiles"} if tiles else {}))


def bodies(page: AppTest) -> list[str]:
    return [element.proto.body for element in page.main.get("html")]


def plain(markup: str) -> str:
    text = re.sub(r'<details class="(conflict|source|more)".*?</details>', "", markup.replace("‡", ""), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text))).strip()


def words(page: AppTest) -> str:
    return plain(" ".join(bodies(page)))


def table(page: AppTest, caption: str) -> dict[str, list[str]]:
    """The rows of the table whose caption ends so: head → cells."""
    (body,) = [body for body in bodies(page) if f"{caption}</caption>" in body]
    rows = re.findall(r"<tr[^>]*>(.*?)</tr>", body)[1:]
    cells = [[plain(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows]
    return {row[0]: row[1:] for row in cells}


@pytest.fixture
def warehouse_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Publish literal rows, with census tables where asked, and read them."""

    def start(rows: dict[str, list[dict[str, str]]], *tables: Path) -> None:
        data = write_sources(tmp_path / "data", rows)
        if tables:
            assert main(["population", *map(str, tables), "--data", str(data)]) == 0
        publish(collect(data), tmp_path / "warehouse")
        monkeypatch.setenv("ATLAS_WAREHOUSE", str(tmp_path / "warehouse"))

    return start


GROUP = {"kind": "community", "serves_scope": "unnamed", "communities": "somali"}
MET = {"community_group": "group-a", "summary": "Met.", "scope": "borough"}
ROWS = {
    "community_group": [
        {**GROUP, "fact_key": "group-a", "name": "Alpha", "based_in": "Camden"},
        {**GROUP, "fact_key": "group-b", "name": "Beta", "serves_scope": "london"},
        {**GROUP, "fact_key": "group-c", "name": "Gamma", "serves": "Brent; Barnet", "serves_scope": "borough"},
    ],
    "engagement": [
        {**MET, "fact_key": "engagement-a", "borough": "Camden", "step": "engaged"},
        {**MET, "fact_key": "engagement-b", "community_group": "group-c", "borough": "Ealing", "step": "trained"},
    ],
}


def test_the_funnel_counts_each_group_once_and_people_stand_beside_it(use_warehouse):
    page = opened()
    rows = table(page, FUNNEL)
    at_least, exactly = ([int(row[place]) for row in rows.values()] for place in (0, 2))
    assert list(rows) == ["Known", "Identified", "Contacted", "Engaged", "Trained", "Policy in place"]
    assert at_least == sorted(at_least, reverse=True)
    assert at_least[0] == sum(exactly) > 30
    # Nobody is said to have a policy of their own: the sentence does not offer one.
    assert at_least[5] == 0
    assert f"{at_least[0]} groups are named; {at_least[4]} of them came to training. Counted" in words(page)
    assert "178" not in " ".join(cell for row in rows.values() for cell in row)
    assert "Beside the groups: people" in words(page)
    assert "178 trained (people or attendances, not stated)" in words(page)


def test_without_a_census_table_every_place_says_so_and_how_to_load_one(use_warehouse):
    page = opened(community="Bangladeshi", borough="Camden")
    assert {row[2] for row in list(table(page, BY_BOROUGH).values())[:33]} == {"no denominator loaded"}
    text = words(page)
    assert text.count("Whoever keeps this dashboard can load a census table: how to load one") == 2
    assert "python -m" not in text
    ways = re.findall(r'<a href="([^"]*)">how to load one</a>', html.unescape(" ".join(bodies(page))))
    assert {parse_qs(urlsplit(way).query)["part"][0] for way in ways} == {FILED_PART}
    assert "python -m etl population FILE" in words(opened("pages/data/about_the_data.py", part=FILED_PART))
    assert "Residents: no denominator loaded" in text
    assert "areas have a large community" not in text


def test_each_borough_says_whether_it_was_mapped(use_warehouse):
    page = opened()
    rows = table(page, BY_BOROUGH)
    assert list(rows)[:33] == sorted(borough_names().values())
    mapped = [name for name, row in list(rows.items())[:33] if row[0] == "mapped"]
    assert {row[0] for row in list(rows.values())[:33]} == {"mapped", "not mapped"}
    assert f"{len(mapped)} of 33 areas were mapped, the other {33 - len(mapped)} were not" in words(page)
    assert rows["Camden"][0] == "mapped"
    assert rows["Greenwich"] == ["not mapped", "not mapped, none named", "no denominator loaded", *["not mapped"] * 6,
                                 "not reported", "not mapped", "no source: nothing is reported"]  # fmt: skip
    assert "That is not the same as no community activity." in words(page)


@pytest.mark.parametrize("query", [{}, {"community": "Black and minority ethnic"}])
def test_the_sentence_and_the_legend_agree_on_what_was_not_mapped(use_warehouse, query):
    page = opened(**query)
    rows = list(table(page, BY_BOROUGH).items())[:33]
    outside = {name: row[1] for name, row in rows if row[0] == "not mapped"}
    named = [name for name, state in outside.items() if state != "not mapped, none named"]
    assert 0 < len(named) < len(outside)
    what = "the community" if query else "a community"
    said = f"the other {len(outside)} were not; for {len(named)} of these {len(outside)} a document names {what}"
    assert said in words(page)
    assert f"Of these {len(outside)}, a document names {what} for {listed(named)}." in words(page)
    # The line of the map's legend counts the rest.
    (legend,) = [body for body in bodies(page) if 'class="atlas-legend"' in body]
    assert f"not mapped, none named {len(outside) - len(named)} areas" in plain(legend)


def test_a_group_for_all_london_has_a_line_and_stands_in_no_borough(warehouse_of):
    warehouse_of(ROWS)
    rows = table(opened(community="Somali", group_place="serve"), BY_BOROUGH)
    assert {name for name, row in rows.items() if row[3] == "1"} == {
        "Barnet",
        "Brent",
        "London as a whole",
        "Place not reported",
    }
    assert "1 of 3 groups: whom they serve is not reported." in words(opened(community="Somali", group_place="serve"))


def test_the_switch_moves_a_group_to_where_it_is_based_or_had_contact(warehouse_of):
    warehouse_of(ROWS)
    where = {}
    for way in ("serve", "are based", "had contact", "serve, are based or had contact"):
        rows = table(opened(community="Somali", group_place=way), BY_BOROUGH)
        where[way] = {
            name: row[1] for name, row in list(rows.items())[:33] if row[3] != "not mapped" and row[3] != "none"
        }
    assert where["serve"] == {"Barnet": "trained", "Brent": "trained"}
    assert where["are based"] == {"Camden": "engaged, no training"}
    assert where["had contact"] == {"Camden": "engaged, no training", "Ealing": "trained"}
    assert where["serve, are based or had contact"] == where["serve"] | where["are based"] | where["had contact"]


def test_a_large_community_without_a_group_is_a_state_once_a_census_is_loaded(warehouse_of, tmp_path):
    question = census.question(2011, "ethnic_group")
    bangladeshi = next(one for one in question.groups if one.key == "2011-ethnic-bangladeshi")
    rows = census.wide()
    place = [one.key for one in question.groups if one.level != "not_stated"].index(bangladeshi.key) + 4
    whole = [
        4 + number for number, one in enumerate(question.groups) if bangladeshi.within == one.key or one.level == "all"
    ]
    more = {"Hackney": LARGE_FROM, "Newham": LARGE_FROM - 1}
    for row in rows[1:]:
        if row[1] in more:
            added = more[row[1]] - int(row[place])
            for column in (place, *whole):
                row[column] = str(int(row[column]) + added)
    warehouse_of({"community_group": [{**GROUP, "name": "Alpha", "communities": "indian", "based_in": "Camden"}]},
                 census.write(tmp_path / "e.csv", rows))  # fmt: skip
    page = opened(community="Bangladeshi")
    states = {name: row[1] for name, row in table(page, BY_BOROUGH).items()}
    assert states["Hackney"] == "large community, no group known"
    assert states["Newham"] == "not mapped, none named"
    assert states["Camden"] == "none named"
    assert table(page, BY_BOROUGH)["Hackney"][2] == f"{LARGE_FROM:,}"
    assert "In 1 area the community is large and no group is known." in words(page)
    assert "no denominator loaded" not in words(page)
    assert "Hackney: large community, no group known (5,000 residents in 2011; not mapped)" in words(
        opened(community="Bangladeshi", tiles=True)
    )


def test_nothing_published_by_the_date_is_said_in_words(use_warehouse):
    page = opened(as_at=date(2005, 1, 1))
    text = words(page)
    assert "No document dated by then names a group. None of the 33 areas was mapped." in text
    assert "0 groups" not in text
    assert "0 reports" not in text
    assert "No group of this choice is in the register by this date." in words(page)
    assert not any(f"<caption>{FUNNEL}" in body for body in bodies(page))


def test_a_borough_without_a_group_has_a_sentence_in_place_of_noughts(use_warehouse):
    for borough, looked in (("Bromley", "Bromley was mapped."), ("Hackney", "Hackney was not mapped.")):
        text = words(opened(borough=borough))
        assert f"That is not the same as no community activity. {looked}" in text


def test_a_borough_narrows_the_funnel_and_my_borough_only_marks(use_warehouse):
    whole = table(opened(), FUNNEL)
    assert table(opened(mine="Camden"), FUNNEL) == whole
    chosen = opened(borough="Croydon")
    assert "How far groups were reached: All groups, Croydon" in words(chosen)
    assert int(table(chosen, FUNNEL)["Known"][0]) < int(whole["Known"][0])
    assert "Muslim" in table(chosen, "community by community: how many groups came to each step or further")
    assert not any("community by community" in body for body in bodies(opened(mine="Camden")))


def cell(groups: dict[str, str] | None = None, people: int | None = None, **more: object) -> CoverageCell:
    """A cell with these groups, each with its furthest step."""
    names, reached = tuple(groups or {}), tuple((groups or {}).values())
    base = {
        "community": "somali", "label": "Somali", "facet": "ethnic", "place": "E09000007", "borough": "Camden",
        "is_mapped": False, "is_named": False, "steps": tuple(reached.count(code) for code in STEP.codes),
    }  # fmt: skip
    reach = Reach(**{**base, **more})
    residents = Residents(reach.community, reach.place, people, 2011, None, None if people else "no_row")
    standing = Standing(reach.community, reach.place, names, reached, ((),) * len(names), ())
    return CoverageCell(reach, residents, None, standing)


def test_the_state_of_a_cell():
    assert cell({"A": "identified", "B": "known"}, 9000).state == KNOWN
    assert cell({"A": "engaged", "B": "trained"}).state == TRAINED
    assert cell(people=LARGE_FROM, is_mapped=True, is_named=True).state == LARGE
    assert cell(people=LARGE_FROM - 1, is_named=True).state == NAMED
    assert cell(is_mapped=True).state == NONE
    assert cell().state == NOT_MAPPED
    assert cell(community="white_uk", people=100_000).state == NOT_MAPPED
    assert cell(community=None, people=100_000).state == NOT_MAPPED
    assert in_words(cell({"A": "trained", "B": "engaged", "C": "trained"}), "any") == "trained (2 of 3 groups)"
    assert in_words(cell({"A": "identified", "B": "known"}), "any") == "group known, not engaged (2 groups)"
    assert in_words(cell({"A": "trained"}), "any") == "trained (1 group)"
    assert in_words(cell(people=6000), "any").endswith("(6,000 residents in 2011; not mapped)")


def test_a_policy_is_spoken_of_where_there_is_one(warehouse_of):
    rows = {**ROWS, "engagement": [*ROWS["engagement"], {**MET, "step": "policy_in_place", "borough": "Camden"}]}
    warehouse_of(rows)
    text = words(opened())
    assert "3 groups are named; 2 of them came to training or have a policy of their own (1 has one)." in text
    assert "own policy in place" in {row[1] for row in table(opened(), BY_BOROUGH).values()}


def test_the_download_holds_what_the_table_shows():
    own = cell({"=A": "trained", "B": "engaged"}, is_mapped=True)
    lines = csv_text(columns("Borough", "any"), [own, cell()]).splitlines()
    assert "Camden,mapped,,trained" in lines[1]
    assert "2,,2,,2,,2,,1,,0,," in lines[1]
    assert "'=A (trained); B (engaged)" in lines[1]
    assert lines[2].count(",,[x] not mapped") >= 6
    assert lines[2].count("[x]") >= 8
    assert [rung.at_least for rung in funnel(own)] == [2, 2, 2, 2, 1, 0]


def test_a_row_of_very_many_groups_shows_the_first_and_the_download_names_all():
    many = cell({f"Group {place:03}": "known" for place in range(500)})
    shown = drawn("All", columns("Borough", "any"), [many])
    assert "<li>Group 039 (known)</li><li>and 460 more, in the download</li>" in shown
    (line,) = csv_text(columns("Borough", "any"), [many]).splitlines()[1:]
    assert "Group 498 (known); Group 499 (known)" in line
    assert funnel(many)[0].at_least == 500


# --- the tile map wherever a map stands ----------------------------------------------------------------------------


def squares(page: AppTest) -> dict[str, str]:
    """Borough → the address its square leads to."""
    (body,) = [body for body in bodies(page) if 'class="tiles"' in body]
    found = re.findall(r'class="tile-fill-\d" href="([^"]*)"[^>]*>.*?<span class="vh">(.*?): ', body)
    return {html.unescape(name): html.unescape(href) for href, name in found}


@pytest.mark.parametrize(
    ("script", "address", "name", "query"),
    [
        (PAGE, "coverage", "borough", {"community": "Somali", "group_place": "had contact", "borough": "Barnet"}),
        ("pages/maps/borough_map.py", "borough_map", "borough", {"lens": "Pilots", "mine": "Camden"}),
    ],
)
def test_a_square_leads_to_the_same_page_with_that_borough_and_the_rest(use_warehouse, script, address, name, query):
    page = opened(script, tiles=True, as_at=date(2010, 4, 29), **query)
    leads = squares(page)
    assert set(leads) == set(borough_names().values())
    for borough, href in leads.items():
        assert urlsplit(href).path == f"./{address}"
        state = {key: values[0] for key, values in parse_qs(urlsplit(href).query).items()}
        assert state == {**query, "as_at": "29 April 2010", "map_as": "Tiles", name: borough}


def test_a_square_of_the_overview_makes_the_borough_mine(use_warehouse):
    leads = squares(opened("pages/maps/overview.py", tiles=True))
    assert leads["Hackney"].startswith("./?")
    assert leads["Hackney"].endswith("mine=Hackney")


@pytest.mark.parametrize("script", [PAGE, "pages/maps/borough_map.py", "pages/maps/overview.py"])
def test_the_outline_is_what_a_reader_sees_first(use_warehouse, script):
    assert not any('class="tiles"' in body for body in bodies(opened(script)))
    assert opened(script).button_group(key="map_as").value == "Outline"
