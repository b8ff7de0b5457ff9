"""The queries about returns on made files: each aggregate beside a slow plain twin over the collected rows."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from etl.collect import Collected, collect
from etl.publish import publish
from etl.returns.store import write_rows
from geo.names import board_names
from tests.support.returns.made import as_received, data_folder, made
from tests.support.twins import twin_of
from warehouse.edition import Reader, live_edition
from warehouse.queries import returns
from warehouse.schema import TABLES
from warehouse.schema.layout import EVERYONE
from warehouse.schema.standing import STANDING, standing

DAYS = (date(2012, 5, 1), date(2012, 6, 5), date(2012, 6, 14), date(2012, 6, 15), date(2012, 7, 1))
MAPPING = {"theme": "Training", "present_activity": "Trains groups.", "stage": "Under way"}
TOTAL = {"course": "First course", "counts": "People", "breakdown": "Everybody", "number": "12"}
CHASE = (
    ("2012q2", "enfield", "asked", "2012-05-02"), ("2012q2", "camden", "asked", "2012-05-02"),
    ("2012q2", "camden", "queried", "2012-06-20"), ("2012q2", "camden", "accepted", "2012-06-25"),
    ("2012q2", "sutton", "accepted", "2012-06-02"),  # noted before anything came: not said of a board without a return
    ("2012q1", "enfield", "opened", "2012-02-02"),
)  # fmt: skip


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Collected, duckdb.DuckDBPyConnection]:
    """Whole, partly loaded, replaced and refused returns of two rounds."""
    folder = tmp_path_factory.mktemp("returns_queries")
    data = data_folder(folder / "data")
    rows = [
        {"chase": f"{code} {board} {step}", "round": code, "board": board_names()[board], "step": step, "happened": day}
        for code, board, step, day in CHASE
    ]
    write_rows(data / "returns" / "chase.csv", [column.name for column in TABLES["chase"].columns], rows)
    bad = {**TOTAL, "course": "Second course", "number": "-3"}
    files, read = as_received(
        made({"interview_mapping": [MAPPING]}, name="first.xlsx"),
        made({"interview_mapping": [MAPPING], "training": [TOTAL, bad]}, version="2", name="second.xlsx", not_data=2),
        made({"training": [{**TOTAL, "number": "40", "borough": "Hackney"}]}, board="Hackney", name="hackney.xlsx"),
        made({"interview_mapping": [MAPPING]}, board="Nowhere", name="nowhere.xlsx"),
        made(
            {"interview_mapping": [MAPPING]}, round="March 2012", as_at="2012-03-01", sent="2012-03-02", name="m.xlsx"
        ),
    )
    collected = collect(data, files, read)
    publish(collected, folder / "warehouse")
    return collected, Reader(live_edition(folder / "warehouse").folder, EVERYONE).cursor()


@twin_of(returns.boards_in_round)
def boards_twin(collected: Collected, code: str, on: date) -> list[tuple]:
    found = []
    for board, name in board_names().items():
        noted = {row["step"]: row["happened"] for row in collected.rows["chase"]
                 if (row["round"], row["board"]) == (code, board)}  # fmt: skip
        own = [row for row in collected.rows["return_file"]
               if (row["round"], row["board"]) == (code, board) and row["state"] in ("accepted", "partly")]  # fmt: skip
        file = own[0] if own else None
        deadline = next(row["deadline"] for row in collected.rows["round"] if row["round"] == code)
        refused = 0
        for row in collected.rows["return_account"]:
            if file and row["return_file"] == file["return_file"]:
                refused += row["rows_refused"]
        word, since = standing(noted, file["sent"] if file else None, deadline, on)
        found.append((board, name, word, since, file and file["file_name"], file and file["state"], refused))
    return sorted(found, key=lambda row: row[1])


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("code", ["2012q1", "2012q2"])
def test_boards_in_a_round_against_the_twin(built, code: str, on: date):
    collected, cursor = built
    rows = returns.boards_in_round(cursor, code, on)
    assert [tuple(vars(row).values()) for row in rows] == boards_twin(collected, code, on)
    assert len(rows) == 32
    joint = [row.standing for row in rows if row.board_name == "City and Hackney"]
    assert len(joint) == 1, "a joint board stands once"


NUMBERS = ("rows_in", "rows_loaded", "rows_refused", "rows_not_data", "sum_in", "sum_loaded", "sum_refused")


@twin_of(returns.files)
def files_twin(collected: Collected) -> dict[str, tuple]:
    found = {}
    for file in collected.rows["return_file"]:
        sums: dict[str, int] = defaultdict(int)
        for row in collected.rows["return_account"]:
            if row["return_file"] == file["return_file"]:
                for name in NUMBERS:
                    sums[name] += row[name]
        found[file["file_name"]] = (file["state"], *(sums[name] for name in NUMBERS))
    return found


def test_the_account_of_every_file_against_the_twin(built):
    collected, cursor = built
    rows = returns.files(cursor)
    assert {row.file_name: (row.state, *(getattr(row, name) for name in NUMBERS)) for row in rows} == files_twin(
        collected
    )
    assert {row.file_name: row.state for row in rows} == {
        "first.xlsx": "replaced", "second.xlsx": "partly", "hackney.xlsx": "accepted", "nowhere.xlsx": "refused",
        "m.xlsx": "accepted",
    }  # fmt: skip
    assert rows[-1].file_name == "nowhere.xlsx", "what could not be read stands last"
    for row in rows:
        assert row.rows_in == row.rows_loaded + row.rows_refused + row.rows_not_data
        assert row.sum_in == row.sum_loaded + row.sum_refused


@twin_of(returns.counts_people)
def counts_twin(collected: Collected) -> bool:
    return any(
        row["people"] is not None and row["document"].startswith("return_") for row in collected.rows["training_count"]
    )


def test_counts_of_people_are_noticed(built, tmp_path: Path):
    collected, cursor = built
    assert returns.counts_people(cursor) is counts_twin(collected) is True
    data = data_folder(tmp_path / "data")
    files, read = as_received(made({"interview_mapping": [MAPPING]}))
    without = collect(data, files, read)
    publish(without, tmp_path / "warehouse")
    cursor = Reader(live_edition(tmp_path / "warehouse").folder, EVERYONE).cursor()
    assert returns.counts_people(cursor) is counts_twin(without) is False


@given(
    st.dictionaries(st.sampled_from(("asked", "opened", "queried", "accepted")), st.sampled_from(DAYS)),
    st.none() | st.sampled_from(DAYS), st.none() | st.sampled_from(DAYS), st.sampled_from(DAYS),
)  # fmt: skip
def test_a_standing_never_looks_ahead_and_silence_needs_a_deadline(noted, sent, deadline, on):
    word, since = standing(noted, sent, deadline, on)
    assert word in STANDING
    assert since is None or since <= on
    has_return = sent is not None and sent <= on
    assert (word in ("accepted", "queried", "received")) == has_return
    if word == "silent":
        assert deadline < on
    if deadline is not None and deadline < on and not has_return:
        assert word == "silent"
