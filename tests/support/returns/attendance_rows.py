"""Rows of Attendance for tests, as CSV, and a slow twin of their counts in plain Python."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from etl.returns.attendance import read
from etl.returns.counted import CountedReturn
from tests.support.returns import csv_cases
from warehouse.schema.returns import ATTENDANCE

ROW = {
    "pseudonym": "P01",
    "course": "Safe at home",
    "session": "2012-06-01",
    "community_group": "Group A",
    "ethnicity": "Somali",
    "gender": "Female",
}
"""An orderly row."""

Key = tuple[str, str, str, str, str]
"""Course, people or attendances, breakdown, category, gender."""


def headings() -> list[str]:
    """The row of headings of a CSV file."""
    return csv_cases.headings(ATTENDANCE)


def row(**cells: str) -> list[str]:
    """An orderly row with these cells in place of its own."""
    return csv_cases.row({**ROW, **cells}, sheet=ATTENDANCE)


def counted(folder: Path, rows: Iterable[Sequence[str]], **options: str) -> CountedReturn:
    """What comes of a CSV file of these rows below the headings."""
    return counted_bytes(folder, csv_cases.text([headings(), *rows], **options).encode())


def counted_bytes(folder: Path, content: bytes) -> CountedReturn:
    """What comes of a file of these bytes."""
    path = folder / "attendance.csv"
    path.write_bytes(content)
    return read(path)


def numbers(counted: CountedReturn) -> dict[Key, int]:
    """The numbers of the counted sheet. Fails where a line stands there twice."""
    (sheet,) = (sheet for sheet in counted.sheets if sheet.title == "Training, counted from Attendance")
    keys = ("course", "counts", "breakdown", "category", "gender")
    found = [(tuple(line.cells[key] for key in keys), int(line.cells["number"])) for line in sheet.lines]
    assert len(dict(found)) == len(found)
    assert [line.line for line in sheet.lines] == list(range(1, len(found) + 1))
    return dict(found)


def twin(rows: Sequence[Mapping[str, str]]) -> dict[Key, int]:
    """The same numbers, of rows that are all in order and have no blanks to trim, each rule in the plainest words."""
    spelt: dict[tuple[str, str], str] = {}

    def filed(name: str, cell: str) -> str:
        if name != "course" and cell.casefold() in ("", "not known", "unknown"):
            return "Not known"
        return spelt.setdefault((name, cell.casefold()), cell)

    filed_rows = [{name: filed(name, cell) if name in NAMED else cell for name, cell in row.items()} for row in rows]
    said: dict[tuple, set[str]] = defaultdict(set)
    for each in filed_rows:
        for name, owner in _owners(each):
            said[name, owner].add(each[name])
    people: dict[Key, set[str]] = defaultdict(set)
    attendances: dict[Key, int] = defaultdict(int)
    for each in filed_rows:
        settled = {}
        for name, owner in _owners(each):
            known = said[name, owner] - {"Not known"}
            settled[name] = known.pop() if len(known) == 1 else "Not known"
        group, ethnicity, gender = (settled[name] for name in ("community_group", "ethnicity", "gender"))
        for breakdown, category, second in (
            ("all", "", ""), ("group", group, ""), ("ethnicity", ethnicity, ""), ("gender", gender, ""),
            ("ethnicity_gender", ethnicity, gender),
        ):  # fmt: skip
            people[each["course"], "people", breakdown, category, second].add(each["pseudonym"])
            attendances[each["course"], "attendances", breakdown, category, second] += 1
    return {**{key: len(found) for key, found in people.items()}, **attendances}


NAMED = ("course", "community_group", "ethnicity", "gender")


def _owners(row: Mapping[str, str]) -> list[tuple[str, tuple[str, ...]]]:
    """Whose the group, ethnicity and gender of a row are."""
    person = row["pseudonym"]
    return [("community_group", (person, row["course"])), ("ethnicity", (person,)), ("gender", (person,))]
