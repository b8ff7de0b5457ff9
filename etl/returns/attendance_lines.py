"""Writes what was counted as lines of Training, people before attendances, and says where rows disagree."""

from __future__ import annotations

from datetime import date

import numpy as np

from etl.returns.attendance_codes import NOT_KNOWN
from etl.returns.attendance_tally import BREAKDOWNS, COURSE, ETHNICITY, GENDER, GROUP, Tally
from etl.returns.raw import RawFault, RawLine, Refused
from warehouse.schema.returns import ATTENDANCE, TRAINING

TITLE = f"{TRAINING.title}, counted from {ATTENDANCE.title}"
MOST_LINES = 100_000
MOST_WARNINGS = 200
"""Warnings of one kind that name their row. One more says how many there are besides."""

_COUNTS = ("people", "attendances")
_EMPTY = {column.name: "" for column in TRAINING.columns}
_CLASHES = {
    GROUP: ("community_group", "Another row gives the same person another group in this course"),
    ETHNICITY: ("ethnicity", "Another row gives the same person another ethnicity"),
    GENDER: ("gender", "Another row gives the same person another gender"),
}


def training_lines(tally: Tally, labels: dict[int, list[str]], file_name: str) -> tuple[RawLine, ...]:
    """The lines, numbered from 1: courses and categories by their names, "Not known" last.

    `labels`: COURSE, GROUP, ETHNICITY and GENDER → the words for each code. Raises `Refused` where there would be too
    many lines.
    """
    size = len(_COUNTS) * sum(map(len, tally.counts.values()))
    if size > MOST_LINES:
        raise Refused(
            f"{file_name}: its rows make {size:,} numbers of Training; expected {MOST_LINES:,} at most. Write the same "
            "words for the same course, group, ethnicity and gender."
        )
    about = {
        course: {
            **_EMPTY,
            "course": labels[COURSE][course],
            "held_from": date.fromordinal(first).isoformat(),
            "held_to": date.fromordinal(last).isoformat(),
        }
        for course, (first, last) in tally.days.items()
    }
    found = []
    for place, (breakdown, columns) in enumerate(BREAKDOWNS.items()):
        for (course, *codes), numbers in tally.counts[breakdown].items():
            words = [labels[column][code] for column, code in zip(columns, codes, strict=True)]
            category, gender = (*words, "", "")[:2]
            for counts, number in zip(_COUNTS, numbers, strict=True):
                cells = {"counts": counts, "breakdown": breakdown, "category": category, "gender": gender}
                order = (about[course]["course"].casefold(), _COUNTS.index(counts), place, *map(_last, words))
                found.append((order, {**about[course], **cells, "number": str(number)}))
    found.sort(key=lambda each: each[0])
    return tuple(RawLine(number, cells) for number, (_, cells) in enumerate(found, start=1))


def warnings(tally: Tally, lines: np.ndarray) -> tuple[RawFault, ...]:
    """What the rows that were counted disagree on. `lines`: the line of each row, by its place."""
    found = []
    for column, places in tally.clashes.items():
        name, sentence = _CLASHES[column]
        expected = f"{sentence}; counted under “{NOT_KNOWN}”. Write the same in all rows of a person."
        found += _warn(name, lines[places], expected)
    expected = (
        "The same person, course and day as in another row; counted as another attendance. Take the row out if the "
        "person came once."
    )
    found += _warn("", lines[tally.again], expected)
    return tuple(sorted(found, key=lambda fault: fault.line))


def _warn(column: str, lines: np.ndarray, expected: str) -> list[RawFault]:
    """A warning for each of the first `lines`, and one without a row for the rest."""
    found = [RawFault(ATTENDANCE.name, int(line), column, "", expected) for line in lines[:MOST_WARNINGS]]
    if len(lines) > MOST_WARNINGS:
        more = f"In {len(lines) - MOST_WARNINGS:,} rows more: {expected}"
        found.append(RawFault(ATTENDANCE.name, 0, column, "", more))
    return found


def _last(word: str) -> tuple[bool, str, str]:
    """The order of categories: by their words, "Not known" last."""
    return word == NOT_KNOWN, word.casefold(), word
