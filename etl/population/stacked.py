"""Reads the stacked form: one block for each category of the dimensions that are not columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from etl.population.download import Dimension, Download, Reading
from etl.population.grid import Grid, Line, Refused
from etl.population.groups import plain

COLUMNS = "columns"
DESCRIBING = ("population", "units", "date")
PERSONS = ("persons", "people")
EVERYBODY = ("all people", "all persons", "all usual residents", "all categories")
LOOK_AHEAD = 40


@dataclass
class Block:
    """One block: title, its lines "name : value", its headings, its rows, and the footnotes below it."""

    title: Line
    said: dict[str, tuple[str, int]] = field(default_factory=dict)
    headings: Line | None = None
    rows: list[Line] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def category(self) -> dict[str, str]:
        """The category of each dimension that this block is about: dimension → category, as printed."""
        return {name: value for name, (value, _) in self.said.items() if plain(name) not in DESCRIBING}

    def describing(self, what: str) -> tuple[str, int]:
        """What the block says of its population, units or date, and the line; "" and the title's line if nothing."""
        return next((said for name, said in self.said.items() if plain(name) == what), ("", self.title.number))


def is_stacked(grid: Grid) -> bool:
    """Whether the file begins with a title and lines such as "Date : 2001"."""
    lines = [line for line in grid.lines[:LOOK_AHEAD] if line.cells]
    return len(lines[0].cells) == 1 and any(_says(line) for line in lines)


def _says(line: Line) -> bool:
    return len(line.cells) == 2 and line.cells[0].endswith(":")


def _blocks(grid: Grid) -> Iterator[Block]:
    """The blocks in order. A block begins with its title and ends where the next title begins."""
    block: Block | None = None
    for line in grid.lines:
        if not line.cells:
            continue
        is_title = len(line.cells) == 1
        if is_title and (block is None or block.headings is not None):
            if block is not None:
                yield block
            block = Block(line)
        elif _says(line) and block.headings is None:
            block.said[line.cells[0].rstrip(":").strip()] = (line.cells[1], line.number)
        elif not line.cells[0]:
            block.notes.append(" ".join(filter(None, line.cells)))
        elif len(line.cells) > 2 and block.headings is None:
            block.headings = line
        elif block.headings is not None:
            block.rows.append(line)
    if block is not None:
        yield block


def read_stacked(grid: Grid) -> Download:
    """Read a stacked table. Raises `Refused` with every fault found."""
    reading = Reading(grid)
    blocks: list[Block] = []
    for block in _blocks(grid):
        if blocks and block.headings is None and not block.said:
            blocks[-1].notes.append(block.title.cells[0])  # one line of text alone: a footnote, not a title
        else:
            blocks.append(block)
    sound = [block for block in blocks if _is_sound(block, blocks[0], reading)]
    if not sound:
        raise Refused(reading.faults)
    names = tuple(sound[0].category)
    first = sound[0].headings
    skip = 2 if len(first.cells) > 1 and plain(first.cells[1]) == "mnemonic" else 1
    labels = first.cells[skip:]
    years: dict[str, int] = {}
    seen: dict[tuple[str, ...], int] = {}
    for block in sound:
        years.setdefault(*block.describing("date"))
        category = tuple(block.category[name] for name in names)
        if category in seen:
            expected = f"Expected each block once; this one stands in line {seen[category]} already."
            reading.fault(block.title.number, "", ", ".join(category), expected)
            continue
        seen[category] = block.title.number
        _read_rows(reading, block, category, labels, skip)
    values = [tuple(dict.fromkeys(category[at] for category in seen)) for at in range(len(names))]
    for category in product(*values):
        if category not in seen:
            reading.fault(0, "", ", ".join(category), "Expected a block for this. Download the table with all of them.")
    year = reading.year(years)
    if reading.faults:
        raise Refused(reading.faults)
    dimensions = [Dimension(name, of) for name, of in zip(names, values, strict=True)]
    dimensions.append(Dimension(COLUMNS, tuple(labels)))
    note = " ".join(dict.fromkeys(" ".join(block.notes) for block in sound)).strip()
    areas = len(sound[0].rows)
    form = f"stacked table of {len(sound)} blocks"
    return Download(grid, form, sound[0].title.cells[0], year, note, tuple(dimensions), reading.cells, areas)


def _is_sound(block: Block, first: Block, reading: Reading) -> bool:
    """Whether a block can be read as one more of the first block's table; a fault where it cannot."""
    before = len(reading.faults)
    start = block.title.number
    if block.headings is None:
        reading.fault(start, "", block.title.cells[0], "Expected a line of headings and rows below this title.")
        return False
    if block.title.cells != first.title.cells:
        reading.fault(
            start, "", block.title.cells[0], f"Expected the table of the first block, {first.title.cells[0]}."
        )
    if block.category.keys() != first.category.keys():
        expected = f"Expected lines for {', '.join(first.category) or 'nothing but population, units and date'}."
        reading.fault(start, "", ", ".join(block.category), expected)
    if first.headings is not None and block.headings.cells[1:] != first.headings.cells[1:]:
        reading.fault(block.headings.number, "", "", "Expected the headings of the first block.")
    labels = block.headings.cells
    for label in sorted({label for label in labels if labels.count(label) > 1}):
        reading.fault(block.headings.number, "", label, "Expected each column once.")
    units, line = block.describing("units")
    if units and plain(units) not in PERSONS:
        reading.fault(line, "Units", units, "Expected Persons: the table must count people.")
    population, line = block.describing("population")
    if population and plain(population) not in EVERYBODY:
        reading.fault(line, "Population", population, "Expected All people: a rate needs everybody who lives there.")
    return len(reading.faults) == before


def _read_rows(reading: Reading, block: Block, category: tuple[str, ...], labels: tuple[str, ...], skip: int) -> None:
    found: dict[str, int] = {}
    for row in block.rows:
        if len(row.cells) != len(block.headings.cells):
            reading.fault(row.number, "", "", f"Expected {len(block.headings.cells)} cells, found {len(row.cells)}.")
            continue
        area = reading.area(row.number, row.cells[0], row.cells[1] if skip == 2 else "")
        if area is not None:
            counts = [((*category, label), label, text) for label, text in zip(labels, row.cells[skip:], strict=True)]
            reading.row(found, row.number, area, counts)
    first_area = " ".join(block.rows[0].cells[:skip]) if block.rows else ""
    reading.all_areas(found, block.title.number, first_area)
