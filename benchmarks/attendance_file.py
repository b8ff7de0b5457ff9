"""Writes a file of attendance as a large board might send it: the same bytes for the same seed.

    python -m benchmarks.attendance_file FILE [--rows 1000000]

The sign of every person is made up. One row in a thousand has its cells quoted, as names of courses with a comma have.
"""

from __future__ import annotations

import argparse
import csv
import random
from pathlib import Path

from warehouse.schema.returns import ATTENDANCE, START, heading

ROWS = 1_000_000
ROWS_A_PERSON = 5
ROUND = "june_2012"

_START = ("Camden", ROUND, "2012-06-30", "2012-07-01", "1")
_COURSES = [f"Keeping children safe, part {number}" if number == 0 else f"Course {number}" for number in range(40)]
_GROUPS = ["", *(f"Community group {number}" for number in range(60))]
_ETHNICITIES = ["", "Not known", *(f"Ethnicity {number}" for number in range(16))]
_GENDERS = ["Female", "Female", "Male", ""]
_DAYS = [f"2012-{month:02}-{day:02}" for month in range(1, 7) for day in range(1, 29)]


def write_attendance(path: Path, rows: int = ROWS, seed: int = 4) -> None:
    """Write `rows` rows of made-up people to `path`: each came to some sessions of some courses."""
    chance = random.Random(seed)
    people = max(rows // ROWS_A_PERSON, 1)
    about = [
        (f"P{number:07}", chance.choice(_GROUPS), chance.choice(_ETHNICITIES), chance.choice(_GENDERS))
        for number in range(people)
    ]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow([heading(column) for column in (*START.columns, *ATTENDANCE.columns)])
        for _ in range(rows):
            sign, *rest = chance.choice(about)
            course = _COURSES[0] if chance.random() < 0.001 else chance.choice(_COURSES[1:])
            writer.writerow((*_START, sign, course, chance.choice(_DAYS), *rest))


def main() -> None:
    """Write one file."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.attendance_file", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--rows", type=int, default=ROWS)
    chosen = parser.parse_args()
    write_attendance(chosen.file, chosen.rows)


if __name__ == "__main__":
    main()
