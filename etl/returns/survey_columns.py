"""The two rows of headings of an online survey's export: questions above, options below, and what each column holds.

A question stands over its first column, or over each of them. Columns about the respondent come first and have no
option; but for the sign of the respondent they are never read.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from etl.returns.people import contact_details
from etl.returns.text import shown, tidy, trouble

MOST_COLUMNS = 2_000

_ABOUT_RESPONDENT = re.compile(
    r"respondent ?id|collector ?id|date ?created|date ?modified|start ?date|end ?date|ip ?address|e-?mail ?address|"
    r"first ?name|last ?name|name|custom ?(?:data|value) ?\d*",
    re.IGNORECASE,
)
_RESPONDENT = re.compile(r"respondent[ _]?id", re.IGNORECASE)
_WRITTEN = re.compile(r".*(?:open-?ended|please specify|comment).*|", re.IGNORECASE)
_ONE_ANSWER = "response"


class Holds(StrEnum):
    """What a column holds: a mark where its option was chosen, an answer, or words of the respondent's own."""

    mark = "mark"
    answer = "answer"
    words = "words"


@dataclass(frozen=True)
class Column:
    """One column of answers: its place, the number and text of its question, its option, and what it holds."""

    place: int
    question_number: int
    question: str
    option: str
    holds: Holds

    def holding(self, holds: Holds) -> Column:
        """This column, holding something else."""
        return replace(self, holds=holds)


class NoExport(Exception):
    """The file is no export of a survey. The message says what was found and what was expected."""


def respondent_place(headings: Sequence[str]) -> int | None:
    """Where in a row of headings the sign of the respondent stands; None where it does not."""
    return next((place for place, cell in enumerate(headings) if _RESPONDENT.fullmatch(tidy(cell))), None)


def columns_of(questions: Sequence[str], options: Sequence[str]) -> tuple[Column, ...]:
    """The columns of answers under the row of `questions` and the row of `options`. Raises `NoExport`."""
    if len(questions) != len(options):
        raise NoExport(
            f"its first row of headings has {len(questions):,} cells, the second {len(options):,}; expected as many."
        )
    if len(questions) > MOST_COLUMNS:
        raise NoExport(f"{len(questions):,} columns; expected {MOST_COLUMNS:,} at most.")
    found: list[Column] = []
    question, number = "", 0
    for place, (above, below) in enumerate(zip(map(_words, questions), map(_words, options), strict=True)):
        if not below and _ABOUT_RESPONDENT.fullmatch(above):
            question = ""
            continue
        if above and above != question:
            question, number = above, number + 1
        if not question:
            raise NoExport(f"column {place + 1} stands under no question; expected a question over its first column.")
        found.append(Column(place, number, question, *_option(below)))
    _check(found)
    return tuple(found)


def _option(below: str) -> tuple[str, Holds]:
    if below.casefold() == _ONE_ANSWER:
        return "", Holds.answer
    if _WRITTEN.fullmatch(below):
        return "" if "ended" in below.casefold() else below, Holds.words
    return below, Holds.mark


def _check(columns: Sequence[Column]) -> None:
    if not columns:
        raise NoExport("it has no question; expected the questions in its first row and their options in the second.")
    for column in columns:
        for text in (column.question, column.option):
            reaches = contact_details(text)
            expected = f"Expected no contact details; this looks like {reaches}." if reaches else trouble(text)
            if expected:
                raise NoExport(f"the heading of column {column.place + 1}: {expected} Change it in the survey.")
    (number, option, _), times = Counter((c.question_number, c.option, c.holds) for c in columns).most_common(1)[0]
    if times > 1:
        raise NoExport(f"question {number} has the option “{shown(option)}” twice; expected it once.")


def _words(cell: str) -> str:
    return " ".join(tidy(cell).split())
