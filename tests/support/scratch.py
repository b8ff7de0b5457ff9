"""A warehouse to scribble in: rows are put in, asked about, and taken out again, many times a second.

It is made by the production loader, with the project's own lists of places and no fact. For tests that try many sets of
rows; those that try one use `tests.support.rows`, which sends it through the reader and the checks as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from etl.collect import collect
from etl.load import load_rows, new_database
from tests.support.rows import PROVENANCE, write_sources
from warehouse.schema import TABLES
from warehouse.schema.ddl import link_table, stored_columns

Row = Mapping[str, object]


def scratch_warehouse(folder: Path) -> duckdb.DuckDBPyConnection:
    """A connection to a new, writable warehouse without facts under `folder`."""
    with new_database(folder / "scratch.duckdb") as connection:
        load_rows(connection, collect(write_sources(folder / "data", {})))
    # For a few rows a second thread costs an eighth more and brings nothing.
    return duckdb.connect(str(folder / "scratch.duckdb"), config={"threads": "1"})


@contextmanager
def holding(
    connection: duckdb.DuckDBPyConnection, rows: Mapping[str, Sequence[Row]]
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Put `rows`, by table name, into the warehouse while the block runs. A cell left out is filled as in PROVENANCE,
    or is not reported where it may be absent, else empty. Cells with several values are sequences. The block gets
    the connection."""
    connection.execute("BEGIN")
    try:
        for name, table_rows in rows.items():
            _insert(connection, name, table_rows)
        yield connection
    finally:
        connection.execute("ROLLBACK")


def _insert(connection: duckdb.DuckDBPyConnection, name: str, rows: Sequence[Row]) -> None:
    table = TABLES[name]
    columns = [column for column, _ in stored_columns(table)]
    _insert_all(connection, name, [[_cell(row, column) for column in columns] for row in rows])
    for column in table.link_columns:
        links = [
            [row[table.key], position, value] for row in rows for position, value in enumerate(row.get(column.name, ()))
        ]
        _insert_all(connection, link_table(table, column), links)


def _cell(row: Row, column: str) -> object:
    if column.endswith("_status") and column not in row:
        return "not_reported" if row.get(column.removesuffix("_status")) is None else "value"
    return row.get(column, {**PROVENANCE, "source_file": "test", "source_line": 1}.get(column))


def _insert_all(connection: duckdb.DuckDBPyConnection, name: str, rows: list[list[object]]) -> None:
    """All rows in one statement: one for each takes many times as long."""
    if rows:
        places = f"({', '.join('?' * len(rows[0]))})"
        cells = [cell for row in rows for cell in row]
        connection.execute(f"INSERT INTO {name} VALUES {', '.join([places] * len(rows))}", cells)
