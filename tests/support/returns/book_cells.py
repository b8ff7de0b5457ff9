"""Workbooks with odd and faulty cells, and what must come of each."""

from __future__ import annotations

from datetime import date, datetime, time

from tests.support.returns.book_case import (
    COLUMNS,
    PLAIN,
    SHEET,
    STRINGS,
    TITLE,
    case,
    cell,
    fault,
    tweaked,
    uncalculated,
)
from tests.support.returns.books import FIRST_ROW, Formula, Shown, book, replacing, rewritten
from tests.support.returns.case import COURSE, Loads

DAY, MOMENT = date(2012, 6, 21), datetime(2012, 6, 21, 9, 30)  # noqa: DTZ001  a workbook has no zones


def _rich(workbook: object, page: object) -> None:
    bold = workbook.add_format({"bold": True})
    page.write_rich_string(FIRST_ROW - 1, COLUMNS.index("audience"), "For ", bold, "every", " teacher")


def _gives_nothing(content: bytes) -> bytes:
    """A text that was calculated and is empty, as Excel keeps it."""
    return rewritten(content, {SHEET: replacing("<v>x</v>", "<v></v>")})


def _inline(content: bytes) -> bytes:
    place = f'<c r="D{FIRST_ROW}" t="inlineStr"><is><t>For teachers</t></is></c>'
    return rewritten(content, {SHEET: replacing(f'<c r="G{FIRST_ROW}"', f'{place}<c r="G{FIRST_ROW}"')})


CELLS = (
    cell("an orderly row", {}, {}),
    cell("whole numbers kept as 12.0", {"number": 12.0}, {}),
    cell(
        "numbers with decimals, none invented",
        {"number": 12.5, "percentage": 0.1 + 0.2},
        {"number": "12.5", "percentage": "0.3"},
    ),
    cell(
        "large and small numbers without exponents",
        {"number": 1e15, "percentage": 1.5e-7},
        {"number": "1000000000000000", "percentage": "0.00000015"},
    ),
    cell("a number where words are asked for", {"category": 7}, {"category": "7"}),
    cell("a number shown with thousands commas", {"number": Shown(1234, "#,##0")}, {"number": "1234"}),
    cell("a number written as text with commas", {"number": "\xa01,234"}, {"number": "1234"}),
    cell("a share shown as a percentage", {"percentage": Shown(0.253, "0.0%")}, {"percentage": "25.3"}),
    cell("yes and no", {"category": True, "gender": False}, {"category": "TRUE", "gender": "FALSE"}),
    cell(
        "a date",
        {"held_from": Shown(DAY, "dd/mm/yyyy"), "held_to": Shown(DAY, "[$-809]dd mmmm yyyy;@")},
        {"held_from": "2012-06-21", "held_to": "2012-06-21"},
    ),
    cell(
        "a date in a workbook that counts from 1904",
        {"held_from": Shown(DAY, "dd/mm/yyyy")},
        {"held_from": "2012-06-21"},
        counts_from_1904=True,
    ),
    cell(
        "a month and a year that Excel keeps as days",
        {"held_from": Shown(date(2012, 6, 1), "mmm-yy"), "held_to": Shown(date(2012, 1, 1), "yyyy")},
        {"held_from": "2012-06", "held_to": "2012"},
    ),
    cell(
        "words in quotes in a format of dates",
        {"held_from": Shown(date(2012, 6, 1), '"day" mmm\\d yyyy')},
        {"held_from": "2012-06"},
    ),
    cell("a date with a time of day", {"held_from": Shown(MOMENT, "dd/mm/yyyy")}, {"held_from": "2012-06-21 09:30:00"}),
    cell("a year as a number", {"held_from": 2012, "held_to": "2012-06"}, {"held_from": "2012", "held_to": "2012-06"}),
    cell(
        "a formula with its value",
        {"number": Formula("=6*2", 12), "audience": Formula('="a"&"b"', "ab")},
        {"audience": "ab"},
    ),
    case(
        "a formula that gives nothing",
        lambda: _gives_nothing(book([COURSE | {"audience": Formula('=""', "x")}])),
        PLAIN,
    ),
    cell(
        "cells like formulas",
        {"course": "=1+1", "audience": "+cmd|'/c calc'!A1", "category": "@SUM(A1)"},
        {"course": "=1+1", "audience": "+cmd|'/c calc'!A1", "category": "@SUM(A1)"},
    ),
    cell(
        "look-alike letters and right-to-left script",
        {"borough": "Cаmden", "category": "جمعية الأمل"},
        {"borough": "Cаmden", "category": "جمعية الأمل"},
    ),
    cell(
        "blanks that do not break and have no width",
        {"audience": "\xa0\u200bFor\u202fteach\xaders\ufeff"},
        {"audience": "For teachers"},
    ),
    cell("lines inside a cell", {"audience": "a\nb\n\nc"}, {"audience": "a\nb\n\nc"}),
    cell("words that look like an escaped letter", {"audience": "a_x0041_b"}, {"audience": "a_x0041_b"}),
    case(
        "a return that Excel escaped",
        lambda: rewritten(book([COURSE | {"audience": "aXb"}]), {STRINGS: replacing("aXb", "a_x000D_\nb")}),
        Loads({FIRST_ROW: COURSE | {"audience": "a\nb"}}, not_data=TITLE),
    ),
    tweaked(
        "text in several fonts", _rich, Loads({FIRST_ROW: COURSE | {"audience": "For every teacher"}}, not_data=TITLE)
    ),
    case(
        "text inside the sheet",
        lambda: _inline(book([COURSE])),
        Loads({FIRST_ROW: COURSE | {"audience": "For teachers"}}, not_data=TITLE),
    ),
)

