"""Pilot status on literal rows: each answer beside a slow twin in plain Python; rows left out say why."""

from __future__ import annotations

import calendar
from datetime import date

import duckdb
import pytest

from tests.support.rows import cursor_on
from tests.support.scratch import holding, scratch_warehouse
from tests.support.twins import twin_of
from warehouse.queries import pilots, promises

USABLE = {
    "brief_2005": date(2005, 1, 1),
    "report_2007": date(2007, 7, 31),
    "summary_2010": date(2010, 7, 1),
    "update_2011": date(2011, 11, 30),
}
"""From when each document may be used, as the reference list has it."""

BY = {
    "brief": {"document": "brief_2005", "as_at": "2005"},
    "report": {"document": "report_2007", "as_at": "2007-07"},
    "summary": {"document": "summary_2010", "as_at": "2010-07"},
    "update": {"document": "update_2011", "as_at": "2011-11"},
}
DATES = [date(2005, 1, 1), date(2007, 7, 31), date(2010, 7, 1), date(2011, 11, 30)]
PROGRAMMES = [None, "", "programme-a", "programme-b"]

ROWS: dict[str, list[dict[str, str]]] = {
    "programme": [
        {**BY["summary"], "fact_key": "programme-a", "name": "A", "kind": "partnership", "summary": "A.",
         "planned_from": "2010-07", "planned_to": "2011-12"},
        # Usable from November 2011 only.
        {**BY["update"], "fact_key": "programme-b", "name": "B", "kind": "other", "summary": "B.",
         "actual_from": "2011"},
        # Left out of the list: it promised nothing.
        {**BY["report"], "fact_key": "programme-empty", "name": "Empty", "kind": "other", "summary": "Nothing."},
    ],
    "pilot": [
        # Two boroughs, given out of order; they come by name.
        {**BY["summary"], "fact_key": "pilot-two", "name": "Two", "kind": "pilot", "programme": "programme-a",
         "scope": "borough", "boroughs": "Hackney; Camden", "set_out_to": "Try it."},
        # Names no borough: last of its programme, though its name is first.
        {**BY["summary"], "fact_key": "pilot-none", "name": "Another", "kind": "pilot", "programme": "programme-a",
         "scope": "unnamed"},
        # A linked pilot comes after all pilots.
        {**BY["summary"], "fact_key": "pilot-linked", "name": "A linked one", "kind": "linked",
         "programme": "programme-a", "scope": "borough", "boroughs": "Barnet"},
        # Left out before November 2011.
        {**BY["update"], "fact_key": "pilot-bid", "name": "A bid", "kind": "bid", "programme": "programme-b",
         "scope": "london"},
    ],
    "pilot_item": [
        {**BY["summary"], "fact_key": "item-z", "pilot": "pilot-two", "kind": "aim", "stage": "not applicable",
         "summary": "An aim."},
        {**BY["summary"], "fact_key": "item-a", "pilot": "pilot-two", "kind": "output", "stage": "planned",
         "summary": "An output."},
        {**BY["summary"], "fact_key": "item-b", "pilot": "pilot-two", "kind": "activity", "stage": "under_way",
         "summary": "An activity."},
        {**BY["summary"], "fact_key": "item-c", "pilot": "pilot-linked", "kind": "output", "stage": "planned",
         "summary": "An output of the linked one."},
        # Left out before November 2011, as a part and as an output.
        {**BY["update"], "fact_key": "item-late", "pilot": "pilot-linked", "kind": "output", "stage": "done",
         "summary": "Another."},
    ],
    "output": [
        {**BY["summary"], "fact_key": "output-dvd", "name": "DVD", "kind": "media", "programme": "programme-a",
         "pilot": "pilot-two", "scope": "borough", "borough": "Hackney", "by_whom": "Hackney", "summary": "A DVD."},
        {**BY["summary"], "fact_key": "output-report", "name": "Report", "kind": "report", "programme": "programme-a",
         "scope": "london", "by_whom": "A", "planned_for": "2011-12", "planned_text": "or January", "summary": "It."},
        {**BY["summary"], "fact_key": "output-conference", "name": "Conference", "kind": "event",
         "programme": "programme-a", "scope": "london", "by_whom": "A", "planned_for": "2011-05", "summary": "It."},
        # Of no programme.
        {**BY["report"], "fact_key": "output-alone", "name": "Directory", "kind": "data", "scope": "borough",
         "borough": "Barnet", "by_whom": "Barnet", "summary": "It."},
        # Left out before November 2011.
        {**BY["update"], "fact_key": "output-late", "name": "Template", "kind": "data", "programme": "programme-b",
         "pilot": "pilot-two", "scope": "london", "by_whom": "B", "summary": "It."},
    ],
    "commitment": [
        {**BY["summary"], "fact_key": "commitment-nine", "programme": "programme-a", "kind": "arrangement",
         "summary": "Nine pilots."},
        {**BY["summary"], "fact_key": "commitment-aim", "programme": "programme-a", "kind": "aim", "number": "1",
         "pilot": "pilot-two", "summary": "Safer children."},
        {**BY["update"], "fact_key": "commitment-late", "programme": "programme-b", "kind": "aim", "summary": "Later."},
    ],
    "status_report": [
        {**BY["summary"], "fact_key": "status-first", "subject": "pilot-two", "state": "planned",
         "summary": "To come."},
        # The last on the pilot, once its document is out.
        {**BY["update"], "fact_key": "status-second", "subject": "pilot-two", "state": "done", "summary": "Done.",
         "reason": "not applicable"},
        {**BY["update"], "fact_key": "status-report", "subject": "output-report", "state": "changed",
         "happened": "2012", "summary": "Early 2012.", "reason": "Money."},
        # One document says two things in two places: both are last.
        {**BY["update"], "fact_key": "status-nine-a", "subject": "commitment-nine", "state": "changed",
         "summary": "11."},
        {**BY["update"], "fact_key": "status-nine-b", "subject": "commitment-nine", "state": "done", "summary": "Ran."},
        # By the document that made the promise, and no change: no line under what a later document changed.
        {**BY["summary"], "fact_key": "status-own", "subject": "pilot-linked", "state": "under_way",
         "summary": "Runs."},
        # By the document that made the promise, but a change.
        {**BY["report"], "fact_key": "status-own-change", "subject": "output-alone", "state": "changed",
         "summary": "A map instead."},
        {**BY["update"], "fact_key": "status-conference", "subject": "output-conference", "state": "done",
         "summary": "Held."},
        {**BY["update"], "fact_key": "status-cancelled", "subject": "milestone-cancelled", "state": "not_done",
         "summary": "It was called off."},
        # Not the last on the walk, once the later document is out.
        {**BY["summary"], "fact_key": "status-walk", "subject": "milestone-cancelled", "state": "planned",
         "summary": "On its way."},
        # The last of three, in two places of one document.
        {**BY["summary"], "fact_key": "status-alone", "subject": "output-alone", "state": "under_way",
         "summary": "Goes on."},
        {**BY["update"], "fact_key": "status-alone-a", "subject": "output-alone", "state": "changed", "summary": "It."},
        {**BY["update"], "fact_key": "status-alone-b", "subject": "output-alone", "state": "planned", "summary": "It."},
        {**BY["update"], "fact_key": "status-aim-a", "subject": "commitment-aim", "state": "changed", "summary": "It."},
        {**BY["update"], "fact_key": "status-aim-b", "subject": "commitment-aim", "state": "not_done",
         "summary": "It."},
    ],
    "milestone": [
        # Its own row says that it happened.
        {**BY["update"], "fact_key": "milestone-began", "title": "Beginning", "happens": "2010-07", "state": "actual",
         "programme": "programme-a", "scope": "london"},
        # Planned; the row above has the same title and programme, and says that it happened.
        {**BY["summary"], "fact_key": "milestone-begins", "title": "beginning", "happens": "2010-07",
         "state": "planned", "programme": "programme-a", "scope": "london"},
        # The same title, but of another programme: that it began says nothing of this one.
        {**BY["summary"], "fact_key": "milestone-other", "title": "Beginning", "happens": "2010-07",
         "state": "planned", "programme": "programme-b", "scope": "london"},
        # A later document reports the output that it belongs to as done.
        {**BY["summary"], "fact_key": "milestone-conference", "title": "Conference", "happens": "2011-05",
         "state": "planned", "programme": "programme-a", "subject": "output-conference", "scope": "london"},
        # A later document reports the output that it belongs to as changed.
        {**BY["summary"], "fact_key": "milestone-launch", "title": "Launch", "happens": "2011-12",
         "happens_to": "2012-01", "state": "provisional", "programme": "programme-a", "subject": "output-report",
         "scope": "london"},
        # The document that reports the change says this as well: it is the new plan, not a changed one.
        {**BY["update"], "fact_key": "milestone-new-launch", "title": "Publication", "happens": "2012",
         "state": "planned", "programme": "programme-a", "subject": "output-report", "scope": "london"},
        {**BY["summary"], "fact_key": "milestone-cancelled", "title": "Walk", "happens": "2011-01-15",
         "state": "planned", "programme": "programme-a", "scope": "london"},
        # Nobody says what came of it. Over on 1 August 2011, not on 31 July.
        {**BY["summary"], "fact_key": "milestone-silent", "title": "Seminar", "happens": "2011-07",
         "state": "planned", "programme": "programme-a", "scope": "borough", "borough": "Camden"},
        # Without a date: over once a later document is out, and not before.
        {**BY["report"], "fact_key": "milestone-some-day", "title": "Launch of a policy", "state": "planned",
         "scope": "unnamed"},
        # A later document reports two states of what each belongs to: done before not done before changed.
        {**BY["summary"], "fact_key": "milestone-nine", "title": "Nine", "state": "planned", "happens": "2012",
         "programme": "programme-a", "subject": "commitment-nine", "scope": "london"},
        {**BY["summary"], "fact_key": "milestone-safer", "title": "Safer", "state": "planned", "happens": "2012",
         "programme": "programme-a", "subject": "commitment-aim", "scope": "london"},
        {**BY["report"], "fact_key": "milestone-map", "title": "Map", "state": "planned", "happens": "2012",
         "subject": "output-alone", "scope": "london"},
        # Known to the year only: over when the year is.
        {**BY["update"], "fact_key": "milestone-year", "title": "Visit", "happens": "2012", "state": "planned",
         "scope": "london"},
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def cursor(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    """The rows, loaded by the production loader."""
    return cursor_on(tmp_path_factory.mktemp("pilots"), ROWS)


def rows_of(table: str, programme: str | None, as_at: date) -> list[dict[str, str]]:
    """Twin of the filters: the rows of a document dated by then, of the programme."""
    return [
        row
        for row in ROWS[table]
        if USABLE[row["document"]] <= as_at and (programme is None or row.get("programme", "") == programme)
    ]


@twin_of(pilots.reports)
def last_reports(subject: str, as_at: date) -> list[dict[str, str]]:
    own = [row for row in rows_of("status_report", None, as_at) if row["subject"] == subject]
    newest = max((USABLE[row["document"]] for row in own), default=None)
    return [row for row in own if USABLE[row["document"]] == newest]


every_view = pytest.mark.parametrize(
    ("programme", "as_at"), [(programme, as_at) for programme in PROGRAMMES for as_at in DATES]
)


@twin_of(pilots.programmes)
def programmes_twin(rows: dict[str, list[dict]]) -> list[tuple[str, str]]:
    promised = {
        row.get("programme") for table in ("pilot", "output", "commitment", "milestone") for row in rows.get(table, ())
    }
    found = [(row["name"], row["fact_key"]) for row in rows["programme"] if row["fact_key"] in promised]
    return [(key, name) for name, key in sorted(found)]


def test_the_programmes_are_those_that_promised_something_whatever_the_date(cursor) -> None:
    found = [(choice.code, choice.label) for choice in pilots.programmes(cursor)]
    assert found == programmes_twin(ROWS) == [("programme-a", "A"), ("programme-b", "B")]


def test_one_promise_of_any_kind_is_enough(tmp_path) -> None:
    kinds = ("pilot", "output", "commitment", "milestone")
    rows = {kind: [{**ROWS[kind][0], "programme": f"programme-{kind}", "boroughs": ()}] for kind in kinds}
    rows["programme"] = [{**ROWS["programme"][0], "fact_key": f"programme-{kind}", "name": kind} for kind in kinds]
    with holding(scratch_warehouse(tmp_path), rows) as connection:
        found = [(choice.code, choice.label) for choice in pilots.programmes(connection)]
    assert found == programmes_twin(rows)
    assert len(found) == 4


@pytest.mark.parametrize("as_at", DATES)
def test_reports_are_those_of_documents_dated_by_then_and_the_last_is_the_latest_documents(cursor, as_at) -> None:
    found = pilots.reports(cursor, as_at)
    usable = rows_of("status_report", None, as_at)
    assert {report.fact_key for own in found.values() for report in own} == {row["fact_key"] for row in usable}
    for subject in {row["subject"] for row in ROWS["status_report"]}:
        expected = {row["fact_key"] for row in last_reports(subject, as_at)}
        assert {report.fact_key for report in pilots.last_of(found, subject)} == expected


def test_a_report_keeps_state_date_reason_and_document(cursor) -> None:
    (report,) = pilots.last_of(pilots.reports(cursor, DATES[3]), "output-report")
    assert (report.state, report.happened, report.reason, report.short_name) == (
        "changed", "2012", "Money.", "London Board Update",
    )  # fmt: skip
    (other,) = pilots.last_of(pilots.reports(cursor, DATES[3]), "pilot-two")
    assert (other.reason, other.reason_status) == (None, "not_asked")


@every_view
@twin_of(pilots.pilots)
def test_pilots_beside_their_twin(cursor, programme, as_at) -> None:
    expected = {}
    for row in rows_of("pilot", programme, as_at):
        own = [output for output in rows_of("output", None, as_at) if output.get("pilot") == row["fact_key"]]
        items = [
            item
            for item in rows_of("pilot_item", None, as_at)
            if item["pilot"] == row["fact_key"] and item["kind"] == "output"
        ]
        expected[row["fact_key"]] = (
            tuple(sorted(name for name in row.get("boroughs", "").split("; ") if name)),
            {output["name"] for output in own},
            len(items),
            {row["fact_key"], *(output["fact_key"] for output in own)},
        )
    found = pilots.pilots(cursor, programme, as_at)
    assert {
        row.fact_key: (row.boroughs, set(row.promised), row.output_parts, set(row.fact_keys)) for row in found
    } == expected


def test_pilots_stand_by_kind_then_programme_and_those_without_a_borough_last(cursor) -> None:
    found = [row.fact_key for row in pilots.pilots(cursor, None, DATES[3])]
    assert found == ["pilot-two", "pilot-none", "pilot-linked", "pilot-bid"]


@every_view
def test_parts_beside_their_twin(cursor, programme, as_at) -> None:
    shown = {row["fact_key"] for row in ROWS["pilot"] if programme in (None, row["programme"])}
    expected = {row["fact_key"] for row in rows_of("pilot_item", None, as_at) if row["pilot"] in shown}
    assert {row.fact_key for row in pilots.parts(cursor, programme, as_at)} == expected


def test_parts_stand_by_kind_as_the_vocabulary_has_them(cursor) -> None:
    found = [part.kind for part in pilots.parts(cursor, None, DATES[2]) if part.pilot == "pilot-two"]
    assert found == ["aim", "activity", "output"]


@every_view
@pytest.mark.parametrize(("table", "query"), [("output", promises.outputs), ("commitment", promises.commitments)])
def test_promises_beside_their_twin(cursor, table, query, programme, as_at) -> None:
    expected = {row["fact_key"] for row in rows_of(table, programme, as_at)}
    assert {row.fact_key for row in query(cursor, programme, as_at)} == expected


def test_an_output_keeps_by_whom_for_when_and_where_it_was_promised(cursor) -> None:
    (row,) = [row for row in promises.outputs(cursor, None, DATES[3]) if row.fact_key == "output-report"]
    assert (row.by_whom, row.planned_for, row.planned_text) == ("A", "2011-12", "or January")
    assert (row.short_name, row.as_at) == ("Pan-London Project Summary", "2010-07")


@every_view
def test_periods_beside_their_twin(cursor, programme, as_at) -> None:
    with_pilots = {row["programme"] for row in rows_of("pilot", None, as_at)}
    wanted = with_pilots if programme is None else {programme}
    expected = {row["fact_key"] for row in rows_of("programme", None, as_at) if row["fact_key"] in wanted}
    assert {row.fact_key for row in pilots.periods(cursor, programme, as_at)} == expected


def latest_day(text: str) -> date:
    year, month, day = (*(int(part) for part in text.split("-")), 0, 0)[:3]
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


@twin_of(promises.events)
def outcome(row: dict[str, str], as_at: date) -> str:
    """Twin of the rule: what came of an event."""
    said = [report["state"] for report in last_reports(row["fact_key"], as_at)]
    if row.get("subject"):
        said += [
            report["state"]
            for report in last_reports(row["subject"], as_at)
            if USABLE[report["document"]] > USABLE[row["document"]]
        ]
    for other in rows_of("milestone", None, as_at):
        same = other["title"].lower() == row["title"].lower() and other.get("programme") == row.get("programme")
        if same and other["state"] == "actual":
            said.append("done")
    if row["state"] == "actual" or "done" in said:
        return "happened"
    for state in ("not_done", "changed"):
        if state in said:
            return state
    if "happens" in row:
        is_over = latest_day(row.get("happens_to") or row["happens"]) < as_at
    else:
        is_over = any(USABLE[row["document"]] < usable <= as_at for usable in USABLE.values())
    return "not_reported" if is_over else row["state"]


@pytest.mark.parametrize("programme", PROGRAMMES)
@pytest.mark.parametrize("as_at", [*DATES[1:], date(2011, 7, 31), date(2011, 8, 1), date(2013, 1, 1)])
def test_events_beside_their_twin(cursor, programme, as_at) -> None:
    events = sorted(
        rows_of("milestone", programme, as_at),
        key=lambda row: ("happens" not in row, row.get("happens", ""), row["title"], row["fact_key"]),
    )
    expected = [(row["fact_key"], outcome(row, as_at)) for row in events]
    assert [(row.fact_key, row.outcome) for row in promises.events(cursor, programme, as_at)] == expected


def test_what_came_of_each_event_in_november_2011(cursor) -> None:
    found = {row.fact_key: (row.outcome, set(row.keys)) for row in promises.events(cursor, None, DATES[3])}
    assert found == {
        "milestone-began": ("happened", {"milestone-began"}),
        "milestone-begins": ("happened", {"milestone-begins", "milestone-began"}),
        "milestone-other": ("not_reported", {"milestone-other"}),
        "milestone-conference": ("happened", {"milestone-conference", "status-conference"}),
        "milestone-launch": ("changed", {"milestone-launch", "status-report"}),
        "milestone-new-launch": ("planned", {"milestone-new-launch"}),
        "milestone-cancelled": ("not_done", {"milestone-cancelled", "status-cancelled"}),
        "milestone-silent": ("not_reported", {"milestone-silent"}),
        "milestone-some-day": ("not_reported", {"milestone-some-day"}),
        "milestone-nine": ("happened", {"milestone-nine", "status-nine-a", "status-nine-b"}),
        "milestone-safer": ("not_done", {"milestone-safer", "status-aim-a", "status-aim-b"}),
        "milestone-map": ("changed", {"milestone-map", "status-alone-a", "status-alone-b"}),
        "milestone-year": ("planned", {"milestone-year"}),
    }


@every_view
@twin_of(promises.changes)
def test_changes_beside_their_twin(cursor, programme, as_at) -> None:
    promised = {row["fact_key"]: row for table in ("pilot", "output", "commitment", "milestone") for row in ROWS[table]}
    expected = {}
    for report in rows_of("status_report", None, as_at):
        subject = promised[report["subject"]]
        if programme is not None and subject.get("programme", "") != programme:
            continue
        if report["document"] == subject["document"] and report["state"] != "changed":
            continue
        earlier = [
            other
            for other in rows_of("status_report", None, as_at)
            if other["subject"] == report["subject"] and USABLE[other["document"]] < USABLE[report["document"]]
        ]
        before = max(earlier, key=lambda other: USABLE[other["document"]], default=None)
        expected[report["fact_key"]] = (before["state"] if before else None, report["state"])
    rows = promises.changes(cursor, programme, as_at)
    assert {row.fact_key: (row.before_state, row.state) for row in rows} == expected
    by_key = {report["fact_key"]: report for report in ROWS["status_report"]}
    kinds = ("programme", "pilot", "output", "commitment", "milestone", "body")
    order = [(USABLE[by_key[row.fact_key]["document"]], kinds.index(row.kind), row.fact_key) for row in rows]
    assert order == sorted(order)


def test_a_change_says_old_and_new_and_by_which_documents(cursor) -> None:
    found = {row.fact_key: row for row in promises.changes(cursor, None, DATES[3])}
    moved = found["status-report"]
    assert (moved.what, moved.planned_for, moved.said_by) == ("Report", "2011-12", "Pan-London Project Summary")
    assert (moved.state, moved.happened, moved.reported_by, moved.reason) == (
        "changed", "2012", "London Board Update", "Money.",
    )  # fmt: skip
    assert moved.keys == ("output-report", "status-report")
    again = found["status-second"]
    assert (again.before_state, again.before_by, again.state) == ("planned", "Pan-London Project Summary", "done")
    assert again.keys == ("pilot-two", "status-first", "status-second")
    assert "status-own" not in found
    assert "status-own-change" in found
