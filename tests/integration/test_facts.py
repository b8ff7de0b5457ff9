"""What the documents themselves state about their numbers must hold for the transcribed facts."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pytest

from tests.support.paths import ROOT
from warehouse.edition import Reader, live_edition
from warehouse.schema import TABLES
from warehouse.schema.layout import EVERYONE

TRANSCRIPTION = ROOT / "docs" / "transcription.md"


@pytest.fixture(scope="module")
def cursor(warehouse_dir: Path) -> duckdb.DuckDBPyConnection:
    return Reader(live_edition(warehouse_dir).folder, EVERYONE).cursor()


def one(cursor: duckdb.DuckDBPyConnection, sql: str) -> object:
    return cursor.execute(sql).fetchone()[0]


@pytest.mark.parametrize(("dimension", "categories"), [("group", 15), ("ethnicity", 11), ("gender", 2)])
def test_each_camden_table_sums_to_178(cursor: duckdb.DuckDBPyConnection, dimension: str, categories: int) -> None:
    counts = cursor.execute(
        "SELECT people, printed_percentage FROM training_count WHERE training_round = 'training-camden-round-2' "
        "AND dimension = ?",
        [dimension],
    ).fetchall()
    assert len(counts) == categories
    assert sum(people for people, _ in counts) == 178
    for people, printed in counts:
        assert abs(100 * people / 178 - printed) <= 0.005 + 1e-9


def test_camden_total_and_budget(cursor: duckdb.DuckDBPyConnection) -> None:
    assert cursor.execute(
        "SELECT people, budget_gbp, session_size_low, session_size_high, sessions_status FROM training_round"
    ).fetchall() == [(178, 5709, 12, 15, "not_reported")]


def test_the_budget_lines_of_the_brief_sum_to_the_printed_total(cursor: duckdb.DuckDBPyConnection) -> None:
    total = one(cursor, "SELECT amount_gbp FROM budget_line WHERE document = 'brief_2005' AND is_total")
    parts = one(cursor, "SELECT sum(amount_gbp) FROM budget_line WHERE document = 'brief_2005' AND NOT is_total")
    assert (total, parts) == (342_000, 342_000)


def counts_by_issue(cursor: duckdb.DuckDBPyConnection, origin: str) -> dict[str, int]:
    sql = "SELECT issue, value FROM evidence_count WHERE origin = ? AND issue IS NOT NULL"
    return dict(cursor.execute(sql, [origin]).fetchall())


def test_34_files_give_35_counts_because_one_is_counted_twice(cursor: duckdb.DuckDBPyConnection) -> None:
    by_issue = counts_by_issue(cursor, "case_files")
    assert by_issue == {"spirit": 21, "fgm": 2, "honour": 2, "trafficking": 10}
    sql = "SELECT value FROM evidence_count WHERE origin = 'case_files' AND is_total ORDER BY value"
    assert cursor.execute(sql).fetchall() == [(34,), (35,)]
    assert sum(by_issue.values()) == 35


def test_police_figures_with_a_reported_zero(cursor: duckdb.DuckDBPyConnection) -> None:
    assert counts_by_issue(cursor, "police") == {"fgm": 1, "honour": 29, "spirit": 13, "trafficking": 0}
    assert one(cursor, "SELECT value_status FROM evidence_count WHERE origin = 'police' AND value = 0") == "zero"


@pytest.mark.parametrize(("kind", "expected"), [("finding", 16), ("recommendation", 13), ("key_message", 9)])
def test_numbered_statements_are_all_there(cursor: duckdb.DuckDBPyConnection, kind: str, expected: int) -> None:
    sql = "SELECT number::INT FROM statement WHERE kind = ? AND number IS NOT NULL"
    numbers = cursor.execute(sql, [kind]).fetchall()
    assert sorted(number for (number,) in numbers) == list(range(1, expected + 1))


def test_findings_and_recommendations_are_said_twice(cursor: duckdb.DuckDBPyConnection) -> None:
    for kind in ("finding", "recommendation"):
        once = cursor.execute(
            "SELECT fact_key FROM statement WHERE kind = ? AND fact_key NOT IN (SELECT subject FROM also_said)", [kind]
        ).fetchall()
        assert once == []


def test_fourteen_boards_have_an_entry_in_the_appendix(cursor: duckdb.DuckDBPyConnection) -> None:
    assert one(cursor, "SELECT count(*) FROM round_response WHERE round = 'appendix_2007'") == 32
    assert one(cursor, "SELECT count(*) FROM round_response WHERE round = 'appendix_2007' AND response = 'entry'") == 14
    acting = one(
        cursor,
        "SELECT count(DISTINCT board) FROM activity JOIN authority_board ON gss_code = borough "
        "WHERE round = 'appendix_2007'",
    )
    assert acting == 14


def test_nine_pilots_are_named_and_eleven_reported(cursor: duckdb.DuckDBPyConnection) -> None:
    pilots = cursor.execute(
        "SELECT scope, count(*) FROM pilot WHERE programme = 'programme-culture-and-faith' AND kind = 'pilot' "
        "GROUP BY scope ORDER BY scope"
    ).fetchall()
    assert pilots == [("borough", 9), ("unnamed", 2)]


def boroughs(cursor: duckdb.DuckDBPyConnection, programme: str, roles: tuple[str, ...]) -> set[str]:
    found = cursor.execute(
        "SELECT DISTINCT borough.borough FROM programme_borough AS pb JOIN borough ON gss_code = pb.borough "
        "WHERE programme = ? AND list_contains(?, role)",
        [programme, list(roles)],
    ).fetchall()
    return {name for (name,) in found}


def test_boroughs_of_each_programme(cursor: duckdb.DuckDBPyConnection) -> None:
    community = "programme-community-partnership"
    assert boroughs(cursor, community, ("planned",)) == {
        "Lewisham", "Southwark", "Newham", "Lambeth", "Hackney", "Haringey",
    }  # fmt: skip
    assert boroughs(cursor, community, ("took_part",)) == {
        "Brent", "Camden", "Enfield", "Hackney", "Haringey", "Islington", "Newham", "Southwark",
    }  # fmt: skip
    # They "will" pilot; of five the same document writes as at work.
    assert boroughs(cursor, "programme-culture-and-faith", ("pilot",)) == {
        "Barnet", "Bexley", "Hackney", "Merton", "Tower Hamlets",
    }  # fmt: skip
    assert boroughs(cursor, "programme-culture-and-faith", ("planned",)) == {
        "Barnet", "Bexley", "Brent", "Enfield", "Hackney", "Merton", "Newham", "Sutton", "Tower Hamlets",
    }  # fmt: skip
    assert boroughs(cursor, "programme-safe-network", ("linked",)) == {
        "Camden", "Hackney", "Haringey", "Islington", "Tower Hamlets",
    }  # fmt: skip
    assert boroughs(cursor, "programme-scie", ("pilot",)) == {
        "Barnet", "Hackney", "Haringey", "Hillingdon", "Tower Hamlets", "Southwark", "Wandsworth",
    }  # fmt: skip
    assert boroughs(cursor, "programme-aim", ("proposed",)) == {
        "Lewisham", "Lambeth", "Croydon", "Southwark", "Newham", "Tower Hamlets", "Barking and Dagenham",
    }  # fmt: skip


def test_the_city_of_london_is_named_by_no_document(cursor: duckdb.DuckDBPyConnection) -> None:
    assert one(cursor, "SELECT count(*) FROM area_named WHERE borough = 'E09000001'") == 0


def test_dozens_of_conflicts_each_tied_to_facts(cursor: duckdb.DuckDBPyConnection) -> None:
    assert one(cursor, "SELECT count(*) FROM conflict") >= 24
    untied = cursor.execute(
        "SELECT fact_key FROM conflict WHERE fact_key NOT IN (SELECT conflict FROM fact_conflict)"
    ).fetchall()
    assert untied == []


VIEWS = "5. Community view"
"""The section that prints views under people's names, and the list of the groups that were invited."""


