"""From a fact to the places that say it, and to the conflicts that touch it; the lists of places; the row account."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from tests.support.coverage_twin import reference
from tests.support.rows import cursor_on
from tests.support.twins import twin_of
from warehouse.queries import account, places, sources

ROWS = {
    "programme": [
        {"fact_key": "programme-a", "name": "A", "kind": "other", "summary": "Made."},
        {"fact_key": "programme-b", "name": "B", "kind": "other", "summary": "Made."},  # no borough is named for it
        {"fact_key": "programme-c", "name": "C", "kind": "other", "summary": "Made.", "document": "summary_2010",
         "section": "2", "paragraph": "5", "as_at": "2010-07", "basis": "inferred", "rule": "Our reading."},
    ],
    "programme_borough": [
        {"fact_key": "pb-a", "programme": "programme-a", "borough": "Camden", "role": "took_part"},
    ],
    "also_said": [
        {"fact_key": "also-a", "subject": "programme-a", "document": "update_2011", "section": "7", "paragraph": "1",
         "as_at": "2011-11"},
        {"fact_key": "also-b", "subject": "programme-a", "document": "brief_2005", "section": "B", "paragraph": "2",
         "as_at": "2005"},
        {"fact_key": "also-c", "subject": "programme-a", "document": "report_2007", "section": "1", "paragraph": "9",
         "as_at": "2006"},
    ],
    "conflict": [
        {"fact_key": f"conflict-{key}", "question": question, "kind": "between", "used": "the first", "why": "So.",
         "is_open": is_open}
        for key, question, is_open in (
            ("a", "Which?", "no"), ("b", "Who?", "yes"), ("c", "How many?", "yes"), ("d", "Alone?", "no"),
        )
    ],
    "conflict_reading": [
        {"fact_key": f"reading-{key}", "conflict": f"conflict-{conflict}", "reading": f"Reading {key}.",
         "facts": facts, "is_used": used, "document": document}
        for key, conflict, facts, used, document in (
            ("a", "a", "programme-a", "no", "brief_2005"),
            ("b", "a", "programme-a; programme-b", "yes", "update_2011"),  # the used one first, whatever its date
            ("c", "b", "programme-a", "no", "report_2007"),
            ("d", "b", "", "no", "brief_2005"),  # none is used: by the dates of the documents
            ("e", "c", "", "yes", "report_2007"),  # touches no fact on screen
            ("f", "c", "", "no", "report_2007"),
            ("g", "d", "", "yes", "report_2007"),
            ("h", "d", "", "no", "report_2007"),
        )
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def cursor(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    return cursor_on(tmp_path_factory.mktemp("sources"), ROWS)


# --- the twins ---------------------------------------------------------------------------------------------------

DOCUMENTS = {row["document"]: row for row in reference("document")}


def document_of(row: dict) -> dict[str, str]:
    return DOCUMENTS[row.get("document", "report_2007")]


def facts(*left_out: str) -> list[dict]:
    return [row for table, rows in ROWS.items() if table not in left_out for row in rows]


def places_of(fact: dict) -> list[dict]:
    """The fact's own row, and the rows that say it again."""
    return [fact, *(row for row in ROWS["also_said"] if row["subject"] == fact["fact_key"])]


@twin_of("fact_usable")
def test_the_first_day_of_every_fact_against_its_twin(cursor: duckdb.DuckDBPyConnection) -> None:
    expected = {}
    for fact in facts("also_said"):
        documents = [document_of(place) for place in places_of(fact)]
        first = min(date.fromisoformat(document["usable_from"]) for document in documents)
        expected[fact["fact_key"]] = (first, all(document["date_basis"] == "inferred" for document in documents))
    found = cursor.execute("SELECT fact_key, usable_from, date_is_inferred FROM fact_usable").fetchall()
    assert sorted(found) == sorted((key, *values) for key, values in expected.items())
    assert set(expected.values()) >= {(date(2005, 1, 1), False), (date(2010, 7, 1), True)}


@twin_of("fact_conflict")
def test_the_conflicts_of_every_fact_against_their_twin(cursor: duckdb.DuckDBPyConnection) -> None:
    expected = {
        (fact, row["conflict"]) for row in ROWS["conflict_reading"] for fact in row["facts"].split("; ") if fact
    }
    assert sorted(cursor.execute("SELECT fact_key, conflict FROM fact_conflict").fetchall()) == sorted(expected)


@twin_of(sources.documents)
def test_documents_against_their_twin(cursor: duckdb.DuckDBPyConnection) -> None:
    taken = [document_of(row)["document"] for row in facts("also_said", "conflict", "conflict_reading")]
    found = {row.document: row.facts for row in sources.documents(cursor)}
    assert found == {document: sum(one == document for one in taken) for document in DOCUMENTS}


@twin_of(sources.citations)
def test_citations_against_their_twin(cursor: duckdb.DuckDBPyConnection) -> None:
    found = sources.citations(cursor)
    assert list(found) == sorted(fact["fact_key"] for fact in facts("also_said"))
    for fact in facts("also_said"):
        touched = {row["conflict"] for row in ROWS["conflict_reading"] if fact["fact_key"] in row["facts"].split("; ")}
        first, *others = places_of(fact)
        others.sort(key=lambda place: (document_of(place)["usable_from"], place["section"], place["paragraph"]))
        expected = [
            (document_of(place)["short_name"], place.get("section", "made for a test"), place.get("paragraph", "1"),
             document_of(place)["date_basis"] == "inferred", place is first, tuple(sorted(touched)))
            for place in (first, *others)
        ]  # fmt: skip
        cited = found[fact["fact_key"]]
        assert [
            (row.short_name, row.section, row.paragraph, row.date_is_inferred, row.is_first, row.conflicts)
            for row in cited
        ] == expected, fact["fact_key"]


