"""A promise and what is reported of it, line by line: outputs, objectives, events and changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

from ui.cells import Absent, Cell, Marked, Sources, State
from ui.data import ask
from ui.table import Col, show_table, write
from ui.words import counted, partial_date
from warehouse.queries import pilots
from warehouse.queries.pilots import Pilot, Report
from warehouse.queries.promises import Change, Commitment, Event, Output
from warehouse.schema.column import Status
from warehouse.schema.pilots import COMMITMENT_KIND, MILESTONE_STATE
from warehouse.schema.vocabulary import STATE

SECTIONS = {
    "pilots": "Pilots",
    "parts": "Pilots, part by part",
    "changes": "What a later document changed",
    "outputs": "Promised outputs",
    "objectives": "Objectives and expected outcomes",
    "arrangements": "Ways of working and arrangements",
    "events": "Events",
}
"""The sections below the time line, by their anchor."""

NOT_REPORTED = "not_reported"

SHAPES = {
    "proposed": "◇",
    "planned": "○",
    "under_way": "▷",
    "partly_done": "◐",
    "done": "●",
    "changed": "△",
    "not_done": "×",
}
"""A shape for each state of `STATE`, so that none is told by colour."""

OUTCOMES: dict[str, Cell] = {
    "happened": State("Happened", SHAPES["done"]),
    "planned": State("Planned, still to come", SHAPES["planned"]),
    "provisional": State("Provisional, still to come", SHAPES["planned"]),
    "changed": State("Changed", SHAPES["changed"]),
    "not_done": State("Did not happen", SHAPES["not_done"]),
    NOT_REPORTED: Absent(words="not reported whether it happened"),
}

STATE_OF_OUTCOME = {"happened": "done", "provisional": "planned"}
"""Under which state of the filter an event's outcome stands, where the word differs."""

WAYS = ("method", "arrangement")
"""Commitments that say how, not what for: they are carried out or not, and are not achieved."""


def heading(anchor: str) -> None:
    """The heading of a section, which links of the page can reach."""
    write(Markup('<h2 id="{}">{}</h2>').format(anchor, SECTIONS[anchor]))


@dataclass(frozen=True)
class Line:
    """A pilot, output or commitment with the last reports on it; `last` is empty where nothing is reported."""

    row: Pilot | Output | Commitment
    last: tuple[Report, ...]

    @property
    def states(self) -> tuple[str, ...]:
        """The states last reported, or `NOT_REPORTED`."""
        return tuple(dict.fromkeys(report.state for report in self.last)) or (NOT_REPORTED,)

    @property
    def report_keys(self) -> tuple[str, ...]:
        """The facts that report on it."""
        return tuple(report.fact_key for report in self.last)

    @property
    def keys(self) -> tuple[str, ...]:
        """The facts of the promise, and those that report on it."""
        own = self.row.fact_keys if isinstance(self.row, Pilot) else (self.row.fact_key,)
        return (*own, *self.report_keys)


def with_reports(rows: Iterable[Pilot | Output | Commitment], as_at: date) -> list[Line]:
    """Each row with the last reports on it that a document dated by `as_at` makes."""
    found = ask(pilots.reports, as_at)
    return [Line(row, pilots.last_of(found, row.fact_key)) for row in rows]


def narrowed(lines: Sequence[Line], state: str | None) -> list[Line]:
    """The lines of that state, or all."""
    return [line for line in lines if state is None or state in line.states]


def reported(lines: Iterable[Line]) -> int:
    """How many of the lines have a reported state."""
    return sum(bool(line.last) for line in lines)


def state_cell(line: Line) -> Cell:
    """The state last reported. Where one document says two things in two places, both stand."""
    if not line.last:
        return Absent(words="not reported")
    if len(line.states) == 1:
        return State(STATE.label(line.states[0]), SHAPES[line.states[0]])
    return State(" and ".join(STATE.label(state) for state in line.states), "≠")


