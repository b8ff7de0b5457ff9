"""A marked-up copy: every fault is found on its cell and on the list, and everything else is as it was sent."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.workbook import Workbook

from etl.returns import markup, markup_csv, markup_list
from etl.returns.codes import read_codes
from etl.returns.markup import FAULTS_TITLE, CannotMark, Mark, mark_up
from etl.returns.markup_words import AUTHOR, FILL, LONGEST_COMMENT
from etl.returns.template import write_workbook
from tests.support.paths import ROOT
from tests.support.returns.examples import BOARD, HOSTILE, LAST_TIME
from tests.support.returns.examples import ROUND as ASKED
from tests.support.returns.ooxml import troubles

MARKS = [
    Mark("Pilots", 6, "Stage", "Expected one of the list; the closest is “Done”.", True),
    Mark("Pilots", 6, "Stage", "It was “Done” last time.", False),
    Mark("Pilots", 6, "Actual to", "Expected a date, since the stage is “Done”.", False),
    Mark("Training", 7, "", "The parts do not add up to 178.", False),
    Mark("Start here", 16, "As at", "Expected a date.", True),
    Mark("Interview mapping", 0, "", "It holds fewer lines than last time.", False),
    Mark("", 0, "", "The round is closed.", True),
]


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A filled-in workbook, with a comment, a fill, a merged area and a formula of the officer's own."""
    path = tmp_path_factory.mktemp("sent") / "return.xlsx"
    rows = [*LAST_TIME["pilots"], *({"pilot": text} for text in HOSTILE)]
    write_workbook(path, BOARD, ASKED, read_codes(ROOT / "data"), {**LAST_TIME, "pilots": rows})
    book = openpyxl.load_workbook(path)
    pilots = book["Pilots"]
    pilots["E6"].comment = Comment("Ask the adviser.", "Officer")
    pilots["E6"].fill = PatternFill("solid", start_color="FF00FF00")
    pilots.merge_cells("B30:C31")
    pilots["B30"] = "merged"
    book["Training"]["K8"] = "=K6+K7"
    book.save(path)
    return path


def marked(sent: Path, tmp_path: Path, marks: list[Mark] = MARKS) -> Workbook:
    mark_up(sent, tmp_path / "marked.xlsx", marks)
    return openpyxl.load_workbook(tmp_path / "marked.xlsx")


def everything(book: Workbook) -> dict[str, dict[str, tuple[object, str, str]]]:
    """Value, type and number format of every cell of every sheet but the list."""
    return {
        sheet.title: {
            cell.coordinate: (cell.value, cell.data_type, cell.number_format)
            for row in sheet.iter_rows() for cell in row if cell.value is not None
        }
        for sheet in book if sheet.title != FAULTS_TITLE
    }  # fmt: skip


def rules(book: Workbook) -> dict[str, list[tuple[object, ...]]]:
    return {
        sheet.title: [
            (str(one.sqref), one.type, one.formula1, one.prompt) for one in sheet.data_validations.dataValidation
        ]
        for sheet in book if sheet.title != FAULTS_TITLE
    }  # fmt: skip


def test_each_fault_is_a_comment_on_its_cell(sent: Path, tmp_path: Path):
    book = marked(sent, tmp_path)
    assert book["Pilots"]["D6"].comment.text.splitlines() == [
        "Found by the check:",
        "Error: Expected one of the list; the closest is “Done”.",
        "Warning: It was “Done” last time.",
    ]
    assert book["Pilots"]["D6"].comment.author == AUTHOR
    assert (
        book["Pilots"]["H6"].comment.text == "Found by the check:\nWarning: Expected a date, since the stage is “Done”."
    )
    assert "add up" in book["Training"]["A7"].comment.text  # a row's fault stands on its first cell
    assert "Expected a date" in book["Start here"]["B16"].comment.text
    found = [cell.coordinate for sheet in book for row in sheet.iter_rows() for cell in row if cell.comment]
    assert sorted(found) == ["A7", "B16", "D6", "E6", "H6"]  # E6 is the officer's own


