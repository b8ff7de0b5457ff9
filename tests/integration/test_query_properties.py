"""What holds of the queries behind the pages whatever the rows are: their order makes no difference, a joint board
counts once, and who did not report is in no denominator."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import replace

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.made_rows import BOARDS, CITY, HACKNEY, LATEST, Rows, worlds
from tests.support.scratch import holding, scratch_warehouse
from ui import learn_view
from ui.comparators import Comparison
from ui.compare_view import lines, tally
from warehouse.queries import areas, compare, learn, overview, pilots, profile, promises, training

Cursor = duckdb.DuckDBPyConnection
Queries = dict[str, Callable[[Cursor], object]]


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    return scratch_warehouse(tmp_path_factory.mktemp("scratch"))


BY_AREA: Queries = {
    "took part": lambda c: areas.took_part(c, LATEST),
    "one programme": lambda c: areas.one_programme(c, "programme-one", LATEST),
    "communities and groups": lambda c: areas.communities_and_groups(c, LATEST, "east_african"),
    "people trained": lambda c: areas.people_trained(c, LATEST),
    "pilots": lambda c: areas.pilots(c, LATEST),
}
"""Where a fact printed for Hackney is Hackney's alone."""

BY_BOARD: Queries = {
    "themes": lambda c: compare.board_themes(c, LATEST),
    "together": lambda c: compare.took_part_together(c, "camden", LATEST),
    "figures": lambda c: compare.board_figures(c, LATEST),
    "acts": lambda c: [replace(row, borough="") for row in learn.board_acts(c, LATEST)],
    "obstacles": lambda c: learn.board_obstacles(c, LATEST),
    "partners by board": lambda c: learn.partners_by_board(c, LATEST),
}
"""Where a fact printed for either of its areas is the joint board's."""

DENOMINATORS: Queries = {
    "boards with a statement": lambda c: overview.boards_with_statement(c, LATEST),
    "boards": lambda c: [replace(row, fact_keys=()) for row in compare.boards(c, LATEST)],
    "furthest stage": lambda c: areas.theme_stage(c, "training", LATEST),
}
"""Where those that reported are told from those that did not. That a board is mentioned is a fact, and no report."""

OTHERS: Queries = {
    "partners by programme": lambda c: learn.partners_by_programme(c, LATEST),
    "boards with an interview": lambda c: overview.boards_with_interview(c, LATEST),
    "areas that took part": lambda c: overview.took_part(c, LATEST),
    "pilots of programmes": lambda c: overview.pilots(c, LATEST),
    "training rounds": lambda c: training.rounds(c, LATEST),
    "lines of a round": lambda c: training.lines(c, "training-0", LATEST),
}
ALL = {**BY_AREA, **BY_BOARD, **DENOMINATORS, **OTHERS}


def answers(scratch: Cursor, rows: Rows, queries: Queries) -> dict[str, object]:
    with holding(scratch, rows):
        return {name: query(scratch) for name, query in queries.items()}


def shuffled(rows: Rows, chance: random.Random) -> Rows:
    return {name: chance.sample(found, len(found)) for name, found in rows.items()}


# --- order -------------------------------------------------------------------------------------------------------


@settings(max_examples=4)
@given(worlds, st.randoms(use_true_random=False))
def test_the_order_of_rows_makes_no_difference(scratch: Cursor, rows: Rows, chance: random.Random):
    first, second = answers(scratch, rows, ALL), answers(scratch, shuffled(rows, chance), ALL)
    for name in ALL:
        assert first[name] == second[name], name


def alike(prefix: str, count: int = 6, **cells: object) -> list[dict]:
    """Rows that differ in nothing but their keys."""
    return [{"fact_key": f"{prefix}-{at}", "name": "Same", "scope": "london", **cells} for at in range(count)]


def of_each(rows: list[dict], prefix: str, column: str = "programme", **cells: object) -> list[dict]:
    return [{**row, column: f"{prefix}-{at}", **cells} for at, row in enumerate(rows)]


