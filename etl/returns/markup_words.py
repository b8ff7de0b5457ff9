"""What the marks of a return say, in a comment and on the list, and how a comment is laid out."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

AUTHOR = "Check of returns"
MARKED = "Found by the check:"
"""Begins our part of a comment, so that a later mark-up finds it."""

FILL = "FFFFF7BF"
"""A light yellow behind every marked cell. It means only that there is a comment; words say the rest."""

MOST_COMMENTS = 3_000
"""Cells with a comment in one copy. Spreadsheets become slow with more; the list holds every fault all the same."""

LONGEST_COMMENT, LONGEST_CELL = 2_000, 32_767
"""In letters."""

_WIDTH, _LETTERS_A_LINE, _LINE, _TALLEST = 330, 50, 18, 400
"""Of a comment: its width and the height of a line in pixels, and how many letters a line holds."""


@dataclass(frozen=True)
class Mark:
    """One fault as an officer is shown it.

    `sheet_title`: as the file calls the sheet; "" speaks of the whole file. `row`: as a person counts it; 0 speaks of
    the whole sheet. `column_heading`: "" speaks of the whole row. `sentence`: what is wrong and how to mend it.
    `is_error`: whether it keeps the row out.
    """

    sheet_title: str
    row: int
    column_heading: str
    sentence: str
    is_error: bool

    @property
    def word(self) -> str:
        """What sort of fault it is."""
        return "Error" if self.is_error else "Warning"


def plain(text: object) -> str:
    """A title or heading in the form in which two are compared: any case, single blanks. "" for what is no text."""
    return " ".join(str(text).replace("_", " ").split()).casefold() if text is not None else ""


def by_cell(marks: Sequence[Mark]) -> dict[tuple[str, int, str], list[Mark]]:
    """The marks that can stand on a cell, by sheet, row and column. Errors stand before warnings."""
    found: dict[tuple[str, int, str], list[Mark]] = {}
    for mark in sorted(marks, key=lambda mark: not mark.is_error):
        if mark.sheet_title and (mark.row or mark.column_heading):
            found.setdefault((mark.sheet_title, mark.row, mark.column_heading), []).append(mark)
    return found


def comment_on(marks: Sequence[Mark]) -> str:
    """What the comment on a cell with these faults says."""
    words = clean("\n".join((MARKED, *(f"{mark.word}: {mark.sentence}" for mark in marks))))
    return words if len(words) <= LONGEST_COMMENT else f"{words[:LONGEST_COMMENT]}… See the list for the rest."


def clean(text: str) -> str:
    """Text that a cell can hold: lines ended by LF, without the signs that no XML may hold, no longer than a cell."""
    text = ILLEGAL_CHARACTERS_RE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - 1] + "…"


def size_of(words: str) -> tuple[int, int]:
    """Width and height of a comment in pixels."""
    lines = sum(max(len(textwrap.wrap(part, _LETTERS_A_LINE)), 1) for part in words.splitlines())
    return _WIDTH, min(lines * _LINE + 12, _TALLEST)
