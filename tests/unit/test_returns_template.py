"""The workbook for boards: read back by another library than wrote it, it says what the declarations say."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from etl.returns.codes import Codes, read_codes
from etl.returns.template import LONGEST_CELL, write_workbook
from etl.returns.typing_rules import rule
from tests.support.paths import ROOT
from tests.support.returns.examples import BOARD, HOSTILE, LAST_TIME
from tests.support.returns.examples import ROUND as ASKED
from tests.support.returns.ooxml import troubles
from warehouse.schema.column import Column, Kind
from warehouse.schema.returns import SHEETS, START, Sheet, heading

HEADING_ROW, FIRST_ROW = 5, 6
COLUMNS = [
    pytest.param(sheet, number, column, id=f"{sheet.name}-{column.name}")
    for sheet in SHEETS.values()
    for number, column in enumerate(sheet.columns, start=1)
]


@pytest.fixture(scope="module")
def codes() -> Codes:
    return read_codes(ROOT / "data")


@pytest.fixture(scope="module")
def path(codes: Codes, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of a board with two boroughs, prefilled."""
    target = tmp_path_factory.mktemp("template") / "return.xlsx"
    write_workbook(target, BOARD, ASKED, codes, LAST_TIME)
    return target


@pytest.fixture(scope="module")
def book(path: Path) -> Workbook:
    return openpyxl.load_workbook(path)


def rule_of(sheet: Worksheet, cell: str) -> DataValidation:
    """The one rule of a cell."""
    (found,) = [one for one in sheet.data_validations.dataValidation if cell in one.sqref]
    return found


def choices(book: Workbook, found: DataValidation) -> list[str]:
    """What a drop-down offers."""
    if found.formula1.startswith('"'):
        return found.formula1.strip('"').split(",")
    title, cells = next(iter(book.defined_names[found.formula1].destinations))
    return [cell.value for (cell,) in book[title][cells]]


def rows_of(book: Workbook, sheet: Sheet) -> list[dict[str, object]]:
    """The rows below the headings, by column name."""
    names = [column.name for column in sheet.columns]
    rows = book[sheet.title].iter_rows(min_row=FIRST_ROW, max_col=len(names), values_only=True)
    return [dict(zip(names, row, strict=True)) for row in rows]


def test_the_sheets_stand_in_their_order(book: Workbook):
    assert book.sheetnames == ["Start here", *(sheet.title for sheet in SHEETS.values()), "Codes"]
    assert all(sheet.sheet_state == "visible" for sheet in book)


def test_nothing_in_the_file_is_what_excel_would_repair(path: Path):
    assert troubles(path) == []


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=lambda sheet: sheet.name)
def test_headings_are_locked_frozen_and_repeated_on_paper(book: Workbook, sheet: Sheet):
    made = book[sheet.title]
    headings = made[HEADING_ROW]
    assert [cell.value for cell in headings] == [heading(column) for column in sheet.columns]
    assert all(cell.protection.locked and cell.font.bold for cell in headings)
    assert all(cell.protection.locked for row in made["A1:C4"] for cell in row)
    assert made.freeze_panes in ("B6", "C6")
    assert made.print_title_rows == "$5:$5"
    assert (made.page_setup.orientation, made.page_setup.paperSize) == ("landscape", 9)
    assert made.sheet_properties.pageSetUpPr.fitToPage
    assert (made.page_setup.fitToWidth, made.page_setup.fitToHeight) == (None, 0)  # one page wide is the default


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=lambda sheet: sheet.name)
def test_rows_can_be_added_taken_out_sorted_and_filtered(book: Workbook, sheet: Sheet):
    made = book[sheet.title]
    locked = made.protection
    assert locked.sheet
    assert locked.password is None
    assert not any((locked.insertRows, locked.deleteRows, locked.sort, locked.autoFilter))
    assert all((locked.insertColumns, locked.deleteColumns, locked.formatCells))
    last = get_column_letter(len(sheet.columns))
    assert made.auto_filter.ref == f"A{HEADING_ROW}:{last}20001"
    # A row can only be taken out where none of its cells is locked, those beside the table included: they have the
    # format that stands first.
    assert all(not column.protection.locked for column in made.column_dimensions.values() if column.has_style)
    assert not book._protections[book._cell_styles[0].protectionId].locked


