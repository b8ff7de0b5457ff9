"""The reader of census tables on small made files: both forms, and every refusal with file, line, column and value."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from etl.population.command import read_tables
from etl.population.grid import Refused
from etl.population.groups import plain, questions
from etl.population.reckon import Reckoned
from geo.names import borough_names
from tests.support import census
from tests.support.census import Rows
from tests.support.paths import ROOT

CAMDEN = 6
"""Camden's place among the areas, in order of code. In a wide table it stands in line 10: headings, two outside."""

BLOCK = 50
"""Lines of one block of the made table."""


def read(path: Path) -> Reckoned:
    return read_tables([path], ROOT / "data")[0]


def faults(path: Path) -> list[str]:
    with pytest.raises(Refused) as refused:
        read(path)
    return [str(fault) for fault in refused.value.faults]


def expected_counts(of: int, subject: str) -> dict[tuple[str, str], int]:
    asked = census.question(of, subject)
    return {
        (code, group.key): census.total(asked, number, group)
        for number, code in enumerate(borough_names())
        for group in asked.groups
        if group.level != "not_stated"
    }


def counts(table: Reckoned) -> dict[tuple[str, str], int]:
    return {(count.gss_code, count.group.key): count.people for count in table.counts}


@pytest.mark.parametrize(
    ("year", "subject"), [(2001, "ethnic_group"), (2011, "ethnic_group"), (2001, "religion"), (2011, "religion")]
)
def test_a_wide_table_gives_the_33_areas_and_its_totals_are_checked(tmp_path, year, subject):
    table = read(census.write(tmp_path / "t.csv", census.wide(year, subject)))
    assert counts(table) == expected_counts(year, subject)
    assert (table.question.census, table.question.subject) == (year, subject)
    assert table.totals_checked == 33 * len(table.question.sums)
    assert {count.rule for count in table.counts} == {""}  # all printed, nothing added up by us
    assert table.download.areas_in_file == 35


def test_a_stacked_table_is_summed_over_sex_and_age(tmp_path):
    table = read(census.write(tmp_path / "t.csv", census.stacked()))
    assert counts(table) == expected_counts(2001, "religion")
    assert table.totals_checked == 0
    rules = {count.group.level: count.rule for count in table.counts}
    assert rules["group"] == "Sum over 2 sexes and 3 ages."
    assert rules["all"] == "Sum of 9 groups. Sum over 2 sexes and 3 ages."
    assert table.download.title == "XX149 - Made for a test"
    assert table.download.note == "Cells were adjusted, in this test too."


def test_printed_totals_of_a_stacked_table_are_checked_and_used(tmp_path):
    table = read(census.write(tmp_path / "t.csv", census.stacked(totals=True)))
    assert counts(table) == expected_counts(2001, "religion")
    assert table.totals_checked == 33 * 9 * 4 + 33 * 9  # sex for each of four ages, then age
    assert {count.rule for count in table.counts if count.group.level == "group"} == {""}


@pytest.mark.parametrize("rows", [census.single_block(), census.stacked(old_codes=True)], ids=["one block", "blocks"])
def test_areas_are_found_by_their_codes_before_2009(tmp_path, rows):
    table = read(census.write(tmp_path / "t.csv", rows))
    assert counts(table) == expected_counts(2001, table.question.subject)


def test_areas_are_found_by_name_where_there_is_no_code(tmp_path):
    rows = [[cells[0], *cells[2:]] if len(cells) > 2 else cells for cells in census.single_block()]
    assert counts(read(census.write(tmp_path / "t.csv", rows))) == expected_counts(2001, "ethnic_group")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_encodings_of_spreadsheets_are_read(tmp_path, encoding):
    rows = census.wide()
    rows[0][3] = "Rural Urban"
    rows[1][1] = "Ynys Môn"  # outside London, and not ASCII
    assert counts(read(census.write(tmp_path / "t.csv", rows, encoding))) == expected_counts(2011, "ethnic_group")


def test_percentages_rural_halves_and_thousands_commas_do_not_disturb(tmp_path):
    rows = census.wide()
    rows[0].append("Ethnic Group: White; measures: Percent")
    for cells in rows[1:]:
        cells.append("12.3")
    halves = [[*cells[:3], "Urban (total)", *cells[4:]] for cells in rows[3:6]]
    asked = census.question(2011, "ethnic_group")
    rows[10][4] = f"{census.total(asked, 7, asked.groups[0]):,}"
    assert "," in rows[10][4]
    assert counts(read(census.write(tmp_path / "t.csv", rows + halves))) == expected_counts(2011, "ethnic_group")


