"""What this edition holds: the row account of every file, and the number of rows of every table."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb

from warehouse.rows import fetch


@dataclass(frozen=True)
class FileAccount:
    """Rows of one file: in = loaded + refused."""

    file: str
    table_name: str
    rows_in: int
    rows_loaded: int
    rows_refused: int


def files(cursor: duckdb.DuckDBPyConnection) -> list[FileAccount]:
    """The account of every file, by name."""
    return fetch(
        cursor,
        FileAccount,
        "SELECT file, table_name, rows_in, rows_loaded, rows_refused FROM build_file ORDER BY file",
    )


@dataclass(frozen=True)
class Refusal:
    """One refused row and why."""

    file: str
    line: int
    reason: str


def refusals(cursor: duckdb.DuckDBPyConnection) -> list[Refusal]:
    """Every row that was refused, by file and line. Committed facts are strict, so only returns can have any."""
    return fetch(cursor, Refusal, "SELECT file, line, reason FROM refusal ORDER BY file, line")
