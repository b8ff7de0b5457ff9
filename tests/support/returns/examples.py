"""A return that was made up for the tests: what a board may have sent last time, in words as on paper."""

from __future__ import annotations

from collections.abc import Sequence

from warehouse.schema.returns import SHEETS, Sheet

BOARD, ROUND = "city-and-hackney", "interviews_2010"

HOSTILE = (
    "=1+1", "=HYPERLINK(\"http://example.org\")", "@SUM(A1)", "+1", "-1", "http://example.org/a",
    "<b>bold</b> & more", "'quoted", "007", "1e5", "2012-06", "TRUE", "#N/A", "\tbegins with a tab", "one\ntwo",
    "עברית and العربية", "internal:Codes!A1", "{=1+1}", "=cmd|'/c calc'!A1",
)  # fmt: skip
"""Texts that a spreadsheet likes to take for something else."""

LAST_TIME: dict[str, Sequence[dict[str, str]]] = {
    "interview_mapping": [
        {
            "line": "a1", "theme": "Training", "present_activity": "Three courses were held. " * 8,
            "stage": "Under way", "communities": "Somali; Bangladeshi", "partners": "NSPCC; AFRUCA",
            "obstacle": "Staff time", "obstacle_detail": "One half-time post", "aspiration": "=1+1",
        },
        {"line": "a2", "theme": "A theme of old", "present_activity": "Something that fits no list"},
        {"line": "a3", "theme": "Training", "present_activity": "A second line of the same theme"},
    ],
    "pilots": [
        {
            "line": "p1", "pilot": "Faith schools", "borough": "Hackney", "stage": "Partly done",
            "planned_from": "2010-09", "planned_to": "2011", "actual_from": "2010-11-03", "output": "Toolkit",
            "output_kind": "Toolkit", "output_stage": "Planned", "output_planned_for": "2011-12",
        },
    ],
    "training": [
        {"line": "t1", "course": "Course", "counts": "People", "breakdown": "Everybody", "number": "178"},
        {
            "line": "t2", "course": "Course", "counts": "People", "breakdown": "Ethnicity", "category": "Not known",
            "number": "012", "percentage": "6.7",
        },
    ],
    "attendance": [{"pseudonym": "a", "course": "Course", "session": "2012-06-21"}],
}  # fmt: skip


def many_rows(count: int) -> dict[str, Sequence[dict[str, str]]]:
    """A full return: `count` rows in every sheet."""
    return {sheet.name: [_row(sheet, number) for number in range(count)] for sheet in SHEETS.values()}


def _row(sheet: Sheet, number: int) -> dict[str, str]:
    return {column.name: f"{number} of {column.name}, with some words about it" for column in sheet.columns}
