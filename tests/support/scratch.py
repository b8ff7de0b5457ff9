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
from etl.load import write_database
from tests.support.rows import PROVENANCE, write_sources
from warehouse.schema import TABLES
from warehouse.schema.ddl import link_table, stored_columns

Row = Mapping[str, object]


def scratch_warehouse(folder: Path) -> duckdb.DuckDBPyConnection:
    """A connection to a new, writable warehouse without facts under `folder`."""
    write_database(collect(write_sources(folder / "data", {})), folder / "scratch.duckdb")
    return duckdb.connect(str(folder / "scratch.duckdb"))


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
            for row in table_rows:
                _insert(connection, name, row)
        yield connection
    finally:
        connection.execute("ROLLBACK")


def _insert(connection: duckdb.DuckDBPyConnection, name: str, row: Row) -> None:
    table = TABLES[name]
    values = []
    for column, _ in stored_columns(table):
        if column.endswith("_status") and column not in row:
            values.append("not_reported" if row.get(column.removesuffix("_status")) is None else "value")
        else:
            values.append(row.get(column, {**PROVENANCE, "source_file": "test", "source_line": 1}.get(column)))
    connection.execute(f"INSERT INTO {name} VALUES ({', '.join('?' * len(values))})", values)
    for column in table.link_columns:
        for position, value in enumerate(row.get(column.name, ())):
            link = link_table(table, column)
            connection.execute(f"INSERT INTO {link} VALUES (?, ?, ?)", [row[table.key], position, value])
