"""An online survey is counted exactly, and nothing that one respondent said comes out."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from etl.returns import survey, survey_counts
from etl.returns.counted import CountedReturn, RowAccount
from etl.returns.raw import Refused
from tests.support.returns.csv_cases import text
from warehouse.schema.returns import SURVEY_COUNT, SURVEY_COUNTS

WHOM = "Which communities do you work with?"
TRAINED = "Have you been trained?"
GRADES = "How well do these work?"
VIEWS = "What should be done?"

QUESTIONS = ["RespondentID", "CollectorID", "IP Address", "First Name",
             WHOM, "", "", TRAINED, GRADES, "", VIEWS]  # fmt: skip
OPTIONS = ["", "", "", "", "Somali", "Kurdish", "Other (please specify)", "Response", "Posters", "Leaflets",
           "Open-Ended Response"]  # fmt: skip


def row(sign: str, *answers: str) -> list[str]:
    """A respondent: sign, things that are never read, and answers from the first question on."""
    return [sign, "77", "10.0.0.1", "Amal", *answers, *[""] * (len(QUESTIONS) - 4 - len(answers))]


def read(folder: Path, rows: list[list[str]], headings: list[list[str]] | None = None, **how: str) -> CountedReturn:
    encoding = how.pop("encoding", "utf-8")
    path = folder / "survey.csv"
    path.write_bytes(text([*(headings or [QUESTIONS, OPTIONS]), *rows], **how).encode(encoding))
    return survey.read(path, {"board": "Camden"})


def lines(found: CountedReturn) -> list[tuple[int, str, str, int]]:
    """Question number, option, what is counted, and how many."""
    cells = [line.cells for line in found.sheets[0].lines]
    return [(int(each["question_number"]), each["option"], each["counts"], int(each["respondents"])) for each in cells]


def account(rows_in: int, counted: int, refused: int = 0, not_data: int = 0) -> tuple[RowAccount, ...]:
    return (RowAccount("survey", rows_in, counted, refused, not_data),)


RESPONDENTS = [
    row("1", "Somali", "Kurdish", "", "Yes", "Well", "Badly", "More time"),
    row("2", "", "Kurdish", "", "Yes", "Well"),
    row("3", "Somali", "", "Amal's group", "yes", "Well", "Badly", "more time"),
    row("4", "", "", "", "Yes", "Well", "Well"),
    row("5", "", "", "", "Yes", "Well", "Well"),
    row("6", "", "", "", "No"),
]


def test_every_question_is_counted(tmp_path):
    found = read(tmp_path, RESPONDENTS)
    assert lines(found) == [
        (0, "", "respondents", 6),
        (1, "", "answered", 3),
        (1, "Somali", "chose", 2),
        (1, "Kurdish", "chose", 2),
        (1, "Other (please specify)", "wrote", 1),
        (2, "", "answered", 6),
        (2, "Yes", "chose", 5),
        (2, "", "other", 1),
        (3, "", "answered", 5),
        (3, "Posters: Well", "chose", 5),
        (3, "Leaflets", "other", 4),
        (4, "", "answered", 2),
        (4, "", "wrote", 2),
    ]
    assert {(line.cells["question_number"], line.cells["question"]) for line in found.sheets[0].lines} == {
        ("0", ""), ("1", WHOM), ("2", TRAINED), ("3", GRADES), ("4", VIEWS)
    }  # fmt: skip
    assert (found.faults, found.accounts) == ((), account(6, 6))
    assert found.start == {"board": "Camden", "round": "", "as_at": "", "sent": "", "version": ""}
    assert (found.form, found.sheets[0].name) == ("survey export", "survey")


def test_the_lines_are_those_of_the_declared_table(tmp_path):
    declared = [column.name for column in SURVEY_COUNT.columns if column.name not in ("survey_count", "return_file")]
    for line in read(tmp_path, RESPONDENTS).sheets[0].lines:
        assert list(line.cells) == declared
        assert line.cells["counts"] in SURVEY_COUNTS


def test_nothing_that_one_respondent_said_comes_out(tmp_path):
    secret = "zz" + "@example.org"
    rows = [row(f"zz{n}", "Somali", "", secret, "zz said", "zz", "", secret) for n in range(9)]
    found = read(tmp_path, [*rows, row("zz1"), [*row("zz2"), "zz"], row("zz10", "zz"), row("zz11", "#N/A")])
    assert len(found.faults) == 4 + 1  # the sign again is empty besides
    kept = str(asdict(found))
    assert "zz said" in kept  # nine in the same words: no longer one's own
    assert "Amal" not in kept
    assert "10.0.0.1" not in kept
    assert secret not in kept
    assert all(fault.value == "" for fault in found.faults)
    few = read(tmp_path, [row(f"{n}", "", "", "", "zz said") for n in range(survey_counts.MANY - 1)])
    assert "zz" not in str(asdict(few))
    contact = read(tmp_path, [row(f"{n}", "", "", "", secret) for n in range(survey_counts.MANY)])
    assert secret not in str(asdict(contact))
    long = read(tmp_path, [row(f"{n}", "", "", "", "zz " * 40) for n in range(survey_counts.MANY)])
    assert "zz" not in str(asdict(long))


@pytest.mark.parametrize("mark", ["1", "x", "Yes", "TRUE", "somali ", "✓"])
def test_marks_say_that_an_option_was_chosen(tmp_path, mark):
    found = read(tmp_path, [row("1", mark), row("2", "0", "No"), row("3", "No")])
    assert lines(found)[2] == (1, "Somali", "chose", 1)
    assert found.faults == ()


def test_rows_that_cannot_count_are_refused_by_line(tmp_path):
    rows = [
        row("1", "Somali"), row("", "Somali"), row("1", "Somali"), row("2"), row("3", "Kurdish")[:-1], ["4", "x"],
        row("5", "Somali", "perhaps"), row("6", "#N/A"), [""] * 11, [], row("7", "", "Kurdish"), QUESTIONS,
        row("2", "Somali"),
    ]  # fmt: skip
    found = read(tmp_path, rows)
    assert [(fault.line, fault.column) for fault in found.faults] == [
        (4, "RespondentID"), (5, "RespondentID"), (6, ""), (7, ""), (8, ""), (9, "Kurdish"), (10, "Somali"),
    ]  # fmt: skip
    assert found.accounts == account(13, 3, 7, 3)
    assert lines(found)[:4] == [
        (0, "", "respondents", 3), (1, "", "answered", 3), (1, "Somali", "chose", 2), (1, "Kurdish", "chose", 1),
    ]  # fmt: skip


def test_lines_are_physical_and_title_rows_are_no_data(tmp_path):
    headings = [["Survey of June"], [], [*QUESTIONS[:4], "Which\ncommunities?", *QUESTIONS[5:]], OPTIONS]
    found = read(tmp_path, [row("1", "Somali", "", "", "", "", "", "two\nlines"), row("")], headings)
    assert [fault.line for fault in found.faults] == [8, 8]
    assert found.accounts == account(4, 1, 1, 2)
    assert found.sheets[0].lines[1].cells["question"] == "Which communities?"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_encodings_and_delimiters(tmp_path, encoding, delimiter):
    options = [*OPTIONS[:5], "Kurdish – ‘Sorani’", *OPTIONS[6:]]
    rows = [row("1", "", "Kurdish – ‘Sorani’", "", "a, b; c")]
    found = read(tmp_path, rows, [QUESTIONS, options], encoding=encoding, delimiter=delimiter, end="\r")
    assert lines(found)[3] == (1, "Kurdish – ‘Sorani’", "chose", 1)


def test_a_question_may_stand_over_each_of_its_columns(tmp_path):
    repeated = [*QUESTIONS[:5], WHOM, WHOM, *QUESTIONS[7:9], GRADES, QUESTIONS[10]]
    assert lines(read(tmp_path, RESPONDENTS, [repeated, OPTIONS])) == lines(read(tmp_path, RESPONDENTS))


REFUSED = [
    ("no second row of headings", [QUESTIONS, row("1", "Somali")], "one of a respondent"),
    ("nothing below the questions", [QUESTIONS], "ends after the row of questions"),
    ("no sign of the respondent", [QUESTIONS[4:], OPTIONS[4:]], "“Respondent ID”"),
    ("no question", [QUESTIONS[:4], OPTIONS[:4]], "no question"),
    ("fewer options than questions", [QUESTIONS, OPTIONS[:-1]], "has 11 cells, the second 10"),
    (
        "an option twice",
        [QUESTIONS, [*OPTIONS[:5], "Somali", *OPTIONS[6:]]],
        "question 1 has the option “Somali” twice",
    ),
    (
        "an option under no question",
        [[*QUESTIONS[:4], "", *QUESTIONS[5:]], OPTIONS],
        "column 5 stands under no question",
    ),
    ("contact details", [[*QUESTIONS[:-1], "Write to a" + "@b.org"], OPTIONS], "the heading of column 11"),
    ("an error for a heading", [QUESTIONS, [*OPTIONS[:4], "#REF!", *OPTIONS[5:]]], "the heading of column 5"),
    ("too many columns", [QUESTIONS + ["q"] * 2_000, OPTIONS + [str(n) for n in range(2_000)]], "2,011 columns"),
    ("another table", [["name", "age"], ["a", "1"]], "“Respondent ID”"),
    ("nothing", [], "“Respondent ID”"),
]


@pytest.mark.parametrize(("rows", "expected"), [each[1:] for each in REFUSED], ids=[each[0] for each in REFUSED])
def test_what_is_no_export_is_refused(tmp_path, rows, expected):
    with pytest.raises(Refused, match=r"^survey\.csv: ") as refused:
        read(tmp_path, [], rows or [[]])
    assert expected in str(refused.value)
    assert "Export the answers again" in str(refused.value)


def test_damaged_and_large_files_are_refused(tmp_path, monkeypatch):
    path = tmp_path / "survey.csv"
    for content, expected in ((text([QUESTIONS, OPTIONS]) + '"a', "line 3: it is no CSV"), ("a\0", "NUL")):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(Refused, match=expected):
            survey.read(path)
    monkeypatch.setattr(survey, "MOST_FAULTS", 1)
    with pytest.raises(Refused, match="more than 1 faults; the first is on line 3"):
        read(tmp_path, [row("1")] * 3)
    monkeypatch.setattr(survey, "MOST_BYTES", 1)
    with pytest.raises(Refused, match="1 at most"):
        survey.read(path)
    with pytest.raises(Refused, match="cannot be opened"):
        survey.read(tmp_path / "none.csv")


# --- the slow twin ---------------------------------------------------------------------------------------------------

marks = st.sampled_from(["", "", "Somali"])
answers = st.sampled_from(["", "Yes", "yes", "No", "Perhaps not"])
words = st.sampled_from(["", "a", "b c"])
respondents = st.lists(st.tuples(marks, marks.map(lambda word: word and "Kurdish"), words, answers, words), max_size=16)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(respondents)
def test_the_numbers_are_those_of_the_slow_twin(tmp_path, given_answers):
    rows = [row(f"{n}", *each[:4], "", "", each[4]) for n, each in enumerate(given_answers)]
    found = read(tmp_path, rows)
    counted = [each for each in given_answers if any(each)]
    wanted = {(0, "", "respondents"): len(counted)}
    wanted[1, "", "answered"] = len([each for each in counted if each[0] or each[1] or each[2]])
    wanted[1, "Somali", "chose"] = len([each for each in counted if each[0]])
    wanted[1, "Kurdish", "chose"] = len([each for each in counted if each[1]])
    wanted[1, "Other (please specify)", "wrote"] = len([each for each in counted if each[2]])
    wanted[2, "", "answered"] = len([each for each in counted if each[3]])
    others = 0
    for answer in ("yes", "no", "perhaps not"):
        same = [each[3] for each in counted if each[3].lower() == answer]
        if len(same) >= 5:
            wanted[2, same[0], "chose"] = len(same)
        else:
            others += len(same)
    if others:
        wanted[2, "", "other"] = others
    wanted |= {(3, "", "answered"): 0, (3, "Posters", "chose"): 0, (3, "Leaflets", "chose"): 0}
    wanted[4, "", "answered"] = wanted[4, "", "wrote"] = len([each for each in counted if each[4]])
    got = lines(found)
    assert {key: number for *key_parts, number in got for key in [tuple(key_parts)]} == wanted
    assert len(got) == len(wanted)
    assert found.accounts == account(len(rows), len(counted), len(rows) - len(counted))
