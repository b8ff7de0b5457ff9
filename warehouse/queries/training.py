"""Training reach: counted rounds, their lines by ethnicity, gender and group, and other printed numbers of people.

The three breakdowns of a round are three views of the same total. No row joins them, so no function here does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb

from warehouse.rows import AS_AT, fetch
from warehouse.schema.vocabulary import SCOPE

NOT_KNOWN = ("not known", "unknown", "not stated", "not recorded", "not given")
"""Filed names, in small letters, of a line for people whose category is not known. It is a category, not an absence."""


@dataclass(frozen=True)
class Round:
    """One course or series with counted participants.

    `people` is the printed total of the narrative, `table_total` that of the tables, both in `unit_of_count`.
    `cost_gbp` is ours: pounds of budget over `people`; None where either is missing or nobody is counted.
    Sizes are the document's estimate of participants a session. Dates are as precise as printed.
    """

    fact_key: str
    title: str
    borough: str
    round_number: int | None
    people: int | None
    people_status: str
    unit_of_count: str
    table_total: int | None
    sessions: int | None
    sessions_status: str
    session_size_low: int | None
    session_size_high: int | None
    budget_gbp: int | None
    budget_status: str
    cost_gbp: float | None
    narrative_from: str | None
    narrative_to: str | None
    tables_from: str | None
    tables_to: str | None
    content: str
    total_keys: tuple[str, ...]

    @property
    def fact_keys(self) -> tuple[str, ...]:
        """The round and the printed totals of its tables."""
        return (self.fact_key, *self.total_keys)


def rounds(cursor: duckdb.DuckDBPyConnection, as_at: date) -> list[Round]:
    """The counted rounds by borough and number. A course without a count of people is no round and is left out."""
    return fetch(
        cursor,
        Round,
        f"""
        WITH totals AS (
            SELECT training_round, max(people) AS people, list(fact_key ORDER BY fact_key) AS keys
            FROM training_count WHERE dimension = 'all' AND {AS_AT} GROUP BY training_round
        )
        SELECT r.fact_key, r.title, borough.borough, r.round_number, r.people, r.people_status, r.unit_of_count,
            totals.people, r.sessions, r.sessions_status, r.session_size_low, r.session_size_high,
            r.budget_gbp, r.budget_gbp_status,
            CASE WHEN r.people > 0 THEN r.budget_gbp / r.people END,
            r.narrative_from, r.narrative_to, r.tables_from, r.tables_to, r.content, coalesce(totals.keys, [])
        FROM training_round AS r JOIN borough ON borough.gss_code = r.borough
        LEFT JOIN totals ON totals.training_round = r.fact_key
        WHERE r.people IS NOT NULL AND r.{AS_AT}
        ORDER BY borough.borough, r.round_number NULLS LAST, r.fact_key
        """,
        [as_at, as_at],
    )


@dataclass(frozen=True)
class Line:
    """One category of one breakdown. `printed` is the category as printed, `filed` in the usual spelling.

    `base` is the printed total of the round, or the sum of the breakdown where none is printed; `share` is per cent of
    it. `lines_sum` is the sum of the breakdown's counts. `agrees`: whether the printed percentage is `share` at two
    decimals; None where there is nothing to compare.
    """

    fact_key: str
    dimension: str
    printed: str
    filed: str
    is_not_known: bool
    people: int | None
    people_status: str
    base: int | None
    lines_sum: int | None
    share: float | None
    printed_percentage: float | None
    percentage_status: str
    agrees: bool | None


def lines(cursor: duckdb.DuckDBPyConnection, training_round: str, as_at: date) -> list[Line]:
    """The lines of one round by breakdown, the largest first and 'not known' last. The total line is left out."""
    return _lines(cursor, "= ?", training_round, as_at).get(training_round, [])


def lines_by_round(cursor: duckdb.DuckDBPyConnection, borough: str, as_at: date) -> dict[str, list[Line]]:
    """The lines of every round of a borough, by its name, as `lines` gives them; a round without lines is left out."""
    own = "IN (SELECT fact_key FROM training_round AS r JOIN borough ON gss_code = r.borough WHERE borough.borough = ?)"
    return _lines(cursor, own, borough, as_at)


def _lines(cursor: duckdb.DuckDBPyConnection, which: str, value: str, as_at: date) -> dict[str, list[Line]]:
    found = cursor.execute(
        f"""
        WITH counted AS (
            SELECT *, sum(people) OVER (PARTITION BY training_round, dimension)::BIGINT AS lines_sum,
                list_contains(?, lower(filed)) AS is_not_known
            FROM training_count WHERE training_round {which} AND dimension <> 'all' AND {AS_AT}
        ),
        based AS (
            SELECT counted.*, coalesce(training_round.people, lines_sum) AS base
            FROM counted JOIN training_round ON training_round.fact_key = counted.training_round
        ),
        shared AS (SELECT *, CASE WHEN base > 0 THEN 100.0 * people / base END AS share FROM based)
        SELECT training_round, fact_key, dimension, printed, filed, is_not_known, people, people_status, base,
            lines_sum, share, printed_percentage, printed_percentage_status,
            round(share, 2) = round(printed_percentage, 2)
        FROM shared ORDER BY training_round, dimension, is_not_known, people DESC NULLS LAST, filed, fact_key
        """,
        [list(NOT_KNOWN), value, as_at],
    ).fetchall()
    by_round: dict[str, list[Line]] = {}
    for training_round, *values in found:
        by_round.setdefault(training_round, []).append(Line(*values))
    return by_round


@dataclass(frozen=True)
class Remark:
    """What a document says of the count, and in which section. `summary` may add to `headline`."""

    fact_key: str
    section: str
    headline: str
    summary: str | None


def remarks(cursor: duckdb.DuckDBPyConnection, training_round: str, as_at: date) -> list[Remark]:
    """Background in the round's own document on how its tables count, then what other places say of the total."""
    return fetch(
        cursor,
        Remark,
        f"""
        WITH chosen AS (SELECT * FROM training_round WHERE fact_key = ?)
        SELECT fact_key, section, headline, summary FROM (
            SELECT 1 AS place, statement.fact_key, statement.section, statement.headline, statement.summary,
                statement.source_line
            FROM statement JOIN chosen ON statement.borough = chosen.borough
                AND statement.programme = chosen.programme AND statement.document = chosen.document
            WHERE statement.kind = 'context' AND statement.{AS_AT}
            UNION ALL
            SELECT 2, also.subject, also.section, also.note, NULL, also.source_line
            FROM also_said AS also JOIN training_count AS total ON total.fact_key = also.subject
            JOIN chosen ON total.training_round = chosen.fact_key
            WHERE total.dimension = 'all' AND also.note IS NOT NULL
                AND also.document IN (SELECT document FROM document WHERE usable_from <= ?)
        ) ORDER BY place, source_line
        """,
        [training_round, as_at, as_at],
    )


