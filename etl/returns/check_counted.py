"""The lines of Training that were made by counting Attendance, checked like those that somebody wrote.

No row of the file stands behind one of them alone, so what is wrong with them is said of the sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from etl.returns.counted import CountedReturn
from etl.returns.faults import ReturnFault, fault
from etl.returns.raw import RawReturn, RawSheet
from etl.returns.rules import Line
from warehouse.schema.returns import ATTENDANCE, TRAINING


def counted_sheet(raw: RawReturn) -> RawSheet | None:
    """The sheet of `raw` that was made by counting rows about people, or None."""
    counted = isinstance(raw, CountedReturn) and any(one.sheet == ATTENDANCE.name for one in raw.accounts)
    return raw.sheets[-1] if counted else None


def as_attendance(lines: Sequence[Line]) -> tuple[Line, ...]:
    """The lines under the name of the sheet that they were counted from."""
    return tuple(replace(line, sheet=ATTENDANCE.name) for line in lines)


def faults_of_sheet(faults: Sequence[ReturnFault]) -> list[ReturnFault]:
    """What is wrong with counted lines, each sentence once, without a row and without a value."""
    said = {(one.expected, one.is_error): one for one in faults}
    return [fault(ATTENDANCE.name, 0, "", "", one.expected, is_error=one.is_error) for one in said.values()]


def said_twice(counted: Sequence[Line], written: Sequence[Line]) -> tuple[tuple[Line, ...], list[ReturnFault]]:
    """The counted lines without the courses that Training has as well, and a warning for each of those.

    What somebody wrote stands: they may know of people who are not in the list.
    """
    totals = {_course(line): line["number"] for line in written if line["breakdown"] == "all"}
    courses = {_course(line) for line in written}
    warnings = [
        fault(
            ATTENDANCE.name, 0, "course", "",
            f"{line['course']} stands in {TRAINING.title} too, with {totals.get(_course(line), 'no total')}; counted "
            f"here: {line['number']}. The numbers of {TRAINING.title} are used.",
            is_error=False,
        )
        for line in counted
        if line["breakdown"] == "all" and _course(line) in courses
    ]  # fmt: skip
    return tuple(line for line in counted if _course(line) not in courses), warnings


def _course(line: Line) -> tuple[str, str]:
    return str(line["course"]).casefold(), str(line["counts"])
