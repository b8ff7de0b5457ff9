"""How a worksheet is laid out, read from its XML: what openpyxl passes over without a word.

It skips rows and cells that stand out of order, takes what a sheet says of its size for true, gives a merged range as
one value and blanks, and a formula that was never calculated as an empty cell. Here each of them is found.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from xml.parsers import expat

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
MOST_MERGED = 10_000

_PLACE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_NUMBER = re.compile(r"[1-9][0-9]{0,6}")

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
_WORKSHEET, _WORKBOOK, _SHEET, _ROW, _CELL, _FORMULA, _MERGED = (
    _MAIN + name for name in ("worksheet", "workbook", "sheet", "row", "c", "f", "mergeCell")
)
_VALUES = (_MAIN + "v", _MAIN + "is")


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


class LayoutReader:
    """Reads one XML, piece by piece. Afterwards `layout` is set where it was a worksheet.

    `root`: namespace and name of the first element. `titles`: of the sheets, where it is the list of them.
    `declares`: "a document type" where it has one; nothing is read behind it.
    """

    def __init__(self) -> None:
        self.root = ""
        self.declares = ""
        self.layout: Layout | None = None
        self.titles: list[str] = []
        self._row = self._column = 0
        self._type = ""
        self._has_formula = self._has_value = self._is_in_value = False
        self._value: list[str] = []
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._declared
        self._parser.StartElementHandler = self._first

    def feed(self, piece: bytes, is_last: bool = False) -> None:
        """Parse a piece; nothing more once the XML has declared something.

        Raises `expat.ExpatError` where it is no XML, `NotAsWritten` where it is no worksheet's.
        """
        if not self.declares:
            with suppress(_Stop):
                self._parser.Parse(piece, is_last)

    def _declared(self, *_: object) -> None:
        self.declares = "a document type"
        raise _Stop

    def _first(self, name: str, attributes: dict[str, str]) -> None:
        """The first element says whether this is an XML we look into."""
        self.root = name
        self._parser.StartElementHandler = None
        if name == _WORKSHEET:
            self.layout = Layout()
            self._parser.StartElementHandler = self._start
            self._parser.EndElementHandler = self._end
            self._parser.CharacterDataHandler = self._text
        elif name == _WORKBOOK:
            self._parser.StartElementHandler = self._sheet

    def _sheet(self, name: str, attributes: dict[str, str]) -> None:
        if name == _SHEET:
            self.titles.append(attributes.get("name", ""))

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name in _VALUES:
            self._has_value = self._is_in_value = True
        elif name == _CELL:
            self._start_cell(attributes)
        elif name == _FORMULA:
            self._has_formula = True
        elif name == _ROW:
            self._start_row(attributes)
        elif name == _MERGED:
            self._merge(attributes)

    def _start_row(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r", str(self._row + 1))
        if not _NUMBER.fullmatch(reference) or not self._row < int(reference) <= LAST_ROW:
            raise NotAsWritten(f"row {reference} stands behind row {self._row}")
        self._row, self._column = int(reference), 0

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        row, column = _place(reference) if reference else (self._row, self._column + 1)
        if row != self._row or not self._column < column <= LAST_COLUMN:
            raise NotAsWritten(f"cell {reference} stands out of order in row {self._row}")
        self._column = column
        self._type = attributes.get("t", "n")
        self._has_formula = self._has_value = self._is_in_value = False
        self._value.clear()

    def _merge(self, attributes: dict[str, str]) -> None:
        first, _, last = attributes.get("ref", "").partition(":")
        self.layout.merged.append(Range(*_place(first), *_place(last or first)))
        if len(self.layout.merged) > MOST_MERGED:
            raise NotAsWritten(f"more than {MOST_MERGED:,} ranges of cells are merged")

    def _text(self, text: str) -> None:
        if self._is_in_value:
            self._value.append(text)

    def _end(self, name: str) -> None:
        if name in _VALUES:
            self._is_in_value = False
        elif name == _CELL:
            self._end_cell()

    def _end_cell(self) -> None:
        value = "".join(self._value)
        is_text = self._type in ("str", "inlineStr")
        is_calculated = bool(value) or (is_text and self._has_value)
        if self._has_formula and not is_calculated:
            self.layout.uncalculated.add((self._row, self._column))
        elif not value:
            return
        elif not is_text and not _is_of_kind(self._type, value):
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
    if kind == "s":
        return value.isascii() and value.isdigit()
    return value.isascii() and "_" not in value


class _Stop(Exception):
    """Nothing behind this is read."""
