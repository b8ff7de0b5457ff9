"""A `RawReturn` as lines of JSON, between the process that reads a file and the one that asked for it.

The first line is the return without its rows, or the reason of a refusal; then one line a row. JSON, since what comes
out of a process that read a hostile file is to be data and nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from typing import TextIO

from etl.returns.counted import CountedReturn, RowAccount
from etl.returns.raw import RawFault, RawLine, RawReturn, RawSheet, Refused


class Unreadable(Exception):
    """The lines are cut short, or not what `write` writes."""


def write(raw: RawReturn, file: TextIO) -> None:
    """Write a return to a text file. ASCII only."""
    columns = [tuple(dict.fromkeys(name for line in sheet.lines for name in line.cells)) for sheet in raw.sheets]
    head = {
        "file_name": raw.file_name,
        "sha256": raw.sha256,
        "form": raw.form,
        "start": raw.start,
        "faults": _tuples(raw.faults),
        "sheets": [
            {
                "name": sheet.name,
                "title": sheet.title,
                "not_data": sheet.not_data,
                "columns": names,
                "rows": len(sheet.lines),
            }
            for sheet, names in zip(raw.sheets, columns, strict=True)
        ],
    }
    if isinstance(raw, CountedReturn):
        head |= {"accounts": _tuples(raw.accounts), "warnings": _tuples(raw.warnings)}
    _write_line(head, file)
    for sheet, names in zip(raw.sheets, columns, strict=True):
        for line in sheet.lines:
            _write_line([line.line, *(line.cells.get(name, "") for name in names)], file)


def write_refusal(refused: Refused, file: TextIO) -> None:
    """Write why a file was refused, in place of a return."""
    _write_line({"refused": str(refused)}, file)


def read(file: TextIO) -> RawReturn:
    """What `write` wrote. Raises `Refused` where that was a refusal, `Unreadable` where it is not whole."""
    try:
        head = json.loads(file.readline())
        if "refused" in head:
            raise Refused(head["refused"])
        sheets = tuple(_sheet(sheet, file) for sheet in head["sheets"])
        faults = tuple(RawFault(*fault) for fault in head["faults"])
        raw = RawReturn(head["file_name"], head["sha256"], head["form"], head["start"], sheets, faults)
        if "accounts" not in head:
            return raw
        accounts = tuple(RowAccount(*account) for account in head["accounts"])
        return CountedReturn(**vars(raw), accounts=accounts, warnings=tuple(RawFault(*one) for one in head["warnings"]))
    except (KeyError, TypeError, ValueError) as error:
        raise Unreadable(f"{error}") from error


def _tuples(rows: Iterable[RawFault | RowAccount]) -> list[tuple]:
    return [astuple(row) for row in rows]


def _write_line(value: object, file: TextIO) -> None:
    file.write(json.dumps(value, separators=(",", ":")) + "\n")  # many times as quick as json.dump


def _sheet(head: dict, file: TextIO) -> RawSheet:
    lines = tuple(_lines(head["columns"], head["rows"], file))
    not_data = tuple((row, why) for row, why in head["not_data"])
    return RawSheet(head["name"], head["title"], lines, not_data)


def _lines(columns: list[str], count: int, file: TextIO) -> Iterator[RawLine]:
    for _ in range(count):
        line, *texts = json.loads(file.readline())
        yield RawLine(line, dict(zip(columns, texts, strict=True)))
