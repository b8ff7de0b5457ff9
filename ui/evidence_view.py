"""The parts of the evidence page: tables of what the documents find, advise and report. Figures: `evidence_figures`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st
from markupsafe import Markup

from ui import frame
from ui.cells import Absent, Cell, Marked, Sources
from ui.data import ask
from ui.sentences import sentence
from ui.table import Col, show_table
from ui.words import counted
from warehouse.queries import evidence
from warehouse.queries.evidence import LaterReport, Statement
from warehouse.schema.evidence import STATEMENT_KIND
from warehouse.schema.vocabulary import ISSUE, SCOPE, STATE

CARE = Markup(
    '<p class="care"><b>What these are and are not.</b> They are what documents of 2005 to 2011 report: a small number '
    "of case files that one project read, figures that the police published, and what people said. They do not measure "
    "how common a form of abuse is, and they say nothing of any community or faith as a whole. No borough is named "
    "beside a count, and none is broken down by ethnicity or faith. Where a document remarks on one of its counts, the "
    "remark stands with the count. Stories of single children and families are left out.</p>"
)
FOUR_AREAS_LABEL = "The four areas of abuse"
NO_LATER = "no later document reports on it"
RECOMMENDED = ("recommendation", "other_recommendation")
UNATTRIBUTED = ("practice_example", "community_view")
VOICED = ("community_view", "priority", "practitioner_view", "family_view")


@dataclass(frozen=True)
class Part:
    """One part of the page: kinds shown at once, kinds in closed sections below, and what is not known."""

    kinds: tuple[str, ...]
    closed: tuple[str, ...]
    noun: tuple[str, str]
    unknown: tuple[str, ...]
    with_audit_tool: bool = False


PARTS: dict[str, Part | None] = {
    "Case-file and police figures": None,
    "Findings": Part(
        ("finding",),
        ("detail", "conclusion"),
        ("numbered finding", "numbered findings"),
        (
            "How much each finding rests on files, on groups or on the advisers' own accounts.",
            "Whether later work confirmed them.",
        ),
    ),
    "Recommendations": Part(
        ("recommendation",),
        ("other_recommendation",),
        ("numbered recommendation", "numbered recommendations"),
        (
            f"'{NO_LATER.capitalize()}' does not mean that nothing was done.",
            "Whether the bodies they address accepted them: no reply is among the documents.",
            "A link between a recommendation and a later document is mostly our reading. The source says where it is.",
        ),
    ),
    "Messages from the file audits": Part(
        ("key_message",),
        ("good_practice", "practice_concern"),
        ("key message", "key messages"),
        (
            "In how many of the files each good or weak point was found: hardly any number is printed.",
            "The answers to the audit tool, file by file: they are not printed.",
        ),
        with_audit_tool=True,
    ),
    "Practice examples": Part(
        ("practice_example",),
        ("method",),
        ("practice example", "practice examples"),
        (
            "Which borough an example comes from, where the text does not say. We do not guess.",
            "Whether the practice went on after the project.",
        ),
    ),
    "Community views": Part(
        ("community_view",),
        ("priority", "practitioner_view", "family_view"),
        ("community view", "community views"),
        (
            "How many people share a view. A view is one person's or one group's, as the report retells it.",
            "Who else was asked, and who did not answer.",
        ),
    ),
    "Risks of stopping": Part(
        ("risk",),
        (),
        ("risk", "risks"),
        ("Whether any of these came about after the project ended.",),
    ),
    "Achievements and background": Part(
        ("achievement",),
        ("context",),
        ("achievement", "achievements"),
        ("Whether others saw the same achievements: they are what the projects say of themselves.",),
    ),
}
"""The parts in the order of the select box. Their labels are in links. None: the figures."""


@dataclass(frozen=True)
class Chosen:
    """The statements of one part that fit the filters, beside all of that part, and what later documents report."""

    shown: tuple[Statement, ...]
    every: tuple[Statement, ...]
    later: dict[str, tuple[LaterReport, ...]]

    def of(self, kind: str) -> list[Statement]:
        """Those of one kind that fit."""
        return [row for row in self.shown if row.kind == kind]

    def of_later(self, row: Statement) -> tuple[LaterReport, ...]:
        """What later documents report of one statement."""
        return self.later.get(row.fact_key, ())

    def all_of(self, kind: str) -> int:
        """How many of one kind there are, whether they fit or not."""
        return sum(row.kind == kind for row in self.every)


def choose(part: Part, as_at: date, issue: str | None, theme: str | None) -> Chosen:
    """The statements of `part` on one concern and one theme; None takes all. `theme` is a label."""
    every = tuple(ask(evidence.statements, part.kinds + part.closed, as_at))
    later: dict[str, tuple[LaterReport, ...]] = {}
    for report in ask(evidence.later_reports, as_at):
        later[report.subject] = (*later.get(report.subject, ()), report)
    shown = tuple(
        row for row in every if (not issue or issue in row.issues) and (not theme or theme in row.themes)
    )  # fmt: skip
    return Chosen(shown, every, later)


def answer(part: Part, chosen: Chosen) -> str:
    """How many statements fit, with the denominator; for recommendations how many are taken up."""
    kind = part.kinds[0]
    shown, whole = chosen.of(kind), chosen.all_of(kind)
    if not whole:
        return f"No document dated by then holds {part.noun[1]}."
    words = counted(whole, *part.noun)
    if len(shown) < whole:
        words = f"{len(shown)} of {words} fit the filters"
    if kind in UNATTRIBUTED:
        nameless = sum(row.scope != "borough" for row in shown)
        return f"{words}. In {nameless} of {len(shown)} the text names no borough."
    if kind != "recommendation":
        return f"{words}."
    taken = sum(row.fact_key in chosen.later for row in shown)
    return (
        f"{words}. A later document reports on {taken} of {len(shown)}; none reports on the other {len(shown) - taken}."
    )


def show_part(part: Part, chosen: Chosen, as_at: date) -> None:
    """What is not known, the main table, and the rest in closed sections."""
    frame.unknown(part.unknown)
    for kind in part.kinds:
        _statement_table(kind, chosen)
    for kind in part.closed:
        # The label of an expander is Markdown: only our own words and a number go into it.
        with st.expander(f"{STATEMENT_KIND.label(kind)}: {len(chosen.of(kind))} of {chosen.all_of(kind)}"):
            _statement_table(kind, chosen)
    if part.with_audit_tool:
        questions = ask(evidence.audit_questions, as_at)
        with st.expander(f"Questions of the file audit tool: {len(questions)}"):
            show_table(
                "What the tool asked of each file",
                (
                    Col("Part of the tool", lambda row: row.part, "head"),
                    Col("Number", lambda row: row.number, "number"),
                    Col("Question", lambda row: row.question, "long"),
                    Col("Source", lambda row: Sources((row.fact_key,))),
                ),
                questions,
                file="file_audit_tool",
                empty="No document dated by then prints the tool.",
            )


def _statement_table(kind: str, chosen: Chosen) -> None:
    rows = chosen.of(kind)
    columns: list[Col[Statement]] = []
    if any(row.number for row in rows):
        columns.append(Col("Number", lambda row: row.number or Absent("not_asked"), "head"))
    columns.append(Col(STATEMENT_KIND.label(kind), _said, "long"))
    if kind in RECOMMENDED:
        columns.append(Col("To whom", lambda row: _parts(row.to_whom) or Absent()))
        columns.append(Col("What a later document reports", lambda row: _later(chosen.of_later(row))))
    if kind in VOICED:
        columns.append(Col("Said by", lambda row: row.said_by or Absent()))
    if any(row.scope != "london" for row in rows):
        columns.append(Col("Place", _place))
    columns.append(Col("About", _about))
    columns.append(
        Col("Source", lambda row: Sources((row.fact_key, *(report.fact_key for report in chosen.of_later(row)))))
    )
    show_table(
        STATEMENT_KIND.label(kind),
        columns,
        rows,
        file=kind,
        empty="None fits the filters. Choose all concerns and all themes."
        if chosen.all_of(kind)
        else "No document dated by then holds any. Choose a later date.",
    )


def _said(row: Statement) -> Cell:
    return Marked(f"{sentence(row.headline)} {row.summary or ''}".strip(), (row.fact_key,))


def _about(row: Statement) -> Cell:
    """Concerns and themes. The four areas together have one name, as in the report."""
    issues = list(row.issues)
    together = set(evidence.FOUR_AREAS) <= set(issues)
    named = [ISSUE.label(issue) for issue in issues if not (together and issue in evidence.FOUR_AREAS)]
    return (*([FOUR_AREAS_LABEL] if together else []), *named, *row.themes) or Absent(
        "not_asked", "nothing in particular"
    )


def _parts(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (text or "").split(";") if part.strip())


def _later(reports: Sequence[LaterReport]) -> Cell:
    if not reports:
        return Absent(words=NO_LATER)
    return tuple(f"{STATE.label(report.state)} ({report.short_name}): {report.summary}" for report in reports)


def _place(row: Statement) -> Cell:
    if row.borough:
        return row.borough
    if row.borough_kept_back:
        return "A borough, not shown beside this concern"
    return SCOPE.label(row.scope)
