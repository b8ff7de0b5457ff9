"""The pilots themselves: the filters of the page, the time line, one row a pilot, its parts, and what is not known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

import streamlit as st
from markupsafe import Markup

from ui import links
from ui.cells import Absent, Cell, Link, Marked, Sources, shown
from ui.cite import inline_mark, mark
from ui.data import ask
from ui.promises_view import NOT_REPORTED, SECTIONS, WAYS, Line, by_cell, heading, reported, state_cell, told_cell
from ui.table import Col, download, show_table, table, write
from ui.timeline import Lane, Span, earliest, lanes, latest
from ui.words import counted, day, listed, partial_date
from warehouse.queries import pilots
from warehouse.queries.pilots import NO_PROGRAMME, Part, Period
from warehouse.queries.places import Choice
from warehouse.queries.promises import Event
from warehouse.schema.pilots import MILESTONE_STATE, PILOT_ITEM_KIND, PILOT_KIND
from warehouse.schema.vocabulary import SCOPE, STAGE, STATE

USUAL_PROGRAMME = "programme-culture-and-faith"
"""What the page opens on: everything at once is too long to read in a meeting."""

ALL_PROGRAMMES = Choice("all", "All programmes")
NONE_NAMED = Choice(NO_PROGRAMME, "No programme named")

STATES = {None: "All states", **{code: STATE.label(code) for code in STATE.codes}, NOT_REPORTED: "Not reported"}
"""What the state filter offers."""

SLIPPED = ("partly_done", "changed", "not_done")
"""States after which a reader asks why."""


# --- filters and answer ----------------------------------------------------------------------------------------------


def programme_filter() -> Choice:
    """The programme to look at. Opens on the culture and faith project of 2010–11, where the edition has it."""
    options = [ALL_PROGRAMMES, *ask(pilots.programmes), NONE_NAMED]
    usual = next((place for place, option in enumerate(options) if option.code == USUAL_PROGRAMME), 0)
    return st.selectbox(
        "Programme",
        options,
        index=usual,
        format_func=lambda option: option.label,
        key="pilot_programme",
        bind="query-params",
    )


def state_filter() -> str | None:
    """A state to narrow every section to, `NOT_REPORTED`, or None for all."""
    return st.selectbox("State", list(STATES), format_func=STATES.get, key="pilot_state", bind="query-params")


def answer(found: Sequence[Line], promised: Sequence[Line], whose: Choice, when: str) -> str:
    """The sentences under the title: the states last reported of the pilots, and when; how many outputs have a state.

    They name the programme, since the filters are not printed.
    """
    of = {ALL_PROGRAMMES: "of all programmes", NONE_NAMED: "without a programme"}.get(whose, f"of the {whose.label}")
    told = reported(promised)
    pilots_said = (
        f"Of {counted(len(found), 'pilot')} {of}, {_last_states(found)}." if found else f"No pilot {of} is named."
    )
    if not promised:
        return pilots_said
    has = "has" if told == 1 else "have"
    return f"{pilots_said} Of {counted(len(promised), 'promised output')}, {told} {has} a reported state as at {when}."


def marked_answer(found: Sequence[Line], promised: Sequence[Line], whose: Choice, when: str) -> Markup:
    """`answer`, with the mark of a conflict where one touches what it counts."""
    keys = (key for line in (*found, *promised) for key in line.keys)
    return Markup("{}{}").format(answer(found, promised, whose, when), inline_mark(keys))


def _last_states(found: Sequence[Line]) -> str:
    """How many pilots were last reported in which state, and when; and of how many nothing is reported."""
    states = Counter(state for line in found if line.last for state in line.states)
    silent = len(found) - reported(found)
    if not states:
        return f"no document reports what became of {'it' if silent == 1 else 'them'}"
    said = listed([f"{states[code]} {STATES[code].lower()}" for code in STATES if states[code]])
    dates = [report.as_at for line in found for report in line.last]
    first, last = partial_date(min(dates)), partial_date(max(dates))
    when = f"in {first}" if first == last else f"between {first} and {last}"
    rest = f"; no document reports what became of the other {silent}" if silent else ""
    return f"the last word is: {said}, {when}{rest}"


def show_choice(state: str | None) -> None:
    """Which state the sections are narrowed to, for the paper as well."""
    if state:
        write(Markup("<p>The sections below hold only what has this state: <b>{}</b>.</p>").format(STATES[state]))


def show_contents() -> None:
    """A line of links to the sections: the page is long, and a meeting goes back and forth."""
    items = Markup(" · ").join(Markup('<a href="#{}">{}</a>').format(anchor, name) for anchor, name in SECTIONS.items())
    write(Markup('<nav class="note screen" aria-label="On this page">On this page: {}</nav>').format(items))


# --- the time line ---------------------------------------------------------------------------------------------------


def show_timeline(periods: Sequence[Period], events: Sequence[Event], as_at: date) -> None:
    """The programmes, planned and reported apart, and the dated events of the chosen one, a lane for each date."""
    rows: list[Lane] = []
    undated: list[str] = []
    for period in periods:
        own = [
            *_period_lane(period, period.planned_from, period.planned_to, is_planned=True),
            *_period_lane(period, period.actual_from, period.actual_to, is_planned=False),
        ]
        rows += own
        if not own:
            undated.append(period.name)
    rows += _event_lanes(events)
    if rows:
        write(lanes("Time line", rows, as_at, most_named=8))
    else:
        write(Markup('<h2>Time line</h2><p class="absent">No date is reported here by then.</p>'))
    if undated:
        write(Markup('<p class="note">No beginning and no end is reported of: {}.</p>').format(listed(undated)))


def _period_lane(period: Period, begins: str | None, ends: str | None, *, is_planned: bool) -> list[Lane]:
    if not (begins or ends):
        return []
    words = [f"from {partial_date(begins)}" if begins else "", f"to {partial_date(ends)}" if ends else ""]
    # A period printed with its end before its beginning has no length: only its beginning can be drawn.
    has_length = begins and ends and latest(ends) >= earliest(begins)
    span = Span(period.name, begins or ends or "", ends if has_length else None, is_planned)
    label = Markup("{}{}").format(period.name, mark((period.fact_key,)))
    return [Lane(label, f"{'planned' if is_planned else 'reported'} {' '.join(filter(None, words))}", (span,))]


def _event_lanes(events: Sequence[Event]) -> list[Lane]:
    """One lane for each date and state, so that a conference with four launches takes one line."""
    together: dict[tuple[str, str | None, str], list[Event]] = {}
    for event in events:
        if event.happens:
            together.setdefault((event.happens, event.happens_to, event.state), []).append(event)
    rows = []
    for (happens, happens_to, state), own in together.items():
        when = partial_date(happens) + (f" to {partial_date(happens_to)}" if happens_to else "")
        what = own[0].title if len(own) == 1 else counted(len(own), "event")
        span = Span(what, happens, happens_to, is_planned=state != "actual")
        note = Markup("{}: {}{}").format(what, MILESTONE_STATE.label(state).lower(), mark(one.fact_key for one in own))
        rows.append(Lane(when, note, (span,)))
    return rows


# --- pilots ----------------------------------------------------------------------------------------------------------


def show_pilots(lines: Sequence[Line], total: int, mine: str | None) -> None:
    """One row a pilot. `mine`: the name of the reader's own borough, whose pilots are shaded."""
    heading("pilots")
    show_table(
        f"{len(lines)} of {counted(total, 'pilot')}" if total else "No pilot is named",
        (
            Col("Pilot", lambda line: Marked(line.row.name, (line.row.fact_key,)), "head"),
            Col("Kind", lambda line: PILOT_KIND.label(line.row.kind)),
            Col("Borough", _boroughs),
            Col("What it set out to do", lambda line: line.row.set_out_to or Absent(), "long"),
            Col("Promised outputs", _promised),
            Col("State last reported", state_cell),
            Col("By which document", by_cell),
            Col("Source", lambda line: Sources(line.keys)),
        ),
        lines,
        file="pilots",
        is_mine=lambda line: mine in line.row.boroughs,
        empty="No pilot has this state." if total else "A later date, or another programme, may have one.",
    )


