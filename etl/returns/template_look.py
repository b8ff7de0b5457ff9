"""How the workbook looks, prints and is locked. One calm hand: black on white, grey for what is given, no meaning in
a colour."""

from __future__ import annotations

import textwrap

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import ColumnInfo, Worksheet

from warehouse.schema.column import Column, Kind

INK, NOTE, RULE, PANEL = "#0b0c0c", "#505a5f", "#b1b4b6", "#f3f2f1"

GROUND = {"font_name": "Arial", "font_size": 11, "font_scheme": False, "locked": False}
"""The format of every cell that has no other. Unlocked: a row with a locked cell in it, far to the right of the table
too, could not be taken out. The font is named by itself, not by a theme that would put another in its place."""

LAST_COLUMN, A4 = 16_383, 9
LINE_OF_TEXT, TALLEST_ROW = 13, 400
"""In points, for text of size 10."""

LETTERS = 1.25
"""How many letters of that size go into one unit of the width of a column, blanks at the ends of lines allowed for."""

LOCKED = {"objects": True, "format_columns": True, "format_rows": True}
OPEN_TO_ROWS = {**LOCKED, **dict.fromkeys(("insert_rows", "delete_rows", "sort", "autofilter"), True)}
"""What remains allowed on a sheet that is locked without a password. Objects: a board may write comments of its own."""


class RoomySheet(Worksheet):
    """A sheet whose rows may be given a height that still follows their text when it is changed, and that ends at its
    last column.

    LibreOffice draws a row without a height as one line, however long its text. A height set by `set_row` is kept for
    good, so text that is added later would be cut off. The one between is written here: a height that is not fixed.
    """

    def __init__(self) -> None:
        super().__init__()
        self.suggested: set[int] = set()
        self.hidden_from: int | None = None

    def hide_from(self, column: int) -> None:
        """Hide this column and all to the right of it. `set_column` would keep a record of each, 16,000 a sheet, and
        take most of the time of a workbook."""
        self.set_column(column, column, None, None, {"hidden": True})
        self.hidden_from = column

    def _write_col_info(self, first: int, last: int, column: ColumnInfo) -> None:
        # Of xlsxwriter, at the pinned version; a test looks at what is written.
        super()._write_col_info(first, LAST_COLUMN if first == self.hidden_from else last, column)

    def suggest_height(self, row: int, cells: list[tuple[str, float]]) -> None:
        """Give a row the height that the text of its cells, each with the width of its column, is likely to need."""
        lines = max((_lines(text, width) for text, width in cells), default=1)
        if lines > 1:
            self.set_row(row, min(lines * LINE_OF_TEXT + 3, TALLEST_ROW))
            self.suggested.add(row)

    def _xml_start_tag_unencoded(self, tag: str, attributes: list[tuple[str, object]] | None = None) -> None:
        # Of xlsxwriter, at the pinned version; a test looks at what is written.
        if tag == "row" and attributes and attributes[0][1] - 1 in self.suggested:
            attributes = [(name, value) for name, value in attributes if name != "customHeight"]
        super()._xml_start_tag_unencoded(tag, attributes)


class Look:
    """The formats of one workbook."""

    def __init__(self, book: Workbook) -> None:
        locked = {"font_color": INK, "locked": True}
        open_ = {"font_color": INK, "locked": False, "text_wrap": True, "valign": "top", "font_size": 10}
        note = {"font_color": NOTE, "font_size": 9}
        lines, box = {"border": 1, "border_color": RULE}, {"border": 1, "border_color": INK, "align": "left"}
        wrapped = {"text_wrap": True, "valign": "top"}
        kinds = {"text": "@", "integer": "0", "decimal": "General", "date": "d mmmm yyyy"}
        self.title = book.add_format({**locked, "bold": True, "font_size": 18})
        self.section = book.add_format({**locked, "bold": True, "font_size": 14})
        self.words = book.add_format(locked)
        self.wrapped = book.add_format({**locked, **wrapped})
        self.note = book.add_format({**locked, **wrapped, **note})
        self.label = book.add_format({**locked, "bold": True, "valign": "top"})
        self.given = book.add_format({**locked, **lines, "bg_color": PANEL, "align": "left"})
        edge = {"bottom": 2, "bottom_color": INK, "text_wrap": True, "valign": "vcenter"}
        self.heading = book.add_format({**locked, **lines, **edge, "bold": True, "font_size": 10, "bg_color": PANEL})
        self.line = book.add_format({**open_, **lines, **note, "num_format": "@"})
        self._cells = {kind: book.add_format({**open_, **lines, "num_format": form}) for kind, form in kinds.items()}
        self._boxes = {
            kind: book.add_format({**open_, **box, "font_size": 11, "num_format": form}) for kind, form in kinds.items()
        }

    def cell(self, column: Column) -> Format:
        """The format of a cell of rows. Words and dates as precise as known are text, so that none is turned into
        something else while it is typed."""
        return self._cells[_kind(column)]

    def box(self, column: Column) -> Format:
        """The format of a single cell to fill in."""
        return self._boxes[_kind(column)]


def _kind(column: Column) -> str:
    return column.kind.name if column.kind in (Kind.integer, Kind.decimal, Kind.date) else "text"


def _lines(text: str, width: float) -> int:
    letters = max(int(width * LETTERS), 1)
    if len(text) <= letters and "\n" not in text:  # as most are, and wrapping takes its time
        return 1
    return sum(max(len(textwrap.wrap(part, letters)), 1) for part in text.splitlines())


def finish(sheet: RoomySheet, columns: int, footer: str, open_to: dict[str, bool]) -> None:
    """What all sheets share: what is locked, how it prints, and nothing to the right of the last column."""
    sheet.protect("", open_to)
    sheet.hide_from(columns)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer(f"&L&9{footer.replace('&', '&&')}&R&9Page &P of &N")
