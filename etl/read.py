"""Reads the committed CSV files: every row as text, with its file and physical line. Nothing is guessed."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path, PurePath

from etl.faults import Fault, Reach
from warehouse.schema import Table

OUTLINES = "london_boroughs.geojson"
"""The one file of `reference/` that feeds no table: the map draws it."""


@dataclass(frozen=True)
class RawRow:
    """One row of a file as text. `line` is the physical line on which it begins."""

    file: str
    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class RawFile:
    """What one file holds for one table.

    lost_keys: what stands as the key in rows that are no rows of the table. is_whole: whether every row was reached.
    """

    file: str
    rows: tuple[RawRow, ...]
    faults: tuple[Fault, ...]
    lost_keys: frozenset[str] = frozenset()
    is_whole: bool = True


def name_of(path: Path, data: Path) -> str:
    """How an edition and every message name a file under the data folder: `data/…`, wherever that folder lies and
    whatever it is called. The same files make the same edition."""
    return (Path("data") / path.relative_to(data)).as_posix()


def files_of(table: Table, data: Path) -> list[Path]:
    """The files that feed `table`, in a fixed order: facts from `sources/**/`, lists from `reference/`.

    A table that a command makes has the file that the command writes, or none yet, and a list in `reference/` or none.
    """
    if table.is_fact:
        found = sorted((data / "sources").glob(f"**/{table.name}.csv"))
        return [path for path in found if not _is_nobodys(path.relative_to(data))]
    listed = data / "reference" / f"{table.name}.csv"
    if not table.made_by:
        return [listed]
    made = data / (table.made_at or f"{table.name}/{table.name}.csv")
    return [path for path in (listed, made) if path.exists()]


def unknown_files(tables: dict[str, Table], data: Path) -> list[Fault]:
    """A fault for each file that would be passed over in silence: in `sources/`, in `reference/`, or beside a file that
    a command makes. Files that are hidden, or that a system or an open spreadsheet puts there, are no one's data."""
    facts = sorted(name for name, table in tables.items() if table.is_fact)
    lists = sorted(name for name, table in tables.items() if not table.is_fact)
    there = {path.stem for path in (data / "reference").glob("*.csv")}
    ours = ", ".join(name for name in lists if name in there or not tables[name].made_by)
    faults = [
        Fault(
            file, 0, "", "", f"No table has this name. Name it after one of these, with .csv: {', '.join(facts)}.",
            Reach.whole_file,
        )
        for file in _files(data, "sources")
        if PurePath(file).name not in {f"{name}.csv" for name in facts}
    ]  # fmt: skip
    faults += [
        Fault(
            file, 0, "", "", f"No list has this name. Name it after one of these, with .csv: {ours}.", Reach.whole_file
        )
        for file in _files(data, "reference")
        if file not in {f"data/reference/{name}" for name in (OUTLINES, *(f"{name}.csv" for name in lists))}
    ]
    return faults + [
        Fault(
            file, 0, "", "",
            f"This folder holds only what a command writes. Move the file elsewhere and run: {table.made_by}",
            Reach.whole_file,
        )
        for table in tables.values() if table.made_by and not table.made_at
        for file in _files(data, table.name)
        if file.removesuffix(".new") != f"data/{table.name}/{table.name}.csv"
    ]  # fmt: skip


def _files(data: Path, folder: str) -> list[str]:
    """The names of the files in a folder of the data, however deep, but for those that nobody put there."""
    found = (file for file in sorted((data / folder).rglob("*")) if not file.is_dir())
    return [name_of(file, data) for file in found if not _is_nobodys(file.relative_to(data))]


def _is_nobodys(path: Path) -> bool:
    hidden = any(part.startswith((".", "~$")) for part in path.parts)
    return hidden or path.name.casefold() in ("thumbs.db", "desktop.ini")


def read_file(path: Path, table: Table, data: Path) -> RawFile:
    """Read `path` as rows of `table`. A wrong header, a ragged row or foreign bytes is a fault, never a guess."""
    name = name_of(path, data)
    header = [column.name for column in table.columns]
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return _unread(name, "The file is missing. Put it back.")
    except UnicodeDecodeError as error:
        return _unread(name, f"Expected UTF-8 text; byte {error.start} is not.")
    # Lines end at CR and LF only: Python's own splitting would break a row at marks that belong to no line.
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[RawRow] = []
    faults: list[Fault] = []
    lost: set[str] = set()
    is_whole = True
    begins = 1
    try:
        for cells in reader:
            if begins == 1 and cells != header:
                return _unread(name, f"Expected the header: {','.join(header)}", 1, ",".join(cells))
            if begins > 1 and len(cells) != len(header):
                faults.append(Fault(name, begins, "", "", f"Expected {len(header)} cells, found {len(cells)}."))
                lost |= set(cells[header.index(table.key) :][:1])
            elif begins > 1:
                rows.append(RawRow(name, begins, dict(zip(header, (cell.strip() for cell in cells), strict=True))))
            begins = reader.line_num + 1
    except csv.Error as error:
        is_whole = False
        faults.append(Fault(name, begins, "", "", f"Not a well-formed CSV row: {error}.", Reach.whole_file))
    if begins == 1 and is_whole:
        return _unread(name, f"The file is empty. Expected the header: {','.join(header)}")
    return RawFile(name, tuple(rows), tuple(faults), frozenset(lost), is_whole)


def _unread(name: str, expected: str, line: int = 0, value: str = "") -> RawFile:
    return RawFile(name, (), (Fault(name, line, "", value, expected, Reach.whole_file),), is_whole=False)
