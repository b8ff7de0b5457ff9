"""A downloaded file as lines of text cells, each with its physical line. Nothing is guessed but the encoding."""

from __future__ import annotations

import codecs
import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path

from etl.faults import Fault

AGAIN = "Download the table again, as CSV."


class Refused(Exception):
    """The file cannot be taken. Carries every fault found in it."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(faults)
        super().__init__("\n".join(map(str, self.faults)))


@dataclass(frozen=True)
class Line:
    """One line of the file: its cells, stripped, without the empty ones at its end. Empty lines have none."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """A whole file: its name (never its folder), the hash of its bytes, and its lines."""

    file: str
    sha256: str
    lines: tuple[Line, ...]

    def fault(self, line: int, column: str, value: str, expected: str) -> Fault:
        """A fault in this file."""
        return Fault(self.file, line, column, value, expected)


def read_grid(path: Path) -> Grid:
    """Read `path`. Raises `Refused` where it is not there, not text, or not well-formed CSV."""
    try:
        content = path.read_bytes()
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise Refused([Fault(path.name, 0, "", "", f"The file cannot be opened: {error.strerror}.")]) from error
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        raise Refused([Fault(path.name, 0, "", "", f"This is a workbook or an archive, not a CSV file. {AGAIN}")])
    reader = csv.reader(_decoded(content, path.name).splitlines(keepends=True), strict=True)
    lines = []
    begins = 1
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            while stripped and not stripped[-1]:
                stripped.pop()
            lines.append(Line(begins, tuple(stripped)))
            begins = reader.line_num + 1
    except csv.Error as error:
        raise Refused([Fault(path.name, begins, "", "", f"Not a well-formed CSV row: {error}. {AGAIN}")]) from error
    if not any(line.cells for line in lines):
        raise Refused([Fault(path.name, 0, "", "", f"The file is empty. {AGAIN}")])
    return Grid(path.name, hashlib.sha256(content).hexdigest(), tuple(lines))


def _decoded(content: bytes, name: str) -> str:
    """The text: UTF-16 by its mark, else UTF-8, else what Excel on Windows writes (CP1252)."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused([Fault(name, 0, "", "", f"The text is in no encoding we read (UTF-8, UTF-16, CP1252). {AGAIN}")])
