"""`python -m etl template`: the workbook written to a file, or the reason why not."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from etl.__main__ import main
from etl.returns import template_command
from tests.support.paths import ROOT

HEADER = "round,label,meaning,is_statement,opens,deadline\n"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a round of returns, as the operations group adds it."""
    folder = tmp_path_factory.mktemp("project") / "data"
    shutil.copytree(ROOT / "data" / "reference", folder / "reference", ignore=shutil.ignore_patterns("*.geojson"))
    shutil.copytree(ROOT / "data" / "sources" / "camden_2010", folder / "sources" / "camden_2010")
    (folder / "returns").mkdir()
    round_ = "june_2012,June 2012,The round before the meeting of June.,yes,2012-05-01,2012-06-21\n"
    (folder / "returns" / "rounds.csv").write_text(HEADER + round_, encoding="utf-8")
    return folder


def asked(data: Path, *words: str) -> list[str]:
    return ["template", *words, "--data", str(data)]


@pytest.mark.parametrize("name", ["june_2012", "June 2012", " june  2012 "])
def test_it_writes_the_workbook_of_a_round_of_returns(data: Path, tmp_path: Path, capsys, name: str):
    assert main(asked(data, "LB Hackney", "--round", name, "--out", str(tmp_path / "out.xlsx"))) == 0
    told = capsys.readouterr().out
    assert "for City and Hackney, June 2012; nothing was sent before" in told
    start = openpyxl.load_workbook(tmp_path / "out.xlsx")["Start here"]
    assert start["A2"].value == "City and Hackney, June 2012"
    assert start["A3"].value == "The round before the meeting of June. Send it by 21 June 2012."
    assert [path.name for path in tmp_path.iterdir()] == ["out.xlsx"]


def test_a_folder_gets_a_file_named_after_board_and_round(data: Path, tmp_path: Path):
    assert main(asked(data, "camden", "--round", "june_2012", "--out", str(tmp_path))) == 0
    assert (tmp_path / "return_camden_june_2012.xlsx").exists()


def test_it_fills_in_what_the_board_sent_last(data: Path, tmp_path: Path, capsys, monkeypatch):
    sent = {"pilots": [{"line": "p1", "pilot": "Faith schools"}]}
    monkeypatch.setattr(template_command, "previous", lambda *_: sent)
    assert main(asked(data, "camden", "--round", "june_2012", "--out", str(tmp_path / "out.xlsx"))) == 0
    assert "1 line of last time is filled in" in capsys.readouterr().out
    assert openpyxl.load_workbook(tmp_path / "out.xlsx")["Pilots"]["B6"].value == "Faith schools"


@pytest.mark.parametrize(
    ("board", "name", "words"),
    [
        ("Camdem", "june_2012", "the closest is 'Camden'"),
        ("", "june_2012", "safeguarding children board is empty"),
        ("camden", "june_2021", "'june_2021' is no round. The closest is june_2012."),
        ("camden", "none", "'none' is no round."),
    ],
)
def test_an_unknown_board_or_round_names_the_closest(data: Path, tmp_path: Path, capsys, board, name, words):
    assert main(asked(data, board, "--round", name, "--out", str(tmp_path / "out.xlsx"))) == 1
    told = capsys.readouterr().err
    assert words in told
    assert "Nothing was written" in told
    assert list(tmp_path.iterdir()) == []


def test_a_round_of_returns_stands_once_among_the_codes(data: Path, tmp_path: Path):
    assert main(asked(data, "camden", "--round", "june_2012", "--out", str(tmp_path / "out.xlsx"))) == 0
    rows = openpyxl.load_workbook(tmp_path / "out.xlsx")["Codes"].iter_rows(values_only=True)
    assert sum("june_2012" in row for row in rows) == 1


def test_a_workbook_that_is_there_stays(data: Path, tmp_path: Path, capsys):
    (tmp_path / "out.xlsx").write_bytes(b"filled in")
    assert main(asked(data, "camden", "--round", "june_2012", "--out", str(tmp_path / "out.xlsx"))) == 1
    assert "is there already" in capsys.readouterr().err
    assert (tmp_path / "out.xlsx").read_bytes() == b"filled in"


@pytest.mark.parametrize(("name", "words"), [("none/out.xlsx", "No such file"), ("out.csv", "does not end in .xlsx")])
def test_a_file_that_cannot_be_written_is_told(data: Path, tmp_path: Path, capsys, name, words):
    assert main(asked(data, "camden", "--round", "june_2012", "--out", str(tmp_path / name))) == 1
    assert words in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_list_of_rounds_with_a_fault_is_named_by_file_and_line(data: Path, tmp_path: Path, capsys):
    broken = tmp_path / "data"
    shutil.copytree(data, broken)
    (broken / "returns" / "rounds.csv").write_text(HEADER + "june_2012,June\n", encoding="utf-8")
    assert main(asked(broken, "camden", "--round", "june_2012", "--out", str(tmp_path / "out.xlsx"))) == 1
    assert "data/returns/rounds.csv, line 2. Expected 6 cells, found 2." in capsys.readouterr().err
    assert not (tmp_path / "out.xlsx").exists()
