"""What the workbook says to its reader beside the declarations, and how wide a column of words is."""

from __future__ import annotations

from datetime import date

from etl.returns.codes import CodeList, Round
from warehouse.schema.column import Column, Kind
from warehouse.schema.returns import LINE

STEPS = (
    "Fill in the dates and the version below.",
    "Go through the sheets. What you sent last time is filled in: change what is no longer so, add lines at the end.",
    "Leave a cell empty where you cannot say. It is read as not reported. Write 0 only where the number is nought.",
    "Choose from the list where a cell has one. What each term means stands under Codes.",
    "Write no names, addresses or telephone numbers of people.",
    "Check this file on the dashboard, mend what it lists, and send it to the operations group.",
)
"""In the order of the work. Each fits on one line of the sheet."""


def account_of(asked: Round) -> str:
    """What the round is, and by when it is to be answered, where that is known."""
    if not asked.deadline:
        return asked.meaning
    return f"{asked.meaning} Send it by {_day(asked.deadline)}."


def _day(text: str) -> str:
    """A day in words; text that is no day stays as it is."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return text
    return f"{day.day} {day:%B %Y}"


def width_of(column: Column, known: CodeList | None) -> float:
    """How wide a column is, in letters: as its longest term, or as what it holds is likely to need."""
    if column is LINE:
        return 8
    if known and not column.many:
        return min(max(longest_of(known) + 2, 13), 26)
    if column.kind in (Kind.integer, Kind.decimal, Kind.date, Kind.partial_date):
        return 13
    return 32 if column.absent else 24


def longest_of(known: CodeList) -> int:
    """Letters of its longest term."""
    return max((len(label) for label in known.labels), default=0)