def show_elsewhere(count: int, as_at: date, mine: str | None) -> None:
    """How many pilots the chosen programme leaves out, with the link that shows them."""
    if count:
        href = links.to("pilot_status", pilot_programme=ALL_PROGRAMMES.label, as_at=day(as_at), mine=mine)
        words = Markup('<p><a href="{}">{} of other programmes</a>, with linked pilots, proposals and bids.</p>')
        write(words.format(href, counted(count, "pilot")))


def _boroughs(line: Line) -> Cell:
    if line.row.scope == "unnamed":
        return Absent(words="not named")
    if len(line.row.boroughs) == 1:
        name = line.row.boroughs[0]
        return Link(name, links.to("borough_profile", borough=name))
    return line.row.boroughs or SCOPE.label(line.row.scope)


def _promised(line: Line) -> Cell:
    if line.row.output_parts and not line.row.promised:
        return f"{counted(line.row.output_parts, 'output')}, named in its parts below"
    return line.row.promised or Absent(words="none named")


PART_COLUMNS = (
    Col("Part", lambda part: PILOT_ITEM_KIND.label(part.kind), "head"),
    Col("What the document says", lambda part: Marked(part.summary, (part.fact_key,)), "long"),
    Col("Stage", lambda part: STAGE.label(part.stage) if part.stage else Absent(part.stage_status)),
    Col("Source", lambda part: Sources((part.fact_key,))),
)


