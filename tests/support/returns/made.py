"""Returns made for tests as literal rows, in the one shape that every reader gives, and a data folder for them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from etl.returns.raw import RawFault, RawLine, RawReturn, RawSheet
from etl.returns.store import Received, write_rows
from tests.support.rows import write_sources
from warehouse.schema import TABLES
from warehouse.schema.returns import SHEETS

ROUNDS = (
    {"round": "2012q1", "label": "March 2012", "opens": "2012-02-01", "deadline": "2012-03-15"},
    {"round": "2012q2", "label": "June 2012", "opens": "2012-05-01", "deadline": "2012-06-14"},
)

START = {"board": "Camden", "round": "June 2012", "as_at": "2012-06-01", "sent": "2012-06-05", "version": "1"}

SOURCES = {
    "programme": [{"fact_key": "programme-a", "name": "Programme A", "kind": "partnership", "summary": "For a test."}],
    "partner": [{"fact_key": "partner-nspcc", "name": "NSPCC", "kind": "voluntary", "aliases": "The NSPCC"}],
    "pilot": [{"fact_key": "pilot-camden", "name": "Camden pilot", "kind": "pilot", "programme": "programme-a",
               "scope": "borough", "boroughs": "Camden"}],
    "community_group": [{"fact_key": "group-a", "name": "Group A", "kind": "community", "serves_scope": "unnamed"}],
}  # fmt: skip

Sheets = Mapping[str, Sequence[Mapping[str, str]]]


def data_folder(folder: Path) -> Path:
    """A data folder with the project's lists, a few facts and two rounds of returns."""
    data = write_sources(folder, SOURCES)
    columns = [column.name for column in TABLES["round"].columns]
    rows = [{"meaning": "Made for a test.", "is_statement": "yes", **row} for row in ROUNDS]
    write_rows(data / "returns" / "rounds.csv", columns, rows)
    return data


def made(
    sheets: Sheets, *, name: str = "return.xlsx", not_data: int = 0, faults: Sequence[RawFault] = (), **start: str
) -> RawReturn:
    """A return of Camden for June 2012, or as `start` says. Rows begin at 5, below a title and a heading."""
    whose = {**START, **start}
    content = json.dumps([sheets, whose, name, not_data], sort_keys=True)
    return RawReturn(
        name,
        hashlib.sha256(content.encode()).hexdigest(),
        "workbook",
        whose,
        tuple(
            RawSheet(
                sheet,
                SHEETS[sheet].title,
                tuple(RawLine(place, dict(row)) for place, row in enumerate(rows, start=5)),
                tuple((place + 100, "an empty row") for place in range(not_data)),
            )
            for sheet, rows in sheets.items()
        ),
        tuple(faults),
    )


def as_received(*returns: RawReturn) -> tuple[list[Received], Callable[[Received], RawReturn]]:
    """The files as received, and what reads them."""
    by_hash = {one.sha256: one for one in returns}
    return [Received(one.sha256, one.file_name, Path(), {}) for one in returns], lambda file: by_hash[file.sha256]
