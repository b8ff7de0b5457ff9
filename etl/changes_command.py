"""The command `python -m etl changes [OLD] [NEW]`: what changed between two editions, board by board, in words."""

from __future__ import annotations

import argparse
import csv
import sys
from itertools import groupby
from pathlib import Path

from etl.keeping import NotDone, find
from warehouse.changes import Change, Comparison, Edition, NoEdition, all_editions, between, by_board, open_edition
from warehouse.schema.layout import EVERYONE, default_warehouse
from warehouse.words import moment

EXAMPLE = """  python -m etl changes                     what changed from the edition before to the live one
  python -m etl changes OLD NEW --csv FILE  the same between any two editions, and as a table"""

HEADER = ("board", "table", "what", "kind", "column", "old", "new", "fact key")
DANGEROUS_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A spreadsheet runs a cell that begins with one of these as a formula."""


def add_command(commands: argparse._SubParsersAction) -> None:
    """Add this command to those of `python -m etl`."""
    command = commands.add_parser("changes", help="say what changed between two editions")
    command.add_argument("old", nargs="?", default="before", metavar="OLD", help="the one before, unless given")
    command.add_argument("new", nargs="?", default="live", metavar="NEW", help="the live one, unless given")
    command.add_argument("--csv", type=Path, metavar="FILE", help="write the changes there as well")
    command.add_argument(
        "--warehouse", type=Path, default=default_warehouse(), metavar="FOLDER", help="folder of editions"
    )
    command.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Print what changed. Returns 0, or 1 with the reason on standard error where the two cannot be compared."""
    try:
        old, new = (_opened(chosen.warehouse, name) for name in (chosen.old, chosen.new))
        found = between(old, new, EVERYONE)
        print(in_words(found, old, new))
        if chosen.csv:
            _write(found, chosen.csv)
    except (NotDone, NoEdition, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _opened(warehouse: Path, name: str) -> Edition:
    if name == "before" and not any(row.is_before for row in all_editions(warehouse)):
        raise NotDone("There is no edition before the live one yet, so there is nothing to compare it with.")
    return open_edition(warehouse, find(warehouse, name).name)


def in_words(found: Comparison, old: Edition, new: Edition) -> str:
    """All changes, a heading for each board and table, and what is not listed."""
    lines = [f"From the edition {old.name}, {moment(old.built)}, to {new.name}, {moment(new.built)}:"]
    for board, changes in by_board(found.changes):
        lines += ["", board]
        for table, of_table in groupby(changes, key=lambda change: change.table):
            lines += [f"  {table}", *(f"    {_line(change)}" for change in of_table)]
    if not found.changes:
        lines.append("No fact is new, changed or gone.")
    if found.only_place:
        lines += ["", f"{found.only_place:,} differ only in section, paragraph or rule and are not listed."]
    if found.lists:
        lines += ["", f"Lists that differ: {', '.join(found.lists)}."]
    return "\n".join(lines)


def _line(change: Change) -> str:
    detail = f". {change.column}: {change.old} → {change.new}" if change.kind == "changed" else ""
    return f"{change.kind}: {change.what.rstrip('.')}{detail} [{change.fact_key}]"


def _write(found: Comparison, path: Path) -> None:
    """Write the changes as CSV, one that belongs to two boards once under each."""
    with path.open("w", encoding="utf-8-sig", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADER)
        for board, changes in by_board(found.changes):
            for change in changes:
                cells = (board, change.table, change.what, change.kind, change.column, change.old, change.new)
                writer.writerow([_harmless(cell) for cell in (*cells, change.fact_key)])


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(DANGEROUS_STARTS) else text
