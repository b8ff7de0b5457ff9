"""People trained per 1,000 residents: of each ethnicity as printed, and of each census group.

A rate is worked out only where the census has a row for those people and its table is loaded; every other row says why
not, by a code of `NO_RATE` (warehouse.schema.population). The census day does not follow the as-at date; name the year.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb

from warehouse.queries.filing import LABEL_OF_LINE
from warehouse.queries.training import NOT_KNOWN
from warehouse.rows import AS_AT, fetch


@dataclass(frozen=True)
class LabelRate:
    """People trained of one ethnicity as printed, per 1,000 residents of it in the borough by one census.

    `group_label` is the census row it is filed under; `fit` says whether that row is its own. `residents` and `rate`
    stand only where the row is its own; else `status` is not_asked and `reason` says why.
    """

    fact_key: str
    printed: str
    filed: str
    people: int | None
    people_status: str
    unit_of_count: str
    group_label: str | None
    fit: str
    census: int
    residents: int | None
    rate: float | None
    status: str
    reason: str | None


# A line of the breakdown by ethnicity with its census row. A spelling that is not in the list is looked up as filed.
FILED = f"""
    lines AS (
        SELECT c.*, r.borough, list_contains(?, lower(c.filed)) AS is_not_known
        FROM training_count AS c JOIN training_round AS r ON r.fact_key = c.training_round
        WHERE c.training_round = ? AND c.dimension = 'ethnicity' AND c.{AS_AT}
    ),
    filed AS (
        SELECT lines.*, l.printed IS NOT NULL AS is_filed,
            CASE WHEN ? = 2001 THEN l.group_2001 ELSE l.group_2011 END AS census_group,
            coalesce(CASE WHEN ? = 2001 THEN l.fit_2001 ELSE l.fit_2011 END, 'none') AS fit
        FROM lines {LABEL_OF_LINE}
    )
"""

# Why a row has no rate; NULL where it has one.
WHY = """
    CASE WHEN is_not_known THEN 'not_known' WHEN NOT is_filed THEN 'not_filed'
        WHEN census_group IS NULL THEN 'no_row' {part_of}
        WHEN has_attendances THEN 'attendances' WHEN people IS NULL OR NOT is_whole THEN 'not_counted'
        WHEN residents IS NULL THEN 'no_population' WHEN residents = 0 THEN 'nobody' END
"""

RATE = """
    CASE WHEN reason IS NULL THEN 1000.0 * people / residents END,
    CASE WHEN reason IS NOT NULL THEN 'not_asked' WHEN people = 0 THEN 'zero' ELSE 'value' END, reason
"""


def of_labels(cursor: duckdb.DuckDBPyConnection, training_round: str, as_at: date, census: int) -> list[LabelRate]:
    """One row for each ethnicity that a round prints, by its filed name, 'not known' last."""
    return fetch(
        cursor,
        LabelRate,
        f"""
        WITH {FILED},
        counted AS (
            SELECT filed.*, g.label AS group_label, unit_of_count = 'attendances' AS has_attendances, TRUE AS is_whole,
                CASE WHEN fit = 'own_row' THEN p.people END AS residents
            FROM filed LEFT JOIN census_group AS g USING (census_group)
            LEFT JOIN population AS p ON p.census_group = filed.census_group AND p.gss_code = filed.borough
        ),
        reasoned AS (SELECT *, {WHY.format(part_of="WHEN fit = 'part_of' THEN 'part_of'")} AS reason FROM counted)
        SELECT fact_key, printed, filed, people, people_status, unit_of_count, group_label, fit, ?,
            CASE WHEN reason IS NULL OR reason = 'nobody' THEN residents END, {RATE}
        FROM reasoned ORDER BY is_not_known, filed, printed
        """,
        [list(NOT_KNOWN), training_round, as_at, census, census, census],
    )


@dataclass(frozen=True)
class GroupRate:
    """People trained of all ethnicities filed under one census group, per 1,000 residents of that group.

    All lines of a round count the same thing (checked when it is loaded), so people and attendances are never summed.
    `printed` are those ethnicities; `people` is the sum of their printed numbers, `not_counted` those without a number.
    Ethnicities without a census row, and those that are not known, are a row each, with no group and no rate.
    """

    census_group: str | None
    group_label: str | None
    printed: tuple[str, ...]
    fact_keys: tuple[str, ...]
    people: int | None
    not_counted: tuple[str, ...]
    units_of_count: tuple[str, ...]
    census: int
    residents: int | None
    rate: float | None
    status: str
    reason: str | None


def of_groups(cursor: duckdb.DuckDBPyConnection, training_round: str, as_at: date, census: int) -> list[GroupRate]:
    """One row for each census group that an ethnicity of a round is filed under, in the order of the census table; then
    the ethnicities without a group, by name, 'not known' last. A heading may hold a group: never add up these rows."""
    return fetch(
        cursor,
        GroupRate,
        f"""
        WITH {FILED},
        counted AS (
            SELECT census_group, bool_or(is_not_known) AS is_not_known, bool_and(is_filed) AS is_filed,
                bool_or(unit_of_count = 'attendances') AS has_attendances, bool_and(people IS NOT NULL) AS is_whole,
                sum(people)::BIGINT AS people, list(printed ORDER BY printed) AS printed,
                list(fact_key ORDER BY printed) AS keys,
                coalesce(list(printed ORDER BY printed) FILTER (people IS NULL), []) AS not_counted,
                list_sort(list(DISTINCT unit_of_count)) AS units, min(borough) AS borough
            FROM filed GROUP BY census_group, CASE WHEN census_group IS NULL THEN fact_key END
        ),
        placed AS (
            SELECT counted.*, g.label AS group_label, g.position, p.people AS residents
            FROM counted LEFT JOIN census_group AS g USING (census_group)
            LEFT JOIN population AS p ON p.census_group = counted.census_group AND p.gss_code = counted.borough
        ),
        reasoned AS (SELECT *, {WHY.format(part_of="")} AS reason FROM placed)
        SELECT census_group, group_label, printed, keys, people, not_counted, units, ?, residents, {RATE}
        FROM reasoned ORDER BY position NULLS LAST, is_not_known, printed
        """,
        [list(NOT_KNOWN), training_round, as_at, census, census, census],
    )
