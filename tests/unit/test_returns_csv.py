"""CSV of returns, tried with rows that nobody thought of: nothing is lost, nothing moves, nothing breaks."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.returns import csv_sheets, encoding, form
from etl.returns.raw import RawReturn, Refused
from etl.returns.text import tidy
from tests.support.returns import csv_cases
from tests.support.returns.case import COURSE, START
from warehouse.schema.returns import SHEETS

TRAINING = SHEETS["training"]
WORDS = ["audience", "held_from", "category", "gender"]  # columns whose text is kept as it is typed

own_file = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)

# Everything but what no cell may hold; that has cases of its own.
letters = st.characters(
    exclude_categories=["Cs", "Cc"],
    exclude_characters="\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\uffff\ufffe",
)
cells = st.text(letters | st.sampled_from("\n\t,;\"'=+-@"), max_size=12)
encodings = st.sampled_from(["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "cp1252"])


def encoded(text: str, name: str) -> bytes:
    """The text in that encoding, with the mark that UTF-16 needs. Letters that CP1252 has not become question marks."""
    return ("\ufeff" + text if name.startswith("utf-16") else text).encode(name, errors="replace")


def read(path: Path, content: bytes) -> RawReturn:
    path.write_bytes(content)
    return csv_sheets.read(path)


@own_file
@given(
    st.lists(st.tuples(*[cells] * len(WORDS)), max_size=5),
    encodings,
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from([",", ";", "\t"]),
    st.booleans(),
)
def test_rows_of_any_text_come_back_exactly(tmp_path, rows, name, end, delimiter, quote_all):
    written = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if quote_all or end == "\r" else csv.QUOTE_MINIMAL
    writer = csv.writer(written, delimiter=delimiter, lineterminator=end, quoting=quoting)
    writer.writerow(csv_cases.headings())
    for row in rows:
        writer.writerow(csv_cases.row(COURSE | dict(zip(WORDS, row, strict=True))))
    content = encoded(written.getvalue(), name)
    if name == "cp1252" and encoding._UTF8_LETTER.search(content):
        return  # nothing tells such bytes from UTF-8
    raw = read(tmp_path / "return.csv", content)
    wanted = [
        {word: tidy(cell.encode(name, errors="replace").decode(name)) for word, cell in zip(WORDS, row, strict=True)}
        for row in rows
    ]
    assert raw.faults == ()
    assert [{word: line.cells[word] for word in WORDS} for line in raw.sheets[0].lines] == wanted
    assert raw.start == (START if rows else dict.fromkeys(START, ""))
    starts = [
        2 + sum(sum(cell.count("\n") for cell in row) for row in rows[:place]) + place for place in range(len(rows))
    ]
    assert [line.line for line in raw.sheets[0].lines] == starts


@own_file
@given(
    st.lists(
        st.lists(st.sampled_from(["", " ", "Total", "12", "#N/A", "a", "Course", "\u202e"]), max_size=20), max_size=8
    )
)
def test_every_row_is_data_a_fault_or_declared_no_data(tmp_path, rows):
    content = csv_cases.text([csv_cases.headings(), csv_cases.row(), *rows])
    raw = read(tmp_path / "return.csv", content.encode())
    sheet = raw.sheets[0]
    places = (
        [line.line for line in sheet.lines] + [row for row, _ in sheet.not_data] + sorted({f.line for f in raw.faults})
    )
    assert sorted(places) == list(range(2, 3 + len(rows)))


@own_file
@given(st.text(st.sampled_from('",;\t\r\n a\x0b\u2028é'), max_size=60))
def test_any_shape_of_csv_is_accounted_for_or_refused(tmp_path, text):
    try:
        raw = read(tmp_path / "return.csv", (csv_cases.ONE + text).encode())
    except Refused:
        return
    sheet = raw.sheets[0]
    places = (
        [line.line for line in sheet.lines] + [row for row, _ in sheet.not_data] + sorted({f.line for f in raw.faults})
    )
    assert len(places) == len(set(places))
    assert places.count(2) == 1
    rows = list(csv.reader(io.StringIO(csv_cases.ONE + text, newline=""), strict=True))
    assert len(places) == len(rows) - 1


@own_file
@given(
    st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", csv_cases.ONE.encode()])
)
def test_random_bytes_break_nothing(tmp_path, content, head):
    path = tmp_path / "return"
    path.write_bytes(head + content)
    try:
        raw = form.read(path)
    except Refused as refused:
        assert str(refused).startswith("return: ")  # noqa: PT017
    else:
        assert isinstance(raw, RawReturn)


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=list(SHEETS))
def test_every_sheet_is_found_by_its_headings(sheet, tmp_path):
    cells = {column.name: f"{column.name}" for column in sheet.columns}
    path = tmp_path / "return.csv"
    path.write_text(csv_cases.text([csv_cases.headings(sheet), csv_cases.row(cells, sheet=sheet)]), newline="")
    raw = csv_sheets.read(path)
    assert [(one.name, one.title, one.lines[0].cells) for one in raw.sheets] == [(sheet.name, sheet.title, cells)]
    assert csv_sheets.sheet_of(path) == sheet


def test_values_about_people_are_in_no_fault(tmp_path):
    sheet = SHEETS["attendance"]
    rows = [csv_cases.headings(sheet), csv_cases.row({"pseudonym": "a\u202eb", "course": "#N/A"}, sheet=sheet)]
    path = tmp_path / "return.csv"
    path.write_text(csv_cases.text(rows), encoding="utf-8", newline="")
    faults = csv_sheets.read(path).faults
    assert [(fault.column, fault.value) for fault in faults] == [("pseudonym", ""), ("course", "")]


def test_rows_are_given_as_they_are_read(tmp_path):
    path = tmp_path / "return.csv"
    path.write_text("Title\n" + csv_cases.ONE + '"a\nb",\n', encoding="utf-8", newline="")
    assert list(csv_sheets.rows(path)) == [(3, csv_cases.row()), (4, ["a\nb", ""])]
    with csv_sheets.open_sheet(path) as opened:
        assert (opened.sheet, opened.heading_line, opened.above) == (TRAINING, 2, ((1, "above the row of headings"),))
        assert next(opened.rows) == (3, csv_cases.row())


def test_no_limit_of_pythons_csv_is_changed(tmp_path):
    before = csv.field_size_limit()
    read(tmp_path / "return.csv", csv_cases.ONE.encode())
    assert csv.field_size_limit() == before
