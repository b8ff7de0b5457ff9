"""From what a person writes in a return to what the warehouse stores, cell by cell, by the declaration of the column.

People write labels, dates in their own order and thousands with a comma. What can mean one thing only is taken; what
can mean two is refused with a sentence on how to write it. Nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from functools import cache

from etl.cells import SEVERAL, Unfit, parse
from etl.returns.people import contact_details
from warehouse.schema.column import ABSENCE_WORDS, Column, Kind


@dataclass(frozen=True)
class Words:
    """A list that a cell may take its word from: every accepted spelling, in small letters, with its code, and the
    labels by which people know the codes."""

    codes: Mapping[str, str]
    labels: Sequence[str]

    @classmethod
    def of(cls, labels: Mapping[str, str], others: Mapping[str, str] | None = None) -> Words:
        """From label → code and, for other spellings, spelling → code. A label wins over another spelling."""
        spellings = {**(others or {}), **{code: code for code in labels.values()}, **labels}
        return cls({spelling.casefold(): code for spelling, code in spellings.items()}, tuple(labels))

    def code(self, text: str) -> str:
        """The code for a spelling, in any case. Raises `Unfit` with the closest label."""
        found = self.codes.get(text.casefold())
        if found is not None:
            return found
        by_small = {label.casefold(): label for label in self.labels}
        close = get_close_matches(text.casefold(), list(by_small), n=1, cutoff=0.6)
        hint = f" The closest is {by_small[close[0]]}." if close else ""
        raise Unfit(f"Expected a word as it stands on the sheet Codes.{hint}")


Codes = Mapping[str, Words]
"""Table name → the words that refer to its rows."""


CONTACT_SENTENCE = "Take out names, e-mail addresses and telephone numbers: write a role or an organisation."

_SLASHES = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_IN_WORDS = ("%d %B %Y", "%d %b %Y")
_MONTHS = ("%B %Y", "%b %Y")
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+")


def read_cell(text: str, column: Column, codes: Codes) -> object:
    """The value of one cell of a return: a code, number, ISO date or text; a list where the column holds several; None
    where nothing is reported. Raises `Unfit` with what was expected."""
    if not text or text.casefold() in ABSENCE_WORDS:
        if column.required:
            raise Unfit("Expected a value; this column may not be empty.")
        return [] if column.many else None
    if contact_details(text):
        raise Unfit(CONTACT_SENTENCE)
    parts = [part for part in SEVERAL.split(text.strip("; ")) if part] if column.many else [text]
    coded = "; ".join(_coded(part, column, codes) for part in parts)
    return parse(coded, column)[0]


def _coded(text: str, column: Column, codes: Codes) -> str:
    """The cell as a source file would hold it: codes for labels, ISO dates, plain digits."""
    if column.vocabulary:
        listed = column.vocabulary
        return _vocabulary(listed.name, tuple((listed.label(code), code) for code in listed.codes)).code(text)
    if column.refers_to:
        return codes[column.refers_to].code(text)
    if column.kind in (Kind.date, Kind.partial_date):
        return _iso(text, is_whole=column.kind is Kind.date)
    if column.kind in (Kind.integer, Kind.decimal) and _THOUSANDS.fullmatch(text):
        return text.replace(",", "")
    if column.kind is Kind.decimal:
        return text.removesuffix("%").strip()
    return text


@cache
def _vocabulary(name: str, terms: tuple[tuple[str, str], ...]) -> Words:
    return Words.of(dict(terms))


def _iso(text: str, *, is_whole: bool) -> str:
    """The date as YYYY-MM-DD, or as precise as it is written."""
    if re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", text):
        return text
    if found := _SLASHES.fullmatch(text):
        day, month, year = (int(part) for part in found.groups())
        if month > 12 or (day <= 12 and day != month):
            raise Unfit("Day and month could be either way round. Write it as 5 June 2012 or 2012-06-05.")
        return _real(year, month, day)
    for form in _IN_WORDS:
        if written := _parsed(text, form):
            return written.isoformat()
    for form in () if is_whole else _MONTHS:
        if written := _parsed(text, form):
            return f"{written:%Y-%m}"
    raise Unfit("Expected a date, written 5 June 2012 or 2012-06-05" + ("." if is_whole else ", June 2012 or 2012."))


def _parsed(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()  # noqa: DTZ007  a day has no zone
    except ValueError:
        return None


def _real(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError as error:
        raise Unfit("Expected a day that the calendar has.") from error
