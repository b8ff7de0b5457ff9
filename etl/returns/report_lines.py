"""What stands on one line of the plain-text report that a training system prints.

    Number of Participants attending
    Grouped By: Ethnicity
    Date Range: 02/11/2009 - 29/04/2010
    Bangladeshi
    19.10% (34)
    Total:
    178

A name, its percentage and its count may stand on one line or on three, and so may a label and what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from etl.returns.text import lines_of, tidy

_NUMBER = "[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+"
_PERCENTAGE = r"(?P<percentage>[0-9]+(?:\.[0-9]+)?) ?%"
_FIGURES = re.compile(rf"(?:(?P<name>.*\S) )?{_PERCENTAGE}(?: ?\((?P<number>{_NUMBER})\)| (?P<bare>{_NUMBER}))?")
_COUNT = re.compile(rf"\((?P<number>{_NUMBER})\)")
_SUM = re.compile(rf"(?:[0-9.]+ ?% ?)?\(?(?P<number>{_NUMBER})\)?")
_TOTAL = re.compile(r"(?:grand )?totals?\b ?:? ?(?P<rest>.*)", re.IGNORECASE)
_GROUPED = re.compile(r"grouped by ?: ?(?P<rest>.*)", re.IGNORECASE)
_RANGE = re.compile(r"date range ?: ?(?P<rest>.*)", re.IGNORECASE)
_HEADING = re.compile(r"number of participants\b.{0,20}", re.IGNORECASE)
_MARK = re.compile(r"\[image:[^\]]*\]|(?:top|bottom) of form|page [0-9]+(?: of [0-9]+)?|[-=_*. ]+", re.IGNORECASE)
_DAY = "([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})"
_FROM_TO = re.compile(rf"{_DAY} ?(?:-|–|—|to) ?{_DAY}", re.IGNORECASE)
_LONGEST = 500  # characters; a longer line is a paragraph


class Kind(StrEnum):
    """What a line is."""

    empty = "empty"
    mark = "mark of a page"
    heading = "heading"
    grouped = "Grouped By"
    range = "Date Range"
    total = "Total"
    figures = "figures"
    count = "count"
    text = "text"


@dataclass(frozen=True)
class Line:
    """One line, `at` its number. `text`: the name, or what a label says. `percentage`, `number`: digits, or "".

    `printed` is the whole line, for a line that says what a label above it asks for.
    """

    at: int
    kind: Kind
    text: str = ""
    percentage: str = ""
    number: str = ""
    printed: str = ""


def lines(text: str) -> Iterator[Line]:
    """The physical lines of a report."""
    for at, each in enumerate(lines_of(text), start=1):
        printed = " ".join(tidy(each).split())
        yield replace(_line(at, printed), printed=printed)


def _line(at: int, text: str) -> Line:
    if not text:
        return Line(at, Kind.empty)
    if len(text) > _LONGEST:
        return Line(at, Kind.text, text)
    if _MARK.fullmatch(text):
        return Line(at, Kind.mark)
    if _HEADING.fullmatch(text):
        return Line(at, Kind.heading)
    for kind, label in ((Kind.grouped, _GROUPED), (Kind.range, _RANGE)):
        if found := label.fullmatch(text):
            return Line(at, kind, found["rest"])
    if (found := _TOTAL.fullmatch(text)) and (not found["rest"] or total_in(found["rest"])):
        return Line(at, Kind.total, number=total_in(found["rest"]))
    if found := _FIGURES.fullmatch(text):
        number = _digits(found["number"] or found["bare"])
        return Line(at, Kind.figures, found["name"] or "", found["percentage"], number)
    if found := _COUNT.fullmatch(text):
        return Line(at, Kind.count, text, number=_digits(found["number"]))
    return Line(at, Kind.text, text)


def total_in(text: str) -> str:
    """The number of a total, where `text` is nothing else, with or without its hundred per cent; else ""."""
    found = _SUM.fullmatch(text)
    return _digits(found["number"]) if found else ""


def days_in(text: str) -> tuple[date, date] | None:
    """The first and the last day of a date range, written day first as Britain does; None for anything else."""
    found = _FROM_TO.fullmatch(text)
    if not found:
        return None
    day, month, year, last_day, last_month, last_year = map(int, found.groups())
    try:
        begins, ends = date(year, month, day), date(last_year, last_month, last_day)
    except ValueError:
        return None
    return (begins, ends) if begins <= ends else None


def _digits(number: str | None) -> str:
    return (number or "").replace(",", "")
