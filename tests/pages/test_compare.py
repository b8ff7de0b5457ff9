"""The page that compares boards as a reader finds it, run without a browser."""

from __future__ import annotations

import html
import re
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl.collect import collect
from etl.publish import publish
from tests.support import page_run
from tests.support.rows import write_sources
from ui import act_list, comparators
from ui.act_list import most_in_a_cell
from ui.compare_view import orders
from ui.stages import STATES
from warehouse.queries.compare import BoardTheme
from warehouse.queries.population import Alike, CensusTable

PAGE = "pages/boards/compare.py"
TWIN = "The same, theme by theme"
REPORTED = (
    "Barnet", "Bromley", "Camden", "Croydon", "Ealing", "Hammersmith and Fulham", "Harrow", "Islington", "Lambeth",
    "Merton", "Newham", "Tower Hamlets", "Waltham Forest", "Wandsworth",
)  # fmt: skip
"""The boards with a statement in the appendix of 2007."""

opened = partial(page_run.opened, PAGE)


def bodies(page: AppTest) -> list[str]:
    return [element.proto.body for element in page.main.get("html")]


def plain(markup: str) -> str:
    """The words of a piece of HTML, without sources and conflicts."""
    text = re.sub(r'<details class="(conflict|source)".*?</details>', "", markup.replace("‡", ""))
    text = text.replace("<br>", " | ")
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text))).strip()


def words(page: AppTest) -> str:
    return plain(" ".join(bodies(page)))


def grid(page: AppTest) -> str:
    (body,) = [body for body in bodies(page) if 'class="grid stages"' in body]
    return body


def rows(page: AppTest) -> list[str]:
    """What stands down the side of the grid."""
    return [plain(head) for head in re.findall(r'<th scope="row">(.*?)</th>', grid(page))]


def columns(page: AppTest) -> list[str]:
    return [plain(head) for head in re.findall(r'<th scope="col"[^>]*>(.*?)</th>', grid(page))][1:]


def cells(page: AppTest) -> dict[tuple[str, str], str]:
    """The word of each cell, by board and theme."""
    found = re.findall(r'<td class="[^"]*" title="(.*?)">', grid(page))
    split = [re.fullmatch(r"(.*?), (.*): (.*)", html.unescape(title)).groups() for title in found]
    assert len({(board, theme) for board, theme, _ in split}) == len(split), "a board stands twice"
    return {(board, theme): word for board, theme, word in split}


def table(page: AppTest, caption: str) -> list[list[str]]:
    (body,) = [body for body in bodies(page) if f"<caption>{caption}</caption>" in body]
    lines = re.findall(r"<tr[^>]*>(.*?)</tr>", body)[1:]
    return [[plain(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line)] for line in lines]


