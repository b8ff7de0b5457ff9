"""Writes `data/population/population.csv`, the one file that the build loads residents from."""

from __future__ import annotations

import csv
import io
import os
from pathlib import Path

from etl.faults import Fault
from etl.population.grid import Refused
from etl.population.reckon import Reckoned
from warehouse.schema import TABLES

COLUMNS = tuple(column.name for column in TABLES["population"].columns)


def target(data: Path) -> Path:
    """The file under the data folder."""
    return data / "population" / "population.csv"


def merged(held: list[dict[str, str]], tables: list[Reckoned]) -> list[dict[str, str]]:
    """The rows to write: those held, with those of `tables` in their place, in order of key.

    Every table holds every group and area of its question, so a newer one leaves nothing of an older one.
    """
    rows = {row["population"]: row for row in held}
    rows |= {row["population"]: row for table in tables for row in _rows(table)}
    return [row for _, row in sorted(rows.items())]


def _rows(table: Reckoned) -> list[dict[str, str]]:
    grid = table.download.grid
    return [
        {
            "population": f"{count.group.key}-{count.gss_code}",
            "gss_code": count.gss_code,
            "census_group": count.group.key,
            "year": str(table.question.census),
            "people": str(count.people),
            "basis": "derived" if count.rule else "stated",
            "rule": count.rule,
            "census_table": table.download.title,
            "table_file": grid.file,
            "file_sha256": grid.sha256,
            "note": table.download.note,
        }
        for count in table.counts
    ]


def read_held(path: Path) -> list[dict[str, str]]:
    """The rows written before; none where there is no file. Raises `Refused` where it is not ours."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    except UnicodeDecodeError as error:
        raise Refused([_foreign(path)]) from error
    reader = csv.DictReader(io.StringIO(text), strict=True)
    try:
        rows = list(reader)
    except csv.Error as error:
        raise Refused([_foreign(path)]) from error
    if tuple(reader.fieldnames or ()) != COLUMNS or any(None in row or None in row.values() for row in rows):
        raise Refused([_foreign(path)])
    return rows


def _foreign(path: Path) -> Fault:
    return Fault(
        path.name, 0, "", "", "This file was not written by this command. Delete it, then load each table again."
    )


def write(path: Path, rows: list[dict[str, str]]) -> None:
    """Write the rows aside, flush them to the disk, then put the file in place in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(".csv.new")
    with aside.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        out.flush()
        os.fsync(out.fileno())
    os.replace(aside, path)
