"""Workbooks of returns for tests: orderly ones with given cells, and ones whose inside is then rewritten by hand."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from tests.support.returns.case import START
from warehouse.schema import returns
from warehouse.schema.returns import SHEETS, Sheet, heading

TRAINING = SHEETS["training"]
HEADING_ROW = 4
FIRST_ROW = 5
"""The first row of data on a sheet, as a person counts."""

Cells = Mapping[str, object]


@dataclass(frozen=True)
class Shown:
    """A value with the format of its number."""

    value: object
    number_format: str


@dataclass(frozen=True)
class Formula:
    """A formula and the value that was calculated for it."""

    text: str
    value: object = 0


def book(
    rows: Mapping[int, Cells] | Sequence[Cells],
    *,
    sheet: Sheet = TRAINING,
    start: Mapping[str, object] | None = START,
    tweak: Callable[[Workbook, Mapping[str, Worksheet]], object] | None = None,
    counts_from_1904: bool = False,
) -> bytes:
    """A workbook with START and one sheet of `rows`, by number or one below the other.

    `tweak` is given the workbook and its sheets by title before it is closed.
    """
    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(made, options | {"date_1904": counts_from_1904}) as workbook:
        titled = {}
        if start is not None:
            titled[returns.START.title] = _start_sheet(workbook, start)
        titled[sheet.title] = page = workbook.add_worksheet(sheet.title)
        page.write(0, 0, sheet.title)
        page.write(1, 0, sheet.sentence)
        for place, column in enumerate(sheet.columns):
            page.write(HEADING_ROW - 1, place, heading(column))
        numbered = rows if isinstance(rows, Mapping) else dict(enumerate(rows, start=FIRST_ROW))
        for number, cells in numbered.items():
            for place, column in enumerate(sheet.columns):
                if column.name in cells:
                    write(workbook, page, number - 1, place, cells[column.name])
        if tweak:
            tweak(workbook, titled)
    return made.getvalue()


def write(workbook: Workbook, page: Worksheet, row: int, place: int, value: object) -> None:
    """Write a cell, counted from 0: text, a number, a yes or no, a value with its format, or a formula."""
    if isinstance(value, Shown):
        page.write(row, place, value.value, workbook.add_format({"num_format": value.number_format}))
    elif isinstance(value, Formula):
        page.write_formula(row, place, value.text, None, value.value)
    else:
        page.write(row, place, value)


def rewritten(content: bytes, changes: Mapping[str, Callable[[bytes], bytes]]) -> bytes:
    """A workbook with entries of its archive changed. An entry that was not there is made from nothing."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, bytes)(old.read(name)))
        for name in changes.keys() - set(old.namelist()):
            new.writestr(name, changes[name](b""))
    return made.getvalue()


def without(content: bytes, name: str) -> bytes:
    """A workbook with one entry of its archive taken out."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for one in old.namelist():
            if one != name:
                new.writestr(one, old.read(one))
    return made.getvalue()


def archive(entries: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip archive."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compression) as new:
        for name, content in entries.items():
            new.writestr(name, content)
    return made.getvalue()


def replacing(old: str, new: str) -> Callable[[bytes], bytes]:
    """A change of an entry: one text for another, which must be there."""

    def change(content: bytes) -> bytes:
        assert old.encode() in content, content[:2000]
        return content.replace(old.encode(), new.encode(), 1)

    return change


def _start_sheet(workbook: Workbook, start: Mapping[str, object]) -> Worksheet:
    page = workbook.add_worksheet(returns.START.title)
    page.write(0, 0, "Return of a board")
    for place, column in enumerate(returns.START.columns):
        page.write(place + 2, 0, heading(column))
        write(workbook, page, place + 2, 1, start.get(column.name, ""))
        page.write(place + 2, 2, column.sentence)
    return page


def save(path: Path, content: bytes) -> Path:
    """Write the bytes and give the path back."""
    path.write_bytes(content)
    return path
