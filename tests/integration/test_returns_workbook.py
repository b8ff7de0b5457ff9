"""Workbooks of returns, tried with cells and damages that nobody thought of, and beside what openpyxl writes itself."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.returns import workbook
from etl.returns.raw import RawReturn, Refused
from etl.returns.text import tidy
from tests.support.network import offline_environment
from tests.support.returns.books import FIRST_ROW, Formula, Shown, book, rewritten
from tests.support.returns.case import COURSE, START
from warehouse.schema import returns
from warehouse.schema.column import Kind
from warehouse.schema.returns import SHEETS, heading

TRAINING = SHEETS["training"]
own_file = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=25)

letters = st.characters(
    exclude_categories=["Cs", "Cc"],
    exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\uffff\ufffe",
)
words = st.text(letters | st.sampled_from("\n=+-@ "), max_size=10)
days = st.dates(date(1910, 1, 1), date(2100, 1, 1))


def read(path: Path, content: bytes) -> RawReturn:
    path.write_bytes(content)
    return workbook.read(path)


@own_file
@given(
    st.lists(st.tuples(words, st.integers(0, 10**9), days, st.decimals(0, 100, places=3)), max_size=4), st.booleans()
)
def test_cells_of_every_kind_come_back_exactly(tmp_path, rows, counts_from_1904):
    given_rows = [
        COURSE | {"audience": text, "number": number, "held_from": Shown(day, "yyyy-mm-dd"), "percentage": float(share)}
        for text, number, day, share in rows
    ]
    raw = read(tmp_path / "return.xlsx", book(given_rows, counts_from_1904=counts_from_1904))
    assert raw.faults == ()
    assert [
        tuple(line.cells[name] for name in ("audience", "number", "held_from")) for line in raw.sheets[0].lines
    ] == [(tidy(text), str(number), day.isoformat()) for text, number, day, _ in rows]
    assert [float(line.cells["percentage"]) for line in raw.sheets[0].lines] == [float(share) for *_, share in rows]


cell = st.sampled_from(["", " ", "Total", 12, 0.5, True, "#N/A", "x", "Course", Shown(41081, "yyyy-mm-dd")])


@own_file
@given(st.dictionaries(st.integers(FIRST_ROW, FIRST_ROW + 12), st.dictionaries(st.sampled_from(
    [column.name for column in TRAINING.columns]), cell, max_size=4), max_size=6))  # fmt: skip
def test_every_row_is_data_a_fault_or_declared_no_data(tmp_path, rows):
    raw = read(tmp_path / "return.xlsx", book(rows))
    sheet = raw.sheets[0]
    places = [line.line for line in sheet.lines] + [row for row, _ in sheet.not_data]
    places += sorted({fault.line for fault in raw.faults})
    filled = [row for row, cells in rows.items() if any(value != "" for value in cells.values())]
    assert sorted(places) == [1, 2, 3, *range(FIRST_ROW, max(filled, default=FIRST_ROW - 1) + 1)]


@pytest.fixture(scope="module")
def orderly() -> bytes:
    return book([COURSE | {"held_from": Shown(41081, "dd/mm/yyyy"), "percentage": 12.5}] * 3)


@settings(own_file, max_examples=80)
@given(st.data())
def test_a_workbook_damaged_inside_breaks_nothing(tmp_path, orderly, data):
    """Some bytes of one part are put in the place of others, and the archive is packed anew around it."""
    with zipfile.ZipFile(io.BytesIO(orderly)) as archive:
        name = data.draw(st.sampled_from(archive.namelist()))
        content = archive.read(name)
    begin = data.draw(st.integers(0, len(content)))
    length = data.draw(st.integers(0, 30))
    put = data.draw(
        st.binary(max_size=20) | st.sampled_from([b"-", b"999999", b"</c>", b"<row/>", b'r="ZZZ1"', b"\xff"])
    )
    damaged = content[:begin] + put + content[begin + length :]
    try:
        raw = read(tmp_path / "return.xlsx", rewritten(orderly, {name: lambda _: damaged}))
    except Refused as refused:
        assert str(refused).startswith("return.xlsx: ")  # noqa: PT017
    else:
        assert isinstance(raw, RawReturn)


@own_file
@given(st.integers(0, 10**6), st.binary(max_size=4))
def test_an_archive_damaged_outside_breaks_nothing(tmp_path, orderly, place, put):
    place %= len(orderly)
    try:
        raw = read(tmp_path / "return.xlsx", orderly[:place] + put + orderly[place + len(put) + 1 :])
    except Refused as refused:
        assert str(refused).startswith("return.xlsx: ")  # noqa: PT017
    else:
        assert isinstance(raw, RawReturn)


def test_every_sheet_is_read(tmp_path):
    """Written by openpyxl, whose workbooks differ inside from those of other programmes."""
    made = openpyxl.Workbook()
    made.active.title = "Start here"
    for column in returns.START.columns:
        made.active.append([heading(column), START[column.name]])
    for sheet in SHEETS.values():
        page = made.create_sheet(sheet.title)
        page.append([heading(column) for column in sheet.columns])
        page.append([date(2012, 6, 21) if column.kind is Kind.partial_date else 7 for column in sheet.columns])
    made.save(tmp_path / "return.xlsx")
    raw = workbook.read(tmp_path / "return.xlsx")
    assert (raw.form, raw.start) == ("workbook", START)
    assert [sheet.name for sheet in raw.sheets] == list(SHEETS)
    for sheet in raw.sheets:
        dates = {column.name for column in SHEETS[sheet.name].columns if column.kind is Kind.partial_date}
        for line in sheet.lines:
            assert {name for name, text in line.cells.items() if text == "2012-06-21"} == dates
    # A number is no day, so the sheet with a column of whole dates has a fault in its place.
    assert [(fault.sheet, fault.column, fault.value) for fault in raw.faults] == [("attendance", "session", "")]


def test_a_formula_that_openpyxl_wrote_has_no_value(tmp_path):
    path = tmp_path / "return.xlsx"
    path.write_bytes(book([COURSE, COURSE]))
    made = openpyxl.load_workbook(path)
    made["Training"].cell(FIRST_ROW, 4).value = "=1+1"
    made.save(path)
    raw = workbook.read(path)
    assert [line.line for line in raw.sheets[0].lines] == [FIRST_ROW + 1]
    assert [(fault.line, fault.column) for fault in raw.faults] == [(FIRST_ROW, "audience")]
    assert "let it calculate" in raw.faults[0].expected


def test_values_about_people_are_in_no_fault(tmp_path):
    rows = [{"pseudonym": "p\u202e1", "course": "x", "session": 41081, "ethnicity": "#N/A"}]
    raw = read(tmp_path / "return.xlsx", book(rows, sheet=SHEETS["attendance"]))
    assert [(fault.column, fault.value) for fault in raw.faults] == [
        ("pseudonym", ""),
        ("session", ""),
        ("ethnicity", ""),
    ]


def test_days_are_told_from_the_calendar_not_from_the_number(tmp_path):
    """The same number is another day in a workbook that counts from 1904."""
    rows = [COURSE | {"held_from": Shown(40_000, "d mmm yyyy")}]
    first = read(tmp_path / "a.xlsx", book(rows))
    second = read(tmp_path / "b.xlsx", book(rows, counts_from_1904=True))
    assert first.sheets[0].lines[0].cells["held_from"] == (date(1899, 12, 30) + timedelta(40_000)).isoformat()
    assert second.sheets[0].lines[0].cells["held_from"] == (date(1904, 1, 1) + timedelta(40_000)).isoformat()


def test_a_workbook_saved_by_libreoffice_reads_the_same(tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not on the PATH; another run saves the workbook with it")
    rows = [
        COURSE | {"number": 12, "percentage": 12.5, "held_from": Shown(date(2012, 6, 21), "dd/mm/yyyy"),
                  "held_to": Shown(date(2012, 6, 1), "mmm yyyy"), "audience": "a\nb é =1+1 جمعية", "gender": "007"},
        {}, COURSE | {"number": Formula("=6*7", 42)}, {"course": "Total", "number": Formula("=SUM(K5:K7)", 54)},
    ]  # fmt: skip
    path = tmp_path / "return.xlsx"
    before = read(path, book(rows, start=START | {"as_at": Shown(date(2012, 6, 21), "d mmmm yyyy")}))
    subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path / "saved"), str(path)],
        env=offline_environment(), capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    after = workbook.read(tmp_path / "saved" / "return.xlsx")
    assert before.faults == ()
    assert [row for row, why in before.sheets[0].not_data if why == "row of totals"] == [FIRST_ROW + 3]
    assert (after.start, after.sheets, after.faults) == (before.start, before.sheets, before.faults)
