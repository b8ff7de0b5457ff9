"""Conflicts, their readings, and the further places where a fact is said."""

from __future__ import annotations

from collections import defaultdict

from etl.check import Row
from etl.faults import Fault
from etl.rule import Rule

TABLES = ("conflict", "conflict_reading", "also_said")


def _two_sides(conflicts: list[Row], readings: list[Row]) -> list[Fault]:
    """A conflict has two readings or more. One, several or none of them is used: `used` says it in words."""
    by_conflict: dict[object, list[Row]] = defaultdict(list)
    for row in readings:
        by_conflict[row["conflict"]].append(row)
    faults = []
    for row in conflicts:
        own = by_conflict[row["fact_key"]]
        if len(own) < 2:
            faults.append(row.fault("fact_key", f"Expected two readings or more, found {len(own)}."))
    return faults


RULES = (Rule(("conflict", "conflict_reading"), _two_sides),)
