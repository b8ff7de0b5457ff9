"""Boards beside one another on rows made at random: denominators, order, and the areas of a joint board."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.compare_twin import (
    BOARD,
    CODES,
    DATES,
    JOINT,
    LATEST,
    THEMES,
    USABLE,
    act,
    has_statement,
    response,
    twin_cell,
)
from tests.support.scratch import holding, scratch_warehouse
from ui.comparators import Comparison
from ui.compare_view import differs, lines, ordered, tally
from warehouse.queries import compare
from warehouse.queries.areas import NO_ENTRY, SILENT
from warehouse.schema.vocabulary import STAGE


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    return scratch_warehouse(tmp_path_factory.mktemp("scratch"))


PLACES = ("Camden", "City of London", "Hackney", "Barnet", "Brent")
made_acts = st.lists(
    st.fixed_dictionaries(
        {
            "borough": st.sampled_from(PLACES),
            "stage": st.sampled_from((*STAGE.codes, None)),
            "themes": st.lists(st.sampled_from(THEMES), min_size=1, unique=True),
            "kind": st.sampled_from(("activity", "participation", "context")),
            "document": st.sampled_from(tuple(USABLE)),
        }
    ),
    max_size=12,
).map(lambda rows: [{**act(f"{place}", row["borough"], None), **row} for place, row in enumerate(rows)])
made_responses = st.dictionaries(
    st.sampled_from(("camden", JOINT, "barnet", "brent")), st.sampled_from(("entry", "mentioned", "none"))
).map(lambda answers: [response(board, board, answer) for board, answer in answers.items()])


def cells_of(
    scratch: duckdb.DuckDBPyConnection, acts: Sequence[dict], responses: Sequence[dict], as_at: date = LATEST
) -> list[compare.BoardTheme]:
    stored = [{**row, "borough": CODES[row["borough"]]} for row in acts]
    with holding(scratch, {"activity": stored, "round_response": responses}):
        return compare.board_themes(scratch, as_at)


# A query takes its time, so these two try fewer examples than the others.
@settings(max_examples=15)
@given(made_acts, made_responses, st.sampled_from(DATES))
def test_any_acts_give_what_the_twin_gives(scratch, acts, responses, as_at):
    cells = cells_of(scratch, acts, responses, as_at)
    assert len(cells) == len({(cell.board, cell.theme) for cell in cells}) == 32 * 14
    for cell in cells:
        assert (cell.state, cell.reached, cell.further) == twin_cell(cell.board, cell.theme, acts, responses, as_at)


@settings(max_examples=10)
@given(made_acts, made_responses, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_the_area_within_a_joint_board_make_no_difference(scratch, acts, responses, chance):
    moved = [
        {**row, "borough": chance.choice(("City of London", "Hackney"))} if BOARD[row["borough"]] == JOINT else row
        for row in acts
    ]
    chance.shuffle(moved)
    assert cells_of(scratch, moved, responses) == cells_of(scratch, acts, responses)


BOARDS = sorted(set(BOARD.values()))


def board(code: str, responses: Sequence[dict] = ()) -> compare.Board:
    areas_of = tuple(sorted(name for name, own in BOARD.items() if own == code))
    return compare.Board(code, code.title(), areas_of, (), (), (), has_statement(code, responses, LATEST), ())


def twin_cells(acts: Sequence[dict], responses: Sequence[dict]) -> list[compare.BoardTheme]:
    """What the query gives, by the twin that the tests above hold it to: the functions below are tried on it."""
    return [
        compare.BoardTheme(code, code.title(), theme, theme.title(), *twin_cell(code, theme, acts, responses, LATEST))
        for code in BOARDS
        for theme in THEMES
    ]


@given(made_acts, made_responses, st.sets(st.sampled_from(("camden", JOINT, "barnet", "brent", "sutton")), min_size=1))
def test_a_denominator_counts_each_board_that_reported_once_and_no_other(acts, responses, chosen):
    boards = [board(code, responses) for code in sorted(chosen)]
    answered = {row["board"] for row in responses if row["response"] == "entry"} & chosen
    for line in lines(twin_cells(acts, responses), boards):
        counts = tally(line, boards)
        reported = {cell.board for cell in line.cells if cell.state not in (SILENT, NO_ENTRY)}
        assert counts.base == len(answered)
        assert sorted(counts.reporting) == sorted(code.title() for code in reported & answered)
        assert sorted(counts.besides) == sorted(code.title() for code in reported - answered)


@given(made_acts, made_responses, st.sampled_from(("camden", JOINT, "sutton", None)), st.randoms(use_true_random=False))
def test_what_differs_does_not_hang_on_the_order_of_boards(acts, responses, mine, chance):
    cells = twin_cells(acts, responses)
    own = board(mine) if mine else None
    shown = [board(code) for code in ("camden", JOINT, "barnet", "brent") if code != mine]
    first = lines(cells, Comparison(own, tuple(shown), "").boards)
    chance.shuffle(shown)
    second = lines(cells, Comparison(own, tuple(shown), "").boards)
    assert [differs(line, own) for line in first] == [differs(line, own) for line in second]
    for line in first:
        known = {cell.board: cell.state for cell in line.cells if cell.state != NO_ENTRY}
        if len(known) < 2 or (mine and mine not in known):
            assert differs(line, own) is None
        elif mine:
            assert differs(line, own) == any(state != known[mine] for state in known.values())
        else:
            assert differs(line, own) == (len({*known.values()}) > 1)


@given(made_acts, made_responses, st.randoms(use_true_random=False))
def test_no_order_follows_how_far_a_board_has_come(acts, responses, chance):
    """Every act may be brought to any stage: boards stay where they stand."""
    every = [board(code) for code in BOARDS]
    changed = [{**row, "stage": chance.choice((*STAGE.codes, None))} for row in acts]
    for order in ("By name", "North to south", "West to east", "By theme: Training"):
        mixed = list(every)
        chance.shuffle(mixed)
        found, _ = ordered(mixed, order, None, twin_cells(acts, responses))
        assert found == ordered(every, order, None, twin_cells(changed, responses))[0]
        assert {row.board for row in found} == {*BOARDS}
        assert len(found) == 32