def test_a_marked_cell_is_filled_and_keeps_its_format(sent: Path, tmp_path: Path):
    cells = marked(sent, tmp_path)["Pilots"]
    for name in ("D6", "H6"):  # H6 was empty
        assert cells[name].fill.start_color.rgb == FILL
        assert cells[name].number_format == "@"
        assert not cells[name].protection.locked


def test_a_cell_that_the_file_does_not_hold_takes_the_format_of_its_column(sent: Path, tmp_path: Path):
    cell = marked(sent, tmp_path, [Mark("Pilots", 40, "Planned to", "Expected a date.", True)])["Pilots"]["F40"]
    assert (cell.number_format, cell.protection.locked, cell.border.left.style) == ("@", False, "thin")


def test_nothing_else_changes(sent: Path, tmp_path: Path):
    before, after = openpyxl.load_workbook(sent), marked(sent, tmp_path)
    assert everything(after) == everything(before)
    assert rules(after) == rules(before)
    assert set(after.defined_names) == set(before.defined_names)
    for sheet in before:
        again = after[sheet.title]
        assert vars(again.protection) == vars(sheet.protection)
        assert again.freeze_panes == sheet.freeze_panes
        assert again.auto_filter.ref == sheet.auto_filter.ref
        assert again.print_title_rows == sheet.print_title_rows
        assert again.merged_cells.ranges == sheet.merged_cells.ranges
        assert {key: column.width for key, column in again.column_dimensions.items()} == {
            key: column.width for key, column in sheet.column_dimensions.items()
        }
    assert after["Pilots"]["E6"].comment.text == "Ask the adviser."
    assert after["Training"]["K8"].value == "=K6+K7"


def test_the_copy_is_sound(sent: Path, tmp_path: Path):
    marked(sent, tmp_path)
    assert troubles(tmp_path / "marked.xlsx") == ["xl/worksheets/sheet6.xml: K8 holds a formula"]  # the officer's own


def test_the_list_holds_every_fault_in_order_and_opens_first(sent: Path, tmp_path: Path):
    book = marked(sent, tmp_path)
    sheet = book.worksheets[0]
    assert sheet.title == FAULTS_TITLE
    assert book.active is sheet
    assert [one.title for one in book if one.sheet_view.tabSelected] == [FAULTS_TITLE]
    assert sheet["A2"].value.startswith("3 errors and 4 warnings.")
    rows = [tuple(cell.value for cell in row) for row in sheet.iter_rows(min_row=6)]
    assert rows[0] == ("The whole file", None, None, "Error", "The round is closed.")
    assert rows[1] == ("Pilots", "6", "Stage", "Error", MARKS[0].sentence)
    assert {row[4] for row in rows} == {mark.sentence for mark in MARKS}
    assert sheet["B7"].hyperlink.location == "'Pilots'!D6"
    assert sheet["B6"].hyperlink is None


def test_marking_a_marked_copy_leaves_nothing_of_the_first_time(sent: Path, tmp_path: Path):
    mark_up(sent, tmp_path / "first.xlsx", [*MARKS, Mark("Pilots", 6, "Planned from", "Expected a date.", True)])
    book = marked(tmp_path / "first.xlsx", tmp_path, [])
    found = {cell.coordinate: cell.comment.text for row in book["Pilots"].iter_rows() for cell in row if cell.comment}
    assert found == {"E6": "Ask the adviser."}
    assert book["Pilots"]["D6"].fill.fill_type is None
    assert book["Pilots"]["E6"].fill.start_color.rgb == "FF00FF00"
    assert [title for title in book.sheetnames if FAULTS_TITLE in title] == [FAULTS_TITLE]
    assert book[FAULTS_TITLE]["A2"].value == "No fault was found."
    assert everything(book) == everything(openpyxl.load_workbook(sent))