SAME: Rows = {
    "programme": alike("programme", kind="partnership", summary="It."),
    "programme_borough": of_each(alike("pb", borough=CITY, role="took_part"), "programme"),
    "pilot": of_each(alike("pilot", kind="pilot", boroughs=[CITY]), "programme"),
    "output": alike("output", kind="report", by_whom="It", summary="It."),
    "community_group": alike("group", kind="women", based_in=CITY, serves_scope="unnamed"),
    "body": alike("body", kind="board", borough=CITY),
    "training_round": alike("training", 1, title="It", borough=CITY, people=9, unit_of_count="people", content="It."),
    "training_count": of_each(
        alike("count", training_round="training-0", dimension="ethnicity", filed="Same", people=1,
              unit_of_count="people"), "Printed", "printed",
    ),
    "printed_figure": alike("figure", title="Same", kind="reach", value=1, precision="exact", unit="people"),
    "partner": alike("partner", 1, kind="voluntary"),
    "partner_link": of_each(alike("pl", partner="partner-0", role="host"), "programme", "linked_to"),
}  # fmt: skip
TIED: Queries = {
    "programmes": lambda c: overview.programmes(c, LATEST),
    "areas that took part": lambda c: overview.took_part(c, LATEST),
    "pilots": lambda c: pilots.pilots(c, None, LATEST),
    "periods": lambda c: pilots.periods(c, None, LATEST),
    "outputs": lambda c: promises.outputs(c, None, LATEST),
    "groups of a borough": lambda c: profile.groups(c, CITY, LATEST),
    "bodies of a borough": lambda c: profile.bodies(c, CITY, LATEST),
    "lines of a round": lambda c: training.lines(c, "training-0", LATEST),
    "people reached": lambda c: training.reached(c, LATEST),
    "partners by programme": lambda c: learn.partners_by_programme(c, LATEST),
}


def test_what_has_the_same_name_stands_by_its_key(scratch: Cursor):
    first = answers(scratch, SAME, TIED)
    assert min(len(found) for found in first.values()) == 6
    for seed in range(3):
        again = answers(scratch, shuffled(SAME, random.Random(seed)), TIED)
        for name in TIED:
            assert again[name] == first[name], name


# --- the joint board ---------------------------------------------------------------------------------------------


def moved(rows: Rows, way: dict[str, str]) -> Rows:
    """The rows with every borough of `way` put in another's place."""
    places = ("borough", "based_in")
    return {
        name: [{**row, **{column: way.get(row[column], row[column]) for column in places if column in row}}
               for row in found]
        for name, found in rows.items() if name != "programme_borough"
    } | {"programme_borough": list(_once(rows["programme_borough"], way))}  # fmt: skip


def _once(roles: list[dict], way: dict[str, str]) -> Iterator[dict]:
    """A document gives an area a role in a programme once, so what would stand twice is left where it is."""
    taken = {(row["programme"], row["borough"], row["role"], row["document"]) for row in roles}
    for row in roles:
        there = (row["programme"], way.get(row["borough"], row["borough"]), row["role"], row["document"])
        yield row if there in taken else {**row, "borough": there[1]}
        taken.add(there)


@settings(max_examples=6)
@given(worlds)
def test_what_is_printed_for_either_area_is_the_joint_boards_and_counts_once(scratch: Cursor, rows: Rows):
    first = answers(scratch, rows, BY_BOARD)
    second = answers(scratch, moved(rows, {CITY: HACKNEY}), BY_BOARD)
    for name in BY_BOARD:
        assert first[name] == second[name], name
    trained = [row.board for row in first["figures"] if row.measure == "People trained"]
    assert len(trained) == len(set(trained))
    assert len(first["acts"]) == len({row.fact_key for row in first["acts"]})


@settings(max_examples=6)
@given(worlds)
def test_what_is_printed_for_hackney_is_not_the_citys(scratch: Cursor, rows: Rows):
    only_there = {
        name: [
            {**row, **{column: [place for place in row[column] if place != CITY] for column in ("serves", "boroughs")
                       if column in row}}
            for row in found if CITY not in (row.get("borough"), row.get("based_in"))
        ]
        for name, found in rows.items()
    }  # fmt: skip
    for name, found in answers(scratch, only_there, BY_AREA).items():
        city = next(row for row in found if row.gss_code == CITY)
        assert city.fact_keys == (), name
        assert getattr(city, "category", "not_named") == "not_named", name
        assert getattr(city, "status", "not_reported") == "not_reported", name


