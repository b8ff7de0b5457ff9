"""Training reach on literal rows: each aggregate beside a slow twin in plain Python; rows left out say why."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from tests.support.rows import cursor_on
from tests.support.twins import twin_of
from warehouse.queries import training

AS_AT = date(2010, 4, 29)
LATER = {"document": "update_2011", "as_at": "2011-11"}
"""Provenance of a row that a view as at AS_AT must leave out: its document is dated after that day."""

PROGRAMME = {"fact_key": "programme-a", "name": "Programme A", "kind": "partnership", "summary": "Made for a test."}

ROUND = {"programme": "programme-a", "borough": "Camden", "unit_of_count": "not_stated", "content": "What was taught."}
ROUNDS = [
    {**ROUND, "fact_key": "training-b", "title": "Camden, round 2", "round_number": "2", "people": "10",
     "budget_gbp": "325", "session_size_low": "3", "session_size_high": "4", "narrative_from": "2009-11",
     "tables_to": "2010-04-29"},
    # Left out: nobody is counted, so it is no counted round.
    {**ROUND, "fact_key": "training-uncounted", "title": "Camden, round 1", "round_number": "1"},
    # Left out as at AS_AT: its document is later.
    {**ROUND, **LATER, "fact_key": "training-later", "title": "Camden, round 3", "round_number": "3", "people": "7"},
    # A reported zero is a count; nothing can be divided by it.
    {**ROUND, "fact_key": "training-zero", "title": "Barnet", "borough": "Barnet", "people": "0", "budget_gbp": "50"},
    # A count without a budget has no cost.
    {**ROUND, "fact_key": "training-free", "title": "Ealing", "borough": "Ealing", "people": "5",
     "unit_of_count": "attendances"},
]  # fmt: skip

COUNT = {"training_round": "training-b", "unit_of_count": "not_stated"}


def _count(key: str, dimension: str, printed: str, people: str, **more: str) -> dict[str, str]:
    return {**COUNT, "fact_key": f"count-{key}", "dimension": dimension, "printed": printed, "filed": printed,
            "people": people, **more}  # fmt: skip


COUNTS = [
    _count("som", "ethnicity", "Somali", "4", printed_percentage="40.00"),
    _count("ban", "ethnicity", "Bangladeshi", "4", printed_percentage="40.00"),
    _count("unk", "ethnicity", "Not known", "1"),  # last whatever its size; no percentage is printed
    _count(
        "ken", "ethnicity", "Kenyan", "not reported"
    ),  # has a line and no number: no share, and not in the sum of lines
    _count("fem", "gender", "Female", "10", printed_percentage="100.00"),
    _count("mal", "gender", "Male", "0", printed_percentage="0"),  # a reported zero has a share of nought
    # Left out of the breakdowns: the total counts everybody again.
    _count("all", "all", "Total", "10"),
    # Left out of round 2: another round's lines. That round prints no total, so its lines' sum is the base.
    _count("o1", "gender", "Female", "2", training_round="training-uncounted", printed_percentage="66.67"),
    _count("o2", "gender", "Male", "1", training_round="training-uncounted", printed_percentage="33.34"),  # not right
    # Left out as at AS_AT: a later document.
    _count("later", "gender", "Not stated", "0", **LATER),
]

FIGURE = {"kind": "attendance", "precision": "exact", "unit": "people", "scope": "borough", "value": "3"}
FIGURES = [
    {**FIGURE, "fact_key": "figure-sutton", "title": "At Sutton", "borough": "Sutton"},
    {**FIGURE, "fact_key": "figure-barnet", "title": "At Barnet", "borough": "Barnet", "kind": "reach"},
    {**FIGURE, "fact_key": "figure-london", "title": "In London", "scope": "london"},
    {**FIGURE, "fact_key": "figure-unnamed", "title": "Somewhere", "scope": "unnamed"},
    # Left out: boroughs in a programme are not people or groups reached.
    {**FIGURE, "fact_key": "figure-parts", "title": "Boroughs", "kind": "participants", "scope": "london"},
    # Left out as at AS_AT: a later document.
    {**FIGURE, **LATER, "fact_key": "figure-later", "title": "Later", "scope": "london"},
]

STATEMENT = {"kind": "context", "headline": "How it counts.", "scope": "borough", "borough": "Camden"}
STATEMENTS = [
    {**STATEMENT, "fact_key": "statement-a", "programme": "programme-a", "section": "Table 1"},
    # Left out: another programme, another borough, another kind, another document.
    {**STATEMENT, "fact_key": "statement-b"},
    {**STATEMENT, "fact_key": "statement-c", "programme": "programme-a", "borough": "Barnet"},
    {**STATEMENT, "fact_key": "statement-d", "programme": "programme-a", "kind": "achievement"},
    {**STATEMENT, "fact_key": "statement-e", "programme": "programme-a", "document": "camden_2010",
     "as_at": "2010-04-29"},
]  # fmt: skip
ALSO = [
    {"fact_key": "also-a", "subject": "count-all", "note": "The text gives it too.", "section": "Text"},
    # Left out: a note on one line is no remark on the count as a whole; one without a note says nothing; one is later.
    {"fact_key": "also-b", "subject": "count-som", "note": "Of one line."},
    {"fact_key": "also-c", "subject": "count-all"},
    {**LATER, "fact_key": "also-d", "subject": "count-all", "note": "Said later."},
]


@pytest.fixture(scope="module")
def cursor(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """One edition of the rows above."""
    rows = {"programme": [PROGRAMME], "training_round": ROUNDS, "training_count": COUNTS, "printed_figure": FIGURES,
            "statement": STATEMENTS, "also_said": ALSO}  # fmt: skip
    return cursor_on(tmp_path_factory.mktemp("training"), rows)


@twin_of(training.rounds)
def _rounds_twin() -> list[tuple]:
    found = []
    for row in ROUNDS:
        if row.get("document") == "update_2011" or not row.get("people"):
            continue
        people = int(row["people"])
        budget = int(row["budget_gbp"]) if "budget_gbp" in row else None
        totals = [int(line["people"]) for line in COUNTS
                  if line["dimension"] == "all" and line["training_round"] == row["fact_key"]]  # fmt: skip
        found.append((row["borough"], row["fact_key"], people, totals[0] if totals else None,
                      budget / people if budget is not None and people else None))  # fmt: skip
    return sorted(found)


def test_rounds_and_their_cost_agree_with_the_slow_twin(cursor):
    rows = training.rounds(cursor, AS_AT)
    assert [(r.borough, r.fact_key, r.people, r.table_total, r.cost_gbp) for r in rows] == _rounds_twin()
    assert [row.cost_gbp for row in rows] == [None, 32.5, None]


def test_a_round_carries_absences_and_the_keys_of_its_printed_totals(cursor):
    row = next(row for row in training.rounds(cursor, AS_AT) if row.fact_key == "training-b")
    assert (row.sessions, row.sessions_status) == (None, "not_reported")
    assert (row.narrative_from, row.narrative_to, row.tables_from, row.tables_to) == (
        "2009-11",
        None,
        None,
        "2010-04-29",
    )
    assert row.fact_keys == ("training-b", "count-all")


def test_a_later_view_holds_the_later_round_by_its_number(cursor):
    titles = [row.title for row in training.rounds(cursor, date(2011, 11, 30)) if row.borough == "Camden"]
    assert titles == ["Camden, round 2", "Camden, round 3"]


@twin_of(training.lines, training.lines_by_round)
def _lines_twin(key: str) -> list[tuple]:
    total = next(int(row["people"]) if "people" in row else None for row in ROUNDS if row["fact_key"] == key)
    kept = [row for row in COUNTS if row["training_round"] == key and row["dimension"] != "all"
            and row.get("document") != "update_2011"]  # fmt: skip
    found = []
    for row in kept:
        lines_sum = 0
        for other in kept:
            if other["dimension"] == row["dimension"] and other["people"].isdigit():
                lines_sum += int(other["people"])
        base = lines_sum if total is None else total
        people = int(row["people"]) if row["people"].isdigit() else None
        share = None if people is None else 100 * people / base
        printed = float(row["printed_percentage"]) if "printed_percentage" in row else None
        agrees = None if share is None or printed is None else f"{share:.2f}" == f"{printed:.2f}"
        unknown = row["filed"].lower() == "not known"
        order = (row["dimension"], unknown, people is None, -(people or 0), row["filed"])
        found.append((order, (row["fact_key"], people, base, lines_sum, share, agrees, unknown)))
    return [values for _, values in sorted(found)]


@pytest.mark.parametrize("key", ["training-b", "training-uncounted"])
def test_shares_bases_and_the_check_of_percentages_agree_with_the_slow_twin(cursor, key):
    rows = training.lines(cursor, key, AS_AT)
    found = [(r.fact_key, r.people, r.base, r.lines_sum, r.share, r.agrees, r.is_not_known) for r in rows]
    assert found == _lines_twin(key)
    (borough,) = (row["borough"] for row in ROUNDS if row["fact_key"] == key)
    assert training.lines_by_round(cursor, borough, AS_AT)[key] == rows


def test_the_lines_of_a_borough_are_those_of_its_rounds_and_of_no_other(cursor):
    boroughs = {row["borough"] for row in ROUNDS}
    for borough in boroughs:
        own = {row["fact_key"]: training.lines(cursor, row["fact_key"], AS_AT)
               for row in ROUNDS if row["borough"] == borough}  # fmt: skip
        assert training.lines_by_round(cursor, borough, AS_AT) == {key: rows for key, rows in own.items() if rows}


def test_lines_go_by_size_with_not_known_last(cursor):
    rows = [row for row in training.lines(cursor, "training-b", AS_AT) if row.dimension == "ethnicity"]
    assert [row.filed for row in rows] == ["Bangladeshi", "Somali", "Kenyan", "Not known"]
    assert [(row.base, row.lines_sum) for row in rows] == [(10, 9)] * 4
    assert (rows[2].people, rows[2].people_status, rows[2].share) == (None, "not_reported", None)


def test_a_printed_percentage_that_does_not_recompute_is_found(cursor):
    rows = training.lines(cursor, "training-uncounted", AS_AT)
    assert [(row.filed, row.base, row.agrees) for row in rows] == [("Female", 3, True), ("Male", 3, False)]


def test_remarks_are_of_the_rounds_own_document_then_of_its_total(cursor):
    rows = training.remarks(cursor, "training-b", AS_AT)
    assert [(row.fact_key, row.section, row.headline) for row in rows] == [
        ("statement-a", "Table 1", "How it counts."),
        ("count-all", "Text", "The text gives it too."),
    ]


def test_other_numbers_go_by_place_and_are_kept_apart(cursor):
    rows = training.reached(cursor, AS_AT)
    assert [(row.borough, row.title) for row in rows] == [
        ("Barnet", "At Barnet"),
        ("Sutton", "At Sutton"),
        (None, "Somewhere"),
        (None, "In London"),
    ]


def test_before_the_document_nothing_is_counted(cursor):
    early = date(2007, 7, 30)
    assert training.rounds(cursor, early) == []
    assert training.lines(cursor, "training-b", early) == []
    assert training.reached(cursor, early) == []
