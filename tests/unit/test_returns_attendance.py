"""Attendance is counted exactly, row by row accounted for, and nobody is left in what comes out."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.returns import attendance, attendance_batches, attendance_codes, attendance_lines, attendance_rows, csv_sheets
from etl.returns.counted import CountedReturn, RowAccount
from etl.returns.raw import RawLine, RawReturn, RawSheet, Refused
from tests.support.returns.attendance_rows import ROW, counted, counted_bytes, headings, numbers, row, twin
from tests.support.returns.case import START
from tests.support.returns.csv_cases import text

own_file = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)

people = st.sampled_from(["P1", "P2", "P3", "p3", "0007", "ab-9"])
orderly = st.fixed_dictionaries(
    {
        "pseudonym": people,
        "course": st.sampled_from(["Safe at home", "Safe At Home", "Unknown", "Second"]),
        "session": st.sampled_from(["2012-06-01", "2012-06-02", "03/06/2012"]),
        "community_group": st.sampled_from(["", "Group A", "group a", "Group B, north", "Not known"]),
        "ethnicity": st.sampled_from(["", "Somali", "Kurdish", 'the "other"', "unknown"]),
        "gender": st.sampled_from(["", "Female", "Male"]),
    }
)


def account(rows_in: int, counted: int, refused: int = 0, not_data: int = 0) -> tuple[RowAccount, ...]:
    return (RowAccount("attendance", rows_in, counted, refused, not_data),)


def faults(found: CountedReturn) -> list[tuple[int, str]]:
    return [(fault.line, fault.column) for fault in found.faults]


# --- the counts ------------------------------------------------------------------------------------------------------


@own_file
@given(st.lists(orderly, max_size=12), st.integers(1, 5))
def test_the_numbers_are_those_of_the_slow_twin(tmp_path, rows, size):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(attendance_batches, "SIZE", size)
        found = counted(tmp_path, [row(**each) for each in rows])
    assert numbers(found) == twin(rows)
    assert found.accounts == account(len(rows), len(rows))
    assert found.faults == ()


@own_file
@given(st.lists(orderly, min_size=1, max_size=12))
def test_the_lines_of_a_breakdown_add_up_and_nobody_came_less_than_once(tmp_path, rows):
    found = numbers(counted(tmp_path, [row(**each) for each in rows]))
    for (course, counts, _, _, _), everybody in [each for each in found.items() if each[0][2] == "all"]:
        for breakdown in ("group", "ethnicity", "gender", "ethnicity_gender"):
            parts = [number for key, number in found.items() if key[:3] == (course, counts, breakdown)]
            assert sum(parts) == everybody
    for (course, counts, *rest), number in found.items():
        if counts == "people":
            assert found[(course, "attendances", *rest)] >= number > 0


def test_the_lines_are_lines_of_training(tmp_path):
    rows = [row(), row(session="2012-06-08"), row(pseudonym="P02", gender="", community_group="b")]
    (sheet,) = counted(tmp_path, rows).sheets
    assert (sheet.name, sheet.not_data) == ("training", ())
    common = {"line": "", "course": "Safe at home", "borough": "", "audience": "", "held_from": "2012-06-01",
              "held_to": "2012-06-08", "percentage": ""}  # fmt: skip
    assert all(line.cells | common == line.cells for line in sheet.lines)
    cells = [[line.cells[name] for name in ("breakdown", "category", "gender", "number")] for line in sheet.lines]
    assert cells[:9] == [
        ["all", "", "", "2"],
        ["group", "b", "", "1"],
        ["group", "Group A", "", "1"],
        ["ethnicity", "Somali", "", "2"],
        ["gender", "Female", "", "1"],
        ["gender", "Not known", "", "1"],
        ["ethnicity_gender", "Somali", "Female", "1"],
        ["ethnicity_gender", "Somali", "Not known", "1"],
        ["all", "", "", "3"],
    ]
    assert {line.cells["counts"] for line in sheet.lines[:8]} == {"people"}
    assert {line.cells["counts"] for line in sheet.lines[8:]} == {"attendances"}


def test_one_known_value_stands_for_a_person_and_two_stand_against_each_other(tmp_path):
    rows = [row(gender=""), row(session="2012-06-02"), row(session="2012-06-03", gender="")]
    assert numbers(counted(tmp_path, rows))["Safe at home", "attendances", "gender", "Female", ""] == 3
    found = counted(tmp_path, [*rows, row(session="2012-06-04", gender="Male", ethnicity="Kurdish")])
    assert numbers(found)["Safe at home", "people", "ethnicity_gender", "Not known", "Not known"] == 1
    assert numbers(found)["Safe at home", "attendances", "gender", "Not known", ""] == 4
    assert [(each.line, each.column, each.value) for each in found.warnings] == [
        (5, "ethnicity", ""),
        (5, "gender", ""),
    ]
    assert found.faults == ()


def test_a_person_may_come_to_two_courses_from_two_groups_and_not_to_one(tmp_path):
    two = [row(), row(course="Second", community_group="Group B")]
    assert counted(tmp_path, two).warnings == ()
    found = counted(tmp_path, [*two, row(session="2012-06-02", community_group="Group C")])
    assert numbers(found)["Safe at home", "people", "group", "Not known", ""] == 1
    assert numbers(found)["Second", "people", "group", "Group B", ""] == 1
    assert [(each.line, each.column) for each in found.warnings] == [(4, "community_group")]


def test_the_same_row_again_is_counted_as_an_attendance_and_warned_of(tmp_path):
    found = counted(tmp_path, [row(), row(), row(session="01/06/2012")])
    assert numbers(found)["Safe at home", "attendances", "all", "", ""] == 3
    assert [(each.line, each.column) for each in found.warnings] == [(3, ""), (4, "")]


def test_more_warnings_than_can_be_read_are_counted(tmp_path, monkeypatch):
    monkeypatch.setattr(attendance_lines, "MOST_WARNINGS", 2)
    found = counted(tmp_path, [row()] * 6)
    assert [each.line for each in found.warnings] == [0, 3, 4]
    assert found.warnings[0].expected.startswith("In 3 rows more: ")


# --- rows that are refused or no data --------------------------------------------------------------------------------

REFUSED = [
    ("pseudonym", "", "may not be empty"),
    ("pseudonym", "\xa0", "may not be empty"),
    ("pseudonym", "Amal Example", "looks like a name"),
    ("pseudonym", "Example, Amal", "looks like a name"),
    ("pseudonym", "Amal", "looks like a name"),
    ("pseudonym", "amal.example7", "looks like a name"),
    ("pseudonym", "amal7" + "@example.org", "looks like an e-mail address"),
    ("pseudonym", "020 7946" + " 0001", "looks like a telephone number"),
    ("pseudonym", "02079460" + "001", "looks like a telephone number"),
    ("pseudonym", "447700" + "900123", "looks like a telephone number"),
    ("pseudonym", "P 7", "made-up sign"),
    ("pseudonym", "P1" * 21, "40 characters at most"),
    ("pseudonym", "#N/A", "an error that a formula left"),
    ("course", "", "may not be empty"),
    ("course", "x" * 201, "200 characters at most"),
    ("course", "x" * 40_000, "32,767 characters at most"),
    ("course", "ring 020 7946" + " 0001", "looks like a telephone number"),
    ("session", "", "may not be empty"),
    ("session", "June 2012", "YYYY-MM-DD or DD/MM/YYYY"),
    ("session", "41061", "YYYY-MM-DD or DD/MM/YYYY"),
    ("session", "2012-02-30", "YYYY-MM-DD or DD/MM/YYYY"),
    ("session", "06/13/2012", "YYYY-MM-DD or DD/MM/YYYY"),
    ("session", "20120601", "YYYY-MM-DD or DD/MM/YYYY"),
    ("session", "0212-06-01", "since 1990"),
    ("session", "2012-06-26", "up to 2012-06-25"),
    ("community_group", "#REF!", "an error that a formula left"),
    ("ethnicity", "a\u202eb", "U+202E"),
    ("gender", "a" + "@b.org", "looks like an e-mail address"),
]


@pytest.mark.parametrize(("column", "cell", "expected"), REFUSED, ids=[f"{c}: {v[:20]!r}" for c, v, _ in REFUSED])
def test_a_row_is_refused_by_line_and_column_and_its_value_is_not_told(tmp_path, column, cell, expected):
    found = counted(tmp_path, [row(), row(**{column: cell}), row(pseudonym="P02")])
    assert faults(found) == [(3, column)]
    assert expected in found.faults[0].expected
    assert found.faults[0].value == ""
    assert found.accounts == account(3, 2, 1)
    assert numbers(found)["Safe at home", "people", "all", "", ""] == 2


def test_every_fault_of_a_row_is_listed_and_the_row_is_refused_once(tmp_path):
    found = counted(tmp_path, [row(pseudonym="", course="", session="x"), row()])
    assert faults(found) == [(2, "pseudonym"), (2, "course"), (2, "session")]
    assert found.accounts == account(2, 1, 1)


def test_signs_of_every_usual_shape_are_taken(tmp_path):
    signs = ["P1", "0000000001", "00000012345", "1234567890123", "a1b2c3", "_1", "-12", "x/2012/7", "CAM-ABC-12",
             "1" * 40, "550e8400-e29b-41d4-a716-4477" + "00900123"]  # fmt: skip
    found = counted(tmp_path, [row(pseudonym=sign) for sign in signs])
    assert found.faults == ()
    assert numbers(found)["Safe at home", "people", "all", "", ""] == len(signs)


def test_blanks_around_a_sign_do_not_make_two_people_and_its_case_does(tmp_path):
    found = counted(tmp_path, [row(pseudonym=sign) for sign in ("P1", " P1", "P1\u200b", "\xa0P1 ", "p1")])
    assert numbers(found)["Safe at home", "people", "all", "", ""] == 2


def test_ragged_rows_empty_rows_headings_and_totals(tmp_path):
    rows = [row(), row()[:-1], [*row(), "x"], ["", ""], [], [" "] * len(row()), headings(), row(), ["Camden"],
            row(pseudonym="Total", course="", session="", community_group="", ethnicity="", gender="2")]  # fmt: skip
    found = counted(tmp_path, rows)
    assert faults(found) == [(3, ""), (4, ""), (10, "")]
    assert [each.value for each in found.faults] == [""] * 3
    assert found.accounts == account(10, 2, 3, 5)


def test_a_row_that_says_another_return_is_refused_and_its_start_is_told(tmp_path):
    other = row()
    other[0] = "Barnet"
    found = counted(tmp_path, [row(), other, row()])
    assert [(each.line, each.column, each.value) for each in found.faults] == [(3, "board", "Barnet")]
    assert found.start == START
    assert found.accounts == account(3, 2, 1)


def test_an_empty_row_may_say_whose_return_it_is(tmp_path):
    nobody = [*[""] * 5, *row()[5:]]
    found = counted(tmp_path, [[*row()[:5], *[""] * 6], nobody, ["Barnet", *row()[1:5], *[""] * 6]])
    assert found.start == START
    assert [(each.line, each.column) for each in found.faults] == [(3, name) for name in START]
    assert found.accounts == account(3, 0, 1, 2)


def test_words_under_no_heading_are_refused_and_not_told(tmp_path):
    content = text([[*headings(), ""], [*row(), ""], [*row(), "Amal Example"], [*row(), " "]])
    found = counted_bytes(tmp_path, content.encode())
    assert [(each.line, each.column, each.value) for each in found.faults] == [(3, "", "")]
    assert found.accounts == account(3, 2, 1)


def test_lines_are_physical_lines(tmp_path):
    content = "Attendance of the course\r\n\r\n" + text([headings(), row(course='two\nlines of "it"'), row(session="")])
    found = counted_bytes(tmp_path, content.encode())
    assert faults(found) == [(6, "session")]
    assert found.accounts == account(4, 1, 1, 2)
    for end in ("\n", "\r", "\r\n"):
        found = counted(tmp_path, [row(), row(session=""), row(), row(course="")], end=end)
        assert faults(found) == [(3, "session"), (5, "course")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_encoding_gives_the_same(tmp_path, encoding):
    found = counted_bytes(tmp_path, text([headings(), row(course="Café ‘safe’"), row()]).encode(encoding))
    assert numbers(found)["Café ‘safe’", "people", "all", "", ""] == 1


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_semicolons_and_tabs_part_cells_too(tmp_path, delimiter):
    assert counted(tmp_path, [row(course="a, b")], delimiter=delimiter).accounts == account(1, 1)


HOSTILE = [
    (text([headings(), row()]).encode() + b"a\0b", "line 3 holds a NUL"),
    (text([headings(), row()]).encode() + b'"a,b\r\nc', "line 3: a quotation mark opens a cell that is never closed"),
    (text([headings(), row()]).encode() + b'"a"b,c', "line 3: behind a quotation mark"),
    (text([headings(), row()]).encode() + b'"' + b"a\n" * 70_000 + b'"', "line 3: a cell is longer than"),
    (text([headings(), row()]).encode() + b"\xc3\xa9 \xe9", "part of the text is UTF-8"),
    (b"", "nothing stands in the file"),
    (text([[*headings(), "Name"], [*row(), "x"]]).encode(), "is none of its headings"),
    (text([headings()[:-1], row()[:-1]]).encode(), "Missing: “Gender”"),
]


@pytest.mark.parametrize(("content", "expected"), HOSTILE, ids=[expected for _, expected in HOSTILE])
def test_a_file_that_is_no_sheet_is_refused_with_the_reason(tmp_path, content, expected):
    with pytest.raises(Refused, match=r"attendance\.csv") as refused:
        counted_bytes(tmp_path, content)
    assert expected in str(refused.value)


def test_another_sheet_and_a_missing_file_are_refused(tmp_path):
    from tests.support.returns import csv_cases

    (tmp_path / "training.csv").write_text(csv_cases.ONE, encoding="utf-8")
    with pytest.raises(Refused, match="it holds the sheet “Training”"):
        attendance.read(tmp_path / "training.csv")
    with pytest.raises(Refused, match="cannot be opened"):
        attendance.read(tmp_path / "none.csv")


def test_what_is_too_much_is_refused(tmp_path, monkeypatch):
    def refusal(rows) -> str:
        with pytest.raises(Refused) as refused:
            counted(tmp_path, rows)
        return str(refused.value)

    monkeypatch.setattr(attendance_rows, "MOST_FAULTS", 3)
    assert "4 faults or more" in refusal([row(), *[row()[1:]] * 4])
    assert "4 times in column session: Expected a date" in refusal([row(), *[row(session="x")] * 4])
    other = ["Barnet", *row()[1:]]
    assert "4 times in column board" in refusal([row(), *[other] * 4])
    assert "say 4 different things" in refusal([[*row()[:4], str(version), *row()[5:]] for version in range(5)])
    assert len(counted(tmp_path, [row(), *[row(session="x")] * 3]).faults) == 3
    monkeypatch.setattr(attendance, "MOST_ROWS", 3)
    assert "more than 3 rows" in refusal([row()] * 4)
    monkeypatch.undo()
    monkeypatch.setattr(attendance_lines, "MOST_LINES", 9)
    assert "make 10 numbers" in refusal([row()])
    monkeypatch.setattr(attendance_codes, "MOST_CATEGORIES", 2)
    assert "column Ethnicity has more than 2 different entries" in refusal([row(ethnicity=f"e{n}") for n in range(3)])


# --- the same by another way ------------------------------------------------------------------------------------------

cell = st.sampled_from(["", " ", "P1", "P2", "Total", "2012-06-01", "x", "a\nb", 'a"b', "#N/A", "Pseudonym", "é"])
messy = st.one_of(
    orderly.map(lambda cells: row(**cells)),
    st.lists(cell, max_size=13),
    st.lists(cell, min_size=6, max_size=6).map(lambda cells: [*row()[:5], *cells]),
    st.just(headings()),
    orderly.map(lambda cells: ["Barnet", *row(**cells)[1:]]),
)


@own_file
@given(st.lists(messy, max_size=10), st.integers(1, 5), st.sampled_from(["\n", "\r\n"]))
def test_reading_in_batches_gives_what_reading_row_by_row_gives(tmp_path, rows, size, end):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(attendance_batches, "SIZE", size)
        quick = counted(tmp_path, rows, end=end)
    raw = csv_sheets.read(tmp_path / "attendance.csv")
    slow = attendance.count(raw)
    assert numbers(quick) == numbers(slow)
    assert (quick.start, quick.accounts, quick.sha256) == (slow.start, slow.accounts, slow.sha256)
    assert {fault.line for fault in quick.faults} == {fault.line for fault in slow.faults}
    assert quick.accounts[0].rows_refused == len({fault.line for fault in quick.faults})
    assert [(each.line, each.column) for each in quick.warnings] == [(each.line, each.column) for each in slow.warnings]


def test_a_sheet_of_a_workbook_is_counted_and_its_rows_are_gone(tmp_path):
    lines = (RawLine(5, ROW), RawLine(6, {**ROW, "pseudonym": "Amal Example"}), RawLine(9, {"course": "x"}))
    sheets = (RawSheet("pilots", "Pilots", (), ()), RawSheet("attendance", "Attendance", lines, ((7, "empty row"),)))
    raw = RawReturn("a.xlsx", "0" * 64, "workbook", START, sheets, ())
    found = attendance.count(raw)
    assert [sheet.name for sheet in found.sheets] == ["pilots", "training"]
    assert faults(found) == [(6, "pseudonym"), (9, "pseudonym"), (9, "session")]
    assert found.accounts == account(4, 1, 2, 1)
    assert attendance.count(found) is found
    assert attendance.count(RawReturn("a.xlsx", "", "workbook", START, sheets[:1], ())).sheets == sheets[:1]


def test_nothing_of_a_person_comes_out(tmp_path):
    rows = [
        row(pseudonym="ZZTOP77"), row(pseudonym="ZZTOP77", gender="Male"), row(pseudonym="Amal Zztop"),
        row(pseudonym="ZZTOP78", session="ZZTOP"), [*row(pseudonym="ZZTOP79"), "ZZTOP"],
        row(pseudonym="ZZTOP80", ethnicity="ZZTOP" + "@example.org"), row(pseudonym="ZZTOP77"),
    ]  # fmt: skip
    found = counted(tmp_path, rows)
    assert len(found.faults) == 4
    assert found.warnings
    assert "zztop" not in str(asdict(found)).casefold()


def test_progress_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(attendance, "STEP", 2)
    monkeypatch.setattr(attendance_batches, "SIZE", 1)
    counted(tmp_path, [row()] * 5)
    told: list[int] = []
    attendance.read(tmp_path / "attendance.csv", told.append)
    assert told == [2, 4, 5]
