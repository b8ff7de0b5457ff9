"""The one shape that every reader of returns gives: rows of text, and what could not be read.

For every sheet, the rows below its heading are its `lines`, its `not_data` and the rows named by faults; each row is in
one of the three. A fault of line 0 speaks of the whole sheet and keeps no row out.
"""

from __future__ import annotations

from dataclasses import dataclass


class Refused(Exception):
    """The whole file cannot be read. The message names the file, what was found, what was expected and what to do."""


@dataclass(frozen=True)
class RawLine:
    """One row of data. `line` is the number a person sees: the physical line of a text, the row on a sheet.

    `cells`: column name, as declared ("planned_from") → text as found, blanks trimmed; an absent cell is "".
    """

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class RawSheet:
    """One sheet. `name` is its code ("training"), `title` what the file calls it ("Training"), for messages.

    `not_data`: row and reason of empty rows, repeated headings, title rows and rows of totals.
    """

    name: str
    title: str
    lines: tuple[RawLine, ...]
    not_data: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class RawFault:
    """What the reader itself could not take, such as a ragged row or an error value. Its row is refused.

    `sheet` is the code of the sheet, or the title of one that is not ours. `column` is the column's name, or "" where
    the fault is the row's. `value` is "" in a sheet about people.
    """

    sheet: str
    line: int
    column: str
    value: str
    expected: str


@dataclass(frozen=True)
class RawReturn:
    """What one file holds. `form`: "workbook", "csv", "training report" or "survey export".

    `start`: the cells of START by column name, as text. A row with a fault is in `faults` only.
    """

    file_name: str
    sha256: str
    form: str
    start: dict[str, str]
    sheets: tuple[RawSheet, ...]
    faults: tuple[RawFault, ...]
