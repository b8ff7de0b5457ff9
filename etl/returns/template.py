"""Writes the workbook that a board fills in: made from the declarations of the sheets, prefilled with what it sent.

    Start here    what to do, and whose return it is
    one sheet for each of SHEETS: title, sentence, what each column asks for, headings, rows
    Codes         every list, with what each term means; the drop-downs choose from it

All text is written as text: nothing that a board or a list holds can become a formula or a link. The same input gives
the same bytes. Headings are locked without a password; rows can be added, taken out, sorted and filtered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from etl.returns.codes import Codes, Round
from etl.returns.template_look import GROUND, LOCKED, OPEN_TO_ROWS, Look, RoomySheet, finish
from etl.returns.template_words import STEPS, account_of, width_of
from etl.returns.typing_rules import help_text, is_choice, rule
from geo.names import areas_of, borough_names
from warehouse.schema.column import Column, Kind
from warehouse.schema.returns import INTERVIEW_MAPPING, LINE, SHEETS, START, Sheet, heading

Rows = Sequence[Mapping[str, str]]

GUIDANCE_ROW, HEADING_ROW = 3, 4
"""Counted from 0. Above the data of a sheet stand its title, two sentences, what each column asks for, its headings."""

LAST_ROW = 20_000
"""Down to here cells have rules and can be filtered. More than that comes as CSV."""

LONGEST_CELL = 32_767
"""Letters that a cell of a workbook can hold."""

CREATED = datetime(2012, 1, 1)  # noqa: DTZ001  (a workbook has no time zones)
"""What every workbook names as the day it was made, so that the same input gives the same bytes."""

CODES_TITLE = "Codes"


def write_workbook(
    path: Path, board: str, round_code: str, codes: Codes, previous: Mapping[str, Rows] | None = None
) -> None:
    """Write the workbook of one board for one round to `path`, in place of what stands there.

    `board`, `round_code`: codes that `codes` knows, else KeyError. `previous`: code of a sheet → its rows as column
    name → text, in words as on paper; "start" may give one row for 'Start here'. Raises ValueError where `previous`
    names a sheet or column that is not declared, or a text is longer than a cell can hold.
    """
    rows = _known(previous or {})
    sender = codes.lists["board"].term(board)
    if sender is None:
        raise KeyError(board)
    asked = codes.rounds[round_code]
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": dict(GROUND),  # xlsxwriter writes into it
    }
    made = BytesIO()
    with Workbook(made, options) as book:
        book.set_properties({"title": f"Return of {sender.label}, {asked.label}", "created": CREATED})
        writer = _Writer(book, codes, board, sender.label, asked)
        writer.start(next(iter(rows.get(START.name, [])), {}))
        for sheet in SHEETS.values():
            writer.rows(sheet, _asked(sheet, rows.get(sheet.name, []), codes))
        writer.codes_of_all()
    path.write_bytes(made.getvalue())


def _known(previous: Mapping[str, Rows]) -> Mapping[str, Rows]:
    """The rows as given, once every sheet and column is one that is declared."""
    sheets = {START.name: START, **SHEETS}
    for name, rows in previous.items():
        if name not in sheets:
            raise ValueError(f"No sheet of a return has the code {name!r}; expected one of: {', '.join(sheets)}.")
        declared = [column.name for column in sheets[name].columns]
        unknown = sorted({column for row in rows for column in row} - set(declared))
        if unknown:
            raise ValueError(f"Sheet {name} has no column {unknown[0]!r}; expected some of: {', '.join(declared)}.")
    return previous


def _asked(sheet: Sheet, rows: Rows, codes: Codes) -> Rows:
    """The rows to write. The interview mapping asks theme by theme, so a theme without a line gets an empty one."""
    if sheet is not INTERVIEW_MAPPING:
        return rows
    themes = codes.lists["theme"].labels
    asked = [row for theme in themes for row in _of_theme(rows, theme) or [{"theme": theme}]]
    return [*asked, *(row for row in rows if row.get("theme") not in themes)]


def _of_theme(rows: Rows, theme: str) -> Rows:
    return [row for row in rows if row.get("theme") == theme]


class _Writer:
    """One workbook while it is written. Each method writes a sheet; sheets stand in the order they are written in."""

    def __init__(self, book: Workbook, codes: Codes, board: str, board_name: str, asked: Round) -> None:
        self.book, self.codes, self.board_name, self.asked = book, codes, board_name, asked
        self.boroughs = [borough_names()[code] for code in areas_of(board)]
        self.look = Look(book)

    def _new(self, title: str) -> RoomySheet:
        return self.book.add_worksheet(title, worksheet_class=RoomySheet)

    def _finish(self, sheet: RoomySheet, title: str, columns: int, open_to: dict[str, bool]) -> None:
        finish(sheet, columns, f"{self.board_name}, {self.asked.label}: {title}", open_to)

    def start(self, previous: Mapping[str, str]) -> None:
        """'Start here': the board and the round are filled in and locked, the rest is theirs to fill in."""
        sheet, look = self._new(START.title), self.look
        for column, width in enumerate((20, 34, 86)):
            sheet.set_column(column, column, width)
        sheet.set_row(0, 26)
        sheet.write_string(0, 0, "Return on work with minority ethnic, culture and faith communities", look.title)
        sheet.write_string(1, 0, f"{self.board_name}, {self.asked.label}", look.section)
        sheet.write_string(2, 0, account_of(self.asked), look.words)
        row = 4
        sheet.write_string(row, 0, "What to do", look.section)
        for number, step in enumerate(STEPS, start=1):
            sheet.write_string(row + number, 0, f"{number}. {step}", look.words)
        row += len(STEPS) + 2
        sheet.write_string(row, 0, "This return", look.section)
        filled = {"version": "1", **previous, "board": self.board_name, "round": self.asked.label}
        for column in START.columns:
            row += 1
            is_given = column.name in ("board", "round")
            sheet.write_string(row, 0, heading(column), look.label)
            cell = look.given if is_given else look.box(column)
            _write(sheet, row, 1, column, filled.get(column.name, ""), cell, START)
            sheet.write_string(row, 2, column.sentence if is_given else help_text(column, None), look.note)
            if not is_given:
                self._add_rule(sheet, row, 1, row, column)
        row += 2
        sheet.write_string(row, 0, "The sheets", look.section)
        for declared in SHEETS.values():
            row += 1
            sheet.write_string(row, 0, declared.title, look.label)
            sheet.merge_range(row, 1, row, 2, declared.sentence, look.wrapped)
            sheet.suggest_height(row, [(declared.sentence, 104)])
        self._finish(sheet, START.title, 3, LOCKED)

    def rows(self, declared: Sheet, rows: Rows) -> None:
        """One sheet of rows."""
        sheet, look = self._new(declared.title), self.look
        columns = declared.columns
        widths = [width_of(column, self.codes.of(column)) for column in columns]
        first = HEADING_ROW + 1
        # Cells of the rows above the headings are named one by one: the format of their column would leave them open.
        for row, above in enumerate((look.title, look.words, look.words, look.note)):
            for number in range(len(columns)):
                sheet.write_blank(row, number, None, above)
        optional = " This sheet may be left empty." if declared.is_optional else ""
        sheet.write_string(0, 0, declared.title, look.title)
        sheet.write_string(1, 0, declared.sentence, look.words)
        sheet.write_string(
            2, 0, f"One line is {declared.one_row}. An empty cell is read as not reported.{optional}", look.words
        )
        for row, height in ((0, 26), (GUIDANCE_ROW, 62), (HEADING_ROW, 30)):
            sheet.set_row(row, height)
        for number, column in enumerate(columns):
            cell = look.line if column is LINE else look.cell(column)
            sheet.set_column(number, number, widths[number], cell)
            if column is not LINE:  # it is narrow, and nothing is to be filled in
                sheet.write_string(GUIDANCE_ROW, number, help_text(column, self.codes.of(column)), look.note)
            sheet.write_string(HEADING_ROW, number, heading(column), look.heading)
            self._add_rule(sheet, first, number, LAST_ROW, column)
            for row, cells in enumerate(rows, start=first):
                _write(sheet, row, number, column, cells.get(column.name, ""), cell, declared)
        for row, cells in enumerate(rows, start=first):
            texts = [cells.get(column.name, "") for column in columns]
            sheet.suggest_height(row, list(zip(texts, widths, strict=True)))
        sheet.autofilter(HEADING_ROW, 0, LAST_ROW, len(columns) - 1)
        sheet.freeze_panes(first, 2 if columns[0] is LINE else 1)
        sheet.repeat_rows(HEADING_ROW)
        self._finish(sheet, declared.title, len(columns), OPEN_TO_ROWS)

    def codes_of_all(self) -> None:
        """Every list, term by term, each under a name that the drop-downs choose by. The sheet is locked whole."""
        sheet, look = self._new(CODES_TITLE), self.look
        for column, width in enumerate((34, 54, 88, 46)):
            sheet.set_column(column, column, width, look.wrapped)
        sheet.set_row(0, 26)
        sheet.write_string(0, 0, CODES_TITLE, look.title)
        sheet.write_string(1, 0, "What each term of each list means. The drop-downs choose from here.", look.words)
        sheet.write_string(2, 0, "In a CSV file either the term or its code may stand.", look.words)
        for column, words in enumerate(("List", "Term", "Meaning", "Code")):
            sheet.write_string(HEADING_ROW, column, words, look.heading)
        row = HEADING_ROW + 1
        for known in self.codes.used():
            first = row
            for row, term in enumerate(known.terms, start=first):
                for column, words in enumerate((known.title, term.label, term.meaning, term.code)):
                    sheet.write_string(row, column, words, look.wrapped)
            cells = f"{xl_rowcol_to_cell(first, 1, True, True)}:{xl_rowcol_to_cell(row, 1, True, True)}"
            self.book.define_name(_range_name(known.name), f"={CODES_TITLE}!{cells}")
            row += 1
        sheet.freeze_panes(HEADING_ROW + 1, 0)
        sheet.repeat_rows(HEADING_ROW)
        self._finish(sheet, CODES_TITLE, 4, LOCKED)

    def _source(self, column: Column) -> str | list[str] | None:
        """What a drop-down of this column chooses from, or None.

        A list is given by the name of its range: what Excel keeps of an address on another sheet, other programs lose.
        The column 'borough' says which borough of the board a line is about, so it offers these only.
        """
        known = self.codes.of(column)
        if known is None or not is_choice(column, known):
            return None
        return self.boroughs if column.name == column.place == "borough" else f"={_range_name(known.name)}"

    def _add_rule(self, sheet: Worksheet, row: int, number: int, last_row: int, column: Column) -> None:
        options = rule(column, self.codes.of(column), self._source(column), xl_rowcol_to_cell(row, number))
        if sheet.data_validation(row, number, last_row, number, options):
            raise ValueError(f"A spreadsheet cannot hold the rule of column {column.name}. Look at its declaration.")


def _range_name(list_name: str) -> str:
    return f"list_{list_name}"


def _write(sheet: Worksheet, row: int, number: int, column: Column, text: str, look: Format, of: Sheet) -> None:
    """Write one cell: whole numbers and days as such where they are, everything else as the text it is."""
    if len(text) > LONGEST_CELL:
        raise ValueError(
            f"Sheet {of.title}, row {row + 1}, column {heading(column)}: {len(text):,} letters. A cell of a workbook "
            f"holds at most {LONGEST_CELL:,}. Shorten the text where it came from."
        )
    day = _day(text) if column.kind == Kind.date else None
    if not text:
        sheet.write_blank(row, number, None, look)
    elif day:
        sheet.write_datetime(row, number, day, look)
    elif column.kind in (Kind.integer, Kind.decimal) and _is_plain_number(text):
        sheet.write_number(row, number, float(text), look)
    else:
        sheet.write_string(row, number, text, look)


def _is_plain_number(text: str) -> bool:
    """Whether a spreadsheet gives the number back with the same digits."""
    if len(text) > 15 or not re.fullmatch(r"[0-9]+(\.[0-9]+)?", text):
        return False
    return f"{float(text):.15g}" == text


def _day(text: str) -> date | None:
    """The day a text names; None where it names none, or one that a spreadsheet cannot count."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year > 1900 else None
