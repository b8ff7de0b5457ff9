"""What was promised as at a date: outputs, objectives, events; and what a later document says of them.

What became of outputs and commitments is in `warehouse.queries.pilots.reports`, for any subject alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import duckdb

from warehouse.queries.pilots import OF_PROGRAMME, REPORT
from warehouse.rows import AS_AT, fetch
from warehouse.schema.pilots import COMMITMENT_KIND

LATEST_DAY = """
CASE length({text})
    WHEN 4 THEN make_date(CAST({text} AS INTEGER), 12, 31)
    WHEN 7 THEN last_day(CAST({text} || '-01' AS DATE))
    ELSE CAST({text} AS DATE)
END
"""
"""The last day that a date as precise as known can mean."""


@dataclass(frozen=True)
class Output:
    """A thing promised: by whom, for when, and by which document. `planned_for` is as precise as known."""

    fact_key: str
    name: str
    kind: str
    programme_name: str | None
    borough: str | None
    by_whom: str
    planned_for: str | None
    planned_text: str | None
    summary: str
    short_name: str
    as_at: str


def outputs(cursor: duckdb.DuckDBPyConnection, programme: str | None, as_at: date) -> list[Output]:
    """The outputs promised by then, of London as a whole first, then by borough and name."""
    return fetch(
        cursor,
        Output,
        f"""
        SELECT output.fact_key, output.name, output.kind, programme.name, borough.borough, output.by_whom,
            output.planned_for, output.planned_text, output.summary, document.short_name, output.as_at
        FROM output JOIN document USING (document) LEFT JOIN borough ON borough.gss_code = output.borough
        LEFT JOIN programme ON programme.fact_key = output.programme
        WHERE output.{AS_AT} AND {OF_PROGRAMME}
        ORDER BY borough.borough NULLS FIRST, output.name, output.fact_key
        """,
        [as_at, programme, programme],
    )


@dataclass(frozen=True)
class Commitment:
    """An aim, objective, expected outcome, way of working or arrangement that a programme announced."""

    fact_key: str
    kind: str
    programme_name: str
    pilot_name: str | None
    number: str | None
    summary: str
    short_name: str
    as_at: str


def commitments(cursor: duckdb.DuckDBPyConnection, programme: str | None, as_at: date) -> list[Commitment]:
    """What the programmes said by then that they would do or change: by programme, kind and key."""
    return fetch(
        cursor,
        Commitment,
        f"""
        SELECT commitment.fact_key, commitment.kind, programme.name, pilot.name, commitment.number, commitment.summary,
            document.short_name, commitment.as_at
        FROM commitment JOIN document USING (document)
        JOIN programme ON programme.fact_key = commitment.programme
        LEFT JOIN pilot ON pilot.fact_key = commitment.pilot
        WHERE commitment.{AS_AT} AND (?::VARCHAR IS NULL OR commitment.programme = ?)
        ORDER BY programme.name, list_position(?, commitment.kind), commitment.fact_key
        """,
        [as_at, programme, programme, list(COMMITMENT_KIND.codes)],
    )


@dataclass(frozen=True)
class Event:
    """Something dated, and what came of it by the as-at date.

    `outcome`: happened, changed, not_done, planned or provisional (still to come), or not_reported (its time is over,
    and no document reports whether it happened). `keys` are the event, and the facts that settle its outcome.
    """

    fact_key: str
    title: str
    happens: str | None
    happens_to: str | None
    date_text: str | None
    state: str
    programme_name: str | None
    borough: str | None
    short_name: str
    as_at: str
    outcome: str
    keys: tuple[str, ...]


def events(cursor: duckdb.DuckDBPyConnection, programme: str | None, as_at: date) -> list[Event]:
    """The dated events that a document names by then: by date, those without one last, then by title.

    An event happened where its own row says so, where the last report on it says that it was done, or where another row
    with the same title and programme says that it happened. What a later document reports of the output or commitment
    that an event belongs to is a report on the event. A date that is known to the month or year is over when that month
    or year is; what has no date is held to be over once a later document is out.
    """
    over = LATEST_DAY.format(text="coalesce(event.happens_to, event.happens)")
    return fetch(
        cursor,
        Event,
        f"""
        WITH {REPORT},
        event AS (
            SELECT milestone.*, document.short_name, document.usable_from FROM milestone JOIN document USING (document)
            WHERE milestone.{AS_AT}
        ),
        promise AS (SELECT fact_key FROM output UNION ALL SELECT fact_key FROM commitment),
        said AS (
            SELECT event.fact_key, report.fact_key AS report_key, report.state
            FROM event JOIN report ON report.is_last AND report.subject = event.fact_key
            UNION ALL
            SELECT event.fact_key, report.fact_key, report.state
            FROM event JOIN promise ON promise.fact_key = event.subject
            JOIN report ON report.is_last AND report.subject = event.subject AND report.usable_from > event.usable_from
            UNION ALL
            SELECT event.fact_key, other.fact_key, 'done'
            FROM event JOIN event AS other ON other.state = 'actual' AND event.state <> 'actual'
                AND lower(other.title) = lower(event.title) AND other.programme IS NOT DISTINCT FROM event.programme
        ),
        settled AS (
            SELECT fact_key, bool_or(state = 'done') AS is_done, bool_or(state = 'not_done') AS is_not_done,
                bool_or(state = 'changed') AS is_changed, list(report_key ORDER BY report_key) AS keys
            FROM said GROUP BY fact_key
        )
        SELECT event.fact_key, event.title, event.happens, event.happens_to, event.date_text, event.state,
            programme.name, borough.borough, event.short_name, event.as_at,
            CASE
                WHEN event.state = 'actual' OR settled.is_done THEN 'happened'
                WHEN settled.is_not_done THEN 'not_done'
                WHEN settled.is_changed THEN 'changed'
                WHEN {over} < ? THEN 'not_reported'
                WHEN event.happens IS NULL AND EXISTS (SELECT 1 FROM document AS later
                    WHERE later.usable_from > event.usable_from AND later.usable_from <= ?) THEN 'not_reported'
                ELSE event.state
            END,
            list_concat([event.fact_key], coalesce(settled.keys, []))
        FROM event LEFT JOIN settled ON settled.fact_key = event.fact_key
        LEFT JOIN borough ON borough.gss_code = event.borough
        LEFT JOIN programme ON programme.fact_key = event.programme
        WHERE {OF_PROGRAMME}
        ORDER BY event.happens NULLS LAST, event.title, event.fact_key
        """,
        [as_at, as_at, as_at, as_at, programme, programme],
    )


@dataclass(frozen=True)
class Change:
    """What a later document says of something promised before, or that it is changed.

    `before_*`: the state that an earlier document reported, None where the promise itself is all there was before.
    `planned_for` (or from there to `planned_to`) and `planned_text` say when it was promised for. `keys` are the
    subject and both reports, the later one last.
    """

    fact_key: str
    subject: str
    kind: str
    what: str
    planned_for: str | None
    planned_to: str | None
    planned_text: str | None
    said_by: str
    said_as_at: str
    before_state: str | None
    before_by: str | None
    before_as_at: str | None
    state: str
    happened: str | None
    summary: str
    reason: str | None
    reason_status: str
    reported_by: str
    reported_as_at: str
    keys: tuple[str, ...]


def changes(cursor: duckdb.DuckDBPyConnection, programme: str | None, as_at: date) -> list[Change]:
    """Every report by another document than the one that made the promise, and every state 'changed'.

    Of pilots, outputs, commitments, events, programmes and bodies; recommendations have a page of their own. Ordered by
    the date of the reporting document, then as the promises are.
    """
    return fetch(
        cursor,
        Change,
        f"""
        WITH {REPORT},
        promise AS (
            SELECT fact_key, 'output' AS kind, name AS what, programme, planned_for, NULL AS planned_to, planned_text
            FROM output
            UNION ALL SELECT fact_key, 'commitment', summary, programme, NULL, NULL, NULL FROM commitment
            UNION ALL SELECT fact_key, 'pilot', name, programme, planned_from, planned_to, NULL FROM pilot
            UNION ALL SELECT fact_key, 'milestone', title, programme, happens, happens_to, date_text FROM milestone
            UNION ALL SELECT fact_key, 'programme', name, fact_key, planned_from, planned_to, NULL FROM programme
            UNION ALL SELECT fact_key, 'body', name, programme, NULL, NULL, NULL FROM body
        ),
        paired AS (
            SELECT report.*, earlier.fact_key AS before_key, earlier.state AS before_state,
                earlier.short_name AS before_by, earlier.as_at AS before_as_at,
                row_number() OVER (PARTITION BY report.fact_key ORDER BY earlier.usable_from DESC, earlier.fact_key)
                    AS place
            FROM report LEFT JOIN report AS earlier
                ON earlier.subject = report.subject AND earlier.usable_from < report.usable_from
        )
        SELECT paired.fact_key, paired.subject, promise.kind, promise.what, promise.planned_for, promise.planned_to,
            promise.planned_text, document.short_name, fact.as_at, paired.before_state, paired.before_by,
            paired.before_as_at, paired.state, paired.happened, paired.summary, paired.reason, paired.reason_status,
            paired.short_name, paired.as_at,
            list_filter([paired.subject, paired.before_key, paired.fact_key], lambda key: key IS NOT NULL)
        FROM paired JOIN promise ON promise.fact_key = paired.subject JOIN fact ON fact.fact_key = paired.subject
        JOIN document ON document.document = fact.document
        WHERE paired.place = 1 AND (paired.document <> fact.document OR paired.state = 'changed') AND {OF_PROGRAMME}
        ORDER BY paired.usable_from, paired.short_name, list_position(?, promise.kind), paired.subject, paired.fact_key
        """,
        [as_at, programme, programme, ["programme", "pilot", "output", "commitment", "milestone", "body"]],
    )