def show_parts(lines: Sequence[Line], parts: Sequence[Part]) -> None:
    """Each pilot opens to what is reported of it, its aims, activities, communities, partners and outputs."""
    if not lines:
        return
    own = {line.row.fact_key: [part for part in parts if part.pilot == line.row.fact_key] for line in lines}
    opened = Markup("").join(_opened(line, own[line.row.fact_key]) for line in lines)
    heading("parts")
    write(Markup('<div class="parts">{}</div>').format(opened))
    names = {line.row.fact_key: line.row.name for line in lines}
    columns = (Col("Pilot", lambda part: names[part.pilot]), *PART_COLUMNS)
    chosen = [part for line in lines for part in own[line.row.fact_key]]
    if chosen:
        download(columns, chosen, "pilot_parts", "Download all parts (CSV)")


def _opened(line: Line, parts: Sequence[Part]) -> Markup:
    if line.last:
        said = Markup('<div class="reported"><b>{}</b>. {}</div>').format(
            shown(state_cell(line)), shown(told_cell(line))
        )
    else:
        said = Markup("<p>{}</p>").format(shown(Absent(words="No document reports what became of it.")))
    body = table(f"Parts of: {line.row.name}", PART_COLUMNS, parts) if parts else Markup("")
    state = " and ".join(STATES[state] for state in line.states).lower()
    summary = f"{line.row.name}: {state}{'' if parts else '; no part reported'}"
    return Markup("<details><summary>{}</summary>{}{}</details>").format(summary, said, body)


# --- what we don't know ----------------------------------------------------------------------------------------------


def unknown_lines(
    found: Sequence[Line], promised: Sequence[Line], said: Sequence[Line], events: Sequence[Event], newest: str | None
) -> list[str]:
    """What is not known, each with its denominator. `newest`: the short name of the latest document in use."""
    every_pilot, every_output = counted(len(found), "pilot"), counted(len(promised), "promised output")
    aims = [line for line in said if line.row.kind not in WAYS]
    announced = [event for event in events if event.state != "actual"]
    slipped = [report for line in (*found, *promised, *said) for report in line.last if report.state in SLIPPED]

    unnamed = sum(line.row.scope == "unnamed" for line in found)
    undated = sum(not (line.row.planned_for or line.row.planned_text) for line in promised)
    silent = len(aims) - reported(aims)
    unsure = sum(event.outcome == NOT_REPORTED for event in announced)
    reasons = sum(bool(report.reason) for report in slipped)
    lines = [
        f"How {count} of {every_pilot} went on: the last word on them is in the {name}."
        for name, count in _last_words(found, newest).items()
    ]
    if unnamed:
        lines.append(f"The boroughs of {unnamed} of {every_pilot}: none is named.")
    if undated:
        lines.append(f"When {undated} of {every_output} fell due: no date is given.")
    if silent:
        every_aim = counted(len(aims), "aim, objective or outcome", "aims, objectives and outcomes")
        lines.append(f"What became of {silent} of {every_aim}.")
    if unsure:
        every_event = counted(len(announced), "announced event")
        lines.append(f"Whether {unsure} of {every_event} happened: their time is over, and no later document says.")
    if slipped:
        lines.append(
            f"Why something was changed, not done, or done in part: a reason is given in {reasons} of "
            f"{counted(len(slipped), 'report')}."
        )
    if not (found or promised or said or events):
        return ["No document dated by then promises anything here, so nothing can be said of it."]
    return lines or ["Nothing that is promised here is left without a report."]


def _last_words(found: Sequence[Line], newest: str | None) -> dict[str, int]:
    """By document other than the newest, with its date: how many pilots it has the last word on."""
    counts: dict[str, int] = {}
    for line in found:
        for name in {f"{one.short_name}, {partial_date(one.as_at)}" for one in line.last if one.short_name != newest}:
            counts[name] = counts.get(name, 0) + 1
    return counts
