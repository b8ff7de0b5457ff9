"""Tells by its content which form of return a file is, and reads it with the reader of that form.

The name of a file says nothing: a workbook may be called .csv, and a web page .xls. Readers are imported when needed,
since the process that reads a file is started anew for each.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from types import ModuleType

from etl.returns.foreign import OLD_OFFICE, SEND, ZIP, kind_of
from etl.returns.raw import RawReturn, Refused
from warehouse.schema.returns import ATTENDANCE

READERS = {
    "workbook": "etl.returns.workbook",
    "csv": "etl.returns.csv_sheets",
    "attendance": "etl.returns.attendance",
    "training report": "etl.returns.report",
    "survey export": "etl.returns.survey",
}
"""Form → the module that reads it. Each has `read(path) -> RawReturn`, which raises `Refused`."""

_HEAD = 64 * 1024
_OLD_OFFICE = 16 * 1024 * 1024
_REPORT = re.compile(r"^\s*grouped by\s*:", re.IGNORECASE | re.MULTILINE)
_SURVEY = re.compile(r"\brespondent[\s_]*id\b", re.IGNORECASE)


def read(path: Path, form: str | None = None, progress: Callable[[int], None] | None = None) -> RawReturn:
    """Read the return at `path`, as `form` where that is known. Raises `Refused` where it is of no form we read.

    Rows about people are counted before it is given back: none of them is in it. `progress` is told now and then how
    many rows about people were read; other files are short.
    """
    form = form or form_of(path)
    if form == "attendance":
        return _module(form).read(path, progress)
    raw = _module(form).read(path)
    held = any(sheet.name == ATTENDANCE.name and sheet.lines for sheet in raw.sheets)
    if held or any(fault.sheet == ATTENDANCE.name for fault in raw.faults):
        return _module("attendance").count(raw)
    return raw


def form_of(path: Path) -> str:
    """The form of the file at `path`, one of `READERS`. Raises `Refused` where it is a file of another kind."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            # An old Office file says further down what it holds.
            more = file.read(_OLD_OFFICE) if head.startswith(OLD_OFFICE) else b""
    except OSError as error:
        raise Refused(f"{path.name}: the file cannot be opened: {error.strerror}.") from error
    if head.startswith(ZIP):
        return "workbook"
    if kind := kind_of(head + more):
        raise Refused(f"{path.name}: {kind}, not a return. {SEND}")
    from etl.returns.csv_sheets import sheet_of

    try:
        # A sheet about people is counted as it is read, by a reader of its own.
        return "attendance" if sheet_of(path).is_about_people else "csv"
    except Refused:
        # The words below may stand in the cells of a sheet as well, so its headings come first.
        text = head.decode("utf-16" if head[:2] in (b"\xff\xfe", b"\xfe\xff") else "latin-1", errors="replace")
        if _REPORT.search(text):
            return "training report"
        if _SURVEY.search(text.lstrip().partition("\n")[0]):
            return "survey export"
        raise


def _module(form: str) -> ModuleType:
    return import_module(READERS[form])