def told_cell(line: Line) -> Cell:
    """What is reported, in words, and by which document."""
    if not line.last:
        return Absent(words="no report")
    said = (_said(one.summary, one.happened, one.short_name, one.as_at) for one in line.last)
    return Marked(" ".join(said), line.report_keys)


def by_cell(line: Line) -> Cell:
    """Which document reports it, and for what date."""
    found = dict.fromkeys((report.short_name, partial_date(report.as_at)) for report in line.last)
    return tuple(part for pair in found for part in pair) or Absent(words="no document")


def _said(summary: str, happened: str | None, short_name: str, as_at: str) -> str:
    """A report as a sentence with its document. Its date is added where the words do not hold it."""
    when = partial_date(happened) if happened else ""
    dated = f" Date given: {when}." if when and when not in summary else ""
    return f"{summary}{dated} ({short_name}, {partial_date(as_at)})"


def _reason(line: Line) -> Cell:
    reasons = tuple(dict.fromkeys(report.reason for report in line.last if report.reason))
    if reasons:
        return reasons
    not_asked = bool(line.last) and all(report.reason_status == Status.not_asked for report in line.last)
    return Absent(Status.not_asked if not_asked else Status.not_reported)


def _promised_in(line: Line) -> Cell:
    return (line.row.short_name, partial_date(line.row.as_at))


REPORT_COLUMNS = (
    Col("State", state_cell),
    Col("What is reported, and by which document", told_cell, "long"),
    Col("Reason given", _reason),
    Col("Source", lambda line: Sources(line.keys)),
)
SILENT_COLUMNS = (
    Col("Said in", _promised_in),
    Col("State", state_cell),
    Col("Source", lambda line: Sources(line.keys)),
)


def _show_in_two(
    thing: tuple[str, str],
    columns: tuple[Col, ...],
    lines: Sequence[Line],
    state: str | None,
    file: str,
    is_mine: Callable[[Line], bool] | None = None,
) -> None:
    """What is reported on first, with all that is said; then what is not, which is usually the longer list.

    `thing`: what one line and several are called. `lines` are all of them, and the whole of every count; with a `state`
    only those of that state are shown.
    """
    chosen, total = narrowed(lines, state), counted(len(lines), *thing)
    known = [line for line in chosen if line.last]
    silent = [line for line in chosen if not line.last]
    if state != NOT_REPORTED:
        name = STATE.label(state) if state else "With a reported state"
        show_table(
            f"{name}: {len(known)} of {total}",
            (*columns, *REPORT_COLUMNS),
            known,
            file=f"{file}_reported",
            is_mine=is_mine,
            empty="No document dated by then reports this of any of them." if lines else "None is named by then.",
        )
    if silent or state == NOT_REPORTED:
        show_table(
            f"Not reported on: {len(silent)} of {total}",
            (*columns, *SILENT_COLUMNS),
            silent,
            file=f"{file}_not_reported",
            is_mine=is_mine,
            empty="Each of them is reported on." if lines else "None is named by then.",
        )


# --- outputs and commitments -----------------------------------------------------------------------------------------


def show_outputs(lines: Sequence[Line], state: str | None, *, with_programme: bool, mine: str | None) -> None:
    """Promised outputs: by whom, for when, and what is reported of each. `mine`: the reader's own borough."""
    columns = (
        Col("Promised output", lambda line: Marked(line.row.name, (line.row.fact_key,)), "head"),
        *_programme(with_programme),
        Col("By whom", lambda line: line.row.by_whom),
        Col("Promised for", _promised_for),
    )
    heading("outputs")
    _show_in_two(
        ("promised output", "promised outputs"),
        columns,
        lines,
        state,
        "outputs",
        lambda line: mine is not None and line.row.borough == mine,
    )