# --- denominators ------------------------------------------------------------------------------------------------


STATEMENT = ("appendix_2007", "entry")


def without_report(rows: Rows, document: str) -> list[dict]:
    """For each board that no row names in a round: a row that says that it gave nothing, or is mentioned only."""
    named = {(row["round"], row["board"]) for row in rows["round_response"]}
    return [
        {"fact_key": f"response-{name}-{board}", "round": name, "board": board, "response": answer,
         "document": document}
        for name in ("appendix_2007", "interviews_2010")
        for board, answer in (*((board, "mentioned") for board in BOARDS), ("sutton", "none"))
        if (name, board) not in named
    ]  # fmt: skip


@settings(max_examples=6)
@given(worlds, st.sampled_from(["report_2007", "update_2011"]))
def test_a_board_without_a_report_is_in_no_denominator(scratch: Cursor, rows: Rows, document: str):
    more = {**rows, "round_response": [*rows["round_response"], *without_report(rows, document)]}
    first, second = answers(scratch, rows, DENOMINATORS), answers(scratch, more, DENOMINATORS)
    for name in DENOMINATORS:
        assert first[name] == second[name], name
    reported = {row["board"] for row in rows["round_response"] if (row["round"], row["response"]) == STATEMENT}
    share = first["boards with a statement"]
    assert (share.part, share.whole) == (len(reported), 32)
    assert {row.board for row in first["boards"] if row.has_statement} == reported


@settings(max_examples=6)
@given(worlds, st.sets(st.sampled_from(BOARDS), min_size=2), st.randoms(use_true_random=False))
def test_n_of_m_that_reported_never_counts_a_board_that_did_not(scratch: Cursor, rows: Rows, chosen: set[str], chance):
    found = answers(scratch, rows, {name: ALL[name] for name in ("themes", "boards")})
    boards = [row for row in found["boards"] if row.board in chosen]
    silent = [row for row in found["boards"] if not row.has_statement and row.board not in chosen]
    reported = {row.board_name for row in boards if row.has_statement}
    for line in lines(found["themes"], [*boards, silent[0]]):
        counts = tally(line, boards)
        assert set(counts.reporting) <= reported
        assert counts.base == len(reported)
        wider = tally(line, [*boards, silent[0]])
        assert (wider.base, wider.reporting) == (counts.base, counts.reporting)
    mine, *others = chance.sample(boards, len(boards))
    few, many = Comparison(mine, tuple(others), ""), Comparison(mine, (*others, silent[0]), "")
    gaps = [learn_view.gaps(lines(found["themes"], compared.boards), compared) for compared in (few, many)]
    for gap, wider in zip(*gaps, strict=True):
        assert set(learn_view.with_statement(gap, few)) <= reported - {mine.board_name}
        assert len(learn_view.with_statement(gap, few)) <= gap.base == wider.base
        assert learn_view.with_statement(gap, few) == learn_view.with_statement(wider, many)


@settings(max_examples=6)
@given(worlds)
def test_a_share_of_areas_or_of_people_is_never_more_than_the_whole(scratch: Cursor, rows: Rows):
    found = answers(scratch, rows, OTHERS)
    asked = found["boards with an interview"]
    assert 0 <= asked.part <= asked.whole
    for row in found["areas that took part"]:
        assert 0 < row.areas <= row.whole == 33
    printed = {row["fact_key"]: row["people"] for row in rows["training_round"]}
    for line in found["lines of a round"]:
        assert line.people is not None or (line.share, line.agrees) == (None, None)
        if printed["training-0"] is None and line.share is not None:
            assert line.base == line.lines_sum
            assert 0 <= line.share <= 100
    # A line without a number is no nought: it moves no base and no share.
    line = {"training_round": "training-0", "dimension": "ethnicity", "printed": "New", "filed": "New", "people": None,
            "unit_of_count": "people", "fact_key": "count-new"}  # fmt: skip
    with holding(scratch, {**rows, "training_count": [*rows["training_count"], line]}):
        again = [row for row in training.lines(scratch, "training-0", LATEST) if row.printed != "New"]
    assert [(row.fact_key, row.base, row.share) for row in again] == [
        (row.fact_key, row.base, row.share) for row in found["lines of a round"]
    ]
