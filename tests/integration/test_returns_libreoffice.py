"""The workbooks in LibreOffice: read and saved by it, they hold what they held; its own arithmetic minds our dates."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from openpyxl.workbook import Workbook

from etl.returns.codes import read_codes
from etl.returns.markup import Mark, mark_up
from etl.returns.template import write_workbook
from etl.returns.typing_rules import rule
from tests.support.paths import ROOT
from tests.support.returns.examples import BOARD, HOSTILE, LAST_TIME
from tests.support.returns.examples import ROUND as ASKED
from tests.support.returns.office import OFFICE, convert
from warehouse.schema.column import Column, Kind

pytestmark = pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed on this machine")

DATES = {
    "2012": True, "2012-06": True, "2012-06-21": True, 2012: True, 41081: True, "2012-02-29": True,
    "June 2012": False, "21/06/2012": False, "2012-13": False, "2012-02-30": False, "2012/06": False, "20x2": False,
    "12": False, 12: False, "2012-06-2": False, "next": False, "soon, we hope": False, 1e9: False,
}  # fmt: skip
"""What may be typed as a date that is as precise as known, as text or as a number, and whether it is taken."""


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folder of our files, and that of the same files as LibreOffice saved them."""
    ours, theirs = tmp_path_factory.mktemp("ours"), tmp_path_factory.mktemp("theirs")
    hostile = [{"line": f"h{number}", "pilot": text} for number, text in enumerate(HOSTILE)]
    filled = {**LAST_TIME, "pilots": hostile}
    write_workbook(ours / "return.xlsx", BOARD, ASKED, read_codes(ROOT / "data"), filled)
    marks = [Mark("Pilots", 7, "Stage", "Expected one of the list.", True), Mark("", 0, "", "Sent late.", False)]
    mark_up(ours / "return.xlsx", ours / "marked.xlsx", marks)
    profile = tmp_path_factory.mktemp("profile")
    convert([ours / "return.xlsx", ours / "marked.xlsx"], "xlsx", theirs, profile)
    _write_dates(ours / "dates.xlsx")
    convert([ours / "dates.xlsx"], "csv", theirs, profile)
    return ours, theirs


def _write_dates(path: Path) -> None:
    """A sheet with each sample, and the rule of a date as a formula beside it."""
    column = Column("held_from", "Its first day.", kind=Kind.partial_date)
    with xlsxwriter.Workbook(path) as book:
        sheet, text = book.add_worksheet(), book.add_format({"num_format": "@"})
        for row, sample in enumerate(DATES):
            sheet.write(row, 0, sample, text)
            sheet.write_formula(row, 1, str(rule(column, None, None, f"A{row + 1}")["value"]), None, "")


def read(folder: Path, name: str) -> Workbook:
    return openpyxl.load_workbook(folder / name)


@pytest.mark.parametrize("name", ["return.xlsx", "marked.xlsx"])
def test_every_cell_comes_back_as_it_was(saved: tuple[Path, Path], name: str):
    ours, theirs = (read(folder, name) for folder in saved)
    assert theirs.sheetnames == ours.sheetnames
    for sheet in ours:
        values = {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}
        again = {coordinate: theirs[sheet.title][coordinate] for coordinate in values}
        assert {coordinate: cell.value for coordinate, cell in again.items()} == values
        assert not [coordinate for coordinate, cell in again.items() if cell.data_type == "f"]


@pytest.mark.parametrize("name", ["return.xlsx", "marked.xlsx"])
def test_every_rule_and_lock_comes_back(saved: tuple[Path, Path], name: str):
    ours, theirs = (read(folder, name) for folder in saved)
    assert set(theirs.defined_names) == set(ours.defined_names)
    for sheet in ours:
        again = theirs[sheet.title]
        assert again.protection.sheet == sheet.protection.sheet
        assert (again.protection.insertRows, again.protection.deleteRows) == (
            sheet.protection.insertRows, sheet.protection.deleteRows,
        )  # fmt: skip
        rules = {str(one.sqref).split(":")[0]: one for one in again.data_validations.dataValidation}
        for one in sheet.data_validations.dataValidation:
            kept = rules[str(one.sqref).split(":")[0]]
            assert (kept.type, kept.formula1 if one.formula1 else None) == (one.type, one.formula1)
            assert (kept.prompt, kept.promptTitle, kept.error) == (one.prompt, one.promptTitle, one.error)


def test_the_comments_of_a_marked_copy_come_back(saved: tuple[Path, Path]):
    comment = read(saved[1], "marked.xlsx")["Pilots"]["D7"].comment
    assert comment.text == "Found by the check:\nError: Expected one of the list."


def test_libreoffice_reckons_which_dates_are_taken_as_we_mean_it(saved: tuple[Path, Path]):
    lines = (saved[1] / "dates.csv").read_text(encoding="utf-8").splitlines()
    taken = [line.rpartition(",")[2] == "TRUE" for line in lines]
    assert dict(zip(DATES, taken, strict=True)) == DATES
