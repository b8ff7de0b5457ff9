"""Finds the columns of a sheet by their headings, in any order, and says what is wrong with a row of headings."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from etl.returns.text import shown, tidy
from warehouse.schema.column import Column
from warehouse.schema.returns import heading

ROWS_SEARCHED = 20
"""The heading row stands among so many rows of a sheet."""

MOST_COLUMNS = 200
"""A heading row with more cells than this is not of a return, whatever they say."""


@dataclass(frozen=True)
class Match:
    """What a row of headings names.

    `names`: at each position the column's name, or "" where the cell names none. `missing` and `twice` are columns,
    `unknown` the positions and texts of cells that name none.
    """

    names: tuple[str, ...]
    missing: tuple[Column, ...]
    twice: tuple[Column, ...]
    unknown: tuple[tuple[int, str], ...]

    @property
    def found(self) -> int:
        """How many of the columns are there."""
        return len({name for name in self.names if name})

    @property
    def is_whole(self) -> bool:
        """Whether every column is there once."""
        return not self.missing and not self.twice


def comparable(text: str) -> str:
    """A heading or title in the form in which two are compared: tidied, any case, single blanks."""
    return " ".join(tidy(text).replace("_", " ").split()).casefold()


def match(cells: Sequence[str], columns: Sequence[Column]) -> Match:
    """Which of `columns` the cells of a row name."""
    by_heading = {comparable(heading(column)): column for column in columns}
    named = [by_heading.get(comparable(cell)) for cell in cells]
    counts = Counter(column.name for column in named if column)
    return Match(
        tuple(column.name if column else "" for column in named),
        tuple(column for column in columns if column.name not in counts),
        tuple(column for column in columns if counts[column.name] > 1),
        tuple(
            (place, cell) for place, (cell, column) in enumerate(zip(cells, named, strict=True))
            if column is None and comparable(cell)
        ),
    )  # fmt: skip


def problems(found: Match, columns: Sequence[Column]) -> str:
    """What is wrong with a row of headings, as sentences; "" where nothing is."""
    sentences = []
    if found.twice:
        sentences.append(f"Expected once: {_listed(found.twice)}.")
    for _, text in found.unknown:
        sentences.append(f"“{shown(tidy(text))}” is none of its headings; the closest is “{closest(text, columns)}”.")
    if found.missing:
        sentences.append(f"Missing: {_listed(found.missing)}.")
    return " ".join(sentences)


def closest(text: str, columns: Sequence[Column]) -> str:
    """The heading most like `text`."""
    headings = {comparable(heading(column)): heading(column) for column in columns}
    return headings[difflib.get_close_matches(comparable(text)[:60], headings, n=1, cutoff=0)[0]]


def _listed(columns: Sequence[Column]) -> str:
    return ", ".join(f"“{heading(column)}”" for column in columns)