@pytest.fixture
def warehouse_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Publish literal rows and read them."""

    def start(rows: dict[str, list[dict[str, str]]]) -> None:
        publish(collect(write_sources(tmp_path / "data", rows)), tmp_path / "warehouse")
        monkeypatch.setenv("ATLAS_WAREHOUSE", str(tmp_path / "warehouse"))

    return start


def test_without_a_board_all_that_reported_stand_by_name(use_warehouse):
    page = opened()
    assert rows(page) == list(REPORTED)
    assert len(columns(page)) == 14
    assert columns(page) == sorted(columns(page))
    assert "The 14 boards shown differ on all 14 themes in what is reported. 14 of the 14 boards have" in words(page)
    assert page.selectbox(key="borough").label == "Borough of my board"


def test_my_board_stands_first_and_once(use_warehouse):
    page = opened(mine="Merton")
    assert rows(page) == ["Merton (my board)", *(name for name in REPORTED if name != "Merton")]
    assert not [box for box in page.main.get("selectbox") if box.key == "borough"], "my borough is chosen at the side"
    assert "13 of the 13 boards beside it have a statement of 2007." in words(page)
    assert "reported of a board beside" not in words(page).lower()


def test_the_joint_board_stands_once_whichever_area_is_mine(use_warehouse):
    for area in ("Hackney", "City of London"):
        page = opened(mine=area, compare_with=comparators.LAND)
        assert rows(page)[0] == "City and Hackney (my board)"
        assert rows(page)[1:] == [
            "Camden", "Haringey", "Islington", "Newham", "Tower Hamlets", "Waltham Forest", "Westminster",
        ]  # fmt: skip
        assert cells(page)["City and Hackney", "Research and audit"] == "under way"


@pytest.mark.parametrize(
    ("mine", "preset", "expected"),
    [
        ("Camden", comparators.LAND, "Barnet; Brent; City and Hackney; Haringey; Islington; Westminster"),
        ("Tower Hamlets", comparators.RIVER, "Greenwich; Lewisham; Southwark"),
        ("Hammersmith and Fulham", comparators.RIVER, "Richmond upon Thames; Wandsworth"),
        (
            "Camden",
            comparators.TOGETHER,
            "Brent; City and Hackney; Enfield; Haringey; Islington; Newham; Southwark; Tower Hamlets",
        ),
    ],
)
def test_presets_find_their_boards(use_warehouse, mine, preset, expected):
    assert rows(opened(mine=mine, compare_with=preset))[1:] == expected.split("; ")


def test_inner_and_outer_differ_by_rule_and_the_city_follows_hackney(use_warehouse):
    by_ons = rows(opened(mine="Hackney", compare_with=comparators.RING_ONS))
    by_law = opened(mine="Hackney", compare_with=comparators.RING_LAW)
    assert set(by_ons) - set(rows(by_law)) == {"Haringey", "Newham"}
    assert set(rows(by_law)) - set(by_ons) == {"Greenwich"}
    assert len(rows(by_law)) == 12
    assert "The City of London is in neither part; its board is placed by Hackney." in words(by_law)


def test_no_board_across_the_river_is_said(use_warehouse):
    page = opened(mine="Camden", compare_with=comparators.RIVER)
    assert rows(page) == ["Camden (my board)"]
    assert "No board lies across the tidal Thames from Camden" in words(page)
    assert "No board stands beside Camden." in words(page)


def test_a_preset_that_needs_my_board_asks_for_it(use_warehouse):
    text = words(opened(compare_with=comparators.LAND))
    assert "This choice starts from your board: choose your borough first." in text
    assert "No board to draw." in text


def test_a_list_of_my_own_never_holds_my_board_twice(use_warehouse):
    page = opened(mine="Camden", compare_with=comparators.OWN)
    assert "Your list is empty" in words(page)
    page.multiselect(key="compare_boards").set_value(["Sutton", "Camden", "Barnet"]).run()
    assert rows(page) == ["Camden (my board)", "Barnet", "Sutton"]


def test_a_similar_mix_is_offered_only_with_a_population(use_warehouse, monkeypatch):
    page = opened(mine="Camden")
    assert comparators.MIX not in page.selectbox(key="compare_with").options
    assert "no census table of ethnic groups is loaded" in words(page)
    assert "Whoever keeps this dashboard can load a census table: how to load one" in words(page)
    assert "python -m" not in words(page)
    loaded = [CensusTable("ethnic_group", year, f"T{year}", "f.csv", "0", 33, False, None) for year in (2001, 2011)]
    alike = [Alike(f"{name}", name.title(), place / 10) for place, name in enumerate(
        ("sutton", "barnet", "enfield", "harrow", "brent", "ealing"))]  # fmt: skip
    answers = {comparators.population.tables: loaded, comparators.population.alike: alike}
    real = comparators.ask
    monkeypatch.setattr(comparators, "ask", lambda query, *rest: answers.get(query) or real(query, *rest))
    page = opened(mine="Camden", compare_with=comparators.MIX)
    assert rows(page)[1:] == ["Barnet", "Brent", "Enfield", "Harrow", "Sutton"], "five, by name, not by how alike"
    assert "in the census of 2011 (T2011)" in words(page)
    assert "no census table" not in words(page)


def test_every_cell_says_its_state_in_words_and_absences_are_told_apart(use_warehouse):
    found = cells(opened(mine="Camden", compare_with=comparators.LAND))
    assert set(found.values()) <= {look.word for look in STATES.values()}
    assert found["Camden", "Training"] == "done"
    assert found["Barnet", "Training"] == "under way"
    assert found["Camden", "Mapping or directory of groups"] == "its statement does not mention it"
    assert found["Westminster", "Training"] == "no statement of its board"
    assert found["Haringey", "Governance and sub-groups"] == "under way", "of another document than a statement"


def test_denominators_count_the_boards_that_reported_and_no_other(use_warehouse):
    page = opened(mine="Camden", compare_with=comparators.LAND)
    found = cells(page)
    for theme, _, counted, *_ in table(page, TWIN):
        reported = [
            board for board in ("Camden", "Barnet", "Islington") if found[board, theme] != STATES["silent"].word
        ]
        assert counted.startswith(f"{len(reported)} of 3"), theme
    governance = next(row for row in table(page, TWIN) if row[0] == "Governance and sub-groups")
    assert governance[2] == "2 of 3; besides, by another document: City and Hackney and Haringey"
    assert "2 of the 6 boards beside it have a statement of 2007" in words(page)
    assert "4 of the 7 boards shown: no statement of 2007 (Brent, City and Hackney, Haringey and Westminster)" in words(
        page
    )


def test_the_table_says_the_same_as_the_grid(use_warehouse):
    page = opened(mine="Camden")
    found = cells(page)
    assert [row[0] for row in table(page, TWIN)] == columns(page)
    for theme, own, _, reported, silent, _ in table(page, TWIN):
        assert own == found["Camden", theme]
        said = dict(line.split(": ") for line in f"{reported} | {silent}".split(" | ") if line != "no board")
        for look in STATES.values():
            boards = [board for (board, on), word in found.items() if (on, word) == (theme, look.word)]
            named = [name for name in re.split(r", | and (?!Fulham)", said.get(look.of_several, "")) if name]
            assert sorted(named) == sorted(board for board in boards if board != "Camden"), (theme, look.word)


def test_boards_as_columns_hold_the_same(use_warehouse):
    page = opened(mine="Camden")
    before, side = cells(page), rows(page)
    page.toggle(key="boards_as_columns").set_value(True).run()
    assert (columns(page), cells(page)) == (side, before)


def test_only_differences_leaves_out_what_is_the_same_or_not_known(use_warehouse):
    page = opened(mine="Camden", compare_with=comparators.LAND)
    before = cells(page)
    page.toggle(key="only_differences").set_value(True).run()
    known = {key: word for key, word in before.items() if word != STATES["no_entry"].word}
    expected = [
        theme
        for theme in sorted({theme for _, theme in before})
        if any(word != known["Camden", theme] for (_, on), word in known.items() if on == theme)
    ]
    assert columns(page) == expected
    assert 0 < len(expected) < 14
    page = opened(mine="Westminster", only_differences="true")
    assert "No theme differs between boards of which anything is known." in words(page)
    assert "has no statement of 2007, so silence says nothing of it" in words(page)


@pytest.mark.parametrize(
    ("order", "first", "last", "how"),
    [
        ("By name", "Barnet", "Wandsworth", "Boards stand by name."),
        ("North to south", "Barnet", "Croydon", "from north to south, by the middle (centroid) of each board's land."),
        ("West to east", "Harrow", "Bromley", "from west to east"),
        ("By theme: Youth participation", "Camden", "Wandsworth", "by theme (Youth participation)"),
    ],
)
def test_each_order_says_what_it_is(use_warehouse, order, first, last, how):
    page = opened(compare_order=order)
    side = rows(page)
    assert (side[0], side[-1]) == (first, last)
    assert sorted(side) == sorted(REPORTED)
    assert how in words(page)


def test_nothing_reads_as_a_league_table(use_warehouse):
    page = opened(mine="Camden")
    drawn = plain(grid(page).partition("<table>")[2])
    assert not re.search(r"\d", drawn), "the grid holds no number"
    own_words = plain(" ".join(body for body in bodies(page) if "<div popover" not in body))
    told = re.sub("It has no totals, .*? of what they report.", "", own_words).lower()
    assert not re.search(r"\b(rank\w*|league|score\w*|best|worst|top|bottom|leading|lags?|behind|totals?)\b", told)
    offered = page.selectbox(key="compare_order").options
    assert not [order for order in offered if re.search("stage|furthest|most|number|acts", order)]
    assert len(offered) == len(orders(())) + 14


def test_each_reported_cell_opens_to_its_acts_with_their_sources(use_warehouse):
    page = opened(mine="Camden")
    opening = set(re.findall(r'popovertarget="([^"]+)"', grid(page)))
    (boxes,) = [body for body in bodies(page) if '<div popover id="' in body]
    found = dict(re.findall(r'<div popover id="([^"]+)"(.*?)(?=<div popover|$)', boxes))
    assert opening == set(found)
    silent = {STATES[state].word for state in ("silent", "no_entry")}
    assert len(found) == sum(word not in silent for word in cells(page).values())
    for name, box in found.items():
        items = re.findall(r"<li><b>(.*?)</b>.*?<details class=\"source\">", box)
        assert items, name
        assert box.count("<h2>") == 1
        assert "no source" not in box
    assert "Under way: Gives workshops regularly" in plain(found["acts-barnet-training"])
    assert "borough=Barnet" in found["acts-barnet-training"]


def test_an_act_on_abuse_with_a_community_is_kept_apart(use_warehouse):
    (boxes,) = [body for body in bodies(opened(mine="Tower Hamlets")) if '<div popover id="' in body]
    assert "Somali Development Officer" not in boxes
    assert "Work on female genital mutilation. The text names a community with it" in boxes
    assert "It does not say that the abuse was found there." in words(opened())


def test_figures_of_one_board_are_refused_with_the_reason(use_warehouse):
    text = words(opened(mine="Camden"))
    assert "People trained: not compared. 1 of the 14 boards has a count (Camden), and a strip needs at least 5" in text
    assert "Each is about one board alone" in text


def test_a_strip_is_drawn_when_five_boards_count_people(warehouse_of):
    names = ("Barnet", "Brent", "Camden", "Hackney", "Sutton")
    counted = {
        "title": "A course",
        "unit_of_count": "people",
        "content": "Made.",
        "tables_from": "2009",
        "tables_to": "2010",
    }
    people = [{**counted, "borough": name, "people": str(place * 10)} for place, name in enumerate(names)]
    warehouse_of({"training_round": [*people, {**counted, "borough": "City of London", "people": "5"}]})
    page = opened(mine="Camden", compare_with=comparators.OWN)
    page.multiselect(key="compare_boards").set_value(["Barnet", "Brent", "City and Hackney", "Sutton", "Ealing"]).run()
    text = words(page)
    assert "5 of the 6 boards that are shown have a count, in people, 2009–2010." in text
    assert "Not reported: Ealing." in text
    found = table(page, "People trained, by name of the board")
    assert [row[:2] for row in found] == [
        ["Barnet", "0"], ["Brent", "10"], ["Camden", "20"], ["City and Hackney", "35"], ["Sutton", "40"],
    ]  # fmt: skip


def test_before_the_report_no_board_is_known(use_warehouse):
    page = opened(as_at=date(2005, 1, 1), mine="Camden")
    assert set(cells(page).values()) == {STATES["no_entry"].word}
    text = words(page)
    assert "No board has a statement dated by then: the statements that are known are of July 2007." in text
    assert "No board has a statement of its own by this date." in text
    plainly = re.sub("What these words mean.*?Skip the grid", "", text)
    for claim in ("The 0 boards", "32 of all 32", "No document says why", "stand in.", "interviews", "0 of"):
        assert claim not in plainly, claim


def test_what_stands_in_for_the_interviews_follows_the_statements_found(warehouse_of, use_warehouse):
    assert "The statements of 2007 of 14 boards stand in." in words(opened())
    said = {"round": "appendix_2007", "board": "Barnet", "response": "entry"}
    warehouse_of({"round_response": [said]})
    assert "The statements of 2007 of 1 board stand in." in words(opened())


HOSTILE = "<img src=x onerror=alert(1)>[x](http://example.org)"


def test_text_from_data_stays_text_in_every_part(warehouse_of):
    act = {
        "round": "none", "scope": "borough", "borough": "Camden", "actor_kind": "board", "actor": HOSTILE,
        "kind": "activity", "stage": "done", "themes": "training", "summary": HOSTILE + "1",
    }  # fmt: skip
    warehouse_of({"activity": [act]})
    page = opened(mine="Camden")
    together = " ".join(bodies(page))
    assert "<img" not in together
    assert together.count("&lt;img src=x onerror=alert(1)&gt;") == 2
    assert not page.markdown


def test_an_empty_warehouse_has_a_page_too(warehouse_of):
    warehouse_of({})
    assert "No board has a statement dated by then" in words(opened())
    assert "People trained: not compared. No document of this date counts them" in words(opened(mine="Camden"))


def cell(place: int, acts: int) -> BoardTheme:
    return BoardTheme("a", "A", str(place), "T", "done", tuple(f"act-{number}" for number in range(acts)), ())


def test_a_page_of_very_many_acts_shows_those_that_came_furthest(monkeypatch):
    assert most_in_a_cell([]) == 0
    assert most_in_a_cell([cell(1, 20), cell(2, 3)]) == 20
    assert most_in_a_cell([cell(place, 90) for place in range(100)]) == 6
    assert most_in_a_cell([cell(place, 90) for place in range(448)]) == 1
    assert act_list.keys_shown(cell(1, 90), 2) == ("act-0", "act-1")
    assert len(act_list.sources_of([cell(1, 100), cell(2, 50)]).fact_keys) == 100
    many = [BoardTheme("a", "A", "t", "T", "done", (f"act-{n}a", f"act-{n}b"), ()) for n in range(100)]
    assert {key[:-1] for key in act_list.sources_of(many).fact_keys} == {f"act-{n}" for n in range(100)}