def show_commitments(lines: Sequence[Line], state: str | None, *, with_programme: bool) -> None:
    """What was to be reached, and how it was to be done: two lists, since only the first can be achieved."""
    columns = (
        Col("What was said", lambda line: Marked(line.row.summary, (line.row.fact_key,)), "long"),
        Col("Sort", lambda line: COMMITMENT_KIND.label(line.row.kind)),
        *_programme(with_programme),
    )
    heading("objectives")
    _show_in_two(
        ("aim, objective or outcome", "aims, objectives and outcomes"),
        columns,
        [line for line in lines if line.row.kind not in WAYS],
        state,
        "objectives",
    )
    heading("arrangements")
    _show_in_two(
        ("way of working or arrangement", "ways of working and arrangements"),
        columns,
        [line for line in lines if line.row.kind in WAYS],
        state,
        "arrangements",
    )


def _programme(wanted: bool) -> tuple[Col, ...]:
    return (Col("Programme", lambda line: line.row.programme_name or Absent(words="none named")),) if wanted else ()


def _promised_for(line: Line) -> Cell:
    if line.row.planned_text:
        return line.row.planned_text
    return partial_date(line.row.planned_for) if line.row.planned_for else Absent(words="no date given")


# --- events ----------------------------------------------------------------------------------------------------------


def of_state(events: Sequence[Event], state: str | None) -> list[Event]:
    """The events whose outcome stands under that state of the filter, or all."""
    return [event for event in events if state is None or STATE_OF_OUTCOME.get(event.outcome, event.outcome) == state]


def show_events(events: Sequence[Event], total: int) -> None:
    """Planned, provisional or happened: as announced, and what came of it."""
    heading("events")
    show_table(
        f"{len(events)} of {counted(total, 'event')}",
        (
            Col("Date", _event_date),
            Col("Event", lambda event: Marked(event.title, (event.fact_key,)), "head"),
            Col("Said as", lambda event: MILESTONE_STATE.label(event.state)),
            Col("By which document", lambda event: (event.short_name, partial_date(event.as_at))),
            Col("What came of it", lambda event: OUTCOMES[event.outcome]),
            Col("Source", lambda event: Sources(event.keys)),
        ),
        events,
        file="events",
        empty="No event has this state." if total else "No document dated by then names an event here.",
    )


def _event_date(event: Event) -> Cell:
    if not event.happens:
        return event.date_text or Absent(words="no date given")
    when = _from_to(event.happens, event.happens_to)
    return (when, f"“{event.date_text}”") if event.date_text else when


def _from_to(first: str | None, last: str | None) -> str:
    return " to ".join(partial_date(one) for one in (first, last) if one)


# --- what a later document changed -----------------------------------------------------------------------------------


def show_changes(rows: Sequence[Change], total: int) -> None:
    """Old, new, and by which document: `rows` of all `total`."""
    heading("changes")
    show_table(
        f"{len(rows)} of {counted(total, 'report')} by a later document, or of a change",
        (
            Col("What was said before", lambda row: Marked(_before(row), row.keys[:-1]), "long"),
            Col("State now", lambda row: State(STATE.label(row.state), SHAPES[row.state])),
            Col("What is said later", lambda row: Marked(_after(row), (row.fact_key,)), "long"),
            Col("Reason given", lambda row: row.reason or Absent(row.reason_status)),
            Col("Source", lambda row: Sources(row.keys)),
        ),
        rows,
        file="changes",
        empty="None of them has this state."
        if total
        else "No later document speaks of anything promised here. That does not mean that nothing changed.",
    )


def _before(row: Change) -> str:
    what = row.what if row.what.endswith((".", "?", "!")) else f"{row.what}."
    if row.before_state and row.before_by:
        return f"{what} {STATE.label(row.before_state)} ({row.before_by}, {partial_date(row.before_as_at)})"
    when = row.planned_text or _from_to(row.planned_for, row.planned_to)
    for_when = f" Planned for: {when}." if when else ""
    return f"{what}{for_when} ({row.said_by}, {partial_date(row.said_as_at)})"


def _after(row: Change) -> str:
    return _said(row.summary, row.happened, row.reported_by, row.reported_as_at)
