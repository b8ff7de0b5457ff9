"""Generated census tables, of the shape that Nomis gives, taken in by the production command."""

from __future__ import annotations

import csv
from pathlib import Path

from etl.population.command import read_tables
from etl.population.store import merged, target, write
from tests.support.census import wide

TIMES = 20
"""The tables made for tests hold some hundred residents a group. A borough has thousands."""

TABLES = ((2001, "ethnic_group"), (2011, "ethnic_group"), (2001, "religion"), (2011, "religion"))


def write_tables(data: Path) -> None:
    """Write `data/population/population.csv` with the residents of every group and area by two censuses."""
    files = []
    for census, subject in TABLES:
        file = data.parent / f"generated_{subject}_{census}.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out, lineterminator="\n").writerows(_larger(wide(census, subject)))
        files.append(file)
    write(target(data), merged([], read_tables(files, data)))


def _larger(rows: list[list[str]]) -> list[list[str]]:
    """The counts times TIMES, so that sums stay sums: they stand after date, geography, its code and Rural Urban."""
    head, *lines = rows
    return [
        head,
        *([*line[:4], *(str(int(cell) * TIMES) if cell.isdigit() else cell for cell in line[4:])] for line in lines),
    ]
