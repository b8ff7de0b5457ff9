"""How a worksheet is laid out, read from its XML: what openpyxl passes over without a word.

It skips rows and cells that stand out of order, takes what a sheet says of its size for true, gives a merged range as
one value and blanks, and a formula that was never calculated as an empty cell. Here each of them is found, and XML that
is well-formed but says something no spreadsheet programme writes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Protocol

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
MOST_MERGED = 10_000

_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_NUMBER = re.compile(r"[1-9][0-9]{0,6}")

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
"""The namespace of a workbook's elements, with the blank that stands between it and a name."""

_DATA, _ROW, _CELL, _FORMULA, _VALUE, _INLINE, _MERGED, _ITEM, _TEXT, _SHEET = (
    MAIN + name for name in ("sheetData", "row", "c", "f", "v", "is", "mergeCell", "si", "t", "sheet")
)
_PARENTS = {_ROW: _DATA, _CELL: _ROW}
_CELL_TYPES = frozenset(("n", "s", "str", "inlineStr", "b", "e", "d"))


class NotAsWritten(Exception):
    """The XML is well-formed, but no spreadsheet programme writes it so. The message says what is wrong."""


@dataclass(frozen=True)
class Range:
    """A merged range: rows and columns from 1, both ends included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass
class Layout:
    """One worksheet. `last_row`, `last_column`: of the cells that hold something.

    `uncalculated`: row and column of each formula without a value.
    """

    last_row: int = 0
    last_column: int = 0
    merged: list[Range] = field(default_factory=list)
    uncalculated: set[tuple[int, int]] = field(default_factory=set)


class Part(Protocol):
    """What looks into one kind of XML: it is told each element's beginning and end, and the text between them.

    Raises `NotAsWritten`.
    """

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Some text."""


class WorkbookPart:
    """The list of sheets: their titles."""

    def __init__(self) -> None:
        self.titles: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Note the title of a sheet."""
        if name == _SHEET:
            self.titles.append(attributes.get("name", ""))

    def end(self, name: str) -> None:
        """Nothing to do."""

    def text(self, text: str) -> None:
        """Nothing to do."""


class StringsPart:
    """The list of texts: one more or less in it, and every cell would show the text of another."""

    def __init__(self) -> None:
        self._open: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Texts stand one behind the other, and nothing but letters inside."""
        if (name == _ITEM and self._open) or (self._open and self._open[-1] == _TEXT):
            raise NotAsWritten("a text stands inside another")
        self._open.append(name)

    def end(self, name: str) -> None:
        """Step out. The list itself was begun before this was told of anything."""
        if self._open:
            self._open.pop()

    def text(self, text: str) -> None:
        """Nothing to do."""


class WorksheetPart:
    """A worksheet: its layout."""

    def __init__(self) -> None:
        self.layout = Layout()
        self._open: list[str] = [""]
        self._row = self._column = 0
        self._names_cells: bool | None = None
        self._type = ""
        self._has_formula = self._has_value = False
        self._value: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Note where a row or cell stands, and what is in it."""
        parent = self._open[-1]
        if parent == _VALUE or _PARENTS.get(name, parent) != parent:
            raise NotAsWritten(f"an element {name.rpartition(' ')[2]} stands where none may, behind row {self._row}")
        self._open.append(name)
        if name == _CELL:
            self._start_cell(attributes)
        elif parent == _CELL:
            self._has_formula |= name == _FORMULA
            self._has_value |= name in (_VALUE, _INLINE)
        elif name == _ROW:
            self._start_row(attributes)
        elif name == _MERGED:
            self._merge(attributes)

    def end(self, name: str) -> None:
        """Judge a cell that is complete."""
        self._open.pop()
        if name == _CELL:
            self._end_cell()

    def text(self, text: str) -> None:
        """Keep the value of a cell."""
        if _VALUE in self._open[-1:] or _INLINE in self._open:
            self._value.append(text)
        elif self._open[-1] in (_CELL, _ROW, _DATA) and text.strip():
            raise NotAsWritten(f"text stands between the cells of row {self._row}")

    def _start_row(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r", str(self._row + 1))
        if not _NUMBER.fullmatch(reference) or not self._row < int(reference) <= LAST_ROW:
            raise NotAsWritten(f"row {reference[:20]} stands behind row {self._row}")
        self._row, self._column = int(reference), 0

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        if self._names_cells is None:
            self._names_cells = reference is not None
        row, column = _place(reference) if reference else (self._row, self._column + 1)
        if row != self._row or not self._column < column <= LAST_COLUMN or self._names_cells is (reference is None):
            raise NotAsWritten(f"cell {reference} stands out of order in row {self._row}")
        self._column = column
        self._type = attributes.get("t", "n")
        self._has_formula = self._has_value = False
        self._value.clear()

    def _merge(self, attributes: dict[str, str]) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        self.layout.merged.append(Range(*_place(first), *_place(last or first)))
        if len(self.layout.merged) > MOST_MERGED:
            raise NotAsWritten(f"more than {MOST_MERGED:,} ranges of cells are merged")

    def _end_cell(self) -> None:
        value = "".join(self._value)
        is_calculated = bool(value) or (self._type in ("str", "inlineStr") and self._has_value)
        if self._has_formula and not is_calculated:
            self.layout.uncalculated.add((self._row, self._column))
        elif not value:
            return
        elif not _is_of_kind(self._type, value):
            raise NotAsWritten(f"the cell in row {self._row}, column {self._column} holds no value of its kind")
        self.layout.last_row = self._row
        self.layout.last_column = max(self.layout.last_column, self._column)


def _place(reference: str) -> tuple[int, int]:
    """Row and column of a cell such as AB12, from 1."""
    found = _PLACE.fullmatch(reference.replace("$", ""))
    if not found:
        raise NotAsWritten(f"“{reference[:20]}” names no cell")
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column


def _is_of_kind(kind: str, value: str) -> bool:
    """Whether the value may stand in a cell of that kind; Python reads more as a number than a spreadsheet writes."""
    if kind in ("str", "inlineStr"):
        return True
    if kind == "s":
        return value.isascii() and value.isdigit()
    return kind in _CELL_TYPES and value.isascii() and "_" not in value
