"""Pilots as at a date, what each is made of, and what is reported of anything promised, by which document.

A report counts only where its document is dated by the date of the view. The last report of a subject is what the
latest such document says; where that document says two things in two places, both are last. No report at all means
'not reported', and is never a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import duckdb

from warehouse.queries.places import Choice
from warehouse.rows import AS_AT, fetch
from warehouse.schema.pilots import PILOT_ITEM_KIND, PILOT_KIND
from warehouse.schema.programmes import PROGRAMME_KIND

NO_PROGRAMME = ""
"""In place of a programme: only what names none. None in place of a programme: everything."""

OF_PROGRAMME = "(?::VARCHAR IS NULL OR coalesce(programme, '') = ?)"
"""A condition that narrows to one programme. Bind the programme twice."""

REPORT = f"""
report AS (
    SELECT status_report.*, document.short_name, document.usable_from,
        document.usable_from = max(document.usable_from) OVER (PARTITION BY status_report.subject) AS is_last
    FROM status_report JOIN document USING (document) WHERE status_report.{AS_AT}
)
"""
"""Every report that may be used, and whether it is the last on its subject. Bind the as-at date."""


def programmes(cursor: duckdb.DuckDBPyConnection) -> list[Choice]:
    """The programmes with a pilot, a promised output, a commitment or an event, by name, whatever the date.

    Their names go into links, so the list does not change with the as-at date.
    """
    return fetch(
        cursor,
        Choice,
        """
        SELECT fact_key, name FROM programme WHERE fact_key IN (
            SELECT programme FROM pilot UNION SELECT programme FROM output UNION
            SELECT programme FROM commitment UNION SELECT programme FROM milestone)
        ORDER BY name
        """,
    )


@dataclass(frozen=True)
class Report:
    """What one document reports of a subject. `happened` is as precise as known, and may lie in the document's future.

    `reason_status` tells a reason that is not reported from one that does not apply. `as_at` is the date for which the
    document says it.
    """

    fact_key: str
    subject: str
    state: str
    happened: str | None
    summary: str
    reason: str | None
    reason_status: str
    document: str
    short_name: str
    as_at: str
    is_last: bool


def reports(cursor: duckdb.DuckDBPyConnection, as_at: date) -> dict[str, tuple[Report, ...]]:
    """All reports that may be used, by subject, the earliest document first. A subject without any is not in it."""
    rows = fetch(
        cursor,
        Report,
        f"""
        WITH {REPORT}
        SELECT fact_key, subject, state, happened, summary, reason, reason_status, document, short_name, as_at, is_last
        FROM report ORDER BY subject, usable_from, fact_key
        """,
        [as_at],
    )
    found: dict[str, tuple[Report, ...]] = {}
    for row in rows:
        found[row.subject] = (*found.get(row.subject, ()), row)
    return found


def last_of(found: Mapping[str, tuple[Report, ...]], subject: str) -> tuple[Report, ...]:
    """The last reports on `subject` in what `reports` gave: none, one, or several of the same document."""
    return tuple(report for report in found.get(subject, ()) if report.is_last)


@dataclass(frozen=True)
class Period:
    """A programme that has pilots, or the one chosen, in time: planned and reported apart."""

    fact_key: str
    name: str
    planned_from: str | None
    planned_to: str | None
    actual_from: str | None
    actual_to: str | None


def periods(cursor: duckdb.DuckDBPyConnection, programme: str | None, as_at: date) -> list[Period]:
    """The programme chosen, or all that have a pilot by then, by first date; those without a date last."""
    return fetch(
        cursor,
        Period,
        f"""
        SELECT fact_key, name, planned_from, planned_to, actual_from, actual_to FROM programme
        WHERE {AS_AT} AND CASE WHEN ?::VARCHAR IS NULL
            THEN fact_key IN (SELECT programme FROM pilot WHERE {AS_AT}) ELSE fact_key = ? END
        ORDER BY coalesce(planned_from, actual_from, planned_to, actual_to) NULLS LAST, name, fact_key
        """,
        [as_at, programme, as_at, programme],
    )


@dataclass(frozen=True)
class Pilot:
    """One pilot, linked pilot, proposal or bid. `boroughs` by name; empty where the text names none.

    `promised` are the names of its promised outputs. `output_parts` is how many parts of that kind it has: where no
    output is filed for it, they are all that says what it is to produce. `fact_keys` are the pilot and its outputs.
    """

    fact_key: str
    name: str
    kind: str
    programme: str
    programme_name: str
    scope: str
    boroughs: tuple[str, ...]
    set_out_to: str | None
    promised: tuple[str, ...]
    output_parts: int
    fact_keys: tuple[str, ...]


def pilots(cursor: duckdb.DuckDBPyConnection, programme: str | None, as_at: date) -> list[Pilot]:
    """The pilots a document dated by then names.

    By kind, kind of programme, programme and name; those of a programme that name no borough last.
    """
    return fetch(
        cursor,
        Pilot,
        f"""
        WITH promised AS (
            SELECT pilot, list(name ORDER BY fact_key) AS names, list(fact_key ORDER BY fact_key) AS keys
            FROM output WHERE pilot IS NOT NULL AND {AS_AT} GROUP BY pilot
        ),
        part AS (
            SELECT pilot, count(*) AS outputs FROM pilot_item WHERE kind = 'output' AND {AS_AT} GROUP BY pilot
        )
        SELECT pilot.fact_key, pilot.name, pilot.kind, pilot.programme, programme.name, pilot.scope,
            coalesce((SELECT list(borough.borough ORDER BY borough.borough) FROM pilot_boroughs AS link
                JOIN borough ON borough.gss_code = link.boroughs WHERE link.fact_key = pilot.fact_key), []),
            pilot.set_out_to, coalesce(promised.names, []), coalesce(part.outputs, 0),
            list_concat([pilot.fact_key], coalesce(promised.keys, []))
        FROM pilot JOIN programme ON programme.fact_key = pilot.programme
        LEFT JOIN promised ON promised.pilot = pilot.fact_key LEFT JOIN part ON part.pilot = pilot.fact_key
        WHERE pilot.{AS_AT} AND (?::VARCHAR IS NULL OR pilot.programme = ?)
        ORDER BY list_position(?, pilot.kind), list_position(?, programme.kind), programme.name,
            pilot.scope <> 'borough', pilot.name, pilot.fact_key
        """,
        [as_at, as_at, as_at, programme, programme, list(PILOT_KIND.codes), list(PROGRAMME_KIND.codes)],
    )


@dataclass(frozen=True)
class Part:
    """One aim, activity, community, issue, partner or output of a pilot, as the document reports it."""

    fact_key: str
    pilot: str
    kind: str
    stage: str | None
    stage_status: str
    summary: str


def parts(cursor: duckdb.DuckDBPyConnection, programme: str | None, as_at: date) -> list[Part]:
    """The parts of the pilots, by pilot, kind and key."""
    return fetch(
        cursor,
        Part,
        f"""
        SELECT item.fact_key, item.pilot, item.kind, item.stage, item.stage_status, item.summary
        FROM pilot_item AS item JOIN pilot ON pilot.fact_key = item.pilot
        WHERE item.{AS_AT} AND (?::VARCHAR IS NULL OR pilot.programme = ?)
        ORDER BY item.pilot, list_position(?, item.kind), item.fact_key
        """,
        [as_at, programme, programme, list(PILOT_ITEM_KIND.codes)],
    )