@dataclass(frozen=True)
class Reached:
    """One printed number of people at an event or of groups and people reached. `borough` only where named."""

    fact_key: str
    borough: str | None
    scope: str
    kind: str
    title: str
    value: float | None
    value_status: str
    value_high: float | None
    precision: str
    unit: str
    programme: str | None
    note: str | None


def reached(cursor: duckdb.DuckDBPyConnection, as_at: date) -> list[Reached]:
    """Printed numbers of the kinds attendance and reach: named boroughs by name, then the places that are not named.

    Never added up: they count different things on different days. Training rounds are left out.
    """
    return fetch(
        cursor,
        Reached,
        f"""
        SELECT figure.fact_key, borough.borough, figure.scope, figure.kind, figure.title, figure.value,
            figure.value_status, figure.value_high, figure.precision, figure.unit, programme.name, figure.note
        FROM printed_figure AS figure LEFT JOIN borough ON borough.gss_code = figure.borough
        LEFT JOIN programme ON programme.fact_key = figure.programme
        WHERE figure.kind IN ('attendance', 'reach') AND figure.{AS_AT}
        ORDER BY borough.borough NULLS LAST, list_position(?, figure.scope), figure.title, figure.fact_key
        """,
        [as_at, list(SCOPE.codes)],
    )
