"""Reads one sheet of a workbook: finds its headings, and gives every row below them to `rows`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
from openpyxl.utils import get_column_letter

from etl.returns.archive import DAMAGED
from etl.returns.cell_text import UNCALCULATED, NoFormat, text_of
from etl.returns.headings import MOST_COLUMNS, ROWS_SEARCHED, Match, comparable, match, problems
from etl.returns.raw import RawFault, RawSheet, Refused
from etl.returns.rows import ABOVE, EMPTY, Flaw, Rows
from etl.returns.sheet_xml import Layout
from etl.returns.text import shown, tidy, tidy_cell, trouble
from warehouse.schema.column import Column
from warehouse.schema.returns import START, Sheet, heading

MOST_ROWS = 100_000

_COMES_CLOSE = 3  # so many headings of ours make a row the one that was meant
_MERGED = "Expected cells of their own; some of this row are merged. Unmerge them, and fill in each that applies."
_WORDS = Column("words", "Stands for the column of a cell that is not data.")

Row = tuple[int, Sequence[ReadOnlyCell | EmptyCell]]
Cells = Iterator[Row]


@dataclass(frozen=True, eq=False)
class Worksheet:
    """A sheet of a workbook. `rows` gives, once and as they are read, the number of each row and its cells."""

    title: str
    file_name: str
    layout: Layout
    rows: Cells


def read_sheet(worksheet: Worksheet, sheet: Sheet) -> tuple[RawSheet, list[RawFault]]:
    """The rows of `sheet`, and the faults in them.

    A column of another name is passed over, with a fault of line 0 where it holds something. Raises `Refused` where
    the headings of the sheet are not there, or it is too large.
    """
    _check_size(worksheet)
    head = list(islice(worksheet.rows, ROWS_SEARCHED))
    line, found = _heading(worksheet, sheet, head)
    others = dict.fromkeys(dict(found.unknown), 0)
    named = [place for place in range(len(found.names)) if place not in others]
    by_name = {column.name: column for column in sheet.columns}
    columns = [by_name.get(name, _WORDS) for name in found.names]
    merged = _merged_rows(worksheet.layout)
    rows = Rows(sheet, worksheet.title, tuple(found.names[place] for place in named))
    for number, cells in chain(head, worksheet.rows):
        texts = [_text(worksheet, number, place, cells, column) for place, column in enumerate(columns)]
        if number < line:
            rows.not_data.append((number, EMPTY if all(map(_is_blank, texts)) else ABOVE))
        elif number > line:
            rows.take(number, [texts[place] for place in named], _MERGED if merged[number] else "")
            for place in others:
                others[place] += not _is_blank(texts[place])
    for place, text in found.unknown:
        if others[place]:
            expected = (
                f"Expected the columns of this sheet only; this one was not read, and {others[place]:,} rows hold "
                "something in it. Move it to a column of the sheet, or delete it."
            )
            rows.fault(0, "", tidy(text), expected)
    return rows.done(), rows.faults


def read_start(worksheet: Worksheet) -> tuple[dict[str, str], list[RawFault]]:
    """The cells of START by column name, and the faults in them: a label in the first column, its value in the second.

    A label that is missing gives "". Raises `Refused` where one stands twice.
    """
    _check_size(worksheet)
    columns = {comparable(heading(column)): column for column in START.columns}
    start: dict[str, str] = {}
    faults = []
    for number, cells in worksheet.rows:
        label = _text(worksheet, number, 0, cells, _WORDS)
        column = None if isinstance(label, Flaw) else columns.get(comparable(label).rstrip(" :*"))
        if column is None:
            continue
        if column.name in start:
            raise Refused(
                f"{worksheet.file_name}: “{heading(column)}” stands twice on the sheet “{shown(worksheet.title)}”, "
                f"again in row {number}; expected once. Delete one."
            )
        value = _text(worksheet, number, 1, cells, column)
        flaw = value if isinstance(value, Flaw) else Flaw(value, trouble(value))
        start[column.name] = "" if flaw.expected else tidy_cell(column, flaw.value)
        if flaw.expected:
            faults.append(RawFault(START.name, number, column.name, shown(flaw.value), flaw.expected))
    return {column.name: start.get(column.name, "") for column in START.columns}, faults


def _check_size(worksheet: Worksheet) -> None:
    """A cell far out would make us read all up to it."""
    layout = worksheet.layout
    if layout.last_row > MOST_ROWS or layout.last_column > MOST_COLUMNS:
        raise Refused(
            f"{worksheet.file_name}: on the sheet “{shown(worksheet.title)}” something stands as far out as row "
            f"{layout.last_row:,} or column {get_column_letter(layout.last_column)}; expected {MOST_ROWS:,} rows and "
            f"{MOST_COLUMNS} columns at most. Delete the rows and columns that are not of the return."
        )


def _heading(worksheet: Worksheet, sheet: Sheet, head: list[Row]) -> tuple[int, Match]:
    """The row of headings and what it names. Raises `Refused` with what is wrong with the row that comes closest."""
    where = f"{worksheet.file_name}: on the sheet “{shown(worksheet.title)}”"
    best: tuple[int, Match] | None = None
    for number, cells in head:
        texts = [_text(worksheet, number, place, cells, _WORDS) for place in range(len(cells))]
        found = match(["" if isinstance(text, Flaw) else text[:200] for text in texts], sheet.columns)
        if best is None or found.found > best[1].found:
            best = (number, found)
        if found.is_whole:
            break
    if best is None or best[1].found < _COMES_CLOSE:
        raise Refused(
            f"{where} none of the first {ROWS_SEARCHED} rows holds its headings; expected "
            f"{', '.join(f'“{heading(column)}”' for column in sheet.columns)}. Copy them from the workbook that the "
            "atlas gives out, or delete the sheet if the return is without it."
        )
    line, found = best
    if any(area.first_row <= line <= area.last_row for area in worksheet.layout.merged):
        raise Refused(
            f"{where} cells of the headings in row {line} are merged; expected one cell a heading. Unmerge them."
        )
    if not found.is_whole:
        raise Refused(f"{where} row {line} holds the headings. {problems(found, sheet.columns)} Mend that row.")
    return line, found


def _merged_rows(layout: Layout) -> Sequence[int]:
    """For each row, how many merged ranges reach it; row 0 is none."""
    steps = [0] * (layout.last_row + 2)
    for area in layout.merged:
        if area.first_row <= layout.last_row:
            steps[area.first_row] += 1
            steps[min(area.last_row, layout.last_row) + 1] -= 1
    reached = 0
    for row, step in enumerate(steps):
        reached += step
        steps[row] = reached
    return steps


def _text(worksheet: Worksheet, row: int, place: int, cells: Sequence, column: Column) -> str | Flaw:
    if (row, place + 1) in worksheet.layout.uncalculated:
        return UNCALCULATED
    try:
        return text_of(cells[place], column) if place < len(cells) else ""
    except NoFormat as error:
        where = f"{worksheet.file_name}: on the sheet “{shown(worksheet.title)}”"
        raise Refused(f"{where} row {row} holds a format that is not in the workbook. {DAMAGED}") from error


def _is_blank(text: str | Flaw) -> bool:
    return not isinstance(text, Flaw) and not tidy(text)
