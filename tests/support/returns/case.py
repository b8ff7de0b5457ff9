"""One made file and what reading it must give: exactly these rows, or a refusal that says why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from etl.returns.raw import RawReturn

START = {"board": "Camden", "round": "Round of June 2012", "as_at": "2012-06-21", "sent": "2012-06-25", "version": "1"}

ABOVE, EMPTY, AGAIN, TOTAL = "above the row of headings", "empty row", "the headings again", "row of totals"

COURSE = {"course": "Keeping children safe", "counts": "People", "breakdown": "Everybody", "number": "12"}
"""An orderly row of the sheet Training."""


@dataclass(frozen=True)
class Loads:
    """What must come out of one sheet. Only cells that hold something are named.

    `faults`: row → a word of each fault in it, in order; row 0 holds those of the whole sheet or of another sheet.
    `not_data`: row → the reason.
    """

    lines: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    faults: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    not_data: Mapping[int, str] = field(default_factory=dict)
    start: Mapping[str, str] = field(default_factory=lambda: START)
    sheet: str = "training"


@dataclass(frozen=True)
class Refuses:
    """Words that the reason must hold, in this order. The reason must begin with the name of the file as well."""

    words: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """A made file: what it shows, the name it has, how its bytes are made, and what must come of it."""

    shows: str
    file_name: str
    make: Callable[[Path], object]
    comes: Loads | Refuses


def refuses(*words: str) -> Refuses:
    """A refusal whose reason holds these words."""
    return Refuses(words)


def came(raw: RawReturn, sheet: str) -> Loads:
    """What did come out of a sheet, in the form of what must; faults with all their words."""
    lines = {
        line.line: {name: text for name, text in line.cells.items() if text}
        for one in raw.sheets if one.name == sheet for line in one.lines
    }  # fmt: skip
    faults: dict[int, tuple[str, ...]] = {}
    for fault in raw.faults:
        words = " ".join(filter(None, (fault.column, fault.value, fault.expected)))
        faults[fault.line] = (*faults.get(fault.line, ()), words)
    not_data = {row: why for one in raw.sheets if one.name == sheet for row, why in one.not_data}
    return Loads(lines, faults, not_data, raw.start, sheet)
