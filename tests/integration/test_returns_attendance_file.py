"""A large made file of attendance: the same twice, counted as the slow way counts it, and quickly."""

from __future__ import annotations

import csv
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.attendance_file import write_attendance
from benchmarks.returns import bench_attendance
from etl.returns import attendance, csv_sheets
from tests.support.returns.attendance_rows import numbers, twin

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


def test_the_benchmark_gives_seconds_and_memory(tmp_path):
    reading, running_through, highest = bench_attendance(tmp_path, rows=500, rounds=1)
    assert reading > running_through > 0
    assert 10 < highest < 1_024