FAULTY_CELLS = (
    fault(
        "a number in a column of dates",
        {"held_from": 41081, "held_to": 1989},
        "held_from 41081 Expected a date; this is a number",
        "held_to 1989",
    ),
    fault(
        "a year typed into a cell of dates",
        {"held_from": Shown(2012, "dd/mm/yyyy")},
        "held_from 1905-07-04 Expected a date; this looks like a year",
    ),
    fault(
        "a year typed into a cell of dates, counted from 1904",
        {"held_from": Shown(2012, "dd/mm/yyyy")},
        "1909-07-05",
        counts_from_1904=True,
    ),
    fault("a date that no calendar has", {"held_from": Shown(99_999_999, "dd/mm/yyyy")}, "held_from #VALUE!"),
    fault(
        "a time of day",
        {"held_from": Shown(time(9, 30), "hh:mm"), "held_to": Shown(2.5, "[h]:mm")},
        "time of day",
        "time of day",
    ),
    fault("an error as text", {"number": "#N/A"}, "number #N/A"),
    fault("marks that reorder text", {"course": "safe\u202egnp.exe"}, "course safe<U+202E>gnp.exe"),
    fault("a control character", {"course": "a\x07b"}, "course a<U+0007>b"),
    case(
        "a cell of 40,000 letters",
        lambda: rewritten(book([COURSE | {"audience": "aXb"}, COURSE]), {STRINGS: replacing("aXb", "a" * 40_000)}),
        Loads({FIRST_ROW + 1: COURSE}, {FIRST_ROW: ("audience aaa",)}, TITLE),
    ),
    case(
        "a formula without its value",
        lambda: uncalculated(book([COURSE | {"number": Formula("=6*2")}, COURSE])),
        Loads({FIRST_ROW + 1: COURSE}, {FIRST_ROW: ("number Expected the value of this formula",)}, TITLE),
    ),
    case(
        "an error of a formula",
        lambda: book([COURSE | {"number": Formula("=NA()", "#N/A")}, COURSE]),
        Loads({FIRST_ROW + 1: COURSE}, {FIRST_ROW: ("number #N/A Expected a value",)}, TITLE),
    ),
)

CASES = (*CELLS, *FAULTY_CELLS)
