"""Finds the tables in the lines of a printed report. Every line is part of a table, no data, or named by a fault.

A table begins with "Grouped By" and ends with its total. Whatever in it is neither a row nor a mark of a page is a
fault. What stands around the tables is no data, and its text is kept nowhere: it may name people. Figures that could
belong to two names are refused and not guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from etl.returns.people import contact_details
from etl.returns.raw import RawFault
from etl.returns.report_lines import Kind, Line, days_in, total_in
from etl.returns.rows import EMPTY
from etl.returns.text import shown, trouble
from warehouse.schema.returns import TRAINING

MARK, HEADING, AROUND = "mark of a page", "heading of a table", "text around the tables"

_EXPECTED_RANGE = "Expected “Date Range:” with two days, such as 02/11/2009 - 29/04/2010, below “Grouped By”."
_EXPECTED_NUMBER = (
    "Expected a name, and behind it or below it the percentage and in brackets the number. Print the report again, or "
    "give its numbers in the sheet “Training”."
)


@dataclass(frozen=True)
class Row:
    """One category: the line of its name, and its figures as printed."""

    line: int
    name: str
    percentage: str
    number: str


@dataclass
class Table:
    """One table. `line`: where it begins. `total`: the line of its total and the number."""

    line: int
    grouped_by: str
    days: tuple[date, date] | None = None
    has_range: bool = False  # it has a line that says its days, readable or not
    has_rows: bool = False  # it has a line that is to be a row, readable or not
    rows: list[Row] = field(default_factory=list)
    total: tuple[int, str] | None = None


class Tables:
    """Takes the lines of a report one by one. `end` closes what is open after the last."""

    def __init__(self) -> None:
        self.tables: list[Table] = []
        self.not_data: list[tuple[int, str]] = []
        self.faults: list[RawFault] = []
        self._faulty: set[int] = set()
        self._open: Table | None = None
        self._label: Line | None = None  # waits on the lines below it for what it says
        self._names: list[Line] = []  # wait for figures
        self._percentage = ""  # waits for its number

    def take(self, line: Line) -> None:
        """Take one line."""
        if line.kind is Kind.empty:
            self.not_data.append((line.at, EMPTY))
        elif line.kind is Kind.mark:
            self.not_data.append((line.at, MARK))
        elif line.kind is Kind.heading:
            self.not_data.append((line.at, HEADING))
        elif self._label is None or not self._answer(self._label, line):
            self._take(line)

    def end(self) -> None:
        """Close what is open."""
        if self._label:
            self._no_answer(self._label)
        self._close()
        self.not_data.sort()
        self.faults.sort(key=lambda fault: fault.line)

    def _take(self, line: Line) -> None:
        table = self._open
        if line.kind is Kind.grouped and line.text:
            self._begin(line.at, line.text)
        elif line.kind is Kind.grouped:
            self._label = line
        elif table is None:
            self._take_around(line)
        elif line.kind is Kind.range and days_in(line.text):
            self._set_days(line.at, line.text)
        elif line.kind is Kind.total and line.number:
            self._close((line.at, line.number))
        elif line.kind in (Kind.range, Kind.total):
            self._label = line
        elif line.kind is Kind.text:
            table.has_rows = True
            if self._percentage:
                self._drop_names()
            self._names.append(line)
        else:
            table.has_rows = True
            self._take_figures(line)

    def _take_around(self, line: Line) -> None:
        """A line outside the tables: a row that stands there belongs to a table whose heading is lost."""
        if line.kind in (Kind.figures, Kind.count):
            self._fault(line.at, "Expected a row of figures inside a table, below “Grouped By” and above “Total”.")
        else:
            self.not_data.append((line.at, AROUND))

    def _take_figures(self, line: Line) -> None:
        """A line with a percentage, a number in brackets or both; a name before them begins a row."""
        if line.text and line.kind is Kind.figures:
            self._drop_names()
            self._names = [line]
        elif len(self._names) != 1 or (self._percentage and line.percentage):
            self._drop_names()
            self._fault(line.at, "Expected one name above these figures, and one pair of figures below a name.")
            return
        else:
            self._continues(line.at, self._names[0].at)
        self._percentage = line.percentage or self._percentage
        if line.number:
            self._row(Row(self._names[0].at, self._names[0].text, self._percentage, line.number))

    def _row(self, row: Row) -> None:
        self._names, self._percentage = [], ""
        reaches = contact_details(row.name)
        expected = f"Expected a category; this looks like {reaches}. Take it out." if reaches else trouble(row.name)
        if expected:
            self._fault(row.line, expected, "category")
        else:
            self._open.rows.append(row)

    def _drop_names(self) -> None:
        """Names without figures, or figures with more than one name: none is told, it may be a name of a person."""
        for name in self._names:
            self._fault(name.at, _EXPECTED_NUMBER)
        self._names, self._percentage = [], ""

    def _answer(self, label: Line, line: Line) -> bool:
        """Take `line` as what `label` says, if it may be that."""
        self._label = None
        if label.kind is Kind.grouped and line.kind is Kind.text:
            self._begin(label.at, line.text)
        elif label.kind is Kind.range and days_in(f"{label.text} {line.text}".strip()):
            self._set_days(label.at, f"{label.text} {line.text}".strip())
        elif label.kind is Kind.total and total_in(line.printed):
            self._close((label.at, total_in(line.printed)))
        else:
            self._no_answer(label)
            return False
        self._continues(line.at, label.at)
        return True

    def _no_answer(self, label: Line) -> None:
        if label.kind is Kind.total:
            self._fault(label.at, "Expected the number of the total behind it or below it.", "number")
            self._close((label.at, ""))
        elif label.kind is Kind.range:
            self._fault(label.at, _EXPECTED_RANGE, "held_from", label.text)
            self._open.has_range = True
        else:
            self._fault(label.at, "Expected by what the table is grouped, behind it or below it.", "breakdown")

    def _begin(self, at: int, grouped_by: str) -> None:
        if self._open and self._open.grouped_by.casefold() == grouped_by.casefold():
            self.not_data.append((at, HEADING))  # the table goes on, on another page
            return
        self._close()
        if expected := trouble(grouped_by):
            self._fault(at, expected, "breakdown")
        self._open = Table(at, "" if expected else grouped_by)

    def _set_days(self, at: int, text: str) -> None:
        if self._open.has_range and self._open.days != days_in(text):
            self._fault(at, "Expected the same days as above in this table.", "held_from", text)
            return
        self._open.days, self._open.has_range = days_in(text), True
        self.not_data.append((at, HEADING))

    def _close(self, total: tuple[int, str] | None = None) -> None:
        """End the table that is open. `total`: its line, and its number or "" where that was refused."""
        table = self._open
        if table is None:
            return
        self._drop_names()
        if not table.has_range:
            self._fault(table.line, _EXPECTED_RANGE, "held_from")
        if not total:
            self._fault(table.line, "Expected “Total:” and its number at the end of this table.", "number")
        if not table.has_rows:
            self._fault(table.line, "Expected rows in this table.")
        if table.line not in self._faulty:
            self.not_data.append((table.line, HEADING))
        table.total = total if total and total[1] else None
        self.tables.append(table)
        self._open = None

    def _continues(self, at: int, line: int) -> None:
        self.not_data.append((at, f"continues line {line}"))

    def _fault(self, at: int, expected: str, column: str = "", value: str = "") -> None:
        self._faulty.add(at)
        self.faults.append(RawFault(TRAINING.name, at, column, shown(value), expected))
