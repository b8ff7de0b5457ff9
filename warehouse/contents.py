"""Everything one edition holds, read once, and each fact in words: its label, its boards, the values of its cells.

For what changed between editions, which needs all of it. Pages ask one question at a time in `warehouse.queries`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import duckdb

from warehouse.schema import TABLES
from warehouse.schema.column import Column, Kind, Table
from warehouse.schema.ddl import link_table, stored_columns
from warehouse.words import ABSENT, day, number, partial_date

Row = Mapping[str, object]

LABELLED_BY: dict[str, tuple[str, ...]] = {
    "document": ("short_name",),
    "borough": ("borough",),
    "board": ("board_name",),
    "theme": ("label",),
    "community": ("label",),
    "round": ("label",),
    "programme": ("name",),
    "programme_borough": ("programme", "borough"),
    "partner": ("name",),
    "partner_link": ("partner", "linked_to"),
    "budget_line": ("programme", "line"),
    "community_group": ("name",),
    "engagement": ("summary",),
    "round_response": ("board", "round"),
    "activity": ("summary",),
    "obstacle": ("summary",),
    "pilot": ("name",),
    "pilot_item": ("pilot", "summary"),
    "output": ("name",),
    "commitment": ("summary",),
    "status_report": ("subject", "summary"),
    "milestone": ("title",),
    "training_round": ("title",),
    "training_count": ("training_round", "dimension", "filed"),
    "printed_figure": ("title",),
    "evidence_count": ("origin", "issue", "unit", "period_from"),
    "statement": ("headline",),
    "audit_question": ("question",),
    "body": ("name",),
    "meeting": ("body", "happens"),
    "conflict": ("question",),
    "conflict_reading": ("reading",),
    "also_said": ("subject", "document"),
}
"""What a row is called in a list of changes: the words of these columns. A table that is not here is called by key."""

NOTHING = "nothing"
"""What stands in an empty cell that need not be filled."""


class Contents:
    """All rows of one edition. `rows` is table → key → column → value, a column with several values as a tuple."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection) -> None:
        self.rows: dict[str, dict[str, Row]] = {table.name: _rows(cursor, table) for table in TABLES.values()}
        self._table_of = {key: name for name, table in TABLES.items() if table.is_fact for key in self.rows[name]}
        self._labels: dict[tuple[str, str], str] = {}

    def label(self, table: str, key: str) -> str:
        """What a row is called, in words; its key where it has no words."""
        if (table, key) not in self._labels:
            self._labels[table, key] = key  # a row that refers to itself in a circle ends here
            row, columns = self.rows[table].get(key), {column.name: column for column in TABLES[table].columns}
            if row is not None:
                words = [self.shown(columns[name], row) for name in LABELLED_BY.get(table, ()) if row[name] is not None]
                self._labels[table, key] = ", ".join(words) or key
        return self._labels[table, key]

    def shown(self, column: Column, row: Row) -> str:
        """The cell of a column in words: labels in place of codes and keys, and why there is no value."""
        value = row[column.name]
        if column.many:
            return "; ".join(sorted(self._word(column, one) for one in value)) or NOTHING
        if value is None:
            return ABSENT.get(row.get(f"{column.name}_status"), NOTHING)
        return self._word(column, value)

    def _word(self, column: Column, value: object) -> str:
        if column.vocabulary:
            return column.vocabulary.label(value) or value
        if column.place:
            return self.label(column.place, value)
        if column.refers_to:
            table = self._table_of.get(value) if column.refers_to == "fact" else column.refers_to
            return self.label(table, value) if table else str(value)
        if column.kind is Kind.yes_no:
            return "yes" if value else "no"
        if column.kind is Kind.partial_date:
            return partial_date(value)
        if isinstance(value, date):
            return day(value)
        if column.kind in (Kind.integer, Kind.decimal):
            return f"{number(value)} {column.unit}" if column.unit else number(value)
        return str(value)

    def boards(self, table: str, key: str, seen: frozenset[str] = frozenset()) -> frozenset[str]:
        """The names of the boards that a fact belongs to: those of the boroughs it names, or of the fact it is about.

        Empty for a fact that is about London as a whole, or does not name a borough.
        """
        row = self.rows[table].get(key)
        if row is None or key in seen:
            return frozenset()
        named = {name for column in TABLES[table].columns if column.place for name in self._boards_of(column, row)}
        if named or "scope" in row:
            return frozenset(named)
        about = [row[column.name] for column in TABLES[table].columns if column.refers_to and not column.many]
        for other in about:
            if other in self._table_of:
                named |= self.boards(self._table_of[other], other, seen | {key})
        return frozenset(named)

    def _boards_of(self, column: Column, row: Row) -> list[str]:
        value = row[column.name]
        codes = value if column.many else () if value is None else (value,)
        if column.place == "borough":
            codes = [self.rows["authority_board"][code]["board"] for code in codes]
        return [self.label("board", code) for code in codes]


def _rows(cursor: duckdb.DuckDBPyConnection, table: Table) -> dict[str, Row]:
    """The rows of a table by key. Names of tables and columns are our own declarations."""
    names = [name for name, _ in stored_columns(table)]
    found = {}
    for values in cursor.execute(f"SELECT {', '.join(names)} FROM {table.name}").fetchall():
        row = dict(zip(names, values, strict=True))
        found[row[table.key]] = row | {column.name: () for column in table.link_columns}
    for column in table.link_columns:
        query = f"SELECT {table.key}, {column.name} FROM {link_table(table, column)} ORDER BY {table.key}, position"
        for key, value in cursor.execute(query).fetchall():
            found[key][column.name] += (value,)
    return found
