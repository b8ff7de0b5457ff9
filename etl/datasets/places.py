"""Documents, boroughs, boards, themes and communities."""

from __future__ import annotations

from collections.abc import Callable

from etl.check import Row
from etl.faults import Fault
from etl.rule import Rule

TABLES = ("document", "borough", "board", "authority_board", "theme", "community")

AREAS = 33
BOARDS = 32


def _as_many(table: str, expected: int) -> Callable[[list[Row]], list[Fault]]:
    """33 areas and 32 boards, every area with a board (London Board Update, A1; Children Act 2004, section 13)."""

    def check(rows: list[Row]) -> list[Fault]:
        if len(rows) == expected:
            return []
        return [Fault(f"data/reference/{table}.csv", 0, "", str(len(rows)), f"Expected {expected} rows.")]

    return check


def _with_an_area(boards: list[Row], lookup: list[Row]) -> list[Fault]:
    """Every board has an area."""
    covered = {row["board"] for row in lookup}
    return [row.fault("board", "Expected an area of this board.") for row in boards if row["board"] not in covered]


def _dated(documents: list[Row]) -> list[Fault]:
    """A date that no document prints has a ground."""
    return [
        row.fault("date_rule", "Expected the ground on which the date was inferred.")
        for row in documents
        if row["date_basis"] != "stated" and not row["date_rule"]
    ]


RULES = (
    Rule(("borough",), _as_many("borough", AREAS)),
    Rule(("board",), _as_many("board", BOARDS)),
    Rule(("authority_board",), _as_many("authority_board", AREAS)),
    Rule(("board", "authority_board"), _with_an_area),
    Rule(("document",), _dated),
)
