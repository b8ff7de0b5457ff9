"""Recognises the form of a downloaded table and reads it.

Two forms are known. A wide table has one line of headings, one row for each area, and a column for each category. A
stacked table repeats a block for each category of its other dimensions: title, lines such as "Sex : Males", a line of
headings, and a row for each area; footnotes stand below a block.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from etl.population.download import Dimension, Download, Reading
from etl.population.grid import Grid, Line, Refused
from etl.population.groups import plain
from etl.population.stacked import is_stacked, read_stacked

MEASURE = re.compile(r"; measures: ([^;]*)$", re.IGNORECASE)
PLACE_COLUMNS = {"date": "date", "geography": "name", "geography code": "code", "mnemonic": "code"}
TABLE_CODE = re.compile(r"(?<![A-Za-z0-9])[A-Z]{2}[0-9]{3}[A-Z]{0,2}(?![A-Za-z0-9])")


def read_download(grid: Grid) -> Download:
    """Read the table in `grid`. Raises `Refused` with every fault found."""
    first = next(line for line in grid.lines if line.cells)
    headings = {plain(cell) for cell in first.cells}
    if headings & {"geography", "geography code"}:
        return _read_wide(grid, first)
    if is_stacked(grid):
        return read_stacked(grid)
    expected = (
        "Expected a table as Nomis lets people download it: a line of headings with 'geography' and 'geography code', "
        "or blocks with a title, lines such as 'Date : 2001', and headings. Download it again from Nomis, as CSV."
    )
    raise Refused([grid.fault(first.number, "", first.cells[0], expected)])


def _read_wide(grid: Grid, first: Line) -> Download:
    reading = Reading(grid)
    place, filters, counts = _wide_columns(first.cells)
    if "date" not in place:
        raise Refused([grid.fault(first.number, "", "", "Expected a column 'date' with the census year.")])
    labels = [label for _, label in counts]
    for label in sorted({label for label in labels if labels.count(label) > 1}):
        reading.fault(first.number, "", label, "Expected each column once.")
    subject, categories = _without_prefix(labels)
    found: dict[str, int] = {}
    years: dict[str, int] = {}
    areas = 0
    for line in grid.lines:
        if line.number <= first.number or not line.cells:
            continue
        if len(line.cells) != len(first.cells):
            reading.fault(line.number, "", "", f"Expected {len(first.cells)} cells, found {len(line.cells)}.")
            continue
        if any(plain(line.cells[at]) != "total" for at in filters):
            continue  # part of an area: its urban or its rural half
        areas += 1
        name, code = (line.cells[place[key]] if key in place else "" for key in ("name", "code"))
        area = reading.area(line.number, name, code)
        if area is not None:
            years.setdefault(line.cells[place["date"]], line.number)
            texts = [line.cells[at] for at, _ in counts]
            row = [((of,), label, text) for of, label, text in zip(categories, labels, texts, strict=True)]
            reading.row(found, line.number, area, row)
    reading.all_areas(found, 0, _first_area(grid, first, place))
    year = reading.year(years)
    if reading.faults:
        raise Refused(reading.faults)
    code = TABLE_CODE.search(grid.file)  # the one place where a wide download names its table, if at all
    title = " - ".join(filter(None, (code and code[0], subject or "Table without a title")))
    dimension = Dimension(subject or "columns", tuple(categories))
    return Download(grid, "wide table", title, year, "", (dimension,), reading.cells, areas)


def _wide_columns(headings: Sequence[str]) -> tuple[dict[str, int], list[int], list[tuple[int, str]]]:
    """Where the place columns, the filter columns and the columns of counts stand. Percentages are left out."""
    measured = any(MEASURE.search(heading) for heading in headings)
    place: dict[str, int] = {}
    filters, counts = [], []
    for at, heading in enumerate(headings):
        measure = MEASURE.search(heading)
        if plain(heading) in PLACE_COLUMNS:
            place.setdefault(PLACE_COLUMNS[plain(heading)], at)
        elif measure is not None:
            if plain(measure[1]) == "value":
                counts.append((at, heading))
        elif measured or plain(heading) == "rural urban":
            filters.append(at)
        else:
            counts.append((at, heading))
    return place, filters, counts


def _without_prefix(labels: Sequence[str]) -> tuple[str, list[str]]:
    """The subject that all labels begin with ("Ethnic Group"), or "", and the labels without it and their measure."""
    bare = [MEASURE.sub("", label) for label in labels]
    subjects = {label.split(": ", 1)[0] for label in bare}
    if len(subjects) == 1 and all(": " in label for label in bare):
        subject = subjects.pop()
        return subject, [label.split(": ", 1)[1] for label in bare]
    return "", bare


def _first_area(grid: Grid, first: Line, place: dict[str, int]) -> str:
    for line in grid.lines:
        if line.number > first.number and len(line.cells) == len(first.cells):
            return " ".join(line.cells[place[key]] for key in ("name", "code") if key in place)
    return ""
