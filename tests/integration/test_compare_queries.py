"""Boards beside one another against slow plain-Python twins, on rows of which some must be left out and say why."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from tests.support.compare_twin import (
    BOARD,
    CODES,
    DATES,
    EARLIER,
    JOINT,
    LATEST,
    THEMES,
    act,
    has_statement,
    response,
    twin_cell,
    usable,
)
from tests.support.rows import cursor_on
from tests.support.twins import twin_of
from warehouse.queries import areas, compare
from warehouse.queries.areas import NO_ENTRY, SILENT, STAGE_NOT_SAID
from warehouse.schema.vocabulary import ACTUAL_ROLES, ROLE

ACTS = [
    act("a", "Camden", "planned"),
    act("b", "Camden", "done"),
    act("c", "Camden", "done", "policy; training"),  # two at the furthest stage; the theme is the second of two
    act("d", "Hackney", "aspiration"),
    act("e", "City of London", "under_way"),  # the joint board has come as far as the furthest of its areas
    act("f", "Brent", None),  # an act whose stage is not said
    act("g", "Ealing", None, kind="context"),  # context is no act
    act("h", "Merton", "done", document="update_2011"),  # not yet, as at 2010
    act("i", "Sutton", "done", "policy"),  # of a board without a statement
    {**act("j", "Camden", "done"), "scope": "london", "borough": ""},  # names no borough
]


ANSWERED = [
    response("a", "camden", "entry"),
    response("b", JOINT, "entry"),
    response("c", "ealing", "entry"),
    response("d", "merton", "mentioned"),  # mentioned is no statement
    response("e", "barnet", "none"),
    response("f", "harrow", "entry", document="camden_2010"),  # not yet, as at 2007
    response("g", "sutton", "none"),
]
# In another round all of them have an entry, which is no statement of 2007.
RESPONSES = [
    *ANSWERED,
    *(response(f"i-{row['board']}", row["board"], "entry", round="interviews_2010") for row in ANSWERED),
]


def role(key: str, borough: str, name: str, programme: str = "one", **more: str) -> dict[str, str]:
    return {"fact_key": f"pb-{key}", "programme": f"programme-{programme}", "borough": borough, "role": name, **more}


ROLES = [
    role("a", "Camden", "took_part"),
    role("b", "Hackney", "linked"),
    role("c", "City of London", "delivery", "two"),  # the joint board again, in another programme
    role("d", "Barnet", "planned"),  # a plan is not taking part
    role("e", "Brent", "pilot", "two"),  # together with the joint board, not with Camden
    role("f", "Camden", "pilot", "two", document="update_2011"),  # not yet, as at 2010
    role("g", "Camden", "co_ordinator"),  # a second role in the same programme
]


def trained(key: str, borough: str, people: str, **more: str) -> dict[str, str]:
    base = {"fact_key": f"training-{key}", "title": key, "borough": borough, "people": people, "content": "Made."}
    return {**base, "unit_of_count": "people", "tables_from": "2009-04", "tables_to": "2010-03", **more}


ROUNDS = [
    trained("a", "Hackney", "100"),
    trained("b", "City of London", "7"),  # the same board: one sum, not two boards
    trained("c", "Barnet", "0"),  # a reported zero is a value
    trained("d", "Brent", "not reported"),  # no number
    trained("e", "Ealing", "50", unit_of_count="attendances"),  # attendances are not people
    trained("f", "Camden", "9", unit_of_count="not_stated", tables_from="2008-01"),
    trained("g", "Camden", "20", tables_to="not reported", narrative_to="2011-01"),
    trained("h", "Lewisham", "9", document="update_2011"),  # not yet, as at 2010
]


def printed(key: str, borough: str, value: str, **more: str) -> dict[str, str]:
    base = {"fact_key": f"figure-{key}", "title": "Posts", "kind": "posts", "value": value, "unit": "posts"}
    return {**base, "precision": "exact", "scope": "borough" if borough else "london", "borough": borough, **more}


FIGURES = [
    printed("a", "Harrow", "2"),
    printed("b", "Hackney", "3"),
    printed("c", "Sutton", "4", precision="about"),  # about four is not four
    printed("d", "Bexley", "4", value_high="6", precision="range"),  # a range is no point on a line
    printed("e", "", "40"),  # of London
    printed("f", "Merton", "not reported"),
]


@pytest.fixture(scope="module")
def cursor(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    programmes = [
        {"fact_key": f"programme-{name}", "name": name.title(), "kind": "other", "summary": "Made for a test."}
        for name in ("one", "two")
    ]
    acts = [
        {
            **row,
            "themes": "; ".join(row["themes"]),
            "stage": row["stage"] or ("not applicable" if row["kind"] == "context" else "not reported"),
        }
        for row in ACTS
    ]
    names = {"camden": "Camden", JOINT: "City and Hackney"}
    responses = [{**row, "board": names.get(row["board"], row["board"].title())} for row in RESPONSES]
    rows = {
        "activity": acts, "round_response": responses, "programme": programmes, "programme_borough": ROLES,
        "training_round": ROUNDS, "printed_figure": FIGURES,
    }  # fmt: skip
    return cursor_on(tmp_path_factory.mktemp("compare"), rows)


@pytest.mark.parametrize("as_at", DATES)
@twin_of(compare.boards)
def test_boards_against_their_twin(cursor: duckdb.DuckDBPyConnection, as_at: date):
    found = compare.boards(cursor, as_at)
    assert len(found) == len({row.board for row in found}) == 32
    assert [row.board_name for row in found] == sorted(row.board_name for row in found)
    rings = {code: (ons, law) for code, ons, law in cursor.execute(
        "SELECT gss_code, ring_ons, ring_statutory FROM borough").fetchall()}  # fmt: skip
    for row in found:
        own = sorted(name for name, board in BOARD.items() if board == row.board)
        assert row.areas == tuple(own)
        assert row.gss_codes == tuple(CODES[name] for name in own)
        assert row.rings_ons == tuple(sorted({rings[CODES[name]][0] for name in own}))
        assert row.rings_statutory == tuple(sorted({rings[CODES[name]][1] for name in own}))
        assert row.has_statement == has_statement(row.board, RESPONSES, as_at)
        said = [one for one in ANSWERED if one["board"] == row.board and usable(one, as_at)]
        assert row.fact_keys == tuple(sorted(one["fact_key"] for one in said))
    assert sum(row.has_statement for row in found) == {DATES[0]: 0, EARLIER: 4, LATEST: 4}[as_at]


@pytest.mark.parametrize("as_at", DATES)
def test_board_themes_against_their_twin(cursor: duckdb.DuckDBPyConnection, as_at: date):
    found = compare.board_themes(cursor, as_at)
    assert len(found) == 32 * 14
    assert [(row.board_name, row.label) for row in found] == sorted((row.board_name, row.label) for row in found)
    for row in found:
        assert (row.state, row.reached, row.further) == twin_cell(row.board, row.theme, ACTS, RESPONSES, as_at), row


def test_the_states_each_occur_as_meant(cursor: duckdb.DuckDBPyConnection):
    states = {(row.board, row.theme): row.state for row in compare.board_themes(cursor, EARLIER)}
    assert states["camden", "training"] == "done"
    assert states[JOINT, "training"] == "under_way"
    assert states["brent", "training"] == STAGE_NOT_SAID
    assert states["ealing", "training"] == SILENT
    assert states["merton", "training"] == states["barnet", "training"] == NO_ENTRY


def test_a_board_of_one_area_stands_as_on_the_map_of_themes(cursor: duckdb.DuckDBPyConnection):
    by_board = {(row.board, row.theme): row for row in compare.board_themes(cursor, LATEST)}
    for theme in THEMES:
        for area in areas.theme_stage(cursor, theme, LATEST):
            row = by_board[BOARD[area.borough], theme]
            if row.board != JOINT:
                assert (row.state, row.reached) == (area.category, area.fact_keys), area.borough


@pytest.mark.parametrize("as_at", DATES)
@pytest.mark.parametrize("board", ["camden", JOINT, "barnet", "brent"])
@twin_of(compare.took_part_together)
def test_took_part_together_against_its_twin(cursor: duckdb.DuckDBPyConnection, board: str, as_at: date):
    actual = [row for row in ROLES if row["role"] in ACTUAL_ROLES and usable(row, as_at)]
    own = {row["programme"] for row in actual if BOARD[row["borough"]] == board}
    expected = {}
    for row in actual:
        if BOARD[row["borough"]] != board and row["programme"] in own:
            names, keys = expected.setdefault(BOARD[row["borough"]], (set(), set()))
            names.add(row["programme"].removeprefix("programme-").title())
            keys.add(row["fact_key"])
    found = compare.took_part_together(cursor, board, as_at)
    assert [row.board for row in found] == sorted(expected)
    for row in found:
        names, keys = expected[row.board]
        assert (row.programmes, row.fact_keys) == (tuple(sorted(names)), tuple(sorted(keys)))


def test_a_role_that_is_no_part_makes_nobody_a_companion():
    assert "planned" in ROLE
    assert "planned" not in ACTUAL_ROLES


@pytest.mark.parametrize("as_at", DATES)
@twin_of(compare.board_figures)
def test_board_figures_against_their_twin(cursor: duckdb.DuckDBPyConnection, as_at: date):
    expected = {}
    for board in sorted(set(BOARD.values())):
        own = [
            row
            for row in ROUNDS
            if BOARD[row["borough"]] == board
            and row["people"].isdigit()
            and row["unit_of_count"] != "attendances"
            and usable(row, as_at)
        ]
        if own:
            begins = min(row["tables_from"][:4] for row in own)
            ends = max((row["narrative_to"] if "narrative_to" in row else row["tables_to"])[:4] for row in own)
            unit = "people" if all(row["unit_of_count"] == "people" for row in own) else "not_stated"
            total = sum(int(row["people"]) for row in own)
            expected["People trained", board] = (unit, f"{begins}–{ends}", total, tuple(row["fact_key"] for row in own))
    if as_at >= EARLIER:
        expected["Posts", "harrow"] = ("posts", "2007", 2, ("figure-a",))
        expected["Posts", JOINT] = ("posts", "2007", 3, ("figure-b",))
    rows = compare.board_figures(cursor, as_at)
    found = {(row.measure, row.board): row for row in rows}
    order = [(row.measure != "People trained", row.measure, row.board_name) for row in rows]
    assert order == sorted(order)
    assert {key: (row.unit, row.period, row.value, row.fact_keys) for key, row in found.items()} == expected
