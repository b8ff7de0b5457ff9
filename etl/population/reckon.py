"""From a downloaded table to residents by census group: other dimensions are summed away, every total is checked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches

from etl.population.download import Cell, Dimension, Download
from etl.population.grid import Refused
from etl.population.groups import Group, Question, plain
from geo.names import borough_names

SEXES = {"males", "females"}
AGE = re.compile(
    r"(?:aged? )?(?:under (?P<under>\d+)|(?P<low>\d+)(?: ?(?:to|-|–) ?(?P<high>\d+)|(?P<over> and over| ?\+))?)"
)
TOTAL = re.compile(r"all\b.*|total\b.*|persons")


@dataclass(frozen=True)
class Count:
    """Residents of one area in one group. `rule` says what was added up; it is empty for a printed count."""

    gss_code: str
    group: Group
    people: int
    rule: str


@dataclass(frozen=True)
class Reckoned:
    """The counts of one table. `totals_checked`: how many printed totals agree with the sum of their parts."""

    download: Download
    question: Question
    counts: tuple[Count, ...]
    totals_checked: int


def reckon(download: Download, questions: tuple[Question, ...]) -> Reckoned:
    """Check every printed total and work out the residents of each group. Raises `Refused` with every fault found."""
    question, subject = _subject(download, questions)
    table = _Table(download)
    for dimension in download.dimensions:
        if dimension is not subject:
            table.sum_away(dimension)
    groups = table.name_groups(subject, question)
    if table.faults:
        raise Refused(table.faults)
    counts = table.residents(groups, question)
    if table.faults:
        raise Refused(table.faults)
    return Reckoned(download, question, counts, table.totals_checked)


def _subject(download: Download, questions: tuple[Question, ...]) -> tuple[Question, Dimension]:
    """The question the table answers and the dimension that holds its groups: the one with most groups known."""
    of_year = [question for question in questions if question.census == download.year]
    scored = []
    for question in of_year:
        for dimension in download.dimensions:
            known = {
                group.key for value in dimension.values if (group := question.match(value)) and group.level == "group"
            }
            scored.append((len(known), question, dimension))
    known, question, dimension = max(scored, key=lambda one: one[0])
    if known < 2 or 2 * known < len(dimension.values):
        shown = "; ".join(dimension.values[0] for dimension in download.dimensions)
        names = " or ".join(question.subject.replace("_", " ") for question in of_year)
        expected = f"Expected a table by {names} of the {download.year} census; the file begins with these categories."
        raise Refused([download.grid.fault(0, "", shown, expected)])
    return question, dimension


class _Table:
    """The cells of a download while dimensions are taken away. A cell keeps its line and column for messages."""

    def __init__(self, download: Download) -> None:
        self.download = download
        self.names = [dimension.name for dimension in download.dimensions]
        self.cells = download.cells
        self.summed: list[str] = []
        self.totals_checked = 0
        self.faults = []

    def _fault(self, cell: Cell, value: object, expected: str) -> None:
        self.faults.append(self.download.grid.fault(cell.line, cell.column, str(value), expected))

    def sum_away(self, dimension: Dimension) -> None:
        """Take one dimension away: keep its total, checked against the parts, or add its parts if they are complete."""
        at = self.names.index(dimension.name)
        totals = [value for value in dimension.values if TOTAL.fullmatch(plain(value))]
        parts = [value for value in dimension.values if value not in totals]
        if len(totals) > 1 or (not totals and not _is_complete(parts)):
            expected = (
                f"Expected one total of {dimension.name}, or both sexes, or ages from 0 without a gap: otherwise "
                "nobody can tell whether everyone is counted. Download the table with its total."
            )
            shown = "; ".join(totals or parts)
            self.faults.append(self.download.grid.fault(0, dimension.name, shown, expected))
            return
        kept: dict[tuple[str, tuple[str, ...]], Cell] = {}
        rests = dict.fromkeys((area, (*key[:at], *key[at + 1 :])) for area, key in self.cells)
        for area, rest in rests:
            of = {value: self.cells[area, (*rest[:at], value, *rest[at:])] for value in dimension.values}
            total = sum(of[value].people for value in parts)
            if totals and parts:
                self._check(of[totals[0]], total, f"the {len(parts)} categories of {dimension.name}", area)
            whole = of[totals[0]] if totals else Cell(total, of[parts[0]].line, of[parts[0]].column)
            kept[area, rest] = whole
        self.cells = kept
        del self.names[at]
        if not totals:
            self.summed.append(f"{len(parts)} {'sexes' if {plain(part) for part in parts} == SEXES else 'ages'}")

    def _check(self, printed: Cell, total: int, parts: str, area: str) -> None:
        self.totals_checked += 1
        if printed.people != total:
            expected = f"Expected {total:,} for {borough_names()[area]}, the sum of {parts}."
            self._fault(printed, printed.people, expected)

    def name_groups(self, subject: Dimension, question: Question) -> dict[str, str]:
        """Group key → category as printed. A fault for each category that is none, is there twice, or is missing."""
        found: dict[str, str] = {}
        fault = self.download.grid.fault
        spellings = sorted({spelling for group in question.groups for spelling in group.spellings})
        for value in subject.values:
            group = question.match(value)
            if group is None:
                close = get_close_matches(plain(value), spellings, n=1, cutoff=0)
                expected = f"Expected a category of {question.name}. The closest is {close[0]}."
                self.faults.append(fault(0, subject.name, value, expected))
            elif group.key in found:
                expected = f"Expected {group.label} once; {found[group.key]} is there as well."
                self.faults.append(fault(0, subject.name, value, expected))
            else:
                found[group.key] = value
        for group in question.leaves:
            if group.key not in found:
                expected = f"Expected a category for {group.label}. Download the table with all its categories."
                self.faults.append(fault(0, "", "", expected))
        return found

    def residents(self, groups: dict[str, str], question: Question) -> tuple[Count, ...]:
        """The residents of every area and group; a fault for each printed heading or total that is not the sum."""
        rule = f"Sum over {' and '.join(self.summed)}." if self.summed else ""
        counts = []
        for area in dict.fromkeys(area for area, _ in self.cells):
            of = {key: self.cells[area, (value,)] for key, value in groups.items()}
            for group in question.leaves:
                counts.append(Count(area, group, of[group.key].people, rule))
            for whole in question.sums:
                parts = question.parts(whole)
                total = sum(of[part.key].people for part in parts)
                if whole.key in of:
                    self._check(of[whole.key], total, f"its {len(parts)} groups", area)
                    counts.append(Count(area, whole, total, rule))
                else:
                    counts.append(Count(area, whole, total, f"Sum of {len(parts)} groups. {rule}".strip()))
        return tuple(counts)


def _is_complete(parts: list[str]) -> bool:
    """Whether these are surely all: both sexes, or ages from 0 on without gap or overlap and without an upper end."""
    if {plain(part) for part in parts} == SEXES:
        return True
    spans = []
    for part in parts:
        match = AGE.fullmatch(plain(part))
        if match is None:
            return False
        if match["under"]:
            spans.append((0, int(match["under"]) - 1))
        else:
            low = int(match["low"])
            spans.append((low, None if match["over"] else int(match["high"] or low)))
    spans.sort(key=lambda span: span[0])
    expected = 0
    for low, high in spans[:-1]:
        if low != expected or high is None:
            return False
        expected = high + 1
    return bool(spans) and spans[-1][0] == expected and spans[-1][1] is None