@pytest.mark.parametrize(("sheet", "number", "column"), COLUMNS)
def test_every_column_helps_and_minds_as_declared(
    book: Workbook, codes: Codes, sheet: Sheet, number: int, column: Column
):
    made = book[sheet.title]
    for row in (FIRST_ROW, 500, 20_001):
        found = rule_of(made, f"{get_column_letter(number)}{row}")
    assert found.promptTitle == heading(column)
    assert found.prompt.startswith(column.sentence)
    assert found.showInputMessage
    assert ("Must be filled." in found.prompt) == column.required
    known = codes.of(column)
    if column.many:
        assert found.type is None
        assert "semicolon" in found.prompt
    elif known:
        assert (found.type, found.errorStyle, found.showErrorMessage) == ("list", None, True)
        own = ["City of London", "Hackney"] if column.name == "borough" else list(known.labels)
        assert choices(book, found) == own
    elif column.kind == Kind.integer:
        assert (found.type, found.operator, found.formula1) == ("whole", "greaterThanOrEqual", str(column.minimum))
    elif column.kind == Kind.decimal:
        assert (found.type, found.operator, found.formula1) == ("decimal", "greaterThanOrEqual", str(column.minimum))
    elif column.kind == Kind.date:
        assert (found.type, found.formula1, found.formula2) == ("date", "32874", "73050")
    elif column.kind == Kind.partial_date:
        assert found.type == "custom"
        assert "DATEVALUE" in found.formula1
    else:
        assert found.type is None


def test_words_are_kept_as_words_while_they_are_typed(book: Workbook):
    """A cell that is not text would turn 2012-06 into a day and =1+1 into 2."""
    made = book["Pilots"]
    assert made["B6"].number_format == made["E6"].number_format == "@"
    formats = {column.number_format for column in made.column_dimensions.values() if not column.hidden}
    assert formats == {"@"}


@pytest.mark.parametrize("title", [START.title, *(sheet.title for sheet in SHEETS.values()), "Codes"])
def test_a_sheet_ends_at_its_last_column(book: Workbook, title: str):
    (hidden,) = [column for column in book[title].column_dimensions.values() if column.hidden]
    shown = [column.max for column in book[title].column_dimensions.values() if not column.hidden]
    assert (hidden.min, hidden.max) == (max(shown) + 1, 16_384)
    assert max(len(row) for row in book[title].iter_rows()) <= max(shown)


def test_a_list_of_faiths_offers_faiths_only(book: Workbook):
    offered = choices(book, rule_of(book["Community groups"], "D6"))
    assert "Muslim" in offered
    assert "Somali" not in offered


def test_start_here_names_board_and_round_and_asks_for_the_rest(book: Workbook):
    made = book["Start here"]
    rows = {row[0].value: row[1] for row in made.iter_rows() if row[0].value}
    assert (rows["Board"].value, rows["Round"].value) == ("City and Hackney", "2010–11 interviews")
    assert rows["Board"].protection.locked
    assert rows["Round"].protection.locked
    for column in START.columns[2:]:
        cell = rows[heading(column)]
        assert not cell.protection.locked
        assert rule_of(made, cell.coordinate).type == {"date": "date", "integer": "whole"}[column.kind.name]
    assert [rows[label].value for label in ("As at", "Sent", "Version")] == [None, None, 1]
    assert sum(str(label)[:2] in ("1.", "2.", "3.", "4.", "5.", "6.") for label in rows) == 6


def test_what_was_sent_last_time_is_filled_in(book: Workbook):
    (pilot,) = rows_of(book, SHEETS["pilots"])
    assert {name: value for name, value in pilot.items() if value is not None} == LAST_TIME["pilots"][0]
    everybody, unknown = rows_of(book, SHEETS["training"])
    assert (everybody["line"], everybody["number"]) == ("t1", 178)
    assert (unknown["number"], unknown["percentage"]) == ("012", 6.7)  # digits that a number would lose stay text
    (came,) = rows_of(book, SHEETS["attendance"])
    assert came["session"].date().isoformat() == "2012-06-21"


def test_the_interview_mapping_asks_theme_by_theme(book: Workbook, codes: Codes):
    rows = rows_of(book, SHEETS["interview_mapping"])
    themes = [row["theme"] for row in rows]
    assert list(dict.fromkeys(themes)) == [*codes.lists["theme"].labels, "A theme of old"]
    assert [row["line"] for row in rows if row["theme"] == "Training"] == ["a1", "a3"]
    assert len(rows) == 14 + 1 + 1
    assert all(row["present_activity"] is None for row in rows if not row["line"])


def test_a_board_that_sent_nothing_gets_a_line_for_each_theme(codes: Codes, tmp_path: Path):
    write_workbook(tmp_path / "new.xlsx", "camden", ASKED, codes)
    book = openpyxl.load_workbook(tmp_path / "new.xlsx")
    assert [row["theme"] for row in rows_of(book, SHEETS["interview_mapping"])] == list(codes.lists["theme"].labels)
    assert rows_of(book, SHEETS["pilots"]) == []
    assert choices(book, rule_of(book["Pilots"], "C6")) == ["Camden"]


