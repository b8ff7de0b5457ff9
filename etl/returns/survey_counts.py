"""Counts the answers of respondents: how many gave which, and never what one of them wrote."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from etl.returns.people import contact_details
from etl.returns.survey_columns import Column, Holds
from etl.returns.text import tidy, trouble

MANY = 5
"""Respondents who must have given an answer in the same words before the words are told."""

LONGEST_ANSWER = 100
"""Characters of an answer that may be an option."""

_CHOSEN = ("1", "x", "yes", "true", "✓", "checked", "selected")
_NOT_CHOSEN = ("", "0", "no", "false", "unchecked", "not selected")

Answers = Sequence[Sequence[str]]
"""The cells of each respondent."""


def is_chosen(column: Column, cell: str) -> bool | None:
    """Whether a cell says that the option of its column was chosen; None where it says neither that nor not."""
    words = _words(cell).casefold()
    if words in (column.option.casefold(), *_CHOSEN):
        return True
    return False if words in _NOT_CHOSEN else None


def settled(column: Column, answers: Answers) -> Column:
    """The column, as one of answers where none of its cells says that its option was chosen and some say other things:
    a row of a grid, in which each respondent gave a grade."""
    if column.holds is not Holds.mark:
        return column
    found = {is_chosen(column, cells[column.place]) for cells in answers}
    return column.holding(Holds.answer) if None in found and True not in found else column


def trouble_in(column: Column, cell: str) -> str:
    """What was expected in place of a cell, or "" where its column may hold it."""
    if expected := trouble(cell):
        return expected
    if column.holds is Holds.mark and is_chosen(column, cell) is None:
        return "Expected the option's own words where it was chosen, and nothing where it was not."
    return ""


def counts(columns: Sequence[Column], answers: Answers) -> Iterator[dict[str, str]]:
    """The lines of `survey_count`: all respondents, then question by question in the order of the export."""
    yield _line("respondents", len(answers))
    for _, group in groupby(columns, key=lambda column: column.question_number):
        of_question = list(group)
        places = [column.place for column in of_question]
        answered = sum(any(tidy(cells[place]) for place in places) for cells in answers)
        yield _line("answered", answered, of_question[0])
        for column in of_question:
            cells = [row[column.place] for row in answers]
            if column.holds is Holds.mark:
                yield _line("chose", sum(is_chosen(column, cell) is True for cell in cells), column, column.option)
            elif column.holds is Holds.words:
                yield _line("wrote", sum(bool(tidy(cell)) for cell in cells), column, column.option)
            else:
                yield from _answers(column, [words for words in map(_words, cells) if words])


def _answers(column: Column, answers: Sequence[str]) -> Iterator[dict[str, str]]:
    """A line for each answer that many gave, by its words, and one for all others."""
    spelt: dict[str, str] = {}
    found = Counter(answer.casefold() for answer in answers)
    for answer in answers:
        spelt.setdefault(answer.casefold(), answer)
    told = sorted(answer for answer, times in found.items() if times >= MANY and _may_be_told(spelt[answer]))
    row = f"{column.option}: " if column.option else ""
    for answer in told:
        yield _line("chose", found[answer], column, row + spelt[answer])
    others = len(answers) - sum(found[answer] for answer in told)
    if others:
        yield _line("other", others, column, column.option)


def _may_be_told(answer: str) -> bool:
    return len(answer) <= LONGEST_ANSWER and not contact_details(answer)


def _line(counts: str, respondents: int, column: Column | None = None, option: str = "") -> dict[str, str]:
    return {
        "question_number": str(column.question_number if column else 0),
        "question": column.question if column else "",
        "option": option,
        "counts": counts,
        "respondents": str(respondents),
    }


def _words(cell: str) -> str:
    return " ".join(tidy(cell).split())
