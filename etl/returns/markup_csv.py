"""A marked-up copy of a text file: a workbook of its rows, every cell as text, with the faults as comments."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from etl.returns.markup_list import FAULTS_TITLE, HEADINGS, TITLE, WIDTHS, in_order, line, notes
from etl.returns.markup_words import AUTHOR, FILL, MOST_COMMENTS, Mark, by_cell, clean, comment_on, plain, size_of
from etl.returns.text import decode

MOST_LINES, MOST_COLUMNS = 100_000, 200
"""What of a text is copied. A longer one is mended where it was made, by the list."""


def mark_up_text(source: Path, target: Path, marks: Sequence[Mark]) -> None:
    """Write the workbook. The row of a record is its physical line, as in the marks."""
    text = decode(source.read_bytes(), source.name)
    records = list(islice(_records(text) if source.suffix.lower() == ".csv" else _lines(text), MOST_LINES + 1))
    is_cut = len(records) > MOST_LINES
    records = records[:MOST_LINES]
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    made = io.BytesIO()
    with Workbook(made, options) as book:
        sheet = book.add_worksheet("As sent")
        as_text = book.add_format({"num_format": "@"})
        marked = book.add_format({"num_format": "@", "bg_color": f"#{FILL[2:]}"})
        found = _places(records, marks)
        cells = {(row, column): words for row, record in records for column, words in enumerate(record)}
        for row, column in sorted(cells.keys() | found.keys()):
            look = marked if (row, column) in found else as_text
            sheet.write_string(row - 1, column, clean(cells.get((row, column), "")), look)
        for (row, column), here in list(found.items())[:MOST_COMMENTS]:
            words = comment_on(here)
            width, height = size_of(words)
            sheet.write_comment(row - 1, column, words, {"author": AUTHOR, "width": width, "height": height})
        _list(book, marks, is_cut)
    target.write_bytes(made.getvalue())


def _places(records: list[tuple[int, list[str]]], marks: Sequence[Mark]) -> dict[tuple[int, int], list[Mark]]:
    """Row and column of each cell with faults, and these. A mark without a column that is there is put on the first."""
    headings = [plain(cell) for cell in _headings(records, marks)]
    last = max((row for row, _ in records), default=0)
    found: dict[tuple[int, int], list[Mark]] = {}
    for (_, row, column_heading), here in by_cell(marks).items():
        wanted = plain(column_heading)
        column = headings.index(wanted) if wanted and wanted in headings else 0
        if 0 < row <= last:
            found.setdefault((row, column), []).extend(here)
    return found


def _headings(records: list[tuple[int, list[str]]], marks: Sequence[Mark]) -> list[str]:
    """The first of the rows that names most of the columns that are marked."""
    wanted = {plain(mark.column_heading) for mark in marks if mark.column_heading}
    return max((record for _, record in records[:20]), key=lambda r: len(wanted & set(map(plain, r))), default=[])


def _list(book: Workbook, marks: Sequence[Mark], is_cut: bool) -> None:
    sheet: Worksheet = book.add_worksheet(FAULTS_TITLE)
    title, bold, wrapped = (
        book.add_format(look)
        for look in ({"bold": True, "font_size": 18}, {"bold": True}, {"text_wrap": True, "valign": "top"})
    )
    sheet.set_row(0, 26)
    sheet.write_string(0, 0, TITLE, title)
    for row, words in enumerate(notes(marks, has_comments=False), start=1):
        sheet.write_string(row, 0, words)
    if is_cut:
        sheet.write_string(3, 0, f"Only the first {MOST_LINES:,} rows are copied; the list holds every fault.")
    for column, (words, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(4, column, words, bold)
    for row, mark in enumerate(in_order(marks), start=5):
        for column, words in enumerate(line(mark)):
            sheet.write_string(row, column, clean(words), wrapped)
    sheet.freeze_panes(5, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(4)


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """The records of a CSV, each with the physical line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""))
    begins = 1
    for record in reader:
        yield begins, record[:MOST_COLUMNS]
        begins = reader.line_num + 1


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    for number, words in enumerate(io.StringIO(text, newline=""), start=1):
        yield number, [words.rstrip("\r\n")]
