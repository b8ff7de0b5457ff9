"""Counts the export of an online survey: one row a respondent below two rows of headings. Only numbers come out.

For each question: how many answered it, how many chose each option, how many wrote in their own words. Where a question
has no column for each option, an answer counts as an option if five gave it in the same words; all others are counted
together, so that nobody's own words come out. A respondent is refused whose sign is missing or was counted before, who
answered nothing, or one of whose cells is none that its column may hold.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from etl.returns.counted import CountedReturn, RowAccount
from etl.returns.raw import RawFault, RawLine, RawSheet, Refused
from etl.returns.survey_columns import Column, NoExport, columns_of, respondent_place
from etl.returns.survey_counts import counts, settled, trouble_in
from etl.returns.text import decode, lines_of, shown, tidy
from warehouse.schema.returns import START

FORM = "survey export"
SHEET = "survey"
TITLE = "Survey, counted"
MOST_BYTES = 16 * 1024 * 1024
MOST_FAULTS = 10_000
ROWS_SEARCHED = 20
"""The headings begin among so many lines."""

_AGAIN = "Export the answers again as CSV, with both rows of headings, and send that."


def read(path: Path, start: Mapping[str, str] | None = None) -> CountedReturn:
    """Count the export at `path`. `start`: cells of START by column name, which an export does not say.

    Its one sheet has the columns of the table `survey_count`. Raises `Refused` where the file is no such export.
    """
    content = _content(path)
    try:
        export = _export(decode(content, path.name))
        respondents = _respondents(export)
    except NoExport as error:
        raise Refused(f"{path.name}: {error} {_AGAIN}") from error
    given = {column.name: (start or {}).get(column.name, "") for column in START.columns}
    made = counts(respondents.columns, respondents.answers)
    sheet = RawSheet(SHEET, TITLE, tuple(RawLine(at, cells) for at, cells in enumerate(made, start=1)), ())
    account = RowAccount(
        SHEET,
        rows_in=export.above + len(export.rows),
        rows_counted=len(respondents.answers),
        rows_refused=len({fault.line for fault in respondents.faults}),
        rows_not_data=export.above + respondents.not_data,
    )
    digest = hashlib.sha256(content).hexdigest()
    faults = tuple(sorted(respondents.faults, key=lambda fault: fault.line))
    return CountedReturn(path.name, digest, FORM, given, (sheet,), faults, (account,))


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise Refused(
                f"{path.name}: {size:,} bytes; expected {MOST_BYTES:,} at most. Export the survey in several parts."
            )
        return path.read_bytes()
    except OSError as error:
        raise Refused(f"{path.name}: the file cannot be opened: {error.strerror}.") from error


@dataclass(frozen=True)
class _Export:
    """The rows of an export below its two rows of headings: the physical line on which each begins, and its cells.

    `above`: lines above the headings. `headings`: the row of questions as it stands. `respondent`: the place of the
    respondent's sign.
    """

    above: int
    headings: list[str]
    respondent: int
    columns: tuple[Column, ...]
    rows: list[tuple[int, list[str]]]


def _export(text: str) -> _Export:
    lines = list(lines_of(text))
    for above in range(min(ROWS_SEARCHED, len(lines))):
        for delimiter in (",", ";", "\t"):
            headings = _first_row(lines[above:], delimiter)
            respondent = respondent_place(headings)
            if respondent is not None:
                (_, options), *rows = _below(lines, above, delimiter)
                if len(options) > respondent and tidy(options[respondent]):
                    raise NoExport(
                        "the row below the questions is one of a respondent; expected a second row of headings, with "
                        "the options of each question and nothing above the respondents."
                    )
                return _Export(above, headings, respondent, columns_of(headings, options), rows)
    raise NoExport(
        f"none of the first {ROWS_SEARCHED} lines has a heading “Respondent ID”; expected the export of a survey, "
        "which has one."
    )


def _first_row(lines: Sequence[str], delimiter: str) -> list[str]:
    try:
        return next(csv.reader(lines, delimiter=delimiter, strict=True), [])
    except csv.Error:
        return []


def _below(lines: Sequence[str], above: int, delimiter: str) -> list[tuple[int, list[str]]]:
    """All rows below the first row of headings."""
    reader = csv.reader(lines[above:], delimiter=delimiter, strict=True)
    rows, begins = [], above + 1
    try:
        for cells in reader:
            rows.append((begins, cells))
            begins = above + reader.line_num + 1
    except csv.Error as error:
        raise NoExport(f"line {begins}: it is no CSV: {error}.") from error
    if len(rows) < 2:
        raise NoExport("it ends after the row of questions; expected a second row of headings with their options.")
    return rows[1:]


@dataclass
class _Respondents:
    """The rows that count, and what became of the others."""

    columns: tuple[Column, ...] = ()
    answers: list[list[str]] = field(default_factory=list)
    faults: list[RawFault] = field(default_factory=list)
    not_data: int = 0

    def fault(self, line: int, column: str, expected: str) -> None:
        self.faults.append(RawFault(SHEET, line, column, "", expected))


def _respondents(export: _Export) -> _Respondents:
    found = _Respondents()
    whole = []
    width = len(export.headings)
    for line, cells in export.rows:
        if not any(map(tidy, cells)) or cells == export.headings:
            found.not_data += 1
        elif len(cells) != width:
            found.fault(line, "", f"Expected {width} cells, as many as headings; found {len(cells)}. {_AGAIN}")
        else:
            whole.append((line, cells))
    found.columns = tuple(settled(column, [cells for _, cells in whole]) for column in export.columns)
    seen: set[str] = set()
    heading = tidy(export.headings[export.respondent])
    for line, cells in whole:
        before = len(found.faults)
        sign = tidy(cells[export.respondent])
        if not sign or sign in seen:
            expected = "a sign" if not sign else "another sign than in an earlier row; each respondent is counted once"
            found.fault(line, heading, f"Expected {expected}.")
        if not any(tidy(cells[column.place]) for column in found.columns):
            found.fault(line, "", "Expected an answer to one question at least.")
        for column in found.columns:
            if expected := trouble_in(column, cells[column.place]):
                found.fault(line, shown(column.option or column.question), expected)
        if len(found.faults) > MOST_FAULTS:
            worst = found.faults[0]
            raise NoExport(
                f"more than {MOST_FAULTS:,} faults; the first is on line {worst.line}, {worst.column}: {worst.expected}"
            )
        if len(found.faults) == before:
            seen.add(sign)
            found.answers.append(cells)
    return found
