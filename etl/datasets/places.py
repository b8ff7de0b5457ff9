"""Documents, boroughs, boards, themes and communities."""

from __future__ import annotations

from etl.check import Row
from etl.faults import Fault

TABLES = ("document", "borough", "board", "authority_board", "theme", "community")

AREAS = 33
BOARDS = 32


def check(rows: dict[str, list[Row]]) -> list[Fault]:
    """33 areas and 32 boards, every area with a board (London Board Update, A1; Children Act 2004, section 13)."""
    faults = []
    for table, expected in (("borough", AREAS), ("board", BOARDS), ("authority_board", AREAS)):
        found = len(rows[table])
        if found != expected:
            faults.append(Fault(f"data/reference/{table}.csv", 0, "", str(found), f"Expected {expected} rows."))
    covered = {row["board"] for row in rows["authority_board"]}
    faults += [
        row.fault("board", "Expected an area of this board.") for row in rows["board"] if row["board"] not in covered
    ]
    for row in rows["document"]:
        if row["date_basis"] != "stated" and not row["date_rule"]:
            faults.append(row.fault("date_rule", "Expected the ground on which the date was inferred."))
    return faults
