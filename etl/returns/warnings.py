"""Warnings that need more than the sheet: dates outside the round, and counts far from those of the round before."""

from __future__ import annotations

from collections.abc import Iterable

from etl.returns.check import Checked
from etl.returns.faults import ReturnFault
from etl.returns.rules import Line
from warehouse.schema.returns import ATTENDANCE, GROUPS, PILOTS, TRAINING

HAPPENED = {
    PILOTS.name: ("actual_from", "actual_to"),
    GROUPS.name: ("last_confirmed",),
    TRAINING.name: ("held_from", "held_to"),
}
"""Sheet → columns that say when something happened."""

FAR_TIMES, FAR_PEOPLE = 3, 20
"""A count is far from the last one where it is more than three times as many or as few, and 20 or more apart. Ours: it
only asks the officer to look again."""


def date_warnings(checked: Checked) -> list[ReturnFault]:
    """What is reported to have happened after the day for which the return speaks."""
    if checked.start is None:
        return []
    day = checked.start.as_at.isoformat()
    return [
        line.warning(column, f"This is after {day}, the day for which the return speaks. A plan is not an event.")
        for sheet, columns in HAPPENED.items()
        for line in checked.lines.get(sheet, ())
        for column in columns
        if line[column] and line[column] > day[: len(line[column])]
    ]


def count_warnings(checked: Checked, before: Checked | None) -> list[ReturnFault]:
    """Totals that are far from those of the same course in the round before."""
    if before is None:
        return []
    last = {_course(line): line["number"] for line in _totals(before)}
    faults = []
    for line in _totals(checked):
        then, now = last.get(_course(line)), line["number"]
        if then is not None and abs(now - then) >= FAR_PEOPLE and (now > FAR_TIMES * then or then > FAR_TIMES * now):
            faults.append(line.warning("number", f"Last round it was {then:,}. Look again whether both are right."))
    return faults


def _totals(checked: Checked) -> Iterable[Line]:
    lines = (*checked.lines.get(TRAINING.name, ()), *checked.lines.get(ATTENDANCE.name, ()))
    return (line for line in lines if line["breakdown"] == "all" and line["number"] is not None)


def _course(line: Line) -> tuple[str, str]:
    return str(line["course"]).casefold(), str(line["counts"])