def test_the_code_of_a_wide_table_comes_from_the_name_of_its_file(tmp_path):
    rows = census.wide()
    assert read(census.write(tmp_path / "nomis_QS201EW_2011.csv", rows)).download.title == "QS201EW - Ethnic Group"
    assert read(census.write(tmp_path / "bulk.csv", rows)).download.title == "Ethnic Group"


@given(chance=st.randoms(use_true_random=False))
@settings(max_examples=15)
def test_the_order_of_areas_and_columns_does_not_matter(tmp_path_factory, chance):
    rows = census.wide()
    columns = list(range(len(rows[0])))
    chance.shuffle(columns)
    rows = [[cells[at] for at in columns] for cells in rows]
    areas = rows[1:]
    chance.shuffle(areas)
    table = read(census.write(tmp_path_factory.mktemp("shuffled") / "t.csv", [rows[0], *areas]))
    assert counts(table) == expected_counts(2011, "ethnic_group")


@given(chance=st.randoms(use_true_random=False))
@settings(max_examples=5)
def test_the_order_of_blocks_does_not_matter(tmp_path_factory, chance):
    rows = census.stacked()
    blocks = [rows[start : start + BLOCK] for start in range(0, len(rows), BLOCK)]
    chance.shuffle(blocks)
    path = census.write(tmp_path_factory.mktemp("shuffled") / "t.csv", [cells for block in blocks for cells in block])
    assert counts(read(path)) == expected_counts(2001, "religion")


@given(line=st.integers(4, 36), column=st.integers(4, 27), change=st.integers(-9, 9).filter(bool))
@settings(max_examples=40)
def test_any_one_changed_figure_is_found(tmp_path_factory, line, column, change):
    rows = census.wide()
    rows[line - 1][column] = str(max(0, int(rows[line - 1][column]) + change))
    path = census.write(tmp_path_factory.mktemp("changed") / "t.csv", rows)
    if rows == census.wide():  # a nought that was to become less stays a nought
        assert counts(read(path)) == expected_counts(2011, "ethnic_group")
    else:
        assert faults(path)


# --- refusals --------------------------------------------------------------------------------------------------------


def put(line: int, column: int, text: str) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        rows[line - 1][column] = text

    return change


def drop(line: int) -> Callable[[Rows], None]:
    return lambda rows: rows.pop(line - 1)


def repeat(line: int) -> Callable[[Rows], None]:
    return lambda rows: rows.append(list(rows[line - 1]))


def without_column(at: int) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        for cells in rows:
            del cells[at]

    return change


def twice(at: int) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        for cells in rows:
            cells.append(cells[at])

    return change


def only(keep: int) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        del rows[keep:]

    return change


ALL, WHITE, BANGLADESHI = 4, 5, 18
HEADING = "Ethnic Group: White; measures: Value"

WIDE_REFUSALS = [
    ("a total", put(10, ALL, "1"), 't.csv, line 10, column Ethnic Group: All categories: Ethnic group; measures: V'),
    ("a heading", put(10, WHITE, "7"), f't.csv, line 10, column {HEADING}: "7". Expected 1,'),
    ("a group", put(10, BANGLADESHI, "999999"), "for Camden, the sum of its 5 groups."),
    ("a mark for hidden", put(10, WHITE, "*"), f't.csv, line 10, column {HEADING}: "*". Expected a whole number'),
    ("a decimal", put(10, WHITE, "12.0"), '"12.0". Expected a whole number'),
    ("a negative", put(10, WHITE, "-3"), '"-3". Expected a whole number'),
    ("other digits", put(10, WHITE, "\u0661\u0662"), "Expected a whole number"),
    ("an empty cell", put(10, WHITE, ""), f"line 10, column {HEADING}: empty. Expected a whole number"),
    ("a missing area", drop(10), "t.csv. Expected each of the 33 areas once; missing: Camden."),
    ("no area", only(3), "missing: all of them. The first row in it is about Swansea W06000011."),
    ("an area twice", repeat(10), 't.csv, line 37, column area: "Camden". Expected once; it stands in line 10'),
    ("a name that is not the code's", put(10, 1, "Barnet"), 'column area: "Barnet". Expected Camden, the area of the'),
    ("a name that is none", put(10, 1, "Manchester"), 'column area: "Manchester". Expected Camden'),
    ("another year", put(10, 0, "1991"), 'line 10, column date: "1991". Expected 2001 or 2011'),
    ("two years", put(10, 0, "2001"), 'column date: "2001, 2011". Expected one census.'),
    ("a row cut short", put(10, -1, ""), "t.csv, line 10. Expected 28 cells, found 27."),
    ("no date", put(1, 0, "when"), "t.csv, line 1. Expected a column 'date'"),
    ("an unknown category", put(1, WHITE, "Ethnic Group: Whit; measures: Value"), '"Whit". Expected a category of '
     "ethnic group, census 2011. The closest is white."),
    ("a missing group", without_column(BANGLADESHI), "Expected a category for Bangladeshi."),
    ("a column twice", twice(WHITE), f'line 1: "{HEADING}". Expected each column once.'),
    ("a group twice", put(1, WHITE, "Ethnic Group: White: British; measures: Value"), "Expected White British once;"),
]  # fmt: skip