def test_no_text_becomes_a_formula_a_link_or_a_number(codes: Codes, tmp_path: Path):
    rows = [{"pilot": text, "output": text, "planned_from": text, "stage": text} for text in HOSTILE]
    write_workbook(tmp_path / "hostile.xlsx", BOARD, ASKED, codes, {"pilots": rows})
    made = openpyxl.load_workbook(tmp_path / "hostile.xlsx")["Pilots"]
    for number, text in enumerate(HOSTILE, start=FIRST_ROW):
        for cell in (made.cell(number, column) for column in (2, 4, 5, 10)):
            assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    assert troubles(tmp_path / "hostile.xlsx") == []


def test_a_number_column_takes_no_formula_either(codes: Codes, tmp_path: Path):
    texts = ["=1+1", "1,234", "½", "9" * 20, "-1", "0", "0.50"]
    rows = [{"course": "x", "number": text, "percentage": text} for text in texts]
    write_workbook(tmp_path / "numbers.xlsx", BOARD, ASKED, codes, {"training": rows})
    made = rows_of(openpyxl.load_workbook(tmp_path / "numbers.xlsx"), SHEETS["training"])
    assert [row["number"] for row in made] == ["=1+1", "1,234", "½", "9" * 20, "-1", 0, "0.50"]


def test_every_list_stands_under_codes(book: Workbook, codes: Codes):
    found = {row[1:] for row in book["Codes"].iter_rows(min_row=FIRST_ROW, values_only=True)}
    for known in codes.used():
        assert {(term.label, term.meaning, term.code) for term in known.terms} <= found
    assert book["Codes"].protection.sheet
    assert book["Codes"].protection.insertRows


def test_every_column_that_refers_to_a_list_has_one(codes: Codes):
    for sheet in (START, *SHEETS.values()):
        for column in sheet.columns:
            if column.vocabulary or column.refers_to or column.place:
                known = codes.of(column)
                assert known is not None, column.name
                assert known.terms
                assert len(set(known.labels)) == len(known.terms), f"{known.name}: two terms read alike"


def test_a_long_text_is_seen_whole_and_its_row_still_grows(path: Path):
    """LibreOffice draws a row without a height as one line; a fixed height would cut off what is added in Excel."""
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet2.xml").decode()
    row = sheet.partition('<row r="8"')[2].partition(">")[0]
    assert 'ht="' in row
    assert "customHeight" not in row
    assert "customHeight" in sheet.partition('<row r="5"')[2].partition(">")[0]


def test_the_same_input_gives_the_same_bytes(path: Path, codes: Codes, tmp_path: Path):
    write_workbook(tmp_path / "again.xlsx", BOARD, ASKED, codes, LAST_TIME)
    assert (tmp_path / "again.xlsx").read_bytes() == path.read_bytes()


def test_a_footer_holds_an_ampersand_as_it_is(codes: Codes, tmp_path: Path):
    asked = codes.rounds[ASKED]
    other = Codes(codes.lists, {ASKED: type(asked)(ASKED, "June & July", "A round.", "", "2012-06-21")})
    write_workbook(tmp_path / "footer.xlsx", BOARD, ASKED, other)
    book = openpyxl.load_workbook(tmp_path / "footer.xlsx")
    assert "June && July" in book["Pilots"].oddFooter.left.text
    assert book["Start here"]["A3"].value == "A round. Send it by 21 June 2012."


@pytest.mark.parametrize(
    ("previous", "words"),
    [
        ({"pilot": []}, "No sheet of a return has the code 'pilot'"),
        ({"pilots": [{"pilot": "x", "colour": "red"}]}, "Sheet pilots has no column 'colour'"),
        ({"pilots": [{"pilot": "x" * (LONGEST_CELL + 1)}]}, "Sheet Pilots, row 6, column Pilot: 32,768 letters"),
    ],
)
def test_what_a_workbook_cannot_hold_is_refused(codes: Codes, tmp_path: Path, previous: dict, words: str):
    with pytest.raises(ValueError, match=words):
        write_workbook(tmp_path / "refused.xlsx", BOARD, ASKED, codes, previous)
    assert not (tmp_path / "refused.xlsx").exists()


@pytest.mark.parametrize(("board", "asked"), [("nowhere", ASKED), (BOARD, "nothing")])
def test_a_board_or_round_that_is_not_known_is_refused(codes: Codes, tmp_path: Path, board: str, asked: str):
    with pytest.raises(KeyError, match="no"):
        write_workbook(tmp_path / "refused.xlsx", board, asked, codes)


def test_help_that_no_spreadsheet_would_show_is_refused():
    with pytest.raises(ValueError, match="column remarks is too long"):
        rule(Column("remarks", "Words. " * 40), None, None, "A6")