def test_no_view_shares_with_those_invited_what_only_one_of_them_has(cursor: duckdb.DuckDBPyConnection) -> None:
    """Else the view would be that group's, and its speaker the person the report names for it."""
    invited = [
        (name, {faith, *communities} - {None})
        for name, faith, communities in cursor.execute(
            "SELECT name, faith, list(link.communities) FROM community_group "
            "LEFT JOIN community_group_communities AS link USING (fact_key) WHERE section = ? GROUP BY ALL",
            [VIEWS],
        ).fetchall()
    ]
    assert len(invited) == 5
    held = [code for _, codes in invited for code in codes]
    only_one_has = {code for code in held if held.count(code) == 1}
    assert only_one_has >= {"muslim", "tamil", "methodist"}

    for table in ("activity", "engagement", "statement"):
        named = cursor.execute(
            f"SELECT communities, fact_key FROM {table}_communities JOIN {table} USING (fact_key) "
            "WHERE section = ? AND paragraph LIKE 'views, %'",
            [VIEWS],
        ).fetchall()
        assert named
        assert [(code, key) for code, key in named if code in only_one_has] == []

    grouped = "SELECT fact_key FROM engagement WHERE paragraph LIKE 'views, %' AND community_group IS NOT NULL"
    assert cursor.execute(grouped).fetchall() == []
    boroughs_of_views = cursor.execute(
        "SELECT DISTINCT borough.borough FROM area_named JOIN fact USING (fact_key) "
        "JOIN borough ON gss_code = area_named.borough WHERE section = ? AND paragraph LIKE 'views, %' "
        "AND paragraph <> 'views, paragraph 5'",
        [VIEWS],
    ).fetchall()
    assert boroughs_of_views == [("Camden",)]
    assert not [name for name, _ in invited if "Camden" in name]
    said_by = (
        "SELECT DISTINCT said_by FROM statement WHERE section = ? AND kind = 'community_view' AND paragraph LIKE ?"
    )
    assert cursor.execute(said_by, [VIEWS, "views, %"]).fetchall() == [("a community representative",)]


def test_every_fact_stands_in_the_register_and_every_key_there_is_a_fact(cursor: duckdb.DuckDBPyConnection) -> None:
    in_register = set(re.findall(r"`([a-z]+(?:-[a-z0-9]+)+)`", TRANSCRIPTION.read_text(encoding="utf-8")))
    prefixes = tuple(f"{table.prefix}-" for table in TABLES.values() if table.prefix)
    facts = {key for (key,) in cursor.execute("SELECT fact_key FROM fact").fetchall()}
    assert {key for key in in_register if key.startswith(prefixes)} - facts == set()
    assert facts - in_register == set()


def test_no_undated_fact_and_no_judgement_without_its_rule(cursor: duckdb.DuckDBPyConnection) -> None:
    assert one(cursor, "SELECT count(*) FROM fact WHERE as_at IS NULL OR section = '' OR paragraph = ''") == 0
    assert one(cursor, "SELECT count(*) FROM fact WHERE basis <> 'stated' AND rule IS NULL") == 0
