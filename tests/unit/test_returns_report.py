"""The printed report: its layout as it shifts, its arithmetic, and every line of the file accounted for."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.returns import report
from etl.returns.raw import RawReturn, Refused
from etl.returns.report_lines import days_in
from etl.returns.text import lines_of
from tests.support.paths import ROOT

REAL = ROOT.parent / "shared" / "seeds" / "004_e7bb67626a9ec43a.txt"
FACTS = ROOT / "data" / "sources" / "camden_2010" / "training_count.csv"
DAYS = "Date Range: 02/11/2009 - 29/04/2010"
START = {"board": "Camden", "round": "June 2012", "as_at": "2010-04-29", "sent": "2012-06-21", "version": "1"}

own_file = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)


def read(folder: Path, text: str | bytes, **options: object) -> RawReturn:
    path = folder / "report.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return report.read(path, START, **options)


def rows(raw: RawReturn) -> list[tuple[str, ...]]:
    """Line, breakdown, category, number and percentage of each line."""
    names = ("breakdown", "category", "number", "percentage")
    return [(each.line, *(each.cells[name] for name in names)) for each in raw.sheets[0].lines]


def faults(raw: RawReturn) -> list[tuple[int, str, str]]:
    return [(fault.line, fault.column, fault.value) for fault in raw.faults]


def assert_every_line_is_accounted_for_once(raw: RawReturn, text: str) -> None:
    found = [line.line for line in raw.sheets[0].lines] + [line for line, _ in raw.sheets[0].not_data]
    found += {fault.line for fault in raw.faults}
    assert sorted(found) == list(range(1, len(list(lines_of(text))) + 1))


def table(*lines: str, grouped_by: str = "Gender", total: str = "Total:\n178") -> str:
    return "\n".join([f"Grouped By: {grouped_by}", DAYS, *lines, total, ""])


# --- the real file ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real() -> RawReturn:
    if not REAL.exists():
        pytest.skip("the Camden Training Return is not beside the project, in ../shared/seeds")
    return report.read(REAL, START)


def test_the_real_report_loads_whole(real):
    assert real.faults == ()
    assert len(real.sheets[0].lines) == 15 + 11 + 2 + 1
    assert_every_line_is_accounted_for_once(real, REAL.read_text(encoding="utf-8"))
    assert real.start == START
    cells = [line.cells for line in real.sheets[0].lines]
    assert {(each["held_from"], each["held_to"], each["counts"]) for each in cells} == {
        ("2009-11-02", "2010-04-29", "not_stated")
    }
    assert {each["course"] for each in cells} == {"Training, 2 November 2009 to 29 April 2010"}


def test_the_real_report_agrees_with_the_transcribed_figures(real):
    with FACTS.open(encoding="utf-8", newline="") as file:
        transcribed = [
            (row["dimension"], "" if row["dimension"] == "all" else row["printed"], row["people"],
             row["printed_percentage"].replace("not reported", ""))
            for row in csv.DictReader(file)
        ]  # fmt: skip
    assert [row[1:] for row in rows(real)] == transcribed


def test_the_real_report_passes_its_own_arithmetic(real):
    numbers = defaultdict(list)
    for _, breakdown, _, number, percentage in rows(real):
        numbers[breakdown].append((int(number), percentage))
    ((total, _),) = numbers.pop("all")
    assert set(numbers) == {"group", "ethnicity", "gender"}
    for found in numbers.values():
        assert sum(number for number, _ in found) == total == 178
        assert all(f"{100 * number / total:.2f}" == percentage for number, percentage in found)


def test_the_text_around_the_tables_of_the_real_report_is_not_kept(real):
    kept = str(asdict(real))
    around = [line for line, why in real.sheets[0].not_data if why == "text around the tables"]
    assert len(around) == 35
    for line, text in enumerate(REAL.read_text(encoding="utf-8").split("\n"), start=1):
        words = " ".join(text.split())
        assert line not in around or words not in kept, f"line {line} is kept"


# --- made reports ----------------------------------------------------------------------------------------------------

shifts = st.sampled_from(["", "\n", "\n\n", "\n[image: image7.png]\n\n", "\n\xa0\n", "\nPage 2 of 3\n", "\n\t\n"])
names = st.sampled_from(["Club 7", "St Mary's (North)", "Total Respect", "100% Youth", "Womens' Aid & Co", "5", "(a)"])


@st.composite
def reports(draw) -> tuple[str, list[tuple[str, str, str, str]]]:
    """A report with shifted lines, and the breakdown, category, number and percentage of the lines it should give."""
    text = draw(st.sampled_from(["", "Amal Example wrote this\n", "\n\nBudget £ 5,709\n1. Engage groups\n"]))
    wanted = []
    everybody = draw(st.integers(0, 20_000))
    kinds = draw(st.lists(st.sampled_from(["Referral Care Agent", "Ethnicity", "Gender"]), min_size=1, unique=True))
    for kind in kinds:
        text += draw(st.sampled_from(["", "Number of Participants attending\n", "Top of Form\n Bottom of Form\n"]))
        text += f"Grouped By:{draw(st.sampled_from([' ', chr(9), chr(10), '']))}{kind}\n"
        text += f"Date Range: 02/11/2009 {draw(st.sampled_from(['-', '–', 'to', '-' + chr(10)]))} 29/04/2010\n"
        for name in draw(st.lists(names, min_size=1, max_size=4)):
            number, percentage = draw(st.integers(0, 9_999)), f"{draw(st.integers(0, 10_000)) / 100:.2f}"
            shown = f"{number:,}" if draw(st.booleans()) else str(number)
            text += f" {name} {draw(shifts)} {percentage}%{draw(shifts)} ({shown}) {draw(shifts)}\n"
            breakdown = {"Referral Care Agent": "group"}.get(kind, kind.lower())
            wanted.append((breakdown, name, str(number), percentage))
        text += f"{draw(st.sampled_from(['Total:', 'TOTAL', 'Grand total :']))}{draw(shifts)} {everybody}\n"
        if kind == kinds[0]:
            wanted.append(("all", "", str(everybody), ""))
        text += draw(st.sampled_from(["", "Amal Example\n", "\n \n", "Total:\n"]))
    return text, wanted


@own_file
@given(reports(), st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16"]), st.sampled_from(["\n", "\r\n", "\r"]))
def test_lines_may_shift_and_nothing_is_lost(tmp_path, made, encoding, end):
    text, wanted = made
    raw = read(tmp_path, text.replace("\n", end).encode(encoding))
    assert raw.faults == ()
    assert [row[1:] for row in rows(raw)] == wanted
    assert {(line.cells["held_from"], line.cells["held_to"]) for line in raw.sheets[0].lines} == {
        ("2009-11-02", "2010-04-29")
    }
    assert_every_line_is_accounted_for_once(raw, text)
    assert "Amal" not in str(asdict(raw))


soup = st.lists(
    st.sampled_from(
        ["Grouped By: Gender", "Grouped By:", "Grouped By: Age", DAYS, "Date Range:", "Date Range: 2009", "Female",
         "Male", "4.49% (8)", "4.49%", "(8)", "8", "Total:", "Total: 8", "Female 4.49% (8)", "Total:\n8", "", "Page 1",
         "\x07 1% (1)", "Number of Participants attending", "02/11/2009 - 29/04/2010", "x" * 600,
         "a" + "@b.org 1% (2)"]
    ),
    max_size=14,
)  # fmt: skip


@own_file
@given(soup)
def test_whatever_the_lines_every_one_is_accounted_for(tmp_path, lines):
    text = "Grouped By: Gender\n" + "\n".join(lines)
    raw = read(tmp_path, text)
    assert_every_line_is_accounted_for_once(raw, text)
    assert all(row[3].isdigit() for row in rows(raw))
    assert "@" not in str(asdict(raw))


FAULTY = [
    ("a name without figures", table("Female", "Male", "43.82% (78)"), [(3, "", ""), (4, "", ""), (5, "", "")]),
    ("a percentage without its number", table("Female", "56.18%", "Male 43.82% (78)"), [(3, "", "")]),
    ("figures without a name", table("56.18% (100)", "Male 43.82% (78)"), [(3, "", "")]),
    ("two figures below a name", table("Female", "56.18%", "43.82% (78)", "Male 43.82% (78)"),
     [(3, "", ""), (5, "", "")]),
    ("a name and nothing more", table("Female 56.18% (100)", "Amal Example"), [(4, "", "")]),
    ("no total", table("Female 56.18% (100)", total="Amal Example"), [(1, "number", ""), (4, "", "")]),
    ("a total without a number", table("Female 56.18% (100)", total="Total:\nabout 178"), [(4, "number", "")]),
    ("a total that is never said", table("Female 56.18% (100)", total="Total:"), [(4, "number", "")]),
    ("no rows", table(), [(1, "", "")]),
    ("a row outside the tables", table("Female 56.18% (100)") + "Male 43.82% (78)\n(5)", [(6, "", ""), (7, "", "")]),
    ("no days", "Grouped By: Gender\nFemale 1% (1)\nTotal: 1\n", [(1, "held_from", "")]),
    ("another table before the total", f"Grouped By: Age\n{DAYS}\nUnder 18 1% (1)\n{table('Male 1% (1)')}",
     [(1, "number", "")]),
    ("days that are none", table("Female 1% (1)").replace("29/04/2010", "31/04/2010"),
     [(2, "held_from", "02/11/2009 - 31/04/2010")]),
    ("days that go backwards", table("Female 1% (1)").replace("29/04/2010", "01/11/2009"),
     [(2, "held_from", "02/11/2009 - 01/11/2009")]),
    ("other days in the same table",
     table("Female 1% (1)", "Grouped By: Gender", "Date Range: 01/01/2010 - 02/01/2010"),
     [(5, "held_from", "01/01/2010 - 02/01/2010")]),
    ("grouped by nothing", f"Grouped By:\n{table('Male 1% (1)')}", [(1, "breakdown", "")]),
    ("totals that differ", table("Female 1% (1)") + table("Somali 1% (1)", grouped_by="Ethnicity", total="Total: 177"),
     [(4, "number", "178"), (9, "number", "177")]),
    ("a control character", table("Fe\x07male 1% (1)"), [(3, "category", "")]),
    ("contact details", table("ring 020 7946" + " 0001 1% (1)"), [(3, "category", "")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), [each[1:] for each in FAULTY], ids=[each[0] for each in FAULTY])
def test_what_cannot_be_told_is_refused_by_its_line(tmp_path, text, expected):
    raw = read(tmp_path, text)
    assert faults(raw) == expected
    assert_every_line_is_accounted_for_once(raw, text)


def test_rows_beside_a_faulty_one_load(tmp_path):
    raw = read(tmp_path, table("Female", "Ten", "56.18% (100)", "Male 43.82% (78)"))
    assert rows(raw) == [(6, "gender", "Male", "78", "43.82"), (7, "all", "", "178", "")]


def test_a_number_in_brackets_without_a_percentage_is_taken_and_a_bare_one_is_not(tmp_path):
    assert rows(read(tmp_path, table("Female", "(100)")))[0] == (3, "gender", "Female", "100", "")
    raw = read(tmp_path, table("Female", "100", "56.18% (100)"))
    assert [row[2] for row in rows(raw)] == [""]
    assert len(raw.faults) == 3


def test_a_table_that_goes_on_over_a_page_is_one(tmp_path):
    page = f"\fNumber of Participants attending\nGrouped By: Gender\n{DAYS}"
    raw = read(tmp_path, table("Female 56.18% (100)", "Page 1", page, "Male 43.82% (78)"))
    assert raw.faults == ()
    assert [row[1:] for row in rows(raw)] == [
        ("gender", "Female", "100", "56.18"), ("gender", "Male", "78", "43.82"), ("all", "", "178", ""),
    ]  # fmt: skip


def test_tables_of_other_days_are_another_course(tmp_path):
    other = table("Female 100% (12)", total="Total 12").replace("02/11/2009", "01/10/2009")
    for name, expected in (("Safe", "Safe, 2 November 2009 to 29 April 2010"),
                           ("", "Training, 1 October 2009 to 29 April 2010")):  # fmt: skip
        raw = read(tmp_path, table("Female 100% (178)") + other, course=name)
        assert raw.faults == ()
        courses = {
            line.cells["course"]: line.cells["number"] for line in raw.sheets[0].lines if not line.cells["category"]
        }
        assert sorted(courses.values()) == ["12", "178"]
        assert expected in courses
    raw = read(tmp_path, table("Female 100% (178)"), course="Safe")
    assert {line.cells["course"] for line in raw.sheets[0].lines} == {"Safe"}


def test_another_grouping_stands_as_printed(tmp_path):
    assert rows(read(tmp_path, table("Under 18 1% (1)", grouped_by="Age")))[0] == (3, "Age", "Under 18", "1", "1")


def test_what_is_no_report_is_refused(tmp_path, monkeypatch):
    for text, expected in (("Budget\nTotal: 5\n", "it has no table"), ("", "it has no table"), ("a\0b", "NUL")):
        with pytest.raises(Refused, match=expected) as refused:
            read(tmp_path, text)
        assert str(refused.value).startswith("report.txt: ")
    with pytest.raises(Refused, match="cannot be opened"):
        report.read(tmp_path / "none.txt")
    monkeypatch.setattr(report, "MOST_FAULTS", 1)
    with pytest.raises(Refused, match=r"2 faults; expected 1 at most\. The first, on line 3: "):
        read(tmp_path, table("Amal", "Sam"))
    monkeypatch.setattr(report, "MOST_BYTES", 10)
    with pytest.raises(Refused, match="10 at most"):
        read(tmp_path, table("Female 1% (1)"))


@pytest.mark.parametrize("text", ["2/3/2010 - 4/5/2011", "02/03/2010 to 04/05/2011", "2/3/2010–4/5/2011"])
def test_days_are_read_as_britain_writes_them(text):
    begins, ends = days_in(text)
    assert (begins.isoformat(), ends.isoformat()) == ("2010-03-02", "2011-05-04")
