"""Keeps the bytes of every return by their hash, outside git, with a list of what came in.

    <data>/returns/files/<sha256>   the bytes as they came
    <data>/returns/received.csv     a line a file: hash, name, and, where the file cannot say it, whose return it is
    <data>/returns/rounds.csv       the rounds of returns, as the operations group named them
    <data>/returns/chase.csv        what the operations group noted of boards in a round

The list is in order of the hash and holds no time of day, so the same files make the same list, in whatever order they
came. Nothing is ever taken out of `files`: an earlier return stays readable.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from etl.returns.guard import read_guarded
from etl.returns.raw import RawReturn
from warehouse.schema.returns import START

FOLDER = "returns"
COLUMNS = ("sha256", "file_name", *(column.name for column in START.columns))


@dataclass(frozen=True)
class Received:
    """One file as it was received. `start`: the cells of START by column name, as the file says them or as they were
    given by hand for a file that cannot say them; empty where neither was."""

    sha256: str
    file_name: str
    path: Path
    start: Mapping[str, str]


def received(data: Path) -> list[Received]:
    """Every file received, in order of its hash. None is a normal state."""
    return [
        Received(
            row["sha256"],
            row["file_name"],
            data / FOLDER / "files" / row["sha256"],
            {name: row[name] for name in COLUMNS[2:] if row[name]},
        )
        for row in _read(data / FOLDER / "received.csv")
    ]


def read_received(file: Received, progress: Callable[[int], None] | None = None) -> RawReturn:
    """Read one file in a process of its own. Raises `Refused` with why nothing of it can be read. `progress` is told
    how many rows of a long file were read."""
    return read_guarded(file.path, name=file.file_name, start=file.start, progress=progress)


def receive(files: Iterable[tuple[Path, Mapping[str, str]]], data: Path) -> int:
    """Keep the bytes of `files`, each with its `start`, and list them. Returns how many are new.

    The same bytes under two names are one file, known by the name that comes first in the alphabet.
    """
    rows = {row["sha256"]: row for row in _read(data / FOLDER / "received.csv")}
    known = len(rows)
    for path, start in files:
        content = path.read_bytes()
        sha256 = hashlib.sha256(content).hexdigest()
        target = data / FOLDER / "files" / sha256
        if not target.exists():
            _write_aside(target, content)
        row = {"sha256": sha256, "file_name": path.name, **{name: start.get(name, "") for name in COLUMNS[2:]}}
        if sha256 in rows:
            row["file_name"] = min(path.name, rows[sha256]["file_name"])
            row = {**rows[sha256], **{name: text for name, text in row.items() if text}}
        rows[sha256] = row
    write_rows(data / FOLDER / "received.csv", COLUMNS, [rows[sha256] for sha256 in sorted(rows)])
    return len(rows) - known


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write a CSV aside and put it in place whole."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    _write_aside(path, text.getvalue().encode())


def _read(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _write_aside(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.new")
    with aside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(aside, path)
