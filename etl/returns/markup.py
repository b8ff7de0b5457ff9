"""A marked-up copy of what an officer sent: each fault as a comment on its cell, and all of them on a sheet of its own.

The copy is for mending and sending again, so drop-downs, formats and formulas stay, and what an earlier mark-up put in
is taken out first. Run it only on a file that the readers accepted: it holds the whole file in memory.
"""

from __future__ import annotations

import csv
import warnings
import zipfile
from collections.abc import Mapping, Sequence
from copy import copy
from pathlib import Path
from xml.etree.ElementTree import ParseError

import openpyxl
from defusedxml import DefusedXmlException
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.utils import quote_sheetname
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from etl.returns.markup_csv import mark_up_text
from etl.returns.markup_list import FAULTS_TITLE, is_list_of_faults, write_list
from etl.returns.markup_rules import lost_rules
from etl.returns.markup_words import AUTHOR, FILL, MARKED, MOST_COMMENTS, Mark, by_cell, comment_on, plain, size_of
from warehouse.schema.returns import SHEETS, START, heading

__all__ = ["FAULTS_TITLE", "CannotMark", "Mark", "mark_up"]

ROWS_SEARCHED = 20
"""The heading row stands among so many rows of a sheet."""

# What openpyxl raises over parts of a workbook that the readers do not look at, such as its styles.
_UNREADABLE = (
    ArithmeticError, AssertionError, AttributeError, DefusedXmlException, LookupError, OSError, ParseError, TypeError,
    ValueError, csv.Error, zipfile.BadZipFile,
)  # fmt: skip


class CannotMark(Exception):
    """No marked-up copy can be made of a file. The message says why, and that the list of faults stands without it."""


def mark_up(source: Path, target: Path, marks: Sequence[Mark]) -> None:
    """Write a copy of `source` with `marks` to `target`, always a workbook.

    A workbook keeps its sheets. Any other file is taken for text: a CSV gives a sheet of its rows, each in the row of
    its physical line and every cell as text; other text gives a line a row. Raises `CannotMark`.
    """
    try:
        if zipfile.is_zipfile(source):
            _mark_up_workbook(source, target, marks)
        else:
            mark_up_text(source, target, marks)
    except _UNREADABLE as error:
        target.unlink(missing_ok=True)
        raise CannotMark(
            f"{source.name}: no marked-up copy can be made of it ({type(error).__name__}). The list of its faults is "
            "whole without one."
        ) from error


def _mark_up_workbook(source: Path, target: Path, marks: Sequence[Mark]) -> None:
    with warnings.catch_warnings():
        # openpyxl tells of what it would drop. Rules are put back below; for pictures and the like the list says so.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(source, rich_text=True)
    for title, rules in lost_rules(source).items():
        for rule in rules:
            book[title].add_data_validation(rule)
    _take_out_earlier(book)
    sheets = {plain(sheet.title): sheet for sheet in book.worksheets}
    columns = {title: _columns(sheet, marks) for title, sheet in sheets.items()}
    places: dict[int, str] = {}
    for (title, row, column_heading), found in list(by_cell(marks).items())[:MOST_COMMENTS]:
        sheet = sheets.get(plain(title))
        cell = _cell(sheet, row, column_heading, columns[plain(title)]) if sheet else None
        if cell is not None:
            _comment(cell, found)
            places |= {id(mark): f"{quote_sheetname(sheet.title)}!{cell.coordinate}" for mark in found}
    write_list(book, marks, places)
    book.save(target)


def _take_out_earlier(book: Workbook) -> None:
    """Take out the comments, fills and list that an earlier mark-up left in this file."""
    for sheet in [sheet for sheet in book.worksheets if is_list_of_faults(sheet)]:
        book.remove(sheet)
    for sheet in book.worksheets:
        for cell in [cell for row in sheet.iter_rows() for cell in row if cell.comment]:
            before, marked, _ = cell.comment.text.partition(MARKED)
            if not marked:
                continue
            before = before.rstrip()
            cell.comment = Comment(before, cell.comment.author) if before else None
            if cell.fill.fill_type == "solid" and cell.fill.start_color.rgb == FILL:
                cell.fill = PatternFill()


def _columns(sheet: Worksheet, marks: Sequence[Mark]) -> dict[str, int]:
    """Heading → column, by the row of the first ones that holds most headings of the sheet."""
    declared = next((one for one in SHEETS.values() if plain(one.title) == plain(sheet.title)), None)
    known = {plain(heading(column)) for column in declared.columns} if declared else set()
    known |= {plain(mark.column_heading) for mark in marks if plain(mark.sheet_title) == plain(sheet.title)} - {""}
    rows = sheet.iter_rows(max_row=ROWS_SEARCHED)
    best = max(rows, key=lambda row: sum(plain(cell.value) in known for cell in row), default=())
    return {plain(cell.value): cell.column for cell in reversed(best)}


def _cell(sheet: Worksheet, row: int, column_heading: str, columns: Mapping[str, int]) -> Cell | None:
    """The cell a mark speaks of, or None for a whole sheet. A row without that column is marked at its first cell."""
    if plain(sheet.title) == plain(START.title):
        return _beside_label(sheet, row, column_heading)
    if row < 1:
        return None
    column = columns.get(plain(column_heading)) if column_heading else None
    if column is None:
        column = next((cell.column for cell in sheet[row] if cell.value is not None), 1)
    return _topmost(sheet, row, column)


def _beside_label(sheet: Worksheet, row: int, label: str) -> Cell | None:
    """On 'Start here' a value stands to the right of its label; where the label is missing, only the row is known."""
    for (cell,) in sheet.iter_rows(max_col=1):
        if label and plain(cell.value) == plain(label):
            return _topmost(sheet, cell.row, 2)
    return _topmost(sheet, row, 2) if row > 0 else None


def _topmost(sheet: Worksheet, row: int, column: int) -> Cell:
    """That cell, or the one that a merged area shows in its place."""
    cell = sheet.cell(row, column)
    if not isinstance(cell, MergedCell):
        if cell.value is None and not cell.has_style:
            _dress(sheet, cell)
        return cell
    area = next(area for area in sheet.merged_cells.ranges if cell.coordinate in area)
    return sheet.cell(area.min_row, area.min_col)


def _dress(sheet: Worksheet, cell: Cell) -> None:
    """Give a new, empty cell the format of its column, which it would hide: what is typed there is to stay text."""
    for column in sheet.column_dimensions.values():
        if column.min and column.min <= cell.column <= column.max:
            cell._style = copy(column._style)


def _comment(cell: Cell, marks: Sequence[Mark]) -> None:
    """Put the faults of a cell on it, below what the officer noted there. A fill of their own stays."""
    words = comment_on(marks)
    if cell.comment:
        words = f"{cell.comment.text.rstrip()}\n\n{words}"
    comment = Comment(words, cell.comment.author if cell.comment else AUTHOR)
    comment.width, comment.height = size_of(words)
    cell.comment = comment
    if not cell.fill.fill_type:
        cell.fill = PatternFill("solid", start_color=FILL, end_color=FILL)
