"""Programmes over the years against a slow plain twin, on literal rows of which some must be left out and say why, and
on made rows of any kind."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.names import borough_names
from tests.support.rows import cursor_on
from tests.support.scratch import holding, scratch_warehouse
from tests.support.twins import twin_of
from warehouse.queries.areas import one_programme
from warehouse.queries.over_time import CATEGORIES, by_year
from warehouse.schema.vocabulary import ACTUAL_ROLES, ROLE

EARLIER, LATEST = date(2010, 4, 29), date(2011, 11, 30)
USABLE = {"brief_2005": date(2005, 1, 1), "report_2007": date(2007, 7, 31), "update_2011": LATEST}
CODES = {name: code for code, name in borough_names().items()}
YEARS = range(2005, 2012)


def programme(key: str, **more: str) -> dict[str, str]:
    return {"fact_key": f"programme-{key}", "name": key.title(), "kind": "other", "summary": "Made for a test.", **more}


PROGRAMMES = [
    programme("one", actual_from="2006-07-01", actual_to="2007-06-30"),
    programme("two", planned_from="2009", planned_to="2010-03", actual_from="2010"),  # its end is not reported
    programme("late", actual_from="2008", actual_to="2009", document="update_2011"),  # dates not yet known, as at 2010
    programme("other", actual_from="2006", actual_to="2006"),  # not asked for
    programme("old", actual_from="2003", actual_to="2005-12"),  # of its years only the last is in the range
]
ASKED = ["programme-one", "programme-two", "programme-late", "programme-old"]


def role(key: str, of: str, borough: str, name: str, as_at: str, document: str = "report_2007") -> dict[str, str]:
    return {
        "fact_key": f"pb-{key}", "programme": f"programme-{of}", "borough": borough, "role": name, "as_at": as_at,
        "document": document,
    }  # fmt: skip


ROLES = [
    role("a", "one", "Camden", "took_part", "2007-07"),  # the years of the programme, not that of the document
    role("b", "one", "Hackney", "planned", "2005", "brief_2005"),  # and not the City, which shares its board
    role("c", "one", "Hackney", "took_part", "2007-07"),  # planned for another year is planned
    role("d", "one", "Lambeth", "planned", "2005", "brief_2005"),  # a plan stays a plan
    role("e", "one", "Croydon", "support", "2007-07"),  # support is not taking part, and has no dates of the programme
    role("f", "two", "Camden", "planned", "2007-07"),  # planned dates: 2009 and 2010
    role("g", "two", "Camden", "pilot", "2011-11", "update_2011"),  # one date only: the year of the document
    role("h", "late", "Brent", "linked", "2007"),  # said in 2007; from 2011 on known to be 2008 and 2009
    role("i", "other", "Merton", "took_part", "2006"),  # another programme
    role("j", "old", "Barnet", "took_part", "2005"),
    role("k", "two", "Sutton", "proposed", "2004"),  # before the first year
    role("l", "two", "Ealing", "took_part", "2011", "update_2011"),
    role("m", "one", "Camden", "interested", "2007", "update_2011"),  # less than taking part, of the same programme
    role("n", "two", "Hackney", "proposed", "2006-05"),  # of two programmes in a year the further one is shown
    role("o", "one", "Lambeth", "interested", "2005", "brief_2005"),  # less than a plan, of the same programme
]
ALSO = [
    # Said again in another year; and again in a document that is later than a view as at 2010.
    {"fact_key": "also-a", "subject": "pb-e", "note": "Thanked before.", "as_at": "2006-12"},
    {"fact_key": "also-b", "subject": "pb-e", "note": "Thanked again.", "as_at": "2011", "document": "update_2011"},
]


# --- the twin ----------------------------------------------------------------------------------------------------


def usable(row: dict, as_at: date) -> bool:
    return USABLE[row.get("document", "report_2007")] <= as_at


def part(row: dict) -> str:
    return "actual" if row["role"] in ACTUAL_ROLES else "planned" if row["role"] == "planned" else "other"


def years_of(row: dict, programmes: Sequence[dict], also: Sequence[dict], as_at: date) -> set[int]:
    own = next(one for one in programmes if one["fact_key"] == row["programme"])
    begins, ends = own.get(f"{part(row)}_from"), own.get(f"{part(row)}_to")
    if begins and ends and usable(own, as_at):
        return set(range(int(begins[:4]), int(ends[:4]) + 1))
    said = [row, *(one for one in also if one["subject"] == row["fact_key"])]
    return {int(one["as_at"][:4]) for one in said if usable(one, as_at)}


@twin_of(by_year)
def twin(
    asked: Sequence[str], roles: Sequence[dict], programmes: Sequence[dict], also: Sequence[dict], as_at: date
) -> dict[tuple[int, str], tuple[str, tuple, tuple, tuple]]:
    """Year and area → category, programmes, categories and facts; only where something is said."""
    names = {one["fact_key"]: one["name"] for one in programmes}
    known = [row for row in roles if usable(row, as_at) and row["programme"] in asked]
    found = {}
    for year in YEARS:
        for borough in CODES:
            said = []
            for key in sorted(asked, key=lambda key: (names[key], key)):
                own = [row for row in known if (row["programme"], row["borough"]) == (key, borough)]
                here = [row for row in own if year in years_of(row, programmes, also, as_at)]
                if not here:
                    continue
                plans = [row for row in own if part(row) == "planned"]
                keys = {row["fact_key"] for row in here}
                if any(part(row) == "actual" for row in here):
                    category = "planned_and_took_part" if plans else "took_part_only"
                    keys |= {row["fact_key"] for row in plans}
                else:
                    category = "planned_only" if any(part(row) == "planned" for row in here) else "other_role"
                said.append((names[key], category, keys))
            if said:
                best = min((category for _, category, _ in said), key=CATEGORIES.index)
                keys = tuple(sorted({key for _, _, own_keys in said for key in own_keys}))
                found[year, borough] = (best, tuple(n for n, _, _ in said), tuple(c for _, c, _ in said), keys)
    return found


def assert_is_twin(cursor: duckdb.DuckDBPyConnection, expected: dict, asked: Sequence[str], as_at: date) -> None:
    rows = by_year(cursor, asked, YEARS[0], YEARS[-1], as_at)
    assert [(row.year, row.borough) for row in rows] == [(year, name) for year in YEARS for name in sorted(CODES)]
    for row in rows:
        said = (row.category, row.programmes, row.categories, row.fact_keys)
        assert said == expected.get((row.year, row.borough), ("not_named", (), (), ())), (row.year, row.borough)


# --- literal rows, through the loader and the reader -------------------------------------------------------------


@pytest.fixture(scope="module")
def cursor(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    rows = {"programme": PROGRAMMES, "programme_borough": ROLES, "also_said": ALSO}
    return cursor_on(tmp_path_factory.mktemp("over_time"), rows)


@pytest.mark.parametrize("asked", [ASKED, ASKED[:1], []], ids=["four", "one", "none"])
@pytest.mark.parametrize("as_at", [date(2004, 1, 1), date(2005, 6, 1), EARLIER, LATEST])
def test_by_year_against_its_twin(cursor: duckdb.DuckDBPyConnection, asked: list[str], as_at: date) -> None:
    assert_is_twin(cursor, twin(asked, ROLES, PROGRAMMES, ALSO, as_at), asked, as_at)


def test_where_each_role_stands(cursor: duckdb.DuckDBPyConnection) -> None:
    def said(name: str, as_at: date = LATEST) -> dict[int, str]:
        rows = by_year(cursor, ASKED, YEARS[0], YEARS[-1], as_at)
        return {row.year: row.category for row in rows if row.borough == name and row.programmes}

    assert said("Hackney") == {2005: "planned_only", 2006: "planned_and_took_part", 2007: "planned_and_took_part"}
    assert said("Lambeth") == {2005: "planned_only"}
    assert said("Croydon") == {2006: "other_role", 2007: "other_role", 2011: "other_role"}
    assert said("Croydon", EARLIER) == {2006: "other_role", 2007: "other_role"}
    assert said("Camden") == {
        2006: "took_part_only", 2007: "took_part_only", 2009: "planned_only", 2010: "planned_only",
        2011: "planned_and_took_part",
    }  # fmt: skip
    assert said("Brent", EARLIER) == {2007: "took_part_only"}
    assert said("Brent") == {2008: "took_part_only", 2009: "took_part_only"}
    assert said("Barnet") == {2005: "took_part_only"}
    assert said("City of London") == said("Merton") == said("Sutton") == {}


# --- rows of any kind --------------------------------------------------------------------------------------------

DATES = st.none() | st.sampled_from(["2005", "2006-07", "2008", "2010-03-31"])
MADE = st.lists(
    st.builds(
        lambda of, borough, name, as_at, document: {
            "programme": f"programme-{of}", "borough": borough, "role": name, "as_at": as_at, "document": document,
        },
        st.sampled_from(["one", "two"]),
        st.sampled_from(["Camden", "Hackney", "City of London"]),
        st.sampled_from(ROLE.codes),
        st.sampled_from(["2005", "2007-07", "2010", "2011-11-30"]),
        st.sampled_from(list(USABLE)),
    ),
    max_size=8,
    unique_by=lambda row: (row["programme"], row["borough"], row["role"], row["document"]),
).map(lambda rows: [{**row, "fact_key": f"pb-{place}"} for place, row in enumerate(rows)])  # fmt: skip


@st.composite
def made_programmes(draw: st.DrawFn) -> list[dict]:
    """Two programmes with any dates, begun before they end where both are known."""
    found = []
    for key in ("one", "two"):
        own = programme(key, document=draw(st.sampled_from(list(USABLE))))
        for kind in ("planned", "actual"):
            dates = [draw(DATES), draw(DATES)]
            begins, ends = sorted(dates) if None not in dates else dates
            own |= {f"{kind}_from": begins, f"{kind}_to": ends}
        found.append(own)
    return found


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    return scratch_warehouse(tmp_path_factory.mktemp("scratch"))


def stored(programmes: Sequence[dict], roles: Sequence[dict]) -> dict[str, list[dict]]:
    return {
        "programme": list(programmes),
        "programme_borough": [{**row, "borough": CODES[row["borough"]]} for row in roles],
    }


@settings(max_examples=25)
@given(made_programmes(), MADE, st.sampled_from([EARLIER, LATEST]))
def test_any_rows_give_what_the_twin_gives(scratch, programmes, roles, as_at):
    asked = [one["fact_key"] for one in programmes]
    with holding(scratch, stored(programmes, roles)):
        assert_is_twin(scratch, twin(asked, roles, programmes, (), as_at), asked, as_at)


@settings(max_examples=15)
@given(made_programmes(), MADE, st.randoms(use_true_random=False))
def test_order_makes_no_difference_and_a_joint_board_is_no_reason_to_count_twice(scratch, programmes, roles, chance):
    asked = [one["fact_key"] for one in programmes]
    with holding(scratch, stored(programmes, roles)):
        first = by_year(scratch, asked, YEARS[0], YEARS[-1], LATEST)
        overall = {key: one_programme(scratch, key, LATEST) for key in asked}
    shuffled = chance.sample(roles, len(roles))
    with holding(scratch, stored(programmes, shuffled)):
        assert by_year(scratch, chance.sample(asked, 2), YEARS[0], YEARS[-1], LATEST) == first
    named = {row["borough"] for row in roles}
    assert {row.borough for row in first if row.programmes} <= named
    # Nobody takes part in a year who does not take part at all, and the other way round a plan is not forgotten.
    for place, borough in enumerate(sorted(CODES)):
        ever = {rows[place].category for rows in overall.values()}
        in_years = {category for row in first if row.borough == borough for category in row.categories}
        assert in_years & set(CATEGORIES[:2]) <= ever
