"""The DuckDB statements that follow from the declarations: tables, link tables, constraints, comments and views."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from warehouse.schema import TABLES
from warehouse.schema.column import Column, Kind, Status, Table

SQL_TYPES = {
    Kind.text: "VARCHAR",
    Kind.integer: "BIGINT",
    Kind.decimal: "DOUBLE",
    Kind.date: "DATE",
    Kind.partial_date: "VARCHAR",
    Kind.yes_no: "BOOLEAN",
}

VIEWS = Path(__file__).with_name("views.sql")

BUILD_TABLES = """
CREATE TABLE build_file (file VARCHAR PRIMARY KEY, table_name VARCHAR NOT NULL, rows_in BIGINT NOT NULL,
    rows_loaded BIGINT NOT NULL, rows_refused BIGINT NOT NULL, CHECK (rows_in = rows_loaded + rows_refused));
CREATE TABLE refusal (file VARCHAR NOT NULL, line BIGINT NOT NULL, reason VARCHAR NOT NULL);
CREATE TABLE build_loss (table_name VARCHAR NOT NULL, fact_key VARCHAR PRIMARY KEY, reason VARCHAR NOT NULL);
"""
"""Row accounting of the build: every row read is loaded, or refused with a reason; and every fact that the edition
before it had and this one leaves out, with the reason somebody gave."""


def quoted(text: str) -> str:
    """`text` as an SQL string literal. For our own declarations only; values from data are bound."""
    return "'" + text.replace("'", "''") + "'"


def _checks(column: Column) -> list[str]:
    checks = []
    if column.vocabulary and not column.many:
        allowed = ", ".join(quoted(code) for code in column.vocabulary.codes)
        checks.append(f"CHECK ({column.name} IN ({allowed}))")
    if column.minimum is not None:
        checks.append(f"CHECK ({column.name} >= {column.minimum})")
    if column.absent:
        statuses = ", ".join(quoted(status) for status in Status)
        present = f"{column.name}_status IN ({quoted(Status.value)}, {quoted(Status.zero)})"
        checks.append(f"CHECK ({column.name}_status IN ({statuses}))")
        checks.append(f"CHECK (({column.name} IS NOT NULL) = ({present}))")
    return checks


def stored_columns(table: Table) -> list[tuple[str, str]]:
    """Name and SQL type of each column of the DuckDB table, in order. Columns that hold several live in link tables."""
    stored = []
    for column in table.columns:
        if column.many:
            continue
        stored.append((column.name, SQL_TYPES[column.kind]))
        if column.absent:
            stored.append((f"{column.name}_status", "VARCHAR"))
    return [*stored, ("source_file", "VARCHAR"), ("source_line", "BIGINT")]


def link_table(table: Table, column: Column) -> str:
    """Name of the table that holds the several values of `column`."""
    return f"{table.name}_{column.name}"


def create_statements(table: Table) -> list[str]:
    """The statements that create `table`, its link tables and their comments."""
    by_name = {column.name: column for column in table.columns}
    lines = []
    for name, sql_type in stored_columns(table):
        column = by_name.get(name)
        must = column is None or name.endswith("_status") or (column.required and not column.absent)
        lines.append(f"{name} {sql_type}{' NOT NULL' if must else ''}")
    lines += [check for column in table.columns for check in _checks(column)]
    lines.append(f"PRIMARY KEY ({table.key})")
    if table.unique:
        lines.append(f"UNIQUE ({', '.join(table.unique)})")
    statements = [f"CREATE TABLE {table.name} (\n  " + ",\n  ".join(lines) + "\n)"]
    statements.append(f"COMMENT ON TABLE {table.name} IS {quoted(table.sentence)}")
    for column in table.columns:
        if column.many:
            name = link_table(table, column)
            statements.append(
                f"CREATE TABLE {name} ({table.key} VARCHAR NOT NULL, position BIGINT NOT NULL, "
                f"{column.name} VARCHAR NOT NULL, PRIMARY KEY ({table.key}, {column.name}))"
            )
            statements.append(f"COMMENT ON TABLE {name} IS {quoted(column.sentence)}")
        else:
            statements.append(f"COMMENT ON COLUMN {table.name}.{column.name} IS {quoted(column.sentence)}")
    return statements


def fact_view() -> str:
    """The view `fact`: every transcribed fact with its provenance, whatever table it is in."""
    provenance = "document, section, paragraph, as_at, basis, rule, source_file, source_line"
    parts = [
        f"SELECT fact_key, {quoted(table.name)} AS table_name, {provenance} FROM {table.name}"
        for table in TABLES.values()
        if table.is_fact
    ]
    return "CREATE VIEW fact AS\n" + "\nUNION ALL\n".join(parts)


def all_statements() -> list[str]:
    """Everything that makes an empty warehouse, in order."""
    statements = [statement for table in TABLES.values() for statement in create_statements(table)]
    statements += [part.strip() for part in BUILD_TABLES.split(";") if part.strip()]
    statements.append(fact_view())
    views = "\n".join(line for line in VIEWS.read_text(encoding="utf-8").splitlines() if not line.startswith("--"))
    statements += [part.strip() for part in views.split(";") if part.strip()]
    return statements


STORED_VIEWS = (
    *("fact_source", "fact_usable", "fact_conflict", "community_named", "group_place", "area_named"),
    *("community_wider", "group_community"),
)
"""Views that an edition holds as tables. Nearly every query asks for the facts usable by a date, and the view behind
that reads every table of facts: with 20,000 acts it took nine tenths of a query's time."""


def store_statements() -> list[str]:
    """What turns STORED_VIEWS into tables of the same names, once all rows are in. All are made before any view goes,
    since one reads another."""
    make = [f"CREATE TABLE stored_{view} AS SELECT * FROM {view} ORDER BY ALL" for view in STORED_VIEWS]
    drop = [f"DROP VIEW {view}" for view in STORED_VIEWS]
    rename = [f"ALTER TABLE stored_{view} RENAME TO {view}" for view in STORED_VIEWS]
    return [*make, *drop, *rename]


@cache
def schema_hash() -> str:
    """SHA-256 over all statements: the same as long as no table, constraint, view or stored view has changed."""
    return hashlib.sha256("\n".join([*all_statements(), *store_statements()]).encode()).hexdigest()
