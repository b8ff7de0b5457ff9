"""Evidence on literal rows: each aggregate beside a slow twin in plain Python, and every row left out with why."""

from __future__ import annotations

from datetime import date

import duckdb
import pytest

from tests.support.coverage_twin import reference
from tests.support.rows import cursor_on
from tests.support.twins import twin_of
from warehouse.queries import evidence

AS_AT = date(2010, 7, 1)
LATER = {"document": "update_2011", "as_at": "2011-11"}
"""Provenance of a row that a view as at AS_AT must leave out: its document is dated after that day."""

COUNT = {"origin": "case_files", "unit": "case files", "is_total": "no", "caveat": "A small sample."}
COUNTS = [
    {**COUNT, "fact_key": "evidence-spirit", "issue": "spirit", "value": "21"},
    {**COUNT, "fact_key": "evidence-fgm", "issue": "fgm", "value": "2"},
    # Left out of the sum: it has no number.
    {**COUNT, "fact_key": "evidence-honour", "issue": "honour"},
    # Left out of the sum: the police count something else over another period.
    {**COUNT, "fact_key": "evidence-police", "origin": "police", "issue": "spirit", "value": "13",
     "period_from": "2006-03", "period_to": "2007-01"},
    {**COUNT, "fact_key": "evidence-referrals", "origin": "referrals", "issue": "fgm", "value": "900"},
    # Left out of the sum: totals and what concerns no single form of abuse.
    {**COUNT, "fact_key": "evidence-r4-05", "value": "24", "is_total": "yes"},
    {**COUNT, "fact_key": "evidence-r4-06", "value": "22", "is_total": "yes"},
    {**COUNT, "fact_key": "evidence-r4-07", "value": "1"},
    {**COUNT, "fact_key": "evidence-none", "value": "3"},
    {**COUNT, "fact_key": "evidence-issue-total", "issue": "fgm", "value": "40", "is_total": "yes"},
    # Left out as at AS_AT: a later document.
    {**COUNT, **LATER, "fact_key": "evidence-later", "issue": "trafficking", "value": "10"},
]  # fmt: skip

STATEMENT = {"kind": "method", "headline": "Do this.", "scope": "london"}
STATEMENTS = [
    {**STATEMENT, "fact_key": "statement-ten", "number": "10"},
    {**STATEMENT, "fact_key": "statement-two", "number": "2", "issues": "spirit; fgm", "themes": "training; outreach"},
    {**STATEMENT, "fact_key": "statement-view", "kind": "community_view", "scope": "borough", "borough": "Newham",
     "issues": "youth_crime"},
    # Its borough is kept back: it is about one of the four areas.
    {**STATEMENT, "fact_key": "statement-careful", "kind": "community_view", "scope": "borough", "borough": "Camden",
     "issues": "general; fgm", "section": "zz"},
    # Left out where methods and views are asked for: another kind.
    {**STATEMENT, "fact_key": "statement-risk", "kind": "risk"},
    # Left out as at AS_AT: a later document.
    {**STATEMENT, **LATER, "fact_key": "statement-later", "number": "1"},
]  # fmt: skip

REPORT = {"state": "under_way", "summary": "It goes on."}
SUMMARY = {"document": "summary_2010", "as_at": "2010-07"}
REPORTS = [
    {**REPORT, **SUMMARY, "fact_key": "status-a", "subject": "statement-ten"},
    # Left out: the document of the statement itself, which shows no return to the matter.
    {**REPORT, "fact_key": "status-b", "subject": "statement-ten", "state": "planned"},
    # Left out: an earlier document cannot take it up.
    {**REPORT, "document": "brief_2005", "as_at": "2005", "fact_key": "status-c", "subject": "statement-two"},
    # Left out as at AS_AT: a later document.
    {**REPORT, **LATER, "fact_key": "status-d", "subject": "statement-two", "state": "done"},
    # Left out: it reports on something that is no statement.
    {**REPORT, **SUMMARY, "fact_key": "status-e", "subject": "evidence-fgm"},
]

QUESTIONS = [
    {"fact_key": "audit-z", "part": "Later part", "number": "1", "question": "Asked first in the file?"},
    {"fact_key": "audit-a", "part": "First part", "number": "2", "question": "Asked second in the file?"},
    {**LATER, "fact_key": "audit-later", "part": "First part", "number": "3", "question": "Asked later?"},
]

FIGURE = {"title": "Meetings", "kind": "caseload", "precision": "exact", "unit": "meetings", "value": "5"}
FIGURES = [
    {**FIGURE, "fact_key": "figure-a", "scope": "borough", "borough": "Camden"},
    # Left out: people at an event, and a later document.
    {**FIGURE, "fact_key": "figure-b", "kind": "attendance", "scope": "london"},
    {**FIGURE, **LATER, "fact_key": "figure-c", "scope": "london"},
]


