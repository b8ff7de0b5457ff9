"""From a cell of a workbook to the text that a person sees in it, or to the reason why there is none.

A spreadsheet keeps a number and shows it as its format says. Only the two together are what somebody meant: a date is a
number with a format of a date, and "Jun-12" is a month, though the first of June stands behind it.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite

from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell

from etl.returns.rows import Flaw
from warehouse.schema.column import Column, Kind

UNCALCULATED = Flaw(
    "", "Expected the value of this formula. Open the workbook, let it calculate, save it and send it again."
)

_YEARS = range(1990, 2101)
# Where a year alone is typed into a cell with the format of a date, it becomes a day of 1905, or of 1909 in a workbook
# that counts from 1904.
_YEARS_AS_DAYS = (
    (date(1899, 12, 30) + timedelta(_YEARS[0]), date(1899, 12, 30) + timedelta(_YEARS[-1])),
    (date(1904, 1, 1) + timedelta(_YEARS[0]), date(1904, 1, 1) + timedelta(_YEARS[-1])),
)
_NOT_OF_FORMAT = re.compile(r'"[^"]*"|\[[^\]]*\]|\\.|_.|\*.')
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DIGITS = 15  # that a spreadsheet keeps of a number


class NoFormat(Exception):
    """A cell names a format that is not in its workbook."""


def text_of(cell: ReadOnlyCell | EmptyCell, column: Column) -> str | Flaw:
    """The text in a cell that stands in `column`. Dates are ISO, as precise as their format shows them.

    Raises `NoFormat` for a cell that no spreadsheet programme wrote.
    """
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return Flaw(value, _error(value)) if cell.data_type == "e" else _unescaped(value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, date):  # a datetime is one too
        return _date_text(value, _format(cell))
    if isinstance(value, time | timedelta):
        return Flaw(str(value), "Expected a date, a number or words; this is a time of day. Type the cell again.")
    return _number_text(value, _format(cell), column)


def _format(cell: ReadOnlyCell) -> str:
    try:
        return cell.number_format
    except IndexError as error:
        raise NoFormat from error


def _error(value: str) -> str:
    return f"Expected a value; this is the error {value}. Mend the formula, or type the value."


def _date_text(value: date, number_format: str) -> str | Flaw:
    day = value.date() if isinstance(value, datetime) else value
    if any(first <= day <= last for first, last in _YEARS_AS_DAYS):
        expected = "Expected a date; this looks like a year typed into a cell of dates. Type the whole date."
        return Flaw(day.isoformat(), expected)
    if isinstance(value, datetime) and value.time() != time():
        return value.isoformat(sep=" ", timespec="seconds")
    return day.isoformat()[: _length_shown(number_format)]


def _length_shown(number_format: str) -> int:
    """How much of an ISO date a format shows: 4 for a year, 7 for a month, 10 for a day or where it leaves out more."""
    letters = _NOT_OF_FORMAT.sub("", number_format.partition(";")[0]).casefold()
    if "y" not in letters or "d" in letters:
        return 10
    return 7 if "m" in letters else 4


def _number_text(value: float, number_format: str, column: Column) -> str | Flaw:
    if not isfinite(value):
        return Flaw(str(value), "Expected a number that can be counted. Type the cell again.")
    text = _digits(value)
    if column.kind in (Kind.date, Kind.partial_date):
        if column.kind is Kind.partial_date and value in _YEARS:
            return text
        expected = "Expected a date; this is a number. Give the cell the format of a date, or type 2012-06-21 as text."
        return Flaw(text, expected)
    if "%" in _NOT_OF_FORMAT.sub("", number_format):
        return _digits(Decimal(f"{value:.{_DIGITS}g}") * 100) + "%"
    return text


def _digits(value: float | Decimal) -> str:
    """A number in digits, to as many as a spreadsheet keeps, never with an exponent."""
    text = f"{Decimal(f'{value:.{_DIGITS}g}'):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _unescaped(text: str) -> str:
    """Characters that XML cannot hold stand in a cell as _x0007_, and _x005F_ for a "_" that begins no such sign.

    openpyxl takes the second out of most texts, so only control characters are turned back.
    """
    if "_x" not in text:
        return text
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if int(found[1], 16) < 0x20 else found[0], text)
