"""Finds the row of headings of a CSV file, and with it the sheet and what parts the cells.

No sniffer is asked. It is the comma, the semicolon or the tab with which the headings are exactly those of one sheet.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass

from etl.returns.headings import MOST_COLUMNS, ROWS_SEARCHED, Match, match, problems
from etl.returns.raw import Refused
from etl.returns.text import tidy
from warehouse.schema.column import Column
from warehouse.schema.returns import SHEETS, START, Sheet

DELIMITERS = (",", ";", "\t")

_LONGEST_HEADING_ROW = 20_000  # characters; the longest of ours has some 200
_COMES_CLOSE = 3  # so many headings of ours tell a return with a fault from a file of another kind


@dataclass(frozen=True)
class CsvHeading:
    """A row of headings: the physical line it begins on, what parts its cells, and what they name of which sheet."""

    line: int
    delimiter: str
    sheet: Sheet
    match: Match

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns it should name: those of START and the sheet's own."""
        return (*START.columns, *self.sheet.columns)

    @property
    def fits(self) -> bool:
        """Whether it names each of them once and nothing else."""
        return self.match.is_whole and not self.match.unknown


def find_heading(head: list[str], file_name: str) -> CsvHeading:
    """The row of headings among the first physical lines of a file, `head`, given with their ends.

    Raises `Refused` with what is wrong with the row that comes closest.
    """
    best: CsvHeading | None = None
    for line in range(1, len(head) + 1):
        for delimiter in DELIMITERS:
            cells = _cells(head[line - 1 :], delimiter)
            for sheet in SHEETS.values() if len(cells) > 1 else ():
                found = CsvHeading(line, delimiter, sheet, match(cells, (*START.columns, *sheet.columns)))
                if found.fits:
                    return found
                if best is None or found.match.found > best.match.found:
                    best = found
    raise Refused(f"{file_name}: {_no_heading(head, best)}")


def _cells(lines: list[str], delimiter: str) -> list[str]:
    """The cells of the first row in `lines`; none where it is no CSV, or longer than any row of headings."""
    if len(lines[0]) > _LONGEST_HEADING_ROW:
        return []
    try:
        return next(csv.reader(lines, delimiter=delimiter, strict=True), [])
    except csv.Error:
        return []


def _no_heading(head: list[str], best: CsvHeading | None) -> str:
    """Why no row of headings was found, from the row that comes closest to one."""
    if not any(tidy(line) for line in head):
        return "nothing stands in the file; expected the headings of a sheet and its rows."
    for line, text in enumerate(head, start=1):
        cells = max(text.count(delimiter) for delimiter in DELIMITERS) + 1
        if cells > MOST_COLUMNS:
            return (
                f"line {line} has {cells:,} columns; expected {MOST_COLUMNS} at most. Save one sheet of the workbook "
                "as CSV, or send the workbook."
            )
    if best is None or best.match.found < _COMES_CLOSE:
        titles = ", ".join(f"“{sheet.title}”" for sheet in SHEETS.values())
        return (
            f"none of the first {ROWS_SEARCHED} lines holds the headings of a return; expected those of "
            f"“{START.title}” and then those of one of {titles}, parted by commas, semicolons or tabs. Save one sheet "
            "of the workbook as CSV, or send the workbook."
        )
    return (
        f"line {best.line} comes closest to the headings of “{best.sheet.title}”. "
        f"{problems(best.match, best.columns)} Expected the headings of “{START.title}” and those of "
        f"“{best.sheet.title}”, each once. Mend the line of headings."
    )
