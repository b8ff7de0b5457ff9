"""A large made file of attendance: the same twice, counted as the slow way counts it, and quickly."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from benchmarks.attendance_file import write_attendance
from benchmarks.returns import attendance_lines, workbook_lines
from etl.returns import attendance, csv_sheets
from tests.support.returns.attendance_rows import numbers, twin
from warehouse.schema.layout import EDITIONS, EVERYONE, audience_file

MANY = 100_000
MOST_RATIO = 6


@pytest.fixture(scope="module")
def large(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("attendance") / "large.csv"
    write_attendance(path, MANY)
    return path


def seconds(work: Callable[[], object]) -> float:
    """Seconds of the processor, the least of three: other work on the machine counts in none of them."""
    times = []
    for _ in range(3):
        begun = time.process_time()
        work()
        times.append(time.process_time() - begun)
    return min(times)


def run_through(path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as file:
        for _ in csv.reader(file):
            pass


def test_a_large_file_takes_at_most_six_times_what_pythons_reader_takes(large):
    counting, running_through = seconds(lambda: attendance.read(large)), seconds(lambda: run_through(large))
    assert counting <= MOST_RATIO * running_through, f"{counting:.2f} s against {running_through:.2f} s"


def test_the_made_file_is_the_same_each_time_and_counts_as_the_slow_twin_counts_it(tmp_path):
    for name in ("a.csv", "b.csv"):
        write_attendance(tmp_path / name, 3_000)
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()
    found = attendance.read(tmp_path / "a.csv")
    rows = [line.cells for line in csv_sheets.read(tmp_path / "a.csv").sheets[0].lines]
    assert len(rows) == 3_000
    assert numbers(found) == twin(rows)


def loaded(warehouse: Path) -> int:
    """How many rows of returns the edition says were loaded."""
    (edition,) = (warehouse / EDITIONS).iterdir()
    with duckdb.connect(audience_file(edition, EVERYONE), read_only=True) as connection:
        return connection.execute("SELECT sum(rows_loaded) FROM return_account").fetchone()[0]


def test_the_benchmark_takes_in_and_publishes_what_it_times(tmp_path):
    ratio, seconds, memory = attendance_lines(tmp_path / "attendance", rows=500, rounds=1)
    assert "500 rows of attendance / csv.reader" in ratio.text
    assert ratio.is_met is False, "of so few rows the build of the facts is the most"
    assert seconds.is_met
    assert memory.is_met
    assert loaded(tmp_path / "attendance" / "warehouse0") == 500
    (books,) = workbook_lines(tmp_path / "workbooks", 1, {"camden": "Camden"})
    assert books.text.startswith("1 workbooks of 4 rows")
    assert loaded(tmp_path / "workbooks" / "warehouse") == 4