def test_a_sheet_of_the_officers_own_that_is_called_faults_stays(sent: Path, tmp_path: Path):
    book = openpyxl.load_workbook(sent)
    book.create_sheet(FAULTS_TITLE)["A1"] = "What I could not answer"
    book.save(tmp_path / "own.xlsx")
    again = marked(tmp_path / "own.xlsx", tmp_path)
    assert again[FAULTS_TITLE]["A1"].value == "What I could not answer"
    assert again.worksheets[0]["A1"].value == "Faults found in this return"


def test_a_fault_beside_the_officers_comment_is_added_below_it(sent: Path, tmp_path: Path):
    cell = marked(sent, tmp_path, [Mark("Pilots", 6, "Planned from", "Expected a date.", True)])["Pilots"]["E6"]
    assert cell.comment.text == "Ask the adviser.\n\nFound by the check:\nError: Expected a date."
    assert cell.fill.start_color.rgb == "FF00FF00"


def test_a_merged_area_is_marked_where_it_shows(sent: Path, tmp_path: Path):
    book = marked(sent, tmp_path, [Mark("Pilots", 31, "Borough", "Expected a borough.", True)])
    assert "Expected a borough." in book["Pilots"]["B30"].comment.text


@pytest.mark.parametrize("where", [("No such sheet", 6, "Stage"), ("Codes", 3, "Stage"), ("Pilots", 6, "Colour")])
def test_a_fault_whose_place_is_not_found_is_on_the_list(sent: Path, tmp_path: Path, where: tuple[str, int, str]):
    sheet = marked(sent, tmp_path, [Mark(*where, "Expected something else.", True)]).worksheets[0]
    assert sheet["E6"].value == "Expected something else."


def test_hostile_words_of_a_fault_stay_words(sent: Path, tmp_path: Path):
    marks = [Mark("Pilots", 6, "Stage", f"{text}\x00\x1f", True) for text in HOSTILE]
    book = marked(sent, tmp_path, marks)
    assert all(row[4].data_type == "s" for row in book.worksheets[0].iter_rows(min_row=6))
    assert "=1+1\ufffd\ufffd" in book["Pilots"]["D6"].comment.text


def test_more_faults_than_comments_are_all_on_the_list(sent: Path, tmp_path: Path, monkeypatch):
    most = 20
    for module in (markup, markup_list):
        monkeypatch.setattr(module, "MOST_COMMENTS", most)
    marks = [Mark("Pilots", row, "Stage", "Expected one of the list.", True) for row in range(6, most + 16)]
    book = marked(sent, tmp_path, [*marks, Mark("Pilots", 6, "Stage", "x" * 5_000, True)])
    found = [row[0].row for row in book["Pilots"].iter_rows(min_col=4, max_col=4) if row[0].comment]
    assert found == list(range(6, most + 6))
    assert book.worksheets[0].max_row == 5 + most + 11
    assert "The first 20 cells have one." in book.worksheets[0]["A3"].value
    assert len(book["Pilots"]["D6"].comment.text) < LONGEST_COMMENT + 50


EXTENSION = (
    '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
    '<x14:dataValidations count="1" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
    '<x14:dataValidation type="list" allowBlank="1" showErrorMessage="1" error="Choose &amp; be done">'
    "<x14:formula1><xm:f>Codes!$B$6:$B$19</xm:f></x14:formula1><xm:sqref>N6:N99 N200</xm:sqref>"
    "</x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"
)


