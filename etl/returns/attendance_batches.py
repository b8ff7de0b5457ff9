"""Reads a CSV file some hundred rows at a time, as columns.

Most files hold no quotation mark but here and there. Where a piece of the text has none, and each of its lines has as
many commas as the headings, it is cut at the commas all at once, which is quicker than Python's own reader and gives
the same cells. Any other piece goes to that reader.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import chain
from typing import TextIO

SIZE = 20_000
"""Letters in a batch, about: so few that all of it stays in the cache of the processor, which is twice as fast."""


@dataclass(frozen=True)
class Batch:
    """Rows of a file. `lines`: the physical line on which each begins.

    `columns`: the cells of the rows, column by column; none where a row has more or fewer cells than the headings.
    """

    lines: Sequence[int]
    columns: Sequence[Sequence[str]]
    uneven: Sequence[list[str]] = ()

    @property
    def rows(self) -> Iterator[tuple[int, Sequence[str]]]:
        """The rows one by one: line and cells."""
        cells = self.uneven or zip(*self.columns, strict=True)
        return zip(self.lines, cells, strict=True)


def batches(file: TextIO, delimiter: str, width: int, line: int) -> Iterator[Batch]:
    """The rows of `file`, opened with `newline=""`, from where it stands; its next line is number `line`.

    `width`: how many cells a row should have. Raises `csv.Error` where the text is no CSV.
    """
    while text := file.read(SIZE):
        text += file.readline()
        columns = _cut(text, delimiter, width)
        if columns:
            yield Batch(range(line, line + len(columns[0])), columns)
            line += len(columns[0])
            continue
        # A row that begins in this batch may end beyond it: the reader takes what it needs from the file itself.
        texts = list(StringIO(text, newline=""))
        reader = csv.reader(chain(texts, file), delimiter=delimiter, strict=True)
        lines, rows = [], []
        read = 0
        while read < len(texts):
            row = next(reader)
            lines.append(line + read)
            rows.append(row)
            read = reader.line_num
        line += read
        if any(len(row) != width for row in rows):
            yield Batch(lines, (), rows)
        else:
            yield Batch(lines, list(zip(*rows, strict=True)))


def _cut(text: str, delimiter: str, width: int) -> list[list[str]]:
    """The columns of lines without quotation marks that all have `width` cells; else none."""
    if '"' in text or len(text) > csv.field_size_limit():  # a cell that is longer is refused by Python's reader
        return []
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.endswith("\n"):
        text += "\n"
    # Each line end becomes a cell of its own. It shows whether every line has as many cells as the headings.
    cells = text.replace("\n", f"{delimiter}\n{delimiter}").split(delimiter)
    cells.pop()  # what stands behind the last of them
    ends = cells[width :: width + 1]
    if len(cells) != len(ends) * (width + 1) or not text.count("\n") == ends.count("\n") == len(ends):
        return []
    return [cells[at :: width + 1] for at in range(width)]
