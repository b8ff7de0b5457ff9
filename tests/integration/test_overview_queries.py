"""The figures of the overview against slow plain-Python twins, on rows of which some must be left out and say why."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from tests.support.rows import cursor_on
from tests.support.twins import twin_of
from warehouse.queries import areas, overview
from warehouse.schema.vocabulary import ACTUAL_ROLES

LATEST = date(2011, 11, 30)
SUMMER_2010 = date(2010, 7, 1)
BEFORE_ALL = date(2004, 12, 31)
DATES = [LATEST, SUMMER_2010, BEFORE_ALL]
USABLE = {
    "brief_2005": date(2005, 1, 1),
    "report_2007": date(2007, 7, 31),
    "camden_2010": date(2010, 4, 29),
    "summary_2010": date(2010, 7, 1),
    "update_2011": date(2011, 11, 30),
}


def programme(key: str, kind: str, **more: str) -> dict[str, str]:
    return {"fact_key": f"programme-{key}", "name": key.title(), "kind": kind, "summary": "Made for a test.", **more}


PROGRAMMES = [
    programme("undated", "partnership"),
    programme("reported", "partnership", actual_from="2006-07-01", planned_from="2005"),
    programme("planned", "linked", planned_from="2006"),
    programme("ended", "police", actual_to="2005-12"),
    programme("later", "other", planned_from="2011", document="update_2011"),  # not yet, as at 2010
]


def role(key: str, programme: str, borough: str, name: str, **more: str) -> dict[str, str]:
    return {
        "fact_key": f"pb-{key}", "programme": f"programme-{programme}", "borough": borough, "role": name, **more,
    }  # fmt: skip


ROLES = [
    role("a", "reported", "Camden", "took_part"),
    role("b", "reported", "Camden", "pilot"),  # the same area once more
    role("c", "reported", "Barnet", "planned"),  # a plan is not taking part
    role("d", "reported", "Brent", "interested"),  # nor is an interest
    role("e", "reported", "Ealing", "took_part", document="update_2011"),  # not yet, as at 2010
    role("f", "planned", "Barnet", "linked"),
    role("g", "ended", "Camden", "took_part"),  # not a programme of community partnership
    role("h", "undated", "Sutton", "proposed"),  # its only area takes no part, so the programme is left out
]

BOARDS = ("City and Hackney", "Camden", "Barnet", "Brent")
RESPONSES = [
    {
        "fact_key": f"response-{document.replace('_', '-')}-{place}", "round": name, "board": board,
        "response": response, "document": document,
    }
    for name, document, answers in (
        ("appendix_2007", "report_2007", ("entry", "entry", "none", "mentioned")),
        ("interviews_2010", "summary_2010", ("unknown", "entry", "none", "unknown")),
    )
    for place, (board, response) in enumerate(zip(BOARDS, answers, strict=True))
]  # fmt: skip


def trained(key: str, borough: str, people: str, unit: str, **more: str) -> dict[str, str]:
    return {
        "fact_key": f"training-{key}", "title": key, "borough": borough, "people": people, "unit_of_count": unit,
        "content": "Made for a test.", **more,
    }  # fmt: skip


ROUNDS = [
    trained("a", "Camden", "178", "not_stated"),
    trained("b", "Harrow", "not reported", "people"),
    trained("c", "Brent", "0", "attendances"),  # a reported zero
    trained("d", "Brent", "9", "people", document="update_2011"),  # not yet, as at 2010
]


def pilot(key: str, programme: str, kind: str, boroughs: str, **more: str) -> dict[str, str]:
    scope = "borough" if boroughs else "unnamed"
    return {
        "fact_key": f"pilot-{key}", "name": key, "kind": kind, "programme": f"programme-{programme}",
        "scope": scope, "boroughs": boroughs, **more,
    }  # fmt: skip


PILOTS = [
    pilot("a", "reported", "pilot", "Camden; Harrow"),  # one pilot, whatever the number of its boroughs
    pilot("b", "reported", "pilot", ""),
    pilot("c", "reported", "proposed", "Islington"),  # a proposal is no pilot
    pilot("d", "planned", "pilot", "Merton"),  # of a linked programme
    pilot("e", "reported", "pilot", "Lewisham", document="update_2011"),  # not yet, as at 2010
]

OTHERS = {
    "body": [
        {"fact_key": "body-a", "name": "A", "kind": "network", "scope": "london", "chair_borough": "Havering"},
        {"fact_key": "body-b", "name": "B", "kind": "network", "scope": "london"},  # names no area
    ],
    "community_group": [
        {
            "fact_key": "group-a", "name": "A", "kind": "women", "based_in": "Bexley", "serves": "Bromley",
            "serves_scope": "borough",
        },
    ],
    "statement": [
        {
            "fact_key": "statement-a", "kind": "context", "headline": "A.", "scope": "borough", "borough": "Hounslow",
            "document": "brief_2005",
        },
        {"fact_key": "statement-b", "kind": "context", "headline": "B.", "scope": "london"},
    ],
    "also_said": [{"fact_key": "also-a", "subject": "pb-e", "document": "summary_2010"}],  # Ealing is named in 2010 too
}  # fmt: skip


@pytest.fixture(scope="module")
def cursor(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    rows = {
        "programme": PROGRAMMES, "programme_borough": ROLES, "round_response": RESPONSES, "training_round": ROUNDS,
        "pilot": PILOTS, **OTHERS,
    }  # fmt: skip
    return cursor_on(tmp_path_factory.mktemp("overview"), rows)


def usable(row: dict[str, str], as_at: date) -> bool:
    places = [row.get("document", "report_2007")]
    places += [also["document"] for also in OTHERS["also_said"] if also["subject"] == row["fact_key"]]
    return min(USABLE[document] for document in places) <= as_at


def keys(rows: list[dict[str, str]]) -> tuple[str, ...]:
    return tuple(sorted(row["fact_key"] for row in rows))


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        (LATEST, ["Ended", "Planned", "Reported", "Later", "Undated"]),
        (SUMMER_2010, ["Ended", "Planned", "Reported", "Undated"]),
        (BEFORE_ALL, []),
    ],
)
def test_programmes_stand_by_their_first_date(
    cursor: duckdb.DuckDBPyConnection, as_at: date, expected: list[str]
) -> None:
    assert [row.name for row in overview.programmes(cursor, as_at)] == expected


def test_a_programme_keeps_plan_and_report_apart(cursor: duckdb.DuckDBPyConnection) -> None:
    row = next(row for row in overview.programmes(cursor, LATEST) if row.name == "Reported")
    assert (row.planned_from, row.planned_to, row.actual_from, row.actual_to) == ("2005", None, "2006-07-01", None)


@pytest.mark.parametrize("as_at", DATES)
@twin_of(overview.took_part)
def test_took_part_against_its_twin(cursor: duckdb.DuckDBPyConnection, as_at: date) -> None:
    expected = []
    for one in sorted(PROGRAMMES, key=lambda row: row["name"]):
        acting = [
            row
            for row in ROLES
            if row["programme"] == one["fact_key"] and row["role"] in ACTUAL_ROLES and usable(row, as_at)
        ]
        if acting and one["kind"] in ("partnership", "linked"):
            areas = len({row["borough"] for row in acting})
            expected.append(overview.TookPart(one["fact_key"], one["name"], areas, 33, keys(acting)))
    assert overview.took_part(cursor, as_at) == expected
    assert [row.areas for row in expected] == {LATEST: [1, 2], SUMMER_2010: [1, 2], BEFORE_ALL: []}[as_at]


@pytest.mark.parametrize("as_at", DATES)
@pytest.mark.parametrize(
    ("query", "name"),
    [(overview.boards_with_statement, "appendix_2007"), (overview.boards_with_interview, "interviews_2010")],
)
@twin_of(overview.boards_with_statement, overview.boards_with_interview)
def test_boards_that_answered_against_their_twin(
    cursor: duckdb.DuckDBPyConnection, query: object, name: str, as_at: date
) -> None:
    asked = [row for row in RESPONSES if row["round"] == name and usable(row, as_at)]
    entries = [row for row in asked if row["response"] == "entry"]
    # The statements are cited by the entries; that no interview survives is cited by all that is said of the round.
    cited = entries if name == "appendix_2007" else asked
    assert query(cursor, as_at) == overview.Share(len(entries), 32, keys(cited))


@pytest.mark.parametrize("as_at", DATES)
def test_areas_that_any_fact_names(cursor: duckdb.DuckDBPyConnection, as_at: date) -> None:
    """The sentence at the top of the overview, over every table that can name an area."""
    named: set[str] = set()
    for rows in ([*ROLES, *ROUNDS, *PILOTS], *OTHERS.values()):
        for row in rows:
            places = {row.get(column, "") for column in ("borough", "based_in", "serves", "chair_borough")}
            places |= set(row.get("boroughs", "").split("; "))
            if usable(row, as_at):
                named |= places - {""}
    found = {row.borough for row in areas.took_part(cursor, as_at) if row.category != areas.NOT_NAMED}
    assert found == named
    assert "City of London" not in named  # its board answered with Hackney's; no document names the area
    assert len(named) == {LATEST: 13, SUMMER_2010: 12, BEFORE_ALL: 0}[as_at]


@pytest.mark.parametrize("as_at", DATES)
def test_people_trained_against_their_twin(cursor: duckdb.DuckDBPyConnection, as_at: date) -> None:
    expected = []
    for row in ROUNDS:
        people = int(row["people"]) if row["people"].isdigit() else None
        status = "not_reported" if people is None else "zero" if people == 0 else "value"
        if usable(row, as_at):
            expected.append(overview.Trained(row["fact_key"], row["title"], people, status, row["unit_of_count"]))
    assert overview.trained(cursor, as_at) == expected


@pytest.mark.parametrize("as_at", DATES)
@twin_of(overview.pilots)
def test_pilots_against_their_twin(cursor: duckdb.DuckDBPyConnection, as_at: date) -> None:
    counted = [
        row
        for row in PILOTS
        if row["kind"] == "pilot" and row["programme"] == "programme-reported" and usable(row, as_at)
    ]
    named = sum(row["scope"] == "borough" for row in counted)
    expected = [overview.PilotCount("Reported", named, len(counted) - named, keys(counted))] if counted else []
    assert overview.pilots(cursor, as_at) == expected
