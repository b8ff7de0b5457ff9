"""What boards send in, at its largest: a million rows of attendance in one file, and a workbook of every board.

The attendance is read, checked, counted and published by `python -m etl build`, which reads the committed facts as
well. Beside it, in turn, Python's own `csv.reader` runs through the same file.
"""

from __future__ import annotations

import csv
import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from benchmarks.attendance_file import ROUND, ROWS, write_attendance
from benchmarks.process import MB
from benchmarks.report import Line
from etl.__main__ import main as etl
from etl.returns.codes import read_codes
from etl.returns.store import receive
from etl.returns.template import write_workbook
from geo.names import board_names
from warehouse.schema.layout import ROOT

MOST_RATIO = 6
MOST_SECONDS = 20
MOST_MB = 1_074
"""1 GB of 1,024 MB of 1,024 kB, in MB of a million bytes."""

MOST_SECONDS_OF_WORKBOOKS = 60
ROWS_A_SHEET = 300

# Runs a command and prints its seconds, and the memory of the largest of its processes where the system tells.
_TIMED = """
import json, subprocess, sys, time
begun = time.perf_counter()
subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL)
seconds = time.perf_counter() - begun
try:
    import resource
except ImportError:
    highest = None
else:
    highest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
print(json.dumps([seconds, highest]))
"""


def returns_lines(folder: Path, rounds: int = 3) -> Iterator[Line]:
    """Time the attendance, `rounds` times, and the workbooks once, in a new folder under `folder`."""
    yield from attendance_lines(folder / "attendance", ROWS, rounds)
    yield from workbook_lines(folder / "workbooks", ROWS_A_SHEET, board_names())


def attendance_lines(folder: Path, rows: int, rounds: int) -> Iterator[Line]:
    """Build an edition with one file of `rows` rows, `rounds` times, each time beside `csv.reader` on that file."""
    data = _data(folder)
    path = folder / "attendance.csv"
    write_attendance(path, rows)
    receive([(path, {})], data)
    building, running_through, memory = [], [], []
    for number in range(rounds):
        running_through.append(csv_reader_seconds(path))
        seconds, highest = timed("build", "--data", f"{data}", "--warehouse", f"{folder / f'warehouse{number}'}")
        building.append(seconds)
        memory += [highest / MB] if highest else []
    seconds, by_csv = statistics.median(building), statistics.median(running_through)
    what = f"{rows:,} rows of attendance"
    yield Line(
        seconds / by_csv <= MOST_RATIO,
        f"{what} / csv.reader   {seconds / by_csv:.2f}   (at most {MOST_RATIO}; {seconds:.2f} s / {by_csv:.2f} s)",
    )
    yield Line(seconds <= MOST_SECONDS, f"{what}, build {seconds:.2f} s   (at most {MOST_SECONDS} s)")
    if memory:
        yield Line(max(memory) <= MOST_MB, f"{what}, peak {max(memory):.0f} MB   (at most {MOST_MB:,} MB)")


def workbook_lines(folder: Path, rows: int, boards: Mapping[str, str]) -> Iterator[Line]:
    """Take in a workbook of each of `boards`, with `rows` rows on each of four sheets, and build an edition."""
    data = _data(folder)
    codes, paths = read_codes(data), []
    for board, name in boards.items():
        paths.append(folder / f"{board}.xlsx")
        write_workbook(paths[-1], board, ROUND, codes, _filled(name, rows))
    taking, _ = timed("receive", *map(str, paths), "--data", f"{data}")
    building, _ = timed("build", "--data", f"{data}", "--warehouse", f"{folder / 'warehouse'}")
    yield Line(
        taking + building <= MOST_SECONDS_OF_WORKBOOKS,
        f"{len(paths)} workbooks of {4 * rows:,} rows   taken in {taking:.1f} s, build {building:.1f} s   "
        f"(together at most {MOST_SECONDS_OF_WORKBOOKS} s)",
    )


def timed(*words: str) -> tuple[float, int | None]:
    """Run `python -m etl` with these words: seconds, and bytes that the largest of its processes held."""
    command = [sys.executable, "-c", _TIMED, sys.executable, "-m", "etl", *words]
    # As for anybody who runs it a second time: Python keeps what it made of the source.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True, text=True)
    seconds, highest = json.loads(done.stdout)
    return seconds, highest


def csv_reader_seconds(path: Path) -> float:
    """Seconds that Python's own reader takes to run through the file once."""
    begun = time.perf_counter()
    with path.open(encoding="utf-8", newline="") as file:
        for _ in csv.reader(file):
            pass
    return time.perf_counter() - begun


def _data(folder: Path) -> Path:
    """The committed facts in a folder of their own, with the round that the returns answer."""
    for name in ("sources", "reference"):
        shutil.copytree(ROOT / "data" / name, folder / "data" / name)
    words = ("--label", "June 2012", "--opens", "2012-05-01", "--deadline", "2012-07-14")
    if etl(["rounds", "--data", f"{folder / 'data'}", "add", ROUND, *words]) != 0:
        raise RuntimeError("The round could not be added; the reason stands above.")
    return folder / "data"


def _filled(board: str, rows: int) -> Mapping[str, list[dict[str, str]]]:
    """What stands in the workbook of a board: made-up rows that all can be loaded."""
    numbers = range(rows)
    return {
        "start": [{"as_at": "2012-06-01", "sent": "2012-06-05", "version": "1"}],
        "interview_mapping": [
            {"theme": "Training", "present_activity": f"Act {number} of {board}", "stage": "Under way",
             "aspiration": f"Wish {number}"}
            for number in numbers
        ],
        "pilots": [{"pilot": f"{board} pilot {number}", "stage": "Under way"} for number in numbers],
        "community_groups": [
            {"name": f"{board} group {number}", "kind": "Community association", "step": "Engaged"}
            for number in numbers
        ],
        "training": [
            {"course": f"Course {number}", "counts": "People", "breakdown": "Everybody", "number": "12"}
            for number in numbers
        ],
    }  # fmt: skip
