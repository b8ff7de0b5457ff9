"""The figures of the evidence page: case files and police side by side, never added.

Nothing here names a borough, and no figure is broken down by ethnicity or faith. A document's own remark on one of its
numbers stands with that number.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup

from ui import frame
from ui.cells import Absent, Figure, Sources
from ui.cite import inline_mark, mark, source_details
from ui.data import ask
from ui.sentences import printed_number, unit_words
from ui.table import Col, show_table, write
from ui.words import counted, number, partial_date
from warehouse.queries import evidence
from warehouse.queries.evidence import AuditSum, Caseload, Count
from warehouse.schema.evidence import ORIGIN
from warehouse.schema.vocabulary import ISSUE, SCOPE

SIDES = ("case_files", "police")
"""The origins that stand side by side. Referrals are in the table only."""


def answer(as_at: date) -> Markup | str:
    """How many files, counts and police figures there are, each with its base."""
    added = ask(evidence.audit_sum, as_at)
    police = [row for row in ask(evidence.counts, as_at) if row.origin == "police"]
    if added.files is None or added.counted is None:
        return "No document dated by then prints figures from case files."
    return Markup(
        "{}{} case files gave {}{} counts of concern. Beside them stand {} of the police. They are never added."
    ).format(
        number(added.files),
        inline_mark((evidence.FILES_READ,)),
        number(added.counted),
        inline_mark((evidence.PRINTED_SUM,)),
        counted(len(police), "figure"),
    )


def show_figures(as_at: date) -> None:
    """Case files and police side by side by concern, how the audit adds up, and every count in a table."""
    rows = ask(evidence.counts, as_at)
    left, right = st.columns([2, 1], gap="medium")
    with left:
        _sides(rows)
        _audit_sum(ask(evidence.audit_sum, as_at))
    with right:
        frame.unknown(
            (
                "How common these forms of abuse are. The report says that the exact figure is not known.",
                "How many of the files came from each authority and how many from the police.",
                "The years of the files, but for four authorities' files: the two years before.",
                "Whether one case is both in the files and in the police figures. So nothing is added or subtracted.",
                "Why the two differ. The report asks the same question and leaves it open.",
                "Any figure by named borough, or broken down by ethnicity or by faith: none is printed.",
            )
        )
    _count_table(rows)
    _caseload_table(ask(evidence.caseload, as_at))


def _sides(rows: Sequence[Count]) -> None:
    """One row a concern, one column an origin. No bars: lengths would invite a comparison that does not hold."""
    parts = []
    for issue in dict.fromkeys(row.issue for row in rows if row.issue):
        cells = Markup("").join(
            _side(origin, [row for row in rows if row.issue == issue and row.origin == origin]) for origin in SIDES
        )
        parts.append(Markup('<h2>{}</h2><div class="sides">{}</div>').format(ISSUE.label(issue), cells))
    write(Markup("").join(parts) or Markup('<p class="absent">No document dated by then prints such figures.</p>'))


def _side(origin: str, rows: Sequence[Count]) -> Markup:
    counts = Markup("").join(_count(row) for row in rows) or Markup('<p class="absent">not reported</p>')
    return Markup("<div><h3>{}</h3>{}</div>").format(ORIGIN.label(origin), counts)


def _count(row: Count) -> Markup:
    value = Markup('<span class="big">{}</span>').format(number(row.value, row.value_status))
    return Markup('<div>{}{}{}</div><div>{}</div><p class="note">{}. {}</p>{}').format(
        value,
        mark((row.fact_key,)),
        Markup(" <small>a reported zero</small>") if row.value == 0 else "",
        unit_words(row.value, row.unit),
        _period(row) or "Period not reported",
        row.caveat,
        source_details((row.fact_key,)),
    )


def _period(row: Count) -> str:
    """Both ends as precise as known; empty where neither is reported."""
    return (
        f"{partial_date(row.period_from)} to {partial_date(row.period_to)}" if row.period_from or row.period_to else ""
    )


def _audit_sum(added: AuditSum) -> None:
    if added.files is None or added.counted is None:
        return
    twice = added.counted_twice or 0
    write(
        Markup(
            "<h2>Why {} files give {} counts</h2>"
            "<div>{} = {}{} counts. {} counted under two concerns: {} − {} = {}{} files.{}</div>{}"
        ).format(
            number(added.files),
            number(added.counted),
            " + ".join(number(value) for value in added.concerns),
            number(added.counted),
            mark((evidence.PRINTED_SUM,)),
            counted(twice, "case is", "cases are"),
            number(added.counted),
            number(twice),
            number(added.counted - twice),
            mark((evidence.FILES_READ,)),
            "" if added.printed_sum == added.counted else f" The printed sum is {number(added.printed_sum)}.",
            source_details(added.fact_keys),
        )
    )


def _count_table(rows: Sequence[Count]) -> None:
    show_table(
        "Every count, one a line",
        (
            Col("Concern", lambda row: ISSUE.label(row.issue) if row.issue else "All together", "head"),
            Col("From", lambda row: ORIGIN.label(row.origin)),
            Col("Count", lambda row: Figure(row.value, row.value_status, (row.fact_key,)), "number"),
            Col("Of what", lambda row: unit_words(row.value, row.unit)),
            Col("Period", lambda row: _period(row) or Absent()),
            Col("What it is and is not", lambda row: row.caveat, "long"),
            Col("Source", lambda row: Sources((row.fact_key,))),
        ),
        rows,
        file="case_file_and_police_figures",
        empty="No document dated by then prints such figures.",
    )


def _caseload_table(rows: Sequence[Caseload]) -> None:
    show_table(
        "Other printed numbers of referrals and meetings",
        (
            Col("What is counted", lambda row: row.title, "head"),
            Col("Number", printed_number, "number"),
            Col("Of what", lambda row: unit_words(row.value, row.unit)),
            Col("Place", lambda row: "A borough" if row.scope == "borough" else SCOPE.label(row.scope)),
            Col("What the text adds", lambda row: row.note or Absent("not_asked", "nothing to add"), "long"),
            Col("Source", lambda row: Sources((row.fact_key,))),
        ),
        rows,
        file="referrals_and_meetings",
        empty="No document dated by then prints other numbers of referrals or meetings.",
    )
