"""The parts of the evidence page: figures side by side, and tables of what the documents find, advise and report.

Nothing here is by borough, and no figure stands beside an ethnicity or a faith.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import streamlit as st
from markupsafe import Markup

from ui import frame
from ui.cells import Absent, Cell, Figure, Marked, Sources
from ui.cite import mark, source_details
from ui.data import ask
from ui.sentences import inline_mark, printed_number, sentence
from ui.table import Col, show_table, write
from ui.words import counted, number, partial_date
from warehouse.queries import evidence
from warehouse.queries.evidence import AuditSum, Caseload, Count, LaterReport, Statement
from warehouse.schema.evidence import ORIGIN, STATEMENT_KIND
from warehouse.schema.vocabulary import ISSUE, SCOPE, STATE

CARE = Markup(
    '<p class="care"><b>What these are and are not.</b> They are what documents of 2005 to 2011 report: a small number '
    "of case files that one project read, figures that the police published, and what people said. They do not measure "
    "how common a form of abuse is, and they say nothing of any community as a whole. Counts are not by borough, and "
    "no ethnicity or faith stands beside them. Stories of single children and families are left out.</p>"
)
FOUR_AREAS_LABEL = "The four areas of abuse"
NO_LATER = "no later document reports on it"
SIDES = ("case_files", "police")
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


# --- figures ---------------------------------------------------------------------------------------------------------


def figures_answer(as_at: date) -> Markup | str:
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
                "Any figure by borough, by ethnicity or by faith: none is printed.",
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
        row.unit,
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
            Col("Of what", lambda row: row.unit),
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
            Col("Of what", lambda row: row.unit),
            Col("Place", lambda row: "A borough" if row.scope == "borough" else SCOPE.label(row.scope)),
            Col("What the text adds", lambda row: row.note or Absent(words="nothing to add"), "long"),
            Col("Source", lambda row: Sources((row.fact_key,))),
        ),
        rows,
        file="referrals_and_meetings",
        empty="No document dated by then prints other numbers of referrals or meetings.",
    )


# --- statements ------------------------------------------------------------------------------------------------------


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
    return (*([FOUR_AREAS_LABEL] if together else []), *named, *row.themes) or Absent(words="nothing in particular")


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
