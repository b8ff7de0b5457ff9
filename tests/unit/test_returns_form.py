"""Which form of return a file is, told by what stands in it."""

from __future__ import annotations

import pytest

from etl.returns.form import READERS, form_of
from etl.returns.raw import Refused
from tests.support.paths import ROOT
from tests.support.returns import csv_cases
from tests.support.returns.books import book
from tests.support.returns.case import COURSE
from warehouse.schema.returns import SHEETS

CAMDEN = ROOT.parent / "shared" / "seeds" / "004_e7bb67626a9ec43a.txt"
ATTENDANCE = SHEETS["attendance"]
REPORT = (
    "Course 7\r\nDate Range: 1/11/2009 - 29/4/2010\r\n\r\nGrouped By: Gender\r\nFemale\r\n75.00\r\n3\r\nTotal 4\r\n"
)
SURVEY = '"Respondent ID","Start Date","Which themes?","",\n"","","Training","Outreach",\n1,2011-02-03,Training,,\n'


def form(tmp_path, content: bytes, name: str = "return.dat") -> str:
    path = tmp_path / name
    path.write_bytes(content)
    return form_of(path)


@pytest.mark.parametrize("name", ["return.xlsx", "return.csv", "return.txt", "return"])
def test_the_name_makes_no_difference(tmp_path, name):
    assert form(tmp_path, book([COURSE]), name) == "workbook"
    assert form(tmp_path, csv_cases.ONE.encode("utf-16"), name) == "csv"
    assert form(tmp_path, REPORT.encode("cp1252"), name) == "training report"
    assert form(tmp_path, SURVEY.encode("utf-8-sig"), name) == "survey export"
    assert form(tmp_path, SURVEY.encode("utf-16"), name) == "survey export"


def test_a_sheet_about_people_has_a_reader_of_its_own(tmp_path):
    assert form(tmp_path, csv_cases.text([csv_cases.headings(ATTENDANCE)]).encode()) == "attendance"


def test_words_of_another_form_in_a_cell_do_not_mislead(tmp_path):
    rows = [csv_cases.headings(), csv_cases.row(COURSE | {"audience": "Respondent ID\nGrouped By: Gender"})]
    assert form(tmp_path, csv_cases.text(rows).encode()) == "csv"


def test_the_report_that_camden_sent_is_known(tmp_path):
    if not CAMDEN.exists():
        pytest.skip(f"{CAMDEN} is not there: the five documents are not part of the project")
    assert form_of(CAMDEN) == "training report"
    others = [path for path in CAMDEN.parent.glob("*.txt") if path != CAMDEN]
    assert len(others) == 4
    for path in others:
        with pytest.raises(Refused, match="headings of a return"):
            form_of(path)


def test_every_form_has_a_reader_by_name():
    assert set(READERS) == {"workbook", "csv", "attendance", "training report", "survey export"}