def test_a_drop_down_as_excel_keeps_it_stays(sent: Path, tmp_path: Path):
    """Excel writes a list on another sheet into an extension, which openpyxl drops with a warning."""
    with zipfile.ZipFile(sent) as old, zipfile.ZipFile(tmp_path / "excel.xlsx", "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet3.xml":
                content = content.replace(b"</worksheet>", EXTENSION.encode())
            new.writestr(name, content)
    found = marked(tmp_path / "excel.xlsx", tmp_path)["Pilots"].data_validations.dataValidation
    (kept,) = [one for one in found if "N50" in one.sqref and one.type == "list"]
    assert (kept.formula1, str(kept.sqref), kept.error) == ("Codes!$B$6:$B$19", "N6:N99 N200", "Choose & be done")
    assert kept.showErrorMessage
    assert kept.allowBlank


def test_a_workbook_that_cannot_be_copied_says_so(sent: Path, tmp_path: Path):
    with zipfile.ZipFile(sent) as old, zipfile.ZipFile(tmp_path / "broken.xlsx", "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<styleSheet" if name == "xl/styles.xml" else old.read(name))
    with pytest.raises(CannotMark, match=r"broken.xlsx: no marked-up copy .* The list of its faults is whole"):
        mark_up(tmp_path / "broken.xlsx", tmp_path / "marked.xlsx", MARKS)
    assert not (tmp_path / "marked.xlsx").exists()


CSV = 'Board,Round,Pilot,Planned from\nCamden,June,"two\nlines",2012\nCamden,June,=1+1,007\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_a_csv_becomes_a_sheet_of_text_with_comments(tmp_path: Path, encoding: str, ends: str):
    source = tmp_path / "pilots.csv"
    source.write_bytes(CSV.replace("June", "Juné").replace("\n", ends).encode(encoding))
    marks = [
        Mark("Pilots", 4, "Planned from", "Expected a date.", True),
        Mark("Pilots", 4, "Pilot", "Expected a name.", False),
        Mark("Pilots", 2, "", "Expected four cells.", True),
    ]
    book = marked(source, tmp_path, marks)
    sheet = book["As sent"]
    assert [cell.value for cell in sheet[1]] == ["Board", "Round", "Pilot", "Planned from"]
    assert sheet["C2"].value == "two\nlines"
    assert [cell.value for cell in sheet[3]] == [None] * 4  # the record of line 2 goes on here
    assert [(cell.value, cell.data_type) for cell in sheet[4]] == [
        ("Camden", "s"), ("Juné", "s"), ("=1+1", "s"), ("007", "s"),
    ]  # fmt: skip
    assert sheet["A4"].number_format == sheet["D4"].number_format == "@"
    assert sheet["D4"].comment.text == "Found by the check:\nError: Expected a date."
    assert "Expected a name." in sheet["C4"].comment.text
    assert "Expected four cells." in sheet["A2"].comment.text
    assert [row[4].value for row in book[FAULTS_TITLE].iter_rows(min_row=6)] == [
        "Expected four cells.", "Expected a date.", "Expected a name.",
    ]  # fmt: skip
    assert troubles(tmp_path / "marked.xlsx") == []


def test_a_printed_report_keeps_a_line_a_row(tmp_path: Path):
    (tmp_path / "report.txt").write_text('Grouped By, "Group"\n\nTotal   178\n', encoding="utf-8")
    sheet = marked(tmp_path / "report.txt", tmp_path, [Mark("Training", 3, "Number", "Parts add to 177.", False)])[
        "As sent"
    ]
    assert [sheet["A1"].value, sheet["A3"].value] == ['Grouped By, "Group"', "Total   178"]
    assert "177" in sheet["A3"].comment.text


def test_a_long_csv_says_what_is_not_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(markup_csv, "MOST_LINES", 10)
    (tmp_path / "long.csv").write_text("Pilot\n" + "x\n" * 20, encoding="utf-8")
    book = marked(tmp_path / "long.csv", tmp_path, [Mark("Pilots", 15, "Pilot", "Expected a name.", True)])
    assert book["As sent"].max_row == 10
    assert book[FAULTS_TITLE]["A4"].value == "Only the first 10 rows are copied; the list holds every fault."
    assert book[FAULTS_TITLE]["E6"].value == "Expected a name."
