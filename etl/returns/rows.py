"""Files each row below a heading where it belongs: with the data, with what is declared no data, or with the faults.

Every row given to `Rows.take` lands in exactly one of the three. Readers of CSV and of workbooks share it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from etl.returns.headings import comparable
from etl.returns.raw import RawFault, RawLine, RawSheet
from etl.returns.text import shown, tidy, tidy_cell, trouble
from warehouse.schema.column import Column
from warehouse.schema.returns import START, Sheet, heading

EMPTY = "empty row"
ABOVE = "above the row of headings"
HEADING_AGAIN = "the headings again"
TOTAL = "row of totals"

# A row of totals says so in its first cell and holds nothing but numbers besides. "Total Respect", a pilot's name, is
# no such word, and a row with words in other cells is data: if it is wrong, it is refused and not passed over.
_TOTAL = re.compile(
    r"(?:(?:grand |sub-? ?|over)?totals?|(?:grand )?sum)(?: (?:for|of|number|all)\b.*)?[:.]?", re.IGNORECASE
)
_NUMBER = re.compile(r"[0-9.,%\s-]*")
_START = {column.name for column in START.columns}


@dataclass(frozen=True)
class Flaw:
    """A cell that has no text to give: what stands there, and what was expected."""

    value: str
    expected: str


@dataclass
class Rows:
    """Collects the rows of one sheet.

    `names`: the column's name at each position, "" where no heading stands. In CSV the columns of START are among
    them; their cells must say the same in every row, and are kept in `start`.
    """

    sheet: Sheet
    title: str
    names: tuple[str, ...]
    lines: list[RawLine] = field(default_factory=list)
    not_data: list[tuple[int, str]] = field(default_factory=list)
    faults: list[RawFault] = field(default_factory=list)
    start: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = {column.name: column for column in (*START.columns, *self.sheet.columns)}
        self._columns = tuple(known.get(name) for name in self.names)
        self._says_whose = not _START.isdisjoint(self.names)
        self._headings = tuple(comparable(heading(column)) if column else "" for column in self._columns)

    def take(self, line: int, cells: Sequence[str | Flaw], expected: str = "") -> None:
        """File one row. `cells` stand at the positions of `names`; missing ones at the end are empty.

        `expected`: what is wrong with the row as a whole, where something is; it is refused if it is data.
        """
        cells = (*cells, *[""] * (len(self.names) - len(cells)))
        own = [cell for name, cell in zip(self.names, cells, strict=True) if name not in _START]
        if all(_is_empty(cell) for cell in own):
            self._learn_start(cells)
            self.not_data.append((line, EMPTY))
        elif self._is_heading(cells):
            self.not_data.append((line, HEADING_AGAIN))
        elif self._is_total(cells):
            self.not_data.append((line, TOTAL))
        else:
            self._keep(line, cells, expected)

    def fault(self, line: int, column: str, value: str, expected: str) -> None:
        """Note a fault; the values of a sheet about people are left out."""
        shown_value = "" if self.sheet.is_about_people and column not in _START else shown(value)
        self.faults.append(RawFault(self.sheet.name, line, column, shown_value, expected))

    def done(self) -> RawSheet:
        """The sheet as read."""
        return RawSheet(self.sheet.name, self.title, tuple(self.lines), tuple(self.not_data))

    def _keep(self, line: int, cells: Sequence[str | Flaw], expected: str) -> None:
        before = len(self.faults)
        if expected:
            self.fault(line, "", "", expected)
        texts: dict[str, str] = {}
        for column, cell in zip(self._columns, cells, strict=True):
            if isinstance(cell, Flaw):
                self.fault(line, column.name if column else "", cell.value, cell.expected)
            elif expected := trouble(cell):
                self.fault(line, column.name if column else "", cell, expected)
            elif column:
                texts[column.name] = tidy_cell(column, cell)
            elif tidy(cell):
                self.fault(line, "", cell, "Expected nothing where no heading stands. Move it under a heading.")
        self._learn_start(cells)
        for name, text in texts.items():
            if name in self.start and text != self.start[name]:
                expected = f"Expected “{shown(self.start[name])}”, as in the first row: a file is one return."
                self.fault(line, name, text, expected)
        if len(self.faults) == before:
            own = {name: text for name, text in texts.items() if name not in _START}
            self.lines.append(RawLine(line, own))

    def _learn_start(self, cells: Sequence[str | Flaw]) -> None:
        """Keep the columns of START from the first row of CSV that has them all, faulty elsewhere or not."""
        if self.start or not self._says_whose:
            return
        found = {
            column.name: tidy_cell(column, cell) for column, cell in zip(self._columns, cells, strict=True)
            if column and column.name in _START and not isinstance(cell, Flaw) and not trouble(cell)
        }  # fmt: skip
        if all(found.get(name) for name in _START):
            self.start = found

    def _is_heading(self, cells: Sequence[str | Flaw]) -> bool:
        return all(
            not isinstance(cell, Flaw) and comparable(cell[:200]) == expected
            for cell, expected in zip(cells, self._headings, strict=True)
        )

    def _is_total(self, cells: Sequence[str | Flaw]) -> bool:
        """Whether the first cell that is filled says total, and nothing but numbers stands behind it."""
        own = [
            (column, cell) for name, column, cell in zip(self.names, self._columns, cells, strict=True)
            if name not in _START
        ]  # fmt: skip
        place = next(place for place, (_, cell) in enumerate(own) if not _is_empty(cell))
        first = own[place][1]
        if isinstance(first, Flaw) or not _TOTAL.fullmatch(tidy(first[:200])):
            return False
        behind = [(column, cell) for column, cell in own[place + 1 :] if not _is_empty(cell)]
        return all(not _is_required(column) and _is_number(cell) for column, cell in behind)


def _is_empty(cell: str | Flaw) -> bool:
    return not isinstance(cell, Flaw) and not tidy(cell)


def _is_required(column: Column | None) -> bool:
    return column is not None and column.required


def _is_number(cell: str | Flaw) -> bool:
    """Whether it is a number, or a formula's failed one."""
    return isinstance(cell, Flaw) or bool(_NUMBER.fullmatch(tidy(cell)))