@pytest.fixture(scope="module")
def cursor(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """One edition of the rows above."""
    rows = {"evidence_count": COUNTS, "statement": STATEMENTS, "status_report": REPORTS, "audit_question": QUESTIONS,
            "printed_figure": FIGURES}  # fmt: skip
    return cursor_on(tmp_path_factory.mktemp("evidence"), rows)


@twin_of(evidence.audit_sum)
def _audit_sum_twin() -> tuple[int, tuple[int, ...], tuple[str, ...]]:
    by_concern = {}
    for row in COUNTS:
        if row["origin"] == "case_files" and row.get("issue") and row["is_total"] == "no" and row.get("value"):
            if row.get("document") == "update_2011":
                continue
            by_concern[row["issue"]] = int(row["value"])
    ordered = tuple(by_concern[issue] for issue in ("fgm", "honour", "spirit", "trafficking") if issue in by_concern)
    cited = [
        row["fact_key"]
        for row in COUNTS
        if row["origin"] == "case_files" and (row.get("issue") or row["fact_key"][:11] == "evidence-r4")
    ]
    return sum(ordered), ordered, tuple(sorted({*cited} - {"evidence-later"}))


def test_the_audits_sum_agrees_with_the_slow_twin_and_takes_no_other_origin_in(cursor):
    added = evidence.audit_sum(cursor, AS_AT)
    assert (added.counted, added.concerns, added.fact_keys) == _audit_sum_twin()
    assert (added.counted, added.concerns) == (23, (2, 21))
    assert (added.printed_sum, added.files, added.counted_twice) == (24, 22, 1)
    assert "evidence-police" not in added.fact_keys


def test_before_the_document_the_audit_is_missing_and_not_nought(cursor):
    added = evidence.audit_sum(cursor, date(2007, 7, 30))
    assert (added.counted, added.files, added.fact_keys) == (None, None, ())


def test_counts_go_by_concern_with_those_of_no_concern_last(cursor):
    rows = evidence.counts(cursor, AS_AT)
    assert [row.issue for row in rows] == ["fgm", "fgm", "fgm", "honour", "spirit", "spirit", *[None] * 4]
    police = next(row for row in rows if row.origin == "police")
    assert (police.value, police.period_from, police.period_to) == (13, "2006-03", "2007-01")
    honour = next(row for row in rows if row.issue == "honour")
    assert (honour.value, honour.value_status) == (None, "not_reported")


@twin_of(evidence.statements)
def _statements_twin(kinds: tuple[str, ...]) -> list[tuple]:
    labels = {row["theme"]: row["label"] for row in reference("theme")}
    found = []
    for line, row in enumerate(STATEMENTS):
        if row["kind"] not in kinds or row.get("document") == "update_2011":
            continue
        issues = tuple(issue for issue in row.get("issues", "").split("; ") if issue)
        themes = tuple(labels[theme] for theme in row.get("themes", "").split("; ") if theme)
        is_careful = any(issue in ("fgm", "honour", "spirit", "trafficking") for issue in issues)
        borough = None if is_careful else row.get("borough")
        number = int(row["number"]) if "number" in row else None
        order = (kinds.index(row["kind"]), number is None, number, row.get("section", "made for a test"), line)
        kept_back = is_careful and "borough" in row
        found.append((order, (row["fact_key"], number, borough, kept_back, issues, themes)))
    return [values for _, values in sorted(found)]


@pytest.mark.parametrize("kinds", [("community_view", "method"), ("method", "risk", "community_view"), ("risk",), ()])
def test_statements_agree_with_the_slow_twin(cursor, kinds):
    rows = evidence.statements(cursor, kinds, AS_AT)
    found = [(r.fact_key, r.number, r.borough, r.borough_kept_back, r.issues, r.themes) for r in rows]
    assert found == _statements_twin(kinds)


def test_statements_go_by_kind_and_number_as_numbers(cursor):
    rows = evidence.statements(cursor, ("community_view", "method"), AS_AT)
    assert [(row.kind, row.number) for row in rows] == [
        ("community_view", None),
        ("community_view", None),
        ("method", 2),
        ("method", 10),
    ]
    two = next(row for row in rows if row.number == 2)
    assert two.issues == ("spirit", "fgm")
    assert two.themes == ("Training", "Outreach post")


def test_a_borough_never_stands_beside_one_of_the_four_areas(cursor):
    rows = {row.fact_key: row for row in evidence.statements(cursor, ("community_view",), AS_AT)}
    assert (rows["statement-view"].borough, rows["statement-view"].borough_kept_back) == ("Newham", False)
    assert (rows["statement-careful"].borough, rows["statement-careful"].borough_kept_back) == (None, True)


def _later_twin() -> list[tuple[str, str, str]]:
    usable = {"brief_2005": "2005-01-01", "report_2007": "2007-07-31", "summary_2010": "2010-07-01",
              "update_2011": "2011-11-30"}  # fmt: skip
    own = {row["fact_key"]: row.get("document", "report_2007") for row in STATEMENTS}
    found = []
    for row in REPORTS:
        document = row.get("document", "report_2007")
        if row["subject"] not in own or usable[document] > AS_AT.isoformat():
            continue
        if usable[document] > usable[own[row["subject"]]]:
            found.append((row["subject"], row["fact_key"], row["state"]))
    return sorted(found)


def test_later_reports_agree_with_the_slow_twin(cursor):
    rows = evidence.later_reports(cursor, AS_AT)
    assert [(row.subject, row.fact_key, row.state) for row in rows] == _later_twin()
    assert [row.short_name for row in rows] == ["Pan-London Project Summary"]


def test_a_later_view_holds_the_later_report(cursor):
    rows = evidence.later_reports(cursor, date(2011, 11, 30))
    assert [row.fact_key for row in rows] == ["status-a", "status-d"]


def test_questions_keep_the_order_of_the_tool(cursor):
    assert [row.fact_key for row in evidence.audit_questions(cursor, AS_AT)] == ["audit-z", "audit-a"]


def test_numbers_of_meetings_carry_no_borough(cursor):
    rows = evidence.caseload(cursor, AS_AT)
    assert [(row.fact_key, row.value, row.scope) for row in rows] == [("figure-a", 5, "borough")]
    assert not hasattr(rows[0], "borough")
