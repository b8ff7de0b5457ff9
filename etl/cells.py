"""Turns the text of a cell into a value, by the declaration of its column."""

from __future__ import annotations

import re
from datetime import date

from geo.names import UnknownPlace, match_board, match_borough
from warehouse.schema.column import ABSENCE_WORDS, Column, Kind, Status

PARTIAL_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
YEARS = range(1900, 2100)
"""Years that a date may name. The earliest in the five documents is 1985."""
NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Control characters but tabs and the ends of lines, marks that reorder what is read, and what is no character."""
SEVERAL = re.compile(r"\s*;\s*")


class Unfit(Exception):
    """A cell that does not fit its column. The message says what was expected."""


def _integer(text: str) -> int:
    if not re.fullmatch(r"-?[0-9]+", text):
        raise Unfit("Expected a whole number, written with digits only.")
    return int(text)


def _decimal(text: str) -> float:
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
        raise Unfit("Expected a number, written with digits and a point.")
    return float(text)


def _date(text: str) -> date:
    try:
        # Python reads 20111205 and 2011-W49-1 too, which nobody here means by a date.
        found = date.fromisoformat(text if DAY.fullmatch(text) else "")
    except ValueError as error:
        raise Unfit("Expected a date, written YYYY-MM-DD.") from error
    if found.year not in YEARS:
        raise Unfit(f"Expected a year from {YEARS[0]} to {YEARS[-1]}; this one looks mistyped.")
    return found


def _partial_date(text: str) -> str:
    if not PARTIAL_DATE.fullmatch(text):
        raise Unfit("Expected a date, written YYYY, YYYY-MM or YYYY-MM-DD.")
    _date(text + "-01-01"[len(text) - 4 :] if len(text) < 10 else text)
    return text


def _yes_no(text: str) -> bool:
    if text not in ("yes", "no"):
        raise Unfit("Expected yes or no.")
    return text == "yes"


PARSERS = {
    Kind.text: str,
    Kind.integer: _integer,
    Kind.decimal: _decimal,
    Kind.date: _date,
    Kind.partial_date: _partial_date,
    Kind.yes_no: _yes_no,
}


def _one(text: str, column: Column) -> object:
    """The value of one entry of a cell, checked against the column's rules but not yet against other tables."""
    if column.place:
        try:
            return match_borough(text) if column.place == "borough" else match_board(text)
        except UnknownPlace as error:
            raise Unfit(f"{error}") from error
    if column.vocabulary and text not in column.vocabulary:
        raise Unfit(f"Expected one of: {', '.join(column.vocabulary.codes)}.")
    if column.pattern and not re.fullmatch(column.pattern, text):
        raise Unfit(f"Expected text of the shape {column.pattern}.")
    value = PARSERS[column.kind](text)
    if column.minimum is not None and value < column.minimum:
        raise Unfit(f"Expected {column.minimum} or more.")
    return value


def parse(text: str, column: Column) -> tuple[object, Status | None]:
    """The value and the status of a cell.

    The status is None where the column cannot be absent. A column that holds several gives a list of them.
    Raises `Unfit` with what was expected.
    """
    if unseen := NO_TEXT.search(text):
        raise Unfit(
            f"Expected text; U+{ord(unseen[0]):04X} is a sign that nobody sees and no text holds. Type the cell again."
        )
    if column.many:
        if column.required and not text:
            raise Unfit("Expected one or more, parted by a semicolon.")
        entries = [_one(part, column) for part in SEVERAL.split(text)] if text else []
        if len(set(entries)) != len(entries):
            raise Unfit("Expected each entry once.")
        return entries, None
    if column.absent:
        if text in ABSENCE_WORDS:
            return None, ABSENCE_WORDS[text]
        if not text:
            raise Unfit(f"Expected a value, or one of: {', '.join(ABSENCE_WORDS)}.")
        value = _one(text, column)
        return value, Status.zero if value == 0 and column.kind in (Kind.integer, Kind.decimal) else Status.value
    if not text:
        if column.required:
            raise Unfit("Expected a value; this column may not be empty.")
        return None, None
    return _one(text, column), None
