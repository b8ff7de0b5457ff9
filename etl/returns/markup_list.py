"""The sheet 'Faults' of a marked-up copy: every fault in the order of sheets and rows, with a way to its cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font
from openpyxl.workbook import Workbook
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from etl.returns.markup_words import MOST_COMMENTS, Mark, clean

FAULTS_TITLE = "Faults"
"""The title of the list. A reader passes over a sheet of this name."""

TITLE = "Faults found in this return"
HEADINGS = ("Sheet", "Row", "Column", "Error or warning", "What is wrong, and how to mend it")
WIDTHS = (22, 8, 26, 18, 110)


def notes(marks: Sequence[Mark], has_comments: bool) -> tuple[str, str]:
    """The two sentences above the list."""
    errors = sum(mark.is_error for mark in marks)
    counted = (
        f"{_counted(errors, 'error')} and {_counted(len(marks) - errors, 'warning')}. An error keeps its row out, a "
        "warning does not."
    )
    if not marks:
        counted = "No fault was found."
    if not has_comments:
        return counted, "Mend them in the file you sent, and send that again."
    first = f" The first {MOST_COMMENTS:,} cells have one." if len(marks) > MOST_COMMENTS else ""
    return counted, (
        f"Each stands as a comment on its cell too.{first} Mend them here and send this file again. "
        "Pictures, charts and drawings are not in this copy."
    )


def _counted(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"


def is_list_of_faults(sheet: Worksheet) -> bool:
    """Whether an earlier mark-up wrote this sheet."""
    return sheet["A1"].value == TITLE


def write_list(book: Workbook, marks: Sequence[Mark], places: Mapping[int, str]) -> None:
    """Write the list as the first sheet, which opens. `places`: identity of a mark → the address of its cell."""
    sheet = book.create_sheet(FAULTS_TITLE, 0)
    _text(sheet.cell(1, 1), TITLE).font = Font(name="Arial", size=18, bold=True)
    sheet.row_dimensions[1].height = 26
    for row, words in enumerate(notes(marks, has_comments=True), start=2):
        _text(sheet.cell(row, 1), words)
    for column, (words, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True), start=1):
        _text(sheet.cell(5, column), words).font = Font(name="Arial", size=10, bold=True)
        sheet.column_dimensions[sheet.cell(5, column).column_letter].width = width
    for row, mark in enumerate(in_order(marks), start=6):
        for column, words in enumerate(line(mark), start=1):
            _text(sheet.cell(row, column), words)
        if place := places.get(id(mark)):
            cell = sheet.cell(row, 2)
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place)
            cell.font = Font(name="Arial", size=10, underline="single", color="FF1D70B8")
    sheet.freeze_panes = "A6"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "5:5"
    # Sheets that are selected together would all take what is typed into one of them.
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet
    book.active = 0


def in_order(marks: Sequence[Mark]) -> list[Mark]:
    """First what is about the whole file, then sheet by sheet as they came, by row."""
    titles = list(dict.fromkeys(mark.sheet_title for mark in marks))
    return sorted(marks, key=lambda mark: (bool(mark.sheet_title), titles.index(mark.sheet_title), mark.row))


def line(mark: Mark) -> tuple[str, str, str, str, str]:
    """The cells of one line of the list."""
    return (
        mark.sheet_title or "The whole file", f"{mark.row}" if mark.row else "", mark.column_heading, mark.word,
        mark.sentence,
    )  # fmt: skip


def _text(cell: Cell, words: str) -> Cell:
    """Write words as text, whatever they begin with."""
    cell.value = clean(words)
    cell.data_type = "s"
    cell.font = Font(name="Arial", size=10)
    cell.alignment = Alignment(wrap_text=cell.row > 5, vertical="top")
    return cell
