"""What changed between two editions: new, changed and gone, fact by fact, in words.

A fact is the same fact as long as it has the same key. Compared is what it says, and by which document, as at which
date and on what basis; a new section, paragraph or rule alone is counted, not listed. The file and line in which a row
stands are not part of what it says.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.contents import Contents, Row
from warehouse.edition import Edition, NoEdition, Reader, all_editions, open_edition
from warehouse.schema import TABLES
from warehouse.schema.column import Column, Table
from warehouse.schema.returns import heading
from warehouse.schema.shelf import read_manifest

__all__ = [
    "KINDS", "LONDON", "Change", "Comparison", "Edition", "NoEdition", "all_editions", "between", "by_board", "compare",
    "fact_tables", "open_edition",
]  # fmt: skip

LONDON = "London as a whole or not named"
"""Where a change stands whose fact names no borough."""

KINDS = ("new", "changed", "gone")

UNLISTED = ("section", "paragraph", "rule")
"""Where in a document a fact stands and how it was worked out: text about the fact, not what it says."""

WORKINGS = ("source_file", "source_line")


@dataclass(frozen=True)
class Change:
    """One difference. `what` is the fact in words; for a changed one `column` is the heading of what is different.

    boards: the boards it belongs to by name, in either edition; empty where it names no borough. kind: of `KINDS`.
    """

    kind: str
    boards: tuple[str, ...]
    table: str
    fact_key: str
    what: str
    column: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True)
class Comparison:
    """All differences, in the order of the tables and then of the words.

    only_place: facts that differ in nothing but section, paragraph or rule. lists: titles of the reference lists that
    differ, whose rows are not compared one by one.
    """

    changes: tuple[Change, ...]
    only_place: int
    lists: tuple[str, ...]


def compare(old: duckdb.DuckDBPyConnection, new: duckdb.DuckDBPyConnection) -> Comparison:
    """Compare two editions of this version, each by a cursor."""
    before, after = Contents(old), Contents(new)
    changes: list[Change] = []
    only_place = 0
    for table in TABLES.values():
        if not table.is_fact:
            continue
        found, places = _of_table(table, before, after)
        changes += found
        only_place += places
    lists = [
        table.title for table in TABLES.values() if not table.is_fact and _said(before, table) != _said(after, table)
    ]
    return Comparison(tuple(changes), only_place, tuple(lists))


def _said(contents: Contents, table: Table) -> dict[str, Row]:
    """What the rows of a list say, without the file and line they come from."""
    return {
        key: {name: value for name, value in row.items() if name not in WORKINGS}
        for key, row in contents.rows[table.name].items()
    }


def _of_table(table: Table, before: Contents, after: Contents) -> tuple[list[Change], int]:
    old_rows, new_rows = before.rows[table.name], after.rows[table.name]
    found: list[Change] = []
    places = 0
    for key in old_rows.keys() | new_rows.keys():
        boards = tuple(sorted(before.boards(table.name, key) | after.boards(table.name, key)))
        if key not in old_rows:
            found.append(Change("new", boards, table.title, key, after.label(table.name, key)))
        elif key not in new_rows:
            found.append(Change("gone", boards, table.title, key, before.label(table.name, key)))
        else:
            different = [column for column in table.columns if _differs(column, old_rows[key], new_rows[key])]
            listed = [column for column in different if column.name not in UNLISTED]
            places += bool(different and not listed)
            found += [
                Change(
                    "changed", boards, table.title, key, after.label(table.name, key), heading(column),
                    before.shown(column, old_rows[key]), after.shown(column, new_rows[key]),
                )
                for column in listed
            ]  # fmt: skip
    return sorted(found, key=lambda change: (change.what.casefold(), change.fact_key)), places


def _differs(column: Column, old: Row, new: Row) -> bool:
    """Whether a cell says something else: another value, another reason for having none, other members in any order."""
    if column.many:
        return set(old[column.name]) != set(new[column.name])
    status = f"{column.name}_status"
    return old[column.name] != new[column.name] or old.get(status) != new.get(status)


def by_board(changes: tuple[Change, ...]) -> Iterator[tuple[str, tuple[Change, ...]]]:
    """The changes of each board that has any, boards in the order of the alphabet, London as a whole last.

    A change that belongs to two boards stands under both.
    """
    found: dict[str, list[Change]] = defaultdict(list)
    for change in changes:
        for board in change.boards or (LONDON,):
            found[board].append(change)
    for board in sorted(found, key=lambda name: (name == LONDON, name)):
        yield board, tuple(found[board])


def between(old: Edition, new: Edition, audience: str) -> Comparison:
    """Compare two editions as one audience reads them, and close them again. For commands; pages keep them open."""
    readers = [Reader(edition.folder, audience) for edition in (old, new)]
    try:
        return compare(*(reader.cursor() for reader in readers))
    finally:
        for reader in readers:
            reader.close()


def fact_tables(folder: Path) -> dict[str, str]:
    """Fact key → table of every fact of the edition in `folder`, in whichever of its files it is.

    An edition of another version will do, as long as it has the view `fact`; else duckdb.CatalogException is raised.
    """
    found: dict[str, str] = {}
    for name in read_manifest(folder).files:
        reader = Reader(folder, Path(name).stem)
        try:
            found |= dict(reader.cursor().execute("SELECT fact_key, table_name FROM fact").fetchall())
        finally:
            reader.close()
    return found
