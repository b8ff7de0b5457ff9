"""Residents by census group, where ethnicities are filed, and how alike boards are in who lives there.

Census tables are loaded by users, so all of this may be empty: `tables` says what is there. Counts are of a census day
and do not follow the as-at date.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from warehouse.rows import fetch

ETHNIC_GROUP = "ethnic_group"
RELIGION = "religion"


@dataclass(frozen=True)
class CensusTable:
    """One census table that is loaded. `census` is its year, `title` what it calls itself, `note` what it says of its
    numbers; `is_summed` where its groups were added up over sex or age."""

    subject: str
    census: int
    title: str
    table_file: str
    file_sha256: str
    areas: int
    is_summed: bool
    note: str | None


def tables(cursor: duckdb.DuckDBPyConnection) -> list[CensusTable]:
    """The tables that are loaded, by subject and year. None is a normal state: no denominator is loaded."""
    return fetch(
        cursor,
        CensusTable,
        """
        SELECT g.subject, p.year, min(p.census_table), min(p.table_file), min(p.file_sha256),
            count(DISTINCT p.gss_code), bool_or(p.basis = 'derived' AND g.level = 'group'), min(p.note)
        FROM population AS p JOIN census_group AS g USING (census_group)
        GROUP BY g.subject, p.year ORDER BY g.subject, p.year
        """,
    )


@dataclass(frozen=True)
class Group:
    """One row of a census table. `nearest_2001` is the label of the nearest group of 2001, for one of 2011."""

    census_group: str
    census: int
    subject: str
    level: str
    label: str
    within: str | None
    record_code: str | None
    nearest_2001: str | None
    note: str | None


def groups(cursor: duckdb.DuckDBPyConnection, census: int, subject: str = ETHNIC_GROUP) -> list[Group]:
    """The groups of one census in the order of its table, headings and total included."""
    return fetch(
        cursor,
        Group,
        """
        SELECT g.census_group, g.census, g.subject, g.level, g.label, whole.label, g.record_code, nearest.label, g.note
        FROM census_group AS g
        LEFT JOIN census_group AS whole ON whole.census_group = g.within
        LEFT JOIN census_group AS nearest ON nearest.census_group = g.nearest_2001
        WHERE g.census = ? AND g.subject = ? ORDER BY g.position
        """,
        [census, subject],
    )


@dataclass(frozen=True)
class Label:
    """One line of the reviewed table: an ethnicity as printed, and where it is filed in either census, and why.

    Fits are codes of `FIT`, rules of `FILING_RULE` (warehouse.schema.population). A group is None where none fits.
    """

    printed: str
    community: str
    community_label: str
    group_2001: str | None
    fit_2001: str
    group_2011: str | None
    fit_2011: str
    rule: str
    why: str


def labels(cursor: duckdb.DuckDBPyConnection) -> list[Label]:
    """The whole table, by ethnicity as printed. Groups are given by their labels."""
    return fetch(
        cursor,
        Label,
        """
        SELECT l.printed, l.community, community.label, early.label, l.fit_2001, late.label, l.fit_2011, l.rule, l.why
        FROM ethnic_label AS l JOIN community USING (community)
        LEFT JOIN census_group AS early ON early.census_group = l.group_2001
        LEFT JOIN census_group AS late ON late.census_group = l.group_2011
        ORDER BY l.printed
        """,
    )


@dataclass(frozen=True)
class Residents:
    """Residents of one area in one group. `basis` is derived where the count was added up; `rule` says from what."""

    gss_code: str
    borough: str
    census_group: str
    label: str
    level: str
    people: int | None
    people_status: str
    basis: str
    rule: str | None


def residents(cursor: duckdb.DuckDBPyConnection, census: int, subject: str = ETHNIC_GROUP) -> list[Residents]:
    """Every count of one census table, by name of area and order of group. Empty where the table is not loaded.

    Headings and totals are among them: never add up rows of different levels.
    """
    return fetch(
        cursor,
        Residents,
        """
        SELECT p.gss_code, borough.borough, p.census_group, g.label, g.level, p.people, p.people_status, p.basis, p.rule
        FROM population AS p JOIN census_group AS g USING (census_group) JOIN borough USING (gss_code)
        WHERE p.year = ? AND g.subject = ? ORDER BY borough.borough, g.position
        """,
        [census, subject],
    )


@dataclass(frozen=True)
class CommunityResidents:
    """How many of one community live in one area by one census.

    `people` only where the census has a row for the community and its table is loaded; else `reason` is a code of
    `NO_RATE`. `group_label` is the row that counts it or, where it is counted with others, that holds it.
    """

    community: str
    label: str
    facet: str
    gss_code: str
    borough: str
    census: int
    group_label: str | None
    fit: str
    people: int | None
    status: str
    reason: str | None


def of_communities(cursor: duckdb.DuckDBPyConnection, census: int) -> list[CommunityResidents]:
    """Every community with every one of the 33 areas, by label and area: its residents, or why there is no number.

    Ethnic communities are counted by ethnic group, through the table of labels; faiths by religion.
    """
    return fetch(
        cursor,
        CommunityResidents,
        """
        WITH filed AS (
            SELECT DISTINCT community, CASE WHEN ? = 2001 THEN group_2001 ELSE group_2011 END AS census_group,
                CASE WHEN ? = 2001 THEN fit_2001 ELSE fit_2011 END AS fit
            FROM ethnic_label
            UNION
            SELECT community, census_group, 'own_row' FROM census_group WHERE community IS NOT NULL AND census = ?
        ),
        asked AS (
            SELECT community.community, community.label, community.facet, filed.census_group,
                coalesce(filed.fit, 'none') AS fit
            FROM community LEFT JOIN filed USING (community)
        ),
        reasoned AS (
            SELECT asked.*, borough.gss_code, borough.borough, g.label AS group_label, p.people, p.people_status,
                CASE WHEN fit = 'none' THEN 'no_row' WHEN fit = 'part_of' THEN 'part_of'
                    WHEN p.people IS NULL THEN 'no_population' END AS reason
            FROM asked CROSS JOIN borough LEFT JOIN census_group AS g USING (census_group)
            LEFT JOIN population AS p ON p.census_group = asked.census_group AND p.gss_code = borough.gss_code
        )
        SELECT community, label, facet, gss_code, borough, ?, group_label, fit,
            CASE WHEN reason IS NULL THEN people END,
            CASE WHEN reason IS NULL THEN people_status ELSE 'not_asked' END, reason
        FROM reasoned ORDER BY label, borough
        """,
        [census, census, census, census],
    )


@dataclass(frozen=True)
class Alike:
    """How far the residents of another board differ from one's own. `difference` is between 0, the same mix of ethnic
    groups, and 1, no group in common: the share of people who would have to be of another group."""

    board: str
    board_name: str
    difference: float


def alike(cursor: duckdb.DuckDBPyConnection, board: str, census: int) -> list[Alike]:
    """Every other board by how alike its mix of ethnic groups is, the most alike first. Empty where none is loaded.

    The areas of a joint board are counted together.
    """
    return fetch(
        cursor,
        Alike,
        """
        WITH counted AS (
            SELECT lookup.board, p.census_group, sum(p.people) AS people
            FROM population AS p JOIN census_group AS g USING (census_group)
            JOIN authority_board AS lookup USING (gss_code)
            WHERE p.year = ? AND g.subject = 'ethnic_group' AND g.level = 'group' GROUP BY lookup.board, p.census_group
        ),
        share AS (SELECT *, people / sum(people) OVER (PARTITION BY board) AS part FROM counted)
        SELECT other.board, board.board_name, sum(abs(other.part - own.part)) / 2 AS difference
        FROM share AS other JOIN share AS own USING (census_group) JOIN board ON board.board = other.board
        WHERE own.board = ? AND other.board <> own.board
        GROUP BY other.board, board.board_name ORDER BY difference, board.board_name
        """,
        [census, board],
    )
