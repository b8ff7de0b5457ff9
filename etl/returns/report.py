"""Reads the plain-text report of a training system as lines of Training.

Its tables give a line for each category, and their printed total gives the line for everybody. The report does not say
whether it counts people or attendances, so the lines say that too. It names no board and no round: they are given.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from etl.returns.raw import RawFault, RawLine, RawReturn, RawSheet, Refused
from etl.returns.report_lines import lines
from etl.returns.report_tables import Table, Tables
from etl.returns.text import decode
from warehouse.schema.returns import START, TRAINING

FORM = "training report"
MOST_BYTES = 1024 * 1024
MOST_FAULTS = 1_000

BREAKDOWNS = {"referral care agent": "group", "community group": "group", "ethnicity": "ethnicity", "gender": "gender"}
"""What a table is grouped by → the breakdown. Any other stands in the line as printed, and is refused by the checks."""

_EMPTY = {column.name: "" for column in TRAINING.columns}


def read(path: Path, start: Mapping[str, str] | None = None, course: str = "") -> RawReturn:
    """Read the report at `path`.

    `start`: cells of START by column name. `course`: what the course is called; else it is named after its days.
    Every physical line is a line of the sheet, named by a fault, or declared no data; text around the tables is in none
    of them. Raises `Refused` where the file is no such report.
    """
    content = _content(path)
    found = Tables()
    for line in lines(decode(content, path.name)):
        found.take(line)
    found.end()
    if not found.tables:
        raise Refused(
            f"{path.name}: it has no table; expected the report of a training system, with “Grouped By:” above each "
            "table. Print it again as text, or send the workbook."
        )
    if len(found.faults) > MOST_FAULTS:
        raise Refused(
            f"{path.name}: {len(found.faults):,} faults; expected {MOST_FAULTS:,} at most. The first, on line "
            f"{found.faults[0].line}: {found.faults[0].expected} Print the report again."
        )
    given = {column.name: (start or {}).get(column.name, "") for column in START.columns}
    sheet, faults = _sheet(found, course)
    return RawReturn(path.name, hashlib.sha256(content).hexdigest(), FORM, given, (sheet,), faults)


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise Refused(f"{path.name}: {size:,} bytes; expected a printed report of {MOST_BYTES:,} at most. Part it.")
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"{path.name}: the file cannot be opened: {error.strerror}.") from error


def _sheet(found: Tables, course: str) -> tuple[RawSheet, tuple[RawFault, ...]]:
    """The lines of all tables. Tables of the same days are of the same course."""
    made: list[RawLine] = []
    faults, not_data = list(found.faults), list(found.not_data)
    by_days: dict[object, list[Table]] = defaultdict(list)
    for table in found.tables:
        by_days[table.days].append(table)
    for tables in by_days.values():
        about = _about(tables[0], course, is_only=len(by_days) == 1)
        for table in tables:
            breakdown = BREAKDOWNS.get(table.grouped_by.casefold(), table.grouped_by)
            made += [
                RawLine(row.line, {**about, "breakdown": breakdown, "category": row.name, "number": row.number,
                                   "percentage": row.percentage})
                for row in table.rows
            ]  # fmt: skip
        totals = [table.total for table in tables if table.total]
        if len({number for _, number in totals}) > 1:
            words = ", ".join(f"{number} on line {line}" for line, number in totals)
            expected = (
                f"Expected the same total under each table of the same days; found {words}. Print the report again."
            )
            faults += [RawFault(TRAINING.name, line, "number", number, expected) for line, number in totals]
        elif totals:
            (line, number), *again = totals
            made.append(RawLine(line, {**about, "breakdown": "all", "number": number}))
            not_data += [(other, f"total, as on line {line}") for other, _ in again]
    made.sort(key=lambda each: each.line)
    sheet = RawSheet(TRAINING.name, TRAINING.title, tuple(made), tuple(sorted(not_data)))
    return sheet, tuple(sorted(faults, key=lambda fault: fault.line))


def _about(table: Table, course: str, is_only: bool) -> dict[str, str]:
    """The cells that all lines of a course share."""
    days = " to ".join(f"{day.day} {day:%B %Y}" for day in table.days) if table.days else "days not told"
    held = [day.isoformat() for day in table.days or ()] or ["", ""]
    name = course if course and is_only else f"{course or 'Training'}, {days}"
    return {**_EMPTY, "course": name, "held_from": held[0], "held_to": held[1], "counts": "not_stated"}