def cases(refusals: list[tuple]) -> dict:
    """The arguments of `parametrize` for a list of (name, change, words)."""
    return {"argvalues": [case[1:] for case in refusals], "ids": [case[0] for case in refusals]}


@pytest.mark.parametrize(("change", "words"), **cases(WIDE_REFUSALS))
def test_a_wide_table_that_cannot_be_right_is_refused(tmp_path, change, words):
    rows = census.wide()
    change(rows)
    found = faults(census.write(tmp_path / "t.csv", rows))
    assert any(words in fault for fault in found), "\n".join(found)


def test_all_faults_of_a_table_are_listed_by_line(tmp_path):
    rows = census.wide()
    for line in (12, 10):
        rows[line - 1][WHITE] = "?"
    found = faults(census.write(tmp_path / "t.csv", rows))
    assert [fault.split(",")[1] for fault in found] == [" line 10", " line 12"]


def at(text: str, nth: int = 0) -> Callable[[Rows], int]:
    """The number of the nth line that begins so."""
    return lambda rows: [n for n, cells in enumerate(rows, start=1) if cells and cells[0].startswith(text)][nth]


def put_at(line: Callable[[Rows], int], column: int, text: str) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        rows[line(rows) - 1][column] = text

    return change


def drop_at(line: Callable[[Rows], int], count: int = 1) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        start = line(rows) - 1
        del rows[start : start + count]

    return change


def everywhere(column: int, old: str, new: str) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        for cells in rows:
            if len(cells) > column and cells[column] == old:
                cells[column] = new

    return change


STACKED_REFUSALS = [
    ("a mark for hidden", put_at(at("Camden"), 2, ".."), 'line 20, column Age 0 to 15: "..". Expected a whole number'),
    ("a missing area", drop_at(at("Camden", 4)), "Expected each of the 33 areas once; missing: Camden."),
    ("an area twice", put_at(at("Barnet"), 0, "Camden"), 'column area: "Camden". Expected Barnet'),
    ("a missing block", drop_at(at("XX149", 3), BLOCK), '"Males, Jewish". Expected a block for this.'),
    ("a block twice", put_at(at("Religion", 1), 1, "Christian"), '"Males, Christian". Expected each block once;'),
    ("another table between", put_at(at("XX149", 2), 0, "XX150 - Other"), '"XX150 - Other". Expected the table of the'),
    ("other headings between", put_at(at("local authority", 2), 3, "Age 16 to 17"), "Expected the headings of the"),
    ("households", put_at(at("Units"), 1, "Households"), 'line 5, column Units: "Households". Expected Persons'),
    ("not everybody", put_at(at("Population"), 1, "All people aged 16 and over"), "Expected All people: a rate needs"),
    ("a row cut short", put_at(at("Camden"), -1, ""), "line 20. Expected 5 cells, found 4."),
    ("another year", everywhere(1, "2001", "1991"), 'column date: "1991". Expected 2001 or 2011'),
    ("one religion less", lambda rows: [drop_at(at("XX149", n), BLOCK)(rows) for n in (12, 3)], "category for Jewish"),
    ("one sex only", lambda rows: rows.__delitem__(slice(9 * BLOCK, None)), 'column Sex: "Males". Expected one total'),
    ("ages that overlap", everywhere(3, "Age 16", "Age 18"), "Expected one total of columns, or both sexes"),
    ("ages with a gap at 16", lambda rows: [everywhere(*one)(rows) for one in ((3, "Age 16", "Age 17"),
     (4, "Age 17 and over", "Age 18 and over"))], "Expected one total of columns, or both sexes"),
    ("ages without an end", everywhere(4, "Age 17 and over", "Age 17"), "Expected one total of columns"),
    ("not by any subject", everywhere(1, "Muslim (Islam)", "Tall"), '"Tall". Expected a category of religion'),
    ("a title without a table", lambda rows: rows.extend([["XX149 - Made for a test"], ["Sex :", "Males"]]),
     "Expected a line of headings and rows below this title."),
    ("another breakdown between", put_at(at("Sex", 2), 0, "Gender :"), "Expected lines for Sex, Religion."),
]  # fmt: skip