@twin_of(places.boroughs)
def test_areas_and_boards_against_their_twin(cursor: duckdb.DuckDBPyConnection) -> None:
    names = {row["board"]: row["board_name"] for row in reference("board")}
    lookup = {row["gss_code"]: row for row in reference("authority_board")}
    expected = []
    for row in sorted(reference("borough"), key=lambda row: row["borough"]):
        own = lookup[row["gss_code"]]
        shares = sum(other["board"] == own["board"] for other in lookup.values()) > 1
        expected.append(
            places.Borough(
                row["gss_code"], row["borough"], row["official_name"], own["board"], names[own["board"]], shares,
                own["verified"], own["basis"], own["source"],
            )
        )  # fmt: skip
    assert places.boroughs(cursor) == expected


# --- what stands where -------------------------------------------------------------------------------------------


def test_documents_in_the_order_of_their_dates_with_the_facts_taken_from_each(
    cursor: duckdb.DuckDBPyConnection,
) -> None:
    found = sources.documents(cursor)
    assert [row.document for row in found] == [
        "brief_2005",
        "report_2007",
        "camden_2010",
        "summary_2010",
        "update_2011",
    ]
    assert [row.usable_from for row in found][1:3] == [date(2007, 7, 31), date(2010, 4, 29)]
    # Neither the further places of a fact nor the readings of a conflict are facts.
    assert [row.facts for row in found] == [0, 3, 0, 1, 0]


def test_every_place_of_a_fact_has_its_own_date_the_first_place_first(cursor: duckdb.DuckDBPyConnection) -> None:
    found = sources.citations(cursor, ["programme-a"])["programme-a"]
    assert [(row.short_name, row.paragraph, row.as_at, row.date_is_inferred, row.is_first) for row in found] == [
        ("Community Partnership Report", "1", "2007-07", False, True),
        ("Project Brief", "2", "2005", True, False),
        ("Community Partnership Report", "9", "2006", False, False),
        ("London Board Update", "1", "2011-11", False, False),
    ]


def test_a_judgement_comes_with_its_rule(cursor: duckdb.DuckDBPyConnection) -> None:
    (row,) = sources.citations(cursor, ["programme-c"])["programme-c"]
    assert (row.short_name, row.section, row.paragraph) == ("Pan-London Project Summary", "2", "5")
    assert (row.basis, row.rule, row.as_at, row.date_is_inferred) == ("inferred", "Our reading.", "2010-07", True)


def test_conflicts_touch_the_facts_that_their_readings_name(cursor: duckdb.DuckDBPyConnection) -> None:
    found = sources.citations(cursor, ["programme-a", "programme-b", "programme-c", "programme-a"])
    assert {key: {row.conflicts for row in rows} for key, rows in found.items()} == {
        "programme-a": {("conflict-a", "conflict-b")},
        "programme-b": {("conflict-a",)},
        "programme-c": {()},
    }


def test_a_fact_that_is_not_there_has_no_place(cursor: duckdb.DuckDBPyConnection) -> None:
    assert sources.citations(cursor, ["programme-x"]) == {}
    assert sources.citations(cursor, []) == {}


def test_without_keys_all_facts_are_cited(cursor: duckdb.DuckDBPyConnection) -> None:
    found = sources.citations(cursor)
    assert found["programme-a"] == sources.citations(cursor, ["programme-a"])["programme-a"]
    assert {"programme-a", "programme-b", "programme-c", "pb-a"} <= set(found)
    assert not any(key.startswith("also-") for key in found)


def test_open_conflicts_come_first_and_each_has_its_readings_the_used_one_first(
    cursor: duckdb.DuckDBPyConnection,
) -> None:
    assert [row.question for row in sources.conflicts(cursor)] == ["How many?", "Who?", "Alone?", "Which?"]
    assert [row.is_open for row in sources.conflicts(cursor)] == [True, True, False, False]
    found: dict[str, list[str]] = {}
    for row in sources.readings(cursor):
        found.setdefault(row.conflict, []).append(row.fact_key[-1] + ("*" if row.is_used else ""))
    assert found == {
        "conflict-a": ["b*", "a"],
        "conflict-b": ["d", "c"],
        "conflict-c": ["e*", "f"],
        "conflict-d": ["g*", "h"],
    }


def test_33_areas_and_one_board_that_two_of_them_share(cursor: duckdb.DuckDBPyConnection) -> None:
    found = places.boroughs(cursor)
    assert len(found) == 33
    assert [row.borough for row in found] == sorted(row.borough for row in found)
    assert {row.borough: row.board_name for row in found if row.shares_board} == {
        "City of London": "City and Hackney",
        "Hackney": "City and Hackney",
    }


def test_lists_of_filters_stand_by_label(cursor: duckdb.DuckDBPyConnection) -> None:
    assert places.programmes(cursor) == [places.Choice("programme-a", "A")]
    for query in (places.themes, places.communities):
        labels = [choice.label for choice in query(cursor)]
        assert len(labels) > 10
        assert labels == sorted(labels)


def test_the_account_of_every_file_adds_up(cursor: duckdb.DuckDBPyConnection) -> None:
    files = {row.file.rpartition("/")[2]: row for row in account.files(cursor)}
    for name, rows in ROWS.items():
        row = files[f"{name}.csv"]
        assert (row.table_name, row.rows_in, row.rows_loaded, row.rows_refused) == (name, len(rows), len(rows), 0)
    assert files["borough.csv"].rows_loaded == 33
    assert account.refusals(cursor) == []
