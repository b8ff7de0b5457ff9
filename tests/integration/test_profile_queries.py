"""The sections of the profile on literal rows of two boroughs: what belongs to Camden, and why the rest does not."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from tests.support.rows import cursor_on
from warehouse.queries import profile
from warehouse.queries.places import boroughs

LATEST = date(2011, 11, 30)
EARLIER = date(2010, 4, 29)
LATER = {"document": "update_2011"}
"""Said in November 2011 only, so not yet as at April 2010."""

HERE = {"scope": "borough", "borough": "Camden"}
THERE = {"scope": "borough", "borough": "Barnet"}
LONDON = {"scope": "london"}

ROWS = {
    "programme": [
        {"fact_key": f"programme-{name}", "name": name.title(), "kind": "other", "summary": "Made."}
        for name in ("one", "two")
    ],
    "programme_borough": [
        {"fact_key": "pb-b", "programme": "programme-two", "borough": "Camden", "role": "planned", "note": "Why."},
        {"fact_key": "pb-a", "programme": "programme-two", "borough": "Camden", "role": "took_part"},
        {"fact_key": "pb-c", "programme": "programme-one", "borough": "Camden", "role": "pilot", **LATER},
        {"fact_key": "pb-d", "programme": "programme-one", "borough": "Barnet", "role": "pilot"},
    ],
    "round_response": [
        {"fact_key": "response-a", "round": "appendix_2007", "board": "Camden", "response": "entry"},
        {"fact_key": "response-b", "round": "interviews_2010", "board": "Camden", "response": "unknown", **LATER},
    ],
    "activity": [
        {
            "fact_key": f"act-{key}", "actor_kind": "board", "actor": "the board", "summary": f"Act {key}.",
            "round": "none", "kind": "activity", "stage": "done", "themes": "training", **HERE, **more,
        }
        for key, more in {
            "a": {},
            "b": {"round": "appendix_2007", "themes": "policy; training", "communities": "somali; african"},
            "c": {"round": "appendix_2007", "stage": "not reported", "part_of": "act-b"},
            "d": {"kind": "context", "stage": "not applicable"},
            "e": {"happened": "2006-03", "happened_text": "last spring", "audience": "imams", **LATER},
            "f": THERE,
            "g": {"scope": "london", "borough": ""},  # all boroughs alike is not Camden by name
        }.items()
    ],
    "obstacle": [
        {"fact_key": "obstacle-a", "said_by": "the board", "kind": "money", "summary": "No money.", **HERE},
        {"fact_key": "obstacle-b", "said_by": "the board", "kind": "trust", "summary": "No trust.", **THERE},
        {"fact_key": "obstacle-c", "said_by": "all boards", "kind": "trust", "summary": "No trust.", **LONDON},
    ],
    "pilot": [
        {
            "fact_key": f"pilot-{key}", "name": name, "kind": "pilot", "programme": "programme-one",
            "scope": "borough", "boroughs": places, **more,
        }
        for key, name, places, more in (
            ("a", "Second", "Barnet; Camden", {"set_out_to": "Learn."}),
            ("b", "First", "Camden", {}),
            ("c", "Third", "Barnet", {"set_out_to": "Learn."}),
        )
    ],
    "pilot_item": [
        {"fact_key": f"item-{key}", "pilot": f"pilot-{pilot}", "kind": kind, "stage": stage, "summary": f"Item {key}.",
         "communities": communities, **more}
        for key, pilot, kind, stage, communities, more in (
            ("a", "a", "aim", "not applicable", "", {}),
            ("b", "a", "activity", "not reported", "turkish", {}),
            ("c", "b", "output", "planned", "", LATER),
            ("d", "c", "output", "planned", "", {}),
        )
    ],
    "community_group": [
        {"fact_key": "group-a", "name": "Zeal", "kind": "women", "based_in": "Camden", "serves": "Barnet; Camden",
         "serves_scope": "borough"},
        {"fact_key": "group-b", "name": "Amity", "kind": "women", "based_in": "Barnet", "serves_scope": "unnamed"},
        # A place in a name is no place.
        {"fact_key": "group-c", "name": "Camden Bells", "kind": "women", "serves_scope": "unnamed"},
    ],
    "engagement": [
        {"fact_key": f"engagement-{key}", "summary": f"Contact {key}.", "step": step, **more}
        for key, step, more in (
            ("a", "engaged", {"community_group": "group-b", **HERE}),
            ("b", "contacted", {"community_group": "group-b", **HERE}),
            ("c", "trained", {"community_group": "group-b", **THERE}),  # a step of Barnet's
            ("d", "contacted", {"described_as": "mosques", "happened": "2006", "communities": "muslim", **HERE}),
            ("e", "contacted", {"described_as": "churches", **THERE}),
            ("f", "contacted", {"described_as": "schools", **LONDON}),
        )
    ],
    "training_round": [
        {"fact_key": f"training-{key}", "title": key, "borough": place, "people": people, "unit_of_count": unit,
         "content": "Made."}
        for key, place, people, unit in (
            ("a", "Camden", "178", "not_stated"),
            ("b", "Camden", "not reported", "attendances"),
            ("c", "Barnet", "5", "people"),
        )
    ],
    "training_count": [
        {"fact_key": "count-a", "training_round": "training-a", "dimension": "ethnicity", "printed": "Bengali",
         "filed": "Bengali", "community": "bangladeshi", "people": "178", "unit_of_count": "not_stated"},
    ],
    "printed_figure": [
        {"fact_key": f"figure-{key}", "title": key, "kind": "reach", "value": value, "value_high": high,
         "precision": precision, "unit": "groups", **more}
        for key, value, high, precision, more in (
            ("a", "40", "50", "range", HERE),
            ("b", "not reported", "", "exact", {**HERE, **LATER}),
            ("c", "3", "", "exact", THERE),
            ("d", "4", "", "exact", LONDON),
        )
    ],
    "output": [
        {"fact_key": f"output-{key}", "name": f"Output {key}", "kind": "report", "by_whom": "the board",
         "summary": "Made.", "planned_for": planned, **more}
        for key, planned, more in (
            ("a", "2011-07", HERE),
            ("b", "not reported", {"planned_text": "next year", **HERE}),
            ("c", "2010", THERE),
        )
    ],
    "status_report": [
        {"fact_key": f"status-{key}", "subject": "output-a", "state": state, "summary": "Made.", "document": document}
        for key, state, document in (
            ("c", "planned", "update_2011"), ("a", "under_way", "report_2007"), ("b", "done", "report_2007"),
        )
    ],
    "milestone": [
        {"fact_key": f"milestone-{key}", "title": f"Event {key}", "happens": happens, "state": "actual", **more}
        for key, happens, more in (
            ("a", "2006-10-12", HERE),
            ("b", "not reported", {"date_text": "18 months ago", **HERE}),
            ("c", "2006", THERE),
        )
    ],
    "body": [
        {"fact_key": f"body-{key}", "name": name, "kind": "subgroup", "members": "Some.", **more}
        for key, name, more in (
            ("a", "Zone", HERE),
            ("b", "Network", {"chair_borough": "Camden", **LONDON}),
            ("c", "Forum", {"chair_borough": "Camden", **HERE}),
            ("d", "Joint", {"chair_borough": "Camden", **THERE}),
            ("e", "Circle", {"chair_borough": "Barnet", **LONDON}),
        )
    ],
    "partner": [{"fact_key": "partner-a", "name": "NSPCC", "kind": "voluntary"}],
    "partner_link": [
        {"fact_key": "pl-a", "partner": "partner-a", "role": "host", "linked_to": "act-a", "borough": "Camden"},
        {"fact_key": "pl-b", "partner": "partner-a", "role": "funder", "linked_to": "act-a"},
    ],
    "statement": [
        {"fact_key": "statement-a", "kind": "risk", "headline": "A.", "said_by": "an imam", "communities": "somali",
         **HERE},
        {"fact_key": "statement-b", "kind": "risk", "headline": "B.", **LONDON},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def cursor(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    return cursor_on(tmp_path_factory.mktemp("profile"), ROWS)


@pytest.fixture(scope="module")
def camden(cursor: duckdb.DuckDBPyConnection) -> str:
    return next(row.gss_code for row in boroughs(cursor) if row.borough == "Camden")


def test_roles_stand_by_programme_and_not_before_their_document(cursor: duckdb.DuckDBPyConnection, camden: str) -> None:
    found = [(row.programme, row.role, row.note) for row in profile.roles(cursor, camden, LATEST)]
    assert found == [("One", "pilot", None), ("Two", "took_part", None), ("Two", "planned", "Why.")]
    assert [row.fact_key for row in profile.roles(cursor, camden, EARLIER)] == ["pb-a", "pb-b"]


def test_acts_with_labels_in_order_and_the_statement_of_2007_first(
    cursor: duckdb.DuckDBPyConnection, camden: str
) -> None:
    acts = {row.fact_key: row for row in profile.acts(cursor, camden, LATEST)}
    assert list(acts) == ["act-b", "act-c", "act-a", "act-d", "act-e"]
    assert acts["act-b"].themes == ("Policy and procedures", "Training")
    assert acts["act-b"].communities == ("Somali", "African")
    assert (acts["act-c"].stage, acts["act-c"].stage_status, acts["act-c"].is_part) == (None, "not_reported", True)
    assert (acts["act-d"].stage, acts["act-d"].stage_status, acts["act-d"].communities) == (None, "not_asked", ())
    assert (acts["act-e"].happened, acts["act-e"].happened_text) == ("2006-03", "last spring")
    assert "act-e" not in [row.fact_key for row in profile.acts(cursor, camden, EARLIER)]


def test_obstacles_of_the_borough_alone(cursor: duckdb.DuckDBPyConnection, camden: str) -> None:
    expected = [profile.Obstacle("obstacle-a", "the board", "money", "No money.")]
    assert profile.obstacles(cursor, camden, LATEST) == expected


def test_each_pilot_is_followed_by_its_parts_and_absences_keep_their_status(
    cursor: duckdb.DuckDBPyConnection, camden: str
) -> None:
    def part(*cells: str | None) -> profile.PilotPart:
        return profile.PilotPart(*cells)

    first = part("pilot-b", "First", "pilot", None, "not_asked", None, "not_reported")
    second = [
        part("pilot-a", "Second", "pilot", None, "not_asked", "Learn.", "value"),
        part("item-a", "Second", "aim", None, "not_asked", "Item a.", "value"),
        part("item-b", "Second", "activity", None, "not_reported", "Item b.", "value"),
    ]
    late = part("item-c", "First", "output", "planned", "value", "Item c.", "value")
    assert profile.pilot_parts(cursor, camden, LATEST) == [first, late, *second]
    assert profile.pilot_parts(cursor, camden, EARLIER) == [first, *second]


def test_groups_by_how_they_belong_with_the_steps_taken_here(cursor: duckdb.DuckDBPyConnection, camden: str) -> None:
    assert profile.groups(cursor, camden, LATEST) == [
        profile.GroupHere("group-b", "Amity", ("contact",), ("contacted", "engaged"), ("engagement-a", "engagement-b")),
        profile.GroupHere("group-a", "Zeal", ("based", "serves"), (), ("group-a",)),
    ]


def test_contacts_with_groups_that_are_not_named(cursor: duckdb.DuckDBPyConnection, camden: str) -> None:
    expected = [profile.Contact("engagement-d", "mosques", "contacted", "2006", "Contact d.")]
    assert profile.contacts(cursor, camden, LATEST) == expected


def test_communities_named_by_any_kind_of_fact(cursor: duckdb.DuckDBPyConnection, camden: str) -> None:
    found = {row.community: row.fact_keys for row in profile.communities(cursor, camden, LATEST)}
    assert found == {
        "African": ("act-b",),
        "Bangladeshi": ("count-a",),
        "Muslim": ("engagement-d",),
        "Somali": ("act-b", "statement-a"),
        "Turkish": ("item-b",),
    }
    assert list(found) == sorted(found)


def test_numbers_keep_their_unit_and_why_there_is_none(cursor: duckdb.DuckDBPyConnection, camden: str) -> None:
    def of(as_at: date) -> list[tuple]:
        rows = profile.numbers(cursor, camden, as_at)
        return [(row.title, row.value, row.value_status, row.value_high, row.precision, row.unit) for row in rows]

    latest = [
        ("a", 40, "value", 50, "range", "groups"),
        ("b", None, "not_reported", None, "exact", "groups"),
        ("People trained: a", 178, "value", None, "exact", "not_stated"),
        ("Attendances: b", None, "not_reported", None, "exact", "attendances"),
    ]
    assert of(LATEST) == latest
    assert of(EARLIER) == [latest[0], *latest[2:]]


def test_promised_and_dated_with_the_last_state_reported_by_then(
    cursor: duckdb.DuckDBPyConnection, camden: str
) -> None:
    def of(as_at: date) -> list[tuple]:
        return [
            (row.fact_key, row.kind, row.happens, row.date_text, row.state)
            for row in profile.dated(cursor, camden, as_at)
        ]

    assert of(LATEST) == [
        ("milestone-a", "event", "2006-10-12", None, "actual"),
        ("output-a", "output", "2011-07", None, "planned"),
        ("milestone-b", "event", None, "18 months ago", "actual"),
        ("output-b", "output", None, "next year", "not_reported"),
    ]
    assert of(EARLIER)[1] == ("output-a", "output", "2011-07", None, "done")


def test_bodies_of_the_borough_and_those_it_chairs_elsewhere(cursor: duckdb.DuckDBPyConnection, camden: str) -> None:
    found = {row.name: row.is_chaired_here for row in profile.bodies(cursor, camden, LATEST)}
    assert found == {"Forum": False, "Joint": True, "Network": True, "Zone": False}


def test_partners_and_statements_that_name_the_borough(cursor: duckdb.DuckDBPyConnection, camden: str) -> None:
    assert profile.partners(cursor, camden, LATEST) == [profile.PartnerHere("pl-a", "NSPCC", "host", None)]
    assert profile.statements(cursor, camden, LATEST) == [profile.Said("statement-a", "risk", "an imam", "A.")]


def test_answers_of_the_board_by_round(cursor: duckdb.DuckDBPyConnection) -> None:
    def of(as_at: date) -> list[tuple[str, str]]:
        return [(row.round, row.response) for row in profile.answers(cursor, "camden", as_at)]

    assert of(LATEST) == [("appendix_2007", "entry"), ("interviews_2010", "unknown")]
    assert of(EARLIER) == [("appendix_2007", "entry")]


def test_an_area_that_nobody_names_has_nothing(cursor: duckdb.DuckDBPyConnection) -> None:
    city = next(row.gss_code for row in boroughs(cursor) if row.borough == "City of London")
    for query in (
        profile.roles, profile.acts, profile.obstacles, profile.pilot_parts, profile.groups, profile.contacts,
        profile.communities, profile.numbers, profile.dated, profile.bodies, profile.partners, profile.statements,
    ):  # fmt: skip
        assert query(cursor, city, LATEST) == [], query.__name__
