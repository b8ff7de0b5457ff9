"""Turns the cells of Attendance into numbers. A cell is looked at when it is first seen, and never again.

Each dictionary gives a cell, as it stands in the file, its code. A negative code says that the cell is refused, and
which of the column's sentences says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from etl.returns.people import contact_details
from etl.returns.raw import Refused
from etl.returns.text import shown, tidy, tidy_cell, trouble
from warehouse.schema.column import Column
from warehouse.schema.returns import START, heading

NOT_KNOWN = "Not known"
MOST_CATEGORIES = 1_000
"""Different entries of a column. A column with more does not hold courses or categories but words on single people."""

EARLIEST = date(1990, 1, 1)

_START = {column.name: column for column in START.columns}
_SAID_AS_NOT_KNOWN = ("", "not known", "unknown", "not recorded", "not reported", "not stated")
_LONGEST = 200  # characters
_ISO = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_BRITISH = re.compile("([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})")
_EXPECTED_DAY = "Expected a date, written YYYY-MM-DD or DD/MM/YYYY."


class Codes(dict[str, int]):
    """Cell → code, for one column. `expected[-1 - code]` is the sentence for a negative code."""

    def __init__(self, column: Column) -> None:
        super().__init__()
        self.column = column
        self.expected: list[str] = []

    def __missing__(self, cell: str) -> int:
        code = self.look_at(cell)
        if code >= 0:  # cells that are refused may be long, and each another
            self[cell] = code
        return code

    def look_at(self, cell: str) -> int:
        """The code of a cell that was not seen before."""
        if expected := trouble(cell):
            return self.refuse(expected)
        if len(cell) > _LONGEST:
            return self.refuse(f"Expected {_LONGEST} characters at most.")
        text = tidy(cell)
        if not text and self.column.required:
            return self.refuse("Expected a value; this column may not be empty.")
        return self.code_of(text)

    def code_of(self, text: str) -> int:
        """The code of a text, tidied, that its column may hold."""
        raise NotImplementedError

    def refuse(self, expected: str) -> int:
        """The negative code for this sentence."""
        if expected not in self.expected:
            self.expected.append(expected)
        return -1 - self.expected.index(expected)


class Days(Codes):
    """Days of sessions. The code is the day's ordinal number."""

    def code_of(self, text: str) -> int:
        """The ordinal number of the day `text`."""
        day = day_of(text)
        if day is None:
            return self.refuse(_EXPECTED_DAY)
        return day.toordinal() if day >= EARLIEST else self.refuse(f"Expected a day since {EARLIEST.year}.")


class Categories(Codes):
    """Courses, groups, ethnicities, genders. Each spelling has a code of its own; those of one category differ in case
    alone. Raises `Refused` where a column has too many spellings."""

    def __init__(self, column: Column, file_name: str) -> None:
        super().__init__(column)
        self._file_name = file_name
        self._spellings: dict[str, int] = {}
        self._category: list[int] = []  # by the code of the spelling
        self._categories = dict.fromkeys(() if column.required else _SAID_AS_NOT_KNOWN, 0)

    def code_of(self, text: str) -> int:
        """The code of a spelling."""
        if found := contact_details(text):
            return self.refuse(f"Expected no contact details; this looks like {found}. Take it out.")
        words = " ".join(text.split())
        code = self._spellings.setdefault(words, len(self._spellings))
        if code == len(self._category):
            another = max(self._category, default=0) + 1
            self._category.append(self._categories.setdefault(words.casefold(), another))
        if code >= MOST_CATEGORIES:
            raise Refused(
                f"{self._file_name}: column {heading(self.column)} has more than {MOST_CATEGORIES:,} different "
                "entries; expected few, each of many people. Write the same words for the same thing."
            )
        return code

    def categories(self, codes: np.ndarray) -> tuple[np.ndarray, list[str]]:
        """The categories of rows, given by their codes of spellings, and the words for each: as the first of these rows
        spells it. Category 0 is not known."""
        labels = [NOT_KNOWN] + [""] * max(self._category, default=0)
        first = np.full(len(self._spellings), len(codes))
        first[codes[::-1]] = np.arange(len(codes))[::-1]
        spellings = list(self._spellings)
        for code in np.argsort(first, kind="stable").tolist():
            category = self._category[code]
            labels[category] = labels[category] or spellings[code]
        return np.array(self._category, np.int64)[codes] if len(codes) else codes, labels


class Frames(dict[tuple[str, ...], int]):
    """The cells of a row that should be the same in all of them → a number, in the order in which they were met.

    `names`: the columns of START at their positions, "" for a cell under no heading.
    """

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._names = names

    def __missing__(self, cells: tuple[str, ...]) -> int:
        code = self[cells] = len(self)
        return code

    @property
    def start(self) -> dict[str, str]:
        """The cells of START as the first row with all of them says; empty ones where no row has."""
        whole = (texts for texts in map(self._texts, self) if all(map(texts.get, _START)))
        return next(whole, dict.fromkeys(_START, ""))

    def faults(self, start: dict[str, str]) -> dict[int, list[tuple[str, str, str]]]:
        """What is wrong with frames: number → column, value and what was expected. `start`: what START should say."""
        found = {code: list(self._faults(cells, start)) for cells, code in self.items()}
        return {code: faults for code, faults in found.items() if faults}

    def _texts(self, cells: tuple[str, ...]) -> dict[str, str]:
        return {
            name: tidy_cell(_START[name], cell)
            for name, cell in zip(self._names, cells, strict=True) if name and not trouble(cell)
        }  # fmt: skip

    def _faults(self, cells: tuple[str, ...], start: dict[str, str]) -> Iterator[tuple[str, str, str]]:
        for name, cell in zip(self._names, cells, strict=True):
            if expected := trouble(cell):
                yield name, cell if name else "", expected
            elif not name and tidy(cell):
                yield "", "", "Expected nothing where no heading stands. Move it under a heading."
        for name, text in self._texts(cells).items():
            if any(start.values()) and text != start.get(name):
                yield name, text, f"Expected “{shown(start[name])}”, as in the first row: a file is one return."


def day_of(text: str) -> date | None:
    """The day written as YYYY-MM-DD or DD/MM/YYYY; None for anything else and for a day that never was."""
    british = _BRITISH.fullmatch(text)
    if not british and not _ISO.fullmatch(text):
        return None
    try:
        return date(int(british[3]), int(british[2]), int(british[1])) if british else date.fromisoformat(text)
    except ValueError:
        return None
