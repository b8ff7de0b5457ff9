"""What a downloaded table holds for London, whatever its form: counts by area and by the table's dimensions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from etl.faults import Fault
from etl.population.grid import Grid
from geo.names import area_codes, borough_names, find_borough

KNOWN_YEARS = ("2001", "2011")
WHOLE_NUMBER = re.compile(r"[0-9]+|[0-9]{1,3}(,[0-9]{3})+")


@dataclass(frozen=True)
class Cell:
    """A count, and where it stands: physical line and heading of its column."""

    people: int
    line: int
    column: str


@dataclass(frozen=True)
class Dimension:
    """One way in which the table is broken down, such as Sex, with its categories as printed."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Download:
    """A table for the 33 areas. `cells`: (GSS code, one category of each dimension) → count.

    `title` is what the table calls itself, `note` what the file says of its numbers. `areas_in_file` counts all areas,
    those outside London included.
    """

    grid: Grid
    form: str
    title: str
    year: int
    note: str
    dimensions: tuple[Dimension, ...]
    cells: dict[tuple[str, tuple[str, ...]], Cell]
    areas_in_file: int


@dataclass
class Reading:
    """Collects cells and faults while one file is read."""

    grid: Grid
    faults: list[Fault] = field(default_factory=list)
    cells: dict[tuple[str, tuple[str, ...]], Cell] = field(default_factory=dict)

    def fault(self, line: int, column: str, value: str, expected: str) -> None:
        """Note a fault."""
        self.faults.append(self.grid.fault(line, column, value, expected))

    def area(self, line: int, name: str, code: str) -> str | None:
        """The area a row is about; None where it is none of the 33. A name that contradicts its code is a fault."""
        if not code:
            return find_borough(name)
        gss_code = area_codes().get(code.upper())
        if gss_code is not None and name and find_borough(name) != gss_code:
            self.fault(line, "area", name, f"Expected {borough_names()[gss_code]}, the area of the code {code}.")
        return gss_code

    def count(self, line: int, column: str, text: str) -> Cell | None:
        """The count in a cell, or None and a fault."""
        if not WHOLE_NUMBER.fullmatch(text):
            self.fault(line, column, text, "Expected a whole number of people.")
            return None
        return Cell(int(text.replace(",", "")), line, column)

    def row(self, found: dict[str, int], line: int, area: str, counts: list[tuple[tuple[str, ...], str, str]]) -> None:
        """Keep the counts of one row: (category, heading of the column, text) of each cell.

        `found`: area → line, of the rows already kept from this block.
        """
        if area in found:
            name = borough_names()[area]
            self.fault(line, "area", name, f"Expected once; it stands in line {found[area]} already.")
            return
        found[area] = line
        for category, column, text in counts:
            cell = self.count(line, column, text)
            if cell is not None:
                self.cells[area, category] = cell

    def all_areas(self, found: dict[str, int], line: int, first_area: str) -> None:
        """A fault where any of the 33 areas is not among `found`."""
        missing = [name for code, name in borough_names().items() if code not in found]
        if missing:
            shown = "all of them" if not found else ", ".join(missing)
            expected = (
                f"Expected each of the 33 areas once; missing: {shown}. The first row in it is about "
                f"{first_area or 'nothing'}. Download the table by local authority district."
            )
            self.fault(line, "", "", expected)

    def year(self, years: dict[str, int]) -> int:
        """The census year that all of `years` (date as printed → line) name, or 0 and faults."""
        known = {text[:4] for text in years if text[:4] in KNOWN_YEARS}
        for text, line in years.items():
            if text[:4] not in KNOWN_YEARS:
                expected = f"Expected {' or '.join(KNOWN_YEARS)}, the censuses whose groups we know."
                self.fault(line, "date", text, expected)
        if len(known) > 1:
            self.fault(0, "date", ", ".join(sorted(known)), "Expected one census.")
        return int(known.pop()) if known and not self.faults else 0
