"""Reads a workbook (.xlsx): its sheets by their titles, their columns by their headings, every cell as text.

openpyxl reads the cells; `archive` looks through the file before it may, and `sheet_xml` finds what it passes over.
Hidden sheets, rows and columns are read as any other. Run it by way of `guard`: a workbook can be made to cost much.
"""

from __future__ import annotations

import hashlib
import io
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import openpyxl
from openpyxl.chartsheet import Chartsheet
from openpyxl.workbook import Workbook

from etl.returns.archive import DAMAGED, MOST_BYTES, Inside, check_archive, raise_for_memory
from etl.returns.foreign import SEND, kind_of
from etl.returns.headings import comparable
from etl.returns.raw import RawFault, RawReturn, Refused
from etl.returns.text import shown
from etl.returns.worksheet import Cells, Worksheet, read_sheet, read_start
from warehouse.schema.returns import SHEETS, START, Sheet

FORM = "workbook"
FOR_REFERENCE = ("codes", "lists", "faults")
"""Titles, in small letters, of the sheets of our workbook that nobody fills in, that of a marked-up copy among them.
They are not read."""

# What openpyxl raises over a file that only looks like a workbook. It has no exception of its own for that.
_NO_WORKBOOK = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError, RuntimeError, SyntaxError,
    TypeError, ValueError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip


def read(path: Path) -> RawReturn:
    """Read the workbook at `path`. Raises `Refused` where it is none of ours, damaged, or larger than its limits.

    A sheet that is missing is not among the `sheets`: a return may be partial. One without `START` is refused.
    """
    with open_workbook(path) as (sha256, worksheets):
        start_sheet, others = _part(worksheets, path.name)
        start, faults = read_start(start_sheet)
        sheets = []
        for name, sheet in SHEETS.items():
            if name in others:
                raw, found = read_sheet(others[name], sheet)
                sheets.append(raw)
                faults += found
        ours = (start_sheet, *others.values())
        faults += [_not_read(worksheet) for worksheet in worksheets if worksheet not in ours and _is_foreign(worksheet)]
    return RawReturn(path.name, sha256, FORM, start, tuple(sheets), tuple(faults))


@contextmanager
def open_workbook(path: Path) -> Iterator[tuple[str, list[Worksheet]]]:
    """Open the workbook at `path`: the hash of its bytes, and its worksheets, whose cells are read when asked for.

    Raises `Refused` as `read` does.
    """
    content = _content(path)
    with _openpyxl(path.name):
        archive = zipfile.ZipFile(io.BytesIO(content))
    inside = check_archive(archive, path.name)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl would drop if it wrote the workbook again
        with _openpyxl(path.name):
            workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        yield hashlib.sha256(content).hexdigest(), _worksheets(workbook, inside, path.name)


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise Refused(
                f"{path.name}: {size:,} bytes; expected {MOST_BYTES:,} at most. Delete pictures and what is not of the "
                "return, or send CSV files of its sheets."
            )
        content = path.read_bytes()
    except OSError as error:
        raise Refused(f"{path.name}: the file cannot be opened: {error.strerror}.") from error
    if kind := kind_of(content):
        raise Refused(f"{path.name}: {kind}, not a workbook of a return. {SEND}")
    return content


@contextmanager
def _openpyxl(file_name: str) -> Iterator[None]:
    """Runs a step of openpyxl or zipfile; what either raises over the file's inside becomes `Refused`."""
    try:
        yield
    except _NO_WORKBOOK as error:
        raise_for_memory(error)
        raise Refused(f"{file_name}: no workbook can be read from it ({type(error).__name__}). {DAMAGED}") from error


def _worksheets(workbook: Workbook, inside: Inside, file_name: str) -> list[Worksheet]:
    """The worksheets with their layouts. openpyxl leaves a sheet out whose part is missing: here that is refused."""
    if tuple(workbook.sheetnames) != inside.titles:
        missing = sorted(set(inside.titles) - set(workbook.sheetnames))
        raise Refused(f"{file_name}: its sheet “{shown(missing[0] if missing else '')}” is not in it. {DAMAGED}")
    worksheets, unseen = [], dict(inside.layouts)
    for sheet in workbook._sheets:  # private, but `worksheets` leaves out what it takes for no worksheet
        if isinstance(sheet, Chartsheet):
            continue
        layout = unseen.pop(sheet._worksheet_path, None)
        if layout is None:
            raise Refused(f"{file_name}: its sheet “{shown(sheet.title)}” is no sheet of cells. {SEND}")
        sheet.reset_dimensions()
        worksheets.append(
            Worksheet(sheet.title, file_name, layout, _cells(sheet, layout.last_row, layout.last_column, file_name))
        )
    if unseen:
        raise Refused(f"{file_name}: {shown(next(iter(unseen)))} inside it is on no list of its sheets. {DAMAGED}")
    return worksheets


def _cells(sheet: object, last_row: int, last_column: int, file_name: str) -> Cells:
    """Number and cells of every row to the last that holds something."""
    rows = enumerate(sheet.iter_rows(max_row=last_row, max_col=last_column), start=1) if last_row else iter(())
    while True:
        with _openpyxl(file_name):
            row = next(rows, None)
        if row is None:
            return
        yield row


def _part(worksheets: list[Worksheet], file_name: str) -> tuple[Worksheet, dict[str, Worksheet]]:
    """The sheet that says whose return it is, and the others of ours by their code."""
    found = {sheet.name: _titled(worksheets, sheet, file_name) for sheet in (START, *SHEETS.values())}
    start = found.pop(START.name)
    if start is None:
        titles = ", ".join(f"“{shown(worksheet.title)}”" for worksheet in worksheets[:10])
        raise Refused(
            f"{file_name}: no sheet is called “{START.title}”, so nothing says whose return it is; found {titles}. "
            f"{SEND}"
        )
    return start, {name: worksheet for name, worksheet in found.items() if worksheet is not None}


def _titled(worksheets: list[Worksheet], sheet: Sheet, file_name: str) -> Worksheet | None:
    matching = [worksheet for worksheet in worksheets if comparable(worksheet.title) == comparable(sheet.title)]
    if len(matching) > 1:
        raise Refused(
            f"{file_name}: {len(matching)} sheets are called “{sheet.title}”; expected one. Delete the other."
        )
    return matching[0] if matching else None


def _is_foreign(worksheet: Worksheet) -> bool:
    """Whether it is no sheet of our workbook, and holds something."""
    return worksheet.layout.last_row > 0 and comparable(worksheet.title) not in FOR_REFERENCE


def _not_read(worksheet: Worksheet) -> RawFault:
    return RawFault(
        shown(worksheet.title), 0, "", "",
        "Expected only the sheets of a return; this one was not read. Move what belongs to the return to its sheets, "
        "and delete this one.",
    )  # fmt: skip
