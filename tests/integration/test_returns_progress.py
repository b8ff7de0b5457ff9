"""While returns are read, a bar says how many files are done and how many rows of a long one; only on a screen."""

from __future__ import annotations

import io

import pytest

from etl.returns import guard
from etl.returns.progress import Reading
from etl.returns.store import Received, read_received
from warehouse.schema.returns import ATTENDANCE, START, heading

ROWS = 120_000


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(scope="module")
def long_file(tmp_path_factory: pytest.TempPathFactory) -> Received:
    """An attendance list of many rows, made for this test."""
    path = tmp_path_factory.mktemp("progress") / "attendance.csv"
    heads = [heading(column) for column in (*START.columns, *ATTENDANCE.columns)]
    whose = "Camden,June 2012,2012-06-01,2012-06-05,1"
    rows = (f"{whose},P{number:06},First course,2012-05-01,,Somali,Female" for number in range(ROWS))
    path.write_text("\n".join([",".join(heads), *rows]), encoding="utf-8")
    return Received("0" * 64, path.name, path, {})


def test_rows_of_a_long_file_are_told_as_they_are_read(long_file: Received, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(guard, "LOOK_S", 0.01)
    told: list[int] = []
    raw = read_received(long_file, told.append)
    assert told == sorted(told)
    assert told[-1] > 0
    assert raw.accounts[0].rows_counted == ROWS


def test_the_bar_is_drawn_on_a_screen_and_nowhere_else(long_file: Received):
    screen, pipe = Screen(), io.StringIO()
    for target in (screen, pipe):
        reading = Reading(1, target)
        reading(long_file)
        reading.close()
    assert "Reading returns" in screen.getvalue()
    assert pipe.getvalue() == ""
