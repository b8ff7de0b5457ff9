"""The sections of the profile on literal rows of two boroughs: what belongs to Camden, and why the rest does not."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from tests.support.profile_twin import EARLIER, LATEST, ROWS, acts_twin, communities_twin, dated_twin, groups_twin
from tests.support.rows import cursor_on
from warehouse.queries import profile
from warehouse.queries.places import boroughs

VIEWS = [(borough, as_at) for borough in ("Camden", "Barnet", "City of London") for as_at in (LATEST, EARLIER)]


@pytest.fixture(scope="module")
def cursor(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    return cursor_on(tmp_path_factory.mktemp("profile"), ROWS)


@pytest.fixture(scope="module")
def camden(cursor: duckdb.DuckDBPyConnection) -> str:
    return code_of(cursor, "Camden")


def code_of(cursor: duckdb.DuckDBPyConnection, borough: str) -> str:
    return next(row.gss_code for row in boroughs(cursor) if row.borough == borough)


# --- against their twins -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("borough", "as_at"), VIEWS)
def test_acts_against_their_twin(cursor: duckdb.DuckDBPyConnection, borough: str, as_at: date) -> None:
    rows = profile.acts(cursor, code_of(cursor, borough), as_at)
    found = [
        (
            *(row.fact_key, row.round, row.stage, row.themes, row.communities, row.is_part),
            *(row.concerns, row.is_apart, row.summary, row.actor, row.audience),
        )
        for row in rows
    ]
    assert found == acts_twin(borough, as_at)


@pytest.mark.parametrize(("borough", "as_at"), VIEWS)
def test_groups_against_their_twin(cursor: duckdb.DuckDBPyConnection, borough: str, as_at: date) -> None:
    assert profile.groups(cursor, code_of(cursor, borough), as_at) == groups_twin(borough, as_at)


@pytest.mark.parametrize(("borough", "as_at"), VIEWS)
def test_communities_against_their_twin(cursor: duckdb.DuckDBPyConnection, borough: str, as_at: date) -> None:
    assert profile.communities(cursor, code_of(cursor, borough), as_at) == communities_twin(borough, as_at)


@pytest.mark.parametrize(("borough", "as_at"), VIEWS)
def test_dated_against_its_twin(cursor: duckdb.DuckDBPyConnection, borough: str, as_at: date) -> None:
    rows = profile.dated(cursor, code_of(cursor, borough), as_at)
    assert [(row.fact_key, row.kind, row.happens, row.happens_to, row.state) for row in rows] == dated_twin(
        borough, as_at
    )


# --- what stands where -------------------------------------------------------------------------------------------


def test_roles_stand_by_programme_and_not_before_their_document(cursor: duckdb.DuckDBPyConnection, camden: str) -> None:
    found = [(row.programme, row.role, row.note) for row in profile.roles(cursor, camden, LATEST)]
    assert found == [("One", "pilot", None), ("Two", "took_part", None), ("Two", "planned", "Why.")]
    assert [row.fact_key for row in profile.roles(cursor, camden, EARLIER)] == ["pb-a", "pb-b"]


def test_acts_with_labels_in_order_and_the_statement_of_2007_first(
    cursor: duckdb.DuckDBPyConnection, camden: str
) -> None:
    acts = {row.fact_key: row for row in profile.acts(cursor, camden, LATEST)}
    assert list(acts) == ["act-b", "act-c", "act-a", "act-d", "act-e", "act-h", "act-i", "act-j"]
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
    apart = [profile.Contact(f"engagement-{key}", None, "trained", None, None, True) for key in "gh"]
    expected = [profile.Contact("engagement-d", "mosques", "contacted", "2006", "Contact d.", False), *apart]
    assert profile.contacts(cursor, camden, LATEST) == expected


def test_an_act_on_a_concern_that_names_a_community_gives_nothing_that_names_it(
    cursor: duckdb.DuckDBPyConnection, camden: str
) -> None:
    acts = {row.fact_key: row for row in profile.acts(cursor, camden, LATEST)}
    apart = acts["act-h"]
    assert (apart.summary, apart.actor, apart.audience, apart.communities) == (None, None, None, ())
    assert (apart.concerns, apart.is_apart, apart.stage) == (("fgm",), True, "done")
    assert (acts["act-i"].concerns, acts["act-i"].is_apart, acts["act-i"].summary) == (("spirit",), False, "Act i.")
    assert (acts["act-j"].concerns, acts["act-j"].communities) == ((), ("Tamil",))


def test_communities_named_by_any_kind_of_fact(cursor: duckdb.DuckDBPyConnection, camden: str) -> None:
    found = {row.community: row.fact_keys for row in profile.communities(cursor, camden, LATEST)}
    assert found == {
        "African": ("act-b",),
        "Bangladeshi": ("count-a",),
        "Kurdish": ("act-h",),
        "Muslim": ("engagement-d",),
        "Somali": ("act-b", "statement-a"),
        "Tamil": ("act-j",),
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
