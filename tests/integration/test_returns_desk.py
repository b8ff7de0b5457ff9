"""The whole way of a return, by the commands people use: workbook, filled, checked, taken in, built, and prefilled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import openpyxl
import pytest

from etl.__main__ import main
from etl.returns.store import received
from tests.support.returns.made import data_folder
from warehouse.edition import Reader, live_edition
from warehouse.schema.layout import EVERYONE
from warehouse.schema.returns import SHEETS, START, heading

FILLED = {
    "interview_mapping": [{"theme": "Training", "present_activity": "Trains groups.", "stage": "Under way"}],
    "pilots": [{"pilot": "Camden pilot", "stage": "Done", "actual_to": "2012-05-30"}],
    "community_groups": [{"name": "Group B", "kind": "Community association", "step": "Engaged"}],
    "training": [
        {"course": "First course", "counts": "People", "breakdown": "Everybody", "number": 12},
        {"course": "First course", "counts": "People", "breakdown": "Gender", "category": "Female", "number": 12},
    ],
}
START_CELLS = {"as_at": "2012-06-01", "sent": "2012-06-05"}


def fill(path: Path, rows: Mapping[str, Sequence[Mapping[str, object]]], start: Mapping[str, str]) -> None:
    """Type rows into a workbook below what stands there, and say when it was sent, as an officer would."""
    book = openpyxl.load_workbook(path)
    sheet = book[START.title]
    labels = {heading(column): column.name for column in START.columns}
    for label in sheet["A"]:
        if labels.get(label.value) in start:
            sheet.cell(label.row, 2).value = start[labels[label.value]]
    for name, table in rows.items():
        sheet = book[SHEETS[name].title]
        titles = {heading(column): column.name for column in SHEETS[name].columns}
        head = next(row for row in sheet.iter_rows() if set(titles) <= {cell.value for cell in row})
        places = {titles[cell.value]: cell.column for cell in head if cell.value in titles}
        below = head[0].row + 1
        while any(sheet.cell(below, place).value for place in places.values()):
            below += 1
        for row in table:
            for column, value in row.items():
                sheet.cell(below, places[column]).value = value
            below += 1
    book.save(path)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return data_folder(tmp_path / "data")


def run(*words: object) -> int:
    return main([str(word) for word in words])


def test_a_workbook_goes_the_whole_way_and_comes_back_filled(data: Path, tmp_path: Path, capsys):
    book, again, warehouse = tmp_path / "camden.xlsx", tmp_path / "again.xlsx", tmp_path / "warehouse"
    assert run("template", "Camden", "--round", "June 2012", "--out", book, "--data", data) == 0
    fill(book, FILLED, START_CELLS)
    assert run("check", book, "--data", data) == 0, capsys.readouterr()
    assert "Every file can be loaded whole." in capsys.readouterr().out
    assert not (data / "returns" / "received.csv").exists(), "checking takes nothing in"
    assert run("receive", book, "--data", data) == 0
    assert run("build", "--data", data, "--warehouse", warehouse) == 0
    assert "Camden, June 2012, version 1: accepted" in capsys.readouterr().out
    edition = live_edition(warehouse)
    cursor = Reader(edition.folder, EVERYONE).cursor()
    assert cursor.execute("SELECT people, unit_of_count FROM training_round").fetchall() == [(12, "people")]
    assert cursor.execute("SELECT count(*) FROM return_fault").fetchone() == (0,)
    assert run("receive", book, "--data", data) == 0
    assert run("build", "--data", data, "--warehouse", warehouse) == 0
    assert live_edition(warehouse).name == edition.name, "the same files again make the same edition"

    assert run("template", "Camden", "--round", "June 2012", "--out", again, "--data", data) == 0
    assert "lines of last time are filled in" in capsys.readouterr().out
    fill(again, {"community_groups": [{"name": "Group C", "kind": "Youth group", "step": "Known"}]}, START_CELLS)
    assert run("check", again, "--data", data) == 0, capsys.readouterr()
    assert run("receive", again, "--data", data) == 0
    assert run("build", "--data", data, "--warehouse", warehouse) == 0
    newer = live_edition(warehouse)
    cursor = Reader(newer.folder, EVERYONE).cursor()
    states = cursor.execute("SELECT version, state FROM return_file ORDER BY version").fetchall()
    assert states == [(1, "replaced"), (2, "accepted")]
    keys = "SELECT fact_key FROM fact WHERE table_name IN ('activity', 'output') AND document LIKE 'return%'"
    before = Reader(edition.folder, EVERYONE).cursor().execute(keys).fetchall()
    assert set(before) <= set(cursor.execute(keys).fetchall()), "a row that was prefilled stays the same fact"


def test_a_faulty_workbook_is_told_by_place_and_marked_up(data: Path, tmp_path: Path, capsys):
    book, marked = tmp_path / "camden.xlsx", tmp_path / "marked.xlsx"
    run("template", "Camden", "--round", "June 2012", "--out", book, "--data", data)
    fill(book, {"community_groups": [{"name": "Group B", "kind": "Band", "step": "Engaged"}]}, START_CELLS)
    assert run("check", book, "--data", data) == 1
    out = capsys.readouterr().out
    assert 'Community groups, row 6, column Kind: "Band"' in out
    assert run("try", book, "--into", tmp_path / "aside", "--mark-up", marked, "--data", data) == 0
    sheet = openpyxl.load_workbook(marked)["Community groups"]
    comments = [cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment]
    assert len(comments) == 1
    assert "Expected a word as it stands on the sheet Codes." in comments[0]
    assert not (data / "returns" / "received.csv").exists()
    assert run("check", marked, "--data", data) == 1, "a marked-up copy is read like any other"
    assert "Faults" not in capsys.readouterr().out


def test_what_is_taken_in_is_kept_by_hash_and_named_once(data: Path, tmp_path: Path):
    book = tmp_path / "z.xlsx"
    run("template", "Camden", "--round", "June 2012", "--out", book, "--data", data)
    fill(book, FILLED, START_CELLS)
    other = tmp_path / "a.xlsx"
    other.write_bytes(book.read_bytes())
    assert run("receive", book, other, "--data", data) == 0
    (kept,) = received(data)
    assert kept.path.read_bytes() == book.read_bytes()
    assert kept.file_name == "a.xlsx"
    assert kept.start["board"] == "Camden"


def test_a_file_that_is_not_there_is_said(data: Path, tmp_path: Path, capsys):
    assert run("check", tmp_path / "nothing.xlsx", "--data", data) == 1
    assert "there is no such file" in capsys.readouterr().err


def test_attendance_is_counted_and_no_person_enters_the_edition(data: Path, tmp_path: Path, capsys):
    heads = [heading(column) for column in (*START.columns, *SHEETS["attendance"].columns)]
    whose = ["Camden", "June 2012", "2012-06-01", "2012-06-05", "1"]
    rows = [
        ("P001", "First course", "2012-05-01", "Group A", "Somali", "Female"),
        ("P001", "First course", "2012-05-08", "Group A", "Somali", "Female"),
        ("P002", "First course", "2012-05-01", "", "Somali", ""),
        ("Jane Doe", "First course", "2012-05-01", "", "", ""),
    ]
    file = tmp_path / "attendance.csv"
    file.write_text(
        "\n".join(",".join(cells) for cells in [heads, *([*whose, *row] for row in rows)]), encoding="utf-8"
    )
    assert run("check", file, "--data", data) == 1
    said = capsys.readouterr().out
    assert "Attendance, row 5, column Pseudonym" in said
    assert "Jane" not in said
    assert run("receive", file, "--data", data) == 0
    assert run("build", "--data", data, "--warehouse", tmp_path / "w") == 0
    assert "Jane" not in capsys.readouterr().out
    folder = live_edition(tmp_path / "w").folder
    cursor = Reader(folder, EVERYONE).cursor()
    assert cursor.execute("SELECT people, unit_of_count FROM training_round ORDER BY people").fetchall() == [
        (2, "people"), (3, "attendances"),
    ]  # fmt: skip
    counts = "SELECT filed, people FROM training_count WHERE dimension = 'gender' AND unit_of_count = 'people'"
    assert sorted(cursor.execute(counts).fetchall()) == [("Female", 1), ("Not known", 1)]
    account = "SELECT rows_in, rows_loaded, rows_refused, rows_not_data FROM return_account WHERE sheet = 'Attendance'"
    assert cursor.execute(account).fetchall() == [(4, 3, 1, 0)]
    for path in folder.iterdir():
        content = path.read_bytes()
        assert b"P001" not in content, path.name
        assert b"Jane" not in content, path.name