@pytest.mark.parametrize(("change", "words"), **cases(STACKED_REFUSALS))
def test_a_stacked_table_that_cannot_be_right_is_refused(tmp_path, change, words):
    rows = census.stacked()
    change(rows)
    found = faults(census.write(tmp_path / "t.csv", rows))
    assert any(words in fault for fault in found), "\n".join(found)


def test_a_total_of_a_stacked_table_that_does_not_add_up_is_refused(tmp_path):
    rows = census.stacked(totals=True)
    line = at("Camden")(rows)  # both sexes, Christian
    rows[line - 1][2] = "5000"
    found = faults(census.write(tmp_path / "t.csv", rows))
    assert f't.csv, line {line}, column All ages: "5000". Expected' in found[0]
    assert "for Camden, the sum of the 2 categories of Sex." in found[0]


def test_a_table_on_something_else_is_refused(tmp_path):
    rows = census.wide()
    for number in range(4, len(rows[0])):
        rows[0][number] = f"Tenure: Kind {number}; measures: Value"
    assert "Expected a table by ethnic group or religion of the 2011 census" in faults(
        census.write(tmp_path / "t.csv", rows)
    )[0]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "t.csv. The file is empty."),
        (b"\r\n\r\n", "t.csv. The file is empty."),
        (b"PK\x03\x04", "This is a workbook or an archive, not a CSV file."),
        (b"\xd0\xcf\x11\xe0\xa1", "This is a workbook or an archive"),
        (b'a,b\n"c,d\n', "t.csv, line 2. Not a well-formed CSV row"),
        (b"\xff\xfe\x00", "in no encoding we read"),
        (b"name,people\nCamden,3\n", 'line 1: "name". Expected a table as Nomis lets people download it'),
        (b"<html><body>Sign in</body></html>", "Expected a table as Nomis lets people download it"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused(tmp_path, content, words):
    (tmp_path / "t.csv").write_bytes(content)
    assert words in faults(tmp_path / "t.csv")[0]


def test_a_file_that_is_not_there_is_named_without_its_folder(tmp_path):
    assert faults(tmp_path / "no.csv") == ["no.csv. The file cannot be opened: No such file or directory."]


def test_two_files_on_one_question_are_refused(tmp_path):
    files = [census.write(tmp_path / name, census.wide()) for name in ("a.csv", "b.csv")]
    with pytest.raises(Refused, match=r"b\.csv\. a\.csv holds the same question \(ethnic group, census 2011\)"):
        read_tables(files, ROOT / "data")


# --- the list of groups ----------------------------------------------------------------------------------------------


def test_every_spelling_means_one_group_and_every_leaf_adds_up_to_all():
    for asked in questions(ROOT / "data"):
        spellings = [spelling for group in asked.groups for spelling in group.spellings]
        assert len(spellings) == len(set(spellings)), asked.name
        headed = [part for whole in asked.groups if whole.level == "broad" for part in asked.parts(whole)]
        assert len(headed) == len(set(headed)), asked.name
    sizes = {(q.census, q.subject): len(q.leaves) for q in questions(ROOT / "data")}
    assert sizes == {
        (2001, "ethnic_group"): 16,
        (2011, "ethnic_group"): 18,
        (2001, "religion"): 9,
        (2011, "religion"): 9,
    }


def test_spellings_are_compared_without_case_blanks_and_ampersands():
    assert plain("  White :  Irish") == plain("white: irish") == "white:irish"
    assert plain("Black & White") == "black and white"
