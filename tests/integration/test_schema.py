"""The tables that follow from the declarations refuse by themselves what the checks of the build refuse."""

from __future__ import annotations

import duckdb
import pytest

from warehouse.schema import TABLES
from warehouse.schema.ddl import all_statements


@pytest.fixture(scope="module")
def empty() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    for statement in all_statements():
        connection.execute(statement)
    return connection


FIGURE = (
    "INSERT INTO evidence_count (fact_key, origin, value, value_status, unit, period_from_status, period_to_status, \
is_total, caveat, document, section, paragraph, as_at, basis, source_file, source_line) VALUES \
(?, ?, ?, ?, 'files', 'not_reported', 'not_reported', false, 'x', 'd', 's', 'p', '2007', 'stated', 'f', 1)"
)


@pytest.mark.parametrize(
    "values",
    [
        ("evidence-1", "rumour", 1, "value"),  # not in the vocabulary
        ("evidence-2", "police", -1, "value"),  # below the minimum
        ("evidence-3", "police", None, "value"),  # a value that is not there
        ("evidence-4", "police", 3, "not_reported"),  # an absence with a value
        ("evidence-5", "police", None, None),  # an absence without its word
        ("evidence-6", "police", 1, "perhaps"),  # a status nobody declared
    ],
)
def test_a_row_that_breaks_a_declaration_is_refused(empty: duckdb.DuckDBPyConnection, values: tuple) -> None:
    with pytest.raises(duckdb.ConstraintException):
        empty.execute(FIGURE, list(values))


def test_a_row_that_keeps_them_is_taken(empty: duckdb.DuckDBPyConnection) -> None:
    empty.execute(FIGURE, ["evidence-7", "police", 0, "zero"])
    empty.execute(FIGURE, ["evidence-8", "police", None, "not_reported"])
    with pytest.raises(duckdb.ConstraintException):
        empty.execute(FIGURE, ["evidence-8", "police", None, "not_reported"])


def test_every_reference_names_a_table_and_every_prefix_is_its_own() -> None:
    prefixes = [table.prefix for table in TABLES.values() if table.prefix]
    assert len(set(prefixes)) == len(prefixes)
    for table in TABLES.values():
        for column in table.columns:
            assert column.refers_to is None or column.refers_to in {*TABLES, "fact"}, (table.name, column.name)
            assert column.sentence.endswith("."), (table.name, column.name)
            assert not (column.many and column.absent), (table.name, column.name)
