"""The page on rounds of returns, run without a browser: without a round, and with returns of made boards."""

from __future__ import annotations

import html
import re
from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from etl.collect import collect
from etl.publish import publish
from etl.returns.rounds import run_note, standings
from etl.returns.store import write_rows
from tests.support import page_run
from tests.support.returns.made import as_received, data_folder, made
from ui.frame import OPERATIONS_ONLY
from warehouse.schema import TABLES

PAGE = "pages/meetings/rounds.py"
MAPPING = {"theme": "Training", "present_activity": "Trains <b>groups</b>.", "stage": "Under way"}
TOTAL = {"course": "First course", "counts": "People", "breakdown": "Everybody", "number": "12"}

opened = partial(page_run.opened, PAGE)


def words(page: AppTest) -> str:
    bodies = " ".join(element.proto.body for element in page.main.get("html"))
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", bodies))).strip()


def row(page: AppTest, caption: str, head: str) -> list[str]:
    """The cells of the row that begins with `head`."""
    (body,) = [one.proto.body for one in page.main.get("html") if f"{caption}</caption>" in one.proto.body]
    (found,) = re.findall(rf'<tr[^>]*><th scope="row">{head}</th>(.*?)</tr>', body)
    cells = re.findall(r"<td[^>]*>(.*?)</td>", found)
    return [re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", cell))).strip() for cell in cells]


@pytest.fixture(scope="module")
def returned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Camden answered June in two versions, Barnet in part, Enfield was asked; a file could not be read."""
    folder = tmp_path_factory.mktemp("rounds")
    data = data_folder(folder / "data")
    chase = [
        {"chase": f"2012q2 {board} asked", "round": "2012q2", "board": name, "step": "asked", "happened": "2012-05-02"}
        for board, name in (("enfield", "Enfield"), ("camden", "Camden"))
    ]
    chase.append({**chase[1], "chase": "2012q2 camden queried", "step": "queried", "happened": "2012-06-20"})
    write_rows(data / "returns" / "chase.csv", [column.name for column in TABLES["chase"].columns], chase)
    files, read = as_received(
        made({"interview_mapping": [MAPPING]}),
        made({"interview_mapping": [MAPPING], "training": [TOTAL]}, version="2", name="again.xlsx"),
        made({"interview_mapping": [MAPPING, {**MAPPING, "theme": "Nothing"}]}, board="Barnet", name="barnet.xlsx"),
        made({}, board="Nowhere", name="nowhere.xlsx"),
    )
    publish(collect(data, files, read), folder / "warehouse")
    return folder


@pytest.fixture
def use_returned(returned: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_WAREHOUSE", str(returned / "warehouse"))


def test_without_a_round_it_says_how_to_name_one(use_warehouse: Path):
    text = words(opened())
    assert "No round of returns has been named yet" in text
    assert "python -m etl rounds add" in text
    assert OPERATIONS_ONLY not in text


@pytest.mark.usefixtures("use_warehouse")
def test_without_a_round_an_officer_learns_that_there_is_no_workbook_yet():
    text = words(page_run.opened("pages/boards/send_return.py"))
    assert "there is no workbook to fill in" in text
    assert "Rounds of returns says how the operations group names one." in text


@pytest.mark.usefixtures("use_returned")
def test_every_board_stands_once_with_its_word_and_nobody_is_ranked():
    page = opened()
    assert "2 of 32 boards have sent a return for June 2012" in words(page)
    assert row(page, "Boards in the round June 2012", "Camden")[:4] == ["Queried", "20 June 2012", "again.xlsx", "0"]
    assert row(page, "Boards in the round June 2012", "Barnet")[:4] == ["Received", "5 June 2012", "barnet.xlsx", "1"]
    enfield = row(page, "Boards in the round June 2012", "Enfield")
    assert enfield[:2] == ["Silent", "14 June 2012"]
    assert "Return for June 2012: Enfield." in enfield[4]
    assert row(page, "Every round", "Enfield") == ["Silent", "Silent"]


@pytest.mark.usefixtures("use_returned")
def test_every_file_and_fault_is_listed_with_its_account():
    page = opened()
    assert row(page, "What became of every file", "barnet.xlsx")[3:8] == ["Accepted in part", "2", "1", "1", "0"]
    assert row(page, "What became of every file", "return.xlsx")[3] == "Replaced"
    refused = row(page, "What became of every file", "nowhere.xlsx")
    assert refused[0] == "could not be read"
    assert "is no London safeguarding children board" in refused[8]
    fault = row(page, "Faults in the returns", "barnet.xlsx")
    assert fault[:4] == ["Interview mapping", "6", "Theme", "Nothing"]
    assert fault[5] == "Error: the row is kept out"


@pytest.mark.usefixtures("use_returned")
def test_an_edition_with_counts_of_people_says_so_on_every_page():
    for script in ("pages/meetings/rounds.py", "pages/maps/overview.py", "pages/boards/borough_profile.py"):
        assert OPERATIONS_ONLY in words(page_run.opened(script))


def test_the_command_says_what_the_page_says(returned: Path):
    from datetime import date

    files, read = as_received(made({"interview_mapping": [MAPPING]}))
    collected = collect(returned / "data", files, read)
    found = {one.board_name: one.word for one in standings(collected, "2012q2", date(2012, 6, 15))}
    assert (found["Camden"], found["Enfield"], found["Sutton"]) == ("received", "silent", "silent")
    found = {one.board_name: one.word for one in standings(collected, "2012q2", date(2012, 6, 14))}
    assert (found["Camden"], found["Enfield"], found["Sutton"]) == ("received", "asked", "not noted")


def test_a_note_on_an_unknown_board_writes_nothing(returned: Path, capsys: pytest.CaptureFixture[str]):
    from argparse import Namespace
    from datetime import date

    before = (returned / "data" / "returns" / "chase.csv").read_bytes()
    asked = Namespace(board="Camdem", round="2012q2", step="asked", on=date(2012, 5, 1), data=returned / "data")
    assert run_note(asked) == 1
    assert "the closest is 'Camden'" in capsys.readouterr().err
    assert (returned / "data" / "returns" / "chase.csv").read_bytes() == before
