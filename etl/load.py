"""Loads collected rows into a new DuckDB file, and names its content by a hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb

from etl.check import Row
from etl.collect import Collected
from warehouse.schema import TABLES
from warehouse.schema.column import Table
from warehouse.schema.ddl import (
    STORED_VIEWS,
    all_statements,
    link_table,
    schema_hash,
    store_statements,
    stored_columns,
)


def _stored(rows: list[Row], table: Table) -> list[list[object]]:
    names = [name for name, _ in stored_columns(table)]
    return [[*(row.values.get(name) for name in names[:-2]), row.file, row.line] for row in rows]


def tables_to_load(collected: Collected) -> Iterator[tuple[str, list[list[object]]]]:
    """Name and rows of every table to fill, link tables and row accounts included, in a fixed order."""
    for table in TABLES.values():
        rows = sorted(collected.rows[table.name], key=lambda row: str(row[table.key]))
        yield table.name, _stored(rows, table)
        for column in table.link_columns:
            yield (
                link_table(table, column),
                [[row[table.key], place, value] for row in rows for place, value in enumerate(row[column.name])],
            )
    accounts = [[a.file, a.table, a.rows_in, a.rows_loaded, a.rows_refused] for a in collected.accounts]
    yield "build_file", accounts
    yield "build_loss", [[loss.table, key, loss.reason] for loss in collected.losses for key in loss.facts]


def content_hash(collected: Collected) -> str:
    """SHA-256 over the statements that make the tables and stored views, and over every row, in a canonical form.

    It is the same on any machine, which the bytes of a DuckDB file are not.
    """
    digest = hashlib.sha256(schema_hash().encode())
    for name, rows in tables_to_load(collected):
        digest.update(f"\n{name}\n".encode())
        for row in rows:
            digest.update(_canonical(row))
    return digest.hexdigest()


def _canonical(row: list[object]) -> bytes:
    return (json.dumps(row, ensure_ascii=False, default=_as_text, separators=(",", ":")) + "\n").encode()


def _as_text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"no canonical form for {value!r}")


@contextmanager
def new_database(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A new DuckDB file at `path` with every table and view, all empty. Where the block succeeds, all that it put in is
    in the file itself when it ends, and not in a log beside it."""
    connection = duckdb.connect(str(path))
    try:
        connection.execute("BEGIN")
        for statement in all_statements():
            connection.execute(statement)
        yield connection
        connection.execute("COMMIT")
        connection.execute("CHECKPOINT")
    finally:
        connection.close()


def load_rows(connection: duckdb.DuckDBPyConnection, collected: Collected) -> dict[str, int]:
    """Fill every table of a new database. Returns the row count by table."""
    counts = {}
    for name, rows in tables_to_load(collected):
        counts[name] = len(rows)
        if rows:
            _insert(connection, name, rows)
    return counts


def store_views(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Turn views of a filled database into tables of the same names: an edition never changes again, so what they say
    is worked out once, here, and not in every query. Returns the row count by view."""
    for statement in store_statements():
        connection.execute(statement)
    return {view: connection.execute(f"SELECT count(*) FROM {view}").fetchone()[0] for view in STORED_VIEWS}


def _insert(connection: duckdb.DuckDBPyConnection, name: str, rows: list[list[object]]) -> None:
    """Insert all rows in one statement, a list a column. One value a placeholder took some eight times as long."""
    lists = ", ".join(f"unnest(?::{column}[])" for column in connection.table(name).types)
    connection.execute(f"INSERT INTO {name} SELECT {lists}", [list(column) for column in zip(*rows, strict=True)])
