"""Evidence and what was said about it: counts from case files and police, statements, what later documents report.

Nothing here is by borough. Counts of different origins are never added, nor set beside an ethnicity or a faith.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import duckdb

from warehouse.rows import AS_AT, fetch
from warehouse.schema.vocabulary import ISSUE

FOUR_AREAS = ("fgm", "honour", "spirit", "trafficking")
"""The forms of abuse the 2006–07 project dealt with. A borough is never given beside one of them here."""

PRINTED_SUM, FILES_READ, COUNTED_TWICE = "evidence-r4-05", "evidence-r4-06", "evidence-r4-07"
"""The facts that explain why the file audit's counts are one more than its files."""


@dataclass(frozen=True)
class Count:
    """One count with its unit, its period (dates as precise as known, None where not reported) and its caveat."""

    fact_key: str
    origin: str
    issue: str | None
    value: int | None
    value_status: str
    unit: str
    period_from: str | None
    period_to: str | None
    is_total: bool
    caveat: str


def counts(cursor: duckdb.DuckDBPyConnection, as_at: date) -> list[Count]:
    """All counts by concern, in the order of the vocabulary; those of no single concern last."""
    return fetch(
        cursor,
        Count,
        f"""
        SELECT fact_key, origin, issue, value, value_status, unit, period_from, period_to, is_total, caveat
        FROM evidence_count WHERE {AS_AT}
        ORDER BY list_position(?, issue) NULLS LAST, origin, NOT is_total, fact_key
        """,
        [as_at, list(ISSUE.codes)],
    )


@dataclass(frozen=True)
class AuditSum:
    """How the file audit adds up. `counted` is our sum over its concerns; the rest is printed, None where missing."""

    counted: int | None
    concerns: tuple[int, ...]
    printed_sum: int | None
    files: int | None
    counted_twice: int | None
    fact_keys: tuple[str, ...]


def audit_sum(cursor: duckdb.DuckDBPyConnection, as_at: date) -> AuditSum:
    """The file audit's counts by concern beside its files. Police figures, referrals and totals are left out."""
    return fetch(
        cursor,
        AuditSum,
        f"""
        WITH usable AS (SELECT * FROM evidence_count WHERE origin = 'case_files' AND {AS_AT}),
        by_concern AS (
            SELECT sum(value)::BIGINT AS counted, list(value ORDER BY list_position(?, issue), fact_key) AS concerns
            FROM usable WHERE issue IS NOT NULL AND NOT is_total AND value IS NOT NULL
        )
        SELECT counted, coalesce(concerns, []),
            (SELECT value FROM usable WHERE fact_key = ?), (SELECT value FROM usable WHERE fact_key = ?),
            (SELECT value FROM usable WHERE fact_key = ?),
            coalesce((SELECT list(fact_key ORDER BY fact_key) FROM usable WHERE issue IS NOT NULL
                OR list_contains(?, fact_key)), [])
        FROM by_concern
        """,
        [
            as_at, list(ISSUE.codes), PRINTED_SUM, FILES_READ, COUNTED_TWICE, [PRINTED_SUM, FILES_READ, COUNTED_TWICE],
        ],
    )[0]  # fmt: skip


@dataclass(frozen=True)
class Statement:
    """One statement. `issues` are codes, `themes` labels.

    `borough` is given only where the text names it and the statement is about none of the four areas of abuse;
    `borough_kept_back` where it is named and left out for that reason.
    """

    fact_key: str
    kind: str
    number: int | None
    headline: str
    summary: str | None
    scope: str
    borough: str | None
    borough_kept_back: bool
    to_whom: str | None
    said_by: str | None
    issues: tuple[str, ...]
    themes: tuple[str, ...]


def statements(cursor: duckdb.DuckDBPyConnection, kinds: Sequence[str], as_at: date) -> list[Statement]:
    """The statements of these kinds: by kind in the order given, numbered ones by number, then as the documents go."""
    return fetch(
        cursor,
        Statement,
        f"""
        WITH marked AS (
            SELECT statement.*, EXISTS (SELECT 1 FROM statement_issues AS link
                WHERE link.fact_key = statement.fact_key AND list_contains(?, link.issues)) AS is_careful
            FROM statement WHERE list_contains(?, kind) AND {AS_AT}
        )
        SELECT said.fact_key, said.kind, TRY_CAST(said.number AS BIGINT), said.headline, said.summary, said.scope,
            CASE WHEN NOT is_careful THEN borough.borough END, is_careful AND said.borough IS NOT NULL,
            said.to_whom, said.said_by,
            coalesce((SELECT list(link.issues ORDER BY link.position) FROM statement_issues AS link
                WHERE link.fact_key = said.fact_key), []),
            coalesce((SELECT list(theme.label ORDER BY link.position) FROM statement_themes AS link
                JOIN theme ON theme.theme = link.themes WHERE link.fact_key = said.fact_key), [])
        FROM marked AS said JOIN document USING (document) LEFT JOIN borough ON borough.gss_code = said.borough
        ORDER BY list_position(?, said.kind), TRY_CAST(said.number AS BIGINT) NULLS LAST, document.usable_from,
            said.section, said.source_file, said.source_line
        """,
        [list(FOUR_AREAS), list(kinds), as_at, list(kinds)],
    )


@dataclass(frozen=True)
class LaterReport:
    """What a later document reports of a statement."""

    fact_key: str
    subject: str
    state: str
    summary: str
    short_name: str


def later_reports(cursor: duckdb.DuckDBPyConnection, as_at: date) -> list[LaterReport]:
    """What documents later than the one a statement stands in report of it, the earliest of them first.

    A report in the same document is left out: it does not show that anybody came back to the matter.
    """
    return fetch(
        cursor,
        LaterReport,
        f"""
        SELECT report.fact_key, report.subject, report.state, report.summary, later.short_name
        FROM status_report AS report JOIN statement ON statement.fact_key = report.subject
        JOIN document AS later ON later.document = report.document
        JOIN document AS own ON own.document = statement.document
        WHERE later.usable_from > own.usable_from AND report.{AS_AT}
        ORDER BY report.subject, later.usable_from, report.fact_key
        """,
        [as_at],
    )


@dataclass(frozen=True)
class Question:
    """One question of the file audit tool."""

    fact_key: str
    part: str
    number: int
    question: str


def audit_questions(cursor: duckdb.DuckDBPyConnection, as_at: date) -> list[Question]:
    """The questions in the order of the tool."""
    return fetch(
        cursor,
        Question,
        f"SELECT fact_key, part, number, question FROM audit_question WHERE {AS_AT} ORDER BY source_file, source_line",
        [as_at],
    )


@dataclass(frozen=True)
class Caseload:
    """One printed number of referrals or meetings outside the audit. The place is a code of SCOPE, never a borough."""

    fact_key: str
    title: str
    value: float | None
    value_status: str
    value_high: float | None
    precision: str
    unit: str
    scope: str
    note: str | None


def caseload(cursor: duckdb.DuckDBPyConnection, as_at: date) -> list[Caseload]:
    """Printed numbers of referrals and meetings, as the documents go. Never added to any other count."""
    return fetch(
        cursor,
        Caseload,
        f"""
        SELECT fact_key, title, value, value_status, value_high, precision, unit, scope, note
        FROM printed_figure WHERE kind = 'caseload' AND {AS_AT} ORDER BY source_file, source_line
        """,
        [as_at],
    )
