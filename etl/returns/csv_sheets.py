"""Reads a CSV file of one sheet. Which sheet, and what parts its cells, follow from the row of headings alone.

The columns of START stand in front of the sheet's own in the template, but any order will do.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from etl.returns.csv_headings import CsvHeading, find_heading
from etl.returns.encoding import encoding_of, file_chunks
from etl.returns.headings import ROWS_SEARCHED
from etl.returns.raw import RawReturn, Refused
from etl.returns.rows import ABOVE, EMPTY, Rows
from etl.returns.text import LONGEST_CELL, tidy
from warehouse.schema.returns import START, Sheet

FORM = "csv"
MOST_ROWS = 100_000
MOST_BYTES = 64 * 1024 * 1024
MOST_BYTES_ABOUT_PEOPLE = 512 * 1024 * 1024
"""What `open_sheet` takes: a sheet about people is counted row by row and never held as a whole."""


@dataclass(frozen=True)
class OpenSheet:
    """A CSV file below its headings. `names`: the column's name at each position, "" under an empty heading.

    `above`: the physical lines over the headings, as declared non-data. `rows` gives, once and as it is read, the
    physical line on which a row begins and its cells as they stand; it raises `Refused` where the text is no CSV.
    """

    file_name: str
    sheet: Sheet
    names: tuple[str, ...]
    heading_line: int
    above: tuple[tuple[int, str], ...]
    rows: Iterator[tuple[int, list[str]]]


def read(path: Path) -> RawReturn:
    """Read the CSV file at `path`. Raises `Refused` where it is not one sheet of a return, or too large for one."""
    with open_sheet(path) as opened:
        title = opened.sheet.title
        if path.stat().st_size > MOST_BYTES:
            raise Refused(
                f"{path.name}: {path.stat().st_size:,} bytes; expected {MOST_BYTES:,} at most for the sheet “{title}”. "
                "Delete what is not of the return, or send the workbook."
            )
        gathered = Rows(opened.sheet, title, opened.names, not_data=list(opened.above))
        for count, (line, cells) in enumerate(opened.rows, start=1):
            if count > MOST_ROWS:
                raise Refused(
                    f"{path.name}: more than {MOST_ROWS:,} rows; expected no more in the sheet “{title}”. Delete the "
                    "rows that are not of the return."
                )
            _take(gathered, line, cells)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    start = {column.name: gathered.start.get(column.name, "") for column in START.columns}
    return RawReturn(path.name, digest, FORM, start, (gathered.done(),), tuple(gathered.faults))


def rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """The rows below the headings of the CSV file at `path`, one by one: physical line and cells as they stand.

    Raises `Refused` as `open_sheet` does.
    """
    with open_sheet(path) as opened:
        yield from opened.rows


def sheet_of(path: Path) -> Sheet:
    """The sheet that the CSV file at `path` holds, by its headings. Raises `Refused` as `open_sheet` does."""
    with open_sheet(path) as opened:
        return opened.sheet


@contextmanager
def open_sheet(path: Path) -> Iterator[OpenSheet]:
    """Open the CSV file at `path` and find its headings; its rows are read one by one, so it may be long.

    Raises `Refused` where it cannot be opened, is too large, is not text, or has no headings of ours.
    """
    try:
        if path.stat().st_size > MOST_BYTES_ABOUT_PEOPLE:
            raise Refused(
                f"{path.name}: {path.stat().st_size:,} bytes; expected {MOST_BYTES_ABOUT_PEOPLE:,} at most. Part it "
                "into several files."
            )
        file = path.open(encoding=encoding_of(file_chunks(path), path.name), newline="")
    except OSError as error:
        raise Refused(f"{path.name}: the file cannot be opened: {error.strerror}.") from error
    with file:
        heading = find_heading(list(islice(file, ROWS_SEARCHED)), path.name)
        file.seek(0)
        above = tuple(
            (line, ABOVE if tidy(text) else EMPTY) for line, text in enumerate(islice(file, heading.line - 1), start=1)
        )
        below = _rows(file, heading, path.name)
        next(below)
        yield OpenSheet(path.name, heading.sheet, heading.match.names, heading.line, above, below)


def _rows(file: Iterator[str], heading: CsvHeading, file_name: str) -> Iterator[tuple[int, list[str]]]:
    """The row of headings and all below it."""
    reader = csv.reader(file, delimiter=heading.delimiter, strict=True)
    before = heading.line - 1
    begins = heading.line
    try:
        for cells in reader:
            yield begins, cells
            begins = before + reader.line_num + 1
    except csv.Error as error:
        raise Refused(f"{file_name}: line {begins}: {_not_csv(str(error))}") from error


def _not_csv(error: str) -> str:
    """What Python's reader found wrong, for people."""
    if "field larger" in error:
        return (
            f"a cell is longer than {csv.field_size_limit():,} characters; expected {LONGEST_CELL:,} at most. Shorten "
            "it, or close the quotation mark that opens it."
        )
    if "unexpected end" in error:
        return "a quotation mark opens a cell that is never closed. Close it, or save the file again as “CSV UTF-8”."
    return (
        "behind a quotation mark that closes a cell, the next cell was expected. Double the quotation marks inside a "
        "cell, or save the file again as “CSV UTF-8”."
    )


def _take(gathered: Rows, line: int, cells: list[str]) -> None:
    """File one row; one with more or fewer cells than headings is refused, not shifted."""
    width = len(gathered.names)
    if len(cells) == width or not any(tidy(cell) for cell in cells):
        gathered.take(line, cells[:width])
        return
    expected = (
        f"Expected {width} cells, as many as headings; found {len(cells)}. Look for a comma too many or too few, or a "
        "quotation mark that is missing."
    )
    gathered.fault(line, "", "", expected)
